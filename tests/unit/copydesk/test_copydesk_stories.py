"""Whole stories across the desk, agency by agency."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from copydesk_support import BODY, ONE, TUESDAY, TWO, desk, site, wire

from streams.contracts.story import AltId, InfoSource, RawStory
from streams.copydesk import clean
from streams.copydesk.agencies import AGENCY_FORMS


def test_satellite_copy() -> None:
    story = desk(
        "\x01xyz0419 4 i 0307 ccccb   xyz 419\r\n\r\nFreedonia-strike/3rd lead/\r\n\x02Pilots back at work =\r\n\r\n"
        "   ATTENTION - RECASTS with end of strike, UPDATES ships to 40 ///\r\n\r\n"
        "   Port Sarnia, March 3, 2026 (AFP) - Harbour pilots of Freedonia\r\nwent back to work on Monday "
        "after nine days.\r\n"
        "\r\n   They were tired.\r\n\r\nabc-def/gh/ij\r\n\r\n\x03031137 GMT Mar 26\r\n"
    )
    assert story.headline == "Pilots back at work"
    assert story.headline_role == "main"
    assert story.body == "Harbour pilots of Freedonia went back to work on Monday after nine days.\n\nThey were tired."
    assert story.slugline == "Freedonia-strike/3rd lead"
    assert story.ed_note == "ATTENTION - RECASTS with end of strike, UPDATES ships to 40 ///"
    assert story.signals.verbs == ("updates", "recasts")
    assert story.signals.lead == 3
    assert story.urgency == 4
    assert story.dateline is not None
    assert (story.dateline.city, story.dateline.date) == ("Port Sarnia", date(2026, 3, 3))
    assert story.dateline.text == "Port Sarnia, March 3, 2026 (AFP) -"
    assert story.info_sources == (InfoSource("AFP", "agency"),)
    assert [(d.text, d.date) for d in story.dates] == [("on Monday", date(2026, 3, 2))]
    assert story.warnings == ()


def test_old_wire_copy_without_blank_lines() -> None:
    story = desk(
        "PILOTS <PLT> END STRIKE\n    By Jane Roe, Reuters\n    PORT SARNIA, March 3 - Harbour pilots of "
        "Freedonia went back\n"
        "to work after a strike that had kept forty ships outside the\nbreakwater.\n    They were tired.\n Reuter\n",
        source="reuters",
    )
    assert story.headline == "PILOTS <PLT> END STRIKE"
    assert story.by == "Jane Roe"
    assert story.dateline is not None
    assert (story.dateline.city, story.dateline.date) == ("Port Sarnia", date(2026, 3, 3))
    assert story.body.endswith("outside the breakwater.\n\nThey were tired.")


def test_headline_with_byline_above_the_equals_sign() -> None:
    story = desk(
        "\x01xyz0007 4 s 850  dpa-tns 0908\r\n\r\nHarbour/Strike/\r\n\x02EXTRA\r\nPilots back at work\r\nBy "
        "Jane Roe, dpa =\r\n\r\n"
        "Port Sarnia (dpa) - Harbour pilots went back to work.\r\n\r\nThey were tired.\r\n\r\n# Notebook\r\n\r\n"
        "## Note to editors\r\n- adds byline\r\n\r\n## Editorial contacts\r\n- Tel: +49 30 0000\r\n\r\ndpa abc def\r\n"
    )
    assert (story.headline, story.by, story.slugline) == ("Pilots back at work", "Jane Roe", "Harbour/Strike")
    assert story.kind == "urgent"
    assert story.body == "Harbour pilots went back to work.\n\nThey were tired."
    assert story.ed_note == "adds byline"


def test_bulletin_line_of_the_associated_press() -> None:
    story = desk(
        "BC-EU--Freedonia-Strike, 2nd Ld-Writethru\nPilots end strike\n\nEds: UPDATES with toll. ADDS "
        "quotes.\n\nBy JANE ROE\n"
        f"Associated Press\n\nPORT SARNIA, Freedonia (AP) — {ONE}\n\n{TWO}\n\n___\n\n"
        "AP writer John Doe in Paris contributed to this report.\n"
    )
    assert story.headline == "Pilots end strike"
    assert story.body == BODY
    assert story.by == "JANE ROE"
    assert story.signals.lead == 2
    assert story.signals.verbs == ("adds", "updates")


def test_a_paper_in_the_seeds_manner() -> None:
    caption = "Pilots on their way to a freighter off Port Sarnia."
    story = site(
        f"Pilots back at work\n\n{caption}\n{caption} PHOTO: AGENCE FRANCE-PRESSE",
        "AGENCE FRANCE-PRESSE\n\nJoin HG's Telegram channel and get the news delivered to you.\n\n"
        "A version of this article appeared in the print edition of The Harbour Gazette on March 4, 2026, with "
        "the headline "
        "Pilots back at work. Subscribe",
        dateline="PORT SARNIA • ",
    )
    assert story.body == BODY
    assert story.captions == (caption,)
    assert story.dateline is not None
    assert story.dateline.city == "Port Sarnia"
    assert story.info_sources == (InfoSource("AFP", "agency"), InfoSource("The Harbour Gazette", "distributor"))
    assert [(d.field, d.text) for d in story.dates] == [("body", "on Monday"), ("raw", "March 4, 2026")]
    assert story.reference_date == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("head", "dateline", "tail"),
    [
        (
            "World\nPilots back at work\n\nPublished: March 3, 2026 16:05\nAFP\n\nPilots on a boat.\nImage Credit: AFP",
            "Port Sarnia: ",
            "Copyright 2026 AFP\n\nSign up for the Daily Anchor\nAll that moves the coast, at seven.\nAlso in "
            "World: Bananas",
        ),
        (
            "Pilots back at work\nAFP  |  3 March 2026\n2 min read\nListen to this article\nShare   Save",
            "PORT SARNIA, FREEDONIA — ",
            "© 2026 AFP\nOur newsletter, The Tide, rounds up the coast. Sign up here.\nComments (14)",
        ),
        (
            "Accueil > Monde\nPilots back at work\n\nPar La Gazette du Port avec AFP\nPublié le 3 mars 2026 à 19h20\n"
            "Temps de lecture : 2 min\n\nPilots on a boat. © AFP",
            "",
            "© AFP\nAbonnez-vous à notre newsletter du soir.\nTous droits réservés.\nSignaler une erreur",
        ),
        (
            "INTERNACIONAL\nPilots back at work\nAFP | 3 de marzo de 2026\n\nPilots on a boat. | Foto: AFP",
            "Puerto Sarnia.- ",
            "Con información de AFP\n¡Suscríbete a nuestro boletín!\nProhibida su reproducción total o parcial.",
        ),
        (
            "Pilots back at work\n\nBy Agence France-Presse\n3 March 2026 | 8:15am\n\nADVERTISEMENT",
            "",
            "- AFP\n\nTags: harbour, strike\nMore from World\nWhat to know about bananas",
        ),
        (
            "Pilots back at work\nAgencies\nPublished 3 Mar 2026, 10:22 am\nPilots on a boat. (File photo)",
            "Port Sarnia: ",
            "(This story has not been edited by our staff.)\n\nGet the latest updates on our app.\n© The "
            "Harbour Gazette 2026",
        ),
    ],
)
def test_sites(head: str, dateline: str, tail: str) -> None:
    story = site(head, tail, dateline=dateline)
    assert story.headline == "Pilots back at work"
    assert story.body == BODY
    assert all(caption.startswith("Pilots on a boat") and "AFP" not in caption for caption in story.captions)
    assert (story.dateline is not None) is bool(dateline)


def test_related_links_and_captions_between_paragraphs_go_from_sites() -> None:
    story = desk(
        f"Pilots back\n\nPublished: March 3, 2026\n\n{ONE}\n\nREAD MORE: Your guide to bananas\n\nADVERTISEMENT\n\n"
        f"Boats at dawn. PHOTO: REUTERS\n\n{TWO}\n\n© 2026 AFP\n"
    )
    assert story.body == BODY
    assert story.captions == ("Boats at dawn.",)


@pytest.mark.parametrize(
    "sentence",
    [
        "The government has banned Telegram in the province, an official said on the channel.",
        "Follow-up talks were not expected before the summer, both sides said.",
        "Sources: two officials who asked not to be named.",
        "Copyright law was not at issue, the judge said.",
        '"Share," she said.',
        "By Monday forty ships had gathered.",
        "Kill rates among bats rose, biologists said.",
        "Reuters is based in London.",
    ],
)
def test_prose_that_only_looks_like_furniture_stays(sentence: str) -> None:
    story = desk(f"Pilots back\n\nPublished: March 3, 2026\n\n{ONE}\n\n{sentence}\n\n{TWO}\n\n© 2026 AFP\n")
    assert sentence in story.body
    assert story.kind == "story"
    story = wire("Pilots back", tail="")
    assert story.kind == "story"


def test_one_long_paragraph_is_all_body() -> None:
    story = desk(f"{ONE} {TWO}")
    assert story.headline_role == "derived"
    assert story.headline.endswith("…")
    assert ONE.startswith(story.headline.rstrip("…"))
    assert story.body == f"{ONE} {TWO}"


def test_headline_is_not_repeated_in_the_body() -> None:
    assert desk(f"Pilots back at work\n\nPILOTS BACK AT WORK.\n\n{ONE}\n\n{TWO}\n").body == BODY


def test_crossheads_stay() -> None:
    assert (
        "- 'A door' -"
        in desk(f"Pilots back\n\n   LONDON (AFP) - {ONE}\n\n   - 'A door' -\n\n   {TWO}\n\nabc/def\n").body
    )


def test_what_the_format_says_is_not_overruled() -> None:
    raw = RawStory(
        0, "ninjs", "ninjs/1", f"Port Sarnia, March 3, 2026 (AFP) - {ONE}\n\n{TWO}\n\nabc/def", headline="Pilots back",
        by="By Jane Roe, AFP", slugline="Freedonia", language="en", urgency=4, ed_note="ADDS quotes",
        alt_ids=(AltId("TX-1", "afp"),),
    )  # fmt: skip
    story = clean(raw, TUESDAY)
    assert (story.headline, story.by, story.slugline, story.urgency) == ("Pilots back", "Jane Roe", "Freedonia", 4)
    assert (story.ed_note, story.signals.verbs) == ("ADDS quotes", ("adds",))
    assert story.body == BODY
    assert story.kind == "story"


def test_dateline_that_the_format_gives() -> None:
    raw = RawStory(0, "newsml", "newsml/1", BODY, headline="Pilots back", dateline="Port Sarnia, 3 mars 2026 (AFP) -")
    dateline = clean(raw, None).dateline
    assert dateline is not None
    assert (dateline.city, dateline.date) == ("Port Sarnia", date(2026, 3, 3))


def test_without_any_date_nothing_is_resolved() -> None:
    story = desk(f"Pilots back\n\n{ONE}\n\n{TWO}\n", received=None)
    assert story.reference_date is None
    assert story.dates == ()


def test_a_rule_that_would_take_the_story_stands_back() -> None:
    story = desk("AFP")
    assert story.body == "AFP"
    assert any("credits.agency-line" in warning for warning in story.warnings)


def test_times_are_read_in_utc() -> None:
    received = datetime.fromisoformat("2026-03-04T00:30:00+02:00")
    assert desk(f"Pilots back\n\n{ONE}\n\n{TWO}\n", received=received).reference_date == date(2026, 3, 3)
    assert received.astimezone(UTC).day == 3


def test_priority_three_of_afp_is_an_urgent() -> None:
    raw = RawStory(0, "newsml", "newsml/1", ONE, provider="afp", headline="Pilots back", urgency=3)
    assert clean(raw, TUESDAY).kind == "urgent"
    longer = RawStory(0, "newsml", "newsml/1", "\n\n".join([ONE, TWO] * 4), provider="afp", headline="Back", urgency=3)
    assert clean(longer, TUESDAY).kind == "story"


def test_arabic_sign_off() -> None:
    copy = "عاد مرشدو الميناء إلى العمل يوم الاثنين في العاصمة.\n\nكانوا متعبين.\n\nحمد/ب ق"
    assert clean(RawStory(0, "newsml", "newsml/1", copy, headline="مرشدو الميناء"), TUESDAY).body.endswith("متعبين.")


def test_caption_twice_without_a_dateline() -> None:
    caption = "Pilots on their way to a freighter. It was their first in nine days."
    story = site(f"Pilots back\n\n{caption}\n{caption} PHOTO: REUTERS", "REUTERS\n\nSubscribe to our newsletter")
    assert story.captions == (caption,)
    assert story.body == BODY


def test_a_place_that_begins_like_a_verb_stays() -> None:
    story = wire("Pilots back", dateline="NEW YORK, London and Paris cheered. ")
    assert story.ed_note is None
    assert story.body.startswith("NEW YORK, London and Paris cheered.")


def test_every_agency_may_close_the_last_line() -> None:
    for form in AGENCY_FORMS:
        for end in (f" /{form}", f" (={form})...", f" -{form.upper()}", f" ({form})."):
            story = desk(f"Pilots go back to work\n\n{ONE}\n\n{TWO} They sailed.{end}\n")
            assert story.body.endswith("They sailed."), end
            assert story.cuts[-1].rule in ("credits.line-end", "signoff.agency"), end


def test_a_name_in_the_last_sentence_stays() -> None:
    for end in ("the AFP said.", "it told Reuters.", "they sail. Harbour", "they sail. - Agence"):
        assert desk(f"Pilots go back to work\n\n{ONE}\n\n{TWO} {end}\n").body.endswith(end)
