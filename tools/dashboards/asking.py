"""Every panel's query over some minutes of a busy wire, asked as Grafana asks. Draws nothing.

The copy is fiction: the sample wire and generated stories, their senders wavering, so that lines have a shape.
"""

from __future__ import annotations

import http.client
import json
import math
import random
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from streams import config
from streams.contracts.story import Origin, RawMessage
from streams.demo.stage import Stage
from streams.feeds import generating
from streams.feeds.sampling import sample
from tools.dashboards.boards import FOLDER
from tools.dashboards.live import Prometheus, backfilled, beside, chosen

BOARDS = ("newswire-overview", "newswire-operators")
SCRAPE_SECONDS = 5
"""As in deploy/prometheus/prometheus.yml; Grafana's ``$__rate_interval`` is four of them."""
RUN_SECONDS = 240
A_SECOND = 6
AGENCIES = {"afp": ("AFP", 5, 90), "reuters": ("Reuters", 4, 140), "dpa": ("dpa", 3, 70), "ap": ("AP", 3, 110)}
"""Source → name in the dateline, share of the copy, seconds between its busy times."""
COPIER = "estuarytimes"
"""An outlet that sends on what the agencies sent."""


def copy(seconds: float, a_second: float) -> Iterator[RawMessage]:
    """Yield a busy stretch of the wire: the sample spread over it, stories of four agencies, copies of some."""
    draw = random.Random(1)
    sent: list[bytes] = []
    total = int(seconds * a_second)
    samples = list(sample(datetime.now(UTC) + timedelta(seconds=seconds * 0.7)))
    every = total // len(samples)
    for number in range(total):
        if number % every == 0 and number // every < len(samples):
            yield samples[number // every]
            continue
        if len(sent) > 30 and draw.random() < 0.06:
            yield RawMessage(draw.choice(sent[-30:]), Origin(f"copy-{number}"), COPIER, "application/json")
            continue
        at = number / a_second
        weights = [share * (1.1 + math.sin(2 * math.pi * at / period)) for _, share, period in AGENCIES.values()]
        [source] = draw.choices(list(AGENCIES), weights)
        sent.append(item(number, AGENCIES[source][0], draw))
        yield RawMessage(sent[-1], Origin(f"generated-{number}"), source, "application/json")


def item(number: int, agency: str, draw: random.Random) -> bytes:
    """Return generated story *number* as ninjs of *agency*: an alert of a line, an urgent of two, or a story."""
    [urgency] = draw.choices((1, 2, 3, 4, 5), (1, 3, 12, 30, 14))
    headline, body = generating.text(number, draw.randint(60, 700)).replace("(AFP)", f"({agency})").split("\n\n", 1)
    if urgency < 3:
        headline, body = f"{'ALERT' if urgency == 1 else 'URGENT'} - {headline}", body.split("\n\n")[0]
    told = {
        "uri": f"urn:generated:{agency.lower()}:{number}",
        "version": "1",
        "type": "text",
        "urgency": urgency,
        "headline": headline,
        "body_text": body,
    }
    return json.dumps(told).encode()


def look_on(address: str, over: threading.Event, seconds: float) -> None:
    """Be a browser with the live page open, whose line breaks every so many *seconds*, until *over*."""
    with urllib.request.urlopen(f"{address}/snapshot", timeout=20) as answer:
        last = json.load(answer)["at"]
    headers: dict[str, str] = {}
    while not over.is_set():
        line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
        line.request("GET", f"/events?after={last}", headers=headers)
        answer, until = line.getresponse(), time.monotonic() + seconds
        while time.monotonic() < until and not over.is_set():
            said = answer.readline().decode()
            if said.startswith("id: "):
                headers["Last-Event-ID"] = said.removeprefix("id: ").strip()
        line.close()
        over.wait(1.0)


def answers(seconds: float = RUN_SECONDS) -> dict[str, Any]:
    """Run a wire for *seconds* and return ``{"from", "to", "step", "boards": {uid: {panel id: [answer]}}}``, times in
    seconds since the epoch; an answer is ``{"refId", "legend", "series": [{"metric", "values"}]}`` as Prometheus has
    it."""
    boards = {uid: json.loads((FOLDER / f"{uid}.json").read_text("utf-8")) for uid in BOARDS}
    over = threading.Event()
    with (
        tempfile.TemporaryDirectory(prefix="newswire-") as name,
        Stage(config.Settings(), print) as stage,
        beside(stage, Path(name)) as live,
    ):
        backfilled(Path(name), [*AGENCIES, COPIER], live.worker)
        address = live.page.address
        viewers = [
            threading.Thread(target=look_on, args=(address, over, lasts), daemon=True) for lasts in (47, 80, 500)
        ]
        with Prometheus(Path(name), live.jobs(), SCRAPE_SECONDS) as prometheus:
            time.sleep(2 * SCRAPE_SECONDS)
            began = time.time()
            for viewer in viewers:
                viewer.start()
            live.busy(copy(seconds, A_SECOND), 1 / A_SECOND, often=47)
            ended = time.time()
            over.set()
            step = SCRAPE_SECONDS
            span = {"from": began // step * step, "to": ended // step * step, "step": step}
            found = {
                uid: {
                    str(panel["id"]): [asked(prometheus, target, span) for target in panel["targets"]]
                    for panel in board["panels"]
                    if "targets" in panel
                }
                for uid, board in boards.items()
            }
    return {**span, "boards": found}


def asked(prometheus: Prometheus, target: dict[str, Any], span: dict[str, float]) -> dict[str, Any]:
    """Ask one query of a panel over *span*."""
    expr = chosen(target["expr"], f"{4 * SCRAPE_SECONDS}s")
    found = prometheus.ask(
        "query_range", query=expr, start=str(span["from"]), end=str(span["to"]), step=str(span["step"])
    )
    return {"refId": target["refId"], "legend": target["legendFormat"], "series": found["result"]}
