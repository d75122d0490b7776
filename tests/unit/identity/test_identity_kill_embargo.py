"""Kills reach what they name, early and late; embargoed copy waits, is released on time, and can be killed."""

from datetime import timedelta

import pytest

from streams.contracts.story import Signals
from streams.identity import next_release, release

START_OFFSET = timedelta(hours=6)


def only(outcome):
    assert len(outcome.results) == 1
    return outcome.results[0]


def kill_of(story, headline, **given):
    text = (
        f'Please disregard the item headlined "{headline}", slugged Freedonia-accident-dam. The story was wrong and'
        " will not be replaced."
    )
    settings = {
        "kind": "kill",
        "slug": "Freedonia-accident-dam",
        "signals": Signals(kills=True, refers_to=(headline,)),
        "minutes": 120,
    } | given
    return story(f"KILL: {headline}", text, **settings)


def test_a_kill_is_published_under_the_uri_of_what_it_kills(desk, story, dam):
    desk.send(dam(uri="urn:fnw:1"))
    desk.send(dam(body=dam().body + "\n\nMore.", uri="urn:fnw:2", minutes=20))
    killed = only(desk.send(kill_of(story, dam().headline)))
    assert killed.outcome == "published"
    assert (killed.identity.relation, killed.identity.uri, killed.identity.version) == ("kill", "urn:fnw:1", "3")
    assert (killed.identity.of.uri, killed.identity.of.version) == ("urn:fnw:1", "2")


@pytest.mark.parametrize("late", ["copy", "reprint", "lead"])
def test_copies_of_a_killed_story_are_kept_back(desk, story, dam, late):
    desk.send(dam(uri="urn:fnw:1", raw="a"))
    desk.send(kill_of(story, dam().headline))
    sent = {
        "copy": dam(uri="urn:fnw:1", raw="a", minutes=130),
        "reprint": dam("Dam horror", minutes=140, source="post", outlet="Post", slug=None),
        "lead": dam(body=dam().body + "\n\nMore was said.", minutes=125, uri="urn:fnw:9"),
    }[late]
    result = only(desk.send(sent))
    assert result.outcome == "duplicate"
    assert result.identity.of is not None


def test_another_story_under_the_slug_of_a_killed_one_is_published(desk, story, dam):
    desk.send(dam())
    desk.send(kill_of(story, dam().headline))
    other = story(
        "Ministers meet on reservoirs",
        "The cabinet met on Tuesday to discuss how reservoirs are inspected, a spokesman said after hours of talks.",
        slug="Freedonia-accident-dam",
        minutes=300,
    )
    assert only(desk.send(other)).outcome == "published"


def test_a_corrected_send_takes_the_place_of_a_killed_one(desk, story, dam):
    desk.send(dam(uri="urn:fnw:1"))
    desk.send(kill_of(story, dam().headline))
    fixed = dam(body=dam().body.replace("Two farm", "No farm"), minutes=150, signals=Signals(corrects=True))
    result = only(desk.send(fixed))
    assert (result.outcome, result.identity.relation, result.identity.version) == ("published", "correction", "3")


def test_an_early_kill_waits_for_its_story(desk, story, dam):
    early = only(desk.send(kill_of(story, dam().headline, minutes=0)))
    assert (early.outcome, early.identity.relation, early.identity.of) == ("published", "kill", None)
    late = only(desk.send(dam(minutes=20)))
    assert (late.outcome, late.identity.story) == ("duplicate", early.identity.story)
    assert late.identity.of.method == "killed"
    lead = only(desk.send(dam(body=dam().body + "\n\nMore was said.", minutes=25)))
    assert lead.outcome == "duplicate"
    assert only(desk.send(story("Tram line opens", "A tram line opened.", minutes=30))).outcome == "published"


def test_a_kill_by_id_of_a_canceled_status(desk, story, dam):
    desk.send(dam(uri="urn:fnw:1", version="1"))
    canceled = only(desk.send(dam(uri="urn:fnw:1", version="2", status="canceled", minutes=3)))
    assert (canceled.identity.relation, canceled.identity.uri, canceled.identity.version) == ("kill", "urn:fnw:1", "2")


def test_the_agency_may_reinstate_a_killed_item_under_its_id(desk, story, dam):
    desk.send(dam(uri="urn:fnw:1", version="1"))
    desk.send(dam(uri="urn:fnw:1", version="2", status="canceled", minutes=3))
    back = only(desk.send(dam(uri="urn:fnw:1", version="3", raw="back", minutes=9)))
    assert (back.outcome, back.identity.relation, back.identity.version) == ("published", "update", "3")


