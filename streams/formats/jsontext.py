"""JSON text → Python values, lone surrogates and mojibake put right; refuses what is broken or nested too deep."""

from __future__ import annotations

import json
import re
from typing import Any

from streams.errors import Reason, Rejected
from streams.text import mojibake

MAX_DEPTH = 64
"""Real news items nest less than 12 deep; a parser that recurses must not be led into the stack's end."""

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?+|[\[\]{}]', re.DOTALL)
_LONE = re.compile("[\ud800-\udfff]")


def load(text: str) -> tuple[Any, tuple[str, ...]]:
    """The value and what was repaired. Raises Rejected: UNSAFE when nested too deep, MALFORMED when not JSON."""
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _refuse_depth(text)
    try:
        value = json.loads(text, strict=False)
    except RecursionError as error:
        raise Rejected(Reason.UNSAFE, "JSON nested without end") from error
    except ValueError as error:
        raise Rejected(Reason.MALFORMED, f"JSON: {error}") from error
    return _repaired(value) if "\\u" in text else (value, ())


def _repaired(value: Any) -> tuple[Any, tuple[str, ...]]:
    """What was escaped, and so not seen when the bytes were decoded: half a pair of surrogates, mojibake."""
    plain = json.dumps(value, ensure_ascii=False)
    warnings: list[str] = []
    if _LONE.search(plain):
        plain = _LONE.sub("\ufffd", plain)
        warnings.append("encoding: lone surrogates replaced")
    better, pieces = mojibake.repair(plain)
    if pieces:
        plain = better
        warnings.append("encoding: mojibake in escaped characters repaired")
    return (json.loads(plain) if warnings else value), tuple(warnings)


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        token = found.group()
        if token in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                raise Rejected(Reason.UNSAFE, f"JSON nested more than {MAX_DEPTH} deep")
        elif token in ("]", "}"):
            depth -= 1
