"""How each language of the wire says a day relative to the day of writing; tables only, no dates are counted here.

``ahead`` and ``past`` are the words that tell whether a clause speaks of what is to come: ``will meet on Tuesday``,
``met on Tuesday``. A word with a hyphen in front is an ending (``-ará``), two words are a pair (``set for``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.text.daynames import MONTHS_OF, WEEKDAYS
from streams.text.words import word_set

_NEVER = r"(?!)"
Meaning = Literal["word", "month", "weekday"]
Turn = Literal["last", "next", "since", "until"]


@dataclass(frozen=True, slots=True)
class Telling:
    """Words, pairs of words and endings that tell one thing; ``but`` are words that only look like it.

    ``firsts`` are the first words of the pairs.
    """

    words: frozenset[str]
    pairs: frozenset[str]
    firsts: frozenset[str]
    endings: tuple[str, ...]
    but: frozenset[str]
    not_after: frozenset[str]

    def tells(self, word: str, after: str, before: str) -> bool:
        """``word`` tells it, alone, with the word ``after`` it, or by its ending; ``before`` may forbid the ending."""
        if word in self.words or (after and f"{word} {after}" in self.pairs):
            return True
        return len(word) > 3 and word.endswith(self.endings) and word not in self.but and before not in self.not_after

    def may_tell(self, word: str) -> bool:
        """Whether ``word`` tells it beside any words at all."""
        return word in self.words or word in self.firsts or (len(word) > 3 and word.endswith(self.endings))


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. ``finder`` finds ``forms`` in one pass; a form means a weekday, a shift in days, or a month.

    ``says`` tells which: ``word`` and the days to shift, ``month`` and its number, or ``weekday`` and its number.
    ``turn``: what a phrase before a weekday makes of it, ``last``, ``next``, ``since`` or ``until``.

    ``may_tell``: a word that is not worth asking ``ahead``, ``surely_ahead`` and ``past`` about gives False. Most words
    of any clause are such, and come again, so the answers are kept. ``closing`` are the last words of the phrases in
    ``before`` and ``skip_before``, ``closing_two`` the last two of those that have as many.
    """

    finder: AhoCorasick
    forms: tuple[str, ...]
    says: tuple[tuple[Meaning, int], ...]
    turn: dict[str, Turn]
    numbered: frozenset[str]
    before: frozenset[str]
    ahead: Telling
    surely_ahead: Telling
    past: Telling
    may_tell: Callable[[str], bool]
    skip_before: frozenset[str]
    skip_after: re.Pattern[str]
    next_after: re.Pattern[str]
    last_after: re.Pattern[str]
    closing: frozenset[str]
    closing_two: frozenset[str]
    capitals: bool
    month_first: bool
    verb_within: int


def _telling(words: str, pairs: tuple[str, ...] = (), but: str = "", not_after: str = "") -> Telling:
    listed = words.split()
    endings = tuple(word[1:] for word in listed if word.startswith("-"))
    return Telling(
        frozenset(word for word in listed if not word.startswith("-")),
        frozenset(pairs),
        frozenset(pair.split(" ", 1)[0] for pair in pairs),
        endings or ("\0",),
        word_set(but),
        word_set(not_after),
    )


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(phrase.casefold() for phrase in listed.split("|") if phrase)


def _meaning(
    name: str, words: dict[str, int], months: dict[str, int], weekdays: dict[str, int]
) -> tuple[Meaning, int]:  # fmt: skip
    if name in words:
        return "word", words[name]
    return ("month", months[name]) if name in months else ("weekday", weekdays[name])


