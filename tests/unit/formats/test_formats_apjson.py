"""AP's JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from streams.contracts.story import AgencyPlace, AltId, InfoSource, Origin, RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.formats import read
from tests.unit.formats.wire_samples import AP_BODY, AP_ITEM, APJSON


def stories(value: Any) -> tuple[RawStory, ...]:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read(RawMessage(body, Origin("test"), None, None, datetime(2026, 3, 3, 12, tzinfo=UTC)), 100_000)


def one(**changes: Any) -> RawStory:
    (story,) = stories({"data": {"item": {**AP_ITEM, **changes}}, "nitf": {"body_html": AP_BODY}})
    return story


def test_all_of_an_item() -> None:
    (story,) = stories(APJSON)
    assert (story.format, story.headline) == ("apjson", "Harbor pilots of Freedonia go back to work")
    assert story.copy == "PORT SARNIA (AP) — Pilots went back.\n\nThey were tired."
    assert story.uri == "https://api.example.com/media/v/content/0123456789abcdef0123456789abcdef"
    assert AltId("0123456789abcdef0123456789abcdef", "itemid") in story.alt_ids
    assert not any("etag" in alt.role for alt in story.alt_ids)
    assert (story.version, story.urgency, story.language, story.pub_status) == ("3", 4, "en", "usable")
    assert (story.by, story.located) == ("By JANE ROE", "Port Sarnia")
    assert story.ed_note == "Eds: UPDATES: With quotes."
    assert story.slugline == "BC-Freedonia-Harbor Pilots, 1st Ld-Writethru"
    assert story.version_created == datetime(2026, 3, 3, 11, 37, tzinfo=UTC)
    assert story.places == (AgencyPlace("Port Sarnia", "MT", "origin"), AgencyPlace("Freedonia", None, "about"))
    assert story.info_sources == (InfoSource("AP", "agency"),)
    assert story.captions == ("Harbor pilots went back to work after nine days", "Boats at the wall.")
    assert (story.usage_terms, story.keywords) == ("For editorial use only.", ("Harbor Pilots",))
    assert story.warnings == ()


def test_another_retrieval_is_the_same_story() -> None:
    assert one(uri=str(AP_ITEM["uri"]) + "&again=1").uri == one().uri


def test_metadata_alone_gives_the_headline() -> None:
    (story,) = stories({"data": {"item": AP_ITEM}})
    assert (story.headline, story.copy) == (AP_ITEM["headline"], "")
    assert any(warning.startswith("body") for warning in story.warnings)


@pytest.mark.parametrize(
    "place",
    [
        {"body_nitf": AP_BODY},
        {"nitf": {"body_html": AP_BODY}},
        {"renditions": {"nitf": {"content": AP_BODY}}},
        {
            "story": "<nitf><body><body.head><hedline><hl1>Pilots</hl1></hedline></body.head><body.content>"
            f"{AP_BODY}</body.content></body></nitf>"
        },
    ],
)
def test_where_the_body_may_stand(place: dict[str, Any]) -> None:
    (story,) = stories({"data": {"item": {**AP_ITEM, **place}}})
    assert story.copy == "PORT SARNIA (AP) — Pilots went back.\n\nThey were tired."


def test_a_feed_of_items() -> None:
    picture = {**AP_ITEM, "type": "picture"}
    found = stories(
        {"data": {"items": [{"item": AP_ITEM}, {"item": picture}, {"item": {**AP_ITEM, "headline": "Two"}}]}}
    )
    assert [(s.index, s.headline) for s in found] == [(0, AP_ITEM["headline"]), (1, "Two")]


def test_embargo_kill_and_states() -> None:
    assert one(embargoed="2026-03-04T00:01:00+02:00").embargoed_until == datetime(2026, 3, 3, 22, 1, tzinfo=UTC)
    assert one(pubstatus="canceled").pub_status == "canceled"
    assert one(pubstatus="withheld").pub_status == "withheld"
    odd = one(pubstatus="shelved", embargoed=True)
    assert (odd.pub_status, odd.embargoed_until) == (None, None)
    assert len(odd.warnings) == 2


@pytest.mark.parametrize("value", ["2999-01-01T00:00:00Z", "1001-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "soon"])
def test_dates_that_cannot_be_true_are_left_out(value: str) -> None:
    story = one(versioncreated=value)
    assert story.version_created is None
    assert any("versioncreated" in warning for warning in story.warnings)


def test_a_picture_is_refused() -> None:
    with pytest.raises(Rejected) as caught:
        stories({"data": {"item": {**AP_ITEM, "type": "picture"}}})
    assert caught.value.reason is Reason.UNSUPPORTED


def test_values_of_wrong_types_are_absent() -> None:
    story = one(
        bylines="x",
        datelinelocation=[1],
        place=7,
        usageterms={"a": 1},
        keywords=9,
        associations=[None],
        infosource="AP",
    )
    assert (story.by, story.located, story.places, story.keywords) == (None, None, (), ())
