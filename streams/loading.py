"""Settings → what the pure stages need, loaded once: gazetteer, desks, windows. Processes no copy."""

from __future__ import annotations

from streams import places
from streams.config import Settings
from streams.identity import IdentitySettings
from streams.pipeline import Toolbox
from streams.places.desks import load_desks


def toolbox(settings: Settings) -> Toolbox:
    """Load the toolbox. Raises :class:`streams.errors.UsageError` for a desks.toml that cannot be used."""
    return Toolbox(places.load(), load_desks(settings.desks), settings.max_message_bytes)


def windows(settings: Settings) -> IdentitySettings:
    """Return the identity stage's limits."""
    return IdentitySettings(
        text_window_hours=settings.text_window_hours,
        id_window_hours=max(settings.text_window_hours, 24 * settings.id_window_days),
        settle_minutes=settings.settle_minutes,
    )
