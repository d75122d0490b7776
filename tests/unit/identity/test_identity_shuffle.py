"""Whole wires, shuffled within ten minutes: what readers are left with is the same, whatever came first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_support import MINE_ALERT, MINE_URGENT, MINE_WRAP, START, Desk, make

from streams.contracts.story import Signals

QUAKE = (
    "A {size}-magnitude earthquake struck off {where} on Monday, the Freedonia seismological service said.\n\n"
    "The quake hit at a depth of {deep} kilometres, {far} kilometres west of {town}, it said.\n\n"
    "There were no immediate reports of damage."
)
RATES = (
    "The central bank of {where} {did} its key rate to {rate} percent on Monday, {by}.\n\n"
    "Governor {who} said prices had risen {prices} percent in a year and that the {coin} was {coin_is}.\n\n"
    "Analysts polled last week had expected {expected}."
)
FERRY = (
    "A ferry with {aboard} people aboard ran aground off Port Arlen on Monday and {hurt} were hurt, harbour police"
    " said.\n\n"
    "The Lady Bracknell, 41 years old, struck the Widow's Teeth in fog at 0710, harbour master Jack Worthing said."
)
FERRY_MORE = (
    '\n\n"She went up the rock like a cow up a stair," said Gwendolen Fairfax, a cook, wrapped in a curtain.\n\n'
    "Two tugs stood by for the noon tide. The line has carried mail to the Arlen islands since 1895."
)
TREATY = (
    "Freedonia and Sylvania signed a treaty on the waters of the Velka on Monday after {years} years of talks,"
    " ministers of both said.\n\n"
    "Foreign minister Rufus Firefly called it a bridge; his guest, Vera Marcal, spoke of a lock with two keys."
)
TREATY_MORE = (
    "\n\nFarmers downstream get 30 percent of the summer flow, where they had 12.\n\n"
    '"My ditch does not read treaties," said Chico Ravelli, who grows peppers at the border.'
)


def chain(name: str, slug: str, *sends: dict[str, Any]) -> list[dict[str, Any]]:
    """The sends of one story: two minutes apart by what they say of themselves, each under an id of its own."""
    given_ = []
    for place, send in enumerate(sends):
        own = {"key": f"{name}-{place}", "uri": f"urn:fnw:{name}:{place}", "slug": slug, "place": place}
        given_.append(own | send)
    return given_


def story(headline: str, body: str, **more: Any) -> dict[str, Any]:
    return {"headline": headline, "body": body, **more}


def alert(text: str, *keywords: str) -> dict[str, Any]:
    return story(text, text, kind="alert", slug="alert", keywords=("alert", *keywords))


LEAD, LEAD_2 = Signals(lead=1), Signals(lead=2, verbs=("adds",))
FERRY_HEAD = "Ferry runs aground off Port Arlen"
FERRY_BODY = FERRY.format(aboard=212, hurt=19)
WIRE = [
    *chain(
        "ferry",
        "Freedonia-accident-ferry",
        alert("Ferry runs aground off Port Arlen, 19 hurt: police", "Freedonia", "accident", "ferry"),
        story(FERRY_HEAD, FERRY_BODY, kind="urgent"),
        story(FERRY_HEAD, FERRY_BODY + FERRY_MORE, signals=LEAD, slug="Freedonia-accident-ferry,lead"),
        story(
            FERRY_HEAD,
            FERRY.format(aboard=221, hurt=19) + FERRY_MORE,
            signals=Signals(corrects=True, paragraphs=(1,)),
            slug="Freedonia-accident-ferry,lead",
            ed_note="CORRECTS para 1 to say 221 aboard, not 212",
        ),
    ),
    *chain(
        "treaty",
        "Freedonia-Sylvania-treaty",
        alert("Freedonia and Sylvania sign treaty on Velka waters: ministers", "Freedonia", "Sylvania", "treaty"),
        story("Freedonia, Sylvania sign treaty on Velka", TREATY.format(years=17), kind="urgent"),
        story(
            "Freedonia, Sylvania sign treaty on Velka",
            TREATY.format(years=17) + TREATY_MORE,
            signals=LEAD,
            slug="Freedonia-Sylvania-treaty,lead",
        ),
        story(
            "Freedonia, Sylvania sign treaty on Velka",
            TREATY.format(years=17) + TREATY_MORE + "\n\nThe treaty runs for 40 years.",
            signals=LEAD_2,
            slug="Freedonia-Sylvania-treaty,2ndlead",
        ),
    ),
    *chain(
        "mine",
        "Ruritania-mine",
        alert(MINE_ALERT),
        story("Sixty miners trapped in Zenda as roof falls in", MINE_URGENT, kind="urgent"),
        story("Hope fades for men under ground in Ruritania", MINE_WRAP, signals=LEAD, slug="Ruritania-mine,lead"),
    ),
    *chain(
        "north",
        "quake",
        story("Quake strikes off Ulm", QUAKE.format(size=6.4, where="Ulm", deep=21, far=88, town="Ulmgate")),
    ),
    *chain(
        "south",
        "quake",
        story("Quake strikes off Tarn", QUAKE.format(size=6.1, where="Tarn", deep=140, far=52, town="Tarnport")),
    ),
    *chain(
        "bank",
        "economy-rates",
        story(
            "Ruritania raises key rate",
            RATES.format(
                where="Ruritania",
                did="raised",
                rate=4.25,
                by="its third rise this year",
                who="Otto Strakencz",
                prices=6.1,
                coin="crown",
                coin_is="too weak",
                expected="no move",
            ),
        ),
    ),
    *chain(
        "other-bank",
        "economy-rates",
        story(
            "Sylvania holds key rate",
            RATES.format(
                where="Sylvania",
                did="held",
                rate=2.5,
                by="as it has since March",
                who="Lola Trentino",
                prices=1.9,
                coin="florin",
                coin_is="where it should be",
                expected="a cut",
            ),
        ),
    ),
]
TRUE = frozenset(
    frozenset(send["key"] for send in WIRE if send["key"].rsplit("-", 1)[0] == name)
    for name in {send["key"].rsplit("-", 1)[0] for send in WIRE}
)


def read(order: Sequence[int], dated: bool) -> tuple[frozenset[frozenset[str]], frozenset[str], Desk]:
    """What a reader is left with who follows the records: the families as sets of inputs, and the newest of each."""
    desk = Desk()
    family: dict[str, str] = {}
    joined: dict[str, str] = {}
    for n, place in enumerate(order):
        send = dict(WIRE[place])
        number = send.pop("place")
        created = START + timedelta(minutes=2 * number) if dated else None
        sent = make(send.pop("headline"), send.pop("body"), minutes=n * 9.5 / len(order), created=created, **send)
        for result in desk.send(sent).results:
            said, key = result.identity, result.story.provenance.origin.name
            if said.restates is not None and family[key] != said.story:
                joined[family[key]] = said.story
            family[key] = said.story

    def root(story_id: str) -> str:
        return root(joined[story_id]) if story_id in joined else story_id

    ends = {key: root(story_id) for key, story_id in family.items()}
    sets: dict[str, set[str]] = {}
    for key, story_id in ends.items():
        sets.setdefault(story_id, set()).add(key)
    newest = {desk.state.rows[desk.state.families.newest(story_id)].key for story_id in sets}
    kept = {key: entry.identity.story for key, entry in desk.store.entries.items()}
    assert kept == {f"{key}#0": story_id for key, story_id in ends.items()}, "the state and the records agree"
    return frozenset(map(frozenset, sets.values())), frozenset(newest), desk


NEWEST = frozenset({"ferry-3#0", "treaty-3#0", "mine-2#0", "north-0#0", "south-0#0", "bank-0#0", "other-bank-0#0"})


@pytest.mark.parametrize("dated", [True, False])
def test_in_order_the_wire_is_seven_stories(dated):
    families, newest, _ = read(range(len(WIRE)), dated)
    assert families == TRUE
    assert newest == NEWEST


@given(st.permutations(range(len(WIRE))))
@settings(max_examples=150, deadline=None)
def test_dated_copy_ends_the_same_whatever_came_first(order):
    families, newest, _ = read(order, dated=True)
    assert families == TRUE
    assert newest == NEWEST


@given(st.permutations(range(len(WIRE))))
@settings(max_examples=100, deadline=None)
def test_copy_without_times_ends_in_the_same_families(order):
    # Which of a lead and its correction is the later nothing tells but their arrival.
    families, newest, _ = read(order, dated=False)
    assert families == TRUE
    assert newest - {"ferry-1#0", "ferry-2#0", "ferry-3#0", "ferry-0#0"} == NEWEST - {"ferry-3#0"}


@given(st.permutations(range(len(WIRE))))
@settings(max_examples=40, deadline=None)
def test_read_again_every_input_has_its_records_again_and_a_restart_changes_nothing(order):
    first, again = read(order, dated=True), read(order, dated=True)
    assert first[2].store.entries == again[2].store.entries
    desk = first[2]
    before = {
        story_id: desk.state.families.newest(story_id)
        for story_id in {e.identity.story for e in desk.store.entries.values()}
    }
    desk.restart()
    assert {story_id: desk.state.families.newest(story_id) for story_id in before} == before
