"""Updates that overtake their parents are published again as what they are, and families that are one become one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from identity_support import MINE_ALERT, MINE_URGENT, MINE_WRAP, START, Desk, make

from streams.contracts import codec, structs
from streams.contracts.story import Signals
from streams.identity import IdentitySettings
from streams.identity.entry import Entry

LEAD_2 = Signals(lead=2, verbs=("adds",))


def at(minutes):
    return START + timedelta(minutes=minutes)


@pytest.fixture
def more(dam):
    """The dam story's update, made at 08:06: one more paragraph."""
    body = dam().body + "\n\nThe army sent two helicopters and 40 engineers to Orlova."
    return dam(body=body, uri="urn:fnw:2", created=at(6), minutes=7, signals=LEAD_2, key="more", raw="more")


@pytest.fixture
def parent(dam):
    return dam(uri="urn:fnw:1", created=at(2), minutes=8, key="parent", raw="parent")


def test_an_update_that_came_first_is_published_again_as_an_update(desk, more, parent):
    first = desk.send(more).results[0]
    assert (first.identity.relation, first.identity.version) == ("new", "1")
    own, again = desk.send(parent).results
    assert (own.outcome, own.identity.of.method, own.story) == ("duplicate", "superseded", parent)
    assert (again.outcome, again.story) == ("published", more)
    said = again.identity
    assert (said.relation, said.uri, said.version, said.restates) == ("update", "urn:fnw:2", "2", "1")
    assert (said.of.uri, said.of.version, said.of.method) == ("urn:fnw:1", "1", "late-parent")
    assert said.story == own.identity.story == first.identity.story
    assert [c.what for c in said.changes] == ["paragraph_added"]
    assert [(c.verb, c.agrees) for c in said.claims] == [("adds", True)]
    assert "Corrects version 1" in said.explanation


def test_a_correction_that_came_first_is_published_again_as_one_with_what_it_takes_back(desk, dam, parent):
    fixed = dam(
        body=dam().body.replace("14 people", "11 people"),
        uri="urn:fnw:2",
        created=at(6),
        minutes=7,
        signals=Signals(corrects=True, paragraphs=(1,)),
        ed_note="CORRECTS para 1 to say 11 people missing, not 14",
    )
    desk.send(fixed)
    own, again = desk.send(parent).results
    assert own.outcome == "duplicate"
    assert again.identity.relation == "correction"
    assert [(r.uri, r.outcome, r.input) for r in again.identity.retracts] == [("urn:fnw:1", "duplicate", "parent")]
    assert [(c.paragraph, c.agrees) for c in again.identity.claims] == [(1, True)]


def test_the_next_version_follows_the_one_published_again(desk, dam, more, parent):
    desk.send(more)
    desk.send(parent)
    third = dam(body=more.body + "\n\nMore.", uri="urn:fnw:3", created=at(12), minutes=12, signals=LEAD_2)
    said = desk.send(third).results[0].identity
    assert (said.relation, said.uri, said.version, said.of.version) == ("update", "urn:fnw:2", "3", "2")


def test_inputs_read_again_are_answered_as_they_were(desk, more, parent):
    before = [desk.send(more).results, desk.send(parent).results]
    assert [desk.send(more).results, desk.send(parent).results] == before
    desk.restart()
    again = [desk.send(more), desk.send(parent)]
    assert [o.results for o in again] == before
    assert all(o.replayed and not o.writes for o in again)


def test_it_survives_a_restart_between_the_two_and_the_table(desk, more, parent):
    desk.send(more)
    desk.store.entries = {key: codec.decode(codec.encode(entry), Entry) for key, entry in desk.store.entries.items()}
    desk.restart()
    _, again = desk.send(parent).results
    assert again.story == more


def test_what_has_settled_is_left_as_it_was(new_desk, dam, more, parent):
    settings = IdentitySettings(settle_minutes=5)
    desk = new_desk(settings)
    desk.send(more)
    late = structs.replace(parent, provenance=replace(parent.provenance, received=at(13)))
    assert len(desk.send(late).results) == 1


def test_a_settled_story_is_kept_whole_no_longer(desk, story, more):
    desk.send(more)
    assert desk.store.stories == {"more#0~": more}
    for n in range(12):
        desk.send(story(f"Other news {n}", f"Nothing of note happened in village {n} today.", minutes=30 + n))
    assert "more#0" in desk.store.entries
    assert desk.store.stories
    assert all(kept.provenance.received >= at(26) for kept in desk.store.stories.values())


def test_how_many_are_kept_whole_is_bounded_where_there_are_no_times(new_desk, story):
    desk = new_desk(IdentitySettings(max_unsettled=5))
    for n in range(20):
        desk.send(story(f"Other news {n}", f"Nothing of note happened in village {n} today.", minutes=None))
    assert 1 <= len(desk.store.stories) <= 6


@pytest.mark.parametrize("what", ["held", "killed", "settled"])
def test_a_story_held_or_killed_is_not_published_again(desk, dam, story, more, parent, what):
    if what == "settled":
        desk = Desk(IdentitySettings(max_unsettled=0))
    if what == "held":
        more = structs.replace(more, embargoed_until=at(300))
    desk.send(more, at(7))
    if what == "killed":
        notice = f'Please disregard the item headlined "{more.headline}". It was wrong.'
        signals = Signals(kills=True, refers_to=(more.headline,))
        desk.send(story(f"KILL: {more.headline}", notice, kind="kill", signals=signals, minutes=7.5))
    if what == "settled":
        desk.send(story("Other news", "Nothing of note happened in the village today.", minutes=7.2), at(7))
    assert [r.outcome for r in desk.send(parent, at(8)).results] == ["duplicate"]


