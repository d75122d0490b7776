"""Copy as papers' sites reprint it, and wires' closing lines; told from a wire by what no wire carries."""

from __future__ import annotations

import pytest
from copydesk_support import BODY, ONE, TUESDAY, TWO, desk

from streams.contracts.story import InfoSource, RawStory
from streams.copydesk import clean

HEADLINE = "Pilots back at work"


@pytest.mark.parametrize(
    ("head", "dateline", "tail", "city", "sources"),
    [
        ("AFP Published March 3, 2026\n\nPilots at dawn.—AFP", "LONDON: ", "Published in Gazette, March 4th, 2026",
         "London", {("AFP", "agency"), ("Gazette", "distributor")}),
        ("Pilots at the quay, Tuesday, March 3, 2026. (Jane Roe/APA via AP)", "LONDON (AP) — ", "", "London",
         {("AP", "agency")}),
        ("Pilots at the quay\nJane ROE / AFP via Getty Images\n\nUpdated March 3, 2026", "LONDON: ", "", "London",
         set()),
        ("ByTHE ASSOCIATED PRESS\nMarch 3, 2026, 4:02 PM", "LONDON -- ", "", "London", {("AP", "agency")}),
        ("By The Harbour Times with Belga", "", "© 2026 The Harbour Times. All rights reserved.", None,
         {("Belga", "agency"), ("The Harbour Times", "distributor")}),
        ("News Desk (Agence France-Presse)\nLondon ● Tue, March 3, 2026", "", "", None, {("AFP", "agency")}),
        ("This article is more than 2 months old\n\nAgence France-Presse in Sarnia\nTue 3 Mar 2026 09.14 GMT", "",
         "... we have a small favour to ask.", None, {("AFP", "agency")}),
        ("AFP Published March 3, 2026", "LONDON: ", "Location : Port Sarnia\n\nNewsletter: Jeden Abend per Mail.",
         "London", {("AFP", "agency")}),
        ("AFP Published March 3, 2026", "LONDON: ", "Continuar leyendo", "London",
         {("AFP", "agency")}),
        ("12 Shares\n\nAdvertisement", "LONDON: ", "Follow us on X: @gazette\nClick here to read more\nTags: port",
         "London", set()),
        ("Source: AFP\n3 March, 2026, 8:40 am", "LONDON: ", "Pilots wait. Picture: AFP", "London", {("AFP", "agency")}),
        ("By AFP - Mar 3,2026 - Last updated at Mar 3,2026\n\nPilots at the quay on Tuesday (AFP photo)", "LONDON — ",
         "up\n42 users have voted.", "London", {("AFP", "agency")}),
        ("AFP\n3 mar 2026 - 21:10", "LONDON — ",
         "Follow us on WhatsApp and get the news", "London", {("AFP", "agency")}),
        ("Redazione ANSA\nLONDRA\n03 marzo 2026\n07:48", "(ANSA) - LONDRA, 03 MAR - ",
         "RIPRODUZIONE RISERVATA © Copyright ANSA", "Londra", {("ANSA", "agency")}),
        ("PTI\nUpdated: March 3, 2026 19:31 IST\nLondon", "London, Mar 3 (PTI) ",
         "(This story has not been edited by THE GAZETTE and is auto-generated from PTI)", "London",
         {("PTI", "agency")}),
        ("KYODO NEWS - Mar 3, 2026 - 17:22 | All", "LONDON, March 3 Kyodo - ",
         "==Kyodo\n\nRelated coverage:\n\nToyama trams to share tracks with freight", "London", {("Kyodo", "agency")}),
        ("By: Agence France-Presse\nHARBOUR.net / 09:42 PM March 03, 2026\n\nPilots back at work\n\n"
         "Pilots at the quay. Photo by Jane Roe / AFP", "LONDON — ", "/cb\n\nTAGS: port", "London",
         {("AFP", "agency")}),
        ("DAILY GAZETTE\nLONDON Mar 03, 2026 - 11:15 am GMT+3", "", "© 2026 AFP\nRead more: Pilots wait", "London",
         {("AFP", "agency")}),
        ("Image: Pilots at the quay in a picture released by the harbour office — © AFP Jane Roe", "",
         "AFP\nWith 2,400 staff of 90 nationalities, AFP covers the world as a global news agency.\n"
         "In this article: Harbours, Freedonia", None, {("AFP", "agency")}),
        ("Short link:\n\nPilots at the quay on March 3, 2026. AFP", "LONDON — ", "Follow us on:\nFacebook\nInstagram",
         "London", set()),
        ("By Reuters\nMarch 3, 20268:41 PM GMT+2Updated 2 hours ago", "LONDON, March 3 (Reuters) - ",
         "Reporting by Jane Roe Writing by John Doe Editing by Ann Lee\n\nOur Standards: The Thomson Principles.",
         "London", {("Reuters", "agency")}),
        ("Par L'Echo avec AFP\n· Publié le 3 mars 2026 à 9h50\nTemps de lecture : 1 min", "Londres (AFP) - ", "© AFP",
         "Londres", {("AFP", "agency"), ("L'Echo", "distributor")}),
        ("DPA\n\nZillertal: Lotsen warten am Kai Foto: Max Roe / dpa\n\n3. März 2026, 10:15 Uhr", "Bonn (dpa) – ",
         "Mehr zum Thema\nLotsen in Not", "Bonn", {("dpa", "agency")}),
        ("Agência Lusa\n03 mar. 2026, 18:22", "Londres, 03 mar 2026 (Lusa) — ",
         "ABC // DEF\n\nLusa/fim\n\nAssine já o Correio por 1€", "Londres", {("Lusa", "agency")}),
        ("AP  Last Updated: March 03, 2026, 18:12 IST\nCurated By: News Desk", "LONDON: ",
         "Disclaimer: This post has been auto-published from an agency feed", "London", {("AP", "agency")}),
        ("LONDON, 03 March 2026, 14:21\nANSA English Desk", "(ANSA) - LONDON, MAR 3 - ",
         "ALL RIGHTS RESERVED © Copyright ANSA", "London", {("ANSA", "agency")}),
        ("Agence France-Presse\nPublié le 3 mars 2026", "(Londres) ", "© 2026 Agence France-Presse", "Londres",
         {("AFP", "agency")}),
        ("By REUTERS | The Harbour Post\nPublished: 3 March 2026", "", "© 2026", None, {("Reuters", "agency")}),
    ],
)  # fmt: skip
def test_reprints(head: str, dateline: str, tail: str, city: str | None, sources: set[tuple[str, str]]) -> None:
    story = desk(f"{HEADLINE}\n\n{head}\n\n{dateline}{ONE}\n\n{TWO}\n\n{tail}\n", source=None)
    assert (story.raw.format, story.headline, story.body) == ("republished", HEADLINE, BODY)
    assert (story.dateline.city if story.dateline else None) == city
    assert {(s.name, s.role) for s in story.info_sources} == sources


