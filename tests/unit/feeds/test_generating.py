"""Generated copy: reproducible, of real length, no two alike."""

from __future__ import annotations

from streams.feeds.generating import story, text


def _runs(copy: str, words: int = 5) -> set[tuple[str, ...]]:
    found = copy.split()
    return {tuple(found[n : n + words]) for n in range(len(found) - words + 1)}


def test_the_same_number_is_the_same_story() -> None:
    assert story(5) == story(5)
    assert text(5) != text(6)


def test_it_is_as_long_as_asked() -> None:
    assert 500 <= len(text(1).split()) <= 620
    assert 60 <= len(text(1, words=60).split()) <= 180


def test_two_stories_share_little() -> None:
    for number in range(20):
        one, other = _runs(text(number)), _runs(text(number + 1))
        assert len(one & other) / len(one | other) < 0.25
