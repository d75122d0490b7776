"""Written days, time stamps, relative days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.text.dates import find_day, has_zone, nearest, parse_stamp
from streams.text.daynames import month, weekday
from streams.text.relative import _leading, _leading_words, find_relative
from streams.text.tongues import TONGUES

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "said", "day"),
    [
        ("on October 22, 2015, with", "October 22, 2015", date(2015, 10, 22)),
        ("Sept. 30, 2015", "Sept. 30, 2015", date(2015, 9, 30)),
        ("le 12 mars 2025 à 19h20", "12 mars 2025", date(2025, 3, 12)),
        ("3 de marzo de 2026", "3 de marzo de 2026", date(2026, 3, 3)),
        ("WIEN, 12. März 2025", "12. März 2025", date(2025, 3, 12)),
        ("Stand: 11.03.2025, 13:40", "11.03.2025", date(2025, 3, 11)),
        ("2026-03-03", "2026-03-03", date(2026, 3, 3)),
        ("نشر في: 11 آذار/مارس 2025", "11 آذار/مارس 2025", date(2025, 3, 11)),
    ],
)
def test_written_days(text: str, said: str, day: date) -> None:
    found = find_day(text)
    assert found is not None
    assert text[found.start : found.end] == said
    assert found.dated() == day


@pytest.mark.parametrize(
    "text", ["03/04/2025", "February 30, 2026", "version 2.3", "March of the pilots", "may 3,000 people"]
)
def test_what_is_no_clear_day(text: str) -> None:
    found = find_day(text)
    assert found is None or found.dated() is None


def test_a_year_left_out_is_the_nearest() -> None:
    december = find_day("Dec 31")
    assert december is not None
    assert nearest(december, date(2026, 1, 2)) == date(2025, 12, 31)
    assert nearest(december, date(2026, 12, 1)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-03-03T10:00:00Z", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("2026-03-03T10:00:00+02:00", datetime(2026, 3, 3, 8, tzinfo=UTC)),
        ("20260303T100000+0000", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("2026-03-03T10:00:00.123-05", datetime(2026, 3, 3, 15, 0, 0, 123000, tzinfo=UTC)),
        ("2026-03-03", datetime(2026, 3, 3, tzinfo=UTC)),
        ("2026-02-30T10:00:00Z", None),
        ("2999-01-01T00:00:00Z", None),
        ("yesterday", None),
    ],
)
def test_time_stamps(text: str, when: datetime | None) -> None:
    assert parse_stamp(text) == when


def test_zone_is_seen() -> None:
    assert has_zone("2026-03-03T10:00:00Z")
    assert not has_zone("2026-03-03T10:00:00")


@given(st.text(max_size=40))
def test_any_text_is_a_stamp_or_none(text: str) -> None:
    parse_stamp(text)
    find_day(text)


def test_names() -> None:
    assert (month("Sept."), month("AOÛT"), month("Smarch")) == (9, 8, None)
    assert (weekday("Mardi"), weekday("terça-feira"), weekday("someday")) == (1, 1, None)


@pytest.mark.parametrize(
    ("language", "text", "said", "day"),
    [
        ("en", "Pilots went back to work on Tuesday.", "on Tuesday", TUESDAY),
        ("en", "Pilots went back to work on Monday.", "on Monday", date(2026, 3, 2)),
        ("en", "The strike ended late on Saturday, he said.", "late on Saturday", date(2026, 2, 28)),
        ("en", "Ministers will meet on Friday.", "on Friday", date(2026, 3, 6)),
        ("en", "The port stays shut until Thursday.", "until Thursday", date(2026, 3, 5)),
        ("en", "The port will stay shut, the mayor said on Sunday.", "on Sunday", date(2026, 3, 1)),
        ("en", "It opened last Tuesday.", "last Tuesday", date(2026, 2, 24)),
        ("en", "It opens next Tuesday.", "next Tuesday", date(2026, 3, 10)),
        ("en", "He spoke yesterday.", "yesterday", date(2026, 3, 2)),
        ("en", "It took effect on Feb 28.", "Feb 28", date(2026, 2, 28)),
        ("en", "It was signed on December 24.", "December 24", date(2025, 12, 24)),
        ("fr", "Les pilotes ont repris le travail lundi.", "lundi", date(2026, 3, 2)),
        ("fr", "La rencontre aura lieu jeudi.", "jeudi", date(2026, 3, 5)),
        ("fr", "Il a parlé hier.", "hier", date(2026, 3, 2)),
        ("es", "Los prácticos volvieron el lunes.", "el lunes", date(2026, 3, 2)),
        ("es", "Se reunirán el viernes.", "el viernes", date(2026, 3, 6)),
        ("de", "Sie haben am Montag die Arbeit aufgenommen.", "am Montag", date(2026, 3, 2)),
        ("pt", "Voltaram na segunda-feira.", "na segunda-feira", date(2026, 3, 2)),
        ("ar", "وصل الاثنين إلى المدينة", "الاثنين", date(2026, 3, 2)),
        (None, "It ended on Monday.", "on Monday", date(2026, 3, 2)),
        ("en", "On Friday, the court will rule.", "On Friday", date(2026, 3, 6)),
        ("en", "He came the day before yesterday.", "day before yesterday", date(2026, 3, 1)),
        ("en", "On January 11 people gathered.", "January 11", date(2026, 1, 11)),
        ("en", "It sank on 3 March.", "3 March", TUESDAY),
        ("fr", "Il a parlé aujourd’hui.", "aujourd’hui", TUESDAY),
        ("es", "El ministro llegó anoche.", "anoche", date(2026, 3, 2)),
        ("es", "La reunión, prevista para pasado mañana.", "pasado mañana", date(2026, 3, 5)),
        ("pt", "O presidente chegou nesta segunda-feira (2).", "nesta segunda-feira", date(2026, 3, 2)),
        ("pt", "A greve começa na sexta (6).", "na sexta", date(2026, 3, 6)),
        ("de", "Am Donnerstag soll das Parlament abstimmen.", "Am Donnerstag", date(2026, 3, 5)),
        ("de", "Er starb am Sonntagabend.", "am Sonntagabend", date(2026, 3, 1)),
        ("de", "Seit Samstag steht der Hafen still, er soll bald öffnen.", "Seit Samstag", date(2026, 2, 28)),
        ("it", "I piloti hanno ripreso ieri il lavoro.", "ieri", date(2026, 3, 2)),
        ("ar", "يجتمع الوزراء الجمعة المقبل", "الجمعة", date(2026, 3, 6)),
        ("ar", "وصل أول أمس إلى المدينة", "أول أمس", date(2026, 3, 1)),
    ],
)
def test_relative_days(language: str | None, text: str, said: str, day: date) -> None:
    (found,) = find_relative(text, language, TUESDAY)
    assert (text[found.start : found.end], found.day) == (said, day)


def test_a_weekday_and_its_date_are_one_day() -> None:
    days = find_relative("Le procès s'ouvre lundi 9 mars à Paris.", "fr", TUESDAY)
    assert {found.day for found in days} == {date(2026, 3, 9)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They meet every Tuesday."),
        ("en", "Shops filled on Black Friday."),
        ("en", "He died on Wednesday."),  # the day after the reference, or six days back: no one can tell
        ("en", "It opened on March 3, 2019."),
        ("en", "It may 3 times fail."),
        ("en", "In January 11 people drowned."),
        ("en", "Since January 11 people have drowned."),
        ("en", "It happened on September 2."),  # as near to last year's as to next
        ("pt", "A segunda volta foi anulada."),
        ("es", "Plácido Domingo cantó."),
        ("de", "Das sagte er der Bild am Sonntag."),
        ("sv", "Det hände i tisdags."),
    ],
)
def test_what_is_left_out(language: str, text: str) -> None:
    assert find_relative(text, language, TUESDAY) == ()


@given(st.text(max_size=80), st.sampled_from(["en", "fr", "es", "pt", "de", "ar", "xx", None]))
def test_offsets_lie_in_any_text(text: str, language: str | None) -> None:
    for found in find_relative(text, language, TUESDAY):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_a_word_that_tells_of_the_time_is_always_asked(language: str) -> None:
    tongue = TONGUES[language]
    for telling in (tongue.ahead, tongue.surely_ahead, tongue.past):
        for word in telling.words:
            assert telling.tells(word, "", "")
            assert tongue.may_tell(word)
        for pair in telling.pairs:
            word, after = pair.split(" ", 1)
            assert telling.tells(word, after, "")
            assert tongue.may_tell(word)
        for ending in telling.endings:
            if telling.tells(f"brod{ending}", "", ""):
                assert tongue.may_tell(f"brod{ending}")
    assert not tongue.may_tell("xyz")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ministers will meet the heads of the six northern port towns on Friday.", date(2026, 3, 6)),
        ("Ministers met the heads of the six northern port towns on Friday.", date(2026, 2, 27)),
        ("They rest. Ministers of the six northern port towns, gathered on Friday.", date(2026, 2, 27)),
    ],
)
def test_the_word_that_tells_may_stand_far_before_the_day(text: str, day: date) -> None:
    assert [found.day for found in find_relative(text, "en", TUESDAY)] == [day]


@given(
    st.sampled_from(sorted(TONGUES)),
    st.data(),
    st.lists(
        st.sampled_from(["on", "late", "said", "the", "quay,", "(quay)", "Straße", "", "a\nb", "\u0130n"]), max_size=5
    ),
)
def test_phrases_before_a_day_are_found_whatever_stands_around(
    language: str, data: st.DataObject, words: list[str]
) -> None:
    tongue = TONGUES[language]
    known = tongue.before | tongue.skip_before
    words += data.draw(st.lists(st.sampled_from(["on", *sorted(known)]), max_size=2))
    text = " ".join(words) + data.draw(st.sampled_from([" ", "\n", "", ' "']))
    told = {phrase for phrase in _leading(text, len(text), tongue) if phrase in known}
    spaced = text[-1:].isspace()
    assert told == ({phrase for phrase in _leading_words(text, len(text)) if phrase in known} if spaced else set())