def test_a_person_with_an_agency_is_no_paper() -> None:
    story = desk(
        f"{HEADLINE}\n\nPublished: 3 March 2026\n\nBy Jane Roe with AFP\n\n{ONE}\n\n{TWO}\n\n© 2026 AFP\n", None
    )
    assert story.by == "Jane Roe with AFP"
    assert story.info_sources == (InfoSource("AFP", "agency"),)


@pytest.mark.parametrize(
    ("tail", "by"),
    [
        ("roe@example.com", None),
        ("sm.kt", None),
        ("AAP jro/jdo", None),
        ("(SDA-ATS/jr)", None),
        ("(By Jane Roe and John Doe)\n\nEnditem/AB", "Jane Roe and John Doe"),
        ("(ANSA).\n\nYAB-CDE", None),
        ("(النهاية)\n\nا ب / ج د", None),
        ("(Copyright 2026 by The Associated Press. All Rights Reserved.)", None),
        ("Information from: Harbor Gazette, http://www.example.com", None),
        ("THIS IS A BREAKING NEWS UPDATE. The earlier story follows below.", None),
        ("(schluss) ab/cd\n031137 Mrz 26", None),
        ("—", None),
        ("Jane Roe, The Canadian Press", "Jane Roe"),
        ("The Associated Press' reports receive support from the Pier Foundation. AP alone decides.", None),
    ],
)
def test_closing_lines_of_wires(tail: str, by: str | None) -> None:
    story = desk(f"{HEADLINE}\n\nLONDON (XYZ) - {ONE}\n\n{TWO}\n\n{tail}\n")
    assert (story.raw.format, story.body, story.by) == ("plain", BODY, by)


