"""XML is read without entities, network and guesses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xml_samples import AFP, G2, NITF, one, read_or_rejected

from streams.errors import Reason, Rejected
from streams.formats import xmltree, xmlvalues
from streams.formats.xmlbody import body_of, body_of_text

BOMB = (
    '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><nitf><body><body.content><p>&c;</p></body.content></body></nitf>'
)
PARAMETER_BOMB = "<!DOCTYPE nitf [<!ENTITY % a \"<!ENTITY b 'x'>\"> %a;]><nitf><body>&b;</body></nitf>"
EXTERNAL = '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]><nitf><body><p>&x;</p></body></nitf>'
HIDDEN = '<!DOCTYPE nitf [<!-- ]> --><!ENTITY x "]>">]><nitf><body><p>&x;</p></body></nitf>'


def reason(source: str) -> Reason:
    with pytest.raises(Rejected) as caught:
        xmltree.parse(source)
    return caught.value.reason


@pytest.mark.parametrize("source", [BOMB, PARAMETER_BOMB, EXTERNAL, HIDDEN, "<?xml version='1.0'?>\n<!-- x -->" + BOMB])
def test_entities_are_refused(source: str) -> None:
    assert reason(source) is Reason.UNSAFE


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a SYSTEM "http://dtd.example/a.dtd">',
        '<!DOCTYPE a PUBLIC "-//X//DTD A > B//EN" "a.dtd">',
        '<!DOCTYPE a SYSTEM "../a.dtd" [\n<!ENTITY % nitf SYSTEM "../nitf.dtd">\n%nitf;\n]>',
        "<!doctype a [<!ELEMENT a ANY><!-- ' -->]>",
    ],
)
def test_a_dtd_that_is_only_pointed_to_is_not_loaded(doctype: str) -> None:
    tree = xmltree.parse(f'<?xml version="1.0"?>\n{doctype}<a>text</a>')
    assert xmltree.words(tree.root) == "text"
    assert tree.warnings == ()
    assert xmltree.root_name(f"{doctype}<a>") == "a"


def test_nesting_without_end_is_refused_quickly() -> None:
    began = time.process_time()
    assert reason("<a>" * 10_000 + "x" + "</a>" * 10_000) is Reason.UNSAFE
    assert reason("<!DOCTYPE a [" + "<!--" * 50_000) is Reason.MALFORMED
    assert reason("<a>" + "<![CDATA[" * 50_000 + "& &x;") is Reason.MALFORMED
    assert reason("<a>&" * 200 + "<!--" * 50_000) is Reason.MALFORMED
    assert xmltree.root_name("<!--" * 100_000) is None
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    "source", ["", "<", "<a>", "<a><b></a>", "<a/><b/>", "<a b=1/>", '<a b="1" b="2"/>', "<a>x < y</a>"]
)
def test_what_is_not_well_formed_is_refused(source: str) -> None:
    assert reason(source) is Reason.MALFORMED


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<a>Pots & pans</a>", "Pots & pans"),
        ("<a>R&D;x &unknown; y</a>", "R&D;x &unknown; y"),
        ("<a>caf&eacute;&nbsp;&lt;b&gt; &amp; bar</a>", "café <b> & bar"),
        ("<a><![CDATA[a & b]]> & c</a>", "a & b & c"),
        ("<a>one&#0;two\x0bthree</a>", "onetwothree"),
        ("<a><x:b>in</x:b></a>", "in"),
        ("<a>it&#146;s</a>", "it’s"),
        ("<a>one<!-- & not this --> two</a>", "one two"),
    ],
)
def test_small_faults_are_repaired(source: str, text: str) -> None:
    tree = xmltree.parse(source)
    assert xmltree.words(tree.root) == text
    assert bool(tree.warnings) == (source not in ("<a>it&#146;s</a>", "<a>one<!-- & not this --> two</a>"))


def test_an_undeclared_prefix_hides_no_other_fault() -> None:
    assert reason("<a><x:b>in</a>") is Reason.MALFORMED


@pytest.mark.parametrize(
    ("declared", "encoding", "warned"),
    [
        ("iso-8859-1", "utf-8", True),
        ("utf-8", "cp1252", True),
        ("iso-8859-1", "iso-8859-1", False),
        ("windows-1252", "cp1252", False),
        ("utf-8", "utf-8", False),
        ("utf-16", "utf-16", False),
        ("utf-16", "utf-8", False),
        ("iso-8859-15", "iso-8859-15", False),
        ("nonsense", "utf-8", False),
    ],
)
def test_the_bytes_decide_what_the_encoding_is(declared: str, encoding: str, warned: bool) -> None:
    source = NITF.replace('encoding="utf-8"', f'encoding="{declared}"').replace("at dawn.", "à l’aube.")
    if encoding.startswith("iso"):
        source = source.replace("’", "'")
    story = one(source.encode(encoding))
    assert story.copy.replace("’", "'").startswith("Pilots went back to work à l'aube.")
    assert any(w.startswith("encoding:") for w in story.warnings) == warned


def test_values() -> None:
    assert xmlvalues.language_tag("en_gb") == "en-GB"
    assert xmlvalues.language_tag("zh-Hant-tw") == "zh-Hant-TW"
    assert xmlvalues.language_tag("x-default") is None
    assert xmlvalues.language_tag("") is None
    assert xmlvalues.byline("ab/cd") is None
    assert xmlvalues.byline("Owner says the bananas will be eaten anyway") is None
    assert xmlvalues.byline("By the time of writing no one had claimed the prize") is not None
    assert xmlvalues.byline("آن دوروك") == "آن دوروك"
    assert xmlvalues.dateline("January 21") is None
    assert xmlvalues.dateline("2.4.2026 16:02:09 CEST") is None
    assert xmlvalues.dateline("2026-03-03 13:00:03 GMT+00:00") is None
    assert xmlvalues.dateline("PORT SARNIA, July 23") == "PORT SARNIA, July 23"
    assert xmlvalues.agency_name("www.reuters.com") == "reuters"
    assert xmlvalues.agency_name("Freedonia Press Co.") == "Freedonia Press Co."
    notes = xmlvalues.Notes(None)
    assert [notes.urgency(text) for text in (None, "3", "0", "12", "high")] == [None, 3, None, None, None]
    assert len(notes.warnings) == 2


@pytest.mark.parametrize(
    ("comment", "held", "noted"),
    [
        ("EMBARGOED UNTIL 2026-03-05T06:00:00+02:00", True, False),
        ("Embargo: 0001 GMT March 5", False, True),
        ("no embargo since 2026-03-05T06:00:00Z", False, False),
        ("embargo lifted 12:00", False, False),
        ("embargo", False, False),
        ("Generated 2026-03-05T06:00:00Z", False, False),
    ],
)
def test_an_embargo_in_a_comment(comment: str, held: bool, noted: bool) -> None:
    for source in (AFP, G2.replace("<embargoed>2026-03-04T06:00:00+02:00</embargoed>", ""), NITF):
        for place in ("<itemMeta>", "<NewsManagement>", "<docdata"):
            source = source.replace(place, f"<!-- {comment} -->{place}")
        story = one(source)
        assert (story.embargoed_until is not None) == held
        assert (comment in (story.ed_note or "")) == noted
        assert any("comment" in w for w in story.warnings) == (held or noted)


def test_a_body_of_plain_text_keeps_its_lines() -> None:
    assert body_of_text("One\ntwo.\n\n  Three  four\r\n").paragraphs == ("One\ntwo.", "Three four")
    assert body_of_text("\tOne two.\n\tThree.").paragraphs == ("One two.", "Three.")
    assert body_of_text("Profit at <XYZ.N> & Co rose < 5 pct").paragraphs == ("Profit at <XYZ.N> & Co rose < 5 pct",)
    assert body_of_text('<p>\n  (X) - One\ntwo.\n   "Three\nfour."</p>').paragraphs == (
        "(X) - One two.",
        '"Three four."',
    )


def test_a_body_of_xml() -> None:
    source = """<div>loose<h1>Head line</h1><h2>Deck</h2><p>One<!-- no -->.</p><p class="caption">A boat</p>
      <p>Two\nwrapped.\n(Reporting by A)</p><pre>a  1\n\nb  2</pre><ul><li>x</li><li>y</li></ul>
      <p class="byline">By A. Roe</p>
      <table><tr><td>a<p>b</p></td><td><table><tr><td>c</td></tr></table></td></tr></table>
      AB12 34 CD5 QX77</div>"""
    read = body_of(xmltree.parse(source).root, "Other")
    assert read.paragraphs == (
        "loose", "Head line", "Deck", "One.", "Two wrapped.", "(Reporting by A)", "a 1", "b 2", "x", "y", "a b | c",
    )  # fmt: skip
    assert read.captions == ("A boat",)
    assert read.byline == "By A. Roe"
    headed = body_of(xmltree.parse(source.replace("loose", "")).root, "Head line!")
    assert headed.paragraphs[0] == "One."


ALPHABET = st.sampled_from(
    [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<p>", b"</p>", b"<nitf>", b"\x00", b"\xff", b'"',
     b"<!DOCTYPE x [", b"&#0;", b"&eacute;", b"x", b"<NewsItem>", b"<NewsComponent>", b"<table><tr><td>",
     b"2026-99-99", b"\xe9"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from([AFP, G2, NITF]), st.integers(0, 6000), st.integers(0, 60), ALPHABET)
def test_any_mutation_is_read_or_rejected(source: str, at: int, length: int, put: bytes) -> None:
    body = source.encode()
    at %= len(body)
    read_or_rejected(body[:at] + put + body[at + length :])


@settings(max_examples=40)
@given(st.sampled_from([AFP, G2, NITF]), st.integers(0, 6000))
def test_cut_anywhere_it_is_rejected(source: str, at: int) -> None:
    body = source.rstrip().encode()
    assert read_or_rejected(body[: 60 + at % (len(body) - 61)]) == ()


@settings(max_examples=60)
@given(st.lists(ALPHABET, max_size=30))
def test_any_heap_of_markup_is_read_or_rejected(pieces: list[bytes]) -> None:
    read_or_rejected(b"<nitf><body>" + b"".join(pieces))
    read_or_rejected(b"<NewsML>" + b"".join(pieces) + b"</NewsML>")
    read_or_rejected(b"".join(pieces))
