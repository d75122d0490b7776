"""Tells, from the words around it, when a place name is a person's, a newspaper's, a language's or an organisation's.

It looks at the text next to one hit only and knows no story; what it rejects is never an answer by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from streams.places import words
from streams.places.gazetteer import Gazetteer, Hit, Meaning, Name

REACH = 26
"""Code points looked at on either side; no word that matters is longer."""
_OPENING = '("“”‘—–'
_PAUSE = frozenset({",", ";", ":", "—", "–", "”", ""})
_AFTER = re.compile(r"[ \n]([^\s,;:)\"”—–]{1,24})")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_ACRONYM = re.compile(r"((?:[ \n](?:and|of|for|the|in|[A-Z]\w{1,20})){0,5})[ \n]\(([A-Z][A-Za-z]{1,9})\)")
_WORD = re.compile(r"\w[\w'’-]*")

_ASIDE = re.compile(r"[-‑–](?:era|made|born|built|style|trained|registered|designed|flagged|inspired)\b")
_SOURCE = re.compile(
    r"(?:[ \n][A-Z][\w.&'’-]{1,20}| of| for| and| de| du| des| del| da| do| der| des){1,5}"
    r"[ \n](?:(?:a|ha) )?(?:said|says|reported|announced|added|told|estimated"
    r"|déclaré|indiqué|annoncé|précisé|estimé|dijo|informó|anunció|indicó|estimó|disse|informou|anunciou|indicou|estimou"
    r"|sagte|teilte|berichtete|erklärte|schätzte)\b"
)

_SPEAKER = re.compile(
    rf"(?:[ \n](?:{'|'.join(sorted(words.SAYING_BETWEEN))})(?!\w)){{0,3}}[ \n](?:{'|'.join(sorted(words.SAYING))})\b",
    re.IGNORECASE,
)
_TO_SPEAK = words.SAYING | words.SAYING_BETWEEN
_SECOND_TONGUE = re.compile(r"\b(?:in|into|speaks?|spoke) [A-Z][a-z]+,? (?:and|or) $")
_OWNED = re.compile(r"['’]s[ \n](\w{1,20})")
_DEDICATED = re.compile(
    r"\b(?:" + "|".join(sorted(words.BUILDINGS)) + r")e?s? of (?:(?:St\.?|Saint) [A-Z]\w{1,15} and )?$", re.IGNORECASE
)
_APOSTROPHES = frozenset({"'", "’"})
HYPHENS = frozenset({"-", "‑", "–"})
_ARTICLES = frozenset({"A", "E", "I", "O", "Y"})
"""Words of one capital letter that open a sentence in some language, so no initials: ``O Peru vota``."""
_SIGNS = frozenset({"$", "£", "€", "¥"})
_MARKS = HYPHENS | _SIGNS
_TONGUES = ("language", "speak")
_BEFORE = words.SPEECH | {"and", "or"}
_TELLING = words.STREETS | words.CURRENCIES | words.BREEDS | {"and", "or", "of", "for", "the", "in", "coast"}
"""Small words after a hit that one of the questions below looks for."""


FieldName = Literal["headline", "body"]


@dataclass(slots=True)
class Spot:
    """A hit under way: where its field's ``text`` has it, the word right before and right after it (one space or line
    break between; else ``""``), all it may mean, and what was said of it so far."""

    field: FieldName
    text: str
    start: int
    end: int
    name: Name
    meanings: tuple[Meaning, ...]
    previous: str
    following: str
    weight: float = 1.0
    settled: Meaning | None = None
    adjacent: bool = False


def spotted(field: FieldName, text: str, hit: Hit) -> Spot:
    """The hit in its surroundings, read once for all the questions below."""
    start, end, name, meanings = hit
    previous = following = ""
    if start and text[start - 1] in " \n":
        near = text[start - REACH if start > REACH else 0 : start - 1]
        space, line = near.rfind(" "), near.rfind("\n")
        word = near[(space if space > line else line) + 1 :]
        if word and word[-1] not in _PAUSE:
            previous = word.lstrip(_OPENING) if word[0] in _OPENING else word
    if end < len(text) and text[end] in " \n":
        found = _AFTER.match(text, end, end + REACH)
        if found:
            following = found[1]
    return Spot(field, text, start, end, name, meanings, previous, following)


def is_plain(spot: Spot) -> bool:
    """Do the words around say nothing at all? So it is for nearly every hit: then none of the questions below that
    are not about persons or dedications need be asked, since all their answers are no."""
    following = spot.following
    if following:
        if not (following.islower() and following.isalpha()) or following in _TELLING:
            return False
        if following.startswith(_TONGUES):
            return False
    elif spot.previous.lower() in _BEFORE or spot.text[spot.end : spot.end + 1] in _MARKS:
        return False
    return spot.text[spot.start - 1 : spot.start] != "<" and spot.name.pattern != "b c"


def is_person(spot: Spot, gazetteer: Gazetteer, prose: bool) -> bool:
    """A person's name: ``Mr Chad``, ``Alma Jordan``, ``Jordan Ruddock``, ``T. London``.

    ``prose`` is False in a headline whose every word is capitalised: the word after a given name tells nothing there.
    """
    previous, following = spot.previous, spot.following
    if not (previous[:1].isupper() or following[:1].isupper()) or " " in spot.name.pattern:
        return False
    word = previous.rstrip(".").lower()
    if word in words.HONORIFICS and previous[:1].isupper():
        return True
    if "s" in spot.name.flags or spot.meanings[0].kind == "c":
        if _INITIAL.match(previous) and previous not in _ARTICLES:
            return True
        if previous[:1].isupper() and word in gazetteer.given:
            return True
    if "g" in spot.name.flags and prose and following[:1].isupper():
        if spot.meanings[0].kind in "Sc" and word not in words.LOCATIVE and names_someone(spot):
            return True
        surname = following.rstrip(".'’").removesuffix("’s").removesuffix("'s").lower()
        return bool(_INITIAL.match(following)) or (surname in gazetteer.surnames and surname not in words.NOT_SURNAMES)
    return False


def names_someone(spot: Spot) -> bool:
    """A capitalised word follows that is no part of a place's name: ``Vladimir Rusk``, unlike ``Leeds Airport``."""
    following = spot.following
    return following[:1].isupper() and following.lower().rstrip(".'’") not in words.OF_A_PLACE


