"""ANPA 1312, the American wire form → raw stories; takes what lacks its end with a warning, invents no id.

A message is SYN SYN SOH, a service line, a line of priority, category, format and keyword, then STX, lines that open
with ``^`` (or RS) and close with ``<`` or ``=`` for slug, headline, notes and byline, the copy, ETX and the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from streams.contracts.story import AltId, RawStory
from streams.errors import Reason, Rejected
from streams.formats import anpa_text
from streams.formats.format import Format, all_within_cap
from streams.formats.sniff import Message
from streams.formats.timeline import filed_at

_CONTROL_HEAD = re.compile(
    r"[\s\x00\x16\x7f\x11\x13]{0,40}\x01?\s{0,4}(?P<service>[A-Za-z]{1,2}\d{3,4})[\x1f ]{0,2}(?P<selector>[\w-]{0,12})"
    r"[ \x1f]*[\r\n]{1,4}(?P<priority>[a-z])[ \x1f]?(?P<category>[a-z]{1,3})[ ]?\x13[\x11\x12 ]?"
    r"(?P<keyword>[^\r\n\x02]{0,160})"
)
_BARE_HEAD = re.compile(r"[\s\x00-\x1d\x7f]{0,40}[\^\x1e][^\r\n<]{3,200}<[ \t]*\r?\n")
_NEXT = re.compile(r"(?<=.)\x16{0,4}\x01(?=\s{0,4}[A-Za-z]{1,2}\d{3,4}[\x1f \r\n])", re.DOTALL)
_FIELD = re.compile(
    r"[ \t\r\n]{0,40}[\^\x1e](?P<text>(?:[^\r\n^\x1e]|\r?\n(?![\r\n\t ^\x1e])){0,1500}?)(?P<end>[<=])"
    r"[ \t]*(?=\r?\n|[\^\x1e]|$)"
)
_CODE = re.compile(r"\*?\d{3,5}|\*+[\w -]{0,12}")
_COUNT = re.compile(r"\s*,\s*\d{1,5}\s*$")
_SLUG = re.compile(r"(?:BC|AM|PM|AP|[A-Z]{2,4}-)-\S.{0,120}")
# Strict, since ``Video shows ferry aground`` and ``Flash floods hit Freedonia`` are headlines
_NOTE = re.compile(
    r"\W{0,3}(?:eds?\.?\s?:|editors?\s?:|editors?'?s?'? note|note to (?:eds|editors)|attention,? editors|"
    r"ap (?:photos?|graphics?|video|audio|interactive)\b|advance for |for (?:immediate )?release\b|"
    r"for use (?:on|in|at|after|before)\b|embargoed\b|hold for release|hfr\s?:|"
    r"(?:urgent|bulletin|flash|adv\d\d)\W{0,3}\Z)",
    re.IGNORECASE,
)
_BY = re.compile(r"by\s+\S", re.IGNORECASE)
_KEYWORD = re.compile(r"\s*(?P<slug>\S.{0,60}?)(?:\s{2,}\d\d-\d\d(?:\s+\d{1,5})?)?\s*$")
# The letter says how fast a story moves; AP gives these very urgencies with them where its feed carries both.
_URGENCIES = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5}


@dataclass(slots=True)
class _Head:
    """What the lines before the copy say. ``rest`` are lines of no known kind, in order."""

    slug: str | None = None
    headline: str | None = None
    by: str | None = None
    notes: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def detect(message: Message) -> bool:
    """The two lines before STX with XOFF after the category, or a first line between ``^`` and ``<``."""
    text = message.text
    if message.looks_json or message.looks_markup:
        return False
    return _CONTROL_HEAD.match(text) is not None or _BARE_HEAD.match(text) is not None


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every story of the transmission, in order.

    Raises Rejected: TOO_LARGE above the cap on stories, NO_STORY where none has a word in it.
    """
    text = message.text
    # looking for a sign first is a hundred times cheaper, and most messages hold one story
    more = _NEXT.finditer(text) if text.count("\x01") > 1 else ()
    opens = text.find("\x01") + 1  # what stands before the first SOH is no story
    starts = all_within_cap([0, *(found.start() for found in more if found.start() > opens)], "stories")
    stories: list[RawStory] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        story = _story(text[start:end], len(stories), message)
        if story is not None:
            stories.append(story)
    if not stories:
        raise Rejected(Reason.NO_STORY, "ANPA 1312: no headline and no copy")
    return tuple(stories)


def _story(text: str, index: int, message: Message) -> RawStory | None:
    warnings = list(message.warnings)
    head = _CONTROL_HEAD.match(text)
    opened = text.find("\x02", 0, 2000)
    start = opened + 1 if opened >= 0 else (head.end() if head else 0)
    ended = text.find("\x03", start)
    if ended < 0:
        sent, begins = filed_at(text[start:])
        ended = len(text) if begins is None else start + begins
        warnings.append("transmission: no end of text (ETX); the copy may be cut off")
    else:
        sent, _ = filed_at(text[ended : ended + 160])
    lines, at = _head(text[start:ended])
    tabular = head is not None and "\x13\x12" in head.group()
    paragraphs = anpa_text.paragraphs(text[start + at : ended], tabular)
    if not paragraphs and lines.rest:
        paragraphs, lines.rest = lines.rest, []
    keyword = _KEYWORD.fullmatch(head["keyword"]) if head else None
    if lines.slug is None and keyword:
        lines.slug = anpa_text.tidy(keyword["slug"]) or None
    if not any(map(str.isalnum, (lines.headline or "") + "".join(paragraphs))):
        return None
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy="\n\n".join(paragraphs),
        provider=message.provider,
        headline=lines.headline,
        slugline=lines.slug,
        by=lines.by,
        ed_note="\n".join(lines.notes) or None,
        urgency=_URGENCIES.get(head["priority"]) if head else None,
        version_created=sent,
        captions=tuple(lines.rest),
        alt_ids=(AltId(head["service"], "transmission"),) if head else (),
        warnings=tuple(warnings),
    )


def _head(text: str) -> tuple[_Head, int]:
    """The lines before the copy, and where in ``text`` the copy starts.

    ``^BC-XX--Harbour Strike, 1st Ld-Writethru,417<`` is the slug with a count of words, the first line of no other kind
    the headline, ``^By JANE ROE=`` the byline and what follows it with ``=`` her title or her paper. A sentence that
    some desks put before the byline is their summary of the story, not its first paragraph.
    """
    head = _Head()
    at = 0
    signed = False
    while found := _FIELD.match(text, at):
        at = found.end()
        value = anpa_text.tidy(found["text"])
        if not value or _CODE.fullmatch(value):
            continue
        if head.slug is None and head.headline is None and (_COUNT.search(value) or _SLUG.match(value)):
            head.slug = _COUNT.sub("", value)
        elif _BY.match(value) and len(value) < 200:
            head.by, signed = head.by or value, True
        elif found["end"] == "=" and (signed or head.headline is not None):
            continue
        elif _NOTE.match(value):
            head.notes.append(value)
        elif head.headline is None:
            head.headline = value
        else:
            head.rest.append(value)
    return head, at


FORMAT = Format(
    name="anpa1312",
    title="ANPA 1312",
    version="1",
    used_by=("AP", "AAP", "Reuters", "American agencies"),
    detect=detect,
    parse=parse,
)
