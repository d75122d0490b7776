"""Families told from records: each once, in order, found again when the first reading learns of more."""

from __future__ import annotations

from typing import Any

import pytest
from showing_support import json_of, one, record, row

from streams.errors import Rejected
from streams.showing.family import find, grouped, of_id, version_order
from streams.showing.told import Moved, in_short, record_of, told


def names(*families: Any) -> list[list[str]]:
    return [[record.name for record in family.records] for family in families]


def test_a_process_line_a_bare_record_and_a_rejection() -> None:
    assert record_of({"outcome": "held", "record": row("u")}) == (row("u"), "held")
    assert record_of(row("u")) == (row("u"), None)
    assert record_of({"outcome": "rejected", "record": None}) == (None, "rejected")


@pytest.mark.parametrize("value", [[], {}, {"item": {}}, {"item": {"uri": "u"}, "story": "s"}, "text", 7])
def test_what_is_no_record(value: Any) -> None:
    with pytest.raises(Rejected):
        record_of(value)


def test_a_broken_record_is_said_to_be_broken() -> None:
    with pytest.raises(Rejected, match="broken"):
        told(row("u", changes=[{"before": "no what"}]))


def test_the_record_of_the_pipeline_is_read_back() -> None:
    back = told(json_of(record()), "published")
    assert (back.uri, back.version, back.relation, back.input) == ("urn:example:ferry", "1", "update", "ferry.txt")
    assert back.why.startswith("Update of")


def test_changes_in_short() -> None:
    changes = (
        Moved("headline", None, "a", "b"),
        Moved("paragraph_added", 1, None, "x"),
        Moved("paragraph_added", 2, None, "y"),
        Moved("paragraph_moved", 0, None, None),
        Moved("figure", None, "170", "174", "dead"),
        Moved("figure", 3, "Friday", "Thursday"),
        Moved("country", None, "US", None),
        Moved("desk", None, None, "africa"),
        Moved("something", None, None, None),
    )
    assert in_short(changes) == (
        "headline “a” → “b”",
        "2 paragraphs added",
        "1 paragraph moved",
        "170 → 174 dead (headline)",
        "Friday → Thursday (paragraph 4)",
        "country US lost",
        "desk africa gained",
        "1 × something",
    )
    assert in_short((Moved("figure", 0, "1", "2"),) * 11)[-1] == "3 more figures moved"


def test_what_a_kill_takes_back_and_what_an_advisory_claims() -> None:
    kill = one(
        "u",
        "2",
        relation="kill",
        retracts=[{"uri": "u", "version": "1", "relation": "new", "outcome": "published", "input": "a"}],
        retracted=4,
        changes=[{"what": "figure", "index": 0, "before": "3", "after": "5", "noun": "dead"}],
        claims=[
            {"verb": "raises", "what": "toll", "paragraph": None, "agrees": True, "change": 0},
            {"verb": "corrects", "what": None, "paragraph": 4, "agrees": None, "change": None},
        ],
    )
    assert [(r.uri, r.version, r.input) for r in kill.retracts] == [("u", "1", "a")]
    assert kill.retracted == 4
    assert kill.changed == ("3 → 5 dead (paragraph 1)",)
    assert kill.claimed == ("raises toll: borne out", "corrects (paragraph 4): cannot be told")


def test_in_the_order_they_were_decided_each_once() -> None:
    first, second = one("u", "1", minute=0), one("u", "2", minute=1, of=("u", "1"))
    (family,) = grouped([second, first])
    assert names(family) == [["u#1", "u#2"]]
    rows = [(row("u", "1"), "published")] * 2 + [(row("u", "1", relation="duplicate"), "duplicate")]
    (family,) = find(["u"], lambda: iter(rows))
    assert [r.relation for r in family.records] == ["new", "duplicate"], "a copy under the same uri is another record"


def test_a_held_story_that_came_out_is_told_as_published() -> None:
    for outcomes in (("held", "published"), ("published", "held")):
        (family,) = find(["u"], lambda outcomes=outcomes: iter([(row("u"), outcome) for outcome in outcomes]))
        assert [r.outcome for r in family.records] == ["published"]


@pytest.mark.parametrize("wanted", ["family:1", "b", "b#1"])
def test_by_family_uri_or_version_even_when_earlier_members_were_read_first(wanted: str) -> None:
    rows = [
        (row("a", minute=0), None),
        (row("x", story="family:2", minute=1), None),
        (row("b", relation="duplicate", of=("a", "1"), minute=2), None),
    ]
    readings = 0

    def read() -> Any:
        nonlocal readings
        readings += 1
        return iter(rows)

    (family,) = find([wanted], read)
    assert names(family) == [["a#1", "b#1"]]
    assert family.absent == ()
    assert readings <= 2


def test_nothing_found_and_what_is_missing() -> None:
    assert find(["z"], lambda: iter([(row("a"), None)])) == ()
    (family,) = find(["u"], lambda: iter([(row("u", "3", of=("u", "2")), None)]))
    assert family.absent == ("u#2",)


def test_a_correcting_record_joins_two_families() -> None:
    rows = [
        (row("p", story="family:P", minute=0), None),
        (row("u", "1", story="family:U", minute=1), None),
        (row("w", "1", story="family:U", relation="duplicate", of=("u", "1"), minute=2), None),
        (row("u", "2", story="family:P", of=("p", "1"), minute=3), None),
    ]
    for wanted in ("family:P", "family:U", "p", "u", "w"):
        (family,) = find([wanted], lambda: iter(rows))
        assert family.stories == ("family:P", "family:U")
        assert names(family) == [["p#1", "u#1", "w#1", "u#2"]]


def test_another_days_issue_under_the_same_uri_is_another_family() -> None:
    rows = [
        (row("notice", "1", story="family:1", minute=0), None),
        (row("notice", "2", story="family:2", minute=1), None),
        (row("notice", "3", story="family:2", of=("notice", "2"), minute=2), None),
    ]
    assert names(*find(["notice"], lambda: iter(rows))) == [["notice#1"], ["notice#2", "notice#3"]]
    assert names(*find(["family:1"], lambda: iter(rows))) == [["notice#1"]]
    late = [*rows[:1], (rows[2][0] | {"processed": "2026-03-10T06:01:00Z"}, None), rows[1]]
    assert names(*find(["notice"], lambda: iter(late)))[0] == ["notice#1"], "by version, not by when it was decided"


def test_versions_are_numbers() -> None:
    assert sorted(["10", "9", "x"], key=version_order) == ["x", "9", "10"]
    (family,) = grouped([one("u", str(n), minute=n) for n in (1, 2)])
    assert of_id(family, "u#2") == (family.records[1],)
