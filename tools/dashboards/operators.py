"""The operators' dashboard: backlog, workers, state, dead letters, feeders, live page, objectives. Knows no story."""

from __future__ import annotations

from tools.dashboards.panels import THIRD, Panel, Row

UID = "newswire-operators"
TITLE = "Newswire operators"
DESCRIPTION = "For who runs it: objectives, backlog, workers, state, dead letters, the feeders, the live page."
RATE = "$__rate_interval"


def _p99(series: str, by: str) -> str:
    return f'histogram_quantile(0.99, sum by ({by}, le) (rate({series}_bucket{{job=~"$job"}}[{RATE}])))'


ROWS = (
    Row(
        "At a glance",
        (
            Panel(
                "Workers ready",
                "none",
                (('sum(newswire_ready{job=~"$job"})', ""),),
                "NewswireWorkerNotReady",
                "Workers that are assigned, recovered and not rebalancing. Anything below the number you run wants a "
                "look.",
                4,
                stat=True,
                whole=True,
            ),
            Panel(
                "Behind",
                "short",
                (('sum(max by (topic, partition) (newswire_lag_records{job=~"$job"}))', ""),),
                "NewswireLagGrowing",
                "Records of the raw and the normalised topic that are not acknowledged yet.",
                4,
                stat=True,
                warn=100,
                bad=500,
                whole=True,
            ),
            Panel(
                "Rejected share",
                "percentunit",
                (('newswire:rejected_share:rate5m{job=~"$job"}', ""),),
                "NewswireRejectedShareHigh",
                "Share of the messages read in the last five minutes that went to the dead-letter topic.",
                4,
                stat=True,
                warn=0.02,
                bad=0.1,
            ),
            Panel(
                "Breaker",
                "none",
                (('max(newswire_breaker_open{job=~"$job"})', ""),),
                "NewswireBreakerOpen",
                "1 once a worker stopped because too large a share of its recent input was rejected.",
                4,
                stat=True,
                warn=0.5,
                bad=1,
                whole=True,
            ),
            Panel(
                "Standing still",
                "none",
                (('sum(newswire_stalled{job=~"$job"})', ""),),
                "NewswireWorkerStalled",
                "Workers that commit nothing though records wait: not live, to be started again.",
                4,
                stat=True,
                warn=0.5,
                bad=1,
                whole=True,
            ),
            Panel(
                "Since the last commit",
                "s",
                (('time() - max((newswire_last_commit_timestamp_seconds{job=~"$job"} > 0))', ""),),
                "NewswireWorkerStalled",
                "Age of the newest commit of any worker. It also grows while nothing comes in: read it with the lag.",
                4,
                stat=True,
            ),
        ),
    ),
    Row(
        "Objectives",
        (
            Panel(
                "Budget burn, 1 h",
                "none",
                (('newswire:objective_burn:rate1h{job=~"$job"}', "{{objective}}"),),
                "NewswireBudgetBurnsFast",
                "How fast the month's budget of misses is used: 1 uses it up in 30 days, 14.4 in two.",
                THIRD,
                warn=14.4,
            ),
            Panel(
                "Budget burn, 6 h",
                "none",
                (('newswire:objective_burn:rate6h{job=~"$job"}', "{{objective}}"),),
                "NewswireBudgetBurns",
                "The same over six hours; 6 uses the budget up in five days.",
                THIRD,
                warn=6,
            ),
            Panel(
                "Budget burn, 3 days",
                "none",
                (('newswire:objective_burn:rate3d{job=~"$job"}', "{{objective}}"),),
                "NewswireBudgetBurnsSlowly",
                "The same over three days; above 1 the objective will be missed this month.",
                THIRD,
                warn=1,
            ),
        ),
    ),
    Row(
        "Backlog and time",
        (
            Panel(
                "Lag by partition",
                "short",
                (
                    (
                        'max by (topic, partition) (newswire_lag_records{job=~"$job"})',
                        "{{topic}}/{{partition}}",
                    ),
                ),
                "NewswireLagGrowing",
                "Records not yet acknowledged. One partition: a hot key or a large message. All: processor or broker.",
                whole=True,
            ),
            Panel(
                "In flight",
                "short",
                (('sum by (agent, instance) (newswire_in_flight{job=~"$job"})', "{{agent}} {{instance}}"),),
                "NewswireLagGrowing",
                "Slices whose outputs are not all durable yet. At NEWSWIRE_IN_FLIGHT the worker waits for the broker.",
                whole=True,
            ),
            Panel(
                "Stages, mean",
                "s",
                (
                    (
                        f'sum by (stage) (rate(newswire_stage_seconds_sum{{job=~"$job"}}[{RATE}]))'
                        f' / sum by (stage) (rate(newswire_stage_seconds_count{{job=~"$job"}}[{RATE}]))',
                        "{{stage}}",
                    ),
                ),
                "Time in the worker",
                "Mean time of each stage for one story. Where a line steps up after a release, that stage got slower.",
                THIRD,
            ),
            Panel(
                "Stages, 99th percentile",
                "s",
                ((_p99("newswire_stage_seconds", "stage"), "{{stage}}"),),
                "Time in the worker",
                "The slowest hundredth of the stories in each stage; as fine as the histogram's buckets.",
                THIRD,
            ),
            Panel(
                "Delivery, 99th percentile",
                "s",
                ((_p99("newswire_delivery_seconds", "agent"), "{{agent}}"),),
                "Time in the worker",
                "From reading an input to all of its outputs and its state being durable. Mostly the broker's time.",
                THIRD,
            ),
            Panel(
                "Commits, 99th percentile",
                "s",
                ((_p99("newswire_commit_seconds", "instance"), "{{instance}}"),),
                "Time in the worker",
                "Time of an offset commit, by worker: a round trip to the broker that coordinates the group.",
                THIRD,
            ),
            Panel(
                "Commit age",
                "s",
                (('time() - (newswire_last_commit_timestamp_seconds{job=~"$job"} > 0)', "{{instance}}"),),
                "NewswireWorkerStalled",
                "Time since each worker last committed. It also grows while nothing comes in: read it with the lag.",
                THIRD,
            ),
            Panel(
                "Records to desk topics",
                "suffix:/min",
                (
                    (
                        "60 * sum by (topic) (rate(newswire_records_sent_total"
                        f'{{job=~"$job", topic=~"wire[.]desk[.]($desk)[.]v1"}}[{RATE}]))',
                        "{{topic}}",
                    ),
                ),
                "Copy that goes out",
                "Records that the broker acknowledged on the topics of the desks chosen, a minute.",
                THIRD,
            ),
        ),
    ),
    Row(
        "Workers",
        (
            Panel(
                "Ready",
                "none",
                (('newswire_ready{job=~"$job"}', "{{instance}}"),),
                "NewswireWorkerNotReady",
                "1 while a worker is assigned, recovered and not rebalancing. A gap: it could not be scraped.",
                THIRD,
                highest=1,
                whole=True,
            ),
            Panel(
                "Rebalances",
                "short",
                (('increase(newswire_rebalances_total{job=~"$job"}[10m])', "{{instance}}"),),
                "NewswireWorkerNotReady",
                "Rebalances in the last ten minutes. More than one at a time when a worker came or went is too many.",
                THIRD,
                whole=True,
            ),
            Panel(
                "Partitions",
                "none",
                (('newswire_assigned_partitions{job=~"$job"}', "{{instance}}"),),
                "NewswireWorkerNotReady",
                "Partitions of the raw and the normalised topic that each worker has. Together: twice "
                "NEWSWIRE_PARTITIONS.",
                THIRD,
                whole=True,
            ),
            Panel(
                "Processor",
                "percentunit",
                ((f'rate(process_cpu_seconds_total{{job=~"$job"}}[{RATE}])', "{{job}} {{instance}}"),),
                "NewswireLagGrowing",
                "Share of one core that each process uses. A worker cannot use more than one: at 100 % start another.",
                THIRD,
            ),
            Panel(
                "Memory",
                "bytes",
                (('process_resident_memory_bytes{job=~"$job"}', "{{job}} {{instance}}"),),
                "State and memory",
                "Resident memory of each process; a worker's grows with the text window until that is full.",
                THIRD,
            ),
            Panel(
                "Open files",
                "short",
                (('process_open_fds{job=~"$job"}', "{{job}} {{instance}}"),),
                "State and memory",
                "Open file descriptors of each process: connections to brokers, and RocksDB's files.",
                THIRD,
            ),
        ),
    ),
    Row(
        "State",
        (
            Panel(
                "Table entries",
                "short",
                (('sum by (table, instance) (newswire_table_entries{job=~"$job"})', "{{table}} {{instance}}"),),
                "State and memory",
                "Entries of the identity table, by worker. After a rebalance they move with their partitions.",
                THIRD,
            ),
            Panel(
                "Identity index",
                "short",
                (('sum by (part) (newswire_index_entries{job=~"$job"})', "{{part}}"),),
                "State and memory",
                "What identity remembers, by part, on every worker. Grows until the text window is full, then stays "
                "level.",
                THIRD,
            ),
            Panel(
                "Last recovery",
                "s",
                (('newswire_recovery_seconds{job=~"$job"}', "{{instance}}"),),
                "State and memory",
                "How long the last recovery took, rebalance included. With RocksDB only what changed meanwhile is "
                "read.",
                THIRD,
            ),
        ),
    ),
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
                    (_p99("newswire_watch_seconds", "instance"), "files {{instance}}"),
                    (_p99("newswire_push_seconds", "instance"), "push {{instance}}"),
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
