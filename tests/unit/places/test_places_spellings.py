"""Names are matched as copy may spell them, capitals and all, and at the right place whatever else the copy holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_support import Locate, loaded

from streams import places
from streams.errors import UsageError
from streams.places.folding import MOST_SIGNS, cased, fold, latin
from streams.places.spellings import Matcher
from tools.gazetteer.spelled import sections

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.characters(max_codepoint=255),
        st.sampled_from("Åß ØŁđ İµ“’—Σ"),
    )
)
COPY = st.lists(
    st.sampled_from(
        [
            *("Peru", "PERU", "peru", "l'Argentine", "L'Argentine", "São Paulo", "Isle Of Man", "isle of man", "groß"),
            *("“US’”", "Łódź", "in", "New York", "New Yorkers", "the", "The Gulf", ".", "\n\n", "Côte d'Ivoire"),
            *("Größenwahn", "— U.S."),
        ]
    ),
    max_size=15,
).map(" ".join)


@given(TEXT)
def test_capitals_are_all_that_is_kept(text: str) -> None:
    assert len(cased(text)) == len(text)
    assert "".join(char.lower() for char in cased(text)) == "".join(char.lower() for char in fold(text))


@given(TEXT)
def test_latin_bytes_are_the_cased_text(text: str) -> None:
    data = latin(text)
    if data is not None:
        assert data.decode("latin-1").replace("µ", "μ") == cased(text)


def test_copy_in_other_letters_or_with_very_many_signs_is_no_latin() -> None:
    assert latin("Das “Nein” – groß") == b"Das  Nein    gro\xdf"
    assert latin("Łódź, Škoda") == b"Lodz  Skoda"
    assert latin("Киев") is None
    signs = "".join(chr(0x2190 + number) for number in range(MOST_SIGNS + 1))
    assert latin(signs[:-2]) == b" " * (MOST_SIGNS - 1)
    assert latin(signs) is None


@settings(max_examples=200, deadline=None)
@given(COPY, st.sampled_from(["en", "fr", "es", "xx"]))
def test_letters_from_elsewhere_move_no_name(copy: str, language: str) -> None:
    gazetteer = loaded()
    plain = gazetteer.find(copy, language)
    assert gazetteer.find(f"{copy} Ж", language)[: len(plain)] == plain
    moved = [(start - 4, end - 4, reading) for start, end, reading in gazetteer.find(f"本 , {copy}", language)]
    assert moved == plain


def made(*given: tuple[str, str, bool]) -> Matcher:
    """A matcher of names given as (shape, case, may it be in lower case)."""
    return Matcher(**sections(given))


def names(text: str, matcher: Matcher) -> list[tuple[int, str]]:
    return [(number, text[start:end]) for number, start, end in matcher.find(text)]


def test_a_name_is_written_with_its_capitals_more_capitals_or_all_in_capitals() -> None:
    matcher = made(("Isle of Wend", "p", False), ("the Fens", "p", False), ("Tren", "p", True), ("TRN", "u", False))
    for spelled in ("Isle of Wend", "Isle Of Wend", "ISLE OF WEND"):
        assert names(f"({spelled})", matcher) == [(0, spelled)]
    assert names("isle of Wend, isle of wend, Isle of wend", matcher) == []
    assert names("The Fens, the Fens", matcher) == [(1, "The Fens"), (1, "the Fens")]
    assert names("Tren, TREN, tren", matcher) == [(2, "Tren"), (2, "TREN"), (~2, "tren")]
    assert names("TRN, Trn, trn", matcher) == [(3, "TRN")]


def test_a_spelling_that_two_names_share_is_the_first_ones() -> None:
    matcher = made(("Tren Sul", "p", False), ("Tren-Sul", "p", False), ("Orve", "p", False), ("ORVE", "u", False))
    assert names("Tren Sul, Tren-Sul", matcher) == [(0, "Tren Sul"), (0, "Tren-Sul")]
    assert names("Orve ORVE", matcher) == [(2, "Orve"), (2, "ORVE")]
    assert matcher.size == 4


def test_spellings_without_an_owner_are_refused() -> None:
    lines = sections([("Tren", "p", False), ("Isle of Wend", "p", False)])
    assert lines["owners"].split(b"\n") == [b"10", b"03", b"00"]
    with pytest.raises(UsageError, match="4 spellings of 5 owners"):
        Matcher(**{**lines, "spelled": lines["spelled"].rpartition(b"\n")[0]})


def test_only_whole_words_are_names() -> None:
    matcher = made(("Tren", "p", False), ("Groß", "p", False))
    assert names("Trenby, Pre-Tren, Tren's", matcher) == [(0, "Tren"), (0, "Tren")]
    assert names("Groß. Größe", matcher) == [(1, "Groß")]
    assert names("Groß Ж. Größe", matcher) == [(1, "Groß")]


def test_a_name_that_breaks_off_hides_none_that_it_holds() -> None:
    matcher = made(("L.A", "p", False), ("Arvent", "p", False), ("Wend Is Tren", "p", False), ("Tren", "p", False))
    assert names("L'Arvent, L.A.", matcher) == [(1, "Arvent"), (0, "L.A")]
    longer = made(("L.A", "p", False), ("Arvent Sul", "p", False), ("Sul", "p", False))
    assert names("L'Arvent Sul, Sul", longer) == [(1, "Arvent Sul"), (2, "Sul")]
    assert names("Wend is Trenby", matcher) == []
    assert names("Wend Is Trenby", matcher) == []
    assert names("Wend Is Tren", matcher) == [(2, "Wend Is Tren")]


def test_every_name_is_found_by_its_shape_and_looked_up_by_its_pattern(gazetteer: places.Gazetteer) -> None:
    for number in range(0, gazetteer.size, 7):
        name = gazetteer.name(number)
        assert (number, 0, len(name.shape)) in gazetteer._matcher.find(name.shape) or name.shape.islower(), name
        assert gazetteer.look_up(name.pattern) == name.meanings
    assert gazetteer.look_up("") == gazetteer.look_up("zzzz") == gazetteer.look_up("peru ") == ()


@pytest.mark.parametrize(
    ("copy", "name"),
    [
        ("Growers in the Netherlands gained.", "Netherlands"),
        ("Storms hit southern California overnight.", "California"),
        ("The bank of England waits.", "England"),
    ],
)
def test_a_word_in_lower_case_hides_no_name_after_it(locate: Locate, copy: str, name: str) -> None:
    assert name in [mention.text for mention in locate(copy).mentions]


def test_a_party_man_names_his_state(locate: Locate) -> None:
    for copy in ("Sen. Ulla Wendt (D-Vt.) agreed.", "Sen. Per Holm, I-Vt., agreed."):
        assert [(mention.text, mention.country) for mention in locate(copy).mentions] == [("Vt.", "US")]
