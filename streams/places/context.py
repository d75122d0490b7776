"""Tells, from the words around it, when a place name is a person's, a newspaper's, a language's or an organisation's.

It looks at the text next to one hit only and knows no story; what it rejects is never an answer by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from streams.places import around, words
from streams.places.expressions import FieldName, Spot
from streams.places.gazetteer import Gazetteer, Hit

REACH = 26
"""Code points looked at on either side; no word that matters is longer."""
_MARGIN = " " * REACH
_NOTHING_BEFORE, _NOTHING_AFTER = around.BEFORE[""], around.AFTER[""]
_ACRONYM = re.compile(r"((?:[ \n](?:and|of|for|the|in|[A-Z]\w{1,20})){0,5})[ \n]\(([A-Z][A-Za-z]{1,9})\)")
_WORD = re.compile(r"\w[\w'’-]*")

_ASIDE = re.compile(r"[-‑–](?:era|made|born|built|style|trained|registered|designed|flagged|inspired)\b")
_SOURCE = re.compile(
    r"(?:[ \n][A-Z][\w.&'’-]{1,20}+| (?:of|for|and|de|du|des|del|da|do|der)(?=[ \n])){1,5}+"
    r"[ \n](?:(?:a|ha) )?(?:said|says|reported|announced|added|told|estimated"
    r"|déclaré|indiqué|annoncé|précisé|estimé|dijo|informó|anunció|indicó|estimó|disse|informou|anunciou|indicou|estimou"
    r"|sagte|teilte|berichtete|erklärte|schätzte)\b"
)

_SPEAKER = re.compile(
    rf"(?:[ \n](?:{'|'.join(sorted(words.SAYING_BETWEEN))})(?!\w)){{0,3}}[ \n](?:{'|'.join(sorted(words.SAYING))})\b",
    re.IGNORECASE,
)
_SECOND_TONGUE = re.compile(r"\b(?:in|into|speaks?|spoke) [A-Z][a-z]+,? (?:and|or) $")
_OWNED = re.compile(r"['’]s[ \n](\w{1,20})")
_DEDICATED = re.compile(
    r"\b(?:" + "|".join(sorted(words.BUILDINGS)) + r")e?s? of (?:(?:St\.?|Saint) [A-Z]\w{1,15} and )?$", re.IGNORECASE
)
_AGE = r", (?:de )?\d{1,2}(?: ans| años| anos)?[,.;]"
_AGED = re.compile(_AGE)
_SURNAME_AGED = re.compile(rf"[ \n][A-Z][\w'’-]+{_AGE}")
_APOSTROPHES = frozenset({"'", "’"})
HYPHENS = frozenset({"-", "‑", "–"})
_SIGNS = frozenset({"$", "£", "€", "¥"})
_JOINED = HYPHENS | {"<"}
_MARKS = HYPHENS | _SIGNS | {"<"}


def spotted(field: FieldName, text: str, hits: Iterable[Hit]) -> list[Spot]:
    """The hits in their surroundings, read once for all the questions below."""
    # Opened with spaces, so that there is something before every name; all places in it are REACH further on.
    flat = _MARGIN + text.replace("\n", " ") + _MARGIN
    what_before, what_after = around.BEFORE, around.AFTER
    spots = []
    for start, end, reading in hits:
        odd, left, sign = reading.era, flat[start + REACH - 1], flat[end + REACH]
        if left == " ":
            before = what_before[flat[start : start + REACH - 1].rpartition(" ")[2]]
        else:
            before, odd = _NOTHING_BEFORE, odd or left in _JOINED
        if sign == " ":
            after = what_after[flat[end + REACH + 1 : end + 2 * REACH - 1].partition(" ")[0]]
            plain = after.plain if after.text else before.plain
        else:
            after = _NOTHING_AFTER
            plain = before.plain and sign not in _MARKS
        spots.append(Spot(field, text, start, end, reading, before, after, sign, plain and not odd))
    return spots


def is_person(spot: Spot, gazetteer: Gazetteer, prose: bool) -> bool:
    """A person's name: ``Mr Chad``, ``Alma Jordan``, ``Jordan Ruddock``, ``T. London``; also one that no census knows,
    by the age that agency copy puts after a name: ``Cemile Jordan, 41,``, ``Jordan Oyelaran, 33,``.

    ``prose`` is False in a headline whose every word is capitalised: the word after a given name tells nothing there.
    """
    reading, before, after = spot.reading, spot.before, spot.after
    if not (before.capital or after.capital) or not reading.alone:
        return False
    if before.title:
        return True
    flags = reading.name.flags
    surname = "s" in flags or reading.kind == "c" or reading.placed
    if surname and (before.initial or (before.capital and before.given in gazetteer.given)):
        return True
    if "g" in flags and prose and after.capital:
        if reading.kind in "Sc" and before.word not in words.LOCATIVE and after.someone:
            return True
        if after.initial or (after.family in gazetteer.surnames and after.family not in words.NOT_SURNAMES):
            return True
    return (spot.sign == "," or "g" in flags) and _is_aged(spot)


def _is_aged(spot: Spot) -> bool:
    """A given name before or after, and an age after both: ``Cemile Jordan, 41,``, ``Jordan Oyelaran, 33,``."""
    if spot.sign == ",":
        before = spot.before
        return (
            before.capital
            and not before.locative
            and spot.reading.kind != "D"
            and _AGED.match(spot.copy, spot.end) is not None
        )
    given = "g" in spot.reading.name.flags and spot.after.someone
    return given and _SURNAME_AGED.match(spot.copy, spot.end) is not None


def names_someone(spot: Spot) -> bool:
    """A capitalised word follows that is no part of a place's name: ``Vladimir Rusk``, unlike ``Leeds Airport``."""
    return spot.after.someone


