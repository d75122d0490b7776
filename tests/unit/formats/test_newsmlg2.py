"""NewsML-G2 as dpa, Reuters, ANSA, STT and AP send it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from xml_samples import G2, one, stories

from streams.contracts.story import AgencyPlace, AltId, InfoSource
from streams.errors import Reason, Rejected

NS = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def item(
    contents: str, meta: str = "", content_meta: str = "<headline>Pilots back</headline>", class_: str = "icls:text"
) -> str:
    return (
        f'<newsItem {NS} guid="tag:news.example,2026:1" version="4" xml:lang="en"><itemMeta>'
        f'<itemClass qcode="{class_}"/><provider literal="reuters.com"/><pubStatus qcode="stat:usable"/>'
        f"{meta}</itemMeta>"
        f"<contentMeta>{content_meta}</contentMeta><contentSet>{contents}</contentSet></newsItem>"
    )


def inline(body: str) -> str:
    return f'<inlineXML contenttype="application/xhtml+xml"><html><body>{body}</body></html></inlineXML>'


def test_dpa() -> None:
    story = one(G2)
    assert (
        story.copy == "Die Lotsen sind zurück.\n\nDer Streik hatte neun Tage gedauert.\n\nHafen | Schiffe\n\nKiel | 40"
    )
    assert (story.uri, story.version) == ("urn:newsml:dpa.com:20090101:260303-99-1", "3")
    assert (story.headline, story.slugline) == ("Lotsen wieder im Dienst", "Schifffahrt/Kiel")
    assert (story.by, story.dateline, story.located) == ("Von Amalie Graben, dpa", "Kiel (dpa) -", "Kiel")
    assert story.ed_note == "CORRECTION\nSchreibweise Trench\nFoto - Archiv"
    assert story.embargoed_until == datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
    assert story.version_created == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert story.first_created == datetime(2026, 3, 3, 7, 30, tzinfo=UTC)
    assert (story.usage_terms, story.copyright_notice) == ("Nur nach Vereinbarung", "Copyright 2026, dpa")
    assert story.captions == ("Ein Lotse an Bord",)
    assert (story.keywords, story.language, story.urgency) == (("Hafen",), "de", 4)
    assert story.places == (AgencyPlace("Kiel", "DE", "origin"), AgencyPlace("Dänemark", "DK", "about"))
    assert story.alt_ids == (
        AltId("bdt:0615:4:pl", "iptc7901Id"),
        AltId("urn:newsml:dpa.com:20090101:260303-99-0", "ref"),
    )
    assert (story.provider, story.info_sources) == ("dpa", (InfoSource("dpa", "agency"),))
    assert story.pub_status == "usable"
    assert story.warnings == ()


def test_reuters_locates_the_desk_not_the_news() -> None:
    located = (
        '<headline>Talks</headline><located type="cptType:5" literal="Bangalore"><name>Bangalore</name></located>'
        '<altId type="idType:USN">L1N0</altId><subject qcode="N2:PE" type="cptType:5"><name>Peru</name>'
        '<facet qcode="geoProp:5"/></subject><subject qcode="N2:AMERS"><facet qcode="geoProp:3"/></subject>'
    )
    story = one(item(inline("<p>LIMA, March 3 (Reuters) - Talks went\non.\n(Reporting by A. Roe)</p>"), "", located))
    assert story.located is None
    assert story.places == (AgencyPlace("Peru", "PE", "about"),)
    assert story.copy == "LIMA, March 3 (Reuters) - Talks went on.\n\n(Reporting by A. Roe)"
    assert story.provider == "reuters"


def test_ansa_puts_html_into_plain_data() -> None:
    html = "<p>\n      (ANSA) - Rome, March 3 - One\ntwo.\n   Three.</p>"
    data = f'<inlineData contenttype="text/plain"><![CDATA[{html}]]></inlineData>'
    codes = inline("<p>(ANSA) - ROMA, 3 MAR - Uno.</p>51 77 CRO01 1113 APE4800 QBXBSXB")
    assert one(item(data)).copy == "(ANSA) - Rome, March 3 - One two.\n\nThree."
    assert one(item(codes)).copy == "(ANSA) - ROMA, 3 MAR - Uno."


def test_plain_data_keeps_its_lines_and_other_renditions_are_no_copy() -> None:
    data = (
        '<inlineData contenttype="text/plain" rendition="x:headline">Pilots back</inlineData>'
        '<inlineData contenttype="image/jpeg">AAAA</inlineData>'
        '<inlineData contenttype="text/plain" rendition="x:text">One\ntwo.\n\nThree.</inlineData>'
    )
    assert one(item(data)).copy == "One\ntwo.\n\nThree."


def test_stt_leaves_elements_empty_and_nests_headings() -> None:
    meta = (
        "<versionCreated/><edNote role='sttnote:private'>Loppu uutta</edNote>"
        '<link contenttype="image/jpeg"><title role="drol:caption">Satama</title></link>'
    )
    given = "<headline/><slugline/><by/><dateline>Turku</dateline><urgency/>"
    story = one(item(inline("<h2>Ingressi</h2><p>Yksi.</p><p></p><p>\n<h3>Kaksi</h3>\n</p><p>Kolme.</p>"), meta, given))
    assert story.copy == "Ingressi\n\nYksi.\n\nKaksi\n\nKolme."
    assert (story.headline, story.slugline, story.by, story.urgency, story.dateline) == (
        None,
        None,
        None,
        None,
        "Turku",
    )
    assert (story.captions, story.ed_note, story.version_created) == (("Satama",), "Loppu uutta", None)


def test_nested_nitf_fills_what_the_item_leaves_out() -> None:
    nitf = (
        '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>'
        "<hedline><hl1>Pilots</hl1></hedline><byline>By Jane Roe, <byttl>Staff Reporter</byttl></byline></body.head>"
        "<body.content><p>One.</p></body.content></body></nitf></inlineXML>"
    )
    story = one(item(nitf, content_meta=""))
    assert (story.headline, story.by, story.copy) == ("Pilots", "By Jane Roe", "One.")


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ('<pubStatus qcode="stat:canceled"/>', "canceled"),
        ('<pubStatus qcode="stat:withheld"/>', "withheld"),
        ('<pubStatus qcode="stat:usable"/><signal qcode="sig:kill"/>', "canceled"),
        ('<pubStatus qcode="stat:usable"/><embargoed/>', "withheld"),
        ('<pubStatus qcode="stat:odd"/>', None),
    ],
)
def test_status(meta: str, status: str | None) -> None:
    source = item("").replace('<pubStatus qcode="stat:usable"/>', meta)
    assert one(source).pub_status == status


def test_items_that_are_no_text_are_passed_over() -> None:
    picture = item("<remoteContent/>", class_="ninat:picture")
    package = f'<packageItem {NS} guid="p"><itemMeta/><groupSet><group><itemRef/></group></groupSet></packageItem>'
    text = item(inline("<p>One.</p>"))
    both = text.replace("2026:1", "2026:2").replace("One.", "Two.")
    found = stories(f"<newsMessage {NS}><itemSet>{picture}{text}{package}{both}</itemSet></newsMessage>")
    assert [(s.index, s.copy) for s in found] == [(0, "One."), (1, "Two.")]
    for source, reason in (
        (picture, Reason.UNSUPPORTED),
        (package, Reason.UNSUPPORTED),
        (f"<conceptItem {NS} guid='c'/>", Reason.UNSUPPORTED),
        (f"<newsMessage {NS}><itemSet/></newsMessage>", Reason.NO_STORY),
        (item("", content_meta=""), Reason.NO_STORY),
    ):
        with pytest.raises(Rejected) as caught:
            stories(source)
        assert caught.value.reason is reason


def test_a_release_repeats_its_headline_above_the_copy() -> None:
    body = "<h1>\nPilots back\n</h1><h2>Boats at sea again</h2><div><p>PORT SARNIA, March 3 -- One.</p></div>"
    assert one(item(inline(body))).copy == "PORT SARNIA, March 3 -- One."
