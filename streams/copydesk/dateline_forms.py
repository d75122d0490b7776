"""The forms of a dateline, as patterns: place, day and agency in the order that each house sets them; accepts none."""

from __future__ import annotations

import re

from streams.copydesk.agencies import AGENCY
from streams.copydesk.placenames import PARTICLES
from streams.text.dates import DAY_PATTERN
from streams.text.daynames import WEEKDAY_PATTERN
from streams.text.words import alternatives

_PARTICLE = alternatives(PARTICLES)
_BIG = r"[^\W\d_a-zß-öø-ÿ][\w'.-]{0,24}"
_WORD = rf"(?:a[drstnz]-|e[lrz]-|al-|ash-|l'|d'|s-)?{_BIG}(?:/{_BIG})?"
_NAME = rf"{_WORD}(?:[ ]{{1,3}}(?:(?:{_PARTICLE})[ ]){{0,2}}{_WORD}){{0,4}}"
# Places whose name goes on in small letters: ``Nations unies (Etats-Unis)``, ``A bord du Jeanne Barret``
_SEA_OR_SEAT = (
    rf"Nations[ ]unies|(?:[ÀA][ ]bord[ ](?:du|de[ ]la|de[ ]l'|de)|An[ ]Bord[ ]de[rs]|A[ ]bordo[ ]del?(?:[ ]la)?|"
    rf"Aboard[ ](?:the|a|an))[ ]?{_NAME}"
)
# The country, in small letters too: ``Gaza (Territoires palestiniens)``
_IN = rf"{_NAME}(?:[ ][^\W\d_][\w'-]{{2,24}}){{0,2}}"
_PLACE = (
    rf"(?P<place>\**(?:{_SEA_OR_SEAT}|{_NAME})(?:[ ]city|[ ]a\.[ ]?[MRSON]\.)?(?:[ ]\({_IN}\))?(?:[ ]\[{_NAME}\])?"
    rf"(?:,[ ]{{0,2}}(?:the[ ])?{_NAME}){{0,3}})"
)
# Possessive, where a space or bracket must follow: a word is tried whole or not at all, which costs half the time.
_PLACE_WHOLE = _PLACE.replace(_BIG, _BIG + "+")
_ARABIC_PLACE = r"(?P<place>[\u0600-\u06ff]{2,20}(?: [\u0600-\u06ff()]{2,20}){0,3})"
_WHEN = (
    rf"(?:(?:(?:{WEEKDAY_PATTERN}),? )?(?:le )?(?:(?P<dmy>[0-3]?\d\.[01]?\d\.\d\d)(?!\d)|(?P<day>{DAY_PATTERN}))|"
    r"(?P<short>[0-3]?\d/[01]?\d))"
)
_JUNK = r"[\s,.;|-]{0,4}"
# ``Port Sarnia March 3, 2026 - 11:15 am GMT+3`` with nothing after it, as sites set it on a line of its own
_CLOCK_LEFT = r"(?:\s\d{1,2}[:.]\d\d(?: ?(?i:[ap]\.?m\.?))?(?: [A-Z]{3,4}(?:[+-]\d{1,2})?)?$)?"
_DASH = r"(?:\.?\s{0,2}[-–—−•_=]{1,3}|:|\.)"
_WIRE = (
    rf"\((?P<wire>(?:{AGENCY}|[A-Za-z]{{2,12}}(?:\.(?:com|org|net))?(?:[ /-][A-Za-z]{{2,12}}){{0,2}})"
    rf"(?:[/, ]{{1,2}}(?:{AGENCY})){{0,2}})\)"
)

