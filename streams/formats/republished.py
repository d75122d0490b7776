"""Agency copy as a site or paper republished it: told from wire text by the site's own lines; the copy desk cuts them.

Headline first, caption repeated with ``PHOTO:``, ``CITY • ``, the agency's name on a line of its own, then newsletter,
copyright and print-edition lines.
"""

from __future__ import annotations

import re

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format
from streams.formats.sniff import Message

# Each is a habit of sites and none of wire services. Two different ones are taken for proof.
_MARKS = re.compile(
    r"(?im)^[ \t]*(?:"
    r"(?P<published>(?:published|updated|posted|stand|publié|mis à jour|publicado|actualizado|veröffentlicht|"
    r"aktualisiert|pubblicato|atualizado|نشر في|تاريخ النشر)\b[^\n]{0,60}\d)"
    r"|(?P<newsletter>[^\n]{0,120}\b(?:newsletters?|telegram|whatsapp|subscribe|sign up|abonnez-vous|"
    r"inscrivez-vous|suscríbete|suscríbase|síguenos|تلغرام|واتساب|subscribe now|e-paper|download our app)\b)"
    r"|(?P<rights>(?:©|\(c\)|copyright\b|all rights reserved|tous droits|alle rechte|todos los derechos|"
    r"prohibida su|جميع الحقوق)[^\n]{0,120})"
    r"|(?P<print>(?:this article|this story|a version of this (?:article|story))[^\n]{0,40}(?:appeared|"
    r"was published|first published)[^\n]{0,200})"
    r"|(?P<photo>(?:[^\n]{5,400}[ (|])?(?:photo|image credit|foto|picture|image|credit|photograph) ?: ?[^\n]{2,80})"
    r"|(?P<read>(?:read more|read also|also read|read|see also|lire aussi|lee también|lea también|"
    r"lesen sie auch|leia também|leggi anche|related|اقرأ أيضا)\s?:[^\n]{2,200})"
    r"|(?P<widget>(?:listen to this article|share|share +save|print|comments ?\(\d+\)|\d+ ?min(?:ute)?s? read|"
    r"lesezeit[^\n]{0,20}|temps de lecture[^\n]{0,20}|artikel merken|zur startseite|"
    r"signaler une erreur)[ \t]*$)"
    r"|(?P<dated>[^\n]{2,40} \| [^\n]{0,30}(?:19|20)\d\d)"
    r"|(?P<bullet>[A-ZÀ-Þ][A-ZÀ-Þ .,'-]{2,40} [•—] )"
    r")"
)
_ENOUGH = 2


def detect(message: Message) -> bool:
    """Two different habits of sites in a text without wire control characters."""
    text = message.text
    if message.looks_json or message.looks_markup or "\x02" in text or "\x01" in text:
        return False
    seen: set[str] = set()
    for found in _MARKS.finditer(text):
        seen.add(found.lastgroup or "")
        if len(seen) >= _ENOUGH:
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
