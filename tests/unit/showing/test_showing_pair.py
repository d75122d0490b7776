"""Why two are one or two: only what the records say, and plainly when they say nothing."""

from __future__ import annotations

from showing_support import one

from streams.showing.family import grouped
from streams.showing.pair import between


def test_joined_by_its_own_word() -> None:
    families = grouped(
        [one("a"), one("b", relation="duplicate", of=("a", "1"), explanation="Same words +4.0.", minute=1)]
    )
    for pair in (between("a", "b", families), between("b", "a", families)):
        assert (pair.joined, pair.known) == (True, True)
        [saying] = pair.sayings
        assert (saying.record, saying.method, saying.why) == ("b#1", "evidence", "Same words +4.0.")


def test_joined_through_others() -> None:
    families = grouped([one("u", str(n), minute=n, of=("u", str(n - 1)) if n > 1 else None) for n in range(1, 5)])
    pair = between("u#4", "u#2", families)
    assert (pair.joined, pair.known) == (True, False)
    assert [step.record for step in pair.chain] == ["u#4", "u#3", "u#2"]
    assert [step.record for step in between("u#2", "u#4", families).chain] == ["u#2", "u#3", "u#4"]
    assert "neither record mentions the other" in pair.summary


def test_one_family_whose_links_were_not_read() -> None:
    families = grouped([one("u", "1"), one("u", "4", of=("u", "3"), minute=1)])
    pair = between("u#1", "u#4", families)
    assert (pair.joined, pair.known, pair.chain) == (True, False, ())
    assert "not among the records read" in pair.summary


def test_kept_apart_by_its_own_word() -> None:
    said = "New. The nearest is “A” (a:1), kept apart. The weight is -7.3."
    families = grouped([one("a:1"), one("b", story="family:2", explanation=said)])
    pair = between("a:1", "b", families)
    assert (pair.joined, pair.known) == (False, True)
    assert [saying.why for saying in pair.sayings] == [said]


def test_what_kept_two_apart_is_not_told_once_they_are_joined() -> None:
    early = one("u", "1", story="family:2", explanation="The nearest is “P” (p), kept apart.", minute=1)
    joined = one("u", "2", of=("p", "1"), explanation="Joined.", minute=2)
    pair = between("p", "u", grouped([one("p"), early, joined]))
    assert pair.joined
    assert [saying.why for saying in pair.sayings] == ["Joined."]


def test_a_longer_id_is_another_story() -> None:
    families = grouped(
        [
            one("a:1"),
            one("a:12", story="family:3"),
            one("b", story="family:2", explanation="The nearest is “A” (a:12), kept apart."),
        ]
    )
    assert not between("a:1", "b", families).known
    assert between("a:12", "b", families).known


def test_apart_and_nothing_known() -> None:
    pair = between("a", "b", grouped([one("a"), one("b", story="family:2")]))
    assert (pair.joined, pair.known, pair.sayings, pair.chain) == (False, False, (), ())
    assert "neither record mentions the other" in pair.summary
    assert "not in the records" in pair.summary
