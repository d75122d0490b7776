"""Reads schemas/ and its examples for the contract tests; judges nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

SCHEMAS = Path(__file__).parents[2] / "schemas"
SUFFIX = ".schema.json"


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


SCHEMA: dict[str, dict[str, Any]] = {
    path.name.removesuffix(SUFFIX): load(path) for path in sorted(SCHEMAS.glob(f"*{SUFFIX}"))
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMA.values()
)


def validator(name: str, pointer: str = "") -> Draft202012Validator:
    """The validator of a schema, or of one definition in it (``#/$defs/Item``); formats are checked."""
    return Draft202012Validator(
        {"$ref": SCHEMA[name]["$id"] + pointer},
        registry=REGISTRY,
        format_checker=FormatChecker(["date", "date-time", "uri"]),
    )


def examples(kind: str) -> list[tuple[str, Path]]:
    """(schema, file) of every example under ``schemas/examples/KIND``."""
    return [(path.parent.name, path) for path in sorted((SCHEMAS / "examples" / kind).glob("*/*.json"))]


def label(case: Any) -> str:
    """The test id of an example: ``story.v1/kill``."""
    return f"{case.parent.name}/{case.stem}" if isinstance(case, Path) else ""
