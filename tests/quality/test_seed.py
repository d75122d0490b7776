"""The first story the project was shown: one agency's copy as a paper republished it, read from beside the checkout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from streams.contracts.story import CleanStory, Origin, RawMessage
from streams.copydesk import clean
from streams.formats import read

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "000_6d0a58db964f4c72.txt"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.exists(), reason="the seed story is not beside the checkout"),
]


@pytest.fixture(scope="module")
def story() -> CleanStory:
    (raw,) = read(RawMessage(SEED.read_bytes(), Origin(str(SEED))), 100_000)
    return clean(raw, None)


def test_headline_is_the_first_line(story: CleanStory) -> None:
    assert story.headline == story.raw.copy.splitlines()[0]
    assert story.headline_role == "main"


def test_body_is_the_agencys_alone(story: CleanStory) -> None:
    assert story.body.startswith("Syria's embattled President")
    assert story.body.endswith("US-led coalition bombing Syria.")
    assert len(story.body.split("\n\n")) == 12


@pytest.mark.parametrize(
    "gone", ["PHOTO:", "AGENCE FRANCE-PRESSE", "Telegram", "print edition", "Subscribe", "(right)"]
)
def test_what_the_paper_added_is_on_the_receipt(story: CleanStory, gone: str) -> None:
    assert gone not in story.body
    assert any(gone in cut.text for cut in story.cuts)
    assert all(cut.text == story.raw.copy[cut.start : cut.end] for cut in story.cuts)


def test_caption_is_kept_once_without_its_credit(story: CleanStory) -> None:
    (caption,) = story.captions
    assert "PHOTO" not in caption
    assert caption not in story.body


def test_dateline_and_sources(story: CleanStory) -> None:
    assert story.dateline is not None
    assert story.dateline.city == "Moscow"
    assert {(s.name, s.role) for s in story.info_sources} == {("AFP", "agency"), ("The Straits Times", "distributor")}


def test_days_are_counted_from_the_print_edition(story: CleanStory) -> None:
    said = {(d.field, d.text, d.date) for d in story.dates}
    assert ("raw", "October 22, 2015", date(2015, 10, 22)) in said
    assert ("body", "on Tuesday", date(2015, 10, 20)) in said
    assert ("body", "yesterday", date(2015, 10, 21)) in said
    assert ("body", "Sept 30", date(2015, 9, 30)) in said
