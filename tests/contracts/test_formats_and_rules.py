"""Every registered format and every rule of the copy desk, by what they say of themselves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts.story import CleanStory, Origin, RawMessage, RawStory
from streams.copydesk import RULES, Rule, clean
from streams.errors import Rejected
from streams.formats import FORMATS, Format, read

RECEIVED = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
HEADLINE = "Harbour pilots of Freedonia go back to work"
BODY = (
    "Harbour pilots in the Freedonian capital went back to work at dawn, ending a strike that had kept forty ships "
    "outside the breakwater for nine days, the port authority said.",
    "The first to come in was a freighter with eleven thousand tonnes of bananas, most of them ripe by now, according "
    "to its owner.",
    'Port director Amalia Trench told reporters that pilots would get new boats by spring. "They asked for engines '
    'that start," she said, adding that the request seemed fair.',
)
SAMPLES = {
    "plain": f"Freedonia-harbour/\r\n\x02{HEADLINE} =\r\n\r\n   {BODY[0]}\r\n\r\n\x03031137 GMT Mar 26\r\n",
    "iptc7901": "\x7f\x7f\r\n\x01abc0417 3 pl 120 Freedonia-port\r\n\r\nFreedonia/harbour/\r\n"
    f"\x02{HEADLINE} =\r\n\r\n   Port Sarnia (dpa) - {BODY[0]}\r\n\r\ndpa jro jdo\r\n\r\n\x03031137 mar 26\r\n\x04",
    "anpa1312": "\x16\x16\x01f0417\x1f-----\r\nu i\x13\x11 BC-Freedonia-Pilots   03-03 0417\r\n"
    f"\x02^BC-Freedonia--Pilots,417<\r\n^{HEADLINE}<\r\n^Eds: UPDATES with quotes.<\r\n^By JANE ROE=\r\n"
    f"\t   PORT SARNIA, Freedonia (AP) _ {BODY[0]}\r\n\t   ``They start,'' he said.\r\n"
    "\t   \x03AP-WF-03-03-26 1137GMT<\r\n\x04",
    "zczc": f"ZCZC AAP\r\n%A\r\n#Pilots\r\n${HEADLINE}\r\n:(PORT SARNIA)\r\n*07\r\n{BODY[0]}\r\n\r\nAAP jr\r\nNNNN\r\n",
    "apjson": '{"data":{"item":{"altids":{"itemid":"a1b2"},"type":"text","version":2,"headline":"Pilots go back",'
    '"versioncreated":"2026-03-03T10:00:00Z"}},"nitf":{"body_html":"<p>PORT SARNIA (AP) — They went.</p><p>So.</p>"}}',
    "rss": '<rss version="2.0"><channel><title>Port</title><item><title>Pilots go back</title><guid>urn:x:1</guid>'
    "<pubDate>Tue, 03 Mar 2026 12:00:00 +0200</pubDate><description>&lt;p&gt;They went.&lt;/p&gt;</description></item>"
    "</channel></rss>",
    "htmlpage": f'<!doctype html><html lang="en"><head><title>{HEADLINE}</title></head><body><nav><a href="/">Home</a>'
    f"</nav><article><h1>{HEADLINE}</h1><p>{BODY[0]}</p><p>{BODY[1]}</p></article></body></html>",
    "republished": f"{HEADLINE}\n\nPublished: March 3, 2026\n\n{BODY[0]}\n\n{BODY[1]}\n\n© 2026 AFP\n"
    "Sign up for our newsletter\n",
    "ninjs": '{"uri":"urn:newsml:example.com:20260303:TX-1:1","type":"text","headline":"Pilots",'
    '"versioncreated":"2026-03-03T10:00:00+02:00","body_text":"Pilots went back to work.\\n\\nShips came in."}',
    "newsml12": "<NewsML Version='1.2'><NewsItem><NewsManagement><Urgency FormalName='4'/></NewsManagement>"
    f"<NewsComponent><NewsLines><HeadLine>{HEADLINE}</HeadLine></NewsLines><ContentItem><MediaType FormalName='Text'/>"
    f"<DataContent><nitf><body><body.content><p>{BODY[0]}</p><p>{BODY[1]}</p><p>zz/qq</p></body.content></body></nitf>"
    "</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
    "newsmlg2": "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='tag:x,2026:1' version='1'><contentMeta>"
    f"<headline>{HEADLINE}</headline></contentMeta><contentSet><inlineXML><html><body>"
    f"<p>PORT SARNIA (dpa) - {BODY[0]}</p><p>{BODY[1]}</p></body></html></inlineXML></contentSet></newsItem>",
    "nitf": f"<nitf><body><body.head><hedline><hl1>{HEADLINE}</hl1></hedline><byline>By Jane Roe</byline></body.head>"
    f"<body.content><p>By Jane Roe, PA</p><p>{BODY[0]}</p><p>{BODY[1]}</p><p>ends</p></body.content></body></nitf>",
}


def message(body: bytes) -> RawMessage:
    return RawMessage(body, Origin("test"), source="afp", received=RECEIVED)


def check(story: CleanStory) -> None:
    """What holds for every clean story, whatever it was made of."""
    copy = story.raw.copy
    left, at = [], 0
    for cut in story.cuts:
        assert cut.text == copy[cut.start : cut.end]
        assert cut.text.strip() == cut.text != ""
        assert cut.start >= at
        left.append(copy[at : cut.start])
        at = cut.end
    left.append(copy[at:])
    assert "".join(story.body.split()) == "".join("".join(left).split())
    assert story.body == story.body.strip()
    assert "\n\n\n" not in story.body
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in story.body.split("\n\n"))
    for mention in story.dates:
        text = {"headline": story.headline, "body": story.body, "raw": copy}[mention.field]
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
class TestFormats:
    def test_says_what_the_documentation_needs(self, format_: Format) -> None:
        assert format_.name.isidentifier()
        assert format_.title
        assert format_.used_by
        assert format_.parser == f"{format_.name}/{format_.version}"

    def test_reads_its_sample(self, format_: Format) -> None:
        (story,) = read(message(SAMPLES[format_.name].encode()), 10_000)
        assert (story.format, story.parser, story.index) == (format_.name, format_.parser, 0)
        assert story.copy
        cleaned = clean(story, RECEIVED)
        check(cleaned)
        assert cleaned.headline

    def test_cut_short_anywhere_it_is_read_or_rejected(self, format_: Format) -> None:
        whole = SAMPLES[format_.name].encode()
        for end in range(0, len(whole), 3):
            try:
                stories = read(message(whole[:end]), 10_000)
            except Rejected:
                continue
            for story in stories:
                check(clean(story, RECEIVED))


def test_names_are_unique() -> None:
    assert len({f.name for f in FORMATS}) == len(FORMATS)
    assert len({r.id for r in RULES}) == len(RULES)


def story_with(rule: Rule) -> RawStory:
    """A story that holds the rule's example where the rule says that it stands."""
    example = rule.example.replace("HEADLINE", HEADLINE)
    top, head, lead, middle, tail = [], [], "", [], []
    headline = HEADLINE
    if rule.where == "top":
        if example.endswith(" ="):
            headline = example
        else:
            top = [example]
    elif rule.where == "head":
        head = [example]
    elif rule.where == "lead":
        lead = example + " "
    elif rule.where == "twice":
        head = [example.split(" PHOTO")[0], example]
    elif rule.where == "tail":
        tail = [example]
    else:
        middle = [example]
    body = list(BODY)
    if rule.id == "credits.line-end":
        body[-1], tail = example, []
    if rule.id == "captions.before-dateline":
        lead = "PORT SARNIA • "
    if rule.id == "boilerplate.after-credit":
        tail = ["AGENCE FRANCE-PRESSE", example]
    paragraphs = [lead + body[0], *middle, *body[1:], *tail]
    copy = "\n".join([*top, headline]) + "\n\n" + "\n\n".join([*head, *paragraphs]) + "\n"
    # German papers alone close a dateline with a full stop, so that rule asks for the language
    language = "de" if rule.id == "dateline.stop" else None
    return RawStory(0, "republished" if rule.site else "plain", "test/1", copy, language=language)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
