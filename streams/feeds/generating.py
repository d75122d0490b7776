"""Generated wire copy of real length, for benchmarks and the slow live feed. Fiction without end; never published.

Deterministic: story *number* is always the same bytes, whatever the machine. No two stories share more than a few
words in a row, so the identity stage sees what it sees on a real wire: mostly new stories.
"""

from __future__ import annotations

import random
import tomllib
from importlib.resources import files
from typing import Any

from streams.contracts.story import Origin, RawMessage

_WORDS: dict[str, Any] = tomllib.loads((files("streams.feeds") / "generated.toml").read_text("utf-8"))
_PLACES: list[tuple[str, str]] = [(city, country) for city, country in _WORDS["places"]]
_SENTENCES: list[str] = _WORDS["sentences"]
_HEADLINE: str = _WORDS["headline"]


class _Draw(dict[str, str]):
    """Fills a pattern's fields: each one not given draws from the list of its name."""

    def __init__(self, draw: random.Random, city: str, country: str) -> None:
        super().__init__(city=city, country=country)
        self.draw = draw

    def __missing__(self, name: str) -> str:
        draw = self.draw
        if name == "person":
            return f"{draw.choice(_WORDS['given'])} {draw.choice(_WORDS['surnames'])}"
        if name == "coined":
            return "".join(draw.choice(_WORDS["syllables"]) for _ in range(3)).capitalize()
        if name == "elsewhere":
            return ", ".join(draw.choice(_PLACES))
        if name == "figure":
            return f"{draw.randint(11, 98_000):,}"
        if name == "months":
            return str(draw.randint(2, 40))
        word: str = draw.choice(_WORDS[name.lower()])
        return word if name.islower() else word[0].upper() + word[1:]


def text(number: int, words: int = 500) -> str:
    """Return story *number* as plain agency copy of about *words* words: headline, dateline, paragraphs, sign-off."""
    draw = random.Random(number)  # noqa: S311 - reproducible copy, no secret
    city, country = draw.choice(_PLACES)
    fill = _Draw(draw, city, country)
    headline = _HEADLINE.format_map(fill)
    paragraphs: list[str] = []
    length = 0
    while length < words:
        sentences = [draw.choice(_SENTENCES).format_map(fill) for _ in range(draw.randint(1, 2))]
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1].split())
    paragraphs[0] = f"{city.upper()}, March {1 + number % 28}, 2026 (AFP) - {paragraphs[0]}"
    sign_off = "/".join("".join(draw.choice("abcdefghijklmnoprstv") for _ in range(3)) for _ in range(2))
    return "\n\n".join([headline, *paragraphs, sign_off]) + "\n"


def story(number: int, words: int = 500) -> RawMessage:
    """Return :func:`text` as a raw message of the source ``generated``."""
    return RawMessage(
        text(number, words).encode(), Origin(f"generated-{number}"), source="generated", content_type="text/plain"
    )
