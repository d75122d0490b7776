"""The story as it is read, from its records."""

from __future__ import annotations

from streams.contracts import codec
from streams.desk import reading
from streams.desk.entries import entry_of
from streams.desk.families import folded
from tests.unit.desk.desk_support import record

BODY = "Lamps were lit in Riga.\n\nThe Latvian harbour lay dark."
TAG = {
    "code": "LV",
    "score": 0.9,
    "roles": ["focus"],
    "evidence": [{"field": "body", "start": 18, "end": 22}, {"field": "body", "start": 29, "end": 36}],
}
FIRST = record(
    body=BODY, countries=[TAG], removed=[{"rule": "signoff.initials", "text": "abc/def", "start": 0, "end": 7}]
)
KILL = record(
    version="2", relation="kill", body="It was not so.", of={"uri": "urn:a", "version": "1", "method": "kill"}
)


def test_the_words_behind_a_tag_are_marked_paragraph_by_paragraph() -> None:
    [version] = told(FIRST)["versions"]
    assert version["paragraphs"] == [
        [["Lamps were lit in ", None], ["Riga", "LV"], [".", None]],
        [["The ", None], ["Latvian", "LV"], [" harbour lay dark.", None]],
    ]
    assert version["countries"] == [
        {"code": "LV", "score": 0.9, "words": ["Riga", "Latvian"], "roles": ["headline or lead tell of it"]}
    ]
    assert version["changes"] is None
    assert version["cuts"] == [{"rule": "signoff.initials", "text": "abc/def"}]


def test_a_kill_says_why_on_the_story_and_on_what_it_strikes() -> None:
    story = told(FIRST, KILL)
    assert story["killed"]
    assert story["why"] == "It was not so."
    assert [version["struck"] for version in story["versions"]] == [
        {"relation": "kill", "version": "2", "note": "It was not so."},
        None,
    ]


def told(*records: dict[str, object]) -> dict[str, object]:
    by_key = {entry_of(one, n).key: one for n, one in enumerate(records)}
    family = folded("s", tuple(entry_of(one, n) for n, one in enumerate(records)))
    value: dict[str, object] = codec.loads(codec.encode(reading.story(family, lambda entry: by_key[entry.key])))
    return value
