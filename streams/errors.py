"""The exception tree and the closed set of rejection reasons; imports nothing of ours, raises nothing itself.

::

    NewswireError
    ├── Rejected            never processable: goes to the dead-letter topic with a Reason, the wire goes on
    ├── TryAgain            may succeed later: broker, disk; retried in place, then ends the process unacknowledged
    │   ├── BrokerTrouble   a produce or fetch failed or timed out
    │   └── StateTrouble    the state store could not be read or written
    ├── BreakerOpen         too large a share of input was rejected: the worker stops rather than empty the wire
    └── UsageError          the person at the keyboard can put it right: settings, arguments, a missing extra
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a message was rejected. Closed set: a value is never renamed, its meaning never changes.

    Each member's ``help`` is one sentence for the person who reads the dead-letter topic.
    """

    help: str

    def __new__(cls, value: str, help: str) -> Reason:
        member = str.__new__(cls, value)
        member._value_ = value
        member.help = help
        return member

    EMPTY = "empty", "Nothing but white space arrived: ask the provider whether the transfer broke off."
    TOO_LARGE = (
        "too_large",
        "Over a cap on bytes, characters or stories: raise NEWSWIRE_MAX_MESSAGE_BYTES if it is real copy, or split it.",
    )
    BINARY = "binary", "Not text: a picture, an archive or a PDF was sent on the text wire."
    MALFORMED = (
        "malformed",
        "The format was recognised but the message is broken, truncated perhaps: ask for a re-send.",
    )
    UNSUPPORTED = "unsupported", "A format or an item type that no parser here reads: see the supported formats."
    NO_STORY = "no_story", "Well formed, but no headline and no copy in it."
    UNSAFE = "unsafe", "Holds what a parser must refuse: entity bombs, external references, nesting without end."
    INVALID_ENVELOPE = "invalid_envelope", "The JSONL envelope lacks id or body, or its base64 does not decode."
    INTERNAL = "internal", "A stage failed on it: our defect. Replay it from the dead-letter topic after the fix."


class NewswireError(Exception):
    """Root of everything this project raises."""


class Rejected(NewswireError):
    """The message can never be processed. ``reason`` is the closed code, ``detail`` says what was seen."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail


class TryAgain(NewswireError):
    """Trouble outside the message: the same input may pass later."""


class BrokerTrouble(TryAgain):
    """The broker did not take or give a record in time."""


class StateTrouble(TryAgain):
    """The state store could not be read or written."""


class BreakerOpen(NewswireError):
    """The share of rejected input passed its limit; see the dead-letter topic for the reasons."""


class UsageError(NewswireError):
    """Bad settings or arguments; the message says what to set."""