def _tongue(
    lang: str, before: str, words: dict[str, int], *, ahead: Telling, surely: Telling, past: Telling,
    skip_before: str = "", skip_after: str = _NEVER, next_before: tuple[str, ...] = (), next_after: str = _NEVER,
    last_before: tuple[str, ...] = (), last_after: str = _NEVER, until: tuple[str, ...] = (),
    since: tuple[str, ...] = (), more_weekdays: dict[str, int] | None = None, numbered: dict[str, int] | None = None,
    capitals: bool = False, month_first: bool = False, verb_within: int = 12,
) -> Tongue:  # fmt: skip
    """``capitals``: weekdays and months are written with a capital, so a small one (``may``) is another word.

    ``surely``: what looks ahead even behind the day. ``verb_within``: how many words behind a day its verb may stand.
    ``numbered``: weekday forms that are also other words, taken only with the day of the month: ``segunda (10)``.
    """
    weekdays = WEEKDAYS[lang] | (more_weekdays or {}) | (numbered or {})
    months = MONTHS_OF[lang]
    forms = {name.capitalize() for name in (*weekdays, *months)} | set(words) | {w.capitalize() for w in words}
    forms |= {word.replace("'", "’") for word in forms}
    if not capitals:
        forms |= {*weekdays, *months}
    ordered = tuple(sorted(forms))
    names = tuple(form.casefold().replace("’", "'") for form in ordered)
    turn: dict[str, Turn] = {}
    for phrase in _phrases(before):
        if phrase.endswith(last_before or ("\0",)):
            turn[phrase] = "last"
        elif phrase.endswith(next_before or ("\0",)):
            turn[phrase] = "next"
        elif since and phrase.startswith(since):
            turn[phrase] = "since"
        elif until and phrase.startswith(until):
            turn[phrase] = "until"
    phrases = [phrase.split(" ") for phrase in _phrases(before) | _phrases(skip_before)]
    return Tongue(
        finder=AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest),
        forms=names,
        says=tuple(_meaning(name, words, months, weekdays) for name in names),
        turn=turn,
        numbered=frozenset(numbered or ()),
        before=_phrases(before),
        ahead=ahead,
        surely_ahead=surely,
        past=past,
        may_tell=lru_cache(maxsize=4096)(lambda word: any(t.may_tell(word) for t in (ahead, surely, past))),
        skip_before=_phrases(skip_before),
        skip_after=re.compile(rf"\s(?:{skip_after})", re.IGNORECASE),
        next_after=re.compile(rf"\s(?:{next_after})\b", re.IGNORECASE),
        last_after=re.compile(rf"\s(?:{last_after})\b", re.IGNORECASE),
        closing=frozenset(words[-1] for words in phrases),
        closing_two=frozenset(" ".join(words[-2:]) for words in phrases if len(words) > 1),
        capitals=capitals,
        month_first=month_first,
        verb_within=verb_within,
    )


_ENGLISH_BEFORE = (
    "on", "since", "until", "till", "by", "from", "last", "next", "this", "late", "early", "through", "before", "after",
)  # fmt: skip
_GERMAN_HOURS = ("abend", "morgen", "nachmittag", "mittag", "vormittag", "nacht", "früh")

