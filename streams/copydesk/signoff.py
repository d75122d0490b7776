"""Desk and author initials as the last line: ``burs-abc/def``, ``dpa abc def``, ``AFP/hd``; takes no line of words."""

from __future__ import annotations

import re

from streams.copydesk.agencies import AGENCY, agencies_in
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("signoff")
RULES = _BOOK.rules

_INITIALS = re.compile(
    r"(?:[a-z]{1,10}[0-9]?(?:-[a-z]{1,10}[0-9]?){0,4})(?:/[a-zA-Z]{1,10}(?:-[a-z]{1,10}){0,3}){1,7}/?|(?:burs?|str|"
    r"afp)(?:-[a-z]{2,4}){1,4}|[a-z]{2,4}-[a-z]{2,4}|[a-z]{1,3}(?:\.[a-z]{1,3}){1,2}|"
    r"[A-Z]{2,5}(?:/[A-Z]{2,5})?(?: \([A-Z/]{2,12}\))? ?// ?[A-Z]{2,5}|[a-z]{2,4}/(?: [a-z]{2,4}/){1,3}|"
    r"[A-Z]{1,3}\d{1,3}-[A-Z]{2,4}/?|(?:[A-Z]{2,4}/){1,4}|"
    r"\(Forts\.(?: mögl\.)?\) ?(?:[a-z]{2,4}(?:/[a-z]{2,4}){0,3})?"
)
"""``ABC (DEF) // GHI`` is Lusa's, ``ab/ cde/`` PAP's, ``MDL/JDD/`` Belga's, ``(Forts. mögl.) abc/def`` is APA's."""
_ARABIC = re.compile(r"[\u0600-\u06ff]{1,6}(?:(?: ?/ ?|[- ])[\u0600-\u06ff]{1,6}){0,8}")
_AGENCY = re.compile(
    rf"[(/]?(?P<who>(?:{AGENCY})(?:[-/](?:{AGENCY}))?)\\?"
    rf"(?:/(?:[a-z]{{1,6}}(?:[-/][a-z]{{1,6}}){{0,4}}|[a-z]{{2,12}} (?:editor|desk))|"
    rf"(?:/[a-z]{{2,4}})?(?: [a-z]{{1,4}}\d?(?:/[a-z]{{2,4}})?){{2,6}}| ?- ?[a-z0-9]{{2,5}}(?:-[a-z0-9]{{2,8}}){{1,4}}|"
    rf"(?: [a-z]{{2,4}}\d?(?:/[a-z]{{2,4}}){{0,3}}){{1,5}}(?: [a-z]{{1,3}}\d [a-z]{{2,4}})?| [A-Z]{{2,4}})\)?",
    re.IGNORECASE,
)
_ANSA = re.compile(r"[A-Z][A-Z0-9]{1,3}-[A-Z]{2,4}/?")
_MORE = re.compile(r"[A-Z]{2,5}(?: [A-Z]{2,5}){0,7}")
_THREE = re.compile(r"[a-z]{2,4}(?: [a-z]{2,4}){2,3}")
_SINGLE = re.compile(r"[a-z]{2,4}")
_STROKE = re.compile(r"/[a-z]{2,5}")
_WORDS = _BOOK.listed("not_initials")
_LINE_END = re.compile(
    rf"(?<=[.!?\"'»”)])\s{{1,4}}(?:(?P<who>dpa|sda|apa|epd|kna)(?:[ /][a-z]{{1,4}}\d?){{2,6}}|"
    rf"(?P<who3>PTI|ANI)(?: [A-Z]{{2,5}}){{1,8}}|"
    rf"\((?P<who2>(?i:{AGENCY}))(?:/[a-z]{{2,6}}){{1,4}}\)|/[a-z]{{2,5}}|/\.[A-Z]{{2,4}}/?)$"
)
_ALONE = re.compile(r"(?:PTI|ANI)(?: [A-Z]{2,5}){1,8}")
_END_AT_MOST = 60
_AT_LINE_END = (" dpa ", " sda ", " PTI ", " ANI ")


def is_initials(text: str) -> bool:
    """Initials as a wire closes its copy with."""
    return len(text) <= _END_AT_MOST and _INITIALS.fullmatch(text) is not None


def tail_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut the sign-off; the line must be a paragraph of its own."""
    text = unit.text
    if len(text) > 60:
        return False
    if _INITIALS.fullmatch(text) or (_SINGLE.fullmatch(text) and text not in _WORDS and not sheet.is_site):
        return sheet.cut("signoff.initials", unit)
    if sheet.is_site and _STROKE.fullmatch(text):
        return sheet.cut("signoff.initials", unit)
    if "/" in text and _ARABIC.fullmatch(text):
        return sheet.cut("signoff.initials", unit)
    if _ANSA.fullmatch(text) and "(ANSA)" in sheet.flat:  # elsewhere two teams may stand so
        return sheet.cut("signoff.initials", unit)
    if text == text.lower() and _THREE.fullmatch(text) and not _WORDS & set(text.split()):
        return sheet.cut("signoff.agency", unit)
    found = _AGENCY.fullmatch(text)
    if found and text[len(found["who"]) + text.startswith(("(", "/")) :].strip(" ()"):
        sheet.add_source(agencies_in(found["who"]) or agencies_in(found["who"].replace("-", "/")))
        return sheet.cut("signoff.agency", unit)
    return False


def line_end(sheet: Sheet, last: Paragraph, above: Paragraph | None = None) -> bool:
    """Cut the agency with initials after the last full stop, or the initials after a stroke on sites.

    PTI's initials may go on in the line below; ``above`` is the line above the last.
    """
    text = last.text
    if above is not None and text.isupper() and len(text) <= _END_AT_MOST and _MORE.fullmatch(text):
        if _ALONE.fullmatch(above.text):
            sheet.add_source(agencies_in(above.text[:3]))
            return sheet.cut("signoff.line-end", (above.start, last.end))
        opened = _LINE_END.search(above.text, max(0, len(above.text) - _END_AT_MOST))
        if opened is None or not opened["who3"]:
            return False
        sheet.add_source(agencies_in(opened["who3"]))
        return sheet.cut("signoff.line-end", (above.start + opened.start(), last.end))
    if text.endswith((".", "!", "?", '"')) or not (
        "/" in text[-_END_AT_MOST:] or any(name in text for name in _AT_LINE_END)
    ):
        return False
    found = _LINE_END.search(text, max(0, len(text) - _END_AT_MOST))
    if found is None or (not sheet.is_site and re.match(r"\s*/[a-z]", found.group())):
        return False
    who = found["who"] or found["who2"] or found["who3"]
    sheet.add_source(agencies_in(who) if who else ())
    return sheet.cut("signoff.line-end", (last.start + found.start(), last.end))
