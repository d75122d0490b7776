"""The fingerprint: the same copy gives the same one anywhere, and its sketch can be built again from what is stored."""

import base64
import dataclasses
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from streams.contracts.story import Fingerprint
from streams.identity import fingerprint
from streams.identity.fingerprint import SCHEME, sketch
from streams.identity.kernels import sketching
from streams.identity.kernels.records import agreement, fold_into
from streams.identity.kernels.sketching import MINIMA, SEED
from streams.identity.words import Shingles, _any_names, _any_words, canonical, figures, names, shingles, tickers, words

COPY = "The ferry to Port Arlen sank in calm water on Sunday, harbour master Ines Duarte said. All 41 aboard swam."


def runs(text):
    return set(shingles(canonical(text)).tolist())


def folded(raw):
    out = np.zeros(16, np.uint32)
    fold_into(raw, out, 0)
    return out


def likeness(a, b):
    return agreement(folded(a), 0, folded(b), 0)


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
    assert len(raw) == MINIMA
    low = [byte & 15 for byte in raw]
    assert list(folded(raw).tobytes()) == [low[n] | low[n + 64] << 4 for n in range(64)]
    assert likeness(raw, raw) == 1.0


def test_the_sketch_estimates_how_much_of_the_copy_is_shared():
    first = [f"Witness {n} told of the night the river came to door {n * 7}." for n in range(40)]
    ships = " ".join(f"Ship {n} berthed at quay {n} with salt from port {n}." for n in range(40))
    whole, half, other = (
        sketch(fingerprint("x", text, "en")) for text in (" ".join(first), " ".join(first[20:]), ships)
    )
    exact = runs(" ".join(first)), runs(" ".join(first[20:]))
    jaccard = len(exact[0] & exact[1]) / len(exact[0] | exact[1])
    assert abs(likeness(whole, half) - jaccard) < 0.15
    assert likeness(whole, other) < 0.15


def test_the_estimate_is_without_bias():
    rng = random.Random(7)
    errors = []
    for _ in range(60):
        shared, one, two = ([f"w{rng.randrange(10**6)}" for _ in range(120)] for _ in range(3))
        texts = " ".join(shared + one), " ".join(shared + two)
        exact = runs(texts[0]), runs(texts[1])
        told = likeness(*(sketch(fingerprint("", text, "en")) for text in texts))
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


def plain_minima(hashes):
    """What the sketch is of, in plain sets: the first round that reaches a place gives its least."""
    every, found, number = (1 << 64) - 1, {}, 0
    while len(found) < MINIMA:
        reached = {}
        for value in hashes:
            mixed = (value ^ (number + SEED) * 0x9E3779B97F4A7C15 & every) * 0xD6E8FEB86659FD93 & every
            mixed = (mixed ^ mixed >> 32) * 0x9E3779B97F4A7C15 & every
            place = mixed >> 57 if number < MINIMA else number - MINIMA
            reached.setdefault(place, []).append(mixed >> 25 & 0xFFFFFFFF)
        found = {place: min(values) for place, values in reached.items()} | found
        number += 1
    return bytes(found[place] & 255 for place in range(MINIMA))


@given(st.sets(st.integers(0, 2**64 - 1), min_size=1, max_size=300))
@settings(max_examples=60, deadline=None)
def test_the_minima_are_those_of_the_plain_sets(hashes):
    out = np.zeros(MINIMA, np.uint8)
    sketching.minima_into(np.array(sorted(hashes), np.uint64), len(hashes), out, 0)
    assert out.tobytes() == plain_minima(hashes)
    sketching.minima_into(np.array(sorted(hashes, reverse=True), np.uint64), len(hashes), out, 0)
    assert out.tobytes() == plain_minima(hashes), "order does not count"


