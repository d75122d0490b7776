"""What agencies mark in their own ways: takes, numbered updates, priorities before the headline, former slugs."""

from __future__ import annotations

import pytest
from copydesk_support import BODY, ONE, desk, site, wire

from streams.copydesk.advisory import signals

EFE = "Madrid, 3 mar (EFE).- Los prácticos del puerto volvieron este lunes al trabajo tras nueve días de huelga. EFE"


@pytest.mark.parametrize(
    ("slug", "headline", "lead", "take"),
    [
        ("BC-FD--Harbour Strike, 1st Add,350", "", None, 2),
        ("BC-FD--Harbour Strike, 2nd Take", "", None, 2),
        ("", "Pilots back at work in Freedonia (2)", None, 2),
        ("", "INSIGHT-The pilots of Freedonia =2", None, 2),
        ("", "UPDATE 2-Pilots back at work", 2, None),
        ("", "CORRECTED-UPDATE 3-Pilots back at work", 3, None),
        ("", "UPDATE1: Pilots back at work", 1, None),
        ("", "(LEAD) Pilots back at work", 1, None),
        ("", "(2nd LD) Pilots back at work", 2, None),
        ("", "ROUNDUP 2: Lotsen wieder im Dienst", 2, None),
        ("Freedonia-grève,2e-lead", "", 2, None),
        ("", "Update on the pilots of Freedonia", None, None),
        ("", "Pilots beat Tugs (2-1)", None, None),
    ],
)
def test_numbers_of_leads_and_takes(slug: str, headline: str, lead: int | None, take: int | None) -> None:
    read = signals("", slug, headline, False, ())
    assert (read.lead, read.take) == (lead, take)


@pytest.mark.parametrize(
    ("note", "headline"),
    [
        ("(Ampliación)", ""),
        ("(Resumen)", ""),
        ("(2ème version, avec réactions)", ""),
        ("(Zusammenfassung 1530)", ""),
        ("", "Greve dos pilotos termina (ATUALIZADA)"),
        ("", "Grève des pilotes: le port rouvre (PAPIER GENERAL)"),
        ("", "Update: Pilots of Freedonia back at work"),
        ("", "UPDATE - Pilots of Freedonia back at work"),
        ("", "ROUNDUP: Lotsen wieder im Dienst"),
        ("", "(AMP) Los prácticos vuelven al trabajo"),
        ("", "Economía.- RSM.- Los prácticos vuelven al trabajo"),
    ],
)
def test_copy_that_was_sent_before_says_so(note: str, headline: str) -> None:
    assert signals(note, "", headline, False, ()).verbs


@pytest.mark.parametrize(
    "headline",
    [
        "Updated tariffs: pilots to pay more",
        "Tests find metals (lead) in harbour",
        "Roundup of the pilots' week",
        "La Asociación de Prácticos (AMP) va a la huelga",
    ],
)
def test_a_word_of_a_headline_is_no_mark_of_an_earlier_send(headline: str) -> None:
    read = signals("", "", headline, False, ())
    assert (read.verbs, read.lead) == ((), None)


def test_efe_keywords_stand_above_a_note_in_brackets() -> None:
    story = desk(f"FREEDONIA HUELGA\n(Urgente)\nLos prácticos de Freedonia vuelven al trabajo\n\n{EFE}\n", "efe")
    assert (story.slugline, story.headline) == ("FREEDONIA HUELGA", "Los prácticos de Freedonia vuelven al trabajo")
    assert story.kind == "urgent"


def test_a_story_says_which_slug_it_had_before() -> None:
    story = wire("Freedonia-port/\nPilots back at work =\n\n   ATTENTION - NEW SLUG (previously Freedonia-strike) ///")
    assert story.signals.refers_to == ("Freedonia-strike",)
    assert not story.signals.kills
    assert not story.signals.corrects


