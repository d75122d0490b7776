"""The words that a story is found by are those that tell something, in order, however they were worked out."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from streams.identity.telling import STOP, opening_words, telling
from streams.identity.words import words

SOME = st.sampled_from(
    [*sorted(STOP), "a", "ab", "abc", "abcdefgh1", "abcdefgh2", "7", "1.5", "à", "été", "ét", "不", "Ω"]
)


def plainly(text: str) -> str:
    return " ".join(sorted(telling(words(text))))


@given(st.lists(SOME, max_size=40).map(" ".join))
@example("Dam dam DAM's, at 7.5 of 12,000")
@settings(max_examples=200, deadline=None)
def test_an_openings_words_are_the_telling_ones_in_order(text):
    assert opening_words(text) == plainly(text)


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_text_has_the_same_opening_words_both_ways(text):
    assert opening_words(text) == plainly(text)


def test_an_opening_of_hundreds_of_words_keeps_them_all():
    text = " ".join(f"quay{n}" for n in range(400, 0, -1))
    assert opening_words(text) == plainly(text)
    assert len(opening_words(text).split()) == 400


def test_an_opening_that_tells_nothing_has_no_words():
    assert opening_words("The of, and é") == opening_words("") == ""