@given(st.lists(st.text("abé1", min_size=1, max_size=5), max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_runs_hash_is_the_sum_of_its_bytes_times_powers(several):
    base, every = 0x9E3779B97F4A7C15, (1 << 64) - 1
    wanted = []
    for first in range(max(1, len(several) - 2) if several else 0):
        run = "".join(f"{word} " for word in several[first : first + 3]).encode()
        summed = sum(byte * pow(base, power, 1 << 64) for power, byte in enumerate(run, 1)) & every
        mixed = (summed ^ summed >> 32) * 0xD6E8FEB86659FD93 & every
        wanted.append(mixed ^ mixed >> 32)
    assert shingles(" ".join(several).encode()).tolist() == wanted


@given(st.lists(st.integers(0, 5) | st.integers(0, 2**64 - 1), max_size=200))
@settings(max_examples=60, deadline=None)
def test_repeats_are_left_out_in_their_order(hashes):
    numbers = np.array([*hashes, 0], np.uint64)
    size = sketching.distinct(numbers, len(hashes))
    assert numbers[:size].tolist() == list(dict.fromkeys(hashes))


def test_copy_of_another_script_has_a_sketch_of_its_words_too():
    made = fingerprint("Паром затонул", "Паром затонул в гавани, сказала капитан порта.", "ru")
    assert made.shingles == 5
    assert made == fingerprint("паром затонул", "ПАРОМ затонул в гавани — сказала капитан порта", "ru")
    assert len(sketch(made)) == MINIMA


def test_half_a_surrogate_is_no_word_and_no_error():
    assert fingerprint("a\udc80", "b \udc80 c", "en").exact == fingerprint("a", "b c", "en").exact


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
    for quote in ('"', "“"):
        assert figures(f"{quote}3.0-3.4 billion, 10,000-12,500 homes") == {"3", "3.4", "10000", "12500"}
    assert figures("6.50 and 8.00 percent, 1.200 homes, 20.3.10") == {"6.5", "8", "1.200", "20.3.10"}
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


@given(st.lists(st.sampled_from("abcd"), max_size=60), st.lists(st.sampled_from("abcd"), max_size=200))
@settings(max_examples=100, deadline=None)
def test_shared_runs_are_those_of_two_sets(one, two):
    first, second = " ".join(one), " ".join(two)
    shared = len(runs(first) & runs(second))
    a, b = Shingles(first.encode()), Shingles(second.encode())
    assert (len(a), len(b), a.shared(b), b.shared(a)) == (len(runs(first)), len(runs(second)), shared, shared)


CASED = ["Dam", "dam", "DAM", "Éa", "éa", "Groß", "gross", "A", "a", "É", "ªB", "x×Y", "“Quay”", "7B2c", "µ", "Ωm"]


@given(
    st.lists(st.sampled_from(CASED), max_size=12).map(" ".join)
    | st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=80)
)
@example("Ana “Kovar” of Groß Élan saw the gross GROSS élan")
@settings(max_examples=200, deadline=None)
def test_names_are_the_same_both_ways_but_for_raised_figures(text):
    plain = "".join(" " if character in "²³¹¼½¾" else character for character in text)
    assert names(plain) == _any_names(plain)


def test_a_long_text_has_the_same_runs_and_no_more_than_20_000_words():
    part = "wind rose over the quay " * 4
    assert runs(part * 200) == runs(part * 2)
    assert words("é x " * 10_001) == _any_words("é x " * 10_001) == words("é x " * 10_000)


def test_figures_with_points_in_a_row_are_marked_as_before():
    assert words("1.2.3 and 4,5 6. 7 .8 9.x") == ["1.2.3", "and", "4.5", "6", "7", "8", "9", "x"]


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_the_canonical_text_is_its_words(text):
    assert canonical(text).decode() == " ".join(words(text))


@given(st.text(max_size=200))
@example("0.² of ³.5 km²")
@settings(max_examples=200, deadline=None)
def test_both_ways_of_finding_words_agree(text):
    assert words(text) == _any_words(text) == words(f" {text}\n")


@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=80))
@settings(max_examples=200, deadline=None)
def test_both_ways_of_finding_words_agree_on_latin_text(text):
    assert words(text) == _any_words(text)


@given(st.text(alphabet=" ab1.,“”–…•€éµß\x01\xad", max_size=60))
@settings(max_examples=300, deadline=None)
def test_both_ways_of_finding_words_agree_on_type_and_figures(text):
    assert words(text) == _any_words(text)


@given(st.text(max_size=400), st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_fingerprint_and_white_space_does_not_change_it(body, headline):
    made = fingerprint(headline, body, None)
    assert made == fingerprint(f" {headline}\n", f"\n{body}  ", None)
    assert (sketch(made) is None) == (made.shingles == 0)
