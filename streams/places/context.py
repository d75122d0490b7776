"""Tells, from the words around it, when a place name is a person's, a newspaper's, a language's or an organisation's.

It looks at the text next to one hit only and knows no story; what it rejects is never an answer by itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from streams.places import words
from streams.places.gazetteer import Gazetteer, Hit

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
    r"(?:[ \n][A-Z][\w.&'’-]{1,20}| of| for| and){1,5}[ \n](?:said|says|reported|announced|added|told|estimated)\b"
)

_SPEAKER = re.compile(
    r"(?:[ \n](?:on[ \n])?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|late|early|also|has|had)){0,2}"
    r"[ \n](?:said|says|reported|announced|added|told|confirmed|denied|declined)\b"
)
_SECOND_TONGUE = re.compile(r"\b(?:in|into|speaks?|spoke) [A-Z][a-z]+,? (?:and|or) $")
_OWNED = re.compile(r"['’]s[ \n](\w{1,20})")
_DEDICATED = re.compile(
    r"\b(?:" + "|".join(sorted(words.BUILDINGS)) + r")e?s? of (?:(?:St\.?|Saint) [A-Z]\w{1,15} and )?$", re.IGNORECASE
)
_APOSTROPHES = frozenset({"'", "’"})
_HYPHENS = frozenset({"-", "‑", "–"})
_SIGNS = frozenset({"$", "£", "€", "¥"})


class Around(NamedTuple):
    """A hit with the word right before and right after it (one space or line break between), else ``""``."""

    text: str
    hit: Hit
    previous: str
    following: str


def around(text: str, hit: Hit) -> Around:
    """The hit in its surroundings, read once for all the questions below."""
    start, end, _, _ = hit
    previous = following = ""
    if start and text[start - 1] in " \n":
        low = text.rfind(" ", start - REACH if start > REACH else 0, start - 1) + 1
        line = text.rfind("\n", low or max(0, start - REACH), start - 1) + 1
        word = text[line or low or max(0, start - REACH) : start - 1]
        if word and word[-1] not in _PAUSE:
            previous = word.lstrip(_OPENING) if word[0] in _OPENING else word
    if text[end : end + 1] in {" ", "\n"}:
        found = _AFTER.match(text, end, end + REACH)
        if found:
            following = found[1]
    return Around(text, hit, previous, following)


def is_person(spot: Around, gazetteer: Gazetteer, prose: bool) -> bool:
    """A person's name: ``Mr Chad``, ``Alma Jordan``, ``Jordan Ruddock``, ``T. London``.

    ``prose`` is False in a headline whose every word is capitalised: the word after a given name tells nothing there.
    """
    _, hit, previous, following = spot
    if not (previous[:1].isupper() or following[:1].isupper()) or " " in hit.name.pattern:
        return False
    word = previous.rstrip(".").lower()
    if word in words.HONORIFICS and previous[:1].isupper():
        return True
    if "s" in hit.name.flags or hit.meanings[0].kind == "c":
        if _INITIAL.match(previous) and previous not in {"A", "I"}:
            return True
        if previous[:1].isupper() and word in gazetteer.given:
            return True
    if "g" in hit.name.flags and prose and following[:1].isupper():
        if hit.meanings[0].kind in "Sc" and word not in words.LOCATIVE and names_someone(spot):
            return True
        surname = following.rstrip(".'’").removesuffix("’s").removesuffix("'s").lower()
        return bool(_INITIAL.match(following)) or (surname in gazetteer.surnames and surname not in words.NOT_SURNAMES)
    return False


def names_someone(spot: Around) -> bool:
    """A capitalised word follows that is no part of a place's name: ``Vladimir Rusk``, unlike ``Leeds Airport``."""
    following = spot.following
    return following[:1].isupper() and following.lower().rstrip(".'’") not in words.OF_A_PLACE


def goes_on(spot: Around) -> bool:
    """A region's name that goes on to something else: ``the West End``, ``the Gulf of Ruritania``."""
    return spot.following[:1].isupper() or spot.following in {"of", "coast"}


def is_media(spot: Around, gazetteer: Gazetteer) -> bool:
    """A newspaper or broadcaster: the place right before Times, Herald, Tribune …, as in ``the Trenby Herald``."""
    following = spot.following
    return following[:1].isupper() and following.rstrip(".,'’") in gazetteer.media


