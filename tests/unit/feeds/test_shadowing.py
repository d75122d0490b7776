"""The shadow: the same copy gives the same, other copy or another order is told, and nothing is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from streams import config, pipeline
from streams.contracts import codec, headers
from streams.contracts.story import Origin, RawMessage
from streams.errors import Reason
from streams.feeds import published, shadowing
from streams.feeds.comparing import Compared, Key, Told, compare, differing, kinds
from streams.feeds.shadowing import Shadow
from streams.feeds.subscribing import Consumed
from streams.loading import toolbox, windows

START = datetime(2026, 3, 10, 6, tzinfo=UTC)
NOW = START + timedelta(hours=6)
SETTINGS = config.Settings()
COPY = """Ferry runs aground off {town}

LIMA, March 10 (AFP) - A Peruvian ferry ran aground off {town} on Tuesday with {count} people on board, the navy said.

Two tugs were on their way from {town}, and the sea was calm, the harbour master told reporters on the quay.
"""


@pytest.fixture(scope="module")
def tools() -> pipeline.Toolbox:
    return toolbox(SETTINGS)


DAM = """Engineers inspect a dam in Zambia

LUSAKA, March 10 (AFP) - Engineers began to inspect the walls of the Kafula dam in southern Zambia after heavy rain,
the energy ministry said.

The reservoir is fuller than in any March since it was built; villages below it have been told to keep boats ready.
"""
HELD_COPY = """{"uri": "urn:example:dam:1", "version": "1", "embargoedUntil": "2026-03-10T08:00:00Z",
"headlines": [{"value": "Bread prices to fall in Jordan"}], "bodies": [{"contentType": "text/plain",
"value": "AMMAN, March 10 (AFP) - Bread is to cost a tenth less in Jordan from April, the ministry of trade said."}]}"""


def message(offset: int, body: str, minutes: int | None = None) -> RawMessage:
    at = START + timedelta(minutes=offset if minutes is None else minutes)
    return RawMessage(body.encode(), Origin("wire.raw.v1", 0, offset), "afp", "text/plain", at, at)


CALLAO = message(0, COPY.format(town="Callao", count=40))
COPIED = message(1, COPY.format(town="Callao", count=40))
OTHER = message(2, DAM)
EMPTY = message(3, "")
HELD = message(4, HELD_COPY)


def shadow_of(tools: pipeline.Toolbox, *messages: RawMessage) -> dict[Key, Told]:
    return Shadow(tools, windows(SETTINGS), NOW).run(messages)


def key(offset: int) -> Key:
    return f"wire.raw.v1/0/{offset}", 0


def test_what_becomes_of_each(tools: pipeline.Toolbox) -> None:
    told = shadow_of(tools, CALLAO, COPIED, OTHER, EMPTY)
    assert [told[key(n)].words for n in range(4)] == ["published new", "duplicate", "published new", "rejected empty"]


def test_it_does_what_process_does(tools: pipeline.Toolbox) -> None:
    lines = list(
        pipeline.process(
            [replace(one, origin=Origin(str(one.origin))) for one in (CALLAO, COPIED, OTHER)],
            tools,
            windows(SETTINGS),
            lambda: NOW,
        )
    )
    told = shadow_of(tools, CALLAO, COPIED, OTHER)
    for place, line in enumerate(lines):
        assert line.record is not None
        as_processed = Told(line.outcome, None, codec.loads(pipeline.encoded(line.record)))
        assert differing(as_processed, told[key(place)]) == {}
        assert as_processed.words == told[key(place)].words


def test_an_embargo_that_has_ended_is_let_go(tools: pipeline.Toolbox) -> None:
    early = Shadow(tools, windows(SETTINGS), START + timedelta(minutes=5)).run([HELD])
    assert early[key(4)].outcome == "held"
    late = shadow_of(tools, HELD)
    assert late[key(4)].outcome == "published"
    assert compare(early, late).differences == [], "held then, let go meanwhile: no difference of what is made of it"


def test_the_same_copy_shows_nothing(tools: pipeline.Toolbox) -> None:
    told = shadow_of(tools, CALLAO, COPIED, OTHER, EMPTY)
    same = compare(told, shadow_of(tools, CALLAO, COPIED, OTHER, EMPTY))
    assert (same.stories, same.differences) == (4, [])


def test_a_story_that_comes_out_otherwise_is_told_field_by_field(tools: pipeline.Toolbox) -> None:
    was = shadow_of(tools, CALLAO, OTHER)
    mended = message(0, COPY.format(town="Callao", count=41))
    [changed] = compare(was, shadow_of(tools, mended, OTHER)).differences
    assert changed.key == key(0)
    assert "item.bodies" in changed.fields
    assert not {"processed", "provenance", "explanation"} & changed.fields.keys()


def test_what_was_rejected_and_what_is_missing_are_told(tools: pipeline.Toolbox) -> None:
    told = shadow_of(tools, CALLAO, COPIED, OTHER)
    was = {key(0): Told("rejected", "internal"), key(1): told[key(1)]}
    differences = compare(was, told).differences
    assert [one.key for one in differences] == [key(0), key(2)]
    assert dict(kinds(differences)) == {"rejected internal → published new": 1, "nothing → published new": 1}


# What is on the topics


def consumed(topic: str, offset: int, value: bytes | None, sent: headers.Headers, at: float) -> Consumed:
    return Consumed(topic, 0, offset, at, at, None, value, sent)


class _Topics:
    """Stands for the subscriber: gives the records of the topics that it is asked for, from where it is put."""

    records: list[Consumed]

    def __init__(self, settings: object, names: Any, from_beginning: bool) -> None:
        self._chosen = [one for one in self.records if one.topic in set(names)]

    def __enter__(self) -> _Topics:
        return self

    def __exit__(self, *exception: object) -> None: ...

    def seek(self, since: float) -> None:
        self._chosen = [one for one in self._chosen if one.timestamp >= since]

    def standing(self) -> Any:
        yield from self._chosen


def raw(one: RawMessage) -> Consumed:
    assert one.arrived is not None
    assert one.origin.offset is not None
    sent = [("source", b"afp"), ("content-type", b"text/plain")]
    return consumed("wire.raw.v1", one.origin.offset, one.body, sent, one.arrived.timestamp())


def out(topic: str, told: Told, at: float) -> Consumed:
    return consumed(topic, 0, codec.encode(told.record), [], at)


def normalised(offset: int, event: str, at: float) -> Consumed:
    return consumed("wire.normalised.v1", offset, b"", [("ce_id", event.encode())], at)


def dead(reason: Reason, origin: Origin, value: bytes, at: float) -> Consumed:
    return consumed("wire.raw.v1.dlq", 0, value, headers.for_dead_letter([], reason, "x", None, origin, "0.1.0"), at)


@pytest.fixture
def day(tools: pipeline.Toolbox, monkeypatch: pytest.MonkeyPatch) -> list[Consumed]:
    """A day's topics, as the workers left them."""
    told = shadow_of(tools, CALLAO, COPIED, OTHER, EMPTY)
    at = START.timestamp()
    records = [
        *map(raw, (CALLAO, COPIED, OTHER, EMPTY)),
        *(normalised(n, f"wire.raw.v1/0/{n}#0", at + 60 * n) for n in range(3)),
        out("wire.stories.v1", told[key(0)], at),
        out("wire.duplicates.v1", told[key(1)], at + 60),
        out("wire.stories.v1", told[key(2)], at + 120),
        dead(Reason.EMPTY, Origin("wire.raw.v1", 0, 3), b"", at + 180),
    ]
    monkeypatch.setattr(_Topics, "records", records, raising=False)
    monkeypatch.setattr(published, "Subscriber", _Topics)
    return records