def goes_on(spot: Spot) -> bool:
    """A region's name that goes on to something else: ``the West End``, ``the Gulf of Ruritania``."""
    return spot.following[:1].isupper() or spot.following in {"of", "coast"}


def is_media(spot: Spot, gazetteer: Gazetteer) -> bool:
    """A newspaper or broadcaster: the place right before Times, Herald, Tribune …, as in ``the Trenby Herald``."""
    following = spot.following
    return following[:1].isupper() and following.rstrip(".,'’") in gazetteer.media


def is_label(spot: Spot) -> bool:
    """Only spelled like a place: ``Dublin Road``, the ticker ``<UK>``, ``US$ 3``, ``200 B.C.``."""
    text, previous, following = spot.text, spot.previous, spot.following
    if following:
        if following.rstrip(".,").lower() in words.STREETS:
            return True
    elif text[spot.end : spot.end + 1] in _SIGNS:
        return True
    if spot.start and text[spot.start - 1] == "<":
        return True
    return spot.name.pattern == "b c" and previous.isdigit()


def is_language(spot: Spot) -> bool:
    """A tongue, not a nation: ``said in French``, ``the Spanish language``, ``speaks English``."""
    following = spot.following.lower()
    if following.startswith("language") or following.startswith("speak"):
        return True
    if following[:1].isalpha() and following not in {"and", "or"}:
        return False
    if spot.previous in {"and", "or"}:
        return _SECOND_TONGUE.search(spot.text, max(0, spot.start - 30), spot.start) is not None
    return spot.previous.lower() in words.SPEECH


def is_breed(spot: Spot) -> bool:
    """An animal's breed, not a nation: ``a Ruritanian bulldog``."""
    return spot.following.rstrip(".,") in words.BREEDS


def is_dedication(spot: Spot) -> bool:
    """A saint that a church, school or hospital is named after, not the town of that name: ``St. Oswin's Hospital``,
    ``the church of St. Oswin``."""
    text, following = spot.text, spot.following
    if not spot.name.pattern.startswith(("st ", "saint ")):
        return False
    if spot.name.pattern.endswith(" s"):
        return following.rstrip(".,").lower() in words.BUILDINGS
    owned = _OWNED.match(text, spot.end)
    if owned:
        return owned[1].lower() in words.BUILDINGS
    return _DEDICATED.search(text, max(0, spot.start - 60), spot.start) is not None


def is_owner(spot: Spot) -> bool:
    """An apostrophe and an s follow: what it owns is named, so that a word before ("to Jordan's credit") speaks of
    that."""
    end = spot.end
    return spot.text[end : end + 1] in _APOSTROPHES and spot.text[end + 1 : end + 2] == "s"


def is_aside(spot: Spot) -> bool:
    """A nation as a mere attribute: ``Soviet-era``, ``Swiss-made``, ``Danish-born``; weak evidence of the country."""
    end = spot.end
    return spot.text[end : end + 1] in HYPHENS and _ASIDE.match(spot.text, end) is not None


def is_source(spot: Spot) -> bool:
    """Part of the name of who says it, set off by a comma: ``…, the US Weather Service said``. Weak evidence: the
    story is about what is said. A country that speaks for itself (``Ruritania said``), or by an office of state, is
    none."""
    following = spot.following
    if not following[:1].isupper() and following not in {"of", "for", "and"}:
        return False
    if following.lower() in words.OFFICES:
        return False
    return _SOURCE.match(spot.text, spot.end) is not None


def is_speaker(spot: Spot) -> bool:
    """Speaks right after or before: ``Lima said``, ``the Palace on Monday said``, ``selon Paris``, ``a déclaré
    Paris``; of a capital or an institution it says who told the story, not whom it is about."""
    before = spot.previous.lower()
    if before in words.ACCORDING or before in words.SAYING_BEFORE:
        return True
    if spot.following.rstrip(".?!").lower() not in _TO_SPEAK:
        return False
    return _SPEAKER.match(spot.text, spot.end) is not None


def is_currency(spot: Spot) -> bool:
    """Money: ``Swiss francs``, ``Canadian dlrs``; weak evidence of the country."""
    following = spot.following
    return following != "" and following.rstrip(".").lower() in words.CURRENCIES


def is_organisation(spot: Spot) -> bool:
    """The place inside a spelled-out organisation that its initials follow: ``the Front for a Free Chad (FFC)``.

    The initials of the capitalised words up to the bracket must spell the acronym, the place among them but not all
    of them: ``Papua New Guinea (PNG)`` is a place.
    """
    text = spot.text
    if text.find("(", spot.end, spot.end + 80) < 0:
        return False
    bracket = _ACRONYM.match(text[spot.end : spot.end + 80])
    if bracket is None:
        return False
    letters = [char for char in bracket[2] if char.isupper()]
    inside = _capitalised(text[spot.start : spot.end])
    following = _capitalised(bracket[1])
    if len(letters) <= len(inside) + len(following):
        return False
    preceding = _capitalised(text[max(0, spot.start - 120) : spot.start])
    named = [*preceding, *inside, *following][-len(letters) :]
    return [word[0] for word in named] == letters


def _capitalised(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word[0].isupper()]
