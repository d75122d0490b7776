"""``newswire worker``: runs the Faust app, as ``faust -A streams.worker worker`` does."""

from __future__ import annotations

import sys

import click

from streams import config


@click.command()
def command() -> None:
    """Run a worker: the Faust agents, metrics and health.

    Reads its settings from the environment. Ctrl-C or SIGTERM drains what is in flight, commits and exits 0.

    \b
    Examples:
      newswire worker
      NEWSWIRE_BROKER=kafka-1:9092 NEWSWIRE_STORE=rocksdb newswire worker
      faust -A streams.worker worker      (the same)
    """
    settings = config.load()
    if sys.platform != "win32":
        import faust.cli.base
        from mode.loop import use

        use("uvloop")
    import faust

    from streams.worker import app

    worker = faust.Worker(app, loglevel=settings.log_level, redirect_stdouts=False)
    worker.execute_from_commandline()
