"""docs/extending.md: the format, the rule and the desk that it tells to type, taken out of the page and tried."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from types import ModuleType

import pytest

import streams.formats
from streams.contracts.story import CountryTag, Origin, RawMessage
from streams.copydesk import clean, rulebook
from streams.errors import Reason, Rejected
from streams.formats import FORMATS, Format
from streams.places.desks import PACKAGED, load_desks, route
from tests.examples import ROOT

PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")
RECEIVED = datetime(2026, 3, 3, 12, tzinfo=UTC)
MAX_BYTES = 10_000


def told(mark: str) -> str:
    """The code under ``<!-- MARK -->``."""
    found = re.search(rf"<!-- {re.escape(mark)} -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None, mark
    return found[1]


STORY = told("file: story.hpa")


@pytest.fixture
def format_(monkeypatch: pytest.MonkeyPatch) -> Format:
    """The format of the page, registered where the page says."""
    module = ModuleType("streams.formats.harbourfile")
    exec(compile(told("file: streams/formats/harbourfile.py"), "harbourfile.py", "exec"), module.__dict__)
    added: Format = module.FORMAT
    monkeypatch.setattr(streams.formats, "FORMATS", (*FORMATS[:-2], added, *FORMATS[-2:]))
    return added


def message(text: str) -> RawMessage:
    return RawMessage(text.encode(), Origin("story.hpa"), source="hpa", received=RECEIVED)


def test_the_format_reads_its_story(format_: Format) -> None:
    (story,) = streams.formats.read(message(STORY), MAX_BYTES)
    assert (story.parser, story.uri, story.version) == ("harbourfile/1", "urn:newswire:hpa:HP-417", "2")
    assert (story.headline, story.urgency) == ("Mombasa pilots return to work", 3)
    assert story.version_created == datetime(2026, 3, 3, 6, 30, tzinfo=UTC)
    cleaned = clean(story, RECEIVED)
    assert cleaned.dateline is not None
    assert cleaned.dateline.city == "Mombasa"


def test_the_format_refuses_what_the_page_says(format_: Format) -> None:
    for text, reason in (
        ("HARBOURFILE/1\nId: HP-417\nno head line", Reason.MALFORMED),
        ("HARBOURFILE/1\nId: HP-417\n\n", Reason.NO_STORY),
    ):
        with pytest.raises(Rejected) as caught:
            streams.formats.read(message(text), MAX_BYTES)
        assert caught.value.reason is reason


def test_the_sample_for_the_contract_tests_is_one(format_: Format) -> None:
    sample = eval(f"{{{told('sample')}}}", {"HEADLINE": "Pilots return", "BODY": ["They went."]})
    (story,) = streams.formats.read(message(sample[format_.name]), MAX_BYTES)
    assert (story.headline, story.format) == ("Pilots return", format_.name)


def test_the_rule_cuts_the_last_line_of_the_story() -> None:
    table = resources.files("streams.copydesk").joinpath("rules/house.toml").read_text("utf-8")
    longer = rulebook.parse(table + told("append: streams/copydesk/rules/house.toml"), "house")
    added = longer.rules[-1]
    lines = longer.lines(added.id)
    assert lines.fullmatch(STORY.splitlines()[-1])
    assert lines.fullmatch(added.example)
    assert not any(map(lines.fullmatch, STORY.splitlines()[:-1]))


def test_the_desk_takes_the_story(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(PACKAGED.read_text("utf-8") + told("append: ours.toml"), "utf-8")
    desks = load_desks(ours)
    kenya = CountryTag("KE", 0.99, ("focus",), ())
    assert dict(route(desks, (kenya,), (), "story", None))["indian-ocean"] == "country KE"
