"""The topic catalogue."""

from __future__ import annotations

from streams.contracts import topics


def test_names_are_unique_and_versioned() -> None:
    names = [topic.name for topic in topics.catalogue("newswire", ["africa", "europe"])]
    assert len(names) == len(set(names))
    for name in names:
        assert name.startswith("wire.") or name == "newswire-identity-changelog"
        assert ".v1" in name or name.endswith("-changelog")


def test_a_dead_letter_has_room_for_the_largest_message_and_its_headers() -> None:
    assert topics.DEAD_LETTERS.max_record_bytes > topics.RAW.max_record_bytes


def test_what_must_never_be_lost_is_kept_for_ever() -> None:
    for topic in (topics.LATEST, topics.changelog_topic("newswire")):
        assert topic.cleanup == "compact"
        assert topic.retention_ms == -1