def test_a_picture_credit_under_structured_copy() -> None:
    story = clean(RawStory(0, "nitf", "test/1", f"{BODY}\n\n(AP Photo/Jane Roe)", headline=HEADLINE), TUESDAY)
    assert story.body == BODY


@pytest.mark.parametrize(("last", "body"), [
    ("The Harbour Gazette with agencies", BODY), ("Le Port (avec AFP)", BODY),
    ("Ministers meet with agencies", f"{BODY}\n\nMinisters meet with agencies"),
])  # fmt: skip
def test_a_paper_with_agencies(last: str, body: str) -> None:
    copy = f"{HEADLINE}\n\nPublished: 3 March 2026\n\n{ONE}\n\n{TWO}\n\n{last}\n\n© 2026 Gazette\n"
    assert desk(copy, None).body == body


@pytest.mark.parametrize(
    ("end", "kept"), [("PTI ABC DE\nFGH FGH", ""), ("Mr ABC DE\nFGH FGH", " Mr ABC DE\n\nFGH FGH")]
)
def test_initials_that_go_on_in_the_line_below(end: str, kept: str) -> None:
    story = desk(f"{HEADLINE}\n\nLondon, Mar 3 (PTI) {ONE}\n\n{TWO} {end}\n")
    assert story.body == BODY + kept


@pytest.mark.parametrize("last", ["UAE-OMA", "(By Tuesday)"])
def test_last_lines_that_are_none(last: str) -> None:
    assert desk(f"{HEADLINE}\n\nLONDON (XYZ) - {ONE}\n\n{TWO}\n\n{last}\n").body == f"{BODY}\n\n{last}"


def test_a_sign_off_right_above_the_time_of_sending() -> None:
    story = desk(
        "\x01eca0211 4 i 88  xyz 0417\r\n\r\nFreedonia/labour/\r\n\x02Pilots back at work =\r\n\r\n"
        "London (dpa) - The harbour pilots of Freedonia went back to work on Monday\r\nafter nine days.\r\n"
        "dpa ab cd\r\n\x03031230 Mar 26\r\n"
    )
    assert story.body == "The harbour pilots of Freedonia went back to work on Monday after nine days."


def test_7901_keywords_stand_above_the_text_and_the_headline_in_it() -> None:
    story = desk(
        "\x01TX-LON-0412 4 i 88\r\n\r\nFreedonia\r\nLabour\r\n\r\n\x02Pilots back at work\r\n\r\n"
        "   London (dpa) - The harbour pilots of Freedonia went back to work on Monday\r\nafter nine days.\r\n\r\n"
        "   ab/cd\r\n   AFP 031230 GMT MAR 26\r\n\x03"
    )
    assert (story.slugline, story.headline, story.urgency) == ("Freedonia", "Pilots back at work", 4)
    assert story.body == "The harbour pilots of Freedonia went back to work on Monday after nine days."
    assert (
        desk(f"TX-LON-0412 4 i 210\n\n{HEADLINE}\n\n{BODY}\n").urgency is None
    )  # a service line of that form needs SOH
    unmarked = desk(
        "\x01xyz0412 4 i 88\r\n\r\nPilots back at work\r\n\r\n\x02   London (dpa) - The harbour pilots of Freedonia "
        "went back\r\nto work on Monday.\r\n\r\n   They asked for engines.\r\n\x03"
    )
    assert (unmarked.slugline, unmarked.headline) == (None, "Pilots back at work")


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        ("PILOTS OF FREEDONIA BACK AT WORK -PORT AUTHORITY\n", "alert"),
        ("Pilots of Freedonia back at work: port\n\nab/cd\n", "alert"),
        ("Pilots of Freedonia are back at work.\n\nab/cd\n", "story"),
        (f"AFP World News Agenda for Tuesday, March 3\n\n{ONE}\n", "advisory"),
    ],
)
def test_kinds_by_shape(copy: str, kind: str) -> None:
    assert desk(copy, source=None).kind == kind


@pytest.mark.parametrize(
    ("dateline", "city", "agency"),
    [
        ("TOKYO, March 3, Kyodo - ", "Tokyo", "Kyodo"),
        ("Nations unies (Etats-Unis), 3 mars 2026 (AFP) - ", "Nations unies", "AFP"),
        ("A bord du Jeanne Barret, 3 mars 2026 (AFP) - ", "A bord du Jeanne Barret", "AFP"),
    ],
)
def test_datelines(dateline: str, city: str, agency: str) -> None:
    story = desk(f"{HEADLINE}\n\n{dateline}{ONE}\n\n{TWO}\n", source=None)
    assert story.body == BODY
    assert story.dateline is not None
    assert (story.dateline.city, story.info_sources) == (city, (InfoSource(agency, "agency"),))


