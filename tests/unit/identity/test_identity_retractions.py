"""Kills and corrections list the published records that carried what they take back; early kills hold copy back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from identity_support import START

from streams.contracts.story import AltId, Signals
from streams.identity import release
from streams.identity.retractions import MOST


def only(outcome):
    assert len(outcome.results) == 1
    return outcome.results[0]


def listed(result):
    return [(r.uri, r.version, r.relation, r.outcome, r.input) for r in result.identity.retracts]


def kill_of(story, headline, **given):
    text = f'Please disregard the item headlined "{headline}", slugged Freedonia-accident-dam. The story was wrong.'
    settings = {
        "kind": "kill",
        "slug": "Freedonia-accident-dam",
        "signals": Signals(kills=True, refers_to=(headline,)),
        "minutes": 120,
    } | given
    return story(f"KILL: {headline}", text, **settings)


def test_a_kill_lists_every_version_and_copy_that_went_out(desk, story, dam):
    desk.send(dam(uri="urn:fnw:1", key="first", raw="1"))
    desk.send(dam(uri="urn:fnw:1", key="copy", raw="1", minutes=3))
    desk.send(dam("Dam horror", key="reprint", minutes=10, source="post", outlet="Post", slug=None, uri="urn:post:1"))
    desk.send(dam(body=dam().body + "\n\nMore.", key="lead", uri="urn:fnw:2", minutes=20))
    desk.send(story("Tram line opens", "A tram line opened in Velka.", key="other", minutes=30))
    killed = only(desk.send(kill_of(story, dam().headline)))
    assert listed(killed) == [
        ("urn:fnw:1", "1", "new", "published", "first"),
        ("urn:fnw:1", "1", "duplicate", "duplicate", "copy"),
        ("urn:post:1", "1", "duplicate", "duplicate", "reprint"),
        ("urn:fnw:1", "2", "update", "published", "lead"),
    ]
    assert killed.identity.retracted == 4


def test_the_list_is_the_same_after_a_restart(desk, story, dam):
    desk.send(dam(key="first"))
    desk.send(dam(key="copy", raw="1", minutes=3))
    desk.restart()
    assert len(listed(only(desk.send(kill_of(story, dam().headline))))) == 2


def test_a_story_that_was_held_and_killed_was_never_out(desk, story, dam):
    until = START + timedelta(hours=6)
    desk.send(dam(embargo=until), START)
    killed = only(desk.send(kill_of(story, dam().headline), START))
    assert killed.identity.of is not None
    assert (killed.identity.retracts, killed.identity.retracted) == ((), 0)
    again = only(desk.send(kill_of(story, dam().headline, raw="again", key="again", minutes=125), START))
    assert again.identity.retracts == ()


def test_a_story_that_was_held_and_released_is_listed_as_it_came_out(desk, story, dam):
    desk.send(dam(embargo=START + timedelta(hours=1), key="first"), START)
    desk.store.write(release(desk.state, START + timedelta(hours=1)).writes)
    killed = only(desk.send(kill_of(story, dam().headline), START + timedelta(hours=2)))
    assert [(r.outcome, r.input) for r in killed.identity.retracts] == [("published", "first")]


def test_the_list_is_bounded_and_says_how_many(desk, story, dam):
    for n in range(MOST + 5):
        desk.send(dam(key=f"copy-{n}", raw="same", minutes=n / 10))
    killed = only(desk.send(kill_of(story, dam().headline)))
    assert len(killed.identity.retracts) == MOST
    assert killed.identity.retracted == MOST + 5
    assert killed.identity.retracts[-1].input == f"copy-{MOST + 4}"


def test_a_kill_before_its_story_lists_nothing(desk, story, dam):
    assert only(desk.send(kill_of(story, dam().headline))).identity.retracts == ()


CORRECTS = Signals(corrects=True, paragraphs=(2,))


def corrected(dam, **given):
    body = dam().body.replace("chief Tomas Brandt", "chief Tobias Brandt")
    return dam(body=body, signals=CORRECTS, **({"minutes": 60, "uri": "urn:fnw:9"} | given))


def test_a_correction_lists_those_whose_copy_has_the_wrong_paragraph(desk, story, dam):
    lead_only = dam().body.split("\n\n")[0]
    desk.send(dam(body=lead_only, kind="urgent", key="urgent", uri="urn:fnw:0"))
    desk.send(dam(key="story", uri="urn:fnw:1", minutes=20))
    desk.send(dam("Dam horror", key="reprint", minutes=30, source="post", outlet="Post", slug=None, uri="urn:post:1"))
    fixed = only(desk.send(corrected(dam)))
    assert fixed.identity.relation == "correction"
    assert [r.input for r in fixed.identity.retracts] == ["story", "reprint"]


def test_a_correction_of_a_figure_lists_those_that_give_it_in_other_words(desk, dam):
    brief = "A dam gave way near Orlova on Monday.\n\nThe wall broke at dawn, and 14 people are missing, rescuers said."
    desk.send(dam(body=brief, kind="urgent", key="urgent", uri="urn:fnw:0"))
    desk.send(dam(key="story", uri="urn:fnw:1", minutes=20))
    body = dam().body.replace("14 people were missing", "11 people were missing")
    said = Signals(corrects=True, paragraphs=(1,))
    fixed = only(desk.send(dam(body=body, signals=said, minutes=60, uri="urn:fnw:9")))
    assert [r.input for r in fixed.identity.retracts] == ["urgent", "story"]


def test_news_that_a_correction_adds_elsewhere_takes_nothing_back(desk, dam):
    desk.send(dam(body=dam().body.split("\n\n", 2)[2], key="sidebar", uri="urn:fnw:5"))
    desk.send(dam(key="story", uri="urn:fnw:1", minutes=3))
    body = corrected(dam).body.replace("300 families had been moved", "some 340 families had been moved")
    fixed = only(desk.send(dam(body=body, signals=CORRECTS, minutes=60, uri="urn:fnw:9")))
    assert {c.index for c in fixed.identity.changes} == {1, 4}
    assert fixed.identity.story == desk.state.find("sidebar#0").identity.story
    assert [r.input for r in fixed.identity.retracts] == ["story"]


@pytest.mark.parametrize(
    "given",
    [
        {"refers": ("urn:fnw:77",)},
        {"alt": (AltId("urn:fnw:77", "ref"),)},
        {"uri": "urn:fnw:77"},
        {"refers": ("Freedonia-accident-dam",), "text": "KILL the story of the dam wall in northern Freedonia."},
    ],
    ids=["by id", "by reference", "by its own id", "by slug and words"],
)
def test_a_kill_that_comes_first_holds_its_story_back(desk, story, dam, given):
    notice = story(
        "KILL",
        given.get("text", "Please disregard our item of this morning."),
        kind="kill",
        slug=None,
        signals=Signals(kills=True, refers_to=given.get("refers", ())),
        alt_ids=given.get("alt", ()),
        uri=given.get("uri", "urn:fnw:kill"),
    )
    early = only(desk.send(notice))
    late = only(desk.send(dam(uri="urn:fnw:77", minutes=9)))
    assert (late.outcome, late.identity.story) == ("duplicate", early.identity.story)
    assert late.identity.of.method == "killed"


def test_a_kill_by_slug_leaves_another_story_under_the_slug_alone(desk, story, dam):
    notice = story(
        "KILL",
        "KILL the story of the dam wall in northern Freedonia.",
        kind="kill",
        slug="Freedonia-accident-dam",
        signals=Signals(kills=True, refers_to=("Freedonia-accident-dam",)),
    )
    desk.send(notice)
    other = story("Ministers meet on reservoirs", "They met.", slug="Freedonia-accident-dam", minutes=9)
    assert only(desk.send(other)).outcome == "published"


def test_late_members_of_a_killed_family_are_kept_back_and_the_put_right_send_is_not(desk, story, dam):
    desk.send(dam(uri="urn:fnw:1"))
    desk.send(kill_of(story, dam().headline))
    lead = dam(body=dam().body + "\n\nMore was said.", minutes=125, uri="urn:fnw:2")
    again = dam(body=lead.body + "\n\nAnd more.", minutes=127, uri="urn:fnw:3")
    assert [only(desk.send(s)).outcome for s in (lead, again)] == ["duplicate", "duplicate"]
    fixed = corrected(dam, minutes=150)
    assert (only(desk.send(fixed)).outcome, desk.state.find(fixed.provenance.origin.name + "#0").killed) == (
        "published",
        False,
    )


def test_the_put_right_send_after_a_kill_that_came_first_is_published(desk, story, dam):
    desk.send(kill_of(story, dam().headline, minutes=0))
    assert only(desk.send(corrected(dam, minutes=9))).outcome == "published"


def test_a_correction_made_before_the_kill_is_killed_with_it(desk, story, dam):
    desk.send(kill_of(story, dam().headline, minutes=10, created=START + timedelta(minutes=10)))
    late = corrected(dam, minutes=12, created=START + timedelta(minutes=5))
    assert only(desk.send(late)).outcome == "duplicate"
