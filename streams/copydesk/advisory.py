"""Advisory lines: what an update adds, what a correction corrects; kept verbatim as the note, read for signals.

Says what the advisory says and no more: ``CORRECTS para 4`` corrects paragraph 4, an unexplained new figure does not.
"""

from __future__ import annotations

import re

from streams.contracts.story import Signals
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("advisory")
RULES = _BOOK.rules

_VERB_LISTS = ("adds", "updates", "recasts", "raises", "trims", "clarifies", "refiles", "removes")
_VERBS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (verb, re.compile(rf"\b(?:{_BOOK.any(verb)})\b")) for verb in _VERB_LISTS
)
_AMBIGUOUS = _BOOK.listed("ambiguous")
_FORMS = [form for verb in _VERB_LISTS for forms in _BOOK.patterns[verb].values() for form in forms]
_ANY_VERB = "|".join([*(form for form in _FORMS if form not in _AMBIGUOUS), *sorted(_BOOK.listed("plain"))])
_ATTENTION = rf"(?:(?i:{_BOOK.any('attention')})\s?[-:–—]{{1,2}}\s?)"
_CORRECTS = _BOOK.any("corrects")
_OPEN = r"[(*/\s—–-]{0,5}"
_UPDATE = re.compile(rf"{_OPEN}(?:{_ATTENTION}.{{2,400}}|(?:{_ANY_VERB})(?=[\s,:;]|$).{{0,400}})", re.DOTALL)
_CORRECTION = re.compile(rf"{_OPEN}{_ATTENTION}?(?:{_CORRECTS})(?=[\s,:;-]|$).{{0,400}}", re.DOTALL)
_CORRECTION_ALONE = re.compile(rf"[\W_]{{0,5}}(?:{_CORRECTS})[\W_]{{0,5}}")
_CORRECTS_NOTE = re.compile(rf"\b(?:{_CORRECTS})\b")
_CORRECTS_SLUG = re.compile(rf"\b(?:{_CORRECTS})\b", re.IGNORECASE)
_CORRECTED_HEADLINE = re.compile(rf"(?:{_CORRECTS})(?:[-–—:/ ]|$)")
_BRACKETED = re.compile(rf"[(\[]\s?(?:{_CORRECTS})\s?[)\]]", re.IGNORECASE)
_COLONED = re.compile(rf"(?:{_CORRECTS})\s?:", re.IGNORECASE)
_OPENS_NOTE = re.compile(rf"^[\W_]{{0,5}}(?:{_CORRECTS})\b", re.IGNORECASE | re.MULTILINE)
_ABOVE = re.compile(
    rf"\((?:{_BOOK.any('bracketed')})\b[^()]{{0,400}}(?:\([^()]{{0,60}}\)[^()]{{0,200}}){{0,3}}\)", re.IGNORECASE
)
_BELOW_OPENS = _BOOK.listed("below_opens")
_CORRECTED_BELOW = _BOOK.lines("advisory.corrected-below")
_LEAD_HEADLINE = re.compile(
    r"\(?(\d{1,2})(?:ST|ND|RD|TH) (?:LEAD|LD|ROUNDUP)\b|"
    r"(?:(?:REFILE|CORRECTED|RPT)-)?(?:UPDATE|WRAPUP) ?(\d{1,2}) ?[-:]|ROUNDUP (\d{1,2})[:/]",
    re.IGNORECASE,
)
"""``2ND LD: …`` of Kyodo and Xinhua, ``(2nd LD) …`` of Yonhap, ``UPDATE 2-…`` of Reuters, ``ROUNDUP 2: …`` of
dpa-AFX."""
_LEAD_OPENS = frozenset("0123456789(UWCRuwcr")
_FIRST_LEAD = "(LEAD) "
"""Yonhap's first lead has no number."""
_UPDATED_HEADLINE = re.compile(
    r"\((?:ATUALIZAD[AO]|ATUALIZAÇÃO|ACTUALIZAD[AO]|ACTUALIZACIÓN|AMPLIACIÓN|ACTUALISÉE?|ACTUALISATION|AGGIORNAMENTO|"
    r"FRISS[IÍ]TVE|KIEGÉSZÍTVE|UPDATE|PAPIER G[EÉ]N[EÉ]RAL|(?-i:LEAD(?: \d)?|LATEST|SYNTHESE|SYNTHÈSE))\)",
    re.IGNORECASE,
)
"""``Incêndio com duas frentes (ATUALIZADA)`` of Lusa, ``Grève: le port rouvre (PAPIER GENERAL)`` of AFP: behind the
headline it says that copy was sent before."""
_UPDATED_BEFORE = re.compile(
    rf"(?:{_BOOK.any('sent_before')}) ?[-–—:] ?(?=\S)|ROUNDUP[:/]|"
    r"(?:[^.]{3,40}\.- ?)?(?:\((?:AMPL?|RSM)\d?\.?\)|(?:AMPL?|RSM)\d?\.-)"
)
"""``Update: …`` of Xinhua, TASS and Anadolu, ``Ny versjon: …`` of NTB; ``(AMP) …``, ``RSM.- …`` of Europa Press, an
enlarged story and the day's résumé of it, behind the section too: ``Economía.- (AMP) …``."""
_AFTER_KILL = re.compile(
    rf"\b(?:{_BOOK.any('substitutes')})\b[^\n]{{0,160}}\b(?:{book('kills').any('kill')})\b", re.IGNORECASE
)
"""``SUBSTITUTES story sent at 0910 GMT, which was killed``: a correction of what was killed."""
_SUBTITLE = re.compile(r"[Uu]tl\.: ?")
_LABEL = re.compile(rf"(?:{'|'.join(_FORMS)})\s?:.{{0,400}}")
_EDITORS = _BOOK.lines("advisory.editors")
_LEAD_LINE = _BOOK.lines("advisory.lead")
_MEDIA = _BOOK.lines("advisory.media")
_NOTEBOOK = _BOOK.lines("advisory.notebook", any_case=False)
_NOTE_HEAD = re.compile(
    r"#{1,3} ?(?:Note to editors|Redaktionelle Hinweise|Orthography|Korrektur|Ergänzung)", re.IGNORECASE
)
_AT_MOST, _LEAD_AT_MOST, _MEDIA_AT_MOST, _NOTEBOOK_AT_MOST = 500, 40, 80, 1500
_COLON_WITHIN = 24
_PARAGRAPH = r"(?:paragraphe|paragraph|para|graf|alinéa|párrafo|parrafo|parágrafo|paragrafo|absatz)"
_NUMBERED = (
    re.compile((
        r"(?<!\d\. )(?<!\d )\b(?:para(?:graph)?s?|pars?|grafs?|paragraphes?|párrafos?|parrafos?|parágrafos?|absatz|"
        r"absätze|alinéas?|الفقرة|الفقرات)\.?\s"
        r"(?P<n>\d{1,2}(?:(?:\s?,\s?|\s(?:and|et|y|e|und|&|و)\s|\s?[-–]\s?)\d{1,2}){0,8})\b"
    ), re.IGNORECASE),
    re.compile(rf"\b(?P<n>\d{{1,2}})(?:st|nd|rd|th|er|ère|e|ème|º|ª|°|\.|o)?\s{_PARAGRAPH}\b", re.IGNORECASE),
)  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "lead": 1, "opening": 1,
    "premier": 1, "deuxième": 2, "troisième": 3, "quatrième": 4, "cinquième": 5,
    "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "quinto": 5, "primeiro": 1, "terceiro": 3, "quarto": 4,
    "ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4, "fünften": 5,
}  # fmt: skip
_ARABIC_ORDINALS = {"الأولى": 1, "الاولى": 1, "الثانية": 2, "الثالثة": 3, "الرابعة": 4, "الخامسة": 5}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\s{_PARAGRAPH}\b", re.IGNORECASE)
_ARABIC_ORDINAL = re.compile(rf"الفقر[ةه] ({'|'.join(_ARABIC_ORDINALS)})")
_LEAD_NUMBER = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|ère|e|ème|\.)?[\s-]?(?:lead|ld\b|zusammenfassung)", re.IGNORECASE
)
_LEAD_ALONE = re.compile(r"(?:^|[,/ ])(?:lead|ld|zusammenfassung)(?: (\d{1,2}))?(?:$|[,/ -])", re.IGNORECASE)
_TAKE = re.compile(
    r"(?:\(|\btake\s|\bpage\s|\bteil\s)(\d{1,2})(?:\s(?:of|sur|de|von)\s\d{1,2}\)?|\)|\b)", re.IGNORECASE
)
_TAKE_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|e|[eè]me|[ªº.])? take\b", re.IGNORECASE)
_ADD = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) add\b", re.IGNORECASE)
"""``BC-FD--Harbour Strike, 1st Add``: AP's first add is the second take."""
_TAKE_LAST = re.compile(r" (?:=(\d)|\((\d)\))$")
"""``Harbour pilots end strike (2)``, ``… =2``: ANSA, dpa and Reuters number the second take behind the headline."""
_TAKE_OF = re.compile(r"\((\d{1,2}) ?(?:of|sur|de|von|/) ?\d{1,2}\)", re.IGNORECASE)


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut an advisory between slug and dateline; it goes into the note verbatim."""
    text = unit.text
    if len(text) > _AT_MOST:
        return False
    has_headline = sheet.has_headline
    if _CORRECTION.fullmatch(text) and (has_headline or _CORRECTION_ALONE.fullmatch(text)):
        return _note(sheet, "advisory.correction", unit)
    if (has_headline or text.endswith("///")) and _UPDATE.fullmatch(text):  # the strokes close AFP's advisories
        return _note(sheet, "advisory.update", unit)
    if has_headline and text[:4] in ("Utl.", "utl.") and _in_subtitle(sheet, unit):
        return True
    if _EDITORS.fullmatch(text):
        return _note(sheet, "advisory.editors", unit)
    if len(text) <= _MEDIA_AT_MOST and _MEDIA.fullmatch(text):
        return (has_headline or text.startswith("=")) and _note(sheet, "advisory.media", unit)
    if not has_headline and text.startswith("(") and _ABOVE.fullmatch(text):
        return _note(sheet, "advisory.above", unit)
    if len(text) <= _LEAD_AT_MOST and _LEAD_LINE.fullmatch(text):
        sheet.marks.append(text)
        return sheet.cut("advisory.lead", unit, any_share=True)
    if has_headline and text.startswith("(") and text.endswith(")") and "(" not in text[1:]:
        return _note(sheet, "advisory.brackets", unit)
    return False


def _in_subtitle(sheet: Sheet, unit: Paragraph) -> bool:
    """``Utl.: NEU: Zahl der Verletzten =``: APA says under the headline, where its subtitle stands, what is new."""
    label = _SUBTITLE.match(unit.text)
    if label is None:
        return False
    said = unit.text[label.end() :].removesuffix(" =")
    corrects = _CORRECTION.fullmatch(said.upper())
    if not (corrects or _UPDATE.fullmatch(said) or _LABEL.fullmatch(said)):
        return False
    if not sheet.cut("advisory.correction" if corrects else "advisory.update", unit):
        return False
    sheet.notes.append(sheet.words(unit.start + label.end(), unit.end).removesuffix(" ="))
    return True


def tail_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a note to editors under the copy."""
    if len(unit.text) > _AT_MOST:
        return False
    if len(unit.text) <= _MEDIA_AT_MOST and _MEDIA.fullmatch(unit.text):
        return _note(sheet, "advisory.media", unit)
    first = unit.text.split(" ", 1)[0].strip("([*_—–-:").lower()
    if (
        first in _BELOW_OPENS
        and _CORRECTED_BELOW.fullmatch(unit.text)
        and _note(sheet, "advisory.corrected-below", unit)
    ):
        sheet.corrected = True
        return True
    return _EDITORS.fullmatch(unit.text) and _note(sheet, "advisory.editors", unit)


