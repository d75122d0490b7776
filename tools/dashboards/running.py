"""The operators' rows on what runs: backlog, time, workers, state. Knows no feeder and no reader."""

from __future__ import annotations

from tools.dashboards.panels import THIRD, Panel, Row
from tools.dashboards.queries import RATE, p99

ROWS = (
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
                ((p99("newswire_stage_seconds", "stage"), "{{stage}}"),),
                "Time in the worker",
                "The slowest hundredth of the stories in each stage; as fine as the histogram's buckets.",
                THIRD,
            ),
            Panel(
                "Delivery, 99th percentile",
                "s",
                ((p99("newswire_delivery_seconds", "agent"), "{{agent}}"),),
                "Time in the worker",
                "From reading an input to all of its outputs and its state being durable. Mostly the broker's time.",
                THIRD,
            ),
            Panel(
                "Commits, 99th percentile",
                "s",
                ((p99("newswire_commit_seconds", "instance"), "{{instance}}"),),
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
)
