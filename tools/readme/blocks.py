"""The generated parts of README and docs: commands, one record, formats, settings. Prints and writes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streams import config, loading, pipeline
from streams.cli import COMMANDS
from streams.commands.config import markdown_table
from streams.contracts import codec
from streams.feeds import reading
from streams.formats import FORMATS

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
EXAMPLE = ("docs/example/alert.txt", "docs/example/lead.txt")
"""Original copy: an alert, and the story that follows it."""
CLOCK = datetime(2026, 3, 3, 12, tzinfo=UTC)
WIDTH = 116
LEFT_OUT = ("restates", "claims", "retracts", "retracted", "dates", "warnings", "explanation")
ITEM_LEFT_OUT = ("type", "standard", "pubStatus")
FIRST_ONLY = ("regions", "mentions")


def commands() -> str:
    """The commands and their one line of help."""
    rows = [f"| `newswire {name}` | {text} |" for name, text in sorted(COMMANDS.items())]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def formats() -> str:
    """The supported formats, from the registry."""
    rows = [f"| {f.title} | {', '.join(f.used_by)} | {f.parser} |" for f in FORMATS]
    return "\n".join(["| format | used by | parser |", "|---|---|---|", *rows])


def copy() -> str:
    """The story of the example as it is sent."""
    return f"```text\n{(ROOT / EXAMPLE[1]).read_text('utf-8')}```"


def record() -> str:
    """What ``newswire process`` makes of it, after its alert; what is cut short ends in a sign of omission."""
    shown: dict[str, Any] = codec.loads(codec.encode(processed()))
    item = shown["item"]
    for name in ITEM_LEFT_OUT:
        del item[name]
    for name in LEFT_OUT:
        del shown[name]
    for name in FIRST_ONLY:
        shown[name] = [shown[name][0], "…"]
    shown["changes"] = [_said(change) for change in shown["changes"][:2]] + ["…"]
    for country in shown["countries"]:
        country["evidence"] = [country["evidence"][0], "…"]
    kept = ("sha256", "source", "format", "parser")
    shown["provenance"] = {name: shown["provenance"][name] for name in kept}
    return f"```json\n{_laid_out(_short(shown))}\n```"


def processed() -> Any:
    """The record of the example's story, the second of two files in one run."""
    settings = config.Settings()
    paths = tuple(str(ROOT / path) for path in EXAMPLE)
    inputs = reading.read(paths, jsonl=False, source="afp", largest=settings.max_message_bytes)
    *_, last = pipeline.process(inputs, loading.toolbox(settings), loading.windows(settings), lambda: CLOCK)
    return last.record


def _said(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if part is not None}


def _short(value: Any) -> Any:
    """The same with long texts and hashes cut."""
    if isinstance(value, dict):
        return {name: _short(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_short(part) for part in value]
    if isinstance(value, str):
        value = re.sub(r"([0-9a-f]{8})[0-9a-f]{24,}", r"\1…", value)
        return value if len(value) <= 64 else f"{value[:64].rsplit(' ', 1)[0]} …"
    return value


def _laid_out(value: Any, before: str = "", indent: str = "") -> str:
    """JSON with as much on a line as there is room for. *before* is what already stands on the line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (indent and len(indent) + len(before) + len(line) < WIDTH):
        return before + line
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [_laid_out(part, f"{json.dumps(name, ensure_ascii=False)}: ", deeper) for name, part in value.items()]
    else:
        parts = [_laid_out(part, "", deeper) for part in value]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    listed = ",\n".join(deeper + part for part in parts)
    return f"{before}{opened}\n{listed}\n{indent}{closed}"


Blocks = Mapping[str, Callable[[], str]]

PAGES: Mapping[Path, Blocks] = {
    README: {"copy": copy, "record": record, "formats": formats},
    ROOT / "docs" / "commands.md": {"commands": commands},
    ROOT / "docs" / "configuration.md": {"settings": markdown_table},
}
"""Every page with generated parts, and what makes each part."""


def filled(text: str, blocks: Blocks) -> str:
    """Return *text* with each of *blocks* made anew. Raises ``ValueError`` for a block that is not in it."""
    for name, make in blocks.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"the page has no block {name}")
        made = make()
        text = pattern.sub(lambda found, made=made: f"{found[1]}{made}\n{found[2]}", text)
    return text
