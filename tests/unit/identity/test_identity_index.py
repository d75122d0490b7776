"""The text index finds stories by bands, words and slugs as plain sets do, and keeps nothing of what was let go."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.identity.index import Marks, TextIndex
from streams.identity.kernels import table


def near(sketch: bytes, rng: random.Random, share: float) -> bytes:
    """A sketch that agrees with another in about a share of its bytes."""
    return bytes(byte if rng.random() < share else rng.randrange(256) for byte in sketch)


def marks(sketch: bytes | None, runs: int = 300, top: tuple[str, ...] = (), slug: str | None = None) -> Marks:
    return Marks(" ".join(top), slug, sketch, runs, False)


def test_near_copies_are_found_while_the_index_grows_and_strangers_are_not():
    rng, index = random.Random(1), TextIndex()
    sketches = {n: rng.randbytes(128) for n in range(1, 12_001)}
    for number, sketch in sketches.items():
        index.add(number, marks(sketch))
    asked = range(1, 12_001, 60)
    found = [index.candidates(marks(near(sketches[n], rng, 0.9)), 8) for n in asked]
    assert sum(one == [n] for n, one in zip(asked, found, strict=True)) >= 0.99 * len(asked)
    assert not any(index.candidates(marks(rng.randbytes(128)), 8) for _ in range(200))
    assert len(index) == 12_000
    assert index.bytes < 400 * 12_000
    index.discard(12_000, marks(sketches[12_000]))
    assert index.candidates(marks(sketches[12_000]), 8) == []
    index.add(12_000, marks(sketches[77], 200))
    assert index.candidates(marks(sketches[77]), 8) == [12_000, 77], "the newest may be filed again"


def test_what_is_discarded_is_found_no_more_and_its_memory_is_used_again():
    rng, index = random.Random(2), TextIndex()
    filed = {}
    for number in range(1, 30_001):
        filed[number] = marks(rng.randbytes(128), 90, (f"w{number}", f"v{number % 50}", "all"), f"s{number % 70}")
        index.add(number, filed[number])
        if number > 1_000:
            index.discard(number - 1_000, filed[number - 1_000])
        if number == 3_000:
            room = index.bytes
    assert (len(index), index.words, index.slugs) == (1_000, 1_000 + 50 + 1, 70)
    assert index.bytes <= room
    assert index.candidates(marks(filed[28_000].sketch), 8) == []
    assert index.candidates(marks(filed[29_500].sketch), 8) == [29_500]
    assert index.slugged("s0") == [n for n in range(29_001, 30_001) if n % 70 == 0]
    assert index.worded(frozenset(["w29990", "all"]), 2) == [29_990, 30_000]
    for number in range(29_001, 30_001):
        index.discard(number, filed[number])
    index.discard(17, filed[17])
    assert (len(index), index.words, index.slugs) == (0, 0, 0)


def test_a_template_that_fills_a_band_gives_its_newest_stories():
    index = TextIndex()
    for number in range(1, 5_001):
        index.add(number, marks(bytes(64) + random.Random(number).randbytes(64)))
    found = index.candidates(marks(bytes(64) + random.Random(0).randbytes(64)), 24)
    assert set(found) <= set(range(4_993, 5_001))


class Plain:
    """The text index in sets and dicts of Python: what it finds, by what its docstrings say."""

    def __init__(self) -> None:
        self.stories: dict[int, Marks] = {}
        self.filed: dict[object, list[int]] = {}
        self.alerts: list[int] = []

    @staticmethod
    def keys(marks: Marks) -> list[tuple[object, int]]:
        sketch = marks.sketch or b""
        bands = [((band, sketch[4 * band : 4 * band + 3]), 8) for band in range(10 if sketch else 0)]
        return bands + [(word, 40) for word in marks.top.split()] + ([(("slug", marks.slug), 40)] if marks.slug else [])

    def add(self, number: int, marks: Marks) -> None:
        self.stories[number] = marks
        for key, most in self.keys(marks):
            self.filed[key] = [*self.filed.get(key, []), number][-most:]
        if marks.alert:
            self.alerts = [*self.alerts, number][-24:]

    def discard(self, number: int, marks: Marks) -> None:
        del self.stories[number]
        for key, _ in self.keys(marks):
            self.filed[key] = [n for n in self.filed[key] if n != number]
        self.alerts = [n for n in self.alerts if n != number]

    def shared(self, top: list[str]) -> tuple[int, Counter[int]]:
        lists = [found for word in top if (found := self.filed.get(word))]
        alone = [found for found in lists if len(found) == 1][:12]
        several = sorted([found for found in lists if len(found) > 1], key=len)[: 12 - len(alone)]
        half = max(0, 6 - len(alone))
        counted = alone + several[:half] + [found for found in several[half:] if len(found) < 40]
        return len(alone) + len(several), Counter(n for found in counted for n in found)

    def candidates(self, marks: Marks, limit: int) -> list[int]:
        known, words = self.shared(marks.top.split())
        most = 12 if marks.runs > 28 else 24
        often = sorted([(count, n) for n, count in words.items() if count >= max(2, known // 4)])[-most:]
        slugged = set(self.filed.get(("slug", marks.slug), ())) if marks.slug else set()
        banded = Counter(n for key, most in self.keys(marks) if most == 8 for n in self.filed.get(key, ()))
        banded = {n for n, bands in banded.items() if bands > 1 or len(banded) <= 16}
        alerts = set(self.alerts) if marks.alert else set()
        ranked = []
        for n in {n for _, n in often} | slugged | banded | alerts:
            other = self.stories[n]
            contained = self.contained(marks, other)
            score = contained + words[n] / max(6, known)
            theirs = other.runs if other.sketch else 0
            enough = 0.25 if min(marks.runs, theirs) <= 28 else 0.35 if marks.continues else 0.75
            if contained >= 0.5 or score >= enough or n in slugged or n in alerts:
                ranked.append((score + 0.6 * (n in slugged), n))
        return [n for _, n in sorted(ranked, reverse=True)[:limit]]

    @staticmethod
    def contained(a: Marks, b: Marks) -> float:
        if a.sketch is None or b.sketch is None or not a.runs:
            return 0.0
        differing = sum(x & 15 != y & 15 for x, y in zip(a.sketch, b.sketch, strict=True))
        likeness = max(0.0, (1 - differing / 128 - 1 / 16) / (15 / 16))
        return min(1.0, likeness * (a.runs + b.runs) / ((1 + likeness) * min(a.runs, b.runs)))


@pytest.mark.parametrize("seed", range(6))
def test_the_index_finds_what_plain_sets_find(seed):
    rng, index, plain = random.Random(seed), TextIndex(), Plain()
    words = [f"word{n}" for n in range(90)]
    roots = [rng.randbytes(128) for _ in range(12)]
    kept: list[tuple[int, Marks]] = []
    found = 0
    for number in range(5, 900):
        sketch = near(rng.choice(roots), rng, rng.choice([0.05, 0.4, 0.8, 1.0]))
        top = tuple({words[int(len(words) * rng.random() ** 2)] for _ in range(rng.randrange(30))})
        runs = rng.choice([5, 20, 60, 300])
        story = Marks(
            " ".join(top), rng.choice([None, None, "a", "b", "c"]), sketch, runs, rng.random() < 0.1, rng.random() < 0.3
        )
        if rng.random() < 0.1:
            story = replace(story, sketch=None, runs=0)
        limit = rng.choice([1, 8, 24])
        wanted = plain.candidates(story, limit)
        assert index.candidates(story, limit) == wanted
        found += len(wanted)
        index.add(number, story)
        plain.add(number, story)
        kept.append((number, story))
        while len(kept) > 200 or (kept and rng.random() < 0.4):
            gone = kept.pop(rng.randrange(len(kept)) if rng.random() < 0.5 else 0)
            index.discard(*gone)
            plain.discard(*gone)
    assert found > 1000
    assert len(index) == len(plain.stories)
    assert index.words == sum(bool(filed) for key, filed in plain.filed.items() if isinstance(key, str))


@pytest.mark.parametrize("wide", [False, True])
@given(
    moves=st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=300), stride=st.sampled_from([1, 64, 4096])
)
@settings(max_examples=60, deadline=None)
def test_a_table_is_a_dict_of_the_newest_numbers(wide, moves, stride):
    nodes, heads = np.zeros(1 << 15, np.uint32), np.zeros(1 << 10, np.uint32)
    nodes[table.TOP], nodes[table.BUCKETS], nodes[table.WIDE] = table.HEADER, 1, wide
    plain: dict[int, list[int]] = {}
    most = table.NEWEST if wide else table.SAME
    shift = 32 if wide else 0
    for number, (small, adding) in enumerate(moves, 1):
        key = small // 12 * stride << shift | small % 3
        if adding:
            table.add(nodes, heads, key, number)
            plain[key] = [*plain.get(key, []), number][-most:]
        else:
            gone = plain.get(key, [0])[small % len(plain.get(key, [0]))]
            table.remove(nodes, heads, key, gone)
            table.remove(nodes, heads, key, 1 << 30)
            plain[key] = [n for n in plain.get(key, []) if n != gone]
            if not plain[key]:
                del plain[key]
    for key in {small // 12 * stride << shift | small % 3 for small in range(61)}:
        link, _ = table.find(nodes, heads, key)
        first, count = table.held(nodes, link) if link else (0, 0)
        assert nodes[first : first + count].tolist() == plain.get(key, [])
    assert nodes[table.KEYS] == len(plain)


def test_an_index_of_long_stories_makes_room_for_all_their_words():
    index = TextIndex()
    for number in range(1, 30):
        index.add(number, marks(None, 0, tuple(f"w{number}-{n}" for n in range(2_000))))
    assert index.words == 29 * 2_000
    assert index.worded(frozenset(["w7-1999"]), 3) == [7]


def test_an_alert_is_compared_with_the_last_alerts_though_they_share_no_word():
    index = TextIndex()
    index.add(1, Marks("quake peru", None, None, 6, True))
    index.add(2, Marks("bank oslo", None, None, 6, False))
    assert index.candidates(Marks("lima tsunami", None, None, 5, True), 8) == [1]
    index.discard(1, Marks("quake peru", None, None, 6, True))
    assert index.candidates(Marks("lima quake", None, None, 5, True), 8) == []
    assert index.words == 2


def test_copy_that_carries_on_is_compared_with_less_in_common():
    index, rng = TextIndex(), random.Random(3)
    sketch = rng.randbytes(128)
    top = " ".join("abcdefgh")
    index.add(1, Marks(top, "bridge", sketch, 120, False))
    recast = Marks("a b c t u v w x", "bridge-probe", near(sketch, rng, 0.1), 120, False)
    assert index.candidates(recast, 8) == []
    assert index.candidates(replace(recast, continues=True), 8) == [1]
