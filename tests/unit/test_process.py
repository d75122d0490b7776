"""``pipeline.process`` over a few messages: the lines it prints, and that a second run prints the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from streams import config, loading, pipeline
from streams.contracts import codec
from streams.contracts.story import Origin, RawMessage
from streams.identity import IdentitySettings

START = datetime(2031, 5, 12, 8, 0, tzinfo=UTC)
BODY = (
    "PORT ARLEN, Freedonia, May 12, 2031 (FNW) - A ferry with 212 people aboard ran aground off Port Arlen on Monday,"
    " harbour police said.\n\n"
    "The Lady Bracknell struck the Widow's Teeth in fog at 0710, harbour master Jack Worthing said on the quay."
)


@pytest.fixture(scope="module")
def toolbox() -> pipeline.Toolbox:
    return loading.toolbox(config.load({}))


def message(name: str, made: int, minutes: int, body: str = BODY, **more: object) -> RawMessage:
    item = {
        "uri": f"urn:fnw:{name}",
        "type": "text",
        "language": "en",
        "versionCreated": (START + timedelta(minutes=made)).isoformat(),
        "headlines": [{"value": "Ferry runs aground off Port Arlen"}],
        "bodies": [{"value": body}],
    } | more
    at = START + timedelta(minutes=minutes)
    return RawMessage(codec.encode(item), Origin(name), "fnw", None, at, at)


UPDATE = message("update", 6, 7, BODY + '\n\n"She sat down like a cow," said Gwendolen Fairfax, a cook.')
PARENT = message("parent", 2, 8)
REPRINT = message(
    "reprint",
    9,
    9,
    BODY.replace("harbour police said", "police said") + "\n\nThe Port Arlen Packet saw the stern under water.",
    infoSources=[{"name": "The Port Arlen Packet", "role": "distributor"}, {"name": "FNW", "role": "agency"}],
)


def lines(toolbox: pipeline.Toolbox, *given: RawMessage) -> list[pipeline.ProcessLine]:
    return list(pipeline.process(given, toolbox, IdentitySettings(), lambda: START))


def test_a_record_published_again_is_one_more_line_of_its_own_input(toolbox: pipeline.Toolbox) -> None:
    found = lines(toolbox, UPDATE, PARENT)
    assert [(line.input, line.outcome) for line in found] == [
        ("update", "published"),
        ("parent", "duplicate"),
        ("update", "published"),
    ]
    first, _, again = [line.record for line in found]
    assert first is not None
    assert again is not None
    assert (first.relation, again.relation, again.restates) == ("new", "update", "1")
    assert again.item["bodies"] == first.item["bodies"]
    assert again.provenance == first.provenance


def test_in_order_there_is_one_line_each(toolbox: pipeline.Toolbox) -> None:
    assert [line.input for line in lines(toolbox, PARENT, UPDATE)] == ["parent", "update"]


def test_a_second_run_is_the_same_to_the_byte(toolbox: pipeline.Toolbox) -> None:
    given = (UPDATE, REPRINT, PARENT, UPDATE)
    assert codec.encode(lines(toolbox, *given)) == codec.encode(lines(toolbox, *given))


def test_a_path_given_twice_keeps_its_name_in_every_line(toolbox: pipeline.Toolbox) -> None:
    other = message("parent", 0, 0, "Quite another story of a tram in Velka, where nothing else was seen to happen.")
    update_as_parent = RawMessage(UPDATE.body, Origin("parent"), "fnw", None, UPDATE.received, UPDATE.arrived)
    found = lines(toolbox, other, update_as_parent, message("first", 2, 8))
    assert [line.input for line in found] == ["parent", "parent", "first", "parent"]


def test_a_reprint_keeps_both_provenances_and_tells_what_the_outlet_did(toolbox: pipeline.Toolbox) -> None:
    record = lines(toolbox, PARENT, REPRINT)[1].record
    assert record is not None
    assert record.relation == "duplicate"
    assert record.provenance["input"] == "reprint"
    copied = record.provenance["copies"]
    assert (copied.input, copied.source, copied.uri) == ("parent", "fnw", "urn:fnw:parent")
    assert {c.what for c in record.changes} >= {"paragraph_added", "paragraph_edited"}


def test_the_agencys_own_send_after_an_outlets_names_it(toolbox: pipeline.Toolbox) -> None:
    first, own = [line.record for line in lines(toolbox, REPRINT, message("parent", 10, 12))]
    assert first is not None
    assert own is not None
    assert (first.relation, own.relation) == ("new", "update")
    assert own.provenance["printed"].input == "reprint"
    assert "paragraph_removed" in {c.what for c in own.changes}
