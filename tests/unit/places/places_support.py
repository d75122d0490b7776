"""A clean story made from only what the places stage looks at; shared by the tests beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from streams import places
from streams.contracts.story import AgencyPlace, CleanStory, Dateline, Located, RawStory, Signals

Locate = Callable[..., Located]


@cache
def loaded() -> places.Gazetteer:
    """The packaged gazetteer, loaded once for the run."""
    return places.load()


def clean_story(
    body: str,
    headline: str = "",
    dateline: str | None = None,
    language: str | None = "en",
    year: int | None = None,
    agency: tuple[AgencyPlace, ...] = (),
) -> CleanStory:
    """A clean story with only what the places stage looks at; ``dateline`` as printed."""
    place = dateline.split(" (")[0].split(" -")[0] if dateline else None
    day = date(year, 3, 3) if year else None
    return CleanStory(
        raw=RawStory(index=0, format="text", parser="test", copy=f"{headline}\n{body}", places=agency),
        headline=headline,
        headline_role="main",
        body=body,
        kind="story",
        language=language,
        slugline=None,
        by=None,
        dateline=Dateline(dateline, place.split(",")[0], None, day) if dateline and place else None,
        located=None,
        ed_note=None,
        urgency=None,
        pub_status="usable",
        embargoed_until=None,
        captions=(),
        info_sources=(),
        signals=Signals(),
        dates=(),
        reference_date=day,
        cuts=(),
        warnings=(),
    )
