"""Normalised story + identity → strict ninjs 3.1 item; leaves out what is unknown, never invents.

ninjs 3.1: https://iptc.org/standards/ninjs/ . Only standard properties are written, since the schema allows no
other. ``bodies[0]`` is ``text/plain``, ``headlines[0]`` the headline to print.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from streams.contracts.story import AgencyPlace, NormalisedStory, PubStatus

NINJS_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"


def rfc3339(moment: datetime) -> str:
    """``2026-03-10T06:44:12Z`` for an aware UTC datetime."""
    return moment.isoformat().replace("+00:00", "Z")


def word_count(body: str) -> int:
    """The words of a clean body: single spaces part them, one blank line parts paragraphs, so the gaps are counted.

    >>> word_count("Ferry aground.\\n\\nNo one was hurt.")
    6
    """
    return body.count(" ") + body.count("\n") // 2 + 1 if body else 0


def item_of(story: NormalisedStory, uri: str, version: str, pub_status: PubStatus) -> dict[str, Any]:
    """Return the ninjs item of *story*, published under *uri* and *version*."""
    item: dict[str, Any] = {
        "uri": uri,
        "type": "text",
        "version": version,
        "pubStatus": pub_status,
        "standard": {"name": "ninjs", "version": "3.1", "schema": NINJS_SCHEMA},
        "headlines": [{"role": story.headline_role, "contentType": "text/plain", "value": story.headline}],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(story.body),
                "wordCount": word_count(story.body),
                "value": story.body,
            }
        ],
    }
    optional: tuple[tuple[str, Any], ...] = (
        ("urgency", story.urgency),
        ("language", story.language),
        ("slugline", story.slugline),
        ("by", story.by),
        ("located", story.located),
        ("edNote", story.ed_note),
        ("usageTerms", story.usage_terms),
        ("copyrightNotice", story.copyright_notice),
        ("firstCreated", rfc3339(story.first_created) if story.first_created else None),
        ("versionCreated", rfc3339(story.version_created) if story.version_created else None),
        ("embargoedUntil", rfc3339(story.embargoed_until) if story.embargoed_until else None),
        ("descriptions", [_caption(caption) for caption in story.captions]),
        ("infoSources", [{"name": source.name, "role": source.role} for source in story.info_sources]),
        ("altIds", [{"role": alt.role, "value": alt.value} for alt in story.alt_ids]),
        ("places", [_place(place) for place in story.places]),
    )
    item.update({name: value for name, value in optional if value})  # no urgency is 0
    return item


def _caption(caption: str) -> dict[str, str]:
    return {"role": "caption", "contentType": "text/plain", "value": caption}


def _place(place: AgencyPlace) -> dict[str, str]:
    found: dict[str, str] = {"rel": place.rel}
    if place.name:
        found["name"] = place.name
    if place.country:
        found["literal"] = place.country
    return found
