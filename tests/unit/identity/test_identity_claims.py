"""What an advisory claims, held against what moved; through the copy desk's own reading of the advisory."""

import pytest

from streams.copydesk.advisory import signals as read
from streams.identity.changes import changes_between
from streams.identity.claims import claims_of

OLD = (
    "Three people were killed when a ferry ran aground off Port Arlen on Friday, the coast guard said.",
    "The ferry had left Velka at dawn with 80 passengers.",
    "The weather was calm.",
    "It is the second such accident on Friday crossings this year.",
)
QUOTE = '"We felt the keel scrape and then it was dark," said Ilse Moravec, a passenger.'


def claims(note, new, old=OLD):
    changes = changes_between("Ferry runs aground", old, "Ferry runs aground", new, 60)
    return claims_of(read(note, "", "", False, ()), note, changes), changes


@pytest.mark.parametrize(
    "note",
    [
        "ADDS quotes",
        "AJOUTE citations",
        "AGREGA declaraciones",
        "ACRESCENTA declarações",
        "ERGÄNZT Zitate",
        "إضافة تصريحات",
    ],
)
def test_quotes_that_were_added_bear_the_advisory_out(note):
    found, changes = claims(note, (*OLD, QUOTE))
    assert [(c.verb, c.agrees) for c in found] == [("adds", True)], found
    assert changes[found[0].change].after == QUOTE
    assert found[0].what is not None
    assert [c.agrees for c in claims(note, (*OLD, "Divers went down at noon."))[0]] == [False]


@pytest.mark.parametrize(
    "note", ["RAISES toll", "ACTUALISE bilan, ACTUALISE avec nouveau bilan", "AUMENTA balance de muertos"]
)
def test_a_toll_that_rose_bears_the_advisory_out(note):
    five = (OLD[0].replace("Three", "Five"), *OLD[1:])
    found, _ = claims(note, five)
    assert {c.verb for c in found} & {"raises", "updates"}
    assert all(c.agrees for c in found if c.verb != "adds"), found


def test_a_toll_that_fell_does_not():
    one = (OLD[0].replace("Three", "One"), *OLD[1:])
    (found,), _ = claims("RAISES toll", one)
    assert (found.verb, found.what, found.agrees, found.change) == ("raises", "toll", False, None)


@pytest.mark.parametrize(
    "note",
    [
        "CORRECTS para 1 and 4 to say Thursday, not Friday",
        "CORRIGE paragraphes 1 et 4 pour dire Thursday et non Friday",
        "CORRIGE párrafos 1 y 4: Thursday y no Friday",
        "CORRIGE parágrafos 1 e 4: Thursday e não Friday",
        "BERICHTIGT Absätze 1 und 4: Thursday statt Friday",
    ],
)
def test_each_paragraph_that_a_correction_names_is_checked(note):
    new = tuple(p.replace("Friday", "Thursday") for p in OLD)
    found, changes = claims(note, new)
    assert [(c.verb, c.paragraph, c.what, c.agrees) for c in found] == [
        ("corrects", 1, "Thursday, not Friday", True),
        ("corrects", 4, "Thursday, not Friday", True),
    ]
    assert [changes[c.change].index for c in found] == [0, 3]


def test_a_paragraph_that_a_correction_names_and_leaves_is_told():
    new = (OLD[0].replace("Friday", "Thursday"), *OLD[1:])
    found, _ = claims("CORRECTS para 1 and 4 to say Thursday, not Friday", new)
    assert [(c.paragraph, c.agrees) for c in found] == [(1, True), (4, False)]


def test_another_edit_in_the_named_paragraph_does_not_bear_it_out():
    new = (OLD[0].replace("Port Arlen", "Port Orlova"), *OLD[1:])
    assert [c.agrees for c in claims("CORRECTS para 1 to say Thursday, not Friday", new)[0]] == [False]


def test_a_correction_that_names_nothing_is_borne_out_by_any_edit():
    assert [c.agrees for c in claims("CORRECTS spelling", (OLD[0].replace("Arlen", "Arlin"), *OLD[1:]))[0]] == [True]
    assert [c.agrees for c in claims("CORRECTS spelling", OLD)[0]] == [False]


def test_recasts_and_trims():
    (recast,), _ = claims("RECASTS", ("A ferry captain was arrested.", *OLD[1:]))
    assert (recast.verb, recast.agrees) == ("recasts", True)
    assert [c.agrees for c in claims("RECASTS", (*OLD, QUOTE))[0]] == [False]
    assert [c.agrees for c in claims("TRIMS", OLD[:3])[0]] == [True]


def test_with_nothing_to_compare_or_a_list_cut_short_it_is_left_open():
    said = read("RAISES toll", "", "", False, ())
    assert [c.agrees for c in claims_of(said, "RAISES toll", (), compared=False)] == [None]
    assert [c.agrees for c in claims_of(said, "RAISES toll", (), whole=False)] == [None]
    assert claims_of(read("", "", "", False, ()), None, ()) == ()
