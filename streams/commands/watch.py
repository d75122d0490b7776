"""``newswire watch``: a folder that agencies deliver into → the raw topic, for as long as it runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from streams import config
from streams.contracts.headers import is_source
from streams.errors import UsageError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="The provider of files that lie in no folder of their own.")
@click.option(
    "--still",
    type=click.FloatRange(0.05, 3600),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="A file is complete when it has not changed for so long.",
)
@click.option("--once", is_flag=True, help="Send what is there, wait for what is being written, and end.")
def command(folder: Path, source: str | None, still: float, once: bool) -> None:
    """Send every file that is put into FOLDER to the raw topic, byte for byte, and archive it.

    The first folder below names the source: FOLDER/afp/x.xml is AFP's. Names that end in .part, .tmp and the like or
    begin with a dot are let be; a file renamed from such a name is sent at once, another when it has been still.
    What the broker has goes to FOLDER/archive, what cannot be sent to FOLDER/quarantine with the reason beside it.

    Metrics and health are on NEWSWIRE_METRICS_PORT. SIGTERM and Ctrl-C end it with status 0 when what is on its way
    has arrived. Two on one folder are refused.

    \b
    Examples:
      newswire watch /srv/ftp/incoming
      newswire watch --source dpa --still 5 /srv/dpa
      newswire watch --once incoming && ls incoming/quarantine
    """
    from streams.feeds import service
    from streams.feeds.folder import Folder
    from streams.feeds.watching import Watcher, locked
    from streams.metrics import Metrics

    if source is not None and not is_source(source):
        raise UsageError(f"--source {source!r}: letters, digits, dots, dashes and spaces, 64 at most")
    settings = config.load()
    with locked(folder):
        service.prepare(settings)

        async def run() -> int:
            metrics = Metrics("watch")
            stop = service.stopping()
            async with service.around(settings, metrics) as handing:
                watcher = Watcher(Folder(folder), handing, metrics, source, still)
                await watcher.run(stop, once)
                return watcher.sent

        sent = asyncio.run(run())
    click.echo(f"{sent} files sent", err=True)
