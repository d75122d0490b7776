"""The fingerprint: the same copy gives the same one anywhere, and its sketch can be built again from what is stored."""

import base64
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.identity import fingerprint
from streams.identity.fingerprint import PERMUTATIONS, SCHEME, sketch
from streams.identity.words import figures, names, shingles, tickers, words

COPY = "The ferry to Port Arlen sank in calm water on Sunday, harbour master Ines Duarte said. All 41 aboard swam."


def test_punctuation_case_quotes_and_wrapping_do_not_count():
    a = fingerprint("Ferry sinks — all safe", '"All safe," said the master.\n\nThe  ferry\nsank.', "en")
    b = fingerprint("FERRY SINKS - ALL SAFE", "“All safe”, said the master. The ferry sank", "en-GB")
    assert a == b


def test_one_word_more_is_another_text_but_the_same_body_is_told():
    a, b = fingerprint("Ferry sinks", COPY, "en"), fingerprint("Ferry sinks off Arlen", COPY, "en")
    assert a.exact != b.exact
    assert a.body == b.body
    assert a.signature == b.signature


def test_the_sketch_is_rebuilt_from_the_stored_signature():
    made = fingerprint("Ferry sinks", COPY, "en")
    raw = base64.b64decode(made.signature)
    stored = [int.from_bytes(raw[i : i + 4], "little") for i in range(0, len(raw), 4)]
    assert len(stored) == PERMUTATIONS
    assert sketch(made.signature).digest() == stored
    assert sketch(made.signature).jaccard(sketch(made.signature)) == 1.0


def test_the_sketch_estimates_how_much_of_the_copy_is_shared():
    first = [f"Witness {n} told of the night the river came to door {n * 7}." for n in range(40)]
    whole, half = fingerprint("x", " ".join(first), "en"), fingerprint("x", " ".join(first[20:]), "en")
    other = fingerprint(
        "x", " ".join(f"Ship {n} berthed at quay {n} with salt from port {n}." for n in range(40)), "en"
    )
    assert 0.3 < sketch(whole.signature).jaccard(sketch(half.signature)) < 0.8
    assert sketch(whole.signature).jaccard(sketch(other.signature)) < 0.15


def test_it_is_the_same_in_another_process():
    code = (
        "from streams.identity import fingerprint as f;"
        f"p = f('Ferry sinks', {COPY!r}, 'en'); print(p.exact, p.signature, p.scheme)"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "77")
    }
    here = fingerprint("Ferry sinks", COPY, "en")
    assert seen == {f"{here.exact} {here.signature} {SCHEME}\n"}


def test_copy_without_words_has_no_signature():
    empty = fingerprint("", "— … —", "en")
    assert (empty.signature, empty.shingles) == ("", 0)


def test_a_signature_of_another_size_is_refused():
    with pytest.raises(ValueError, match="512 bytes"):
        sketch(base64.b64encode(b"1234").decode())


def test_words_of_several_scripts():
    assert words("A 6.9-magnitude quake: 12,500 homes") == ["a", "6.9", "magnitude", "quake", "12,500", "homes"]
    assert words("قُتل ثلاثة") == words("قتل ثلاثة")
    assert words("東京株価") == ["東", "京", "株", "価"]
    assert words("STRASSE") == words("Straße")


def test_shingles_names_figures_tickers():
    assert shingles(["a", "b"]) == ["a b"]
    assert shingles(["a", "b", "c", "d"]) == ["a b c", "b c d"]
    assert names("The mayor of Orlova, Ana Kovar, said so. Émile too") == {"the", "orlova", "ana", "kovar", "émile"}
    assert figures("12,500 homes, 7.25 percent, 1-3/8") == {"12500", "7.25", "1-3/8"}
    assert tickers("Acme Mills <ACM.N> and Bolt (NYSE: BLT)") == {"acm.n", "blt"}


@given(st.text(max_size=400), st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_fingerprint_and_white_space_does_not_change_it(body, headline):
    made = fingerprint(headline, body, None)
    assert made == fingerprint(f" {headline}\n", f"\n{body}  ", None)
    if made.signature:
        assert len(sketch(made.signature).digest()) == PERMUTATIONS


@given(st.lists(st.integers(0, 2**32 - 1), min_size=128, max_size=128))
@settings(max_examples=60, deadline=None)
def test_every_signature_survives_the_way_back(minima):
    raw = b"".join(m.to_bytes(4, "little") for m in minima)
    assert sketch(base64.b64encode(raw).decode()).digest() == minima
