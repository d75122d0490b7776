"""Language by its commonest words; the first sentence."""

from __future__ import annotations

import pytest

from streams.text.language import detect
from streams.text.sentences import cap, first_sentence
from streams.text.words import word_set


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Harbour pilots in the capital of Freedonia went back to work on Monday.", "en"),
        ("Les pilotes du port ont repris le travail lundi dans la capitale.", "fr"),
        ("Los prácticos del puerto volvieron al trabajo el lunes en la capital.", "es"),
        ("Os pilotos do porto voltaram ao trabalho na segunda-feira, disse o governo.", "pt"),
        ("Die Hafenlotsen haben am Montag in der Hauptstadt ihre Arbeit wieder aufgenommen.", "de"),
        ("عاد مرشدو الميناء إلى العمل يوم الاثنين في العاصمة", "ar"),
        ("港の水先案内人は月曜日に仕事に戻った", "ja"),
        ("Лоцманы порта в понедельник вышли на работу в столице.", "ru"),
        ("Лоцмани порту в понеділок повернулися до роботи в її столиці.", "uk"),
        ("Пилотите на пристанището се върнаха на работа в понеделник.", None),
        ("Piloci portowi wrócili w poniedziałek do pracy, powiedział rzecznik władz w Krakowie.", "pl"),
        ("Der Präsident Wałęsa und die Stadt Łódź haben am Montag in der Hauptstadt die Arbeit aufgenommen.", "de"),
        ("Sarnia 41", None),
        ("", None),
    ],
)
def test_detect(text: str, language: str | None) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Pilots in Freedonia went back to work. They were tired.", "Pilots in Freedonia went back to work."),
        ("The boat belonged to Mr. Roe of the U.S. Navy. He wept.", "The boat belonged to Mr. Roe of the U.S. Navy."),
        ('"We are tired of waiting!" she said.', '"We are tired of waiting!"'),
        ("Phila. pilots go back to work after nine days", "Phila. pilots go back to work after nine days"),
    ],
)
def test_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_cap_ends_at_a_word() -> None:
    assert cap("one two three", 20) == "one two three"
    assert cap("one two three", 9) == "one two…"
    assert cap("onetwothree", 5) == "onet…"


def test_word_set() -> None:
    assert word_set(" a b\n a ") == {"a", "b"}


def test_a_word_counts_each_time_and_for_every_language_that_has_it() -> None:
    assert detect("de la que " * 36 + "to of " * 140) == "en"
    assert detect("xyz " * 250 + "the " * 40) == "en"
    assert detect("die der und " * 60 + "the " * 40) == "de"
    assert detect("de la en que " * 30) is None
