"""Keys, rows and lines of the window's state: numbers in arrays that answer as dicts, lists and queues do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.identity.postings import Postings
from streams.identity.queues import Line
from streams.identity.rows import Rows


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
