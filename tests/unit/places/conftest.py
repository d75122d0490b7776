"""The gazetteer, loaded once, and the whole stage as one call."""

from __future__ import annotations

import pytest
from places_support import Locate, clean_story, loaded

from streams import places
from streams.contracts.story import Located


@pytest.fixture(scope="session")
def gazetteer() -> places.Gazetteer:
    return loaded()


@pytest.fixture
def locate(gazetteer: places.Gazetteer) -> Locate:
    def run(body: str, headline: str = "", dateline: str | None = None, **options: object) -> Located:
        return places.locate(clean_story(body, headline, dateline, **options), gazetteer)  # type: ignore[arg-type]

    return run
