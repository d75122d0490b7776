"""What a rule of the copy desk is to its readers: an id, a habit, who has it, examples; holds no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["top", "head", "lead", "middle", "tail", "twice", "inside"]
"""Where the example stands in a story: above the headline, under it, opening the first paragraph, between two
paragraphs, under the last, under the headline twice (once with its credit), or inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Example:
    """Original copy with the habit, in ``language`` (BCP 47, None where it has none); of it ``cut`` must go."""

    text: str
    cut: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a rule's lines: a pattern, and the words of which a line must hold one for it to be tried at all."""

    pattern: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``id`` is ``family.name`` and is what a receipt carries.

    ``site`` rules are applied to republished text only, where the line would be proper copy on a wire. ``patterns``
    are the alternatives that the rule's table gives, to be matched against a whole line without regard to case; empty
    for a rule that code reads.
    """

    id: str
    habit: str
    agencies: tuple[str, ...]
    where: Where
    examples: tuple[Example, ...]
    site: bool = False
    patterns: tuple[Form, ...] = ()

    @property
    def family(self) -> str:
        """The file that the rule lives in."""
        return self.id.split(".", 1)[0]

    @property
    def used_by(self) -> str:
        """Who has the habit, in one line."""
        return ", ".join(self.agencies)

    @property
    def example(self) -> str:
        """The first example."""
        return self.examples[0].text

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the examples are in, sorted."""
        return tuple(sorted({example.language for example in self.examples if example.language}))
