"""The hub as it stands → the live page's gauges, when Prometheus asks. Counts nothing itself."""

from __future__ import annotations

import math

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from streams.desk.hub import Hub

KIND = CONTENT_TYPE_LATEST


def scraped(hub: Hub) -> bytes:
    """Bring the gauges of *hub* up to now, and return everything as Prometheus reads it."""
    metrics = hub.metrics
    behind = hub.behind if hub.reachable else None
    metrics.gauge("newswire_desk_viewers").set(hub.listeners)
    metrics.gauge("newswire_desk_entries").set(len(hub.window))
    metrics.gauge("newswire_desk_behind_records").set(math.nan if behind is None else behind)
    metrics.gauge("newswire_desk_last_story_timestamp_seconds").set((hub.last or 0) / 1000)
    return generate_latest(metrics.registry)
