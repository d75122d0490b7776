"""One generated story in the dress of each wire format, for timing the parsers. Fiction; never published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from streams.contracts import codec
from streams.feeds.generating import text


@dataclass(frozen=True, slots=True)
class Copy:
    """A story taken apart: what every format carries somewhere."""

    number: int
    headline: str
    paragraphs: Sequence[str]
    sign_off: str

    @property
    def markup(self) -> str:
        """The paragraphs as ``p`` elements."""
        return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)

    @property
    def lines(self) -> str:
        """The paragraphs, indented, as teleprinters had them."""
        return "\r\n".join(f"   {paragraph}" for paragraph in self.paragraphs)


def copy_of(number: int, words: int) -> Copy:
    """Take generated story *number* apart."""
    headline, *paragraphs, sign_off = text(number, words).strip().split("\n\n")
    return Copy(number, headline, paragraphs, sign_off)


def _newsml12(copy: Copy) -> str:
    stamp = "20260310T090000Z"
    return f"""<?xml version="1.0" encoding="utf-8"?>
<NewsML Version="1.2"><NewsEnvelope><DateAndTime>{stamp}</DateAndTime><Priority FormalName="4"/></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>afp.com</ProviderId><DateId>{stamp}</DateId>
<NewsItemId>TX-PAR-B{copy.number}</NewsItemId><RevisionId PreviousRevision="0" Update="N">1</RevisionId>
<PublicIdentifier>urn:newsml:afp.com:{stamp}:TX-PAR-B{copy.number}:1</PublicIdentifier></NewsIdentifier>
<NameLabel>bench</NameLabel></Identification><NewsManagement><NewsItemType FormalName="News"/>
<FirstCreated>20260310T090000+0000</FirstCreated><ThisRevisionCreated>20260310T090000+0000</ThisRevisionCreated>
<Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement><NewsComponent><NewsLines>
<HeadLine xml:lang="en">{escape(copy.headline)}</HeadLine></NewsLines><AdministrativeMetadata><Provider>
<Party FormalName="AFP"/></Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName="en"/>
<Property FormalName="Keyword" Value="bench"/></DescriptiveMetadata><ContentItem><MediaType FormalName="Text"/>
<DataContent><nitf><body><body.content>{copy.markup}<p>{copy.sign_off}</p></body.content></body></nitf></DataContent>
</ContentItem></NewsComponent></NewsItem></NewsML>"""


def _newsmlg2(copy: Copy) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.com:20260310:b{copy.number}" version="1"
 standard="NewsML-G2" standardversion="2.28" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="AFP"/>
<versionCreated>2026-03-10T09:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><urgency>4</urgency><language tag="en"/><headline>{escape(copy.headline)}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
{copy.markup}</body></html></inlineXML></contentSet></newsItem>"""


def _nitf(copy: Copy) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>{escape(copy.headline)}</title><docdata><doc-id id-string="bench-{copy.number}"/>
<urgency ed-urg="4"/><date.issue norm="20260310T090000+0000"/><du-key key="bench"/></docdata></head><body><body.head>
<hedline><hl1>{escape(copy.headline)}</hl1></hedline></body.head><body.content>{copy.markup}</body.content></body>
</nitf>"""


def _iptc7901(copy: Copy) -> str:
    head = f"afp{copy.number:04} 4 i 0500 ccccb   afp {copy.number}"
    return (
        f"\x01{head}\r\n\r\nBench-story/\r\n\x02{copy.headline} =\r\n\r\n{copy.lines}\r\n\r\n\x03100900 GMT Mar 26\r\n"
    )


def _anpa1312(copy: Copy) -> str:
    head = f"\x16\x16\x01a{copy.number:04}\x1f\r\nr i \x13bc-bench\x13 03-10 0500\x02\r\n"
    return f"{head}^{copy.headline}<\r\n{copy.lines}\r\n\x03\r\n\x04"


def _zczc(copy: Copy) -> str:
    head = f"ZCZC\r\nBENCH{copy.number:04} 4 I 0500\r\n{copy.headline}\r\n\r\n"
    return f"{head}{copy.lines}\r\n\r\nAAP\r\nNNNN\r\n"


def _ninjs(copy: Copy) -> str:
    item = {
        "uri": f"urn:newsml:example.com:20260310:b{copy.number}",
        "type": "text",
        "version": "1",
        "versionCreated": "2026-03-10T09:00:00Z",
        "language": "en",
        "headlines": [{"value": copy.headline}],
        "bodies": [{"contentType": "text/html", "value": copy.markup}],
    }
    return codec.encode(item).decode()


def _apjson(copy: Copy) -> str:
    item = {
        "altids": {"itemid": f"{copy.number:032x}", "etag": "1"},
        "version": 1,
        "type": "text",
        "language": "en",
        "pubstatus": "usable",
        "versioncreated": "2026-03-10T09:00:00Z",
        "headline": copy.headline,
        "body_nitf": f"<block>{copy.markup}</block>",
    }
    return codec.encode({"data": {"item": item}}).decode()


def _rss(copy: Copy) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bench Wire</title>
<link>https://bench.example.com/</link><description>Bench</description><item><title>{escape(copy.headline)}</title>
<guid isPermaLink="false">bench-{copy.number}</guid><pubDate>Tue, 10 Mar 2026 09:00:00 GMT</pubDate>
<content:encoded><![CDATA[{copy.markup}]]></content:encoded></item></channel></rss>"""


def _htmlpage(copy: Copy) -> str:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("world", "sport", "money", "weather") * 6)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{escape(copy.headline)} | Bench Post</title>
<meta property="og:title" content="{escape(copy.headline)}"><meta property="article:published_time"
 content="2026-03-10T09:00:00Z"></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{escape(copy.headline)}</h1>
{copy.markup}</article></main><footer><p>Sign up for our newsletter</p><ul>{menu}</ul></footer></body></html>"""


def _republished(copy: Copy) -> str:
    body = "\n\n".join(copy.paragraphs)
    return f"{copy.headline}\n\n{body}\n\nAGENCE FRANCE-PRESSE\n\nJoin our Telegram channel for the latest news.\n"


def _plain(copy: Copy) -> str:
    return "\n\n".join([copy.headline, *copy.paragraphs, copy.sign_off]) + "\n"


DRESSES: dict[str, Callable[[Copy], str]] = {
    "newsml12": _newsml12,
    "newsmlg2": _newsmlg2,
    "nitf": _nitf,
    "anpa1312": _anpa1312,
    "iptc7901": _iptc7901,
    "zczc": _zczc,
    "ninjs": _ninjs,
    "apjson": _apjson,
    "rss": _rss,
    "htmlpage": _htmlpage,
    "republished": _republished,
    "plain": _plain,
}
"""Format name in the registry → the story in that format."""


def dressed(name: str, number: int, words: int = 500) -> bytes:
    """Return generated story *number* as a message of format *name*. Raises ``KeyError`` for one not dressed here."""
    return DRESSES[name](copy_of(number, words)).encode()