def notebook(sheet: Sheet) -> None:
    """Cut everything from the notebook on; a note to editors in it becomes the note."""
    if "#" not in sheet.flat and ("*" not in sheet.flat or not sheet.is_text):
        return
    lines = sheet.layout.lines
    for at in range(1, len(lines)):
        if at < len(lines) // 3 and not lines[at].text.startswith("#"):
            continue
        # stars part sections in structured copy, and close the copy only on a wire
        marked = lines[at].text.startswith("#")
        if _NOTEBOOK.fullmatch(lines[at].text) and (sheet.is_text or marked):
            length = lines[-1].end - lines[at].start
            # under a short story the notebook is the longer part
            brief = marked and length <= _NOTEBOOK_AT_MOST
            sheet.cut("advisory.notebook", (lines[at].start, lines[-1].end), any_share=brief)
            _notes_in(sheet, at)
            return


def _notes_in(sheet: Sheet, at: int) -> None:
    lines = sheet.layout.lines
    for index in range(at, len(lines)):
        if _NOTE_HEAD.match(lines[index].text):
            notes = []
            for line in lines[index + 1 :]:
                if not line.text.startswith("-"):
                    break
                notes.append(line.text.lstrip("- "))
            if notes:
                sheet.notes.append("; ".join(notes))
            return


