"""Records → lines for a terminal. Escapes what copy could smuggle in; reads no topic."""

from __future__ import annotations

import re
from typing import Any

from rich.console import Console
from rich.text import Text

RELATION_STYLES = {
    "new": "green",
    "update": "cyan",
    "correction": "yellow",
    "kill": "bold red",
    "duplicate": "dim",
    "retag": "blue",
    "rejected": "red",
    "held": "magenta",
}
PIPE_WIDTH = 240
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def for_tables() -> Console:
    """A console for tables: in a pipe they are wide, so that grep finds a row on one line."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    return console


def printable(text: str) -> str:
    """Return *text* on one line, without control characters: a headline must not steer the terminal."""
    return _CONTROL.sub(" ", text).strip()


def story_line(record: dict[str, Any], clock: str) -> Text:
    """One line for an enriched record: time, urgency, relation, headline, countries."""
    item = record["item"]
    relation = str(record["relation"])
    urgency = item.get("urgency")
    countries = " ".join(tag["code"] for tag in record["countries"][:4])
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(f"{clock} ", style="dim")
    line.append(f"{urgency if urgency is not None else '-'} ", style="bold red" if urgency in (1, 2) else "")
    line.append(f"{relation:<10} ", style=RELATION_STYLES.get(relation, ""))
    line.append(f"{countries:<11} ", style="blue")
    line.append(printable(str(item["headlines"][0]["value"])), style="bold" if record["kind"] == "alert" else "")
    return line


def rejected_line(reason: str, detail: str, clock: str) -> Text:
    """One line for a dead letter."""
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(f"{clock} ", style="dim")
    line.append("- ")
    line.append(f"{'rejected':<10} ", style=RELATION_STYLES["rejected"])
    line.append(f"{'':<11} {reason}: {printable(detail)}")
    return line
