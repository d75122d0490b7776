"""ninjs in its three ages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from streams.contracts.story import AgencyPlace, AltId, InfoSource, Origin, RawMessage, RawStory
from streams.formats import read
from streams.formats.ids import to_uri


def stories(value: Any, source: str | None = None) -> tuple[RawStory, ...]:
    received = datetime(2026, 3, 3, 12, tzinfo=UTC)
    return read(RawMessage(json.dumps(value).encode(), Origin("test"), source, None, received), 100_000)


def one(**item: Any) -> RawStory:
    (story,) = stories(item)
    return story


def test_an_urgency_beyond_the_contract_is_left_out() -> None:
    story = one(uri="urn:x:1", headline="Pilots back", body_text="Pilots went back.", urgency=9)
    assert story.urgency is None
    assert story.warnings == ("urgency: '9' is not a number from 1 to 8",)


def test_first_age() -> None:
    story = one(
        uri="urn:newsml:example.com:20260303:TX-1:1",
        type="text",
        version="2",
        versioncreated="2026-03-03T12:00:00+02:00",
        firstcreated="2026-03-03T08:00:00Z",
        pubstatus="usable",
        urgency=3,
        language="en",
        headline="Pilots back",
        slugline="Freedonia-strike",
        byline="By Jane Roe",
        located="Port Sarnia",
        ednote="ADDS quotes",
        copyrightholder="XYZ News",
        usageterms="No resale",
        body_html="<p>Pilots went back.</p><p>They were tired.</p>",
        place=[{"name": "Malta", "code": "MT", "rel": "about"}],
        keywords=["port", "strike", "port"],
    )
    assert story.uri == "urn:newsml:example.com:20260303:TX-1:1"
    assert (story.version, story.urgency, story.pub_status) == ("2", 3, "usable")
    assert story.version_created == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert story.copy == "Pilots went back.\n\nThey were tired."
    assert (story.by, story.located, story.ed_note, story.usage_terms) == (
        "By Jane Roe",
        "Port Sarnia",
        "ADDS quotes",
        "No resale",
    )
    assert story.places == (AgencyPlace("Malta", "MT", "about"),)
    assert story.keywords == ("port", "strike")
    assert story.provider == "XYZ News"
    assert story.warnings == ()


def test_third_age() -> None:
    story = one(
        standard={"name": "ninjs", "version": "3.0"},
        uri="urn:newsml:example.com:20260303:TX-2:1",
        type="text",
        versionCreated="2026-03-03T10:00:00Z",
        pubStatus="canceled",
        headlines=[{"role": "alternative", "value": "Short"}, {"role": "main", "value": "Pilots back"}],
        bodies=[
            {"role": "main", "contentType": "text/html", "value": "<p>One.</p><p>Two.</p>"},
            {"role": "main", "contentType": "text/plain", "value": "One.\n\nTwo, in plain."},
        ],
        infoSources=[{"name": "AFP", "role": "isrol:originfo"}, {"name": "Gazette", "role": "isrol:distributor"}],
        altIds=[{"role": "afp", "value": "TX-2"}],
        embargoedUntil="2026-03-04T00:01:00Z",
    )
    assert story.headline == "Pilots back"
    assert story.copy == "One.\n\nTwo, in plain."
    assert story.pub_status == "canceled"
    assert story.info_sources == (InfoSource("AFP", "agency"), InfoSource("Gazette", "distributor"))
    assert story.alt_ids == (AltId("TX-2", "afp"),)
    assert story.embargoed_until == datetime(2026, 3, 4, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("forms", "copy"),
    [
        ({"body_text": "One. Two.", "body_html": "<p>One.</p><p>Two.</p>"}, "One.\n\nTwo."),
        ({"body_text": "One.\n\nTwo.", "body_html": "<p>Other.</p><p>Form.</p>"}, "One.\n\nTwo."),
        ({"body_xhtml": "<div><p>One.</p></div>"}, "One."),
        ({"body_html5": "<article><h1>One.</h1></article>"}, "One."),
        ({"body_text": "<p>One.</p><p>Two.</p>"}, "One.\n\nTwo."),
        ({"bodies": {"contentType": "text/plain", "value": "One."}}, "One."),
    ],
)
def test_body(forms: dict[str, Any], copy: str) -> None:
    assert one(headline="Pilots back", **forms).copy == copy


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("versioncreated", "2999-01-01T00:00:00Z"),
        ("versioncreated", "last Tuesday"),
        ("versioncreated", "2026-03-03T10:00:00"),
        ("versioncreated", "2026-09-03T10:00:00Z"),
        ("urgency", 12),
        ("urgency", "high"),
        ("pubstatus", "maybe"),
    ],
)
def test_what_cannot_be_true_is_warned_of(field: str, value: Any) -> None:
    story = one(headline="Pilots back", body_text="They went.", **{field: value})
    assert any(warning.startswith(field) for warning in story.warnings)


def test_lone_surrogates_are_replaced() -> None:
    body = b'{"headline": "Storm \\ud83d closes port", "body_text": "Gales. \\udc00"}'
    (story,) = read(RawMessage(body, Origin("test")), 1000)
    assert story.headline == "Storm \ufffd closes port"
    assert story.warnings
    story.copy.encode()


def test_lists_and_search_answers_give_several_stories() -> None:
    items = [{"headline": "One"}, {"type": "picture", "headline": "No"}, {"headline": "Two"}]
    assert [(s.index, s.headline) for s in stories(items)] == [(0, "One"), (1, "Two")]
    assert [s.headline for s in stories({"total": 2, "item": items})] == ["One", "Two"]


@pytest.mark.parametrize("wrapper", ["item", "items", "_items", "hits", "data"])
def test_answers_of_searches(wrapper: str) -> None:
    assert [s.headline for s in stories({wrapper: [{"headline": "One"}, {"headline": "Two"}]})] == ["One", "Two"]


def test_markup_and_entities_in_a_headline_are_read() -> None:
    assert one(headline="Ships &amp; <b>crews</b> of AT&T").headline == "Ships & crews of AT&T"


def test_writers_are_told_from_photographers() -> None:
    authors = [{"name": "Jane Roe", "role": "writer"}, {"name": "John Doe", "role": "photographer"}, {"name": "Al Poe"}]
    assert one(headline="Pilots", authors=authors).by == "Jane Roe, Al Poe"


def test_a_place_is_coded_in_two_letters_or_three() -> None:
    story = one(
        headline="Pilots", places=[{"name": "Malta", "code": "MLT", "rel": "origin"}, {"literal": "fr"}, {"code": "Q7"}]
    )
    assert story.places == (AgencyPlace("Malta", "MT", "origin"), AgencyPlace(None, "FR", "about"))


def test_a_version_is_a_whole_number_also_where_it_is_written_as_none() -> None:
    assert one(headline="Pilots", version=2.0).version == "2"


def test_escaped_mojibake_is_repaired() -> None:
    body = b'{"headline": "Le caf\\u00c3\\u00a9 du port", "body_text": "Ouvert."}'
    (story,) = read(RawMessage(body, Origin("test")), 1000)
    assert story.headline == "Le café du port"
    assert any("mojibake" in warning for warning in story.warnings)


def test_a_kill_needs_no_copy() -> None:
    assert one(uri="urn:x:1", pubStatus="canceled").pub_status == "canceled"


def test_pictures_give_captions() -> None:
    story = one(
        headline="Pilots back",
        body_html="<p>One.</p><figure><figcaption>Boats.</figcaption></figure>",
        associations={"a1": {"type": "picture", "description_text": "The  port."}, "a2": {"type": "text"}},
    )
    assert story.captions == ("Boats.", "The port.")
    assert story.copy == "One."


@pytest.mark.parametrize(
    ("agency_id", "provider", "uri"),
    [
        ("urn:newsml:example.com:20260303T101500Z:TX-1:1", "afp", "urn:newsml:example.com:20260303T101500Z:TX-1:1"),
        ("tag:example.com,2026:1", None, "tag:example.com,2026:1"),
        ("TX 12/7", "afp", "urn:newswire:afp:TX%2012%2F7"),
        ("été", None, "urn:newswire:unknown:%C3%A9t%C3%A9"),
        ("  ", "afp", None),
        (None, "afp", None),
    ],
)
def test_ids(agency_id: str | None, provider: str | None, uri: str | None) -> None:
    assert to_uri(agency_id, provider) == uri


def test_an_id_that_is_no_uri_is_kept_beside() -> None:
    (story,) = stories({"headline": "Pilots back", "guid": "TX 12"}, source="xyz")
    assert story.uri == "urn:newswire:xyz:TX%2012"
    assert AltId("TX 12", "id") in story.alt_ids