def test_a_page_without_its_headline_opens_with_its_dateline() -> None:
    story = desk(
        f"LONDON: {ONE}\n\n{TWO}\n\nCopyright Agence France-Presse, 2026\n\nPublished in Dawn, March 3rd, 2026\n"
    )
    assert (story.headline_role, story.body) == ("derived", BODY)
    assert story.dateline is not None
    assert story.dateline.city == "London"


def test_a_summary_that_a_paragraph_says_again_leaves_the_paragraph() -> None:
    last = "The pilots vote on March 30."
    story = desk(
        f"{HEADLINE}\n\n{last}\n\nPublished: 3 March 2026\n\nLONDON (AFP) - {ONE}\n\n{last}\n\n© 2026 Gazette\n"
    )
    assert story.body == f"{ONE}\n\n{last}"


@pytest.mark.parametrize(("credit", "by"), [
    ("(Reporting by Jane Roe; Editing by John Doe)", "Jane Roe"),
    ("Reporting by Jane Roe in Tyre and J. R. Doe. Editing by Ann Lee", "Jane Roe in Tyre and J. R. Doe"),
    ("(Reporting by the Sarnia newsroom)", None), ("(Editing by John Doe)", None),
])  # fmt: skip
def test_reuters_reporters_are_its_byline(credit: str, by: str | None) -> None:
    assert desk(f"{HEADLINE}\n\nLONDON, March 3 (Reuters) - {ONE}\n\n{TWO}\n\n{credit}\n").by == by


@pytest.mark.parametrize(("credit", "by"), [
    ("(Reporting by Jane Roe; Editing by John Doe)", "Jane Roe"), ("(Editing by John Doe).", None),
])  # fmt: skip
def test_reuters_closing_line_behind_the_last_sentence(credit: str, by: str | None) -> None:
    story = desk(f"{HEADLINE}\n\nLONDON, March 3 (Reuters) - {ONE}\n\n{TWO} {credit}\n")
    assert (story.body, story.by) == (BODY, by)


def test_brackets_behind_the_last_sentence_that_are_the_storys() -> None:
    aside = "(They stopped reporting by radio in May.)"
    assert desk(f"{HEADLINE}\n\nLONDON (AP) - {ONE}\n\n{TWO} {aside}\n").body == f"{BODY} {aside}"


def test_ap_rules_between_paragraphs_go() -> None:
    assert desk(f"{HEADLINE}\n\nLONDON (AP) — {ONE}\n\n___\n\n{TWO}\n").body == BODY


def test_a_headline_said_twice_is_no_caption() -> None:
    story = desk(
        f"{HEADLINE}\n\nPublished: 3 March 2026\n\n{HEADLINE}\n\nLONDON (AFP) - {ONE}\n\n{TWO}\n\n© 2026 Gazette\n"
    )
    assert (story.captions, story.body) == ((), BODY)


def test_a_stamp_behind_a_stroke_is_no_caption() -> None:
    head = "Par L'Echo avec AFP\n· Publié le 3 mars 2026 à 9h50\nTemps de lecture : 1 min"
    story = desk(f"{HEADLINE}\n\n{head}\n\nLondres (AFP) - {ONE}\n\n{TWO}\n\n© AFP\n")
    assert (story.captions, story.body) == ((), BODY)


def test_a_caption_with_the_papers_own_credit() -> None:
    story = desk(
        f"{HEADLINE}\n\nPilots on Jan 3, 2026. HG PHOTO: JANE ROE\n\nLONDON - {ONE}\n\n{TWO}\n\nRead more: Pilots\n"
    )
    assert (story.captions, story.body) == (("Pilots on Jan 3, 2026.",), BODY)


def test_a_trail_that_ends_in_the_headline_stands_above_it() -> None:
    trail = f"Home » World » Harbours of the far north » {HEADLINE}"
    story = desk(f"{trail}\n\n{HEADLINE}\nAFP · Tue 3 March 2026, 07:40\n\n{BODY}\n\n(AFP)\n", "isle-daily")
    assert (story.headline, story.body) == (HEADLINE, BODY)
