"""What a backlog holds: generated stories, a share of them updates, re-sends and reprints. Fiction; never published.

Deterministic, whatever the machine. Every story is English agency copy of about 500 words, 3 kB; :data:`SHARES` says
how many are of what kind, one kind picked by lot for each number.

new       a story of its own
update    an earlier story with its lead recast, one paragraph more and the rest kept, under its own slug's words
re-send   an earlier story, the very bytes
reprint   an earlier story as a website carries it: its own headline, no sign-off, a credit and an invitation to follow
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from streams.contracts.story import Origin, RawMessage
from streams.feeds.generating import text

Kind = Literal["new", "update", "re-send", "reprint"]
SHARES: dict[Kind, float] = {"new": 0.75, "update": 0.12, "re-send": 0.06, "reprint": 0.07}
BACK = 400
"""How many new stories back the earlier one is, at most."""
STREAMS = 16
"""Keys of the raw topic that the families are spread over: a family's versions stay in order."""
_OTHER = 50_000_000
"""Added to a number for copy that is spliced into another story."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """``message`` as it is fed under ``key``; ``kind``: what it was made to be; ``family``: number of its new story."""

    message: RawMessage
    kind: Kind
    family: int
    key: bytes


def mixture(number: int, first: int = 0) -> Iterator[Mixed]:
    """Yield *number* stories; *first* numbers them, so that no run need repeat another's."""
    draw = random.Random(first)  # noqa: S311 - reproducible copy, no secret
    families: list[int] = []
    newest: dict[int, str] = {}
    for n in range(first, first + number):
        [kind] = draw.choices(list(SHARES), list(SHARES.values()))
        if not families:
            kind = "new"
        family = n if kind == "new" else draw.choice(families[-BACK:])
        if kind == "new":
            families.append(n)
            newest[n] = text(n)
        elif kind == "update":
            newest[family] = _update(newest[family], n)
        copy = _reprint(newest[family]) if kind == "reprint" else newest[family]
        source = "reprinted" if kind == "reprint" else "generated"
        message = RawMessage(copy.encode(), Origin(f"mixture-{n}"), source=source, content_type="text/plain")
        yield Mixed(message, kind, family, f"stream-{family % STREAMS}".encode())


def _update(copy: str, number: int) -> str:
    headline, lead, *rest, sign_off = copy.strip().split("\n\n")
    _, _, recast, added, *_ = text(_OTHER + number).split("\n\n")
    dateline, dash, _ = lead.partition(" - ")
    return "\n\n".join([headline, f"{dateline}{dash}{recast}", *rest, added, sign_off]) + "\n"


def _reprint(copy: str) -> str:
    headline, *paragraphs, _ = copy.strip().split("\n\n")
    invitation = "Follow us for the latest news of the harbour and the hills."
    return "\n\n".join([f"{headline}, officials say", *paragraphs, "AGENCE FRANCE-PRESSE", invitation]) + "\n"
