"""``newswire worker``: runs the Faust app, as ``faust -A streams.worker worker`` does, or several of it."""

from __future__ import annotations

import sys

import click

from streams import config


@click.command()
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 256),
    help="Workers to run, as processes that share the partitions.",
)
def command(processes: int) -> None:
    """Run a worker: the Faust agents, metrics and health.

    Reads its settings from the environment. Ctrl-C or SIGTERM drains what is in flight, commits and exits 0.

    With --processes N, this process starts N workers and passes signals on. The n-th, counted from 0, serves metrics
    and health n ports above NEWSWIRE_METRICS_PORT, and keeps its tables in NEWSWIRE_DATA_DIR/n. When one ends badly,
    the others are told to end and its exit status is ours; nothing is restarted here: that is the supervisor's.
    More workers than partitions help nobody, and the identify agent shards by language: a shard has one worker.

    \b
    Examples:
      newswire worker
      newswire worker --processes 4
      NEWSWIRE_BROKER=kafka-1:9092 NEWSWIRE_STORE=rocksdb newswire worker
      faust -A streams.worker worker      (the same)
    """
    settings = config.load()
    if processes > 1:
        from streams.runtime import processes as several

        sys.exit(several.run(several.settings_of(settings, processes)))
    if sys.platform != "win32":
        import faust.cli.base
        from mode.loop import use

        use("uvloop")
    import faust

    from streams.worker import app

    worker = faust.Worker(app, loglevel=settings.log_level, redirect_stdouts=False)
    worker.execute_from_commandline()