def _note(sheet: Sheet, rule: str, unit: Paragraph) -> bool:
    if not sheet.cut(rule, unit):
        return False
    sheet.notes.append(sheet.words(unit.start, unit.end))
    return True


def signals(
    note: str, slug: str, headline: str, kills: bool, refers_to: tuple[str, ...], corrected: bool = False
) -> Signals:
    """What ``note`` (the advisory), ``slug`` (with the marks above the headline) and a mark at the headline say.

    ``corrected``: a line under the copy told what was corrected.
    """
    opens = _OPENS_NOTE.search(note) if note else None
    # Reuters writes its notes in brackets and small letters: (Adds quotes), (Corrects paragraph 4)
    note = "\n".join(line.upper() if line.startswith("(") else line for line in note.splitlines()) if note else ""
    corrects = opens or _CORRECTED_HEADLINE.match(headline) or (note and _CORRECTS_NOTE.search(note))
    corrected = corrected or _marks_corrected(headline) or _AFTER_KILL.search(note) is not None
    verbs = tuple(verb for verb, pattern in _VERBS if pattern.search(note)) if note else ()
    lead = alone = take = added = None
    if slug:
        corrects = corrects or _CORRECTS_SLUG.search(slug)
        lead, alone = _LEAD_NUMBER.search(slug), _LEAD_ALONE.search(slug)
        take = _TAKE_OF.search(slug) or _TAKE.search(slug)
        take = take or _TAKE_ORDINAL.search(slug)
        added = _ADD.search(slug)
    if take is None:
        take = _TAKE_OF.search(headline) if "(" in headline else None
        take = take or _TAKE_LAST.search(headline)
    if lead is None and headline[:1] in _LEAD_OPENS:
        lead = _LEAD_HEADLINE.match(headline)
    if not verbs and (
        _UPDATED_BEFORE.match(headline)
        or ("(" in headline and _UPDATED_HEADLINE.search(headline) is not None)
        or ("(" in slug and _UPDATED_HEADLINE.search(slug) is not None)
    ):
        verbs = ("updates",)
    number = _number(lead) if lead else int(alone[1] or 1) if alone else None
    if number is None and headline.startswith(_FIRST_LEAD):
        number = 1
    return Signals(
        verbs=verbs,
        corrects=bool(corrected or corrects),
        kills=kills,
        paragraphs=_paragraphs(note) if note else (),
        refers_to=refers_to,
        lead=number,
        take=_number(added) + 1 if added else (_number(take) if take else None),
    )


