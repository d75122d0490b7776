"""Fixtures of the identity tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from identity_support import DAM, DAM_BODY, Desk, make

from streams.contracts.story import NormalisedStory


@pytest.fixture
def story() -> Callable[..., NormalisedStory]:
    """Builds a normalised story; ``minutes`` after 08:00 UTC on 12 May 2031, None for a time unknown."""
    return make


@pytest.fixture
def desk() -> Desk:
    """A fresh state over a fresh store."""
    return Desk()


@pytest.fixture
def new_desk() -> type[Desk]:
    """The class, for tests that need more than one or other settings."""
    return Desk


@pytest.fixture
def dam(story: Callable[..., NormalisedStory]) -> Callable[..., NormalisedStory]:
    """One story in versions: ``dam()`` the first, keywords change it."""

    def build(headline: str = DAM, body: str = DAM_BODY, **given: Any) -> NormalisedStory:
        settings: dict[str, Any] = {"slug": "Freedonia-accident-dam", "city": "Orlova"} | given
        return story(headline, body, **settings)

    return build
