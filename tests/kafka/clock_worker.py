"""A worker whose clock steps while it runs: by as many seconds as the file named first on the command line says.

``python -m tests.kafka.clock_worker FILE`` runs ``newswire worker``. The clock is the one that Python's ``time.time``
and our agents' ``datetime.now`` read; the monotonic clock goes on as it does when an administrator sets the time.
"""

from __future__ import annotations

import datetime as real
import sys
import time
from pathlib import Path
from typing import Any

_true = time.time
_file = Path(sys.argv[-1])
_looked = (0.0, 0.0)


def step() -> float:
    """Return by how many seconds the clock is wrong now; the file is read every fifth of a second."""
    global _looked
    now = time.monotonic()
    if now - _looked[0] > 0.2:
        _looked = now, float(_file.read_text() or 0) if _file.exists() else 0.0
    return _looked[1]


class Stepped(real.datetime):
    """datetime, but for the time of day."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return real.datetime.now(tz) + real.timedelta(seconds=step())

    @classmethod
    def fromtimestamp(cls, timestamp: float, tz: Any = None) -> Any:
        return real.datetime.fromtimestamp(timestamp, tz)


if __name__ == "__main__":
    from streams import cli, worker  # makes the worker: its modules are there to be given another clock

    time.time = lambda: _true() + step()
    for name, module in list(sys.modules.items()):
        if name.startswith(("streams.runtime", "streams.agents")) and hasattr(module, "datetime"):
            module.datetime = Stepped  # type: ignore[attr-defined]
    assert worker.app
    sys.argv = ["newswire", "worker"]
    cli.main()
