"""Arrival order: copy that changes places within ten minutes ends in the same families with the same newest version."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_support import START, Desk, make

from streams.contracts import codec
from streams.contracts.story import Signals

EVENTS = {
    "tram": (
        "Tram leaves the rails in Velka, three hurt: police",
        "Tram leaves the rails in Velka, three hurt",
        "A tram left the rails on the harbour line in Velka on Monday and three people were hurt, police said.\n\n"
        "The driver, 41, was unhurt and was being questioned, spokeswoman Dana Weiss said of the crash at Quay Street.",
        '"It rang its bell all the way into the bakery," said Lutz Moravec, who was buying rolls.\n\n'
        "The line carries 9,000 people a day and was closed as far as the Customs House.",
    ),
    "grain": (
        "Freedonia bans grain exports until harvest: minister",
        "Freedonia bans grain exports until harvest",
        "Freedonia banned the export of wheat and barley until the harvest, farm minister Ilse Orban said Monday.\n\n"
        "Bread has risen 18 percent since the winter and bakers in Port Arlen have closed for want of flour, she said.",
        '"We will eat our own bread first," Orban told parliament, which had met behind closed doors.\n\n'
        "Freedonia sold 2.1 million tonnes abroad last year, most of it to Sylvania, traders said.",
    ),
    "king": (
        "King Ottokar of Ruritania to abdicate: palace",
        "King Ottokar of Ruritania says he will abdicate",
        "King Ottokar of Ruritania will give up the throne on his 80th birthday, the palace said on Monday.\n\n"
        "Crown Princess Flavia, 44, an engineer, will follow him, it said in a statement of four lines.",
        'Crowds gathered at the Winter Gate. "He fixed my bicycle once," said Rudolf Hentzau, a postman.\n\n'
        "Ottokar came to the throne in 1987 after a regency of six years.",
    ),
}


def sends(dated: bool):
    """Alert, urgent, lead, second lead of three events at once: (event, place in its chain, story builder)."""
    made = []
    for name, (alert, headline, urgent, more) in EVENTS.items():
        slug = f"{name}-story"
        chain = (
            {"headline": alert, "body": alert, "kind": "alert", "slug": "alert", "keywords": ("alert", name, "story")},
            {"headline": headline, "body": urgent, "kind": "urgent", "slug": slug},
            {"headline": headline, "body": f"{urgent}\n\n{more}", "slug": f"{slug},lead", "signals": Signals(lead=1)},
            {
                "headline": headline,
                "body": f"{urgent}\n\n{more}\n\nThe government meets at noon.",
                "slug": f"{slug},2ndlead",
                "signals": Signals(lead=2, verbs=("adds",)),
            },
        )
        for place, given_ in enumerate(chain):
            created = START + timedelta(minutes=2 * place) if dated else None
            made.append((name, place, {**given_, "created": created, "key": f"{name}-{place}"}))
    return made


def outcome(order, dated):
    """The families as sets of keys, and each family's newest record."""
    desk = Desk()
    families: dict[str, set[str]] = {}
    for n, (name, place, given_) in enumerate(order):
        headline, body, rest = given_["headline"], given_["body"], {k: v for k, v in given_.items() if k[0:4] != "head"}
        rest.pop("body")
        result = desk.send(make(headline, body, minutes=n * 9 / len(order), **rest)).results[0]
        families.setdefault(result.identity.story, set()).add(f"{name}-{place}")
    newest = {desk.state.rows[desk.state.families.newest(story)].key for story in families}
    return {frozenset(members) for members in families.values()}, newest


@pytest.mark.parametrize("dated", [True, False])
def test_in_order_the_chains_are_three_and_end_with_the_second_lead(dated):
    order = sorted(sends(dated), key=lambda send: send[1])
    families, newest = outcome(order, dated)
    assert families == {frozenset(f"{name}-{place}" for place in range(4)) for name in EVENTS}
    assert newest == {f"{name}-3#0" for name in EVENTS}


@given(st.permutations(range(12)), st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_the_order_within_ten_minutes_families_and_newest_versions_are_the_same(order, dated):
    all_sends = sends(dated)
    families, newest = outcome([all_sends[n] for n in order], dated)
    assert families == {frozenset(f"{name}-{place}" for place in range(4)) for name in EVENTS}
    assert newest == {f"{name}-3#0" for name in EVENTS}


@given(st.permutations(range(12)))
@settings(max_examples=10, deadline=None)
def test_a_replay_from_the_start_is_the_same_to_the_byte(order):
    all_sends = sends(dated=True)
    stories = []
    for n, place in enumerate(order):
        given_ = dict(all_sends[place][2])
        stories.append(make(given_.pop("headline"), given_.pop("body"), minutes=n, **given_))
    first, again = Desk(), Desk()
    then = [codec.encode(first.send(story).results[0].identity) for story in stories]
    assert [codec.encode(again.send(story).results[0].identity) for story in stories] == then
    assert [codec.encode(first.send(story).results[0].identity) for story in stories] == then
