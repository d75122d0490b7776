"""Advisories, corrections, kills, embargoes, kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from copydesk_support import BODY, desk, wire
from hypothesis import given
from hypothesis import strategies as st

from streams.contracts.story import RawStory
from streams.copydesk import clean, kills
from streams.copydesk.advisory import signals
from streams.copydesk.embargo import instant

TUESDAY = date(2026, 3, 3)
SENT = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("note", "verbs", "corrects", "paragraphs"),
    [
        ("ATTENTION - ADDS details, RAISES toll ///", ("adds", "raises"), False, ()),
        ("RECASTS, UPDATES throughout", ("updates", "recasts"), False, ()),
        ("CORRECTS para 4 and 9 to say April, not August", (), True, (4, 9)),
        ("(Corrects paragraphs 2-4)", (), True, (2, 3, 4)),
        ("(Adds quotes, background)", ("adds",), False, ()),
        ("CORRIGE cifra en título y primer párrafo: 340, y no 430", (), True, (1,)),
        ("BERICHTIGUNG: Baujahr im 3. Absatz 1962 statt 1926", (), True, (3,)),
        ("ATTENTION - AJOUTE précisions ///", ("adds",), False, ()),
        ("ATENCION - AÑADE reacciones, ACTUALIZA balance ///", ("adds", "updates"), False, ()),
        ("REFILES to fix typo", ("refiles",), False, ()),
        ("CORRIGE bilan au 2e paragraphe (12 et non 21)", (), True, (2,)),
        ("CORRIGE o número no terceiro parágrafo", (), True, (3,)),
        ("ATENÇÃO - ATUALIZA com novas informações ///", ("updates",), False, ()),
        ("تصحيح الرقم في الفقرة الثانية", (), True, (2,)),
        ("تنبيه - تحديث بالحصيلة ///", ("updates",), False, ()),
        ("SUBSTITUTES story sent at 0910 GMT, which was killed", ("updates",), True, ()),
        ("REPLACES earlier story", ("updates",), False, ()),
        ("(RETTELSE: Klokkeslettet skal være 7.25, ikke 7.52)", (), True, ()),
        ("A new lead will follow", (), False, ()),
    ],
)
def test_signals_of_a_note(note: str, verbs: tuple[str, ...], corrects: bool, paragraphs: tuple[int, ...]) -> None:
    read = signals(note, "", "", False, ())
    assert (read.verbs, read.corrects, read.paragraphs) == (verbs, corrects, paragraphs)
    story = wire(f"Pilots back at work\n\n   {note}") if note[:1] in "(ACBR" and "lead" not in note else None
    if story is not None:
        assert story.ed_note == note
        assert story.body == BODY


@pytest.mark.parametrize(
    ("slug", "lead", "take"),
    [
        ("Freedonia-strike,2ndlead", 2, None),
        ("Freedonia-strike/3rd lead/", 3, None),
        ("Freedonia-strike,lead", 1, None),
        ("Freedonia-strike/2. Zusammenfassung/", 2, None),
        ("BC-Freedonia-Strike, 1st Ld-Writethru", 1, None),
        ("Freedonia-strike (2 of 3)", None, 2),
        ("Freedonia-leadership", None, None),
    ],
)
def test_lead_and_take(slug: str, lead: int | None, take: int | None) -> None:
    read = signals("", slug, "", False, ())
    assert (read.lead, read.take) == (lead, take)


def test_place_names_are_no_advisories() -> None:
    story = wire("Pilots back at work", dateline="NEW YORK, March 3 - ")
    assert story.ed_note is None
    assert story.body == BODY


@pytest.mark.parametrize(
    ("copy", "names"),
    [
        (
            "MANDATORY KILL\n\nBC-FREEDONIA-STRIKE\n\nPlease disregard our story slugged BC-FREEDONIA-STRIKE, "
            "headlined "
            '"Pilots back at work". It was wrong.\n\nAP\n',
            ("Pilots back at work", "BC-FREEDONIA-STRIKE"),
        ),
        (
            "Freedonia-strike/KILL/\nKILL: Pilots back at work\n\n   KILL\n\n   ATTENTION EDITORS -- Please "
            "disregard the item "
            'headlined "Pilots\nback at work" sent at 0920 GMT. It will not be replaced.\n\nAFP/gv\n',
            ("Pilots back at work", "Freedonia-strike"),
        ),
        (
            "ANNULATION: Les pilotes reprennent le travail\n\n   Veuillez ne pas tenir compte de la dépêche "
            "TX-PAR-ABC12, "
            "transmise mardi. Elle est erronée.\n\nAFP/xx\n",
            ("Les pilotes reprennent le travail", "TX-PAR-ABC12"),
        ),
        (
            "ANULACIÓN: Los prácticos vuelven\n\n   Rogamos no utilizar la nota titulada "
            '"Los prácticos vuelven".\n\nAFP/xx\n',
            ("Los prácticos vuelven",),
        ),
        (
            'Pilots back: withdrawn\n\nThe story headlined "Pilots back at work" sent on Monday '
            "has been withdrawn.\n\nIt was wrong.\n",
            ("Pilots back at work",),
        ),
    ],
)
def test_kills(copy: str, names: tuple[str, ...]) -> None:
    story = desk(copy)
    assert (story.kind, story.pub_status, story.signals.kills) == ("kill", "canceled", True)
    assert set(names) <= set(story.signals.refers_to)
    assert story.body


@pytest.mark.parametrize(
    "headline",
    [
        "Killer whale visits port",
        "Kill Bill returns to cinemas",
        "KILLINGS RISE IN FREEDONIA",
        "Storm kills 12: police",
    ],
)
def test_a_story_about_killing_is_no_kill(headline: str) -> None:
    story = wire(headline)
    assert (story.kind, story.pub_status) == ("story", "usable")
    assert not story.signals.kills


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 0900 GMT Thursday", datetime(2026, 3, 5, 9, tzinfo=UTC)),
        ("STRICTLY EMBARGOED UNTIL 14:00 GMT, 3 March 2026", datetime(2026, 3, 3, 14, tzinfo=UTC)),
        ("EMBARGOED until 0001 GMT Tuesday", datetime(2026, 3, 3, 0, 1, tzinfo=UTC)),
        ("EMBARGO: not for release before 6:30 am EST, March 5", datetime(2026, 3, 5, 11, 30, tzinfo=UTC)),
        ("SOUS EMBARGO jusqu'à jeudi 14H00 GMT", datetime(2026, 3, 5, 14, tzinfo=UTC)),
        ("BAJO EMBARGO HASTA EL jueves 5 de marzo de 2026 a las 14H00 GMT", datetime(2026, 3, 5, 14, tzinfo=UTC)),
        ("SPERRFRIST: 5. März 2026, 06.00 Uhr MEZ", datetime(2026, 3, 5, 5, tzinfo=UTC)),
        ("Embargoed until midnight GMT Thursday", datetime(2026, 3, 5, tzinfo=UTC)),
    ],
)
def test_embargoes(line: str, until: datetime) -> None:
    assert instant(line, TUESDAY) == until
    story = wire(f"Pilots back at work\n\n{line}")
    assert story.embargoed_until == until
    assert story.ed_note == line
    assert story.body == BODY
    assert story.pub_status == "usable"


def test_an_embargo_behind_the_label_of_a_note() -> None:
    note = "HFR: Eds: Embargoed for release at 4 p.m. EST Tuesday, March 3."
    story = clean(RawStory(0, "ninjs", "test/1", BODY, headline="Pilots back at work", ed_note=note), SENT)
    assert story.embargoed_until == datetime(2026, 3, 3, 21, tzinfo=UTC)


def test_an_advisory_between_drawn_lines_above_the_headline() -> None:
    rule = "-" * 71
    story = wire(f"///{rule}\n    ATTENTION - ADDS quotes ///\n{rule}\nPilots back at work")
    assert (story.headline, story.body, story.ed_note) == ("Pilots back at work", BODY, "ATTENTION - ADDS quotes ///")


def test_an_embargo_that_cannot_be_read_withholds_the_copy() -> None:
    story = wire("Pilots back at work\n\nEMBARGOED UNTIL further notice")
    assert story.embargoed_until is None
    assert story.pub_status == "withheld"
    assert any(warning.startswith("embargo") for warning in story.warnings)


def test_a_story_about_an_embargo_is_not_held() -> None:
    story = wire("Embargo on bananas until Friday: ministry")
    assert story.embargoed_until is None
    assert story.pub_status == "usable"


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        ("ALERT\n\nPilots of Freedonia back at work: port authority\n\nabc/def\n", "alert"),
        ("ALERTE\n\nLes pilotes de Libertonie reprennent le travail\n\nabc/def\n", "alert"),
        ("EILMELDUNG\n\nHafenlotsen in Freedonien beenden Streik\n\nabc/def\n", "alert"),
        ("FLASH\n\nPresident of Freedonia resigns\n", "flash"),
        ("URGENT\n\nPilots of Freedonia back at work\n", "alert"),
        ("\x01xyz0417 1 i 0123 ccccb   xyz 417\n\nPilots of Freedonia back at work\n", "alert"),
        ("\x01xyz0417 4 i 0123 ccccb   xyz 417\n\nPilots of Freedonia back at work\n", "story"),
        ("Pilots of Freedonia back at work\n", "story"),
        ((
            "advisory\nADVISORY: coverage plans for Tuesday\n\n    ADVISORY\n\n    We plan this. All times "
            "GMT.\n\n    AFP/duty editor\n"
        ), "advisory"),
    ],
)  # fmt: skip
def test_kinds(copy: str, kind: str) -> None:
    story = desk(copy)
    assert story.kind == kind
    assert "abc/def" not in story.body
    if kind in ("alert", "flash"):
        assert story.headline_role == "derived"
        assert story.headline == story.body


def test_urgent_has_a_headline_and_a_dateline() -> None:
    story = wire("Freedonia-strike\nURGENT\nPilots back at work")
    assert (story.kind, story.headline, story.headline_role) == ("urgent", "Pilots back at work", "main")


@pytest.mark.parametrize(
    ("headline", "corrects"),
    [
        ("(CORRECTED) Pilots of Freedonia go back to work", True),
        ("Pilots of Freedonia go back to work [Corrected]", True),
        ("Les pilotes de Freedonia reprennent le travail (Corrigé)", True),
        ("(CORREGIDA) Los prácticos de Libertonia vuelven al trabajo", True),
        ("Os práticos de Freedonia voltam ao trabalho (CORRIGIDO)", True),
        ("Correction: Freedonia-Pilots story", True),
        ("Minister says figure must be (correctly) counted", False),
        ("House of Correction (museum) opens in Freedonia", False),
        ("Pilots of Freedonia: correction officers go on strike", False),
    ],
)
def test_a_headline_that_is_marked_as_corrected(headline: str, corrects: bool) -> None:
    assert signals("", "", headline, False, ()).corrects is corrects


@pytest.mark.parametrize(
    ("note", "corrects"),
    [
        ("(Berichtigung: Fährlinie im 2. Absatz berichtigt)", True),
        ("(Korrektur: Name im 1. Absatz)", True),
        ("(Corrects ferry line in para 2)", True),
        ("(Zusammenfassung - neu: Reederei, Augenzeugen)", False),
        ("(neu: Reederei)", False),
        ("(Aktualisierung: Festnahme)", False),
    ],
)
def test_a_note_in_brackets_above_the_headline(note: str, corrects: bool) -> None:
    story = wire(f"{note}\n\nPilots back at work")
    assert (story.headline, story.ed_note, story.signals.corrects) == ("Pilots back at work", note, corrects)
    assert story.body == BODY


def test_brackets_that_open_a_headline_are_no_note() -> None:
    story = wire("(Un)easy peace among the pilots")
    assert (story.headline, story.ed_note) == ("(Un)easy peace among the pilots", None)


@pytest.mark.parametrize(
    "line",
    [
        "This story has been corrected to say that the strike lasted nine days, not ninety.",
        "(This March 2 story has been corrected to say nine days, not ninety, in paragraph 2)",
        "Corrects the day in the second paragraph.",
        "Fe de erratas: una versión anterior decía noventa días.",
        "Korrektur: In einer früheren Version hieß es, der Streik habe neunzig Tage gedauert.",
    ],
)
def test_a_correction_told_under_the_copy(line: str) -> None:
    story = desk(f"Pilots back at work\n\nLONDON (AFP) - {BODY}\n\n{line}\n")
    assert (story.body, story.ed_note, story.signals.corrects) == (BODY, line, True)


def test_a_last_paragraph_about_a_correction_stays() -> None:
    last = "This story of a strike was told in every harbour, and corrected in none."
    story = desk(f"Pilots back at work\n\nLONDON (AFP) - {BODY}\n\n{last}\n")
    assert story.body.endswith(last)
    assert not story.signals.corrects


@pytest.mark.parametrize(
    ("line", "hour"),
    [
        ("Sperrfrist: 7. Oktober 2026, 06.00 Uhr", datetime(2026, 10, 7, 4, tzinfo=UTC)),
        ("Sperrfrist: 7. Dezember 2026, 06.00 Uhr", datetime(2026, 12, 7, 5, tzinfo=UTC)),
        ("Sperrfrist: 25. Oktober 2026, 06.00 Uhr", datetime(2026, 10, 25, 5, tzinfo=UTC)),
        ("Sperrfrist: 29. März 2026, 01.00 Uhr", datetime(2026, 3, 29, 0, tzinfo=UTC)),
        ("Sperrfrist: 7. Oktober 2026, 06.00 Uhr GMT", datetime(2026, 10, 7, 6, tzinfo=UTC)),
    ],
)
def test_an_hour_in_uhr_is_that_of_central_europe(line: str, hour: datetime) -> None:
    assert instant(line, TUESDAY) == hour


def test_a_german_notice_that_asks_not_to_use() -> None:
    notice = 'Bitte verwenden Sie die Meldung "Lotsen wieder im Dienst" von 9.12 Uhr nicht. Die Angaben waren falsch.'
    story = desk(f"Achtung: Meldung über Lotsen\n\nKiel (dpa) - {notice}\n\nDie Redaktion\n")
    assert story.kind == "kill"
    assert story.signals.refers_to == ("Lotsen wieder im Dienst",)


@pytest.mark.parametrize(
    ("headline", "lead"), [("1ST LEAD Pilots back", 1), ("(2nd LD) Pilots back", 2), ("2 pilots", None)]
)
def test_a_lead_number_in_the_headline(headline: str, lead: int | None) -> None:
    assert signals("", "", headline, False, ()).lead == lead


def test_notes_byline_and_dateline_under_a_summary_in_points() -> None:
    points = "* Pilots back on Monday\n* Forty ships wait"
    story = desk(
        f"UPDATE 1-Pilots back\n\n{points}\n\n(Adds quotes)\n\nBy Jane Roe\n\nLONDON, March 3 (Reuters) - {BODY}\n"
    )
    assert (story.by, story.ed_note, story.dateline and story.dateline.city) == ("Jane Roe", "(Adds quotes)", "London")
    assert story.body == f"{points.replace(chr(10), chr(10) * 2)}\n\n{BODY}"


@given(
    st.lists(
        st.sampled_from([
            "Please disregard", "Editors, please", "kill", "the", "story", "slugged x", "has been withdrawn", "Pedimos",
            "que desconsiderem", "por favor", "no publicar", "favor ignorar", "Merci de", "annuler",
            "nous vous prions de", "Bitte",
            "nicht verwenden", "wird storniert", "ist zurückgezogen", "يرجى", "إلغاء", "gulls were killed",
        ]),
        max_size=6,
    ).map(" ".join)
)  # fmt: skip
def test_no_notice_is_missed_for_want_of_its_sign(first: str) -> None:
    fits = any(pattern.match(first, 0, 400) for pattern in kills._NOTICES.values())
    assert kills.is_kill(None, "", "", first, False) == fits


@pytest.mark.parametrize("first", ["Pedimos que desconsiderem a notícia.", "Rogamos anular la nota.", "Bitte löschen."])
def test_a_notice_may_hold_a_sign_of_another_language(first: str) -> None:
    assert kills.is_kill(None, "", "", first, False)
