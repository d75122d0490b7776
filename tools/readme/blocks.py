"""The generated parts of the README: commands, one record, formats, settings. Prints and writes nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streams import config, loading, pipeline
from streams.cli import COMMANDS
from streams.commands.config import markdown_table
from streams.contracts import codec
from streams.feeds.sampling import sample
from streams.formats import FORMATS

README = Path(__file__).parent.parent.parent / "README.md"
SHOWN = "update"
CLOCK = datetime(2026, 3, 12, tzinfo=UTC)


def commands() -> str:
    """The commands and their one line of help."""
    rows = [f"| `newswire {name}` | {text} |" for name, text in sorted(COMMANDS.items())]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def formats() -> str:
    """The supported formats, from the registry."""
    rows = [f"| {f.title} | {', '.join(f.used_by)} | {f.parser} |" for f in FORMATS]
    return "\n".join(["| format | used by | parser |", "|---|---|---|", *rows])


def record() -> str:
    """One update of the sample wire, long lists cut short."""
    settings = config.Settings()
    made = pipeline.process(sample(CLOCK), loading.toolbox(settings), loading.windows(settings), lambda: CLOCK)
    chosen = next(line.record for line in made if line.record is not None and line.record.relation == SHOWN)
    shown: dict[str, Any] = codec.loads(codec.encode(chosen))
    item = shown["item"]
    for body in item["bodies"]:
        body["value"] = body["value"][:90] + " …"
    for name in ("standard", "altIds"):
        item.pop(name, None)
    for name in ("mentions", "removed", "changes", "dates", "countries"):
        shown[name] = shown[name][:1]
    for country in shown["countries"]:
        country["evidence"] = country["evidence"][:1]
    kept = ("input", "sha256", "source", "format", "parser", "received")
    shown["provenance"] = {name: shown["provenance"][name] for name in kept}
    shown["provenance"]["sha256"] = shown["provenance"]["sha256"][:8] + "…"
    shown.pop("explanation")
    return f"```json\n{codec.encode_pretty(shown).decode()}\n```"


BLOCKS = {"commands": commands, "record": record, "formats": formats, "settings": markdown_table}


def filled(text: str) -> str:
    """Return the README *text* with every block made anew. Raises ``ValueError`` for a block without its end."""
    for name, make in BLOCKS.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"the README has no block {name}")
        made = make()
        text = pattern.sub(lambda found, made=made: f"{found[1]}{made}\n{found[2]}", text)
    return text
