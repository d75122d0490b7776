"""A re-tag gives the next version of what readers have in hand, once; the rest is left alone, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from identity_support import START, Desk

from streams import pipeline
from streams.contracts.record import StoryRecord
from streams.contracts.retag import Retag, Tags
from streams.contracts.story import CountryTag, NormalisedStory, RegionTag, Signals
from streams.errors import Reason, Rejected
from streams.identity import IdentitySettings, Outcome, Retagged, lost_desks, release, retag, tag_changes, tags_of

LATER = datetime(2031, 5, 13, 9, 0, tzinfo=UTC)
FR = CountryTag("FR", 0.9, ("focus",), ())
BEFORE = Tags(("DE",), ("155", "150"), ("europe", "markets"))

Dam = Callable[..., NormalisedStory]


def record_of(outcome: Outcome) -> StoryRecord:
    """The record that a decision was published as, tagged as :data:`BEFORE`."""
    [result] = outcome.results
    made = pipeline.to_record(result.story, result.identity, START, ())
    return replace(made, desks=BEFORE.desks, countries=(CountryTag("DE", 0.8, ("focus",), ()),))


def asked(record: StoryRecord, before: Tags = BEFORE, desks: tuple[str, ...] = ("europe", "africa")) -> Retag:
    """A re-tag of *record* from Germany to France, from the markets to Africa."""
    tagged = replace(record, countries=(FR,), regions=(RegionTag("155", "m49", "Western Europe", 0.9),), desks=desks)
    return Retag("en", before, tagged)


def apply(desk: Desk, wanted: Retag) -> Retagged:
    answer = retag(wanted, desk.state, LATER)
    desk.store.write(answer.writes)
    return answer


def retagged(desk: Desk, record: StoryRecord) -> StoryRecord:
    answer = apply(desk, asked(record))
    assert answer.verdict == "retagged"
    assert answer.record is not None
    return answer.record


def more(dam: Dam, **given: Any) -> NormalisedStory:
    return dam(body=dam().body + "\n\nThe inquiry opens on Friday.", minutes=30, **given)


def test_the_next_version_has_the_new_tags_and_the_old_words(desk: Desk, dam: Dam) -> None:
    published = record_of(desk.send(dam(uri="urn:fnw:1", created=START)))
    record = retagged(desk, published)
    assert record.item == {**published.item, "version": "2"}
    assert record.item["versionCreated"] == "2031-05-12T08:00:00Z", "a feed sorted by it keeps its order"
    assert (record.relation, record.story) == ("retag", published.story)
    assert record.of is not None
    assert (record.of.uri, record.of.version, record.of.method) == ("urn:fnw:1", "1", "retag")
    told = [(change.what, change.before, change.after) for change in record.changes]
    assert told == [
        ("desk", "markets", None),
        ("desk", None, "africa"),
        ("country", "DE", None),
        ("country", None, "FR"),
        ("region", "150", None),
    ]
    assert "desk markets lost, desk africa gained" in record.explanation
    assert record.processed == LATER
    assert lost_desks(record) == ("markets",)


def test_what_it_said_of_its_parent_is_not_said_again(desk: Desk, dam: Dam) -> None:
    desk.send(dam(uri="urn:fnw:1"))
    fixed = dam(body=dam().body.replace("14 people", "12 people"), minutes=30, signals=Signals(corrects=True))
    published = record_of(desk.send(fixed))
    assert published.relation == "correction"
    record = retagged(desk, published)
    assert (record.claims, record.retracts, record.retracted, record.restates) == ((), (), 0, None)
    assert {change.what for change in record.changes} == {"desk", "country", "region"}


def test_asked_again_it_is_not_done_again(desk: Desk, dam: Dam) -> None:
    wanted = asked(record_of(desk.send(dam())))
    first = apply(desk, wanted)
    again = apply(desk, wanted)
    assert first.verdict == "retagged"
    assert (again.verdict, again.record, again.writes) == ("superseded", None, ())
    desk.restart()
    assert apply(desk, wanted).verdict == "superseded"


def test_read_again_after_a_crash_it_is_the_same_record(desk: Desk, dam: Dam) -> None:
    """Sent, but not yet in the state when the worker died: the state is as it was before."""
    wanted = asked(record_of(desk.send(dam())))
    once = retag(wanted, desk.state, LATER)
    desk.restart()
    assert retag(wanted, desk.state, LATER) == once


def test_an_update_after_it_gets_the_version_after_it(desk: Desk, dam: Dam) -> None:
    published = record_of(desk.send(dam(uri="urn:fnw:1")))
    retagged(desk, published)
    desk.restart()
    update = record_of(desk.send(more(dam, uri="urn:fnw:2")))
    assert (update.relation, update.item["uri"], update.item["version"]) == ("update", "urn:fnw:1", "3")
    assert update.of is not None
    assert update.of.version == "2", "readers have the re-tagged version in hand"


def test_a_parent_that_comes_late_does_not_bring_the_old_tags_back(desk: Desk, dam: Dam) -> None:
    """An update that overtook its parent is published again as what it is, but not once it was tagged anew."""
    hour = timedelta(hours=1)
    update = record_of(desk.send(more(dam, uri="urn:fnw:2", created=START + hour)))
    retagged(desk, update)
    late = desk.send(dam(uri="urn:fnw:1", minutes=31, created=START))
    assert [result.identity.uri for result in late.results if result.outcome == "published"] in ([], ["urn:fnw:1"])


def test_the_agencys_own_number_is_not_used_twice(desk: Desk, dam: Dam) -> None:
    retagged(desk, record_of(desk.send(dam(uri="urn:fnw:1", version="4"))))
    update = record_of(desk.send(more(dam, uri="urn:fnw:1", version="5")))
    assert (update.item["uri"], update.item["version"]) == ("urn:fnw:1", "6")


def test_a_kill_after_it_withdraws_it(desk: Desk, story: Callable[..., NormalisedStory], dam: Dam) -> None:
    published = record_of(desk.send(dam(uri="urn:fnw:1")))
    record = retagged(desk, published)
    notice = f'Please disregard the item headlined "{dam().headline}". It was wrong.'
    kill = story("KILL", notice, kind="kill", signals=Signals(kills=True, refers_to=(dam().headline,)), minutes=60)
    killed = record_of(desk.send(kill))
    assert (killed.relation, killed.item["uri"], killed.item["version"]) == ("kill", "urn:fnw:1", "3")
    assert apply(desk, asked(record)).verdict == "killed"
    assert apply(desk, asked(killed)).verdict == "killed", "a kill keeps its tags"


def test_re_tags_follow_each_other(desk: Desk, dam: Dam) -> None:
    record = retagged(desk, record_of(desk.send(dam(uri="urn:fnw:1"))))
    back = Retag("en", tags_of(record), replace(record, countries=(CountryTag("DE", 0.8, ("focus",), ()),)))
    answer = apply(desk, back)
    assert answer.record is not None
    assert (answer.record.item["version"], [c.after for c in answer.record.changes]) == ("3", [None, "DE"])


def test_a_copy_after_it_is_a_copy_of_the_newest_version(desk: Desk, dam: Dam) -> None:
    retagged(desk, record_of(desk.send(dam(uri="urn:fnw:1"))))
    copy = record_of(desk.send(dam(uri="urn:post:9", minutes=20, source="post", outlet="Post")))
    assert copy.of is not None
    assert (copy.relation, copy.of.version) == ("duplicate", "2")


def test_the_story_itself_replayed_is_answered_as_at_first(desk: Desk, dam: Dam) -> None:
    first = dam(uri="urn:fnw:1")
    retagged(desk, record_of(desk.send(first)))
    replayed = desk.send(first)
    assert replayed.replayed
    assert replayed.results[0].identity.version == "1"


def test_an_older_version_is_left_alone(desk: Desk, dam: Dam) -> None:
    old = record_of(desk.send(dam(uri="urn:fnw:1")))
    new = record_of(desk.send(more(dam, uri="urn:fnw:2")))
    assert apply(desk, asked(old)).verdict == "superseded"
    assert apply(desk, asked(new)).verdict == "retagged"


def test_a_story_with_a_later_version_under_embargo_is_left_alone(desk: Desk, dam: Dam) -> None:
    """The held version has its number already: a re-tag would come out after it, with the older words."""
    until = START + timedelta(hours=6)
    old = record_of(desk.send(dam(uri="urn:fnw:1"), START))
    held = desk.send(more(dam, uri="urn:fnw:2", embargo=until), START)
    assert held.results[0].outcome == "held"
    assert apply(desk, asked(old)).verdict == "superseded"
    assert apply(desk, asked(record_of(held))).verdict == "held"
    desk.store.write(release(desk.state, until).writes)
    assert apply(desk, asked(record_of(held))).verdict == "retagged"


def test_a_copy_is_left_alone(desk: Desk, dam: Dam) -> None:
    desk.send(dam(uri="urn:fnw:1"))
    copy = record_of(desk.send(dam(uri="urn:post:9", minutes=20, source="post", outlet="Post")))
    assert apply(desk, asked(copy)).verdict == "duplicate"


@pytest.mark.parametrize("what", ["input", "uri", "version"])
def test_what_is_not_remembered_is_left_alone(desk: Desk, dam: Dam, what: str) -> None:
    record = record_of(desk.send(dam(uri="urn:fnw:1", version="3")))
    if what == "input":
        record = replace(record, provenance={**record.provenance, "input": "elsewhere/0/1"})
    else:
        record = replace(record, item={**record.item, what: {"uri": "urn:fnw:7", "version": "9"}[what]})
    assert apply(desk, asked(record)).verdict == "unknown"


def test_what_is_past_the_window_is_left_alone(new_desk: type[Desk], dam: Dam) -> None:
    desk = new_desk(IdentitySettings(max_entries=1, max_texts=1))
    record = record_of(desk.send(dam(uri="urn:fnw:1")))
    for number in range(3):
        desk.send(dam(f"Other news {number} of the day", f"Something else, number {number}.", minutes=60 + number))
    assert apply(desk, asked(record)).verdict == "unknown"


def test_a_story_whose_words_were_let_go_is_tagged_all_the_same(new_desk: type[Desk], dam: Dam) -> None:
    desk = new_desk(IdentitySettings(max_texts=1))
    record = record_of(desk.send(dam(uri="urn:fnw:1")))
    for number in range(3):
        desk.send(dam(f"Other news {number} of the day", f"Something else, number {number}.", minutes=60 + number))
    entry = desk.store.get(f"{record.provenance['input']}#0")
    assert entry is not None
    assert entry.slim
    assert apply(desk, asked(record)).verdict == "retagged"


def test_other_words_are_left_alone(desk: Desk, dam: Dam) -> None:
    record = record_of(desk.send(dam(uri="urn:fnw:1")))
    body = [{**record.item["bodies"][0], "value": "Something else altogether."}]
    assert apply(desk, asked(replace(record, item={**record.item, "bodies": body}))).verdict == "other_text"


def test_the_same_tags_are_no_re_tag(desk: Desk, dam: Dam) -> None:
    wanted = asked(record_of(desk.send(dam(uri="urn:fnw:1"))))
    assert apply(desk, replace(wanted, before=tags_of(wanted.record))).verdict == "unchanged"


@pytest.mark.parametrize("missing", ["uri", "version", "headlines", "bodies"])
def test_a_record_without_what_it_must_have_is_rejected(desk: Desk, dam: Dam, missing: str) -> None:
    record = record_of(desk.send(dam(uri="urn:fnw:1")))
    broken = replace(record, item={name: value for name, value in record.item.items() if name != missing})
    with pytest.raises(Rejected, match=missing) as caught:
        retag(asked(broken), desk.state, LATER)
    assert caught.value.reason is Reason.MALFORMED


def test_a_record_from_nowhere_is_rejected(desk: Desk, dam: Dam) -> None:
    record = replace(record_of(desk.send(dam(uri="urn:fnw:1"))), provenance={})
    with pytest.raises(Rejected, match="input"):
        retag(asked(record), desk.state, LATER)


def test_another_country_first_is_a_change_and_another_order_behind_it_is_none() -> None:
    before = Tags(("FR", "DE", "IT"), ("155", "150"), ("europe",))
    assert tag_changes(before, replace(before, countries=("FR", "IT", "DE"), regions=("150", "155"))) == ()
    [change] = tag_changes(before, replace(before, countries=("DE", "FR", "IT")))
    assert (change.what, change.before, change.after) == ("country", "FR", "DE")
