"""``newswire desk``: the live page, for as long as it runs."""

from __future__ import annotations

import asyncio
import logging
import sys
import time

import click

from streams import config
from streams.errors import NewswireError


@click.command()
def command() -> None:
    """Serve the live page: stories as they are published, alerts on top, versions folded, kills struck.

    Reads wire.stories.v1, wire.alerts.v1, wire.retractions.v1 and wire.duplicates.v1 from NEWSWIRE_DESK_HOURS back,
    without a consumer group, and keeps NEWSWIRE_DESK_STORIES stories in memory. Listens on NEWSWIRE_DESK_HOST and
    NEWSWIRE_DESK_PORT, loopback unless told otherwise: it asks nobody who they are and speaks no TLS, so put a proxy
    that does both in front of it. SIGTERM and Ctrl-C end it with status 0.

    Metrics are on the same port: GET /metrics.

    \b
    Examples:
      newswire desk
      NEWSWIRE_BROKER=127.0.0.1:PORT NEWSWIRE_DESK_PORT=0 newswire desk
    """
    from streams.desk.following import TOPICS, Following
    from streams.desk.hub import Hub, Received
    from streams.desk.serving import Serving
    from streams.feeds import service
    from streams.feeds.listening import Listener, is_loopback
    from streams.feeds.subscribing import Subscriber

    settings = config.load()
    logging.basicConfig(
        stream=sys.stderr,
        level=settings.log_level.upper(),
        format="[%(asctime)s] [%(process)d] [%(levelname)s] %(message)s",
    )
    logging.getLogger("kafka").setLevel("ERROR")
    if not is_loopback(settings.desk_host):
        click.echo(
            f"newswire: {settings.desk_host} can be reached from elsewhere, and the page asks nobody who they are: "
            "put a proxy that does in front",
            err=True,
        )
    subscriber = Subscriber(settings, TOPICS, from_beginning=False)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        stop = service.stopping()
        failed: list[NewswireError] = []
        hub = Hub(settings.desk_stories, run=f"{int(time.time() * 1000):x}")

        def take(received: list[Received], behind: int | None, reachable: bool) -> None:
            hub.reachable = reachable
            hub.behind = behind if behind is not None or not reachable else hub.behind
            hub.take(received)

        def end(error: NewswireError) -> None:
            failed.append(error)
            stop.set()

        following = Following(
            settings,
            subscriber,
            lambda *told: loop.call_soon_threadsafe(take, *told),  # type: ignore[arg-type, unused-ignore]
            lambda error: loop.call_soon_threadsafe(end, error),  # type: ignore[arg-type, return-value, unused-ignore]
        )
        serving = Serving(hub, settings.desk_host)
        listener = Listener(settings.desk_host, settings.desk_port, serving.routes(), variables="NEWSWIRE_DESK")
        port = await listener.start()
        pulse = asyncio.create_task(serving.pulse(), name="pulse")
        following.start()
        click.echo(f"the wire is at http://{settings.desk_host}:{port}/", err=True)
        try:
            await stop.wait()
        finally:
            pulse.cancel()
            await asyncio.gather(pulse, return_exceptions=True)
            hub.close()
            await listener.stop()
            await asyncio.to_thread(following.stop)
        if failed:
            raise failed[0]

    asyncio.run(run())
