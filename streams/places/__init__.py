"""Clean story → mentions → countries → regions → desks; it tags no country without evidence in the story.

=============  ==================================================================================
folding        text in the form that names are matched in, offset for offset
spellings      every spelling of every name, found in one pass
names          what a name may mean, and how one language reads it
gazetteer      the compiled names, loaded once
words          closed lists of the words that stand around place names
around         what the word before or after a name tells
expressions    a place expression as it is found and as it is settled
context        persons, papers, tongues and organisations that only hold a place name
firms          place names that are only a firm's
candidates     the place expressions of a story, each with all it may mean
adjacency      towns settled by the state or country right after them
votes          what the names of a story say for each other
resolve        which of its meanings each name has in this story
locality       the state or country that a local story leaves unsaid
datelines      the dateline's country
subject        the country that headline or lead open with
calibration    how likely a tag is right: what a score means
aboutness      the countries the story is about: score, roles, evidence
regions        UN M49 regions and the regions that copy names
desks          ``desks.toml``: who gets what, and why; imported by name, not from here
retagging      an enriched record tagged anew; imported by name, not from here
=============  ==================================================================================

Countries are ISO 3166-1 alpha-2 codes, and XK for Kosovo: ISO assigns it none, and XK is the code that ISO leaves to
users and that CLDR, GeoNames and the European Commission use for it.

The names are built by ``python -m tools.gazetteer`` from GeoNames, CLDR, ISO 3166 and the tables beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streams.contracts.story import CleanStory, CountryTag, Located, Mention
from streams.places import aboutness, datelines, regions, resolve
from streams.places.expressions import Found
from streams.places.folding import key
from streams.places.gazetteer import Gazetteer, load

READ_AS = ": read as "
"""Part of every note on a state that is no more: ``USSR: read as Russia, one of its successors``."""

__all__ = ["READ_AS", "Gazetteer", "load", "locate", "weigh"]


def locate(story: CleanStory, gazetteer: Gazetteer) -> Located:
    """What the places stage says of ``story``: mentions, countries ranked best first, regions, the dateline's country.

    Offsets are code points into ``story.headline`` and ``story.body``. Copy whose language is unknown is read as
    English, since that is what the names of most cities are spelled in.
    """
    found, headline, home, seat = _read(story, gazetteer)
    countries = aboutness.rank(found, headline, story.body, home, seat, story.raw.places)
    mentions = tuple([Mention(f.field, f.start, f.end, f.text, f.kind, f.country) for f in found])
    former = [item for item in found if item.former]
    notes = tuple(_successions(countries, found, gazetteer)) if former else ()
    return Located(mentions, countries, regions.regions(countries, found, gazetteer), home, notes)


def weigh(story: CleanStory, gazetteer: Gazetteer) -> dict[str, aboutness.Tally]:
    """What speaks for each country that ``story`` names, kept or not: what scores are fitted to."""
    found, headline, home, seat = _read(story, gazetteer)
    return aboutness.weigh(found, headline, story.body, home, seat, story.raw.places)


def _read(story: CleanStory, gazetteer: Gazetteer) -> tuple[list[Found], str, str | None, bool]:
    """The story's place expressions, the headline that counts, the dateline's country, and is that place a seat?"""
    language = (story.language or "en").split("-")[0].lower()
    home = datelines.dateline_country(story.dateline, story.located, story.raw.places, gazetteer)
    # A derived headline repeats the body: it must not count as a second voice.
    headline = story.headline if story.headline_role == "main" else ""
    place, seat = datelines.place_and_seat(story.dateline)
    filed = (place, home) if place is not None and home else None
    found = resolve.resolve(headline, story.body, language, gazetteer, filed, _year(story))
    return found, headline, home, seat


def _successions(countries: tuple[CountryTag, ...], found: Sequence[Found], gazetteer: Gazetteer) -> Iterator[str]:
    """A note for each country that is tagged mainly for a state that is no more: ``USSR: read as Russia, …``."""
    for tag in countries:
        named = [f for f in found if f.country == tag.code]
        old = [f for f in named if f.former]
        if old and 2 * len(old) >= len(named):
            first = min(old, key=lambda f: f.kind != "country")
            yield f"{first.text}{READ_AS}{gazetteer.former[key(first.text)][1]}"


def _year(story: CleanStory) -> int | None:
    """The year of the story, from dateline or creation; None when neither is known."""
    written = story.reference_date or (story.dateline.date if story.dateline else None)
    moment = written or story.raw.version_created or story.raw.first_created
    return moment.year if moment else None
