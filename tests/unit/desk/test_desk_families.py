"""One entry per story: what stands, what is struck, what is pinned."""

from __future__ import annotations

import pytest

from streams.desk.entries import Entry
from streams.desk.families import MOST_VERSIONS, Family, folded, killed_by, pinned, shown, struck, summary
from tests.unit.desk.desk_support import entry

OF = {"uri": "urn:a", "version": "1", "similarity": 1.0, "method": "near-text"}


def family(*entries: Entry) -> Family:
    return folded("s", entries)


NEW = entry(1, version="1", headline="Founder held")
UPDATE = entry(2, version="2", relation="update", headline="Founder held at dawn", of=OF)
KILL = entry(3, version="3", relation="kill", headline="KILL: Founder held", kind="kill", body="It was not so.")
CORRECTION = entry(3, version="3", relation="correction", of={**OF, "version": "2"}, item_edNote="CORRECTS age")


def test_versions_are_in_the_order_they_were_decided_whatever_the_order_they_came_in() -> None:
    assert family(KILL, NEW, UPDATE).versions == (NEW, UPDATE, KILL)
    ten, nine = entry(9, version="10", processed="x"), entry(9, version="9", processed="x")
    assert family(ten, nine).versions == (nine, ten)


def test_a_kill_strikes_everything_before_it_and_its_words_do_not_take_the_headline() -> None:
    killed = family(NEW, UPDATE, KILL)
    assert killed_by(killed) is KILL
    assert struck(killed) == {NEW.key: KILL, UPDATE.key: KILL}
    assert shown(killed) is UPDATE
    assert pinned(killed) == "kill"
    told = summary(killed)
    assert (told["headline"], told["killed"], told["why"]) == ("Founder held at dawn", True, "It was not so.")
    assert [version["struck"] for version in told["versions"]] == ["kill", "kill", None]


def test_a_story_that_moves_again_after_its_kill_stands() -> None:
    again = family(NEW, KILL, entry(4, version="4", relation="update"))
    assert killed_by(again) is None
    assert struck(again).keys() == {NEW.key}


def test_a_retag_after_a_kill_leaves_it_killed_and_where_it_was() -> None:
    tagged = family(NEW, KILL, entry(9, version="4", relation="retag"))
    assert killed_by(tagged) is KILL
    assert tagged.order == 3


def test_a_kill_that_comes_alone_is_shown_itself() -> None:
    assert shown(family(KILL)) is KILL


def test_a_correction_strikes_what_it_takes_back() -> None:
    corrected = family(NEW, UPDATE, CORRECTION)
    assert struck(corrected) == {UPDATE.key: CORRECTION}
    named = entry(3, version="3", relation="correction", retracts=[{"uri": "urn:a", "version": "1"}])
    assert struck(family(NEW, UPDATE, named)) == {NEW.key: named}
    assert summary(corrected)["why"] == "CORRECTS age"


@pytest.mark.parametrize(
    ("kind", "pin"), [("flash", "alert"), ("alert", "alert"), ("urgent", "urgent"), ("story", None)]
)
def test_what_is_pinned(kind: str, pin: str | None) -> None:
    assert pinned(family(entry(1, kind=kind))) == pin


def test_a_lead_takes_its_alert_down() -> None:
    assert pinned(family(entry(1, kind="alert"), UPDATE)) is None


def test_versions_are_bounded() -> None:
    many = [entry(n, version=str(n), processed=f"{n:04}") for n in range(1, MOST_VERSIONS + 20)]
    kept = family(*many).versions
    assert len(kept) == MOST_VERSIONS
    assert kept[-1] is many[-1]
