"""Invented files in the habits of the agencies that use the XML formats, and what every reader of them must hold."""

from __future__ import annotations

from datetime import UTC, datetime

from streams.contracts.story import Origin, RawMessage, RawStory
from streams.errors import Rejected
from streams.formats import read

RECEIVED = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
LIMIT = 2_000_000
XML_FORMATS = ("newsml12", "newsmlg2", "nitf")

AFP = """<?xml version="1.0" encoding="utf-8"?>
<NewsML Version="1.2">
<!--AFP NewsML text-photo profile evolution2-->
<Catalog Href="http://www.afp.example/dtd/AFPCatalog.xml"/>
<NewsEnvelope><DateAndTime>20260303T091502Z</DateAndTime><Priority FormalName="4"/></NewsEnvelope>
<NewsItem xml:lang="en">
<Identification>
<NewsIdentifier>
<ProviderId>afp.com</ProviderId><DateId>20260303T091502Z</DateId><NewsItemId>TX-PAR-QQA01</NewsItemId>
<RevisionId PreviousRevision="0" Update="N">1</RevisionId>
<PublicIdentifier>urn:newsml:afp.com:20260303T091502Z:TX-PAR-QQA01:1</PublicIdentifier>
</NewsIdentifier>
<NameLabel>Cyprus-ferry-strike</NameLabel>
</Identification>
<NewsManagement>
<NewsItemType FormalName="News"/>
<FirstCreated>20260303T091502+0000</FirstCreated>
<ThisRevisionCreated>20260303T111502+0200</ThisRevisionCreated>
<Status FormalName="Usable"/>
<Urgency FormalName="4"/>
<AssociatedWith NewsItem="urn:newsml:afp.com:20260303:doc-1"/>
</NewsManagement>
<NewsComponent>
<NewsLines>
<DateLine xml:lang="en">Nicosia, March 3, 2026 (AFP) -</DateLine>
<HeadLine xml:lang="en">Ferry crews go back to work</HeadLine>
<NewsLine><NewsLineType FormalName="ProductLine"/><NewsLineText>(Picture+Video)</NewsLineText></NewsLine>
<NewsLine><NewsLineType FormalName="AdvisoryLine"/><NewsLineText>ADDS union, owner</NewsLineText></NewsLine>
</NewsLines>
<RightsMetadata><UsageRights><UsageType>NO ARCHIVAL USE</UsageType></UsageRights></RightsMetadata>
<AdministrativeMetadata><Provider><Party FormalName="AFP"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata>
<Language FormalName="en"/>
<DateLineDate>20260303T091502+0000</DateLineDate>
<Location HowPresent="Origin"><Property FormalName="Country" Value="CYP"/>
<Property FormalName="City" Value="Nicosia"/></Location>
<Property FormalName="Keyword" Value="Cyprus"/><Property FormalName="Keyword" Value="ferry"/>
</DescriptiveMetadata>
<ContentItem>
<MediaType FormalName="Text"/><Format FormalName="NITF3.1"/>
<DataContent><nitf><body><body.content>
<p><br/></p><p>  Ferry crews went back to work at dawn, &quot;tired but paid&quot;.</p>
<p>- Nine days -</p>
<p>The strike had kept forty ships outside the harbour.</p>
<p>zz/qq</p>
<p/>
</body.content></body></nitf></DataContent>
</ContentItem>
</NewsComponent>
</NewsItem>
</NewsML>
"""

