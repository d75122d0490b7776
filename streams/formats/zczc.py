"""ZCZC … NNNN, the Australian wire form → raw stories; reads the lines that a sign opens, takes no code for a headline.

Between ZCZC and the copy stand lines that open with a sign: ``$`` headline or category, ``#`` slug, ``:`` place or
keyword, ``%`` service, ``&`` desk, ``*`` count or format, ``@`` state. NNNN ends the message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format, all_within_cap
from streams.formats.sniff import Message
from streams.text.layout import lay_out

_START = re.compile(r"(?:\A|(?<=\n))[\s\x00-\x1f]{0,40}ZCZC(?: [A-Za-z0-9]{1,12}){0,4}[ \t]*\r?\n")
_END = re.compile(r"^[ \t\x00-\x08\x0e-\x1f]*N{4}[ \t]*(?=\r?\n|\Z)", re.MULTILINE)
_SIGNED = re.compile(r"[ \t]{0,8}(?P<sign>[%#$:&*@=+~!|])(?P<value>[^\r\n]{0,400})(?:\r?\n|\Z)")
_PLACE = re.compile(r"\((?P<place>[^()\d]{2,60})\)")


@dataclass(slots=True)
class _Head:
    headline: str | None = None
    slug: str | None = None
    dateline: str | None = None
    source: str | None = None


def detect(message: Message) -> bool:
    """Opens with ZCZC and, perhaps, the name of the circuit."""
    found = None if message.looks_json or message.looks_markup else _START.match(message.text)
    return found is not None


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every story, in order.

    Raises Rejected: TOO_LARGE above the cap on stories, NO_STORY where none has a word in it.
    """
    text = message.text
    first = _START.match(text)
    found_all = _START.finditer(text) if text.count("ZCZC") > 1 else (first,)
    opened = all_within_cap([found for found in found_all if found], "stories")
    ends = [*(found.start() for found in opened[1:]), len(text)]
    stories: list[RawStory] = []
    for found, end in zip(opened, ends, strict=True):
        story = _story(text[found.end() : end], len(stories), message)
        if story is not None:
            stories.append(story)
    if not stories:
        raise Rejected(Reason.NO_STORY, "ZCZC: no headline and no copy")
    return tuple(stories)


def _story(text: str, index: int, message: Message) -> RawStory | None:
    warnings = message.warnings
    closing = _END.search(text) if "NNNN" in text else None
    if closing is None:
        warnings = (*warnings, "transmission: no end of message (NNNN); the copy may be cut off")
    head, at = _head(text)
    copy = text[at : closing.start() if closing and closing.start() >= at else len(text)]
    if head.headline is None:
        head.headline, copy = _first_line(copy)
    if not any(map(str.isalnum, (head.headline or "") + copy)):
        return None
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=copy.strip("\r\n"),
        provider=message.provider,
        headline=head.headline,
        slugline=head.slug,
        dateline=head.dateline,
        by=None,
        warnings=warnings,
    )


def _head(text: str) -> tuple[_Head, int]:
    """The lines that a sign opens, and where the copy starts.

    ``$Ferry aground off Freedonia`` is a headline; ``$K`` is a category, since a headline has more than one word.
    """
    head = _Head()
    at = 0
    while found := _SIGNED.match(text, at):
        at = found.end()
        sign, value = found["sign"], " ".join(found["value"].split())
        if sign == "$" and len(value.split()) > 1:
            head.headline = head.headline or value
        elif sign == "#" and value:
            head.slug = head.slug or value
        elif sign == ":" and (place := _PLACE.fullmatch(value)):
            head.dateline = head.dateline or place["place"]
    return head, at


def _first_line(copy: str) -> tuple[str | None, str]:
    """A first line that ends no sentence, with two paragraphs or more below it, is the headline."""
    layout = lay_out(copy)
    if len(layout.paragraphs) < 3:
        return None, copy
    first = layout.paragraphs[0]
    if first.last != first.first or len(first.text) > 200 or first.text.endswith((".", "?", "!", '"', ":", ";", ",")):
        return None, copy
    headline = " ".join(copy[first.start : first.end].split())
    return headline, copy[first.end :]


FORMAT = Format(
    name="zczc",
    title="ZCZC … NNNN",
    version="1",
    used_by=("AAP", "Medianet"),
    detect=detect,
    parse=parse,
)
