"""The compiled file, the folding and the matcher."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_support import clean_story, loaded

from streams import places
from streams.errors import UsageError
from streams.places.folding import fold, key
from streams.places.gazetteer import PACKAGED

TEXT = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("US Syria, Paris.Texas İßΣﬁ\n-'()"))
)
WORDS = st.lists(
    st.sampled_from(
        [
            *("Syria", "US", "U.S.", "Paris", ",", "Texas", "Jordan", "Chad", "Smith", "(ISIS)", "of", "\n\n", "the"),
            *("West", "Gulf", "Mexico", "Ga.", "LONDON", "said", "é😀", "Mr", "Georgia", "in", "R-Ohio", "Bank"),
        ]
    ),
    max_size=40,
).map(" ".join)


def test_the_file_is_what_its_header_says(gazetteer: places.Gazetteer) -> None:
    header, _, body = gzip.decompress(PACKAGED.read_bytes()).partition(b"\n")
    told = json.loads(header)
    assert told["sha256"] == hashlib.sha256(body).hexdigest()
    assert told["names"] == gazetteer.size > 50_000
    assert gazetteer.version == f"{told['format']}-{told['sha256'][:12]}"


def test_every_line_of_the_file_parses_and_matches_its_own_shape(gazetteer: places.Gazetteer) -> None:
    for index in range(gazetteer.size):
        name = gazetteer.name(index)
        assert name.meanings, name
        assert name.case in {"p", "u", "i"}, name
        assert fold(name.shape) == name.pattern, name


def test_a_spoiled_or_missing_file_is_refused(tmp_path: Path) -> None:
    data = gzip.decompress(PACKAGED.read_bytes())
    spoiled = tmp_path / "spoiled.gz"
    spoiled.write_bytes(gzip.compress(data + b"x"))
    cut = tmp_path / "cut.gz"
    cut.write_bytes(PACKAGED.read_bytes()[:5000])
    for path in (spoiled, cut, tmp_path / "none.gz"):
        with pytest.raises(UsageError, match="gazetteer"):
            places.load(path)


@given(TEXT)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("strange", ["ß 日本 ", "قال 😀 ", "ß"])
def test_offsets_hold_beside_letters_that_stay_longer_than_a_byte(gazetteer: places.Gazetteer, strange: str) -> None:
    text = f"{strange} Peru {strange} met {strange} Syria, {strange}Kenya {strange} Mali"
    found = [(text[start:end], end) for start, end, _ in gazetteer.find(text, "en")]
    wanted = ["Peru", "Syria", "Mali"] if strange == "ß" else ["Peru", "Syria", "Kenya", "Mali"]
    assert found == [(name, text.index(name) + len(name)) for name in wanted]


def test_a_key_is_folded_without_signs_at_its_ends() -> None:
    assert key("U.S.") == "u s"
    assert key("São Tomé") == "sao tome"
    assert key("‘Amrān") == "amran"


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXT, WORDS), st.one_of(TEXT, WORDS), st.sampled_from(["en", "fr", "es", "xx", None]))
def test_whatever_the_copy_the_spans_are_sound(headline: str, body: str, language: str | None) -> None:
    gazetteer = loaded()
    located = places.locate(clean_story(body, headline, language=language), gazetteer)
    texts = {"headline": headline, "body": body}
    for mention in located.mentions:
        assert texts[mention.field][mention.start : mention.end] == mention.text
        assert mention.text
    spans = [(mention.field, mention.start, mention.end) for mention in located.mentions]
    for one, two in itertools.pairwise(spans):
        assert one[0] != two[0] or one[2] <= two[1]
    seen = set(spans)
    for tag in located.countries:
        assert 0 < tag.score <= 1
        assert tag.evidence
        assert all((e.field, e.start, e.end) in seen for e in tag.evidence)
    assert located == places.locate(clean_story(body, headline, language=language), gazetteer)
