"""Flash, alert, urgent, story, advisory or kill, from the marks on the copy and its shape, never from its subject."""

from __future__ import annotations

import re

from streams.contracts.story import Kind
from streams.copydesk.agencies import agency
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("kind")
RULES = _BOOK.rules

_FLASH = _BOOK.listed("flash")
_ALERT = _BOOK.listed("alert")
_URGENT = _BOOK.listed("urgent")
_ADVISORY = _BOOK.listed("advisory")
_MARKS = _FLASH | _ALERT | _URGENT | _ADVISORY
_SMALL = frozenset(
    (
        "alert",
        "urgent",
        "bulletin",
        "flash",
        "eil",
        "eilmeldung",
        "apnewsalert",
        "ap newsalert",
        "newsalert",
        "alerte",
        "alerta",
    )
)
_BARE = re.compile(r"[^\w ]+")
_OPENING = re.compile(r"(?:([^\W\d_][\w ]{2,20}?) ?: |\(([^\W\d_][\w ]{2,20})\) |#([^\W\d_]\w{2,20}):? )(?=\S)")
"""``URGENT: Ferry sinks``, ``Flash: Ferry sinks``: Kyodo and Xinhua put the priority in front of the headline, Yonhap
in brackets, ``(URGENT) Ferry sinks``, Anadolu as ``#BREAKING Ferry sinks``."""
_CAPITALS = re.compile(r"([^\W\d_]{4,14})(?:\. | [-–—] )(?=\S)")
"""``URGENT. Ferry sinks``, ``URGENT - Naufrage d'un ferry``: TASS and AFP; in capitals, for a word is no mark."""
_ALERT_SLUG = "newsalert"
"""``BC-FD--NewsAlert``: AP slugs a flash so."""
_PLUSES = re.compile(r"\+{2,3} ?\S.{8,300}\S ?\+{2,3}")
"""``++ Affonda un traghetto ++``: ANSA's flashes."""
_ADVISORY_HEADLINE = re.compile(rf"(?:{_BOOK.any('advisory_headline')})\s?(?:[-:–—/]|$)")
_ALERT_AT_MOST = 320
_MARK_AT_MOST = 30
_BARE_WORDS, _BARE_AT_MOST = 4, 200
_URGENT_PARAGRAPHS, _URGENT_AT_MOST = 4, 1000


def _from_afp(sheet: Sheet) -> bool:
    names = [sheet.raw.provider, *(source.name for source in (*sheet.raw.info_sources, *sheet.sources))]
    return any(agency(name) == "AFP" for name in names)


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a priority mark that stands alone above or under the headline, and remember it."""
    text = unit.text
    if len(text) > _MARK_AT_MOST:
        return False
    word = " ".join(_BARE.sub(" ", text).casefold().split())
    # in capitals or brackets it is a mark wherever it stands; else only under a slug, before any headline
    if word not in _MARKS or not (text.upper() == text or word in _SMALL or (text[0] == "(" and text[-1] == ")")):
        return False
    if not sheet.cut("kind.mark", unit, any_share=True):
        return False
    sheet.marks.append(word)
    return True


def _said_at_the_top(top: str) -> str:
    """The priority that stands in front of a headline or an alert's one line; empty when there is none."""
    if top.startswith("++"):
        return "alert" if _PLUSES.fullmatch(top) else ""
    opening = _OPENING.match(top) if top[:1] in "(#" or ":" in top[:_MARK_AT_MOST] else None
    if opening is None:
        opening = _CAPITALS.match(top)
        if opening is None or not opening[1].isupper():
            return ""
    word = (opening[opening.lastindex or 0]).casefold()
    return word if word in _FLASH | _ALERT | _URGENT else ""


def _is_bare_alert(sheet: Sheet, line: str) -> bool:
    """A line of four words or more that no mark tells: one of Reuters' snaps, or bare of all else on a plain wire.

    A snap is whole in capitals, ``FREEDONIA PORT OPERATOR SAYS FIRE IS OUT``. The other has no full stop, and is in
    capitals or has nothing but a sign-off under it.
    """
    if line.count(" ") < _BARE_WORDS - 1 or not sheet.is_text:
        return False
    capitals = line.isupper()
    if capitals and agency(sheet.raw.provider) == "Reuters":
        return True
    return (
        sheet.raw.format == "plain"
        and len(line) <= _BARE_AT_MOST
        and not line.endswith((".", "!", "?", ",", ";"))
        and (capitals or any(span.rule.startswith("signoff.") for span in sheet.ledger.spans))
    )


def judge(sheet: Sheet, kills: bool, headline: str | None, slug: str, body: str) -> Kind:
    """The kind of copy. ``headline`` is None when the copy has none.

    One line without headline and dateline is an alert when it is marked so, urgent, or of priority 1 or 2, or one of
    Reuters' snaps; on a wire without any marks also one in capitals, and one over a sign-off.
    """
    if kills:
        return "kill"
    if sheet.raw.kind is not None:
        return sheet.raw.kind
    slug = slug.casefold()
    marks = {mark.casefold() for mark in sheet.marks}
    marks.update((slug, _said_at_the_top(headline or body)))
    if slug.endswith(_ALERT_SLUG):
        marks.add(_ALERT_SLUG)
    marks &= _MARKS
    urgency = sheet.raw.urgency if sheet.raw.urgency is not None else sheet.urgency
    if not marks.isdisjoint(_ADVISORY) or (headline and _ADVISORY_HEADLINE.match(headline)):
        return "advisory"
    length = len(body)
    if length <= _ALERT_AT_MOST and "\n\n" not in body:
        one_line = sheet.dateline is None
        if one_line and not marks.isdisjoint(_FLASH):
            return "flash"
        if one_line and (marks or (headline is None and urgency in (1, 2))):
            return "alert"
        # AP's have a dateline and no headline
        if headline is None and (not marks.isdisjoint(_ALERT) or (one_line and _is_bare_alert(sheet, body))):
            return "alert"
    if marks:
        return "urgent"
    # AFP sends the first paragraphs of big news with priority 3 and a headline, and no word of URGENT in its XML
    if (
        urgency in (1, 2, 3)
        and headline
        and length <= _URGENT_AT_MOST
        and body.count("\n\n") < _URGENT_PARAGRAPHS
        and _from_afp(sheet)
    ):
        return "urgent"
    return "story"
