"""The fingerprint: the same copy gives the same one anywhere, and its sketch can be built again from what is stored."""

import base64
import dataclasses
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts.story import Fingerprint
from streams.identity import fingerprint
from streams.identity.fingerprint import PERMUTATIONS, SCHEME, agreement, folded, sketch
from streams.identity.words import _any_words, canonical, figures, names, shingles, tickers, words

COPY = "The ferry to Port Arlen sank in calm water on Sunday, harbour master Ines Duarte said. All 41 aboard swam."


def runs(text):
    return set(shingles(canonical(text)).tolist())


def test_punctuation_case_quotes_and_wrapping_do_not_count():
    a = fingerprint("Ferry sinks — all safe", '"All safe," said the master.\n\nThe  ferry\nsank.', "en")
    b = fingerprint("FERRY SINKS - ALL SAFE", "“All safe”, said the master. The ferry sank", "en-GB")
    assert a == b


def test_one_word_more_is_another_text_but_the_same_body_is_told():
    a, b = fingerprint("Ferry sinks", COPY, "en"), fingerprint("Ferry sinks off Arlen", COPY, "en")
    assert a.exact != b.exact
    assert a.body == b.body
    assert a.signature == b.signature


def test_the_sketch_is_the_stored_signature_and_folds_to_the_low_bits_of_it():
    made = fingerprint("Ferry sinks", COPY, "en")
    raw = base64.b64decode(made.signature)
    assert sketch(made) == raw
    assert len(raw) == PERMUTATIONS
    low = [byte & 15 for byte in raw]
    assert list(folded(raw)) == [low[n] | low[n + 64] << 4 for n in range(64)]
    assert agreement(folded(raw), folded(raw)) == 1.0


def test_the_sketch_estimates_how_much_of_the_copy_is_shared():
    first = [f"Witness {n} told of the night the river came to door {n * 7}." for n in range(40)]
    ships = " ".join(f"Ship {n} berthed at quay {n} with salt from port {n}." for n in range(40))
    whole, half, other = (
        folded(sketch(fingerprint("x", text, "en"))) for text in (" ".join(first), " ".join(first[20:]), ships)
    )
    exact = runs(" ".join(first)), runs(" ".join(first[20:]))
    jaccard = len(exact[0] & exact[1]) / len(exact[0] | exact[1])
    assert abs(agreement(whole, half) - jaccard) < 0.15
    assert agreement(whole, other) < 0.15


def test_the_estimate_is_without_bias():
    rng = random.Random(7)
    errors = []
    for _ in range(60):
        shared, one, two = ([f"w{rng.randrange(10**6)}" for _ in range(120)] for _ in range(3))
        texts = " ".join(shared + one), " ".join(shared + two)
        exact = runs(texts[0]), runs(texts[1])
        told = agreement(*(folded(sketch(fingerprint("", text, "en"))) for text in texts))
        errors.append(told - len(exact[0] & exact[1]) / len(exact[0] | exact[1]))
    assert abs(sum(errors) / 60) < 0.02
    assert max(map(abs, errors)) < 0.2


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
    with pytest.raises(ValueError, match="128 bytes"):
        sketch(Fingerprint(SCHEME, "", "", base64.b64encode(b"1234").decode(), 3))


def test_a_signature_of_another_scheme_is_not_compared():
    assert sketch(dataclasses.replace(fingerprint("x", COPY, "en"), scheme="minhash-1")) is None


def test_words_of_several_scripts():
    assert words("A 6.9-magnitude quake: 12,500 homes") == ["a", "6.9", "magnitude", "quake", "12.500", "homes"]
    assert words("قُتل ثلاثة") == words("قتل ثلاثة")
    assert words("東京株価") == ["東", "京", "株", "価"]
    assert words("STRASSE") == words("Straße")


def test_shingles_names_figures_tickers():
    assert names("The mayor of Orlova, Ana Kovar, said so. Émile too") == {"the", "orlova", "ana", "kovar", "émile"}
    assert names("Council elects Ana. The council met.") == {"ana", "the"}
    assert names("Анна приехала в Орлов") == {"анна", "орлов"}
    assert figures("12,500 homes, 7.25 percent, 1-3/8") == {"12500", "7.25", "1-3/8"}
    assert tickers("Acme Mills <ACM.N> and Bolt (NYSE: BLT)") == {"acm.n", "blt"}


def test_shingles_are_runs_of_three_words_in_their_order():
    assert len(shingles(b"")) == 0
    assert len(shingles(b"a")) == len(shingles(b"a b")) == len(shingles(b"a b c")) == 1
    found = shingles(b"the dam above the town gave way").tolist()
    assert len(found) == 5
    assert found[1] == shingles(b"dam above the")[0]
    assert found[4] == shingles(b"town gave way")[0]
    assert (
        len({shingles(text)[0] for text in (b"a b a", b"b a a", b"a a b", b"ab a", b"a ba", b"a b", b"ab", b"a")}) == 8
    )
    assert len(runs("a a a a b b b")) == 4


def test_a_text_longer_than_the_ready_tables_has_the_same_runs():
    part = "wind rose over the quay " * 4
    assert runs(part * 200) == runs(part * 2)


def test_figures_with_points_in_a_row_are_marked_as_before():
    assert words("1.2.3 and 4,5 6. 7 .8 9.x") == ["1.2.3", "and", "4.5", "6", "7", "8", "9", "x"]


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_the_canonical_text_is_its_words(text):
    assert canonical(text).decode() == " ".join(words(text))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_both_ways_of_finding_words_agree(text):
    assert words(text) == _any_words(text) == words(f" {text}\n")


@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=80))
@settings(max_examples=200, deadline=None)
def test_both_ways_of_finding_words_agree_on_latin_text(text):
    assert words(text) == _any_words(text)


@given(st.text(max_size=400), st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_fingerprint_and_white_space_does_not_change_it(body, headline):
    made = fingerprint(headline, body, None)
    assert made == fingerprint(f" {headline}\n", f"\n{body}  ", None)
    assert (sketch(made) is None) == (made.shingles == 0)
