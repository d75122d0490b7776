"""The text index: sketches found by their bands, numbers filed under keys, nothing kept of what was let go."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.identity.bands import Bands
from streams.identity.index import Marks, TextIndex
from streams.identity.postings import Postings


def near(sketch: bytes, rng: random.Random, share: float) -> bytes:
    """A sketch that agrees with another in about a share of its bytes."""
    return bytes(byte if rng.random() < share else rng.randrange(256) for byte in sketch)


def test_near_copies_are_found_in_every_segment_and_strangers_are_not():
    rng, bands = random.Random(1), Bands()
    sketches = {n: rng.randbytes(128) for n in range(1, 12_001)}
    for number, sketch in sketches.items():
        bands.add(number, sketch, 300)
    asked = range(1, 12_001, 60)
    assert sum(n in bands.query(near(sketches[n], rng, 0.8)) for n in asked) >= 0.97 * len(asked)
    assert sum(len(bands.query(rng.randbytes(128))) for _ in range(200)) <= 2
    assert bands.get(77) == (sketches[77], 300)


def test_what_is_discarded_is_found_no_more_and_its_memory_is_used_again():
    rng, bands = random.Random(2), Bands()
    sketches = {}
    for number in range(1, 30_001):
        sketches[number] = rng.randbytes(128)
        bands.add(number, sketches[number], 5)
        if number > 1_000:
            bands.discard(number - 1_000)
    assert len(bands) == 1_000
    assert bands.query(sketches[28_000]) == set()
    assert bands.query(sketches[29_500]) == {29_500}
    assert bands.get(28_000) is None
    assert sum(segment.capacity for segment in bands._segments) <= 8_192


def test_a_template_that_fills_a_band_gives_its_newest_stories():
    bands = Bands()
    for number in range(1, 5_001):
        bands.add(number, bytes(64) + random.Random(number).randbytes(64), 300)
    found = bands.query(bytes(64) + random.Random(0).randbytes(64))
    assert found == set(range(4_993, 5_001))


def test_an_alert_is_compared_with_the_last_alerts_though_they_share_no_word():
    index = TextIndex()
    index.add(1, Marks(frozenset({"quake", "peru"}), None, None, 6, True))
    index.add(2, Marks(frozenset({"bank", "oslo"}), None, None, 6, False))
    assert index.candidates(Marks(frozenset({"lima", "tsunami"}), None, None, 5, True), 8) == [1]
    index.discard(1, Marks(frozenset({"quake", "peru"}), None, None, 6, True))
    assert index.candidates(Marks(frozenset({"lima", "quake"}), None, None, 5, True), 8) == []
    assert index.words == 2


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 30), st.booleans()), max_size=60))
@settings(max_examples=100, deadline=None)
def test_postings_are_a_dict_of_lists(moves):
    postings: Postings[str] = Postings()
    plain: dict[str, list[int]] = {}
    for key, number, adding in moves:
        if adding:
            postings.add(key, number)
            plain.setdefault(key, []).append(number)
        else:
            postings.discard(key, number)
            if number in plain.get(key, ()):
                plain[key].remove(number)
        plain = {k: v for k, v in plain.items() if v}
        assert {k: list(postings.get(k)) for k in postings} == plain
        assert len(postings) == len(plain)


def test_bounded_postings_keep_the_newest():
    postings: Postings[str] = Postings(3)
    for number in range(1, 9):
        postings.add("a", number)
    assert list(postings.get("a")) == [6, 7, 8]
    assert postings.get("b") == ()
    assert "b" not in postings
