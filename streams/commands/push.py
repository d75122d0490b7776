"""``newswire push``: copy over HTTP → the raw topic, for as long as it runs."""

from __future__ import annotations

import asyncio

import click

from streams import config
from streams.errors import UsageError


@click.command()
def command() -> None:
    """Take copy over HTTP and send it to the raw topic, byte for byte: POST /raw, 202 once the broker has it.

    Needs NEWSWIRE_PUSH_TOKENS: source:token, several parted by commas. A token stands for its source; * may name any,
    with the header Newswire-Source. Listens on NEWSWIRE_PUSH_HOST and NEWSWIRE_PUSH_PORT, loopback unless told
    otherwise: it speaks no TLS itself, so put a proxy that does in front of it.

    GET /healthz says whether the broker takes what is pushed. Metrics are on NEWSWIRE_METRICS_PORT. SIGTERM and Ctrl-C
    end it with status 0 when what is on its way has been answered.

    \b
    Examples:
      NEWSWIRE_PUSH_TOKENS=afp:$(openssl rand -hex 16) newswire push
      curl -H "Authorization: Bearer $TOKEN" --data-binary @lead.xml http://127.0.0.1:9480/raw
    """
    from streams.feeds import service
    from streams.feeds.listening import Listener, is_loopback
    from streams.feeds.pushing import Push
    from streams.metrics import Metrics

    settings = config.load()
    if not settings.push_tokens:
        raise UsageError(
            "NEWSWIRE_PUSH_TOKENS: nobody may push without a token; "
            "for a new one: NEWSWIRE_PUSH_TOKENS=afp:$(openssl rand -hex 16)"
        )
    service.prepare(settings)
    if not is_loopback(settings.push_host):
        click.echo(
            f"newswire: {settings.push_host} can be reached from elsewhere, and tokens travel in the clear: "
            "put a proxy that speaks TLS in front",
            err=True,
        )

    async def run() -> None:
        metrics = Metrics("push")
        stop = service.stopping()
        async with service.around(settings, metrics) as handing:
            listener = Listener(settings.push_host, settings.push_port, Push(settings, handing, metrics).routes())
            port = await listener.start()
            click.echo(f"taking copy at http://{settings.push_host}:{port}/raw", err=True)
            try:
                await stop.wait()
            finally:
                await listener.stop()

    asyncio.run(run())
