"""The state: replays, recovery in any order, windows, bounds, hostile text."""

import dataclasses
import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_support import known

from streams.contracts import codec
from streams.contracts.story import Signals
from streams.identity import Filed, IdentitySettings, IdentityState, release
from streams.pipeline import MemoryStore

PLACES = ("Orlova", "Port Arlen", "Velka", "Mirna", "Sylvania")
EVENTS = (
    "a dam wall gave way above {p} and {n} farm workers were missing, rescuers said on Monday after a night of rain",
    "a ferry with {n} people aboard ran aground off {p} and was towed free by two tugs at noon, the harbour said",
    "prosecutors in {p} charged {n} customs officers with taking bribes from a shipper of frozen fish, a clerk said",
)


def wire(make, seed, count):
    """A made-up wire: stories, updates, re-sends, alerts, a kill now and then."""
    rng = random.Random(seed)
    sent, past = [], []
    for n in range(count):
        minutes = n * 7
        if past and rng.random() < 0.5:
            old = rng.choice(past)
            what = rng.choice(("again", "more", "fix", "kill"))
            given = {"minutes": minutes, "key": f"k{n}"}
            if what == "again":
                sent.append(make(old.headline, old.body, **given))
            elif what == "kill" and rng.random() < 0.3:
                sent.append(
                    make(f"KILL {old.headline}", "Disregard it.", kind="kill", signals=Signals(kills=True), **given)
                )
            elif what == "fix":
                signals = Signals(corrects=True)
                sent.append(make(old.headline, old.body.replace("two", "three"), signals=signals, **given))
            else:
                sent.append(make(old.headline, f"{old.body}\n\nMore was said at hour {n}.", **given))
        else:
            place, number = rng.choice(PLACES), rng.randrange(3, 90)
            lead = rng.choice(EVENTS).format(p=place, n=number)
            kind = rng.choice(("story", "story", "alert"))
            body = lead if kind == "alert" else f"In {place}, {lead}.\n\nThe mayor of {place} asked for calm."
            sent.append(make(f"{place}: {lead[:40]}", body, minutes=minutes, key=f"k{n}", kind=kind))
        past.append(sent[-1])
    return sent


def test_a_replay_is_answered_as_then_and_writes_nothing(desk, story):
    sent = wire(story, 1, 40)
    first = [desk.send(s) for s in sent]
    size = desk.state.sizes()
    for s, then in zip(sent, first, strict=True):
        again = desk.send(s)
        assert again.replayed
        assert again.results == then.results
        assert again.writes == ()
    assert desk.state.sizes() == size


def test_a_held_replay_is_answered_held_even_after_its_release(desk, dam):
    held = dam(embargo=dam().provenance.received + timedelta(hours=1))
    first = desk.send(held, held.provenance.received)
    desk.store.write(release(desk.state, held.embargoed_until).writes)
    assert desk.send(held, held.embargoed_until).results == first.results


def test_entries_not_yet_written_are_found(new_desk, story):
    careless, careful = new_desk(persist=False), new_desk()
    for s in wire(story, 2, 60):
        assert careless.send(s).results == careful.send(s).results


@given(st.integers(0, 10_000), st.integers(1, 45))
@settings(max_examples=12, deadline=None)
def test_a_recovered_state_gives_the_same_answers(seed, cut):
    from identity_support import Desk, make  # the fixtures' own builders, for hypothesis

    sent = wire(make, seed, 50)
    whole, halves = Desk(), Desk()
    expected = [whole.send(s).results for s in sent]
    got = [halves.send(s).results for s in sent[:cut]]
    halves.restart(lambda entries: random.Random(seed).sample(entries, len(entries)))
    got += [halves.send(s).results for s in sent[cut:]]
    assert got == expected


def test_old_entries_are_slimmed_then_deleted_a_few_at_a_time(new_desk, story):
    limits = IdentitySettings(text_window_hours=10, id_window_hours=30, expire_per_call=3)
    desk = new_desk(limits)
    most = 0
    for n in range(400):
        s = story(
            f"Item {n} of the day", f"Number {n} was drawn at the fair in hall {n * 3}.", minutes=n * 20, key=str(n)
        )
        writes = desk.send(s).writes
        most = max(most, len(writes))
        assert len(desk.state.rows) <= 30 * 3 + 3 * 12
    assert most <= 1 + 2 * 3
    sizes = desk.state.sizes()
    assert sizes["texts"] <= 10 * 3 + 12
    assert sizes["entries"] == len(desk.store.entries)
    assert sum(e.slim for e in desk.store.entries.values()) == sizes["entries"] - sizes["texts"]
    assert all(not e.paragraphs and not e.fingerprint.signature for e in desk.store.entries.values() if e.slim)
    desk.restart()
    assert desk.state.sizes() == sizes


