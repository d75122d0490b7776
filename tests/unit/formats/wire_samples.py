"""Transmissions in the habits of each wire, all of them made up."""

from __future__ import annotations

import json

ANPA = (
    b"\x16\x16\x01f0417\x1f-----\r\n"
    b"u i\x13\x11 BC-Freedonia-Pilots 1stLd-Writethru   03-03 0417\r\n"
    b"\x02^BC-Freedonia--Harbor Pilots, 1st Ld-Writethru,417< \r\n"
    b"^Harbor pilots of Freedonia go back to work< \r\n"
    b"^AP Photo XFR101, XFR102< \r\n"
    b"^Eds: UPDATES with quotes. With AP Photos.< \r\n"
    b"^The harbor pilots of Freedonia went back to work after nine days on strike.< \r\n"
    b"^By JANE ROE and JOHN DOE=\r\n"
    b"^Associated Press=\r\n"
    b"\t   PORT SARNIA, Freedonia (AP) _ Harbor pilots went back to work _ slowly _ at dawn.\r\n"
    b"\t   ``They asked for engines that start,'' the port director said.\r\n"
    b"\r\n"
    b"\t   \x03AP-WF-03-03-26 1137GMT<\r\n\r\n\x0c\r\n\x04"
)

IPTC7901 = (
    b"\x7f\x7f\r\n\x01xyz0417 4 i 0093  xyz 1888\r\n\r\nFreedonia/harbour/\r\n"
    b"\x02Harbour pilots of Freedonia go back to work\r\nBy Jane Roe, dpa =\r\n\r\n"
    b"Port Sarnia (dpa) - Harbour pilots in the Freedonian capital went back to\r\n"
    b"work at dawn, ending a strike that had kept forty ships outside.\r\n\r\n"
    b"The first to come in was a freighter with eleven thousand tonnes of\r\nbananas.\r\n\r\n"
    b"dpa jro jdo\r\n\r\n\x03031137 GMT Mar 26\r\n\x7f\x04"
)

ZCZC = (
    b"ZCZC AAP\r\n%A\r\n#Pilots_BC1\r\n$Harbour pilots go back to work\r\n:(PORT SARNIA)\r\n&DESK\\Roej\r\n"
    b"*07000000\r\n@FRE\r\nHarbour pilots have gone back to work.\r\n\r\n   Forty ships waited outside.\r\n\r\n"
    b"AAP RTV\r\nNNNN\r\n"
)

AP_ITEM = {
    "uri": "https://api.example.com/media/v/content/0123456789abcdef0123456789abcdef?qt=a1&et=b2",
    "altids": {
        "itemid": "0123456789abcdef0123456789abcdef",
        "etag": "0123456789abcdef0123456789abcdef_b2",
        "friendlykey": "123456789012",
        "transref": "a0417",
    },
    "version": 3,
    "type": "text",
    "urgency": 4,
    "language": "en",
    "versioncreated": "2026-03-03T11:37:00Z",
    "firstcreated": "2026-03-03T10:00:00Z",
    "pubstatus": "usable",
    "ednote": "Eds: UPDATES: With quotes.",
    "headline": "Harbor pilots of Freedonia go back to work",
    "headline_extended": "Harbor pilots went back to work after nine days",
    "slugline": "BC-Freedonia-Harbor Pilots, 1st Ld-Writethru",
    "bylines": [{"by": "By JANE ROE", "title": "Associated Press"}],
    "located": "PORT SARNIA, Freedonia",
    "datelinelocation": {"city": "Port Sarnia", "countrycode": "MLT", "countryname": "Freedonia"},
    "usageterms": ["For editorial use only."],
    "keywords": ["Harbor Pilots"],
    "provider": "AP",
    "infosource": [{"name": "AP", "type": "AP"}],
    "place": [
        {"name": "Freedonia", "rels": ["direct"]},
        {"name": "Europe", "rels": ["ancestor"]},
    ],
    "associations": {"1": {"type": "picture", "headline": "Boats", "description_caption": "Boats at  the wall."}},
}
AP_BODY = "<block><p>PORT SARNIA (AP) — Pilots went back.</p><p>They were tired.</p></block>"
APJSON = json.dumps({"api_version": "2.0", "data": {"item": AP_ITEM}, "nitf": {"body_html": AP_BODY}}).encode()

RSS = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Port office</title><language>en-gb</language>'
    b"<item><title>Pilots &amp;amp; crews go back</title>"
    b'<guid isPermaLink="false">tag:port.example,2026:1</guid><link>http://port.example/1</link>'
    b"<pubDate>Tue, 03 Mar 2026 12:00:00 +0200</pubDate><dc:creator>Jane Roe</dc:creator>"
    b"<description>Short of it.</description>"
    b"<content:encoded><![CDATA[<p>Pilots went back to work.</p><p>They were tired.</p>]]></content:encoded>"
    b"<category>port</category></item></channel></rss>"
)

ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafen</title>'
    '<entry><title type="html">Lotsen &lt;b&gt;zurück&lt;/b&gt;</title><id>urn:x-hafen:1</id>'
    "<updated>2026-03-03T12:00:00+02:00</updated><published>2026-03-03T08:00:00Z</published>"
    "<author><name>Jo Roe</name></author><summary>Kurz.</summary>"
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die <b>Lotsen</b> &amp; &lt;Kapitäne.</p>'
    "<!-- nichts --><p>Zwei.</p></div></content></entry></feed>"
).encode()

_LD = json.dumps(
    {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "headline": "No"},
            {
                "@type": ["NewsArticle"],
                "headline": "Harbour pilots of Freedonia go back to work",
                "datePublished": "2026-03-03T10:00:00+02:00",
                "dateModified": "2026-03-03T11:37:00Z",
                "author": [{"@type": "Person", "name": "Jane Roe"}],
                "publisher": {"@type": "Organization", "name": "The Gazette"},
                "inLanguage": "en-GB",
                "keywords": "port, strike",
            },
        ],
    }
)
HTML_PARAGRAPHS = (
    "Harbour pilots in the Freedonian capital went back to work at dawn, ending a strike that had kept forty ships "
    "outside the breakwater for nine days, the port authority said.",
    "The first to come in was a freighter with eleven thousand tonnes of bananas, most of them ripe by now, according "
    "to its owner.",
    "Port director Amalia Trench told reporters that pilots would get new boats by spring, adding that the request "
    "seemed fair.",
)
HTML = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Pilots back | The Gazette</title>'
    '<link rel="canonical" href="https://gazette.example/world/pilots-back">'
    f'<script type="application/ld+json">{_LD}</script></head><body>'
    '<nav><ul><li><a href="/a">World</a></li><li><a href="/b">Sport</a></li></ul></nav>'
    "<main><article><h1>Harbour pilots of Freedonia go back to work</h1>"
    "<figure><img src='x.jpg'><figcaption>Boats at the harbour wall.</figcaption></figure>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in HTML_PARAGRAPHS)
    + '</article><aside><h2>Most read</h2><ul><li><a href="/c">Ferry aground off the northern islands</a></li></ul>'
    "</aside></main><footer><p>Registered in Freedonia, number 12345678.</p></footer></body></html>"
).encode()

ALL = {
    "anpa1312": ANPA,
    "iptc7901": IPTC7901,
    "zczc": ZCZC,
    "apjson": APJSON,
    "rss": RSS,
    "htmlpage": HTML,
}
"""One story in each format, by the format's name."""
