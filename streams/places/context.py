"""Tells, from the words around it, when a place name is a person's, a newspaper's, a language's or an organisation's.

It looks at the text next to one hit only and knows no story; what it rejects is never an answer by itself.
"""

from __future__ import annotations

import re

from streams.places.gazetteer import Gazetteer, Hit

_BEFORE = re.compile(r"([^\s(\"“”‘,;:—–]{1,24})[ \n]$")
_AFTER = re.compile(r"^[ \n]([^\s,;:)\"”—–]{1,24})")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_ACRONYM = re.compile(r"^[ \n]{0,2}\(([A-Z][A-Za-z]{1,9})\)")
_WORD = re.compile(r"\w[\w'’-]*")

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
_SIGNS = frozenset("$£€¥")
_CURRENCIES = frozenset(
    "dollar dollars dlr dlrs franc francs pound pounds peso pesos crown crowns krone kroner krona kronor yen yuan "
    "guilder guilders lira lire mark marks markka rupee rupees rand riyal riyals dinar dinars escudo schilling "
    "schillings austral cruzado cruzados cents".split()
)


def before(text: str, start: int) -> str:
    """The word right before ``start`` with one space between, else ``""``."""
    found = _BEFORE.search(text[max(0, start - 26) : start])
    return found[1] if found else ""


def after(text: str, end: int) -> str:
    """The word right after ``end`` with one space between, else ``""``."""
    found = _AFTER.match(text[end : end + 26])
    return found[1] if found else ""


def is_person(text: str, hit: Hit, gazetteer: Gazetteer, prose: bool) -> bool:
    """A person's name: ``Mr Chad``, ``Alma Jordan``, ``Jordan Ruddock``, ``T. London``. ``prose`` is False in a headline
    whose every word is capitalised, where the word after a given name tells nothing."""
    if " " in hit.name.pattern:
        return False
    previous, following = before(text, hit.start), after(text, hit.end)
    word = previous.rstrip(".").lower()
    if word in HONORIFICS and previous[:1].isupper():
        return True
    if "s" in hit.name.flags or hit.meanings[0].kind == "c":
        if _INITIAL.match(previous) and previous not in {"A", "I"}:
            return True
        if previous[:1].isupper() and word in gazetteer.given:
            return True
    if "g" in hit.name.flags and prose and following[:1].isupper():
        if hit.meanings[0].kind in "Sc" and word not in LOCATIVE and names_someone(text, hit):
            return True
        surname = following.rstrip(".'’").removesuffix("’s").removesuffix("'s").lower()
        return bool(_INITIAL.match(following)) or (surname in gazetteer.surnames and surname not in _NOT_SURNAMES)
    return False


def names_someone(text: str, hit: Hit) -> bool:
    """A capitalised word follows that is no part of a place's name: ``Vladimir Rusk``, unlike ``Leeds Airport``."""
    following = after(text, hit.end)
    return following[:1].isupper() and following.lower().rstrip(".'’") not in _OF_A_PLACE


def goes_on(text: str, hit: Hit) -> bool:
    """A region's name that goes on to something else: ``the West End``, ``the Gulf of Ruritania``."""
    following = after(text, hit.end)
    return following[:1].isupper() or following in {"of", "coast"}


def is_media(text: str, hit: Hit, gazetteer: Gazetteer) -> bool:
    """A newspaper or broadcaster: the place right before Times, Herald, Tribune …, as in ``the Trenby Herald``."""
    return after(text, hit.end).rstrip(".,'’") in gazetteer.media


def is_label(text: str, hit: Hit) -> bool:
    """Only spelled like a place: a street (``Dublin Road``), a ticker (``<UK>``), an era (``200 B.C.``)."""
    if text[max(0, hit.start - 1) : hit.start] == "<" or after(text, hit.end).rstrip(".,").lower() in _STREETS:
        return True
    return hit.name.pattern == "b c" and before(text, hit.start).isdigit()


def is_language(text: str, hit: Hit) -> bool:
    """A tongue, not a nation: ``said in French``, ``the Spanish language``, ``speaks English``."""
    following = after(text, hit.end).lower()
    if following.startswith("language") or following.startswith("speak"):
        return True
    return before(text, hit.start).lower() in _SPEECH and (not following[:1].isalpha() or following in {"and", "or"})


def is_currency(text: str, hit: Hit) -> bool:
    """Money: ``Swiss francs``, ``Canadian dlrs``, ``US$ 3``; weak evidence of the country."""
    if text[hit.end : hit.end + 1] in _SIGNS:
        return True
    return after(text, hit.end).rstrip(".").lower() in _CURRENCIES


def is_organisation(text: str, hit: Hit) -> bool:
    """The place inside a spelled-out organisation that its initials follow: ``the Front for a Free Chad (FFC)``.

    The initials of the capitalised words up to the bracket, read backwards from it, must spell the acronym with the
    place's own initial among them.
    """
    tail = text[hit.end : hit.end + 80]
    bracket = re.match(r"^((?:[ \n](?:and|of|for|the|in|[A-Z]\w{1,20})){0,5})[ \n]\(([A-Z][A-Za-z]{1,9})\)", tail)
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