def test_what_a_re_tag_has_changed_since_is_not_published_with_the_old_tags(desk, more, parent):
    desk.send(more)
    entry = desk.state.find("more#0")
    desk.state.change(replace(entry, identity=replace(entry.identity, version="2"), first_version="1"))
    assert len(desk.send(parent).results) == 1


def test_the_next_revision_under_one_id_needs_no_correcting(desk, dam):
    desk.send(dam(body=dam().body + "\n\nMore.", uri="urn:fnw:1", version="2", created=at(6), minutes=7))
    assert len(desk.send(dam(uri="urn:fnw:1", version="1", created=at(2), minutes=8)).results) == 1


@pytest.fixture
def mine():
    """Alert, urgent and wrap; the wrap's opening has nothing of the alert, the urgent has both."""
    return (
        make(
            MINE_ALERT, MINE_ALERT, kind="alert", slug="alert", created=at(0), minutes=1, key="alert", uri="urn:fnw:m1"
        ),
        make(
            "Sixty miners trapped in Zenda as roof falls in",
            MINE_URGENT,
            kind="urgent",
            slug="Ruritania-mine",
            created=at(3),
            minutes=6,
            key="urgent",
            uri="urn:fnw:m2",
        ),
        make(
            "Hope fades for men under ground in Ruritania",
            MINE_WRAP,
            slug="Ruritania-mine,lead",
            signals=Signals(lead=1),
            created=at(5),
            minutes=5,
            key="wrap",
            uri="urn:fnw:m3",
        ),
    )


def test_a_story_between_two_families_makes_them_one(desk, mine):
    alert, urgent, wrap = mine
    begun, apart = desk.send(alert).results[0], desk.send(wrap).results[0]
    assert apart.identity.relation == "new"
    assert apart.identity.story != begun.identity.story
    own, again = desk.send(urgent).results
    assert (own.identity.relation, own.identity.uri, own.identity.version) == ("update", "urn:fnw:m1", "2")
    said = again.identity
    assert (said.relation, said.uri, said.version, said.restates) == ("update", "urn:fnw:m3", "2", "1")
    assert (said.of.uri, said.of.version) == ("urn:fnw:m1", "2")
    assert said.story == begun.identity.story == own.identity.story
    assert apart.identity.story in said.explanation
    newest = desk.state.families.newest(begun.identity.story)
    assert desk.state.rows[newest].key == "wrap#0"
    assert desk.state.families.members(apart.identity.story) == []
    assert desk.send(wrap).results == (apart,)


def test_every_entry_of_the_family_goes_along_and_a_restart_knows(desk, mine):
    alert, urgent, wrap = mine
    desk.send(alert)
    desk.send(wrap)
    copy = structs.replace(
        wrap, provenance=replace(wrap.provenance, origin=replace(wrap.provenance.origin, name="copy"))
    )
    copied = desk.send(copy).results
    assert copied[0].outcome == "duplicate"
    family = desk.send(urgent).results[0].identity.story
    assert {e.identity.story for e in desk.store.entries.values()} == {family}
    assert desk.send(copy).results == copied, "answered as it was"
    members, newest = desk.state.families.members(family), desk.state.families.newest(family)
    desk.restart()
    assert (desk.state.families.members(family), desk.state.families.newest(family)) == (members, newest)
    third = make(
        "Hope fades for men under ground in Ruritania",
        MINE_WRAP + "\n\nA first diver went down at 1800.",
        slug="Ruritania-mine,2ndlead",
        signals=LEAD_2,
        created=at(30),
        minutes=30,
        key="third",
        uri="urn:fnw:m4",
    )
    said = desk.send(third).results[0].identity
    assert (said.story, said.uri, said.version) == (family, "urn:fnw:m3", "3")


def test_a_later_story_like_two_families_joins_one_and_leaves_the_other(desk, mine):
    alert, urgent, wrap = mine
    desk.send(alert)
    desk.send(wrap)
    last = structs.replace(urgent, version_created=at(20), provenance=replace(urgent.provenance, received=at(20)))
    assert len(desk.send(last).results) == 1


def test_what_has_not_settled_is_known_after_a_restart(desk, dam, story, more, parent):
    desk.send(dam())
    desk.send(more)
    desk.restart()
    assert desk.state.story(desk.state.find("more#0")) == more
    for n in range(12):
        desk.send(story(f"Other news {n}", f"Nothing of note happened in village {n} today.", minutes=30 + n))
    assert "more#0~" not in desk.store.stories
    assert desk.state.story(desk.state.find("more#0")) is None


def test_a_story_goes_with_its_entry_even_where_that_goes_first(new_desk, story):
    desk = new_desk(IdentitySettings(max_texts=5, max_entries=5, max_unsettled=50))
    for n in range(20):
        desk.send(
            story(f"Other news {n}", f"Nothing of note happened in village {n} today.", minutes=None, key=f"k{n}")
        )
    assert {f"{key}~" for key in desk.store.entries} == set(desk.store.stories)
