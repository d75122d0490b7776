"""The words around a name are read right at every edge of the copy; what is remembered or skipped changes no answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_support import Locate, loaded

from streams.places import around, candidates, context
from streams.places.expressions import Spot
from streams.places.locality import Locality
from streams.places.names import Meaning
from streams.places.resolve import _likeliest, _likelihood

LONG = "Donaudampfschifffahrtsgesellschaftskapitän"
WORDS = st.lists(
    st.sampled_from(["Peru", "in", "U.S.", LONG, "Bank", "(", "<", "’s", ",", "$", "-", ".", "said", "Mr", "New York"]),
    min_size=1,
    max_size=8,
)


def one(copy: str) -> Spot:
    (spot,) = context.spotted("body", copy, loaded().find(copy, "en"))
    return spot


@settings(max_examples=200, deadline=None)
@given(WORDS, st.sampled_from([" ", "", "\n", "  "]))
def test_the_words_around_are_those_next_to_the_name(parts: list[str], between: str) -> None:
    copy = between.join(parts)
    for spot in context.spotted("body", copy, loaded().find(copy, "en")):
        left, right = copy[: spot.start].replace("\n", " "), copy[spot.end :].replace("\n", " ")
        word = left[:-1].split(" ")[-1][-context.REACH + 1 :] if left.endswith(" ") else ""
        assert spot.before.text == around.before(word).text
        word = right[1:].split(" ")[0][: context.REACH - 2] if right.startswith(" ") else ""
        assert spot.after.text == around.after(word).text
        assert spot.sign == (right[:1] or " ")


def test_a_name_alone_has_nothing_around_it() -> None:
    spot = one("Peru")
    assert (spot.before.text, spot.after.text, spot.sign, spot.plain) == ("", "", " ", True)


def test_a_word_longer_than_any_that_matters_is_cut_on_either_side() -> None:
    spot = one(f"{LONG} Peru {LONG}")
    assert spot.before.text == LONG[-context.REACH + 1 :]
    assert spot.after.text == LONG[: context.REACH - 2]


@pytest.mark.parametrize("copy", ["<Peru rose", "$ <Peru>", "Peru-built", "US$ 3"])
def test_a_sign_that_touches_a_name_tells_something(copy: str) -> None:
    assert not one(copy).plain


def test_words_are_remembered_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(around, "REMEMBERED", 3)
    seen: list[str] = []
    words = around._Remembered(lambda raw: seen.append(raw) or around.before(raw))
    for raw in ("in", "at", "in", "of", "to", "in"):
        assert words[raw].text == raw
        assert len(words) <= 3
    assert seen == ["in", "at", "of", "to", "in"]


COUNTRIES = ["US", "GB", "CA", "AU", "FR", "ES", "MX", "DE"]
TOWNS = ["Paris", "London", "Birmingham", "Córdoba", "San Jose", "Troy", "Athens", "Springfield", "Richmond"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(TOWNS), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(COUNTRIES), st.floats(0.2, 4.0), max_size=4),
    st.sampled_from([None, *COUNTRIES]),
    st.booleans(),
)
def test_the_likeliest_town_is_the_one_of_most_likelihood(
    towns: list[str], votes: dict[str, float], home: str | None, american: bool
) -> None:
    copy = ", ".join(towns) + (". The sheriff told the school board of the township." if american else "")
    spots = context.spotted("body", copy, loaded().find(copy, "en"))
    votes = {**votes, home: votes.get(home, 0.0) + 0.5} if home else votes
    locality, plain = Locality(spots, home), Locality(spots, home)

    def likelihood(spot: Spot, meaning: Meaning) -> float:
        return _likelihood(spot.reading, meaning, votes, {}, set(), plain)

    for spot in spots:
        best = _likeliest(spot.reading, votes, {}, set(), locality)
        assert best is max(spot.reading.meanings, key=lambda meaning, spot=spot: likelihood(spot, meaning))


def test_a_state_that_ended_weighs_less_in_later_copy_even_where_the_words_say_nothing() -> None:
    copy = "They went to USSR."
    assert one(copy).plain
    weights = [candidates.candidates("", copy, "en", loaded(), year)[0].voice for year in (1987, 2020)]
    assert weights == [1.0, candidates.ATTRIBUTE]


def test_a_saint_is_asked_after_even_where_the_words_say_nothing(locate: Locate) -> None:
    copy = "They prayed in the cathedral of St. Louis."
    assert one(copy).plain
    assert locate(copy).mentions == ()
    assert [mention.text for mention in locate("They prayed near St. Louis.").mentions] == ["St. Louis"]


def test_the_regions_of_a_country_are_put_together_once() -> None:
    gazetteer = loaded()
    assert gazetteer.regions("PE") is gazetteer.regions("PE")
    assert [region.code for region in gazetteer.regions("PE")] == ["005", "419", "019"]
    assert gazetteer.regions("??") == ()
