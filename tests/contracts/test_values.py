"""What the code writes passes the schemas, and what passes them the code reads: records, items, headers, envelopes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from streams import pipeline
from streams.contracts import codec, headers, ninjs
from streams.contracts.envelope import identity_of, to_message
from streams.contracts.record import Identity, ProcessLine, StoryRecord
from streams.contracts.story import NormalisedStory, Origin
from streams.contracts.wake import Wake
from streams.errors import Reason, Rejected
from tests.contracts.examples import SCHEMA, SCHEMAS, examples, label, load, validator

VALID = examples("valid")
NINJS = Path(__file__).parents[3] / "shared" / "data" / "standards" / "ninjs-schema_3.1.json"


def story_of(stem: str) -> NormalisedStory:
    return codec.decode((SCHEMAS / "examples/valid/normalised.v1" / f"{stem}.json").read_bytes(), NormalisedStory)


def errors_of(name: str, value: Any, pointer: str = "") -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in validator(name, pointer).iter_errors(value)]


KINDS: dict[str, type] = {
    "story.v1": StoryRecord,
    "normalised.v1": NormalisedStory,
    "wake.v1": Wake,
    "process-line.v1": ProcessLine,
}


@pytest.mark.parametrize(("name", "path"), [case for case in VALID if case[0] in KINDS], ids=label)
def test_the_code_reads_every_valid_example_and_writes_it_back(name: str, path: Path) -> None:
    data = path.read_bytes()
    assert json.loads(codec.encode(codec.decode(data, KINDS[name]))) == json.loads(data)


NORMALISED_EXAMPLES = [path.stem for name, path in VALID if name == "normalised.v1"]


@pytest.mark.parametrize("stem", NORMALISED_EXAMPLES)
def test_items_that_the_code_writes_pass_the_item_schema(stem: str) -> None:
    item = ninjs.item_of(story_of(stem), "urn:newswire:sha256:0", "1", "usable")
    assert errors_of("story.v1", json.loads(codec.encode(item)), "#/$defs/Item") == []


def test_every_item_property_of_the_schema_is_one_the_code_can_write() -> None:
    story = codec.loads(codec.encode(story_of("lead-with-advisory")))
    story |= {"by": "A", "usage_terms": "B", "embargoed_until": "2026-03-10T15:00:00Z"}
    item = ninjs.item_of(codec.decode(codec.encode(story), NormalisedStory), "urn:a:b", "1", "usable")
    assert set(item) == set(SCHEMA["story.v1"]["$defs"]["Item"]["properties"])


@pytest.mark.shared
@pytest.mark.parametrize(("name", "path"), [case for case in VALID if case[0] == "story.v1"], ids=label)
def test_example_items_are_ninjs_3_1(name: str, path: Path) -> None:
    if not NINJS.is_file():
        pytest.skip("the IPTC schema is not beside this checkout")
    standard = load(NINJS)
    # The GeoJSON schema is another site's, and nothing here writes geoJSON.
    standard["$defs"]["ninjsType"]["properties"]["places"]["items"]["properties"].pop("geoJSON")
    standard["$id"] = standard["$id"].rstrip("#")
    error = best_match(Draft202012Validator(standard).iter_errors(load(path)["item"]))
    assert error is None, f"{error.json_path}: {error.message}"


def text_of(sent: headers.Headers) -> dict[str, str]:
    assert len({key for key, _ in sent}) == len(sent), "a header is written once"
    return {key: value.decode() for key, value in sent}


TRACE: headers.Headers = [("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]


@pytest.mark.parametrize("stem", NORMALISED_EXAMPLES)
def test_headers_of_normalised_stories(stem: str) -> None:
    assert errors_of("record-headers.v1", text_of(headers.for_normalised(story_of(stem), TRACE))) == []


@pytest.mark.parametrize(("name", "path"), [case for case in VALID if case[0] == "story.v1"], ids=label)
def test_headers_of_records(name: str, path: Path) -> None:
    record = codec.decode(path.read_bytes(), StoryRecord)
    for received in (None, datetime(2026, 3, 10, 8, 40, 0, 120000, UTC)):
        sent = text_of(headers.for_record(record, received, TRACE))
        assert errors_of("record-headers.v1", sent) == []
        assert sent["ce_type"] == f"newswire.story.v1.{record.relation}"


@pytest.mark.parametrize("reason", Reason)
def test_headers_of_dead_letters(reason: Reason) -> None:
    sent = headers.for_dead_letter(
        [("source", b"afp"), (headers.REPLAYS, b"2")],
        reason,
        "é" * 3000,
        "KeyError",
        Origin("wire.raw.v1", 0, 0),
        "0.1.0",
    )
    assert errors_of("dead-letter.v1", text_of(sent)) == []
    assert set(text_of(sent)) == {"source", *headers.DEAD_HEADERS}


@pytest.mark.parametrize(("name", "path"), [case for case in VALID if case[0] == "envelope.v1"], ids=label)
def test_the_code_takes_every_valid_envelope(name: str, path: Path) -> None:
    line = json.dumps(load(path)).encode()
    given, fields_ = identity_of(line, 1)
    message = to_message(given, fields_)
    assert message.origin == Origin(load(path)["id"])
    assert (message.received is None) == ("received" not in load(path))


@pytest.mark.parametrize("stem", ["oneOf.neither-body", "body_base64.pattern"])
def test_the_code_refuses_envelopes_without_a_readable_body(stem: str) -> None:
    line = json.dumps(load(SCHEMAS / "examples/invalid/envelope.v1" / f"{stem}.json")).encode()
    with pytest.raises(Rejected) as caught:
        to_message(*identity_of(line, 1))
    assert caught.value.reason is Reason.INVALID_ENVELOPE


def test_every_line_of_the_sample_wire_is_an_envelope() -> None:
    wire = SCHEMAS.parent / "streams" / "feeds" / "sample" / "wire.jsonl"
    for line in wire.read_text(encoding="utf-8").split("\n"):
        if line:
            assert errors_of("envelope.v1", json.loads(line)) == []


def test_provenance_of_a_record_is_what_the_pipeline_writes() -> None:
    """Goes through the pipeline's own composition, so that a field added there must be added to the schema."""
    story = story_of("lead-with-advisory")
    decided = Identity("urn:newsml:example.com:1", "1", "urn:newswire:story:1", "new", None, (), "Nothing earlier.")
    record = pipeline.to_record(story, decided, datetime(2026, 3, 10, 16, tzinfo=UTC), ())
    written = json.loads(codec.encode(record))
    assert errors_of("story.v1", written) == []
    assert set(written["provenance"]) == set(SCHEMA["story.v1"]["$defs"]["RecordProvenance"]["properties"])
