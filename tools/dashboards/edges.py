"""The operators' rows on what comes in and who looks on: dead letters, feeders, the live page. Knows no worker."""

from __future__ import annotations

from tools.dashboards.panels import THIRD, Panel, Row
from tools.dashboards.queries import RATE, p99

ROWS = (
    Row(
        "Dead letters",
        (
            Panel(
                "Dead letters by agency and reason",
                "suffix:/min",
                (
                    (
                        "60 * sum by (source, reason) (rate(newswire_rejected_total"
                        f'{{job=~"$job", source=~"$agency"}}[{RATE}]))',
                        "{{source}} {{reason}}",
                    ),
                ),
                "NewswireRejectedShareHigh",
                "Messages to wire.raw.v1.dlq a minute. newswire dlq list has each, newswire dlq show its bytes.",
                stacked=True,
            ),
            Panel(
                "Share rejected of the recent input",
                "percentunit",
                (('newswire_rejected_share{job=~"$job"}', "{{instance}}"),),
                "NewswireBreakerOpen",
                "What the breaker looks at: the worker stops when it passes NEWSWIRE_BREAKER_SHARE.",
                highest=1,
            ),
        ),
    ),
    Row(
        "Feeders",
        (
            Panel(
                "Files by outcome",
                "suffix:/min",
                (
                    (
                        "60 * sum by (source, outcome) (rate(newswire_watch_files_total"
                        f'{{job=~"$job", source=~"$agency"}}[{RATE}]))',
                        "{{source}} {{outcome}}",
                    ),
                ),
                "Copy that comes in",
                "Files of the watched folder a minute: sent, quarantined (the reason lies beside the file), grown "
                "meanwhile.",
                THIRD,
                stacked=True,
            ),
            Panel(
                "Files waiting",
                "short",
                (('newswire_watch_waiting{job=~"$job"}', "{{instance}}"),),
                "Copy that comes in",
                "Files that are not sent yet. Climbs when the broker is away or a sender never finishes its files.",
                THIRD,
                whole=True,
            ),
            Panel(
                "Quarantined in the last hour",
                "short",
                (
                    (
                        "sum by (source) (increase(newswire_watch_files_total"
                        '{job=~"$job", source=~"$agency", outcome="quarantined"}[1h]))',
                        "{{source}}",
                    ),
                ),
                "Copy that comes in",
                "Files that were set aside in the last hour, by source; each has its reason in a file beside it.",
                THIRD,
                whole=True,
            ),
            Panel(
                "Pushed, by answer",
                "suffix:/min",
                (
                    (
                        "60 * sum by (source, status) (rate(newswire_push_requests_total"
                        f'{{job=~"$job", source=~"$agency|unknown"}}[{RATE}]))',
                        "{{source}} {{status}}",
                    ),
                ),
                "Copy that comes in",
                "Requests to newswire push a minute, by source and HTTP status; 202 was taken, all else was refused.",
                THIRD,
                stacked=True,
            ),
            Panel(
                "Hand-over, 99th percentile",
                "s",
                (
                    (p99("newswire_watch_seconds", "instance"), "files {{instance}}"),
                    (p99("newswire_push_seconds", "instance"), "push {{instance}}"),
                ),
                "Copy that comes in",
                "From the last write to a file, or a pushed message's last byte, to the broker's acknowledgement of "
                "it.",
                THIRD,
            ),
            Panel(
                "Pushed bytes under way",
                "bytes",
                (('newswire_push_bytes{job=~"$job"}', "{{instance}}"),),
                "Copy that comes in",
                "Not acknowledged by the broker yet. At four times NEWSWIRE_MAX_MESSAGE_BYTES the answer is 429.",
                THIRD,
            ),
        ),
    ),
    Row(
        "The live page",
        (
            Panel(
                "Pages open",
                "short",
                (('newswire_desk_viewers{job=~"$job"}', "{{instance}}"),),
                "The live page",
                "Browsers that have the live page open and connected. 200 at most for one newswire desk.",
                THIRD,
                whole=True,
            ),
            Panel(
                "Sent to pages",
                "suffix:/min",
                ((f'60 * sum by (kind) (rate(newswire_desk_events_total{{job=~"$job"}}[{RATE}]))', "{{kind}}"),),
                "The live page",
                "Events sent a minute, one for each page: stories as they move, feed health every two seconds.",
                THIRD,
            ),
            Panel(
                "Pages that came back",
                "short",
                (
                    (
                        'sum by (how) (increase(newswire_desk_connections_total{job=~"$job", how!="opened"}[10m]))',
                        "{{how}}",
                    ),
                ),
                "The live page",
                "In the last ten minutes: resumed where they were cut off; gap: too late for that, shown everything "
                "anew.",
                THIRD,
                whole=True,
            ),
            Panel(
                "Unread by the page",
                "short",
                (('newswire_desk_behind_records{job=~"$job"}', "{{instance}}"),),
                "The live page",
                "Records of its topics that newswire desk has not read. A gap in the line: the broker does not answer.",
                THIRD,
                whole=True,
            ),
            Panel(
                "Stories on the page",
                "short",
                (('newswire_desk_entries{job=~"$job"}', "{{instance}}"),),
                "The live page",
                "Stories held, versions folded. Levels out at NEWSWIRE_DESK_STORIES, where the oldest make room.",
                THIRD,
            ),
            Panel(
                "Since the newest story",
                "s",
                (
                    (
                        'time() - (newswire_desk_last_story_timestamp_seconds{job=~"$job"} > 0)',
                        "{{instance}}",
                    ),
                ),
                "The live page",
                'Time since the newest story on the page was published. Beside "Silence by agency" it tells a quiet '
                "hour from a page that stands.",
                THIRD,
            ),
        ),
    ),
)
