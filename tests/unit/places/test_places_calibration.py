"""What a country's score means, that it moves no tag, and that no tag is without evidence."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_support import Locate, clean_story, loaded

from streams import places
from streams.contracts.story import AgencyPlace
from streams.places import calibration
from tools.places import calibrate

WORDS = st.sampled_from(
    [
        "Peru",
        "Norwegian",
        "Lima",
        "Oslo",
        "Chad",
        "the Kremlin",
        "said",
        "on Monday,",
        "pumps",
        "The mayor",
        "in",
        "Texas",
    ]
)


@given(st.lists(st.floats(0.0, 1.0), max_size=8))
def test_scores_fall_along_the_order_and_say_the_same_together(ranking: list[float]) -> None:
    scores = calibration.along(ranking)
    assert len(scores) == len(ranking)
    assert all(a >= b - 1e-12 for a, b in pairwise(scores))
    assert sum(scores) == pytest.approx(sum(ranking))


def test_falling_scores_stay_as_they_are() -> None:
    assert calibration.along([0.9, 0.5, 0.2]) == [0.9, 0.5, 0.2]
    assert calibration.along([0.4, 0.8, 0.1]) == pytest.approx([0.6, 0.6, 0.1])


def test_more_points_and_a_greater_share_are_surer() -> None:
    assert calibration.probability(3.0, 0.5) > calibration.probability(1.0, 0.5) > 0.0
    assert 1.0 > calibration.probability(1.0, 0.9) > calibration.probability(1.0, 0.2)


def test_the_score_decides_neither_what_is_kept_nor_the_order(locate: Locate, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = "A Peruvian bank will open in Oslo.\n\nNorway and Chad agreed. Texas looked on. Peru, Peru."
    before = [(tag.code, tag.roles, tag.evidence) for tag in locate(copy, dateline="OSLO, May 3 (AFP) -").countries]
    monkeypatch.setattr(calibration, "PER_SHARE", -5.0)
    after = locate(copy, dateline="OSLO, May 3 (AFP) -").countries
    assert [(tag.code, tag.roles, tag.evidence) for tag in after] == before
    assert [tag.score for tag in after] == sorted((tag.score for tag in after), reverse=True)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS, max_size=14),
    st.lists(WORDS, max_size=6),
    st.sampled_from([None, "LIMA, May 3 (AFP) -", "GENEVA, May 3 (AFP) -"]),
    st.sampled_from([(), (AgencyPlace("Ghana", "GH", "about"),)]),
)
def test_no_tag_is_without_evidence(
    body: list[str], headline: list[str], dateline: str | None, agency: tuple[AgencyPlace, ...]
) -> None:
    story = clean_story(" ".join(body), " ".join(headline), dateline, agency=agency)
    located = places.locate(story, loaded())
    for tag in located.countries:
        assert tag.roles
        assert 0.0 < tag.score <= 1.0
        assert tag.evidence or set(tag.roles) & {"dateline", "agency"}, tag
        assert ("dateline" in tag.roles) == (tag.code == located.dateline_country)
        assert ("agency" in tag.roles) == (tag.code in {place.country for place in agency})
        for place in tag.evidence:
            text = story.headline if place.field == "headline" else story.body
            mention = next(
                m for m in located.mentions if (m.field, m.start, m.end) == (place.field, place.start, place.end)
            )
            assert (mention.country, mention.text) == (tag.code, text[place.start : place.end])


def test_the_fit_finds_the_curve_that_made_the_cases() -> None:
    chance = random.Random(3)
    curve = [-0.5, 1.5, 2.0]
    cases = []
    for number in range(4000):
        points, share = chance.uniform(0.3, 5.0), chance.uniform(0.1, 1.0)
        sure = 1.0 / (1.0 + math.exp(-(curve[0] + curve[1] * math.log(points) + curve[2] * share)))
        cases.append(calibrate.Case(number, points, share, chance.random() < sure))
    assert calibrate.fit(cases) == pytest.approx(curve, abs=0.35)
    wrong, _ = calibrate.error(calibrate.held_out(cases), [case.right for case in cases])
    assert wrong < 0.03


def test_the_calibration_error_is_the_gap_between_said_and_right() -> None:
    assert calibrate.error([0.95] * 10, [True] * 5 + [False] * 5)[0] == pytest.approx(0.45)
    assert calibrate.error([0.75] * 4, [True, True, True, False])[0] == pytest.approx(0.0)
    half = [True] * 5 + [False] * 5
    assert calibrate.error([0.95] * 10 + [0.05] * 10, half + half)[0] == pytest.approx(0.45)