def test_a_kill_sent_twice_is_a_duplicate(desk, story, dam):
    desk.send(dam())
    desk.send(kill_of(story, dam().headline, raw="k"))
    assert only(desk.send(kill_of(story, dam().headline, raw="k", minutes=121, key="k2"))).outcome == "duplicate"


def test_an_embargoed_story_is_held_and_released_in_time(desk, dam):
    until = dam().provenance.received + START_OFFSET
    now = dam().provenance.received
    held = only(desk.send(dam(embargo=until), now))
    assert (held.outcome, held.identity.relation) == ("held", "new")
    assert next_release(desk.state) == until
    assert desk.state.sizes()["held"] == 1
    assert release(desk.state, until - timedelta(seconds=1)).results == ()
    out = release(desk.state, until)
    assert only(out).outcome == "published"
    assert only(out).story == dam(embargo=until)
    assert (only(out).identity.uri, only(out).identity.version) == (held.identity.uri, held.identity.version)
    desk.store.write(out.writes)
    assert next_release(desk.state) is None
    assert release(desk.state, until).results == ()


def test_with_no_clock_an_embargo_holds_and_a_passed_one_does_not(new_desk, dam):
    until = dam().provenance.received
    assert only(new_desk().send(dam(embargo=until), None)).outcome == "held"
    assert only(new_desk().send(dam(embargo=until), until)).outcome == "published"


def test_a_held_story_survives_a_restart(desk, dam):
    until = dam().provenance.received + START_OFFSET
    desk.send(dam(embargo=until), dam().provenance.received)
    desk.restart()
    assert only(release(desk.state, until)).story.headline == dam().headline


def test_a_lead_without_embargo_is_an_update_and_the_held_words_do_not_take_over(desk, dam):
    start = dam().provenance.received
    until = start + START_OFFSET
    desk.send(dam(embargo=until), start)
    lead = only(desk.send(dam(body=dam().body + "\n\nOthers reacted.", minutes=30), start))
    assert (lead.outcome, lead.identity.relation, lead.identity.version) == ("published", "update", "2")
    assert only(release(desk.state, until)).outcome == "duplicate"


def test_the_same_words_without_the_embargo_are_published(desk, dam):
    start = dam().provenance.received
    desk.send(dam(embargo=start + START_OFFSET), start)
    freed = only(desk.send(dam(minutes=30, raw="free"), start))
    assert (freed.outcome, freed.identity.relation, freed.identity.version) == ("published", "update", "2")


def test_an_outlet_that_breaks_the_embargo_publishes_nothing(desk, dam):
    start = dam().provenance.received
    desk.send(dam(embargo=start + START_OFFSET), start)
    assert (
        only(desk.send(dam("Dam!", minutes=9, source="post", outlet="Post", slug=None), start)).outcome == "duplicate"
    )


def test_a_killed_held_story_is_never_released(desk, story, dam):
    start = dam().provenance.received
    held = only(desk.send(dam(embargo=start + START_OFFSET), start)).identity
    killed = only(desk.send(kill_of(story, dam().headline), start)).identity
    assert (killed.uri, killed.of.uri) == (held.uri, held.uri)
    assert next_release(desk.state) is None
    assert release(desk.state, start + START_OFFSET).results == ()
    desk.restart()
    assert release(desk.state, start + START_OFFSET).results == ()


def test_a_kill_that_names_a_slug_alone_kills_the_one_story_under_it(new_desk, story):
    signals = Signals(kills=True, refers_to=("BC-FN--Senator-Resigns",))
    kill = {"kind": "kill", "slug": "BC-FN--Senator-Resigns, KILL", "signals": signals}
    notice = "Editors: Kill the story slugged BC-FN--Senator-Resigns. It could not be confirmed."
    slug = "BC-FN--Senator-Resigns"
    first = story("Sen. Whitlock to step down over loans", "Sen. Caleb Whitlock told aides he will go.", slug=slug)
    other = story("Ruzek quits over trip", "Pavel Ruzek left the upper house on Monday.", slug=slug, minutes=5)
    for sent, of in (((first,), True), ((first, other), False)):
        desk = new_desk()
        for one in sent:
            desk.send(one)
        killed = only(desk.send(story("Mandatory Kill: BC-FN--Senator-Resigns", notice, minutes=20, **kill))).identity
        assert killed.relation == "kill"
        assert (killed.of is not None) == of, "of two it would be a guess"
    desk = new_desk()
    desk.send(first)
    headlined = story("Mandatory Kill: Ruzek quits over trip", notice, minutes=20, **kill)
    assert only(desk.send(headlined)).identity.of is None, "a headline means that story, known here or not"
