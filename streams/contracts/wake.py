"""The control record ``wake.v1`` on ``wire.normalised.v1``: tells a shard that held stories are due. Carries no news.

Embargoes end by the clock, but state may only change inside the stream, in its order. So the worker that holds
a due story writes a wake record to that partition, and releases the story when it reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wake:
    """Release what is embargoed until *due* or earlier (UTC)."""

    due: datetime
