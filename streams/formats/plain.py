"""Plain wire text: the whole message is the copy; reads the service line and the time line outright, refuses no text.

As agencies send it by satellite or file: start of heading, service line, slug line, start of text, headline that ends
in `` =``, paragraphs indented and wrapped hard, sign-off, end of text with day and time. Or without any of that.
"""

from __future__ import annotations

import re

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format
from streams.formats.sniff import Message
from streams.formats.timeline import sent_at

_SERVICE = re.compile(r"[\s\x00-\x1f]*[A-Za-z]{2,4}\d{3,4} ([1-8]) [a-z]{1,3} [ \w./-]{1,60}[\r\n]")
_WORD = re.compile(r"[^\W_]")


def detect(message: Message) -> bool:
    """Any text that is neither JSON nor XML."""
    return not message.looks_json and not message.looks_markup


def parse(message: Message) -> tuple[RawStory, ...]:
    """One story. Urgency from the service line, time from the time line, where there are such lines."""
    text = message.text
    if _WORD.search(text) is None:
        raise Rejected(Reason.NO_STORY, "not a letter or figure in it")
    service = _SERVICE.match(text)
    sent, guessed = sent_at(text)
    return (
        RawStory(
            index=0,
            format=FORMAT.name,
            parser=FORMAT.parser,
            copy=text,
            provider=message.provider,
            urgency=int(service.group(1)) if service else None,
            version_created=sent,
            warnings=(*message.warnings, *guessed),
        ),
    )


FORMAT = Format(
    name="plain",
    title="Plain wire text",
    version="1",
    media_types=("text/plain",),
    used_by=("AFP", "Reuters", "AP", "dpa", "any agency's text service"),
    detect=detect,
    parse=parse,
)
