"""IPTC 7901, the European wire form → raw stories; the whole message stays the copy, its head and tail are read.

SOH, a service line (source and number, priority, category, count of words), keyword lines, STX, headline that ends in
`` =``, the copy, ETX and the time of sending. The desk cuts what is not for print, with a receipt; dpa, ATS, Kyodo and
TASS each set the head in their own way, and relays lose SOH, STX or ETX.
"""

from __future__ import annotations

import re

from streams.contracts.story import AltId, RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format, all_within_cap
from streams.formats.sniff import Message
from streams.formats.timeline import sent_at

# Behind SOH any name of a service will do: agencies set hyphens and more letters there
_SERVICE_LINE = (
    r"(?P<service>[A-Za-z]{2,4}\d{3,4}|(?<=\x01)[A-Za-z][A-Za-z-]{1,8}\d{2,5}) {1,3}"
    r"(?P<priority>[1-9]) {1,3}(?P<category>[A-Za-z]{1,3})"
    r"(?:(?P<free> [ \w./:,+-]{0,80}))?[ \t]*[\r\n\x02]"
)
_SERVICE = re.compile(rf"[\s\x00-\x1f\x7f]{{0,200}}{_SERVICE_LINE}")
_NEXT = re.compile(rf"(?<=[\x00-\x1f\x7f])[ \t]*\x01(?=[ \r\n]{{0,4}}{_SERVICE_LINE})")


def detect(message: Message) -> bool:
    """Opens with a service line, with or without its control characters."""
    return not message.looks_json and not message.looks_markup and _SERVICE.match(message.text) is not None


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every story of the transmission, in order.

    Raises Rejected: TOO_LARGE above the cap on stories, NO_STORY where none has a word below its head.
    """
    text = message.text
    first = _SERVICE.match(text)
    below = first.end() if first else len(text)
    more = _NEXT.finditer(text, below) if "\x01" in text[below:] else ()
    starts = all_within_cap([0, *(found.start() for found in more)], "stories")
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    stories: list[RawStory] = []
    for piece in pieces:
        head = _SERVICE.match(piece)
        if head is None or not any(map(str.isalnum, piece[head.end() :])):
            continue
        stories.append(_story(piece, head, len(stories), message))
    if not stories:
        raise Rejected(Reason.NO_STORY, "IPTC 7901: nothing below the service line")
    return tuple(stories)


def _story(piece: str, head: re.Match[str], index: int, message: Message) -> RawStory:
    sent, warnings = sent_at(piece)
    if "\x02" in piece and "\x03" not in piece:
        warnings = (*warnings, "transmission: no end of text (ETX); the copy may be cut off")
    priority = int(head["priority"])
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=piece,
        provider=message.provider,
        urgency=priority if priority <= 8 else None,
        version_created=sent,
        alt_ids=(AltId(head["service"], "transmission"),),
        warnings=(*message.warnings, *warnings),
    )


FORMAT = Format(
    name="iptc7901",
    title="IPTC 7901",
    version="1",
    used_by=("dpa", "ATS", "Kyodo", "TASS", "AFP", "APA"),
    detect=detect,
    parse=parse,
)
