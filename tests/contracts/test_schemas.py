"""Code, JSON Schema and examples say the same: every field, every closed set, every example."""

from __future__ import annotations

import re
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from streams.contracts import headers
from streams.contracts.record import Outcome, ProcessLine, Relation, StoryRecord
from streams.contracts.retag import Retag
from streams.contracts.story import Kind, NormalisedStory, PubStatus
from streams.contracts.topics import TOPICS, desk_topic
from streams.contracts.wake import Wake
from streams.errors import Reason
from tests.contracts.examples import REGISTRY, SCHEMA, examples, label, load, validator

VALID = examples("valid")
INVALID = examples("invalid")


# ---------------------------------------------------------------------------------------------- the schemas themselves


@pytest.mark.parametrize("name", SCHEMA)
def test_schema_is_valid_2020_12(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMA[name])
    assert SCHEMA[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA[name]["$id"].endswith(f"/{name}.schema.json")
    assert SCHEMA[name]["title"] == name
    assert SCHEMA[name]["description"]


def nodes(value: Any) -> typing.Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from nodes(child)


@pytest.mark.parametrize("name", SCHEMA)
def test_every_reference_resolves(name: str) -> None:
    resolver = REGISTRY.resolver(SCHEMA[name]["$id"])
    for node in nodes(SCHEMA[name]):
        if isinstance(node.get("$ref"), str):
            assert resolver.lookup(node["$ref"]).contents


@pytest.mark.parametrize("name", SCHEMA)
def test_objects_are_closed_and_say_what_they_require(name: str) -> None:
    for node in nodes(SCHEMA[name]):
        if node.get("type") == "object" and "properties" in node:
            assert set(node.get("required", ())) <= set(node["properties"])
            # Only the headers of other people's messages stay open, to text.
            assert node["additionalProperties"] is False or name == "raw-headers.v1"


def test_patterns_mean_the_same_in_javascript() -> None:
    """ECMA 262 has no ``\\Z``, ``(?P<``, ``(?i)`` or ``\\A``: consumers in other languages read these files."""
    for schema in SCHEMA.values():
        for node in nodes(schema):
            if isinstance(node.get("pattern"), str):
                assert not re.search(r"\\[AZz]|\(\?P|\(\?[aiLmsux]", node["pattern"])
                re.compile(node["pattern"])


def test_formats_are_really_checked() -> None:
    """jsonschema passes an unknown format over in silence; the packages that know these must be there."""
    for format_, bad in (("date-time", "2026-03-10"), ("date", "10/03/2026"), ("uri", "not a uri")):
        checker = validator("story.v1").format_checker
        assert checker is not None
        assert not checker.conforms(bad, format_), format_


# ------------------------------------------------------------------------------------------------------------ examples


def test_every_schema_has_examples_of_both_kinds() -> None:
    assert {name for name, _ in VALID} == set(SCHEMA)
    assert {name for name, _ in INVALID} == set(SCHEMA)


@pytest.mark.parametrize(("name", "path"), VALID, ids=label)
def test_valid_example_passes(name: str, path: Path) -> None:
    error = best_match(validator(name).iter_errors(load(path)))
    assert error is None, f"{error.json_path}: {error.message}"


@pytest.mark.parametrize(("name", "path"), INVALID, ids=label)
def test_invalid_example_breaks_the_one_thing_it_is_named_for(name: str, path: Path) -> None:
    """File names are ``path.to.the.value.KEYWORD[.remark].json``, the path with 0-based places in arrays."""
    errors = [leaf for error in validator(name).iter_errors(load(path)) for leaf in leaves(error)]
    assert len(errors) == 1, [f"{e.json_path} {e.validator}: {e.message}" for e in errors]
    assert f"{path.stem}.".startswith(f"{named(errors[0])}."), named(errors[0])


def leaves(error: ValidationError) -> list[ValidationError]:
    """What is really wrong below an error: for null-or-something, the errors of the something."""
    if error.validator == "oneOf" and {"type": "null"} in error.validator_value:
        nulls = error.validator_value.index({"type": "null"})
        inner = [e for e in error.context or () if e.relative_schema_path[0] != nulls]
        return [leaf for e in inner for leaf in leaves(e)] or [error]
    return [error]


def named(error: ValidationError) -> str:
    parts = [str(part) for part in error.absolute_path]
    if error.validator in ("required", "additionalProperties"):
        quoted = re.findall(r"'([^']+)'", error.message)
        parts.append(quoted[0])
    return ".".join([*parts, str(error.validator)])


def test_the_story_examples_cover_what_can_happen() -> None:
    stories = {path.stem: load(path) for name, path in VALID if name == "story.v1"}
    assert {story["relation"] for story in stories.values()} == set(typing.get_args(Relation))
    assert {"alert", "story", "kill"} <= {story["kind"] for story in stories.values()}
    assert any(story["item"].get("language") == "fr" for story in stories.values())
    assert any(story["changes"] for story in stories.values())


@pytest.mark.parametrize(("name", "path"), [case for case in VALID if case[0] == "story.v1"], ids=label)
def test_spans_of_story_examples_are_the_words_they_claim(name: str, path: Path) -> None:
    story = load(path)
    text = {"headline": story["item"]["headlines"][0]["value"], "body": story["item"]["bodies"][0]["value"]}
    for span in (*story["mentions"], *story["dates"]):
        assert text[span["field"]][span["start"] : span["end"]] == span["text"]
    for cut in story["removed"]:
        assert len(cut["text"]) == cut["end"] - cut["start"]
    assert story["item"]["bodies"][0]["charCount"] == len(text["body"])
    assert story["item"]["bodies"][0]["wordCount"] == len(text["body"].split())


# ----------------------------------------------------------------------------------------------------- code and schema


def shape_of(schema: dict[str, Any], base: str) -> tuple[dict[str, Any], str]:
    """Follow references; return the schema and the id of the file that it stands in."""
    while "$ref" in schema:
        found = REGISTRY.resolver(base).lookup(schema["$ref"])
        schema, base = {**found.contents, **{k: v for k, v in schema.items() if k != "$ref"}}, found.resolver._base_uri
    return schema, base


PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def compare(hint: Any, schema: dict[str, Any], base: str, where: str) -> None:
    """Assert that *schema* describes exactly what *hint* encodes to."""
    schema, base = shape_of(schema, base)
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        inner = [arg for arg in typing.get_args(hint) if arg is not types.NoneType]
        assert len(inner) == 1, where
        if "oneOf" in schema:
            assert {"type": "null"} in schema["oneOf"], f"{where}: may be null in the code"
            rest = [branch for branch in schema["oneOf"] if branch != {"type": "null"}]
            assert len(rest) == 1
            compare(inner[0], rest[0], base, where)
        else:
            assert "null" in schema["type"], f"{where}: may be null in the code"
            one = [type_ for type_ in schema["type"] if type_ != "null"]
            assert len(one) == 1
            compare(inner[0], {**schema, "type": one[0]}, base, where)
    elif typing.get_origin(hint) is typing.Literal:
        assert set(schema["enum"]) == set(typing.get_args(hint)), where
    elif typing.get_origin(hint) is tuple:
        item, rest_ = typing.get_args(hint)
        assert rest_ is Ellipsis
        assert schema["type"] == "array", where
        compare(item, schema["items"], base, f"{where}[]")
    elif typing.get_origin(hint) is None and (is_dataclass(hint) or issubclass(hint, msgspec.Struct)):
        hints = typing.get_type_hints(hint)
        assert set(schema["properties"]) == set(hints), where
        assert set(schema["required"]) == set(schema["properties"]), f"{where}: every field is always written"
        assert schema["additionalProperties"] is False, where
        for name, of in hints.items():
            compare(of, schema["properties"][name], base, f"{where}.{name}")
    elif typing.get_origin(hint) is dict:
        assert schema["type"] == "object", where
    else:
        for keyword, expected in PLAIN[hint].items():
            if "enum" not in schema and "const" not in schema:
                assert schema.get(keyword) == expected, f"{where}: {keyword}"
        if hint is str:
            assert "format" not in schema or schema["format"] == "uri", where


@pytest.mark.parametrize(
    ("name", "record"),
    [("story.v1", StoryRecord), ("normalised.v1", NormalisedStory), ("wake.v1", Wake), ("retag.v1", Retag)],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_schema_and_dataclass_have_the_same_fields_and_types(name: str, record: type) -> None:
    compare(record, SCHEMA[name], SCHEMA[name]["$id"], name)


def test_process_line_has_the_fields_of_its_dataclass() -> None:
    schema = SCHEMA["process-line.v1"]
    assert set(schema["properties"]) == set(schema["required"]) == {field.name for field in fields(ProcessLine)}
    assert schema["properties"]["record"]["oneOf"][1] == {"$ref": "story.v1.schema.json"}


def test_closed_sets_are_those_of_the_code() -> None:
    story, line = SCHEMA["story.v1"]["$defs"], SCHEMA["process-line.v1"]["$defs"]
    assert story["Relation"]["enum"] == list(typing.get_args(Relation))
    assert story["Kind"]["enum"] == list(typing.get_args(Kind))
    assert story["PubStatus"]["enum"] == list(typing.get_args(PubStatus))
    assert line["Outcome"]["enum"] == list(typing.get_args(Outcome))
    assert line["Reason"]["enum"] == [reason.value for reason in Reason]


def test_dead_letter_headers_are_those_of_the_code() -> None:
    schema = SCHEMA["dead-letter.v1"]
    assert set(schema["properties"]) == set(headers.DEAD_HEADERS)
    assert schema["patternProperties"].keys() == {f"^(?!{re.escape(headers.DEAD_PREFIX)})"}


def test_every_topic_has_its_value_schema() -> None:
    for topic in (*TOPICS, desk_topic("asia")):
        if topic.schema is not None:
            assert topic.schema in SCHEMA, topic.name
            assert topic.content_type == "application/json"
        else:
            assert topic.content_type == "application/octet-stream", topic.name
