"""Marked copy and reasons: no character lost, each country with the words that speak for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from showing_support import BODY, record

from streams.contracts.story import Dateline, Mention, RegionTag
from streams.showing import reasons
from streams.showing.marking import Piece, marked, marked_caption, marked_dateline, marked_field
from streams.showing.reasons import DeskReason, Quoted
from streams.showing.shown import show


def plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text} {piece.mark}]" if piece.mark else piece.text for piece in pieces)


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(["SY", "region"])), max_size=8),
)
def test_no_character_is_lost_whatever_the_spans(text: str, spans: list[tuple[int, int, str]]) -> None:
    pieces = marked(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


def test_each_mention_in_its_own_field_with_country_or_kind() -> None:
    given = record()
    assert plain(marked_field("Syria ferries stop", "headline", given.mentions)) == "[Syria SY] ferries stop"
    body = plain(marked_field(BODY, "body", given.mentions))
    assert body.startswith("Ferries to Syria and the [Sahel region] stopped")
    assert body.endswith("[Damascus SY] was quiet.")


def test_right_to_left_copy_keeps_its_order() -> None:
    text = "وصلت السفن إلى بيروت أمس"
    start = text.index("بيروت")
    pieces = marked(text, [(start, start + 5, "LB")])
    assert [piece.text for piece in pieces] == ["وصلت السفن إلى ", "بيروت", " أمس"]
    assert pieces[1].mark == "LB"


def test_a_caption_borrows_only_names_of_one_meaning() -> None:
    mentions = [
        Mention("body", 0, 7, "Georgia", "country", "GE"),
        Mention("body", 9, 16, "Georgia", "state", "US"),
        Mention("body", 20, 24, "Oslo", "capital", "NO"),
    ]
    assert plain(marked_caption("Georgia and Oslo, not Oslofjord", mentions)) == "Georgia and [Oslo NO], not Oslofjord"
    assert plain(marked_caption("No names known", [])) == "No names known"


def test_the_city_of_a_dateline() -> None:
    assert plain(marked_dateline(Dateline("BEIRUT, March 10 -", "Beirut", "LB", None))) == "[BEIRUT LB], March 10 -"
    assert marked_dateline(Dateline("NOWHERE -", "Nowhere", None, None)) == (Piece("NOWHERE -"),)


def test_the_ranking_quotes_what_speaks_for_each_country() -> None:
    syria, lebanon = reasons.ranking(record())
    assert syria.why == ("headline or lead tell of it", "the agency coded it")
    assert syria.evidence == (
        Quoted("agency code", "Syrian Arab Republic"),
        Quoted("headline", "Syria"),
        Quoted("body", "Damascus", 2),
    )
    assert lebanon.evidence == (Quoted("dateline", "Beirut"),)


def test_a_country_named_in_passing_is_not_ranked() -> None:
    given = record(countries=record().countries[1:])
    assert reasons.passing(given) == ("SY",)
    assert reasons.passing(record()) == ()


def test_regions_and_desks_say_why() -> None:
    regions = (
        RegionTag("145", "m49", "Western Asia", 0.9),
        RegionTag("142", "m49", "Asia", 0.9),
        *record().regions[1:],
    )
    shown = show(
        "ferry.txt",
        0,
        "published",
        record(regions=regions),
        [("middle-east", "SY in 145"), ("africa", "region sahel")],
        {"SY": ["145", "142"], "LB": ["145"]}.__getitem__,
    )
    assert [region.why for region in shown.regions] == ["holds SY, LB", "holds SY", "the copy names it: “Sahel”"]
    assert shown.desks == (DeskReason("middle-east", "SY in 145 (Western Asia)"), DeskReason("africa", "region sahel"))
    assert plain(shown.captions[0]) == "A ferry off [Damascus SY] Quay"
    assert shown.told.of is not None
    assert (shown.told.of.similarity, shown.told.outcome) == (0.25, "published")


def test_a_named_region_shows_the_countries_it_stands_for() -> None:
    codes = ("BF", "ML", "MR", "NE", "TD")
    many = tuple(f"A{letter}" for letter in "ABCDEFGHIJKLMN")
    sahel, wide = reasons.regions(
        record(regions=(RegionTag("sahel", "named", "Sahel", 0.5, codes), RegionTag("x", "named", "X", 0.5, many))),
        {"SY": [], "LB": []}.__getitem__,
    )
    assert sahel.why == "the copy names it: “Sahel”; stands for BF ML MR NE TD"
    assert wide.why == f"the copy names it; stands for {' '.join(many[:12])} and 2 more"
