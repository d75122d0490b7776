"""The operators' dashboard: backlog, workers, state, dead letters, feeders, live page, objectives. Knows no story."""

from __future__ import annotations

from tools.dashboards import edges, running
from tools.dashboards.panels import THIRD, Panel, Row

UID = "newswire-operators"
TITLE = "Newswire operators"
DESCRIPTION = "For who runs it: objectives, backlog, workers, state, dead letters, the feeders, the live page."

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
    *running.ROWS,
    *edges.ROWS,
)
