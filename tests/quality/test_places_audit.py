"""A floor under the countries of sentences in six languages, written for this; it reads no data beside the checkout."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams import copydesk, formats, places
from streams.config import Settings
from streams.contracts import structs
from streams.contracts.story import Origin, RawMessage

HERE = Path(__file__).parent
FLOORS: dict[str, float] = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["places_audit"]


@pytest.fixture(scope="module")
def gazetteer() -> places.Gazetteer:
    return places.load()


def sentences(language: str) -> Iterator[tuple[set[str], str]]:
    """(countries named, sentence) of each line: codes, a bar, the sentence; ``-`` for none."""
    for line in (HERE / "places_audit" / f"{language}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, _, sentence = line.partition(" | ")
            yield set(codes.split()) - {"-"}, sentence


def named(sentence: str, language: str, gazetteer: places.Gazetteer) -> set[str]:
    """The countries of the sentence's mentions, read as a story of that language."""
    (raw,) = formats.read(RawMessage(sentence.encode(), Origin("audit")), Settings().max_message_bytes)
    story = structs.replace(copydesk.clean(raw, None), headline="", body=sentence, language=language, dateline=None)
    return {mention.country for mention in places.locate(story, gazetteer).mentions if mention.country}


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_countries_of_sentences(language: str, gazetteer: places.Gazetteer) -> None:
    rows = [(said, named(sentence, language, gazetteer), sentence) for said, sentence in sentences(language)]
    assert len(rows) > 30
    right = sum(len(said & found) for said, found, _ in rows)
    reached = 2 * right / sum(len(said) + len(found) for said, found, _ in rows)
    assert reached >= FLOORS[language], [(sentence, said, found) for said, found, sentence in rows if said != found]