def is_label(spot: Around) -> bool:
    """Only spelled like a place: ``Dublin Road``, the ticker ``<UK>``, ``US$ 3``, ``200 B.C.``."""
    text, hit, previous, following = spot
    if following:
        if following.rstrip(".,").lower() in words.STREETS:
            return True
    elif text[hit.end : hit.end + 1] in _SIGNS:
        return True
    if hit.start and text[hit.start - 1] == "<":
        return True
    return hit.name.pattern == "b c" and previous.isdigit()


def is_language(spot: Around) -> bool:
    """A tongue, not a nation: ``said in French``, ``the Spanish language``, ``speaks English``."""
    following = spot.following.lower()
    if following.startswith("language") or following.startswith("speak"):
        return True
    if following[:1].isalpha() and following not in {"and", "or"}:
        return False
    if spot.previous in {"and", "or"}:
        return _SECOND_TONGUE.search(spot.text, max(0, spot.hit.start - 30), spot.hit.start) is not None
    return spot.previous.lower() in words.SPEECH


def is_breed(spot: Around) -> bool:
    """An animal's breed, not a nation: ``a Ruritanian bulldog``."""
    return spot.following.rstrip(".,") in words.BREEDS


def is_dedication(spot: Around) -> bool:
    """A saint that a church, school or hospital is named after, not the town of that name: ``St. Oswin's Hospital``,
    ``the church of St. Oswin``."""
    text, hit, _, following = spot
    if not hit.name.pattern.startswith(("st ", "saint ")):
        return False
    if hit.name.pattern.endswith(" s"):
        return following.rstrip(".,").lower() in words.BUILDINGS
    owned = _OWNED.match(text, hit.end)
    if owned:
        return owned[1].lower() in words.BUILDINGS
    return _DEDICATED.search(text, max(0, hit.start - 60), hit.start) is not None


def is_owner(spot: Around) -> bool:
    """An apostrophe and an s follow: what it owns is named, so that a word before ("to Jordan's credit") speaks of
    that."""
    end = spot.hit.end
    return spot.text[end : end + 1] in _APOSTROPHES and spot.text[end + 1 : end + 2] == "s"


def is_aside(spot: Around) -> bool:
    """A nation as a mere attribute: ``Soviet-era``, ``Swiss-made``, ``Danish-born``; weak evidence of the country."""
    end = spot.hit.end
    return spot.text[end : end + 1] in _HYPHENS and _ASIDE.match(spot.text, end) is not None


def is_source(spot: Around) -> bool:
    """Part of the name of who says it, set off by a comma: ``…, the US Weather Service said``. Weak evidence: the
    story is about what is said. A country that speaks for itself (``Ruritania said``) is none."""
    following = spot.following
    if not following[:1].isupper() and following not in {"of", "for", "and"}:
        return False
    return _SOURCE.match(spot.text, spot.hit.end) is not None


def is_speaker(spot: Around) -> bool:
    """Speaks right after: ``Lima said``, ``the Palace on Monday said``; of a capital or an institution it says who
    told the story, not whom it is about."""
    return _SPEAKER.match(spot.text, spot.hit.end) is not None


def is_currency(spot: Around) -> bool:
    """Money: ``Swiss francs``, ``Canadian dlrs``; weak evidence of the country."""
    following = spot.following
    return following != "" and following.rstrip(".").lower() in words.CURRENCIES


def is_organisation(spot: Around) -> bool:
    """The place inside a spelled-out organisation that its initials follow: ``the Front for a Free Chad (FFC)``.

    The initials of the capitalised words up to the bracket must spell the acronym, the place among them but not all
    of them: ``Papua New Guinea (PNG)`` is a place.
    """
    text, hit = spot.text, spot.hit
    if text.find("(", hit.end, hit.end + 80) < 0:
        return False
    bracket = _ACRONYM.match(text[hit.end : hit.end + 80])
    if bracket is None:
        return False
    letters = [char for char in bracket[2] if char.isupper()]
    inside = _capitalised(text[hit.start : hit.end])
    following = _capitalised(bracket[1])
    if len(letters) <= len(inside) + len(following):
        return False
    preceding = _capitalised(text[max(0, hit.start - 120) : hit.start])
    named = [*preceding, *inside, *following][-len(letters) :]
    return [word[0] for word in named] == letters


def _capitalised(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word[0].isupper()]