def found(tools: pipeline.Toolbox, minutes: float = 0, warm: float = 0.0) -> Compared:
    since = (START + timedelta(minutes=minutes)).timestamp()
    return shadowing.shadow(
        SETTINGS, tools, windows(SETTINGS), since, NOW.timestamp(), warm, clock=lambda: NOW.timestamp()
    )


def test_a_day_read_again_is_the_same_day(day: list[Consumed], tools: pipeline.Toolbox) -> None:
    assert (found(tools).stories, found(tools).differences) == (4, [])


def test_what_began_before_is_unknown_unless_read_in(day: list[Consumed], tools: pipeline.Toolbox) -> None:
    assert dict(kinds(found(tools, minutes=0.5).differences)) == {"duplicate → published new": 1}
    warm = found(tools, minutes=0.5, warm=60.0)
    assert (warm.stories, warm.differences) == (3, [])


def test_the_order_is_that_of_the_decisions(day: list[Consumed], tools: pipeline.Toolbox) -> None:
    """The copy was decided before the original: then the original is the duplicate, here as there."""
    for place, event in ((4, "wire.raw.v1/0/1#0"), (5, "wire.raw.v1/0/0#0")):
        day[place] = replace(day[place], headers=[("ce_id", event.encode())])
    assert dict(kinds(found(tools).differences)) == {
        "published new → duplicate": 1,
        "duplicate → published new": 1,
    }


def test_a_retag_and_a_record_told_again_are_no_difference(day: list[Consumed], tools: pipeline.Toolbox) -> None:
    [first] = [one for one in day if one.topic == "wire.stories.v1"][:1]
    record = codec.loads(first.value or b"")
    for change in ({"relation": "retag"}, {"restates": {"uri": "x", "version": "1"}}):
        day.insert(0, replace(first, value=codec.encode(record | change | {"countries": []})))
    assert found(tools).differences == []


def test_one_that_identity_rejected_is_known_by_its_own_origin(day: list[Consumed], tools: pipeline.Toolbox) -> None:
    [story] = pipeline.normalise(OTHER, tools)
    day.remove([one for one in day if one.topic == "wire.stories.v1"][1])
    day.append(dead(Reason.INTERNAL, Origin("wire.normalised.v1", 0, 2), codec.encode(story), START.timestamp()))
    assert dict(kinds(found(tools).differences)) == {"rejected internal → published new": 1}
