"""NewsML 1.2 as AFP, Kyodo, Belga, TASS, EFE and Solita send it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from xml_samples import AFP, one, read_or_rejected, stories

from streams.contracts.story import AgencyPlace, AltId, InfoSource
from streams.errors import Reason, Rejected


def item(components: str, ident: str = "1", type_: str = "News", extra: str = "") -> str:
    return f"""<NewsItem><Identification><NewsIdentifier><ProviderId>news.example</ProviderId><DateId>20260303</DateId>
      <NewsItemId>{ident}</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
      <PublicIdentifier>urn:newsml:news.example:20260303:{ident}:2N</PublicIdentifier></NewsIdentifier></Identification>
      <NewsManagement><NewsItemType FormalName="{type_}"/>{extra}</NewsManagement>{components}</NewsItem>"""


def component(content: str, lines: str = "", role: str = "", inner: str = "", attributes: str = "") -> str:
    body = f"<ContentItem><MediaType FormalName='Text'/><DataContent>{content}</DataContent></ContentItem>"
    given = f'<Role FormalName="{role}"/>' if role else ""
    filled = body if content else ""
    return f"<NewsComponent {attributes}>{given}<NewsLines>{lines}</NewsLines>{filled}{inner}</NewsComponent>"


def newsml(*items: str, root: str = "NewsML") -> str:
    return f"<{root} Version='1.2'>{''.join(items)}</{root.split()[0]}>"


def test_afp() -> None:
    story = one(AFP)
    assert story.copy == (
        'Ferry crews went back to work at dawn, "tired but paid".\n\n- Nine days -\n\n'
        "The strike had kept forty ships outside the harbour.\n\nzz/qq"
    )
    assert (story.format, story.headline) == ("newsml12", "Ferry crews go back to work")
    assert story.uri == "urn:newsml:afp.com:20260303T091502Z:TX-PAR-QQA01"
    assert (story.version, story.urgency, story.kind, story.pub_status) == ("1", 4, None, "usable")
    assert story.slugline == "Cyprus-ferry-strike"
    assert story.ed_note == "ADDS union, owner\n(Picture+Video)"
    assert (story.dateline, story.located) == ("Nicosia, March 3, 2026 (AFP) -", "Nicosia")
    assert story.places == (AgencyPlace("Nicosia", "CY", "origin"),)
    assert story.first_created == story.version_created == datetime(2026, 3, 3, 9, 15, 2, tzinfo=UTC)
    assert (story.language, story.keywords) == ("en", ("Cyprus", "ferry"))
    assert story.usage_terms == "NO ARCHIVAL USE"
    assert (story.provider, story.info_sources) == ("AFP", (InfoSource("AFP", "agency"),))
    assert AltId("TX-PAR-QQA01", "newsItemId") in story.alt_ids
    assert AltId("urn:newsml:afp.com:20260303:doc-1", "associated") in story.alt_ids
    assert story.warnings == ()
    assert stories(AFP, "desk")[0].uri == story.uri


def test_an_afp_alert_has_no_headline() -> None:
    story = one(
        AFP.replace('"News"', '"Alert"')
        .replace("<HeadLine xml:lang=\"en\">Ferry crews go back to work</HeadLine>", '<HeadLine xml:lang="en"/>')
        .replace("<NameLabel>Cyprus-ferry-strike", "<NameLabel>alert")
    )  # fmt: skip
    assert (story.headline, story.kind, story.slugline) == (None, "alert", "alert")


def test_afp_for_the_web_has_photos_around_the_copy() -> None:
    photo = component(
        "", "<HeadLine>A boat</HeadLine><ByLine>Pho Tographer</ByLine>", attributes="Duid='photo0'",
        inner=component("<p>A boat at sea</p>", role="Caption")
        + "<NewsComponent><Role FormalName='HighDef'/><ContentItem Href='1.jpg'><MediaType FormalName='Photo'/>"
        "</ContentItem></NewsComponent>",
    )  # fmt: skip
    text = component(
        "<media media-type='image'><media-reference data-location='#photo0'/></media><p>One.</p><p>Two.</p>"
    )
    lines = "<HeadLine>Boats</HeadLine><ByLine>Jane Roe</ByLine><SlugLine>sea-boats</SlugLine>"
    story = one(newsml(item(component("", lines, inner=text + photo + photo), "doc-1")))
    assert story.copy == "One.\n\nTwo."
    assert story.captions == ("A boat at sea",)
    assert (story.headline, story.by, story.slugline) == ("Boats", "Jane Roe", "sea-boats")
    assert (story.uri, story.version) == ("urn:newsml:news.example:20260303:doc-1", "2")


def test_several_items_and_html_as_text_in_a_name_space() -> None:
    html = """<![CDATA[<!-- title --><h1>{0}</h1><p>2.4.2026 16:02 CEST | Trench plc | Annual report</p>
      Lead of {0}<p>Body &amp; more.</p><table><tr><td>1</td><td>2</td></tr></table>]]>"""
    lines = "<HeadLine>{}</HeadLine><DateLine>2.4.2026 16:02 CEST</DateLine><ByLine>Trench plc</ByLine>"
    items = [item(component(html.format(t), lines.format(t)), f"a:{n}") for n, t in enumerate(("One", "Ein"))]
    found = stories(newsml(*items, root='NewsML xmlns="http://iptc.org/std/NewsML/2003-10-10/"'))
    assert [s.copy for s in found] == ["Lead of One\n\nBody & more.\n\n1 | 2", "Lead of Ein\n\nBody & more.\n\n1 | 2"]
    assert [s.index for s in found] == [0, 1]
    assert [s.uri for s in found] == ["urn:newsml:news.example:20260303:a:0", "urn:newsml:news.example:20260303:a:1"]
    assert found[0].dateline is None
    assert found[0].by == "Trench plc"


def test_lead_and_body_are_one_story_and_a_picture_none() -> None:
    head = "<HeadLine>Knooppunt dicht</HeadLine>"
    text = component("", head, "Original", component("Knooppunt dicht", role="Title")
                     + component("De lead.", role="Lead") + component("\tEen.\n\tTwee.", role="Body"))  # fmt: skip
    picture = component(
        "",
        head,
        "Picture",
        component("Knooppunt dicht", role="Title") + component("Foto", role="Caption") + component("Not the copy."),
    )
    source = newsml(item(component("", head, inner=text + picture), "0"))
    story = one(source.replace("urn:newsml:news.example:20260303:0:2N", "urn:newsml:news.example"))
    assert story.copy == "De lead.\n\nEen.\n\nTwee."
    assert story.captions == ("Foto",)
    # every item of this sender has the same public identifier: it names none
    assert (story.uri, story.version) == (None, None)


def test_two_components_with_headlines_of_their_own_are_two_stories() -> None:
    inner = component("<p>One.</p>", "<HeadLine>First</HeadLine>") + component(
        "<p>Two.</p>", "<HeadLine>Second</HeadLine>"
    )
    found = stories(newsml(item(component("", inner=inner), "7")))
    assert [(s.headline, s.copy) for s in found] == [("First", "One."), ("Second", "Two.")]
    assert [s.uri for s in found] == ["urn:newsml:news.example:20260303:7", "urn:newsml:news.example:20260303:7#2"]


def test_one_of_several_equivalents_is_taken() -> None:
    inner = component("<p>One.</p>") + component("<p>One, again, otherwise.</p>")
    assert one(newsml(item(component("", inner=inner, attributes="EquivalentsList='yes'")))).copy == "One."


def test_tass_has_no_id_but_a_guid() -> None:
    source = newsml(
        "<NewsItem><Identification><NewsIdentifier><ProviderId>www.itar-tass.com</ProviderId></NewsIdentifier>"
        "</Identification><NewsManagement><FirstCreated>20260303T102708</FirstCreated><Urgency>2</Urgency></NewsManagement>"
        "<NewsComponent Duid='03AE0000000000396A95'><NewsLines><DateLine>March 3</DateLine><HeadLine>Talks</HeadLine>"
        "</NewsLines><DescriptiveMetada><guid>16AA</guid><Language FormalName='RUS'/></DescriptiveMetada>"
        "<ContentItem><MediaType FormalName='ComplexData'/><DataContent><nitf><body><body.content><p>MOSCOW, March 3. "
        "/TASS/. Talks went on.</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem>"
    )
    story = one(source)
    assert (story.uri, story.version, story.urgency, story.language) == ("urn:newswire:itar-tass:16AA", None, 2, "ru")
    assert story.dateline is None
    assert story.warnings == ("FirstCreated: no time zone; read as UTC",)
    assert one(source.replace("<guid>16AA</guid>", "")).uri == "urn:newswire:itar-tass:03AE0000000000396A95"


@pytest.mark.parametrize(
    ("management", "status", "until"),
    [
        ('<Status FormalName="Canceled"/>', "canceled", None),
        ('<Status FormalName="WITHHELD"/>', "withheld", None),
        ('<Status FormalName="Embargoed"/>', "withheld", None),
        (
            '<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/>'
            "<DateAndTime>20260304T060000+0200</DateAndTime></StatusWillChange>",
            None,
            datetime(2026, 3, 4, 4, 0, tzinfo=UTC),
        ),
    ],
)
def test_status(management: str, status: str | None, until: datetime | None) -> None:
    story = one(newsml(item(component("<p>One.</p>"), extra=management)))
    assert (story.pub_status, story.embargoed_until) == (status, until)


def test_what_holds_no_story() -> None:
    picture = "<NewsComponent><ContentItem Href='1.jpg'><MediaType FormalName='Photo'/></ContentItem></NewsComponent>"
    for source, reason in (
        (newsml(item("<NewsComponent/>")), Reason.NO_STORY),
        (newsml(), Reason.NO_STORY),
        (newsml(item(picture)), Reason.UNSUPPORTED),
    ):
        with pytest.raises(Rejected) as caught:
            stories(source)
        assert caught.value.reason is reason
    withdrawn = one(newsml(item("<NewsComponent/>", extra='<Status FormalName="Canceled"/>')))
    assert (withdrawn.copy, withdrawn.pub_status) == ("", "canceled")
    only_head = one(newsml(item("<NewsComponent><NewsLines><HeadLine>Fire out</HeadLine></NewsLines></NewsComponent>")))
    assert (only_head.headline, only_head.copy) == ("Fire out", "")


def test_many_items_take_their_time_once() -> None:
    found = read_or_rejected(newsml(*(item(component("<p>x</p>"), str(n + 1)) for n in range(500))).encode())
    assert len(found) == 500


def test_an_item_of_a_thousand_parts_takes_no_longer_than_its_size() -> None:
    parts = "".join(component(f"<p>Part {n}.</p>") for n in range(3000))
    assert one(newsml(item(component("", inner=parts)))).copy.count("\n\n") == 2999
    headed = "".join(component(f"<p>{n}</p>", f"<HeadLine>{n}</HeadLine>") for n in range(101))
    with pytest.raises(Rejected) as caught:
        stories(newsml(item(component("", inner=headed))))
    assert caught.value.reason is Reason.TOO_LARGE
