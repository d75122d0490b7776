"""Tells, from the words around it, when a place name is a person's, a newspaper's, a language's or an organisation's.

It looks at the text next to one hit only and knows no story; what it rejects is never an answer by itself.
"""

from __future__ import annotations

import re

from dataclasses import dataclass

from streams.places.gazetteer import Gazetteer, Hit

_BEFORE = re.compile(r"([^\s(\"“”‘,;:—–]{1,24})[ \n]$")
_AFTER = re.compile(r"[ \n]([^\s,;:)\"”—–]{1,24})")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_ACRONYM = re.compile(r"((?:[ \n](?:and|of|for|the|in|[A-Z]\w{1,20})){0,5})[ \n]\(([A-Z][A-Za-z]{1,9})\)")
_WORD = re.compile(r"\w[\w'’-]*")

_ASIDE = re.compile(r"[-‑–](?:era|made|born|built|style|trained|registered|designed|flagged|inspired)\b")
_SOURCE = re.compile(
    r"(?:[ \n][A-Z][\w.&'’-]{1,20}| of| for| and){1,5}[ \n](?:said|says|reported|announced|added|told|estimated)\b"
)

HONORIFICS = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady judge justice sen rep gov col gen capt lt sgt cpl adm maj "
    "detective officer herr frau monsieur madame mme mlle señor señora sr sra don doña senator congressman "
    "congresswoman coach".split()
)
LOCATIVE = frozenset(
    "in at from near to outside around across of into toward towards through throughout via inside visit visited "
    "visiting leave left leaving reach reached between over downtown central northern southern eastern western north "
    "south east west à en de dans vers depuis près a desde hacia hasta sobre".split()
)
_SPEECH = frozenset(
    "in into speak speaks speaking spoke spoken fluent learn learned learning learnt teach teaches taught studied "
    "studies en".split()
)
_STREETS = frozenset("road rd street st avenue ave drive dr lane ln boulevard blvd highway parkway terrace".split())
_NOT_SURNAMES = frozenset(
    "king prince princess queen president minister premier pope bishop major page court church young white black bank "
    "banks hill hills park river street house field hall airport day case power state city county west east north "
    "south central crown general marshall marsh bay beach rose may golden land lake lakes valley point forest rivers "
    "bridge coast cross trade price pool post press times school college singer farmer cook baker hunter judge "
    "shore stone stanley cup strong wise best rice grain cotton sugar cruise sales branch".split()
)
_OF_A_PLACE = frozenset(
    "airport police city council county university college school district mayor hospital state province region "
    "government court stadium port harbor harbour parish high fire department chamber community public prefecture "
    "international regional area island islands river valley road street avenue district-based".split()
)
_SIGNS = frozenset({"$", "£", "€", "¥"})
_CURRENCIES = frozenset(
    "dollar dollars dlr dlrs franc francs pound pounds peso pesos crown crowns krone kroner krona kronor yen yuan "
    "guilder guilders lira lire mark marks markka rupee rupees rand riyal riyals dinar dinars escudo schilling "
    "schillings austral cruzado cruzados cents".split()
)


@dataclass(frozen=True, slots=True)
class Around:
    """A hit with the word right before and right after it (one space or line break between), else ``""``."""

    text: str
    hit: Hit
    previous: str
    following: str


def around(text: str, hit: Hit) -> Around:
    """The hit in its surroundings, read once for all the questions below."""
    start, end = hit.start, hit.end
    previous = following = ""
    if start and text[start - 1] in " \n":
        found = _BEFORE.search(text, max(0, start - 26), start)
        previous = found[1] if found else ""
    if text[end : end + 1] in {" ", "\n"}:
        found = _AFTER.match(text, end, end + 26)
        following = found[1] if found else ""
    return Around(text, hit, previous, following)


