"""Every Prometheus metric, declared once with unit and labels; counts nothing.

:data:`METRICS` is the one list: dashboards' queries, alert rules and the docs are checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STAGE_BUCKETS = (25e-6, 5e-5, 1e-4, 2e-4, 4e-4, 8e-4, 1.6e-3, 3.2e-3, 6.4e-3, 0.025, 0.1, 0.5, 2.5)
LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)
Process = Literal["worker", "watch", "push", "desk"]
"""Who can be scraped: the worker, and the commands that run until they are told to stop."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. ``name`` as scraped, without the ``_total`` that Prometheus adds to counters.

    ``of``: the processes that have it. A feeder that exported the worker's, always 0, would look like a worker that is
    never ready.
    """

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    of: tuple[Process, ...] = ("worker",)


METRICS: tuple[Metric, ...] = (
    Metric("newswire_messages", "counter", "Records read, by agent and source.", ("agent", "source")),
    Metric("newswire_outcomes", "counter", "Stories by outcome and relation.", ("outcome", "relation", "source")),
    Metric("newswire_rejected", "counter", "Messages sent to the dead-letter topic.", ("reason", "source")),
    Metric("newswire_records_sent", "counter", "Records that the broker acknowledged, by topic.", ("topic",)),
    Metric("newswire_desk_stories", "counter", "Stories routed to each desk.", ("desk",)),
    Metric("newswire_retractions", "counter", "Corrections and kills, by what they meet.", ("relation", "of")),
    Metric("newswire_retractions_in_flight", "gauge", "Corrections and kills decided, not yet durable on every topic."),
    Metric("newswire_replayed", "counter", "Inputs that identity had already decided and published; not sent again."),
    Metric("newswire_restated", "counter", "Records published again with their words, for their parent came late."),
    Metric("newswire_retags", "counter", "Re-tags asked for, by what became of them.", ("verdict",)),
    Metric(
        "newswire_stage_seconds",
        "histogram",
        "Time of each stage, per story, by the clock.",
        ("stage",),
        STAGE_BUCKETS,
    ),
    Metric(
        "newswire_end_to_end_seconds",
        "histogram",
        "From the raw topic's timestamp to the broker's acknowledgement of the story. Lane alert: on wire.alerts.v1.",
        ("lane", "urgency"),
        LATENCY_BUCKETS,
    ),
    Metric(
        "newswire_delivery_seconds",
        "histogram",
        "From reading an input to every output of it being durable.",
        ("agent",),
        LATENCY_BUCKETS,
    ),
    Metric(
        "newswire_commit_seconds",
        "histogram",
        "Time of an offset commit.",
        (),
        LATENCY_BUCKETS,
    ),
    Metric("newswire_last_commit_timestamp_seconds", "gauge", "When offsets were last committed; 0 for not yet."),
    Metric(
        "newswire_in_flight",
        "gauge",
        "Slices, a story each at low rates, whose outputs are not all durable yet.",
        ("agent",),
    ),
    Metric("newswire_lag_records", "gauge", "Records not yet acknowledged.", ("topic", "partition")),
    Metric("newswire_acknowledged_offset", "gauge", "Next offset to acknowledge.", ("topic", "partition")),
    Metric("newswire_assigned_partitions", "gauge", "Partitions assigned to this worker."),
    Metric("newswire_rebalances", "counter", "Rebalances this worker went through."),
    Metric("newswire_recovery_seconds", "gauge", "How long the last recovery of the state took."),
    Metric("newswire_table_entries", "gauge", "Entries in a table on this worker.", ("table",)),
    Metric("newswire_index_entries", "gauge", "Entries in the identity index, by part.", ("part",)),
    Metric("newswire_held_stories", "gauge", "Embargoed stories waiting for their time."),
    Metric(
        "newswire_send_errors",
        "counter",
        "Sends that the broker did not acknowledge in time.",
        ("topic",),
        of=("worker", "watch", "push"),
    ),
    Metric("newswire_breaker_open", "gauge", "1 once too large a share of input was rejected and the worker stops."),
    Metric("newswire_rejected_share", "gauge", "Share of the recent input that was rejected."),
    Metric("newswire_ready", "gauge", "1 while assigned, recovered and not rebalancing."),
    Metric(
        "newswire_stalled",
        "gauge",
        "1 while records wait and nothing is committed, or a start gets no further: not live.",
    ),
    Metric("newswire_last_message_timestamp_seconds", "gauge", "When a source last sent anything.", ("source",)),
    Metric(
        "newswire_watch_files",
        "counter",
        "Files of a watched folder, by their outcome.",
        ("source", "outcome"),
        of=("watch",),
    ),
    Metric("newswire_watch_waiting", "gauge", "Files in the watched folder that are not sent yet.", of=("watch",)),
    Metric(
        "newswire_watch_seconds",
        "histogram",
        "From the last write to a file to the broker's acknowledgement of it.",
        (),
        LATENCY_BUCKETS,
        ("watch",),
    ),
    Metric(
        "newswire_push_requests",
        "counter",
        "Requests to push, by source and HTTP status.",
        ("source", "status"),
        of=("push",),
    ),
    Metric(
        "newswire_push_bytes", "gauge", "Bytes of pushed messages that are on their way to the broker.", of=("push",)
    ),
    Metric(
        "newswire_push_seconds",
        "histogram",
        "From a pushed message's last byte to the broker's acknowledgement of it.",
        (),
        LATENCY_BUCKETS,
        ("push",),
    ),
    Metric("newswire_desk_viewers", "gauge", "Live pages that are open and connected.", of=("desk",)),
    Metric(
        "newswire_desk_connections",
        "counter",
        "Live pages that connected: opened, resumed where they were cut off, or gap: too late for that, all anew.",
        ("how",),
        of=("desk",),
    ),
    Metric("newswire_desk_events", "counter", "Events sent to live pages, one for each page.", ("kind",), of=("desk",)),
    Metric("newswire_desk_entries", "gauge", "Stories that the live page holds, versions folded.", of=("desk",)),
    Metric(
        "newswire_desk_behind_records",
        "gauge",
        "Records of its topics that the live page has not read; NaN while the broker does not say.",
        of=("desk",),
    ),
    Metric(
        "newswire_desk_last_story_timestamp_seconds",
        "gauge",
        "When the newest story of the live page was published; 0 for none yet.",
        of=("desk",),
    ),
    Metric(
        "newswire_build_info", "gauge", "Always 1; the labels tell the versions.", ("version", "rules", "gazetteer")
    ),
)