def _number(found: re.Match[str]) -> int:
    """The number in whichever group of a pattern has it."""
    return int(found[found.lastindex or 0])


def _marks_corrected(headline: str) -> bool:
    """``(Corrected) Ferry sinks``, ``Ferry sinks [CORRIGÉ]``, ``Correction: Ferry sinks``."""
    if ":" in headline[:_COLON_WITHIN] and _COLONED.match(headline):
        return True
    return ("(" in headline or "[" in headline) and _BRACKETED.search(headline) is not None


def _paragraphs(note: str) -> tuple[int, ...]:
    numbers: set[int] = set()
    for pattern in _NUMBERED:
        for found in pattern.finditer(note):
            listed = [int(n) for n in re.findall(r"\d+", found["n"])]
            if re.fullmatch(r"\d+\s?[-–]\s?\d+", found["n"]) and 0 < listed[1] - listed[0] < 20:
                listed = list(range(listed[0], listed[1] + 1))
            numbers.update(n for n in listed if 0 < n < 100)
    numbers.update(_ORDINALS[found[1].casefold()] for found in _ORDINAL.finditer(note))
    numbers.update(_ARABIC_ORDINALS[found[1]] for found in _ARABIC_ORDINAL.finditer(note))
    return tuple(sorted(numbers))
