"""A page that came as plain text: told by its own lines, closed by what closes stories; prose that looks so stays."""

from __future__ import annotations

from datetime import date

import pytest
from copydesk_support import BODY, ONE, TWO, desk, site, wire

from streams.contracts.story import RawStory
from streams.copydesk import clean

HEADLINE = "Pilots back at work"


@pytest.mark.parametrize(
    ("head", "dateline", "tail", "city"),
    [
        ("AFP, Sarnia\nTue Mar 3, 2026 12:00 AM Last update on: Tue Mar 3, 2026 12:42 AM", "",
         "For all latest news, follow The Harbour Post's Google News channel.", "Sarnia"),
        ("Issued on: 03/03/2026 - 16:45 Modified: 03/03/2026 - 16:43", "",
         "Daily newsletter\nReceive essential harbour news every morning\nSubscribe", None),
        ("Press Trust of India and Agencies\nUpdated: March 03, 2026 06:40 pm IST", "New Sarnia:\n\n",
         "Track Latest News Live on harbour.example and get news updates from the coast", "New Sarnia"),
        ("Pilots at the quay in Sarnia. (AFP)\n\nAFP\n\nMarch 3, 2026\n10:11", "PORT SARNIA: ", "Topics: Sarnia Port",
         "Port Sarnia"),
        ("Redacción El Faro\n03/03/2026 - 15:23", "Sarnia, Libertonia.\n\n",
         "Te puede interesar: Así es el puerto\n\n*Con información de AFP", "Sarnia"),
        ("Por France Presse\n03/03/2026 06h30  Atualizado há 4 meses", "", "Veja os vídeos que estão em alta no farol",
         None),
        ("القاهرة - أ ف ب\nالثلاثاء 3 مارس 2026 15:20", "", "اقرأ أيضاً: أزمة الميناء\n\nشارك الخبر", "القاهرة"),
        ("by Agence France-Presse\nReading Time: 2 mins read", "SARNIA, Freedonia (AFP) — ", "Tags: Port\nNext Post",
         "Sarnia"),
        ("AFP\n3 hours ago\n2 min read", "", "abc/def/gh\n\nView comments", None),
        ("Agence France-Presse\n3 March, 2026, 8:40 am", "Sarnia, Freedonia (AFP) March 3, 2026 - ",
         "Related Links\nPort News - Ships and Pilots", "Sarnia"),
        ("By AFP\nMar 3, 2026 11:42 PM", "", "Was this article helpful?\nHarbour Gazette Premium", None),
    ],
)  # fmt: skip
def test_a_page_in_plain_text(head: str, dateline: str, tail: str, city: str | None) -> None:
    story = site(f"{HEADLINE}\n\n{head}", tail, dateline=dateline)
    assert (story.headline, story.body) == (HEADLINE, BODY)
    assert (story.dateline.city if story.dateline else None) == city


@pytest.mark.parametrize(
    "tail",
    [
        "Copyright AFP 2026",
        "NEWS",
        "ab/cd",
        "Read more: Pilots wait",
        "Updated with comment",
        "The port has a newsletter.",
    ],
)
def test_one_line_of_a_page_makes_none(tail: str) -> None:
    story = wire(HEADLINE, tail=tail)
    assert not any(cut.rule == "boilerplate.after-credit" for cut in story.cuts)
    assert story.body.startswith(BODY)


@pytest.mark.parametrize(
    "last",
    [
        "Copyright lawyers came too; all rights, one said, were for the dead.",
        "The dispute covers some 860 square kilometres of the sea off Freedonia.",
        "Der Hafen ist Korrespondent der Stadt, sagte sie.",
    ],
)
def test_prose_that_only_opens_as_a_closing_line_stays(last: str) -> None:
    story = site(f"{HEADLINE}\n\nPublished: March 3, 2026 08:15", f"{last}\n\nShare this article")
    assert story.body.endswith(last)


def test_nothing_closes_a_story_that_goes_on() -> None:
    for line, last in (("Topics: harbour, strike", TWO), ("Daily newsletter", "No one was hurt.")):
        opening = f"{HEADLINE}\n\nPublished: March 3, 2026 08:15\n\n{ONE}"
        assert desk(f"{opening}\n\n{line}\n\n{last}\n\nShare this article\n").body.endswith(last)


@pytest.mark.parametrize(
    ("dateline", "city"),
    [
        ("Gaza (Territoires palestiniens), le 3 mars 2026 (AFP) - ", "Gaza"),
        ("ЗАРЕЧЬЕ, 3 марта. /ТАСС/. ", "Заречье"),
        ("ЗАРЕЧЬЕ, 3 мар - РИА Новости. ", "Заречье"),
        ("Заречье. 3 марта. INTERFAX.RU - ", "Заречье"),
        ("NAIROBI, Kenya, March 3, 2026 (AFP) -\n\n", "Nairobi"),
    ],
)
def test_datelines_of_wires(dateline: str, city: str) -> None:
    story = wire(HEADLINE, dateline=dateline)
    assert story.dateline is not None
    assert (story.dateline.city, story.dateline.date, story.body) == (city, date(2026, 3, 3), BODY)


def test_a_dateline_on_its_own_line_is_no_headline() -> None:
    story = desk(f"SARNIA, Freedonia, March 3, 2026 (AFP) -\n\n{ONE}\n\n{TWO}\n")
    assert (story.headline_role, story.body) == ("derived", BODY)


def test_copy_without_a_headline_opens_with_its_author() -> None:
    story = desk(f"Por Ana LUZ\n\nSARNIA, 3 Mar 2026 (AFP) - {ONE}\n\n{TWO}\n")
    assert (story.by, story.headline_role, story.body) == ("Ana LUZ", "derived", BODY)
    assert desk(f"PAR HARBOUR SEEKS LISTING\n\n   SARNIA, March 3 - {ONE}\n\n   {TWO}\n").by is None


def test_the_agency_and_the_day_above_a_headline() -> None:
    story = desk(f"Kyodo News\nMarch 3, 2026\n\n{HEADLINE}\n\nSARNIA, March 3, Kyodo - {ONE}\n\n{TWO}\n\n==Kyodo\n")
    assert (story.headline, story.body) == (HEADLINE, BODY)


def test_keyword_lines_above_a_marked_headline() -> None:
    story = desk(
        "\x01XYZ0041 4 i 120  xyz 041\n\nHäfen\nLotsen\nDie Lotsen kehren an die Arbeit zurück =\n\x02\n"
        f"   Sarnia (dpa) - {ONE}\n"
    )
    assert (story.headline, story.slugline) == ("Die Lotsen kehren an die Arbeit zurück", "Häfen")


def test_a_compound_that_was_broken_at_its_hyphen_is_whole() -> None:
    lines = (
        "The port of Sarnia will close its three piers and a gold-\n"
        "mining quay for a year of repairs, and the two-\n"
        "and three-berth docks beside them as well, it said.\n"
    )
    body = desk(f"{HEADLINE}\n\n   {lines}").body
    assert "gold-mining quay" in body
    assert "two- and three-berth" in body


def test_entities_left_in_plain_text() -> None:
    story = desk(f"{HEADLINE}\n\nS&atilde;o Sarno, 3 mar 2026 (AFP) - {ONE}\n\n{TWO}\n")
    assert story.dateline is not None
    assert story.dateline.city == "São Sarno"
    assert story.warnings == ("entities in plain text turned into characters",)


def test_copy_without_a_word_is_no_page() -> None:
    assert clean(RawStory(index=0, format="plain", parser="plain/1", copy=""), None).body == ""
