"""``newswire demo``: the whole wire on this machine with a sample day of copy. Leaves nothing behind."""

from __future__ import annotations

import signal
import time
from itertools import count
from types import FrameType

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from streams import config
from streams.commands import rendering
from streams.contracts import codec, headers, topics
from streams.demo.run import Run
from streams.demo.stage import Stage
from streams.demo.tally import Tally, percentile
from streams.errors import NewswireError
from streams.feeds.generating import story
from streams.feeds.publishing import Feeder
from streams.feeds.subscribing import Consumed

LIVE_SECONDS = 2.0
"""Between two stories of the slow live feed of ``--keep``."""


@click.command()
@click.option("--keep", is_flag=True, help="Leave it up with live page and slow feed, print the addresses.")
@click.option("--rate", default=12.0, type=click.FloatRange(1, 200), show_default=True, help="Messages a second.")
def command(keep: bool, rate: float) -> None:
    """Run the whole wire on this machine: broker, topics, worker, a sample day of copy.

    Starts an embedded Kafka-compatible broker in memory and a real worker, feeds the bundled sample wire (alerts,
    leads, corrections, a kill, reprints, an embargo, broken messages, several languages), shows the stories as they
    are published, checks that the numbers add up, and takes everything down. Needs the extra "embedded".

    \b
    Examples:
      newswire demo
      newswire demo --keep        then, elsewhere: NEWSWIRE_BROKER=… newswire tail
    """
    signal.signal(signal.SIGTERM, _terminated)
    run(Console(highlight=False), keep, rate)


def run(console: Console, keep: bool, rate: float) -> None:
    """Run the demonstration on *console*. Raises :class:`NewswireError` if the books do not balance."""
    began = time.monotonic()
    with console.status("starting") as status:
        stage = Stage(config.load(), lambda what: status.update(f"starting: {what}")).__enter__()
    try:
        console.print(f"wire up in {time.monotonic() - began:.1f} s, broker {stage.settings.broker}", style="dim")
        tally = _watched(console, stage, rate)
        _summary(console, tally, time.monotonic() - began)
        if not tally.adds_up:
            raise NewswireError(f"the numbers do not add up; the worker's last words:\n{stage.worker.last_words()}")
        if keep:
            _keep(console, stage)
    finally:
        with console.status("taking everything down"):
            stage.__exit__(None, None, None)


def _terminated(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signum)


def _watched(console: Console, stage: Stage, rate: float) -> Tally:
    with Progress(
        SpinnerColumn(),
        TextColumn("messages"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[waiting]}"),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("demo", total=None, waiting="")

        def show(consumed: Consumed, tally: Tally) -> None:
            line = _line(consumed)
            if line is not None:
                progress.console.print(line, no_wrap=True, overflow="ellipsis", soft_wrap=False)
            waiting = tally.fed == demonstration.total and tally.accounted < demonstration.total
            progress.update(task, completed=tally.accounted, waiting="an embargo ends soon" if waiting else "")

        demonstration = Run(stage, rate, show)
        progress.update(task, total=demonstration.total)
        demonstration.follow()
    return demonstration.recount()


def _line(consumed: Consumed) -> object:
    clock = time.strftime("%H:%M:%S", time.localtime(consumed.seen))
    reason = headers.value_of(consumed.headers, f"{headers.DEAD_PREFIX}reason")
    if reason is not None:
        said = headers.value_of(consumed.headers, f"{headers.DEAD_PREFIX}message") or ""
        return rendering.rejected_line(reason, said, clock)
    return rendering.story_line(codec.loads(consumed.value or b""), clock)


def _summary(console: Console, tally: Tally, seconds: float) -> None:
    rejected = ", ".join(f"{reason} {number}" for reason, number in sorted(tally.rejected.items()))
    released = f" ({tally.released} released from embargo)" if tally.released else ""
    table = Table(
        title="the books", title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False
    )
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    sign = "=" if tally.fed == tally.accounted else "≠"
    equation = (
        f"published {tally.published} + duplicates {tally.duplicates} + held {tally.held} "
        f"+ rejected {tally.rejected.total()}"
    )
    table.add_row("in", str(tally.fed), f"{sign} {equation}")
    table.add_row("published", str(tally.published), released.strip())
    table.add_row("duplicates", str(tally.duplicates))
    table.add_row("held", str(tally.held), "" if tally.held else "none still waiting")
    table.add_row("rejected", str(tally.rejected.total()), rejected)
    console.print(table)
    console.print("by relation  " + _counts(tally.relations))
    console.print("by desk      " + _counts(tally.desks))
    console.print("by language  " + _counts(tally.languages))
    p50, p99 = percentile(tally.seconds, 0.5), percentile(tally.seconds, 0.99)
    if p50 is not None and p99 is not None:
        console.print(
            f"produce to publish, {len(tally.seconds)} stories: p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"
        )
    verdict = "the numbers add up" if tally.adds_up else "THE NUMBERS DO NOT ADD UP"
    console.print(f"{verdict}, {seconds:.0f} s in all", style="bold green" if tally.adds_up else "bold red")
    for uri, version in tally.twice:
        console.print(f"published twice: {uri} version {version}", style="red")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _keep(console: Console, stage: Stage) -> None:
    """Open the live page, and feed generated copy slowly until interrupted."""
    with console.status("starting: live page"):
        page = stage.open_page()
    console.print(f"page     {page.address}/", style="bold")
    console.print(f"broker   NEWSWIRE_BROKER={stage.settings.broker} newswire tail", style="bold")
    console.print(f"metrics  {stage.worker.address}/metrics, {page.address}/metrics", style="bold")
    console.print(f"health   {stage.worker.address}/health/ready", style="bold")
    console.print(f"topics   {topics.STORIES.name}, {topics.ALERTS.name} …: newswire topics list", style="bold")
    console.print(f"a generated story every {LIVE_SECONDS:g} s; Ctrl-C takes everything down")
    with Feeder(stage.settings) as feeder:
        for number in count():
            feeder.send(story(number))
            time.sleep(LIVE_SECONDS)
