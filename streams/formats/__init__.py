"""Bytes → raw stories: finds the format by content, parses it; refuses the empty, too large, binary, broken, unsafe.

==========  =====================================================================
registry    the list of formats, in the order they are tried
sniff       what must be refused before any parser sees it
jsontext    JSON with a limit on depth, lone surrogates and mojibake put right
ids         an agency's own id → a valid URI
xmltree     XML without entities, network and guesses
xmlbody     the body of an XML format → paragraphs and captions; xmlelements says what each element does
xmlvalues   ids, times, names and places as XML formats write them
newsml12    IPTC NewsML 1.0 to 1.2; newsml12_ids and newsml12_components are its parts
newsmlg2    IPTC NewsML-G2
nitf        IPTC NITF, alone or inside NewsML
rss         RSS and Atom
htmlpage    an article's HTML page; pagedata reads what the page says of it
apjson      AP's JSON
ninjs       IPTC ninjs 1.x, 2.x and 3.x
anpa1312    ANPA 1312; anpa_text turns its type codes
iptc7901    IPTC 7901
zczc        ZCZC … NNNN
declared    what a format says outright, without what is not to be read
timeline    the day and time that a wire message closes with
stamps      time stamps, and what is doubtful in them
plain       plain wire text, with or without control characters
republished agency copy as a site or paper republished it
==========  =====================================================================

To add a format: one file with a `Format` in it, one line in `registry.FORMATS`.
"""

from __future__ import annotations

from streams.contracts.story import RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.formats.declared import tidied
from streams.formats.registry import FORMATS, Format
from streams.formats.sniff import Message, open_message

__all__ = ["FORMATS", "Format", "read"]


MAX_STORY_CHARACTERS = 1_000_000
"""The longest stories, tables of results and texts of treaties, have half of it. Whatever is in so much, a stage is
done with it in seconds; a worker that is away for longer loses its partitions, and the next one reads the same."""
MAX_CHARACTERS = 4_000_000
"""Of all stories in one message."""


def read(message: RawMessage, max_bytes: int) -> tuple[RawStory, ...]:
    """Every story in ``message``, in order. The content decides the format; ``content_type`` only lends its charset.

    Raises `streams.errors.Rejected` and nothing else for bad input: EMPTY, TOO_LARGE (above ``max_bytes``), BINARY,
    MALFORMED, UNSUPPORTED, NO_STORY, UNSAFE.
    """
    opened = open_message(message, max_bytes)
    chosen = _detect(opened)
    stories = chosen.parse(opened)
    if not stories:
        raise Rejected(Reason.NO_STORY, f"{chosen.title}: no headline and no copy")
    sizes = [len(story.copy) + len(story.headline or "") for story in stories]
    if max(sizes) > MAX_STORY_CHARACTERS:
        raise Rejected(Reason.TOO_LARGE, f"a story of {max(sizes):,} characters, the cap is {MAX_STORY_CHARACTERS:,}")
    if sum(sizes) > MAX_CHARACTERS:
        raise Rejected(Reason.TOO_LARGE, f"stories of {sum(sizes):,} characters, the cap is {MAX_CHARACTERS:,}")
    return tuple(map(tidied, stories))


def _detect(opened: Message) -> Format:
    for candidate in FORMATS:
        if candidate.detect(opened):
            return candidate
    shape = "XML or HTML" if opened.looks_markup else "JSON" if opened.looks_json else "text"
    raise Rejected(Reason.UNSUPPORTED, f"{shape} of a kind that no parser here reads")
