"""NITF as PA, AP, AAP, EFE, the Canadian Press and NTB send it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from xml_samples import NITF, one, stories

from streams.contracts.story import AgencyPlace, AltId, InfoSource
from streams.errors import Reason, Rejected


def nitf(content: str, head: str = "", body_head: str = "<hedline><hl1>Pilots</hl1></hedline>") -> str:
    return (
        f"<nitf><head>{head}</head><body><body.head>{body_head}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


def test_pa() -> None:
    story = one(NITF)
    assert story.copy.split("\n\n") == [
        "Pilots went back to work at dawn.", "Bananas", "Forty ships waited.\nOne had bananas.", "Ripe ones.",
        "Ship | Crew", "Ann Marie | 7", "ends",
    ]  # fmt: skip
    assert (story.headline, story.slugline) == ("Pilots go back to work", "HARBOUR")
    assert (story.uri, story.version) == ("urn:newswire:PA:aa11bb22HHH-1", None)
    assert story.alt_ids == (AltId("aa11bb22HHH-1", "doc-id"),)
    assert (story.by, story.dateline, story.located) == ("Jane Roe", "Dover, England", "Dover")
    assert story.places == (AgencyPlace("Dover", "GB", "origin"), AgencyPlace("Port Sarnia", "CA", "about"))
    assert (story.urgency, story.language, story.pub_status) == (3, "en-GB", "usable")
    assert story.version_created == datetime(2026, 3, 3, 7, 15, tzinfo=UTC)
    assert story.embargoed_until is None
    assert (story.ed_note, story.copyright_notice) == ("Eds: UPDATES with owner", "Copyright 2026 PA")
    assert story.captions == ("A pilot",)
    assert story.keywords == ("Harbour", "Pilots")
    assert story.info_sources == (InfoSource("PA Media", "agency"), InfoSource("PA", "agency"))
    assert story.warnings == ()


def test_a_key_with_a_version_stays_the_same() -> None:
    head = '<docdata><du-key key="f-1" version="{0}"/><doc-id id-string="f-1_{0}" regsrc="NTB"/></docdata>'
    first, second = (one(nitf("<p>x</p>", head.format(n))) for n in (47, 48))
    assert first.uri == second.uri == "urn:newswire:NTB:f-1"
    assert (first.version, second.version) == ("47", "48")


@pytest.mark.parametrize(
    ("docdata", "until", "status"),
    [
        (
            '<docdata><date.issue norm="20260303T080000Z"/><date.release norm="20260304T080000+0200"/></docdata>',
            4,
            None,
        ),
        ('<docdata management-status="embargoed"><date.release norm="20260304T080000+0200"/></docdata>', 4, None),
        ('<docdata management-status="embargoed"/>', None, "withheld"),
        ('<docdata management-status="canceled"/>', None, "canceled"),
        ('<docdata><date.issue norm="20260303T080000Z"/><date.release norm="20260303T080000Z"/></docdata>', None, None),
        ('<docdata><date.release norm="20260304T080000+0200"/></docdata>', 4, None),
        ('<docdata><fixture fix-id="EMBARGOED UNTIL 2026-03-04T08:00:00+02:00"/></docdata>', 4, None),
    ],
)
def test_embargo_and_status(docdata: str, until: int | None, status: str | None) -> None:
    story = one(nitf("<p>x</p>", docdata))
    assert story.embargoed_until == (datetime(2026, 3, until, 6, 0, tzinfo=UTC) if until else None)
    assert story.pub_status == status


def test_a_placeholder_is_no_date() -> None:
    story = one(nitf("<p>x</p>", '<docdata><date.issue norm="YYYYMMDD000000-HHMM"/></docdata>'))
    assert story.version_created is None
    assert len(story.warnings) == 1


def test_efe_signs_where_others_put_the_author() -> None:
    head = "<docdata><doc-id id-string='77'/><evloc city='Tegucigalpa' iso-cc='HND'/></docdata>"
    story = one(nitf(
        "<p>Tegucigalpa, 3 mar (EFE).- Uno.</p>", head,
        "<hedline><hl1>Lanchas</hl1></hedline><byline>ab/cd</byline><distributor>Agencia EFE</distributor>"
        "<dateline><story.date norm='20260303T2228'>20260303T222800+0000</story.date></dateline>",
    ))  # fmt: skip
    assert (story.by, story.dateline, story.uri) == (None, None, "urn:newswire:Agencia%20EFE:77")


def test_revision_notes_and_urgency_outside_docdata() -> None:
    head = '<title>Harbour-Pilots</title><docdata/><revision-history comment="ADDS owner"/><urgency ed-urg="2"/>'
    story = one(nitf("<p>x</p>", head))
    assert (story.ed_note, story.urgency, story.slugline) == ("ADDS owner", 2, "Harbour-Pilots")


def test_lines_broken_by_hand() -> None:
    assert one(nitf("<p>   One <br />two.</p><p>Three.</p>")).copy == "One\ntwo.\n\nThree."


def test_no_body_content() -> None:
    assert one("<nitf><head><title>Pilots</title></head><body><p>One.</p></body></nitf>").copy == "One."
    summary = "<hedline><hl1>Pilots</hl1></hedline><abstract><p>In short.</p></abstract>"
    assert one(nitf("", "", summary)).copy == "In short."
    assert one(nitf("<p>Long.</p>", "", summary)).copy == "Long."
    for empty in ("<nitf/>", "<nitf><body><body.content/></body></nitf>"):
        with pytest.raises(Rejected) as caught:
            stories(empty)
        assert caught.value.reason is Reason.NO_STORY


def test_ten_thousand_paragraphs_are_all_kept() -> None:
    story = one(nitf("".join(f"<p>Line {n}.</p>" for n in range(10_000))))
    assert len(story.copy.split("\n\n")) == 10_000
