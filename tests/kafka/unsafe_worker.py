"""A worker with a safeguard taken out, so that the books can be seen to find it: it waits for no broker's answer.

So it acknowledges its input before what that caused is durable. ``python -m tests.kafka.unsafe_worker`` runs ``newswire
worker``. The product has no such option.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Sequence

from streams import cli
from streams.agents.ports import Output
from streams.runtime.producing import Librdkafka, Offsets

_send = Librdkafka.send


async def _unheard(self: Librdkafka, outputs: Sequence[Output]) -> Awaitable[Offsets]:
    await _send(self, outputs)
    at_once: asyncio.Future[Offsets] = asyncio.get_running_loop().create_future()
    at_once.set_result({})
    return at_once


if __name__ == "__main__":
    Librdkafka.send = _unheard  # type: ignore[method-assign]
    sys.argv = ["newswire", "worker"]
    cli.main()
