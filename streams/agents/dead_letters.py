"""Message + reason → dead letter: the original bytes, key and headers, and why. Sends nothing itself."""

from __future__ import annotations

from collections.abc import Iterable

from streams import __version__
from streams.agents.ports import Message, Output
from streams.contracts import headers
from streams.contracts.story import Origin
from streams.contracts.topics import DEAD_LETTERS, HEADER_ROOM, limit_of
from streams.errors import Reason, Rejected


def dead_letter(message: Message, error: Rejected) -> Output:
    """Return the dead letter of *message*. A null value (tombstone) stays null."""
    cause = type(error.__cause__).__name__ if error.__cause__ is not None else None
    return Output(
        topic=DEAD_LETTERS.name,
        key=message.key,
        value=message.value,
        headers=headers.for_dead_letter(
            message.headers or (),
            error.reason,
            error.detail,
            cause,
            Origin(message.topic, message.partition, message.offset),
            __version__,
        ),
    )


def check_size(outputs: Iterable[Output]) -> None:
    """Raise :class:`Rejected` when the broker would refuse one of *outputs*: it would do so at every attempt.

    A story grows on its way (what was cut, what was found); the broker counts headers too.
    """
    for output in outputs:
        limit = limit_of(output.topic) - HEADER_ROOM
        if output.value is not None and len(output.value) > limit:
            raise Rejected(Reason.TOO_LARGE, f"{len(output.value)} bytes are more than {output.topic} takes ({limit})")