def goes_on(spot: Spot) -> bool:
    """A region's name that goes on to something else: ``the West End``, ``the Gulf of Ruritania``."""
    return spot.after.capital or spot.after.text in {"of", "coast"}


def is_media(spot: Spot, gazetteer: Gazetteer) -> bool:
    """A newspaper or broadcaster: the place right before Times, Herald, Tribune …, as in ``the Trenby Herald``."""
    return spot.after.capital and spot.after.bare in gazetteer.media


def is_label(spot: Spot) -> bool:
    """Only spelled like a place: ``Dublin Road``, the ticker ``<UK>``, ``US$ 3``, ``200 B.C.``."""
    text = spot.copy
    if spot.after.text:
        if spot.after.street:
            return True
    elif text[spot.end : spot.end + 1] in _SIGNS:
        return True
    if spot.start and text[spot.start - 1] == "<":
        return True
    return spot.reading.era and spot.before.text.isdigit()


def is_language(spot: Spot) -> bool:
    """A tongue, not a nation: ``said in French``, ``the Spanish language``, ``speaks English``."""
    following = spot.after.text.lower()
    if following.startswith("language") or following.startswith("speak"):
        return True
    if following[:1].isalpha() and following not in {"and", "or"}:
        return False
    if spot.before.text in {"and", "or"}:
        return _SECOND_TONGUE.search(spot.copy, max(0, spot.start - 30), spot.start) is not None
    return spot.before.text.lower() in words.SPEECH


def is_breed(spot: Spot) -> bool:
    """An animal's breed, not a nation: ``a Ruritanian bulldog``."""
    return spot.after.breed


def is_dedication(spot: Spot) -> bool:
    """A saint that a church, school or hospital is named after, not the town of that name: ``St. Oswin's Hospital``,
    ``the church of St. Oswin``."""
    text, following = spot.copy, spot.after.text
    if not spot.reading.pattern.startswith(("st ", "saint ")):
        return False
    if spot.reading.pattern.endswith(" s"):
        return following.rstrip(".,").lower() in words.BUILDINGS
    owned = _OWNED.match(text, spot.end)
    if owned:
        return owned[1].lower() in words.BUILDINGS
    return _DEDICATED.search(text, max(0, spot.start - 60), spot.start) is not None


def is_owner(spot: Spot) -> bool:
    """An apostrophe and an s follow: what it owns is named, so that a word before ("to Jordan's credit") speaks of
    that."""
    end = spot.end
    return spot.copy[end : end + 1] in _APOSTROPHES and spot.copy[end + 1 : end + 2] == "s"


def is_aside(spot: Spot) -> bool:
    """A nation as a mere attribute: ``Soviet-era``, ``Swiss-made``, ``Danish-born``; weak evidence of the country."""
    end = spot.end
    return spot.copy[end : end + 1] in HYPHENS and _ASIDE.match(spot.copy, end) is not None


def is_stance(spot: Spot) -> bool:
    """What somebody is for or against: ``pro-Ruritanian party``. Weak evidence: the party is another country's."""
    return spot.copy[spot.start - 1 : spot.start] in HYPHENS and spot.copy[
        max(0, spot.start - 5) : spot.start - 1
    ].lower().endswith(("pro", "anti"))


def is_source(spot: Spot) -> bool:
    """Part of the name of who says it, set off by a comma: ``…, the US Weather Service said``. Weak evidence: the
    story is about what is said. A country that speaks for itself (``Ruritania said``), or by an office of state, is
    none."""
    return spot.after.office and _SOURCE.match(spot.copy, spot.end) is not None


def is_speaker(spot: Spot) -> bool:
    """Speaks right after or before: ``Lima said``, ``the Palace on Monday said``, ``selon Paris``, ``a déclaré
    Paris``; of a capital or an institution it says who told the story, not whom it is about."""
    return spot.before.source or (spot.after.says and _SPEAKER.match(spot.copy, spot.end) is not None)


def is_currency(spot: Spot) -> bool:
    """Money: ``Swiss francs``, ``Canadian dlrs``; weak evidence of the country."""
    return spot.after.money


def is_organisation(spot: Spot) -> bool:
    """The place inside a spelled-out organisation that its initials follow: ``the Front for a Free Chad (FFC)``.

    The initials of the capitalised words up to the bracket must spell the acronym, the place among them but not all
    of them: ``Papua New Guinea (PNG)`` is a place.
    """
    text = spot.copy
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
