"""What a site adds around the copy: dates, buttons, newsletters, copyright, related links; takes only whole lines.

Two zones with two measures: above the first paragraph and below the last a line needs only look like furniture; between
paragraphs it must be one of the closed forms (``READ MORE: …``, an advertisement mark).
"""

from __future__ import annotations

import re
from functools import lru_cache

from streams.copydesk import pagedays
from streams.copydesk.agencies import agencies_in
from streams.copydesk.rulebook import Lines, book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("boilerplate")
RULES = _BOOK.rules

_READING = _BOOK.lines("boilerplate.reading-time")
_AGE = _BOOK.lines("boilerplate.age")
_BUTTON = re.compile(rf"(?:(?:{_BOOK.any('button')})[\s|·•,/&+:-]{{0,4}}){{1,8}}", re.IGNORECASE)
_PRINT = _BOOK.lines("boilerplate.print-edition")
_DISCLAIMER = _BOOK.lines("boilerplate.disclaimer")
_CHANNEL = _BOOK.any("channel")
_NEWSLETTER = re.compile(
    rf"[¡!►▶*>\s]{{0,4}}(?:(?:{_BOOK.any('call')})\b.{{0,160}}?(?<![\w-])(?:{_CHANNEL})|"
    rf"(?:{_BOOK.any('own')})\s.{{0,100}}?(?<![\w-])(?:{_BOOK.any('paper')}))(?!\w).{{0,160}}",
    re.IGNORECASE,
)
_WEAK = _BOOK.listed("weak")
_CALLS_HERE = re.compile(rf"\b(?:{_BOOK.any('calls_here')})[.!]?$", re.IGNORECASE)
_SUBSCRIBE = _BOOK.lines("boilerplate.newsletter")
_RIGHTS = _BOOK.lines("boilerplate.rights")
_RELATED = _BOOK.lines("boilerplate.related")
_READ_CAPITALS = re.compile(rf"(?:{_BOOK.any('capitals')})\s?[:|].{{3,220}}")
_ADVERT = _BOOK.lines("boilerplate.advertisement")
# Any line that may stand between paragraphs: one question instead of four of what is nearly always prose
_MIDDLE = re.compile(
    rf"(?i:{_BOOK.forms('boilerplate.related', 'boilerplate.advertisement')}|{_NEWSLETTER.pattern})|"
    rf"{_READ_CAPITALS.pattern}"
)
_PAYWALL = _BOOK.lines("boilerplate.paywall")
_AUTHOR_BOX = _BOOK.lines("boilerplate.author-box")
_TAGS = _BOOK.lines("boilerplate.tags")
_MORE_END = re.compile(
    rf"(?<=[.!?…\]\"'»])\s{{1,4}}(?P<more>(?:\[?(?:…|\.{{3}})\]?\s?)?(?:{_BOOK.any('teaser')})\W{{0,4}})$",
    re.IGNORECASE,
)
_MORE_ALONE = re.compile(rf"(?:{_BOOK.any('teaser')})\W{{0,4}}", re.IGNORECASE)
_STANDING = _BOOK.lines("boilerplate.standing")
_POLL = _BOOK.lines("boilerplate.poll")
_ANYWHERE = (
    ("boilerplate.print-edition", _PRINT),
    ("boilerplate.disclaimer", _DISCLAIMER),
    ("boilerplate.standing", _STANDING),
)
_ASKING = (("boilerplate.print-edition", _PRINT), ("boilerplate.poll", _POLL))
_ADDRESS = re.compile(r"[\w.+-]{2,40}@[\w-]{1,40}(?:\.[a-z]{2,10}){1,3}", re.IGNORECASE)
_CONTACT = re.compile(r"(?:https?://|www\.)\S{4,200}|\S{1,40}@\S{3,60}\.\w{2,10}", re.IGNORECASE)
_ON_PAGES: tuple[tuple[str, Lines | re.Pattern[str]], ...] = (
    ("boilerplate.rights", _RIGHTS),
    ("boilerplate.newsletter", _NEWSLETTER),
    ("boilerplate.newsletter", _SUBSCRIBE),
    ("boilerplate.button", _BUTTON),
    ("boilerplate.button", _CONTACT),
    ("boilerplate.reading-time", _READING),
    ("boilerplate.advertisement", _ADVERT),
    ("boilerplate.paywall", _PAYWALL),
    ("boilerplate.author-box", _AUTHOR_BOX),
    ("boilerplate.poll", _POLL),
)
_OUTLET_PRINT = re.compile(
    r"(?:(?:print (?:edition|version)|edition|pages?|issue) of|in(?: the)? print (?:on [^\n]{4,24}, )?of|"
    r"^[Pp]ublished in) "
    r"(?P<outlet>(?:The |the )?[^\W\d_][^\n,.;]{1,60}?)(?= on\b|,|\.|;| with\b| under\b|$)"
)
_OUTLET_EDITED = re.compile(
    r"not been edited by (?:the )?(?P<outlet>[A-Z][\w. ]{1,30}?)(?: (?:staff|team|desk|editors?))\b"
)
_OUTLET_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©\s?)?(?:\d{4}[\s,]{0,2})?(?P<outlet>[^\W\d_][^\n,.;|"
    r"©]{1,50}?)(?=[\s,.]{0,3}\d{4}|[,.;|]|\s(?:all|tous|alle|todos)\b|$)",
    re.IGNORECASE,
)
_CLOSING = frozenset(f"boilerplate.{name}" for name in ("rights", "tags", "print-edition", "disclaimer", "poll"))
_OFFER = "boilerplate.newsletter"
# ``str-abc/def/gh``: no word of a story has two strokes
_SIGNED = re.compile(r"[a-z]{2,4}(?:-[a-z]{2,4}){0,3}(?:/[a-z]{2,4}(?:-[a-z]{2,4})?){1,4}")
_PROSE_FROM = 100
_TAIL_AT_MOST, _TAIL_LINE_AT_MOST = 16, 420
_STAMP_AT_MOST = 90
ENDS_SENTENCE = (".", '."', ".'", ".»", "!", ":", "…", ".)")
_TAIL_SHARE = 0.5


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line of furniture above the first paragraph; a day that it names is kept."""
    text = unit.text
    if len(text) > 160:
        return False
    if pagedays.head_line(sheet, unit):
        return True
    if not sheet.is_site:
        return False
    rule = reading(text)
    if rule is not None:
        return sheet.cut(rule, unit)
    if _BUTTON.fullmatch(text) or _CONTACT.fullmatch(text):
        return sheet.cut("boilerplate.button", unit)
    if _ADVERT.fullmatch(text):
        return sheet.cut("boilerplate.advertisement", unit)
    if _PAYWALL.fullmatch(text):
        return sheet.cut("boilerplate.paywall", unit)
    if _NEWSLETTER.fullmatch(text) and unit.text.endswith((".", "!", "→", "here", "now")) and len(text) < 120:
        return sheet.cut("boilerplate.newsletter", unit)
    return related(sheet, unit)


def reading(text: str) -> str | None:
    """The rule of a line that says how long a page takes to read, or how old it is."""
    if _READING.fullmatch(text):
        return "boilerplate.reading-time"
    return "boilerplate.age" if _AGE.fullmatch(text) else None


def short_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a few words without a stop between a site's headline and its first paragraph: a desk, a topic, a place."""
    words = unit.text.split()
    if not sheet.is_site or len(words) > 5 or len(unit.text) > 60 or unit.text.endswith((".", "?", "!", ":", '"', "'")):
        return False
    return sheet.cut("boilerplate.short-line", unit)


@lru_cache(maxsize=256)  # asked of a line when the page is told, when its end is looked for and when it is cut
def habit(text: str, site: bool = True) -> str | None:
    """The rule whose line below a story ``text`` is; None for any other line. ``site``: on a page, else on a wire."""
    if len(text) > _TAIL_LINE_AT_MOST:
        return None
    for rule, form in _ANYWHERE:
        if form.fullmatch(text):
            return rule
    if not site:
        return "boilerplate.rights" if len(text) < 200 and _RIGHTS.fullmatch(text) else None
    for rule, shape in _ON_PAGES:
        if shape.fullmatch(text):
            return rule
    if pagedays.is_published(text):
        return "boilerplate.published"
    if len(text) < 40 and _MORE_ALONE.fullmatch(text):
        return "boilerplate.more"
    if ":" in text[:40] and _TAGS.fullmatch(text):
        return "boilerplate.tags"
    return "boilerplate.related" if _RELATED.fullmatch(text) or _READ_CAPITALS.fullmatch(text) else None


def said_to_readers(text: str) -> str | None:
    """The rule of a whole sentence that is the page's, where that can be told at a glance."""
    if text[0] in "©(cCaA" and _RIGHTS.fullmatch(text):
        return "boilerplate.rights"
    if _NEWSLETTER.fullmatch(text):
        return _OFFER
    return next((rule for rule, form in _ASKING if form.fullmatch(text)), None)


def tail_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line of furniture below the last paragraph."""
    text = unit.text
    rule = habit(text, sheet.is_site)
    if rule is None:
        if sheet.is_site or not sheet.is_text or not _ADDRESS.fullmatch(text):
            return False
        return sheet.cut("boilerplate.button", unit)  # Yonhap and others close with the reporter's address
    if rule in ("boilerplate.print-edition", "boilerplate.published"):
        _outlet(sheet, _OUTLET_PRINT, text)
        return pagedays.cut_with_day(sheet, rule, unit)
    if rule == "boilerplate.disclaimer":
        _outlet(sheet, _OUTLET_EDITED, text)
    elif rule == "boilerplate.rights" and sheet.is_site:
        _outlet(sheet, _OUTLET_RIGHTS, text)
    return sheet.cut(rule, unit)


def line_end(sheet: Sheet, last: Paragraph) -> bool:
    """Cut the call to read on after the last full stop of a teaser: ``… after two years. Read more``."""
    found = _MORE_END.search(last.text, max(0, len(last.text) - 40)) if sheet.is_site else None
    return found is not None and sheet.cut("boilerplate.more", (last.start + found.start("more"), last.end))


def is_furniture(text: str) -> bool:
    """A whole sentence that is the site's and not the story's."""
    forms = (_STANDING, _SUBSCRIBE, _RIGHTS, _PAYWALL, _AUTHOR_BOX, _PRINT, _DISCLAIMER, _NEWSLETTER, _BUTTON)
    return any(form.fullmatch(text) for form in forms)


def related(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a link to another story, wherever it stands."""
    if _RELATED.fullmatch(unit.text) or _READ_CAPITALS.fullmatch(unit.text):
        return sheet.cut("boilerplate.related", unit)
    return False


def middle(sheet: Sheet) -> None:
    """Cut related links, advertisement marks and newsletter calls between paragraphs."""
    if not sheet.is_site:
        return
    for unit in sheet.units[sheet.body_from :]:
        if len(unit.text) <= _STAMP_AT_MOST and _stamp(sheet, unit):
            continue
        if len(unit.text) > 260 or not _MIDDLE.fullmatch(unit.text) or related(sheet, unit):
            continue
        if _ADVERT.fullmatch(unit.text):
            sheet.cut("boilerplate.advertisement", unit)
        elif (
            _NEWSLETTER.fullmatch(unit.text)
            and len(unit.text) < 200
            and (unit.text.split(" ", 1)[0].casefold() not in _WEAK or _CALLS_HERE.search(unit.text))
        ):
            sheet.cut("boilerplate.newsletter", unit)


def _stamp(sheet: Sheet, unit: Paragraph) -> bool:
    """When the page was published or how long it takes to read, on a line between the paragraphs."""
    if not any(map(str.isdigit, unit.text)) or unit.text.endswith(ENDS_SENTENCE):
        return False
    if pagedays.middle_line(sheet, unit):
        return True
    return _READING.fullmatch(unit.text) and sheet.cut("boilerplate.reading-time", unit)


def closing(sheet: Sheet) -> int | None:
    """The highest unit that stands under stories only and has no prose below it but the page's; None for none."""
    found, sentences = None, False
    for at in range(len(sheet.units) - 1, 0, -1):
        unit = sheet.units[at]
        if sheet.is_cut(unit):
            continue
        rule = habit(unit.text)
        # a newsletter may be offered in the middle of a story, whose last sentence may be short
        if rule in _CLOSING or (rule == _OFFER and not sentences) or _SIGNED.fullmatch(unit.text):
            found = at
        elif rule is None and unit.text.endswith(ENDS_SENTENCE):
            sentences = True
            if len(unit.text) > _PROSE_FROM:
                break
    return found


def after_credit(sheet: Sheet, credit: int) -> None:
    """Cut what is left below the credit in unit ``credit``: a site's own lines, whatever they say.

    Only a short tail: at most 16 lines, none long, together less than half of the copy.
    """
    tail = [u for u in sheet.units[credit + 1 :] if not sheet.is_cut(u)]
    if not tail or len(tail) > _TAIL_AT_MOST or any(len(u.text) > _TAIL_LINE_AT_MOST for u in tail):
        return
    if sum(len(u.text) for u in tail) > len(sheet.flat) * _TAIL_SHARE:
        return
    for unit in tail:
        if not tail_line(sheet, unit):
            sheet.cut("boilerplate.after-credit", unit)


def _outlet(sheet: Sheet, pattern: re.Pattern[str], text: str) -> None:
    found = pattern.search(text)
    if found and not agencies_in(found["outlet"]):
        sheet.add_source((found["outlet"].strip(),), "distributor")
