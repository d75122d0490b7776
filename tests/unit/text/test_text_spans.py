"""The ledger of cuts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from streams.text.layout import flatten, lay_out
from streams.text.spans import Ledger


def test_a_cut_is_trimmed_and_the_first_keeps_what_it_took() -> None:
    ledger = Ledger("one two three four five six")
    assert ledger.cut("a.b", 3, 8)
    assert ledger.cut("c.d", 4, 14)
    assert [(s.start, s.end, s.rule) for s in ledger.spans] == [(4, 7, "a.b"), (8, 13, "c.d")]
    assert ledger.remains(0, 27) == "one four five six"
    assert not ledger.cut("e.f", 3, 9)


def test_a_cut_above_the_share_or_of_everything_is_refused() -> None:
    ledger = Ledger("abcdefghij")
    assert not ledger.cut("greedy.rule", 0, 7)
    assert ledger.refused == ["greedy.rule"]
    assert not ledger.cut("greedy.rule", 0, 10, any_share=True)
    assert ledger.cut("fair.rule", 0, 9, any_share=True)


def test_cuts_together_are_all_or_none() -> None:
    ledger = Ledger("abcd efgh ij")
    assert not ledger.cut_all("a.b", [(0, 4), (5, 9)])
    assert not ledger.spans


def test_a_control_character_goes_without_parting_the_word() -> None:
    ledger = Ledger("har\x00bour \x02wall")
    ledger.cut_invisible("wirehead.control")
    assert ledger.remains(0, 14) == "harbour wall"


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.booleans()), max_size=12))
def test_nothing_is_lost_or_doubled(text: str, cuts: list[tuple[int, int, bool]]) -> None:
    ledger = Ledger(text)
    for start, end, any_share in cuts:
        ledger.cut("a.rule", start, end, any_share=any_share)
    ledger.cut_invisible("another.rule")
    at, left = 0, []
    for span in ledger.spans:
        assert at <= span.start < span.end
        left.append(text[at : span.start])
        at = span.end
    left.append(text[at:])
    assert "".join(ledger.remains(0, len(text)).split()) == "".join("".join(left).split())
    assert (
        not flatten(text).strip()
        or ledger.left > 0
        or not ledger.spans
        or "another.rule" in {s.rule for s in ledger.spans}
    )


@given(
    st.one_of(
        st.text("ab \n\r\t\u00a0\u200b’", max_size=60),
        st.text("ab \n", max_size=60),
        st.lists(st.sampled_from(["harbour ", "pilots\n", "é ", "of\r\n", "\n"]), max_size=40).map("".join),
        st.just("Harbour pilots of Freedonia went back to work at dawn after a\nstrike of nine days.\n  No ships.\n"),
    ),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_what_is_left_is_counted_and_printed_alike(text: str, cuts: list[tuple[int, int]]) -> None:
    layout = lay_out(text)
    ledger, alone = Ledger(text, layout=layout), Ledger(text)
    for start, end in cuts:
        assert ledger.cut("a.rule", start, end) == alone.cut("a.rule", start, end)
    solid = [c for c in text if not c.isspace() and c != "\u200b"]
    gone = "".join(text[span.start : span.end] for span in ledger.spans).replace("\u200b", "")
    assert ledger.left == alone.left == len(solid) - len("".join(gone.split()))
    ranges = [(p.start, p.end) for p in layout.paragraphs]
    left = [piece for start, end in ranges if (piece := alone.remains(start, end))]
    assert ledger.paragraphs(layout.paragraphs) == left
    assert [not ledger.remains(*r) for r in ranges] == [ledger.is_cut(*r) for r in ranges]
    assert [ledger.touches(*r) and ledger.is_cut(*r) for r in ranges] == [ledger.is_cut(*r) for r in ranges]
    bare = [(text[s.start : s.end].strip(), s.end - s.start) for s in ledger.spans]
    assert all(len(words) == length > 0 for words, length in bare)
    assert all(before.end <= after.start for before, after in pairwise(ledger.spans))
