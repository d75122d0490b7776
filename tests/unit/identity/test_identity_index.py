"""The text index: sketches found by their bands, numbers filed under keys, nothing kept of what was let go."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.identity.bands import Bands
from streams.identity.fingerprint import folded
from streams.identity.index import Marks, TextIndex
from streams.identity.newest import Newest
from streams.identity.postings import Postings
from streams.identity.queues import Line
from streams.identity.rows import Rows


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
    assert bands.get(77) == (folded(sketches[77]), 300)
    bands.add(12_001, None, 0)
    assert bands.get(12_001) == (None, 0)
    bands.discard(12_001)
    bands.add(12_001, sketches[77], 200)
    assert bands.get(12_001) == (folded(sketches[77]), 200), "the newest may be filed again"


def test_what_is_discarded_is_found_no_more_and_its_memory_is_used_again():
    rng, bands = random.Random(2), Bands()
    sketches = {}
    for number in range(1, 60_001):
        sketches[number] = rng.randbytes(128)
        bands.add(number, sketches[number], 5)
        if number > 1_000:
            bands.discard(number - 1_000)
    assert len(bands) == 1_000
    assert bands.query(sketches[58_000]) == set()
    assert bands.query(sketches[59_500]) == {59_500}
    assert bands.get(58_000) is None
    assert sum(segment.capacity for segment in bands._segments) <= 32_768, (
        "at most the newest segment and the one that is emptying"
    )


def test_a_template_that_fills_a_band_gives_its_newest_stories():
    bands = Bands()
    for number in range(1, 5_001):
        bands.add(number, bytes(64) + random.Random(number).randbytes(64), 300)
    found = bands.query(bytes(64) + random.Random(0).randbytes(64))
    assert found == set(range(4_993, 5_001))


def test_an_alert_is_compared_with_the_last_alerts_though_they_share_no_word():
    index = TextIndex()
    index.add(1, Marks(("quake", "peru"), None, None, 6, True))
    index.add(2, Marks(("bank", "oslo"), None, None, 6, False))
    assert index.candidates(Marks(("lima", "tsunami"), None, None, 5, True), 8) == [1]
    index.discard(1, ("quake", "peru"), None)
    assert index.candidates(Marks(("lima", "quake"), None, None, 5, True), 8) == []
    assert index.words == 2


def test_copy_that_carries_on_is_compared_with_less_in_common():
    index, rng = TextIndex(), random.Random(3)
    sketch = rng.randbytes(128)
    top = tuple("abcdefgh")
    index.add(1, Marks(top, "bridge", sketch, 120, False))
    recast = Marks((*top[:3], *"tuvwx"), "bridge-probe", near(sketch, rng, 0.1), 120, False)
    assert index.candidates(recast, 8) == []
    assert index.candidates(replace(recast, continues=True), 8) == [1]


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(1, 30), st.booleans()), max_size=120))
@settings(max_examples=100, deadline=None)
def test_postings_are_a_dict_of_lists(moves):
    postings = Postings()
    plain: dict[str, list[int]] = {}
    for key, number, adding in moves:
        if adding:
            postings.add(key, number)
            plain.setdefault(key, []).append(number)
        elif number in plain.get(key, ()):
            postings.discard(key, number)
            newest = len(plain[key]) - 1 - plain[key][::-1].index(number)
            del plain[key][newest]
        else:
            postings.discard(key, number)
        assert {k: postings.get(k) for k in plain} == plain
        assert len(postings) == sum(map(len, plain.values()))
    assert "z" not in postings


def test_postings_find_every_key_over_segments_and_let_memory_go():
    postings = Postings()
    for number in range(1, 40_001):
        postings.add(f"key {number}", number)
        postings.add(number % 7, number)
        if number > 3_000:
            postings.discard(f"key {number - 3_000}", number - 3_000)
            postings.discard((number - 3_000) % 7, number - 3_000)
    assert all(postings.get(f"key {n}") == [n] for n in range(37_001, 40_001))
    assert postings.get("key 37000") == []
    assert postings.get(3) == [n for n in range(37_001, 40_001) if n % 7 == 3]
    assert postings.room <= 32_768


def test_a_word_keeps_its_newest_stories():
    newest = Newest()
    for number in range(1, 60):
        newest.add(["common", *(["rare"] if number in (3, 50) else [])], number)
    assert newest.get("common") == list(range(20, 60))
    assert newest.get("rare") == [3, 50]
    assert newest.get("absent") == ()
    newest.discard(["rare", "absent", "common"], 3)
    assert newest.get("rare") == (50,)
    newest.discard(["rare"], 50)
    assert len(newest) == 1


def test_the_rarest_words_count_and_the_commonest_only_in_want_of_others():
    newest = Newest()
    for number in range(1, 81):
        newest.add([f"common {n}" for n in range(8)] + [f"rare {number // 20}"], number)
    shared = newest.shared([f"common {n}" for n in range(8)], 12)
    assert shared.known == 8
    assert shared.counts([80, 7, 41]) == [6, 0, 6]
    assert shared.often(7) == []
    assert sorted(shared.often(2)) == [(6, n) for n in range(41, 81)]
    shared = newest.shared(["rare 2", *[f"common {n}" for n in range(8)], "absent"], 4)
    assert (shared.known, shared.counts([80, 59, 40])) == (4, [1, 2, 1])
    assert sorted(shared.often(2)) == [(2, n) for n in range(41, 60)]
    assert newest.shared(["absent"], 12).often(2) == []


def test_rows_keep_what_they_are_given():
    rows = Rows()
    keys = ["wire/0/17#0", "plain", "a/b/c#1", "", "föhn/\udc80x#2", *[f"folder {n}/x" for n in range(5_000)]]
    for number, key in enumerate(keys, 5):
        at = None if number % 2 else number / 4
        rows.add(
            3 * number,
            key,
            at,
            number * 1.0,
            f"s{number % 3}",
            "u",
            "o",
            number,
            number,
            leads=True,
            text=True,
            indexed=False,
        )
    assert len(rows) == len(keys)
    assert [rows[3 * n].key for n in range(5, 5 + len(keys))] == keys
    row = rows[18]
    assert (row.at, row.created, row.number, row.leads, row.text, row.indexed) == (1.5, 6.0, 6, True, True, False)
    assert row.story == rows[27].story != rows[21].story
    row.text, row.indexed, row.number = False, True, 9
    row = rows[18]
    assert (row.leads, row.text, row.indexed, row.number) == (True, False, True, 9)
    assert rows.get(19) is None
    del rows[18]
    assert 18 not in rows
    with pytest.raises(KeyError):
        rows[18]


def test_a_line_is_a_queue():
    line = Line()
    for number in range(20_000):
        line.append(number)
        if number >= 10:
            assert line[0] == number - 10
            assert line.popleft() == number - 10
    assert len(line) == 10
    assert len(line._numbers) < 9_000