@pytest.mark.parametrize(
    ("copy", "source", "kind"),
    [
        ("Flash: Harbour pilots end strike in Freedonia", "xinhua", "flash"),
        (f"URGENT: Pilots back at work\n\nLONDON, March 3, Kyodo - {ONE}", "kyodo", "urgent"),
        ("FREEDONIA HARBOUR PILOTS END STRIKE - PORT", "reuters", "alert"),
        (f"APNewsAlert\n\nLONDON (AP) — {ONE}", "ap", "alert"),
        (f"BC-FD--NewsAlert\nLONDON (AP) — {ONE}", "ap", "alert"),
        ("(URGENT) Harbour pilots end strike in Freedonia: union", "xyz", "alert"),
        ("#BREAKING Harbour pilots end strike in Freedonia", "xyz", "alert"),
        ("URGENT. Harbour pilots end strike in Freedonia - union", "xyz", "alert"),
        ("Urgent. Harbour pilots end strike in Freedonia - union", "xyz", "story"),
        (f"Focus: Pilots back at work\n\nLONDON, March 3 (XYZ) -- {ONE}", "xyz", "story"),
    ],
)
def test_priorities_that_stand_in_front_of_the_words(copy: str, source: str, kind: str) -> None:
    assert desk(copy + "\n", source).kind == kind


def test_ap_keeps_its_keyword_line_headline_and_note_together() -> None:
    story = desk(
        "BC-FD--Pilots-Glance,1st Ld-Writethru,100\nPilots Glance\nEds: UPDATES with final.\n\nMonday's Games\n\n"
        "Pilots 88, Tugs 79\n\nMoorings 91, Ropes 85\n\nTuesday's Games\n\nTugs at Moorings, 7 p.m.\n",
        "ap",
    )
    assert (story.headline, story.ed_note) == ("Pilots Glance", "Eds: UPDATES with final.")


def test_a_page_that_says_how_long_ago_it_was_updated_is_a_site() -> None:
    story = site(
        "NATION & WORLD\n\nPilots back at work\n\nMarch 3, 2026 Updated 2 hrs ago",
        "Copyright 2026 XYZ. All rights reserved.",
        dateline="LONDON (XYZ) — ",
    )
    assert (story.raw.format, story.headline, story.body) == ("republished", "Pilots back at work", BODY)


@pytest.mark.parametrize("slug", ["R.FREEDONIA HUELGA (Ampliación)", "EE.UU. HUELGA", "FREEDONIA HUELGA"])
def test_keywords_of_efe_may_be_shortened_and_stand_apart(slug: str) -> None:
    story = desk(f"{slug}\n\nLos prácticos de Freedonia vuelven al trabajo\n\n{EFE}\n", "efe")
    assert (story.slugline, story.headline) == (slug, "Los prácticos de Freedonia vuelven al trabajo")
    assert story.signals.verbs == (("updates",) if "(" in slug else ())


@pytest.mark.parametrize(
    ("source", "copy", "slug", "headline", "note"),
    [
        (
            "pti",
            "CAL14\n SARNIA-2NDLD HARBOUR\n Pilots of Freedonia back at work\n     Eds: Adds quotes\n"
            "     Sarnia, Mar 3 (PTI) {}\n\nPTI ABC DE\nFG FG\n",
            "SARNIA-2NDLD HARBOUR",
            "Pilots of Freedonia back at work",
            "Eds: Adds quotes",
        ),
        (
            "apa",
            "APA0377 5 CI 0260 WI                                Di, 03.Mär 2026\n\nHäfen/Streik/Freedonien\n\n"
            "Lotsen wieder im Dienst\n\nUtl.: NEU: Reaktion der Behörde =\n\n   Sarnia (APA) - {}\n\n"
            "(Schluss) abc/def\n\nAPA0377    2026-03-03/15:15\n",
            "Häfen/Streik/Freedonien",
            "Lotsen wieder im Dienst",
            "NEU: Reaktion der Behörde",
        ),
        (
            "belga",
            "BELGA0071 4 GEN 0130 F\nLes pilotes reprennent le travail (2)\n\n   (complète la première version)\n"
            "   SARNIA 03/03 (BELGA) = {}\n\nABC/DEF/\n.\n031840 MAR 26\n",
            None,
            "Les pilotes reprennent le travail (2)",
            "(complète la première version)",
        ),
    ],
)
def test_heads_of_pti_apa_and_belga(source: str, copy: str, slug: str | None, headline: str, note: str) -> None:
    story = desk(copy.format(BODY), source)
    assert (story.slugline, story.headline, story.ed_note) == (slug, headline, note)
    assert story.body == BODY
    assert story.dateline is not None
    assert story.dateline.city == "Sarnia"


def test_a_headline_between_strokes_of_another_agency_is_no_keyword_line() -> None:
    story = desk(f"Hafen/Freedonien\n\nSarnia (dpa) - {BODY}\n", "dpa")
    assert story.slugline is None
