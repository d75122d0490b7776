"""A real Prometheus scrapes a live wire, its feeders and its page, and every panel's and rule's query is asked: none
is empty."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from streams.contracts.story import Origin, RawMessage
from streams.feeds.publishing import Feeder
from streams.feeds.sampling import sample
from tests.contracts.test_queries import DASHBOARDS, RULES, dashboard_of, panels, rules, yaml_of
from tests.integration.conftest import Wire
from tools.dashboards.live import PROMETHEUS, PROMTOOL, Prometheus, backfilled, beside, chosen

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(
        PROMETHEUS is None or PROMTOOL is None, reason="prometheus is not installed: apt-get install prometheus"
    ),
]
SETTLE_SECONDS = 150.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, where it stands, and how many series with a figure in them it brought."""

    where: str
    expr: str
    series: int


def asked_of(prometheus: Prometheus) -> list[Asked]:
    """Ask every panel's query, every recorded series, and what every alert reads."""
    found = []
    for path in DASHBOARDS:
        for panel in panels(dashboard_of(path)):
            for target in panel["targets"]:
                expr = chosen(target["expr"], "1m")
                found.append(Asked(f"{path.stem}: {panel['title']}", expr, prometheus.series(expr)))
    for rule in rules():
        if "record" in rule:
            labels = ",".join(f'{name}="{value}"' for name, value in rule.get("labels", {}).items())
            expr = f"{rule['record']}{{{labels}}}"
            found.append(Asked("recorded", expr, prometheus.series(expr)))
        else:  # an alert that is quiet is empty: what it reads must not be
            bare = re.sub(r"\[[^\]]*\]|\boffset [\dsmhd]+", " ", rule["expr"])
            read = sorted(set(re.findall(r"(?:newswire[_:]|process_|\bup\b)[\w:]*(?:\{[^}]*\})?", bare)))
            found.extend(Asked(f"alert {rule['alert']}", name, prometheus.series(name)) for name in read)
    return found


def fresh(text: str) -> RawMessage:
    return RawMessage(text.encode(), Origin("test"), "afp")


def test_every_query_brings_something(wire: Wire, tmp_path: Path) -> None:
    messages = list(sample(datetime.now(UTC)))
    with beside(wire.stage, tmp_path) as live:
        backfilled(tmp_path, {message.source for message in messages if message.source}, live.worker)
        with Prometheus(tmp_path, live.jobs()) as prometheus:
            prometheus.wait_scraped(len(live.jobs()["newswire-feeds"]) + 2)
            live.busy(messages, 0.1)
            until = time.monotonic() + SETTLE_SECONDS
            with Feeder(wire.stage.settings) as feeder:
                for number in count(1):
                    found = asked_of(prometheus)
                    if all(one.series for one in found) or time.monotonic() > until:
                        break
                    # However slow the machine is: between two scrapes there is an alert, and a story.
                    feeder.send(fresh(f"ALERT\n\nGauge {number} on the Orlova is over its mark, river office says"))
                    feeder.send(fresh(f"Orlova, March 10 - Ferry {number} sails again, the harbour office said."))
                    time.sleep(1.0)
            for one in found:
                print(f"{one.series:4}  {one.where:55}  {one.expr}")
            assert not [one for one in found if not one.series], "nothing comes of it, though the wire is live"
            # Over some time: a scrape that failed on a busy machine is no worker gone.
            known = chosen('last_over_time(newswire_ready{job=~"$job"}[5m])', "1m")
            workers = prometheus.ask("query", query=known)["result"]
            assert [one["metric"]["instance"] for one in workers] == [live.worker], "a feeder is no worker"
            groups = prometheus.ask("rules")["groups"]
            read = [rule for group in groups for rule in group["rules"]]
            assert len(read) == sum(len(group["rules"]) for path in RULES for group in yaml_of(path)["groups"])
            assert {rule["name"]: rule.get("lastError") for rule in read if rule["health"] == "err"} == {}
            assert len({one.where for one in found}) > len(DASHBOARDS) * 10