class TestRules:
    def test_cuts_its_example_and_nothing_of_the_body(self, rule: Rule) -> None:
        story = clean(story_with(rule), RECEIVED)
        check(story)
        assert rule.id in {cut.rule for cut in story.cuts}
        assert story.headline == HEADLINE or rule.id == "headline.line"
        kept = BODY[:-1] if rule.id == "credits.line-end" else BODY
        assert [p for p in kept if p not in story.body.split("\n\n")] == []

    def test_is_described(self, rule: Rule) -> None:
        assert rule.family == rule.id.split(".")[0]
        assert rule.habit
        assert rule.used_by


def test_every_cut_names_a_listed_rule() -> None:
    known = {rule.id for rule in RULES}
    for sample in SAMPLES.values():
        for story in read(message(sample.encode()), 10_000):
            assert {cut.rule for cut in clean(story, RECEIVED).cuts} <= known


LINES = st.sampled_from(
    [rule.example for rule in RULES] + list(BODY) + ["", "", "  " + BODY[0], HEADLINE, "\x00", "\u200b"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=14), st.sampled_from(["plain", "republished", "ninjs"])
)
def test_any_mixture_of_habits_keeps_the_invariant(lines: list[str], format_: str) -> None:
    raw = RawStory(0, format_, "test/1", "\n".join(lines), headline="Pilots return" if format_ == "ninjs" else None)
    story = clean(raw, RECEIVED)
    check(story)
    if any(map(str.isalnum, raw.copy)):
        assert story.body
    assert story == clean(raw, RECEIVED)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(str.encode),
        st.text(max_size=200).map(lambda t: t.encode("utf-16")),
    )
)
def test_any_bytes_are_read_or_rejected(body: bytes) -> None:
    try:
        stories = read(message(body), 10_000)
    except Rejected:
        return
    for story in stories:
        check(clean(story, RECEIVED))
