"""Plain wire text: the whole message is the copy; reads the time line outright, refuses no text.

As agencies send it by file: slug line, headline, paragraphs indented and wrapped hard, sign-off, day and time. Or
without any of that. With a service line on top it is IPTC 7901.
"""

from __future__ import annotations

import re

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format
from streams.formats.sniff import Message
from streams.formats.timeline import sent_at

_WORD = re.compile(r"[^\W_]")


def detect(message: Message) -> bool:
    """Any text that is neither JSON nor XML."""
    return not message.looks_json and not message.looks_markup


def parse(message: Message) -> tuple[RawStory, ...]:
    """One story. Its time from the time line, where there is one."""
    text = message.text
    if _WORD.search(text) is None:
        raise Rejected(Reason.NO_STORY, "not a letter or figure in it")
    sent, guessed = sent_at(text)
    return (
        RawStory(
            index=0,
            format=FORMAT.name,
            parser=FORMAT.parser,
            copy=text,
            provider=message.provider,
            version_created=sent,
            warnings=(*message.warnings, *guessed),
        ),
    )


FORMAT = Format(
    name="plain",
    title="Plain wire text",
    version="1",
    used_by=("AFP", "Reuters", "AP", "dpa", "any agency's text service"),
    detect=detect,
    parse=parse,
)