G2 = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-03-03T10:00:00+01:00</sent></header>
<itemSet><newsItem guid="urn:newsml:dpa.com:20090101:260303-99-1" version="3" standard="NewsML-G2" xml:lang="de">
<rightsInfo><copyrightHolder qcode="nprov:dpa"/><copyrightNotice xml:lang="en">(c) 2026 dpa</copyrightNotice>
<copyrightNotice xml:lang="de">Copyright 2026, dpa</copyrightNotice>
<usageTerms xml:lang="de">Nur nach Vereinbarung</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:dpa"><name>Deutsche Presse-Agentur GmbH</name></provider>
<versionCreated>2026-03-03T10:00:00+01:00</versionCreated><firstCreated>2026-03-03T07:30:00Z</firstCreated>
<embargoed>2026-03-04T06:00:00+02:00</embargoed><pubStatus qcode="stat:usable"/>
<edNote role="dpaednoterole:notepad"><section xmlns="http://www.w3.org/1999/xhtml">
<p>Redaktion: a@dpa.example</p></section></edNote>
<edNote role="dpaednoterole:picture">Foto - Archiv</edNote>
<edNote pubconstraint="x:nonpublic" role="dpaednoterole:dpacontacts">Redaktion: +49 30 1</edNote>
<edNote role="dpaednoterole:correctionshort">Schreibweise Trench</edNote>
<signal qcode="sig:correction"/>
<link rel="irel:derivedFrom" residref="urn:newsml:dpa.com:20090101:260303-99-0"/></itemMeta>
<contentMeta><urgency>4</urgency>
<located type="cptype:city"><name>Kiel</name><broader qcode="iso3166-1a3:DEU"/></located>
<altId type="dpa7901rendition:iptc7901Id">bdt:0615:4:pl</altId><language tag="de"/>
<subject type="cpnat:geoArea" qcode="dpacountry:3"><name>Dänemark</name><sameAs qcode="iso3166-1a2:DK"/></subject>
<keyword>Hafen</keyword><slugline separator="/">Schifffahrt/Kiel</slugline>
<headline>Lotsen wieder im Dienst</headline><headline role="hld:subHeadline">Neun Tage Pause</headline>
<by>Von Amalie Graben, dpa</by><dateline>Kiel (dpa) - </dateline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Lotsen</title></head><body>
<header><ul class="slugline"><li>Schifffahrt</li></ul><time class="publicationDate">03.03.2026 10:00</time>
<h1>Lotsen wieder im Dienst</h1><p class="byline">Von Amalie Graben, dpa</p></header>
<section class="main"><p><span class="dateline">Kiel <span class="credit">(dpa)</span> - </span>
Die Lotsen sind zurück.</p>
<p>Der Streik hatte neun Tage gedauert.</p>
<figure><figcaption>Ein Lotse an Bord</figcaption></figure>
<table><tr><th>Hafen</th><th>Schiffe</th></tr><tr><td>Kiel</td><td>40</td></tr></table></section></body></html></inlineXML>
<inlineData contenttype="text/plain" rendition="dpa7901rendition:headline">Lotsen wieder im Dienst</inlineData>
</contentSet></newsItem></itemSet></newsMessage>
"""

NITF = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.example/nitf-3-4.dtd">
<nitf version="-//IPTC//DTD NITF 3.4//EN" baselang="en-GB">
<head><title>HARBOUR Pilots</title><meta name="anpa-keyword" content="HARBOUR"/>
<docdata management-status="usable"><du-key key="PA-HHH-HARBOUR Pilots"/>
<doc-id id-string="aa11bb22HHH-1" regsrc="PA"/><urgency ed-urg="3"/>
<date.issue norm="20260303T081500+0100"/><date.release norm="20260303T081500+0100"/>
<date.expire norm="YYYYMMDD000000"/>
<ed-msg info="Eds: UPDATES with owner"/><doc.copyright holder="PA" year="2026"/>
<evloc city="Port Sarnia" iso-cc="CAN"/>
<key-list><keyword key="Harbour"/><keyword>Pilots</keyword></key-list></docdata></head>
<body><body.head><hedline><hl1>Pilots go back to work</hl1><hl2>Nine days of strike</hl2></hedline>
<byline><person>Jane Roe</person> <byttl>PA Transport Correspondent</byttl></byline><distributor>PA Media</distributor>
<dateline><location><city>Dover</city><country iso-cc="GBR">England</country></location></dateline></body.head>
<body.content><block><p>Pilots went back to <org>work</org> at dawn.</p><hl2>Bananas</hl2>
<p>Forty ships waited.<br/>One had bananas.<br/><br/>Ripe ones.</p>
<media media-type="image"><media-reference source="1.jpg"/><media-caption><p>A pilot</p></media-caption></media>
<table><tr><td>Ship</td><td>Crew</td></tr><tr><td>Ann <br/>Marie</td><td>7</td></tr></table>
<p>&lt;div class="x"&gt;&lt;/div&gt;&lt;script src="y"&gt;&lt;/script&gt;</p>
<p>ends</p></block></body.content><body.end><tagline>Jane Roe is on holiday</tagline></body.end></body></nitf>
"""


def stories(source: str | bytes, provider: str | None = None) -> tuple[RawStory, ...]:
    body = source if isinstance(source, bytes) else source.encode()
    return read(RawMessage(body, Origin("test"), provider, None, RECEIVED), LIMIT)


def one(source: str | bytes) -> RawStory:
    (story,) = stories(source)
    return story


def read_or_rejected(body: bytes) -> tuple[RawStory, ...]:
    """Stories or Rejected, nothing else."""
    try:
        found = stories(body)
    except Rejected:
        return ()
    assert found
    for at, story in enumerate(found):
        assert story.index == at
        if story.format in XML_FORMATS:  # broken markup may be another format's text
            assert "\x00" not in story.copy
            assert story.copy == story.copy.strip()
    return found