# The commonest forms of all, ``PARIS, March 3, 2026 (AFP) - `` and ``PARIS, March 3 - ``, in plain letters. The forms
# behind them say the same at four to eight times the cost.
_PLAIN_NAME = r"[A-Z][A-Za-z]{0,23}(?: [A-Z][A-Za-z]{0,23}){0,3}"
_PLAIN_DAY = (
    r"(?P<m1>Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.? (?P<d1>[0-3]?\d)(?:, (?P<y1>(?:19|20)\d\d))?"
)
_PLAIN = (
    rf"(?P<place>{_PLAIN_NAME}(?:, {_PLAIN_NAME})?)(?:, (?P<day>{_PLAIN_DAY}))? \((?P<wire>[A-Za-z]{{2,12}})\)"
    r" -{1,2}(?=[ ])"
)
_PLAIN_DAYED = (
    rf"(?P<place>{_PLAIN_NAME}(?:, {_PLAIN_NAME})?), (?P<day>{_PLAIN_DAY}) -{{1,2}}(?=[ ])(?![\s,.;-]{{0,4}}\()"
)

FORMS: tuple[tuple[str, frozenset[str], re.Pattern[str] | None, re.Pattern[str]], ...] = tuple(
    (name, frozenset(signs), re.compile(sign) if sign else None, re.compile(pattern))
    for name, signs, sign, pattern in (
        ("dateline.agency", "(", None, _PLAIN),
        ("dateline.day", "-", None, _PLAIN_DAYED),
        ("dateline.day-last", "(", r"\)[, ]{0,2}[^\W\d_]{3,9}\.? \d", (
            rf"{_PLACE_WHOLE}\s?\((?P<wire>(?i:{AGENCY}))\),?\s(?i:{_WHEN})(?:\s?[-–—]{{1,2}}(?=\s)|$|(?=\s[A-ZÀ-Þ\"]))"
        )),
        ("dateline.agency", "(", None, (
            rf"(?:{_PLACE_WHOLE}|"
            rf"{_ARABIC_PLACE.replace('place', 'place_ar')}){_JUNK}(?i:{_WHEN})?{_JUNK}(?i:{_WIRE})\s{{0,3}}(?:"
            rf"{_DASH}|(?=\s)|$)"
        )),
        ("dateline.agency", "(", r", [0-3]?\d \(", (
            rf"(?P<place>{_NAME}), (?P<bare>[0-3]?\d) \((?P<wire>(?i:{AGENCY}))\)\s{{0,2}}(?:{_DASH}|(?=\s)|$)"
        )),
        ("dateline.agency", "-", r"^[\u0600-\u06ff].{1,60} - \d", (
            rf"{_ARABIC_PLACE.replace('place', 'place_ar')} - [0-3]?\d - [01]?\d \((?P<wire>{AGENCY})\)\s?[-–—]{{1,2}}"
        )),
        ("dateline.day-agency", "-–—", r"\d [^\W\d_]{3,9}\.? ?[-–—] ?[^\W\d_]", (
            rf"{_PLACE_WHOLE}{_JUNK}(?i:{_WHEN})\s?[-–—]\s?(?P<wire>(?i:{AGENCY}))\.(?=\s)"
        )),
        ("dateline.day", "-–—•", r"\d.{0,24}?[-–—•]", (
            rf"{_PLACE_WHOLE}{_JUNK}(?i:{_WHEN})[,.]?(?:\s{{0,2}}(?:,\s)?\(?(?P<wire>(?i:{AGENCY}))\)?)?\s{{0,3}}[-–—•]{{1,3}}"
            rf"{_CLOCK_LEFT}"
        )),
        ("dateline.agency-first", "(", r"^\(", (
            rf"\((?P<wire>(?i:{AGENCY}))\)\s?[-–—]?\s?{_PLACE}{_JUNK}(?i:{_WHEN})?\s?[-–—]"
        )),
        ("dateline.no-place", "(", None, (
            rf"(?i:{_WHEN})?{_JUNK}\((?P<wire>(?i:{AGENCY}))\)\s{{0,2}}(?:[-–—]{{1,2}}(?=\s)|(?=[A-ZÀ-Þ0-9\"«']))"
        )),
        ("dateline.brackets", "(", r"^\(.{4,60}\)", (
            rf"\({_PLACE}\s?[-–—,]\s?(?i:{_WHEN})\)(?:\s?[-–—:]{{1,2}}(?=\s))?"
        )),
        ("dateline.stroke", "/", r"/[A-Za-z\u0400-\u04ff-]{2,30}/", (
            rf"{_PLACE}{_JUNK}(?i:{_WHEN})?{_JUNK}/(?P<wire>(?i:{AGENCY}))/\.?(?:\s{{0,2}}[-–—]{{1,2}})?"
        )),
        ("dateline.stroke", "/", r"/ ?[\u0600-\u06ff]", (
            rf"{_ARABIC_PLACE.replace('place', 'place_ar').replace('{0,3}', '{0,3}?')}(?: في)?{_JUNK}"
            rf"(?i:{_WHEN})?{_JUNK}/ ?(?P<wire>{AGENCY}) ?/(?:\s{{0,2}}[-–—:]{{1,2}})?"
        )),
        ("dateline.bars", "|", r"\|.{2,40}\|", (
            rf"{_PLACE_WHOLE}\s?\|\s?(?P<wire>(?i:{AGENCY}))\s?\|[^\n]{{0,80}}$"
        )),
        ("dateline.bar", "|", None, (
            rf"{_PLACE_WHOLE}\s?\|\s?(?P<wire>(?-i:[A-ZÀ-Þ]{{2,10}}))(?:\s[-–—])?(?=\s[A-ZÀ-Þ\"])"
        )),
        ("dateline.capitals", "-–—•", None, (
            r"(?P<place>\**(?:St\.? )?[^\W\d_a-zß-öø-ÿ]{2}(?:[^\W\d_a-zß-öø-ÿ]|[ .'/-]){0,38}"
            r"(?:,[ ](?:[^\W\d_a-zß-öø-ÿ][\w.'-]{0,20}[ ]?){1,3}){0,2})\s{0,2}(?:[•–—]|-{1,2}(?=\s))"
        )),
    )
)  # fmt: skip
"""Rule, characters of which the opening must hold one, a sign to look for in it then, and the form itself."""
SIGNS = "(/|-–—•"
"""A paragraph whose opening holds none of these opens with none of the forms."""
_COLON = re.compile(rf"(?P<place>{_NAME}(?:,[ ]{_NAME})?):(?=\s[\"'“]?[A-ZÀ-Þ0-9]|$)")
# ``Tyre, Freedonia - The port``: with the country a plain hyphen will do
_HYPHEN = re.compile(rf"(?P<place>{_NAME},[ ]{_NAME})[ ]-(?=[ ][\"'“]?[A-ZÀ-Þ])")
_STOP_COUNTRY = re.compile(rf"(?P<place>{_NAME},[ ]{_NAME})\.(?=\s[\"'“«]?[A-ZÀ-Þ]|$)")
_STOP = re.compile(rf"(?P<place>{_NAME}(?:/{_NAME})?)\.(?=\s[\"'„“»]?[A-ZÄÖÜ])")
_LONG_DASH = re.compile(rf"(?P<place>{_NAME}(?:,[ ]{_NAME}){{0,2}})(?:\s?\.\s?[-–—]{{1,2}}|\s[•–—])(?=\s)")
_BRACKETED = re.compile(rf"\((?P<place>{_NAME}(?:, {_NAME})?)\)(?=\s[\"'“«]?[A-ZÀ-Þ])")
# One word of place: with two, ``AFP, Jane Roe`` says who wrote
CREDITED = re.compile(
    rf"(?P<wire>(?i:{AGENCY})),[ ](?P<place>{_WORD})|(?P<place_en>{_WORD}) [-–] (?P<wire_en>(?i:{AGENCY}))|"
    rf"(?:(?P<place_ar>[\u0600-\u06ff]{{3,20}}(?: [\u0600-\u06ff]{{3,20}})?)) ?[-–،,] ?(?P<wire_ar>{AGENCY})"
)
SITE_FORMS = (
    ("dateline.bracketed", _BRACKETED),
    ("dateline.dash", _LONG_DASH),
    ("dateline.dash", _HYPHEN),
    ("dateline.colon", _COLON),
    ("dateline.stop-country", _STOP_COUNTRY),
    ("dateline.stop", _STOP),
)
