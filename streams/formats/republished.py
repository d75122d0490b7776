"""Agency copy as a site or paper republished it: told from wire text by the site's own lines; the copy desk cuts them.

Headline first, caption repeated with ``PHOTO:``, ``CITY • ``, the agency's name on a line of its own, then newsletter,
copyright and print-edition lines.
"""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format
from streams.formats.sniff import Message


# Each is a habit of sites and none of wire services. Two different ones are taken for proof.
def _mark(signs: str, pattern: str, flags: int = re.IGNORECASE) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Words of which one must be there, and the line it must stand in: looking for a word is fifty times cheaper."""
    words = tuple(signs.split("|")) if signs.strip() != "|" else (signs,)
    return words, re.compile(rf"^[ \t]*(?:{pattern})", re.MULTILINE | flags)


_MARKS = (
    _mark(
        "published|updated|posted|stand:|publié|mis à jour|publicado|actualizado|veröffentlicht|aktualisiert|"
        "pubblicato|"
        "atualizado|نشر في|تاريخ النشر",
        r"(?:published|updated|posted|stand|publiée?|mis à jour|publicado|actualizado|veröffentlicht|aktualisiert|"
        r"pubblicato|atualizado|نشر في|تاريخ النشر)\b[^\n]{0,60}\d",
    ),
    _mark(
        "newsletter|telegram|whatsapp|subscribe|sign up|abonnez-vous|inscrivez-vous|suscr|síguenos|تلغرام|"
        "واتساب|e-paper|"
        "download our app",
        r"[^\n]{0,120}\b(?:newsletters?|telegram|whatsapp|subscribe|sign up|abonnez-vous|inscrivez-vous|suscríbete|"
        r"suscríbase|síguenos|تلغرام|واتساب|e-paper|download our app)\b",
    ),
    _mark(
        "©|(c)|copyright|rights|droits|rechte|derechos|prohibida|الحقوق",
        r"(?:©|\(c\)|copyright\b|all rights reserved|tous droits|alle rechte|todos los derechos|prohibida su|"
        r"جميع الحقوق)[^\n]{0,120}",
    ),
    _mark(
        "this article|this story",
        r"(?:a version of )?this (?:article|story)[^\n]{0,40}(?:appeared|was published|first published)",
    ),
    _mark(
        "photo:|photo :|credit:|credit :|foto:|foto :|picture:|image:|photograph:",
        r"(?:[^\n]{5,400}[ (|])?(?:photo|image credit|foto|picture|image|credit|photograph) ?: ?[^\n]{2,80}",
    ),
    _mark(
        "read:|read :|read more|read also|also read|see also|lire aussi|lee también|lea también|lesen sie auch|"
        "leia também|"
        "leggi anche|related:|اقرأ أيضا",
        r"(?:read more|read also|also read|read|see also|lire aussi|lee también|lea también|lesen sie auch|leia também|"
        r"leggi anche|related|اقرأ أيضا)\s?:[^\n]{2,200}",
    ),
    _mark(
        "listen to this|share\n|share |comments (|min read|mins read|minute read|lesezeit|temps de lecture|"
        "artikel merken|"
        "startseite|signaler",
        r"(?:listen to this article|share|share +save|comments ?\(\d+\)|\d+ ?min(?:ute)?s? read|"
        r"lesezeit[^\n]{0,20}|temps de lecture[^\n]{0,20}|artikel merken|zur startseite|signaler une erreur)[ \t]*$",
    ),
    _mark(
        "agence france-presse|agencies|advertisement|tags:|publicité|publicidad|anzeige",
        r"(?:(?:by )?agence france-presse|(?:by )?agencies|advertisement|tags:[^\n]{2,100}|publicité|"
        r"publicidad|anzeige)[ \t]*$",
    ),
    _mark(" am| pm|am\n|pm\n", r"[^\n]{0,30}(?:19|20)\d\d[^\n]{0,10}\b\d{1,2}[:.]\d\d ?[ap]\.?m\b[^\n]{0,10}$"),
    _mark(" | ", r"[^\n]{2,40} \| [^\n]{0,30}(?:19|20)\d\d"),
    _mark("•|—", r"[A-ZÀ-Þ][A-ZÀ-Þ .,'-]{2,40} [•—] ", 0),
)
_ENOUGH = 2
# All words of all marks in one pass over the text
_WORDS = [(word, at) for at, (words, _) in enumerate(_MARKS) for word in words]
_SIGNS = AhoCorasick([word for word, _ in _WORDS])
_MARK_OF = [at for _, at in _WORDS]


def detect(message: Message) -> bool:
    """Two different habits of sites in a text without wire control characters."""
    text = message.text
    if message.looks_json or message.looks_markup or "\x02" in text or "\x01" in text:
        return False
    found = {_MARK_OF[at] for at, _, _ in _SIGNS.find_matches_as_indexes(text.casefold(), overlapping=True)}
    if len(found) < _ENOUGH:
        return False
    seen = 0
    for at in sorted(found):
        seen += _MARKS[at][1].search(text) is not None
        if seen == _ENOUGH:
            return True
    return False


def parse(message: Message) -> tuple[RawStory, ...]:
    """One story; everything the site added is left in ``copy`` for the copy desk to cut with a receipt."""
    if not any(map(str.isalnum, message.text)):
        raise Rejected(Reason.NO_STORY, "not a letter or figure in it")
    return (
        RawStory(
            index=0,
            format=FORMAT.name,
            parser=FORMAT.parser,
            copy=message.text,
            provider=message.provider,
            warnings=message.warnings,
        ),
    )


FORMAT = Format(
    name="republished",
    title="Republished site text",
    version="1",
    media_types=("text/plain",),
    used_by=("newspapers and sites that republish AFP, Reuters, AP",),
    detect=detect,
    parse=parse,
)
