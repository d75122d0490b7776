"""What a rule of the copy desk is to its readers: an id, a habit, who has it, an example; holds no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["top", "head", "lead", "middle", "tail", "twice", "inside"]
"""Where the example stands in a story: above the headline, under it, opening the first paragraph, between two
paragraphs, under the last, under the headline twice (once with its credit), or inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``id`` is ``family.name`` and is what a receipt carries; ``example`` is original copy with the habit.

    ``site`` rules are applied to republished text only, where the line would be proper copy on a wire.
    """

    id: str
    habit: str
    used_by: str
    example: str
    where: Where
    site: bool = False

    @property
    def family(self) -> str:
        """The file that the rule lives in."""
        return self.id.split(".", 1)[0]