def is_person(spot: Around, gazetteer: Gazetteer, prose: bool) -> bool:
    """A person's name: ``Mr Chad``, ``Alma Jordan``, ``Jordan Ruddock``, ``T. London``. ``prose`` is False in a headline
    whose every word is capitalised, where the word after a given name tells nothing."""
    hit, previous, following = spot.hit, spot.previous, spot.following
    if not (previous[:1].isupper() or following[:1].isupper()) or " " in hit.name.pattern:
        return False
    word = previous.rstrip(".").lower()
    if word in HONORIFICS and previous[:1].isupper():
        return True
    if "s" in hit.name.flags or hit.meanings[0].kind == "c":
        if _INITIAL.match(previous) and previous not in {"A", "I"}:
            return True
        if previous[:1].isupper() and word in gazetteer.given:
            return True
    if "g" in hit.name.flags and prose and following[:1].isupper():
        if hit.meanings[0].kind in "Sc" and word not in LOCATIVE and names_someone(spot):
            return True
        surname = following.rstrip(".'’").removesuffix("’s").removesuffix("'s").lower()
        return bool(_INITIAL.match(following)) or (surname in gazetteer.surnames and surname not in _NOT_SURNAMES)
    return False


def names_someone(spot: Around) -> bool:
    """A capitalised word follows that is no part of a place's name: ``Vladimir Rusk``, unlike ``Leeds Airport``."""
    following = spot.following
    return following[:1].isupper() and following.lower().rstrip(".'’") not in _OF_A_PLACE


def goes_on(spot: Around) -> bool:
    """A region's name that goes on to something else: ``the West End``, ``the Gulf of Ruritania``."""
    return spot.following[:1].isupper() or spot.following in {"of", "coast"}


def is_media(spot: Around, gazetteer: Gazetteer) -> bool:
    """A newspaper or broadcaster: the place right before Times, Herald, Tribune …, as in ``the Trenby Herald``."""
    return spot.following.rstrip(".,'’") in gazetteer.media


def is_label(spot: Around) -> bool:
    """Only spelled like a place: a street (``Dublin Road``), a ticker (``<UK>``), an era (``200 B.C.``)."""
    start = spot.hit.start
    if spot.text[max(0, start - 1) : start] == "<" or spot.following.rstrip(".,").lower() in _STREETS:
        return True
    return spot.hit.name.pattern == "b c" and spot.previous.isdigit()


def is_language(spot: Around) -> bool:
    """A tongue, not a nation: ``said in French``, ``the Spanish language``, ``speaks English``."""
    following = spot.following.lower()
    if following.startswith("language") or following.startswith("speak"):
        return True
    return spot.previous.lower() in _SPEECH and (not following[:1].isalpha() or following in {"and", "or"})


def is_aside(spot: Around) -> bool:
    """A nation as a mere attribute: ``Soviet-era``, ``Swiss-made``, ``Danish-born``; weak evidence of the country."""
    return _ASIDE.match(spot.text, spot.hit.end) is not None


def is_source(spot: Around) -> bool:
    """Part of the name of who says it, set off by a comma: ``…, the US Weather Service said``. Weak evidence: the
    story is about what is said. A country that speaks for itself (``Ruritania said``) is none."""
    return _SOURCE.match(spot.text, spot.hit.end) is not None


def is_currency(spot: Around) -> bool:
    """Money: ``Swiss francs``, ``Canadian dlrs``, ``US$ 3``; weak evidence of the country."""
    end = spot.hit.end
    if spot.text[end : end + 1] in _SIGNS:
        return True
    return spot.following.rstrip(".").lower() in _CURRENCIES


def is_organisation(spot: Around) -> bool:
    """The place inside a spelled-out organisation that its initials follow: ``the Front for a Free Chad (FFC)``.

    The initials of the capitalised words up to the bracket, read backwards from it, must spell the acronym with the
    place's own initial among them.
    """
    text, hit = spot.text, spot.hit
    tail = text[hit.end : hit.end + 80]
    if "(" not in tail:
        return False
    bracket = _ACRONYM.match(tail)
    if bracket is None:
        return False
    letters = [char.upper() for char in bracket[2] if char.isupper()]
    phrase = text[max(0, hit.start - 120) : hit.end + bracket.end(1)]
    words = [word for word in _WORD.findall(phrase)[-14:] if word[:1].isupper()]
    wanted = len(letters)
    if wanted < 2 or len(words) < wanted:
        return False
    initials = [word[0].upper() for word in words[-wanted:]]
    return initials == letters