TONGUES: dict[str, Tongue] = {
    "en": _tongue(
        "en",
        "|".join(
            f"{how}{word}"
            for how in ("", "late ", "early ", "earlier ", "later ")
            for word in _ENGLISH_BEFORE
        ) + "|on the|late on the|early on the",
        {
            "yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "day before yesterday": -2,
            "day after tomorrow": 2, "this morning": 0, "this afternoon": 0, "this evening": 0, "last night": -1,
        },
        ahead=_telling(
            "will would shall due until till scheduled expected plan plans planned next coming before starting "
            "upcoming begin begins open opens deadline by slated -'ll",
            ("set for", "set to", "be held", "going to", "ahead of", "takes place", "take place", "about to",
             "hopes to", "hope to"),
        ),
        surely=_telling("will shall -'ll", ("due to", "set to", "going to", "expected to", "scheduled to", "be held")),
        since=("since", "last"),
        past=_telling(
            "said says told announced reported wrote was were had came went began took met fell rose won lost killed "
            "made found left held gave saw struck hit sent shot cut set -ed",
            but="expected planned scheduled slated based need speed indeed hundred exceed", not_after="be is are",
        ),
        skip_before=(
            r"every|each|any|a|Black|Good|Ash|Super|Bloody|Palm|Easter|Cyber|Holy|Maundy|Shrove|Fat|most|some|Whit|"
            r"Giving|Giant|first|second|third|fourth|Blue|Manic|Throwback"
        ),
        skip_after=(
            r"(?:Times|Telegraph|Mail|Mirror|Express|Post|Herald|Independent|Night|Nation|Morning Herald|School|"
            r"Club|prayers|market)s?\b"
        ),
        next_before=("next",), last_before=("last",), until=("until", "till", "by", "before"),
        capitals=True, month_first=True,
    ),
    "fr": _tongue(
        "fr",
        r"ce|depuis|jusqu'à|jusqu’à|avant|dès|le",
        {
            "hier": -1, "avant-hier": -2, "aujourd'hui": 0, "demain": 1, "après-demain": 2, "ce matin": 0,
            "ce soir": 0, "cet après-midi": 0,
        },
        ahead=_telling(
            "doit doivent devait devrait devraient prévu prévue prévus prévues jusqu'à jusqu'au avant aura auront "
            "sera seront prochain prochaine attendu attendue attendus attendues -era -eront -ira -iront -dra -dront",
            ("à partir", "d'ici à", "d'ici au"),
        ),
        surely=_telling("doit doivent devrait devraient sera seront aura auront -era -eront -ira -iront -dra -dront"),
        since=("depuis",),
        past=_telling("a ont avait était est été dit annoncé déclaré indiqué selon -é -és -ée -ées"),
        skip_before=r"chaque|tous les|les|un|premier|deuxième|dernier",
        next_after=r"prochain", last_after=r"dernier|passé", last_before=("dernier",),
        until=("jusqu", "avant"),
    ),
    "es": _tongue(
        "es",
        r"el|este|del|al|desde el|hasta el|pasado",
        {
            "ayer": -1, "anteayer": -2, "antier": -2, "hoy": 0, "pasado mañana": 2, "anoche": -1, "esta mañana": 0,
            "esta tarde": 0, "esta noche": 0,
        },
        ahead=_telling(
            "debe deberá hasta antes próximo próxima previsto prevista programado programada será serán tendrá "
            "-ará -erá -irá -arán -erán -irán -drá -drán",
            ("a partir",),
        ),
        surely=_telling("deberá será serán tendrá -ará -erá -irá -arán -erán -irán -drá -drán"),
        since=("desde",),
        past=_telling("dijo informó informaron anunció según fue fueron ha han había -ó -aron -ieron"),
        skip_before=r"cada|todos los|los|un|primer|santo|viernes santo",
        skip_after=r"santo\b", next_after=r"próximo|que viene", last_after=r"pasado", until=("hasta", "antes"),
    ),
    "pt": _tongue(
        "pt",
        r"na|nesta|neste|no|até|desde|da|do",
        {"ontem": -1, "anteontem": -2, "hoje": 0, "amanhã": 1, "depois de amanhã": 2, "esta manhã": 0, "esta noite": 0},
        ahead=_telling(
            "deve devem até próximo próxima previsto prevista será serão terá -ará -erá -irá -arão -erão -irão"
        ),
        surely=_telling("será serão terá -ará -erá -irá -arão -erão -irão"),
        since=("desde",),
        past=_telling("disse informou anunciou segundo foi foram -ou -aram -eram -iram"),
        skip_before=r"cada|toda|todas as|às|aos", skip_after=r"santa\b",
        next_after=r"que vem|próxim[oa]", last_after=r"passad[oa]", until=("até",),
        numbered={"segunda": 0, "terça": 1, "quarta": 2, "quinta": 3, "sexta": 4},
    ),
    "de": _tongue(
        "de",
        r"am|bis|seit|vom|zum|ab|diesen|am späten|am frühen|bis zum|noch am|kommenden|nächsten|vergangenen|"
        r"am kommenden|am nächsten|am vergangenen|letzten",
        {"gestern": -1, "vorgestern": -2, "heute": 0, "übermorgen": 2},
        ahead=_telling(
            "wird werden soll sollen will wollen bis kommenden nächsten geplant ab vor", but="", not_after=""
        ),
        surely=_telling("wird werden soll sollen"),
        since=("seit",),
        past=_telling(
            "hat hatte haben hatten wurde wurden ist war waren sagte teilte sind laut erklärte mitteilte -te",
            but="heute beste letzte erste nächste rechte beamte alte leute kräfte punkte werte orte berichte",
        ),
        skip_before=r"jeden|bild am|welt am|jedem|ein|einem|der",
        skip_after=r"(?:aktuell|Zeitung)\b",
        next_before=("kommenden", "nächsten"), last_before=("vergangenen", "letzten"), until=("bis",),
        capitals=True, verb_within=2,
        more_weekdays={
            day + hour: number for day, number in WEEKDAYS["de"].items() for hour in _GERMAN_HOURS
        },
    ),
    "it": _tongue(
        "it",
        r"il|lo|la|di|da|dal|fino a|entro|lo scorso|la scorsa|il prossimo|la prossima",
        {"ieri": -1, "oggi": 0, "domani": 1, "dopodomani": 2, "stamattina": 0, "stasera": 0, "stamani": 0},
        ahead=_telling("deve devono sarà saranno previsto prevista prossimo prossima entro -erà -irà -eranno -iranno"),
        surely=_telling("sarà saranno -erà -irà -eranno -iranno"),
        since=("dal", "da"),
        past=_telling("ha hanno è era erano stato stata detto annunciato secondo -ato -ata -ati -ate -uto -ito"),
        skip_before=r"ogni|tutti i|un|una",
        next_before=("prossimo", "prossima"), next_after=r"prossim[oa]", last_before=("scorso", "scorsa"),
        last_after=r"scors[oa]", until=("entro", "fino a"),
    ),
    "ar": _tongue(
        "ar",
        r"يوم",
        {"أمس": -1, "اليوم": 0, "غدا": 1, "غداً": 1, "أول أمس": -2, "أمس الأول": -2, "بعد غد": 2},
        ahead=_telling(
            "سوف المقبل حتى قبل القادم سيعقد ستعقد سيجري ستجري سيلتقي ستلتقي سيبدأ ستبدأ سيزور ستزور سيكون ستكون سيتم "
            "ستتم سيصوت ستصوت سيجتمع ستجتمع"
        ),
        surely=_telling(
            "سوف سيعقد ستعقد سيجري ستجري سيلتقي ستلتقي سيبدأ ستبدأ سيزور ستزور سيكون ستكون سيتم ستتم سيصوت ستصوت"
        ),
        since=("منذ",),
        past=_telling(""),
        next_after=r"المقبل|القادم", last_after=r"الماضي|الفائت|المنصرم",
    ),
}  # fmt: skip
"""Language → how it says a day."""
