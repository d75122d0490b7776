"""Plain wire text: the whole message is the copy; reads the service line and the time line outright, refuses no text.

As agencies send it by satellite or file: start of heading, service line, slug line, start of text, headline that ends
in `` =``, paragraphs indented and wrapped hard, sign-off, end of text with day and time. Or without any of that.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format
from streams.formats.sniff import Message
from streams.text.daynames import month

_SERVICE = re.compile(r"[\s\x00-\x1f]*[A-Za-z]{2,4}\d{3,4} ([1-8]) [a-z]{1,3} [ \w./-]{1,60}[\r\n]")
_TIME_LINES = (
    # \x03031137 GMT Mar 26
    re.compile(
        r"(?:^|[\r\n\x03])[ \x03]*(?P<d>\d\d)(?P<h>\d\d)(?P<m>\d\d) ?(?:GMT|"
        r"UTC)? (?P<mon>[^\W\d_]{3,9}) (?P<y>\d\d)[\s\x00-\x1f\x7f]*$"
    ),
    # 1930 GMT 11 MAR 26
    re.compile(
        r"(?:^|[\r\n])[ \x03]*(?P<h>\d\d)(?P<m>\d\d) (?:GMT|"
        r"UTC) (?P<d>\d\d) (?P<mon>[^\W\d_]{3,9}) (?P<y>\d\d)[\s\x00-\x1f\x7f]*$"
    ),
)  # fmt: skip
_WORD = re.compile(r"\w")


def detect(message: Message) -> bool:
    """Any text that is neither JSON nor XML."""
    return not message.looks_json and not message.looks_markup


def parse(message: Message) -> tuple[RawStory, ...]:
    """One story. Urgency from the service line, time from the time line, where there are such lines."""
    text = message.text
    if _WORD.search(text) is None:
        raise Rejected(Reason.NO_STORY, "not a letter or figure in it")
    service = _SERVICE.match(text)
    return (
        RawStory(
            index=0,
            format=FORMAT.name,
            parser=FORMAT.parser,
            copy=text,
            provider=message.provider,
            urgency=int(service.group(1)) if service else None,
            version_created=sent_at(text),
            warnings=message.warnings,
        ),
    )


def sent_at(text: str) -> datetime | None:
    """The time in the last line of a wire message: ``031137 GMT Mar 26`` is 3 March 2026, 11:37."""
    tail = text[-120:]
    for pattern in _TIME_LINES:
        found = pattern.search(tail)
        number = month(found["mon"]) if found else None
        if found and number:
            year, day = int(found["y"]) + (1900 if int(found["y"]) >= 70 else 2000), int(found["d"])
            try:
                return datetime(year, number, day, int(found["h"]), int(found["m"]), tzinfo=UTC)
            except ValueError:
                return None
    return None


FORMAT = Format(
    name="plain",
    title="Plain wire text",
    version="1",
    media_types=("text/plain",),
    used_by=("AFP", "Reuters", "AP", "dpa", "any agency's text service"),
    detect=detect,
    parse=parse,
)