def test_memory_stays_flat_while_the_window_slides(new_desk, story):
    window = 600
    desk = new_desk(IdentitySettings(max_texts=window, max_entries=window))
    seen = []
    for n in range(4 * window):
        body = f"Number {n} was drawn in hall {n * 3} before a crowd from Lot{n}."
        desk.send(story(f"Item {n} today", body, minutes=None, key=f"wire/0/{n}", slug=f"fair-{n}"))
        if n % window == window - 1:
            state = desk.state
            room = sum(filed.room for filed in (state._ids, state._prints, state.families))
            seen.append((*state.sizes().values(), state.texts.slugs, room, state.texts.room, len(state.rows._chunks)))
            assert len(state._unwritten) <= 4 * 64
    sizes = [[*row[:7]] for row in seen]
    assert sizes[1] == sizes[2] == sizes[3]
    for row in seen[2:]:
        assert all(later <= 2 * first for later, first in zip(row[7:], seen[1][7:], strict=True))


def test_entries_are_dropped_once_the_store_has_them_though_it_lags(new_desk, story):
    desk = new_desk(persist=False)
    late = []
    for n in range(600):
        late += desk.send(story(f"Item {n}", f"Number {n} was drawn in hall {n * 3}.", key=f"k{n}")).writes
        if n >= 100:
            desk.store.write([late.pop(0), late.pop(0)])
    assert len(desk.state._unwritten) < 2 * 300, "an entry and a story each"
    assert all(desk.state.entry(n) is not None for n in range(1, 601))


class Bytes(MemoryStore):
    """A store whose values are JSON, as a table's are: the index is built from the fields that it needs alone."""

    def filed(self, key):
        return codec.decode(codec.encode(self.entries[key]), Filed)


def test_a_state_is_built_from_stored_bytes_as_from_entries(desk, story):
    for s in wire(story, 3, 80):
        desk.send(s)
    stored = Bytes()
    stored.entries = desk.store.entries
    states = [IdentityState(IdentitySettings(), store) for store in (desk.store, stored)]
    states[0].load(known(desk.store.entries.values()))
    states[1].load(reversed(known(desk.store.entries.values())))
    assert states[0].sizes() == states[1].sizes() == desk.state.sizes()
    assert [states[1].rows[n].key for n in range(1, 81)] == [states[0].rows[n].key for n in range(1, 81)]


def test_without_times_the_windows_go_by_count(new_desk, story):
    desk = new_desk(IdentitySettings(max_texts=20, max_entries=50))
    for n in range(200):
        desk.send(story(f"Item {n} today", f"Number {n} was drawn in hall {n * 3}.", minutes=None, key=str(n)))
    assert desk.state.sizes()["texts"] <= 21
    assert desk.state.sizes()["entries"] <= 51


def test_an_entry_deleted_before_its_text_is_due_leaves_the_index_too(new_desk, story):
    desk = new_desk(IdentitySettings(max_texts=100, max_entries=20))
    for n in range(80):
        desk.send(story(f"Item {n} today", f"Number {n} was drawn in hall {n * 3}.", minutes=None, key=str(n)))
    assert desk.state.sizes()["texts"] <= 21
    assert desk.state.sizes()["words"] < 150


def test_one_date_in_the_far_future_expires_nothing(desk, story, dam):
    desk.send(dam())
    desk.send(story("Typo", "A clock was wrong.", minutes=60 * 24 * 400))
    again = desk.send(dam(minutes=10, raw="again"))
    assert again.results[0].outcome == "duplicate"


def test_many_copies_of_one_text_do_not_swell_the_index(desk, dam):
    for n in range(200):
        desk.send(dam(minutes=n, key=str(n), raw="same"))
    sizes = desk.state.sizes()
    assert sizes["texts"] == 1
    assert len(desk.state.by_print("exact", dam().fingerprint.exact)) == 1


def test_a_loaded_state_is_not_loaded_again(desk, dam):
    desk.send(dam())
    with pytest.raises(ValueError, match="empty"):
        desk.state.load([])


@pytest.mark.parametrize(
    "bad", [{"text_window_hours": 0}, {"id_window_hours": 1}, {"candidates": 0}, {"expire_per_call": 0}]
)
def test_limits_that_cannot_work_are_refused(bad):
    with pytest.raises(ValueError, match="must"):
        IdentitySettings(**bad)


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=300), st.sampled_from(("story", "alert", "kill")))))
@settings(max_examples=40, deadline=None)
def test_any_text_is_decided(items):
    from identity_support import Desk, make

    desk = Desk()
    for n, (headline, body, kind) in enumerate(items):
        s = make(headline, body, kind=kind, slug=headline[:20], key=str(n), minutes=n)
        result = desk.send(s).results[0]
        assert result.identity.uri
        assert result.identity.story.startswith("urn:newswire:story:")
        assert (result.outcome == "duplicate") == (result.identity.relation == "duplicate")


def test_published_versions_of_one_uri_are_never_repeated(desk, story):
    seen = set()
    for s in wire(story, 5, 150):
        result = desk.send(s).results[0]
        if result.outcome == "published":
            name = (result.identity.uri, result.identity.version)
            assert name not in seen
            seen.add(name)


def test_an_entry_is_made_of_values_only(desk, dam):
    desk.send(dam())
    entry = next(iter(desk.store.entries.values()))
    assert dataclasses.is_dataclass(entry)
    assert IdentityState(IdentitySettings(), desk.store).sizes()["entries"] == 0
