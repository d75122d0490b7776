"""Agency copy as a site or paper republished it: told from wire text by the site's own lines; the copy desk cuts them.

Headline first, caption repeated with ``PHOTO:``, ``CITY • ``, the agency's name on a line of its own, then newsletter,
copyright and print-edition lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick, Implementation

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.format import Format
from streams.formats.sniff import Message


@dataclass(frozen=True, slots=True)
class _Mark:
    """A habit of sites and none of wire services; two different ones are taken for proof.

    ``signs``: words of which the text must hold one for ``line`` to be tried at all, since looking for a word is fifty
    times cheaper. ``anchors``: words of which any line that ``line`` fits holds one, so that no other line is tried;
    none where that cannot be said.
    """

    signs: tuple[str, ...]
    anchors: tuple[str, ...]
    line: re.Pattern[str]


def _mark(signs: str, pattern: str, flags: int = re.IGNORECASE, *, more: str = "", anchored: bool = True) -> _Mark:
    """``signs`` are anchors too; ``more`` are anchors of lines that are only tried where a sign stands elsewhere."""
    words = tuple(signs.split("|")) if signs.strip() != "|" else (signs,)
    anchors = (*words, *more.split("|")) if more else words
    return _Mark(words, anchors if anchored else (), re.compile(rf"^[ \t]*(?:{pattern})", re.MULTILINE | flags))


_MARKS = (
    _mark(
        "published|updated|posted|stand:|publié|mis à jour|publicado|actualizado|veröffentlicht|aktualisiert|"
        "pubblicato|"
        "atualizado|نشر في|تاريخ النشر",
        r"(?:(?:AFP|AP|Reuters|dpa|EFE),? |[^\n]{2,50} last )?"
        r"(?:published|updated|posted|stand|publiée?|mis à jour|publicado|actualizado|veröffentlicht|aktualisiert|"
        r"pubblicato|atualizado|نشر في|تاريخ النشر)\b[^\n]{0,60}\d",
        more="stand",
    ),
    _mark(
        "newsletter|telegram|whatsapp|subscribe|sign up|abonnez-vous|inscrivez-vous|suscr|síguenos|"
        "assine já|assine agora|تلغرام|"
        "واتساب|e-paper|"
        "download our app",
        r"[^\n]{0,120}\b(?:newsletters?|telegram|whatsapp|subscribe|sign up|abonnez-vous|inscrivez-vous|suscríbete|"
        r"suscríbase|síguenos|assine (?:já|agora)|تلغرام|واتساب|e-paper|download our app)\b",
    ),
    _mark(
        "©|(c)|copyright|rights|droits|rechte|derechos|prohibida|riproduzione|الحقوق",
        r"(?:©|\(c\)|copyright\b|all rights reserved|tous droits|alle rechte|todos los derechos|prohibida su|"
        r"riproduzione riservata|جميع الحقوق)[^\n]{0,120}",
    ),
    _mark(
        "this article|this story",
        r"\(?(?:a version of )?this (?:article|story)[^\n]{0,40}(?:appear(?:ed|s)|was published|first published|"
        r"(?:has|was) not (?:been )?edited|is auto-?generated|(?:wire agency|syndicated) feed|"
        r"is more than \d{1,2} (?:months?|years?) old)",
    ),
    _mark(
        "photo:|photo :|credit:|credit :|foto:|foto :|picture:|image:|photograph:",
        r"(?:[^\n]{5,400}[ (|])?(?:photo|image credit|foto|picture|image|credit|photograph) ?: ?[^\n]{2,80}",
        more="picture :|image :|photograph :",
    ),
    _mark(
        "read:|read :|read more|read also|also read|see also|lire aussi|lee también|lea también|lesen sie auch|"
        "leia também|"
        "leggi anche|related:|اقرأ أيضا",
        r"(?:read more|read also|also read|read|see also|lire aussi|lee también|lea también|lesen sie auch|leia também|"
        r"leggi anche|related|اقرأ أيضا)\s?:[^\n]{2,200}",
        more="read|related",
    ),
    _mark(
        "listen to this|share\n|share |comments (|min read|mins read|minute read|lesezeit|temps de lecture|"
        "artikel merken|"
        "startseite|signaler",
        r"(?:listen to this article|share|share +save|comments ?\(\d+\)|"
        r"[^\n]{0,60}\b\d+ ?min(?:ute)?s? read\b[^\n]{0,60}|"
        r"lesezeit[^\n]{0,20}|temps de lecture[^\n]{0,20}|artikel merken|zur startseite|signaler une erreur)[ \t]*$",
        more="share|comments|minutes read",
    ),
    _mark(
        "agence france-presse|agencies|advertisement|tags:|publicité|publicidad|anzeige",
        r"(?:(?:by )?agence france-presse|(?:by )?agencies|(?:story continues below )?advertisement|tags:[^\n]{2,100}|"
        r"publicité|publicidad|anzeige)[ \t]*$",
    ),
    _mark(
        " am| pm|am\n|pm\n",
        r"[^\n]{0,30}(?:19|20)\d\d[^\n]{0,10}\b\d{1,2}[:.]\d\d ?[ap]\.?m\b[^\n]{0,10}$",
        more="19|20",
    ),
    _mark(
        "already a subscriber|subscriber only|subscribers only|réservé aux abonnés|réservée aux abonnés|il vous reste|"
        "para suscriptores|seguir leyendo|para assinantes|exclusivo para|für abonnenten|weiterlesen",
        r"(?:already a subscriber|subscribers? only|(?:article )?réservé aux abonnés|"
        r"la suite est réservée|il vous reste \d|"
        r"(?:exclusivo |solo )?para suscriptores|(?:[^\n.]{2,40} )?para seguir leyendo|exclusivo para assinantes|"
        r"(?:nur )?für abonnenten|jetzt weiterlesen)[^\n]{0,160}",
    ),
    _mark(
        "our standards:|website contains only|archivado en|la rédaction vous|more on this|reuse this content|"
        "recommended stories|related stories|related topics|related article|"
        "related coverage|in this article:|most popular|most read|most viewed|"
        "meistgelesen|"
        "mehr zum thema|à lire aussi|lea también\n|leia também\n|leia mais\n|les plus lus|lo más leído|mais lidas|"
        "lesen sie auch\n|read more\n",
        r"(?:our standards:[^\n]{3,120}|[^\n]{3,40} website contains only a portion|"
        r"(?:archivado en|la rédaction vous \w{5,12}|"
        r"more on this (?:topic|story)|reuse this content|recommended stories|"
        r"related (?:stories|topics|articles?|coverage)\s?:?|in this article:[^\n]{2,120}|"
        r"most (?:popular|read|viewed)|meistgelesen|mehr zum thema|à lire aussi|lea también|leia (?:também|mais)|"
        r"les plus lus|lo más leído|mais lidas|lesen sie auch|read more)[ \t]*$)",
        more="related",
    ),
    _mark(
        "view comments|follow us|story continues|ad feedback|skip to |terms and privacy|commentaires\n|comentarios\n|"
        "comentários\n|kommentare\n|partager|compartir en|compartilhe",
        r"(?:(?:view|show) comments(?: ?\(\d{1,5}\))?|follow us(?: on(?: [^\n]{3,80})?\s?:?)?|story continues|"
        r"ad feedback|"
        r"skip to (?:main )?content|terms and privacy policy|(?:plus de )?(?:\d{1,4} )?commentaires|comentarios|"
        r"comentários|kommentare|partager(?: sur| cet)[^\n]{2,60}|compartir en[^\n]{2,60}|"
        r"compartilhe esta[^\n]{2,40})[ \t]*$",
        more="show comments|plus de|commentaires|comentarios|comentários|kommentare",
        anchored=False,
    ),
    _mark(
        "getty images|via ap)|via afp)|/afp|/ afp|reuters/|ap photo/|—afp|afp photo|photo/afp",
        r"(?:[^\n]{0,400}[^\w\n])?(?:(?:afp|ap|reuters|epa)(?: via)?[ /]+getty images|"
        r"(?-i:[A-ZÀ-Þ])[^\n/.]{2,40} ?/ ?(?:afp|epa)(?: (?:photo|/ ?file|/ ?getty[^\n]{0,20}))?|"
        r"reuters/[A-Z][^\n]{2,90}|"
        r"ap photo/[^\n]{2,60}|via (?:ap|afp)|[—–] ?(?:afp|ap|reuters)(?:/file)?|afp photo)[)\]]?[ \t]*$",
    ),
    _mark(
        "short url|short link|by the associated press|"
        "bythe associated press|by afp\n|by reuters\n|par afp\n|por afp\n|von afp\n|"
        "with afp|with reuters|with belga|with agencies|avec afp|avec reuters|con afp|con efe|con reuters|mit afp|"
        "mit dpa|com afp|com lusa",
        r"(?:short (?:url|link)\s?:?|by ?the associated press|(?:by|par|por|von) (?:afp|reuters)|"
        r"(?:by |par |por |von )?[^\n.]{2,60} "
        r"(?:with|avec|con|mit|com) (?:agencies|afp|reuters|belga|efe|dpa|lusa))[ \t]*$",
    ),
    # A link to another story in words that no wire uses: a mark above already, so that it is proof by itself
    _mark(
        "also read|read also|read more:|lire aussi|lee también|lea también|leia também|lesen sie auch|"
        "leggi anche|اقرأ أيضا",
        r"(?:also read|read also|read more|(?:à )?lire aussi|lee también|lea también|leia também|"
        r"lesen sie auch|leggi anche|اقرأ أيضا)\s?:[^\n]{2,200}",
    ),
    _mark(
        "related topics:|related stories:|related articles:|related coverage:",
        r"related (?:topics|stories|articles|coverage):[ \t]*$",
    ),
    # ANSA's site closes so under what ANSA's wire closes otherwise
    _mark("riproduzione riservata", r"[^\n]{0,60}\briproduzione riservata\b[^\n]{0,60}$"),
    # No text wire carries the credit of a picture: proof by itself with the mark above
    _mark(
        "via ap)|via afp)|via getty|ap photo/",
        r"[^\n]{0,400}(?:\bvia (?:ap|afp)\)|\bvia getty images\)?|\(ap photo/[^\n()]{2,60}\))[ \t]*$",
    ),
    # 3 mar 2026 - 21:10: a day and a clock on a line of their own
    _mark(
        ":0|:1|:2|:3|:4|:5",
        r"(?:[A-ZÀ-Þ][^\n\d:]{1,40}, )?\d{1,2}\.? [^\W\d_]{3,10}\.? (?:19|20)\d\d[ ,|·•–-]{1,4}"
        r"\d{1,2}:\d\d(?: ?(?:h|uhr|[a-z]{3,4}))?[ \t]*$",
    ),
    # Sun 3 Mar 2026 09.14 GMT, as The Guardian stamps its pages
    _mark(
        " gmt\n| bst\n| cet\n| cest\n| est\n| edt\n| aedt\n| aest\n",
        r"(?:mon|tue|wed|thu|fri|sat|sun) \d{1,2} [a-z]{3,4} (?:19|20)\d\d \d\d[.:]\d\d [a-z]{3,4}[ \t]*$",
    ),
    _mark("licensing rights", r"[^\n]{0,400}\bpurchase licensing rights"),
    _mark(" ago\n", r"[^\n]{0,60}\b\d{1,2} (?:min(?:ute)?s?|hrs?|hours?|days?) ago[ \t]*$"),
    _mark("desk (a", r"[^\n]{0,20}desk \((?:afp|agence france-presse)\)[ \t]*$"),
    _mark("●", r"[^\n]{2,40}●[^\n]{0,30}(?:19|20)\d\d"),
    _mark(" | ", r"[^\n]{2,40} \| [^\n]{0,30}(?:19|20)\d\d"),
    _mark("•|—", r"[A-ZÀ-Þ][A-ZÀ-Þ .,'-]{2,40} [•—] ", 0),
)
_ENOUGH = 2
# ``KARACHI: The port …``, as papers set a dateline; a proof beside another only, since wires label lines so too
_COLON_TOWN = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ .'-]{2,30}(?:, [A-Z][A-Za-z ]{2,20})?: ['\"“]?[A-ZÀ-Þ][^\n]{60}", re.MULTILINE
)
_SHORT, _SHORT_LINES, _LINES_AT_MOST = 45, 5, 200
# The way to the page above everything else: it is proof by itself
_STEP = r"[^\W\d_][^\n<>›»|/.!?:]{1,30}"
_HOME = (
    r"(?:home ?(?:page)?|accueil|portada|inicio|início|startseite|news|nachrichten|actualités?|noticias|notícias|"
    r"à la une|world|monde|mundo|internacional|panorama|ausland)"
)
_PATH = re.compile(
    rf"\s*(?:{_STEP}(?:[ \t][>›»][ \t]{_STEP}){{1,4}}|{_HOME}(?:[ \t][/|·•][ \t]{_STEP}){{1,4}})[ \t]*\r?\n",
    re.IGNORECASE,
)
# All words of all marks in one pass over the text
_WORDS = sorted({word for mark in _MARKS for word in (*mark.signs, *mark.anchors)})
# over bytes, since for a string the library counts where each character stands whether or not anything is found; above
# a hundred words it takes a smaller automaton, at half the speed
_FINDER = BytesAhoCorasick([word.encode() for word in _WORDS], implementation=Implementation.DFA)
_SIGN_OF = [tuple(at for at, mark in enumerate(_MARKS) if word in mark.signs) for word in _WORDS]
_ANCHOR_OF = [tuple(at for at, mark in enumerate(_MARKS) if word in mark.anchors) for word in _WORDS]


def detect(message: Message) -> bool:
    """Two different habits of sites in a text without wire control characters, or the path of a page on top."""
    text = message.text
    if message.looks_json or message.looks_markup or "\x02" in text or "\x01" in text:
        return False
    return _PATH.match(text) is not None or is_republished(text)


def is_republished(text: str) -> bool:
    """Two different habits of sites in a text."""
    lowered = text.lower()
    written = lowered.encode("utf-8", "surrogatepass")
    found = _FINDER.find_matches_as_indexes(written, overlapping=True)
    signed = {at for word, _, _ in found for at in _SIGN_OF[word]}
    if not signed:
        return False
    places: dict[int, list[int]] = {}
    if len(lowered) == len(text):  # else a place in the one is none in the other
        plain = len(written) == len(lowered)
        at_byte = at_character = 0
        for word, start, _ in found:
            for at in _ANCHOR_OF[word]:
                if at in signed:
                    if not plain and start != at_byte:
                        # on from the find before: counted from the top each time, it is quadratic
                        near, far = (at_byte, start) if start > at_byte else (start, at_byte)
                        between = len(written[near:far].decode("utf-8", "surrogatepass"))
                        at_character += between if start > at_byte else -between
                        at_byte = start
                    places.setdefault(at, []).append(start if plain else at_character)
    seen = 0
    for at in sorted(signed):
        seen += (
            _stands(_MARKS[at].line, text, places.get(at, []))
            if places and _MARKS[at].anchors
            else (_MARKS[at].line.search(text) is not None)
        )
        if seen == _ENOUGH:
            return True
    return seen > 0 and (_COLON_TOWN.search(text) is not None or _has_short_lines(text))


def _has_short_lines(text: str) -> bool:
    """Five lines or more of a few words without figures or a stop, in copy whose paragraphs are lines of their own."""
    short = 0
    for line in text.split("\n", _LINES_AT_MOST)[:_LINES_AT_MOST]:
        bare = line.strip()
        if not bare or len(bare) > _SHORT:
            continue
        short += line[:1] != " " and bare[-1].isalpha() and not any(map(str.isdigit, bare)) and len(bare.split()) <= 6
    return short >= _SHORT_LINES


def _stands(line: re.Pattern[str], text: str, places: list[int]) -> bool:
    """A line that holds one of ``places`` is of the form."""
    tried = -1
    for place in places:
        start = text.rfind("\n", 0, place) + 1
        if start != tried and line.match(text, start):
            return True
        tried = start
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
    version="2",
    used_by=("newspapers and sites that republish AFP, Reuters, AP",),
    detect=detect,
    parse=parse,
)
