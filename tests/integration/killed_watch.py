"""``newswire watch`` that kills itself (SIGKILL) at a step of its choice, as a crash or a power cut there would.

``python -m tests.integration.killed_watch STEP NUMBER ARGUMENTS…`` runs ``newswire watch ARGUMENTS…`` and dies when
STEP is done for the NUMBERth time.
"""

from __future__ import annotations

import inspect
import os
import signal
import sys
from typing import Any

from streams import cli
from streams.feeds.folder import Folder
from streams.feeds.handing import Handing
from streams.feeds.watching import Watcher

STEPS: dict[str, tuple[type, str]] = {
    "read": (Folder, "read"),
    "handed to the client": (Handing, "begin"),
    "taken by the broker": (Folder, "unchanged"),
    "archived": (Folder, "archive"),
    "done with a round": (Watcher, "round"),
}


def die_after(step: str, number: int) -> None:
    """Make this process kill itself once *step* was done *number* times."""
    owner, name = STEPS[step]
    true: Any = getattr(owner, name)
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done == number:
            os.kill(os.getpid(), signal.SIGKILL)

    async def awaited(*arguments: Any) -> Any:
        answer = await true(*arguments)
        count()
        return answer

    def called(*arguments: Any) -> Any:
        answer = true(*arguments)
        count()
        return answer

    setattr(owner, name, awaited if inspect.iscoroutinefunction(true) else called)


if __name__ == "__main__":
    die_after(sys.argv[1], int(sys.argv[2]))
    sys.argv = ["newswire", "watch", *sys.argv[3:]]
    cli.main()
