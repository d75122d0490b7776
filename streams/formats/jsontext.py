"""JSON text → Python values, limited in depth and without lone surrogates; refuses what is broken or too deep."""

from __future__ import annotations

import json
import re
from typing import Any

from streams.errors import Reason, Rejected

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
    if "\\u" in text and _LONE.search(repaired := json.dumps(value, ensure_ascii=False)):
        return json.loads(_LONE.sub("\ufffd", repaired)), ("encoding: lone surrogates replaced",)
    return value, ()


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
