"""What the list shows of one version."""

from __future__ import annotations

import pytest

from streams.desk.entries import Tag, entry_of
from streams.errors import Rejected
from tests.unit.desk.desk_support import entry, record


def test_a_country_is_shown_with_the_different_words_that_caused_it() -> None:
    tag = {
        "code": "LV",
        "score": 0.9,
        "roles": ["focus", "dateline"],
        "evidence": [
            {"field": "headline", "start": 0, "end": 4},
            {"field": "body", "start": 18, "end": 22},
            {"field": "body", "start": 29, "end": 36},
        ],
    }
    one = entry(
        5, headline="Riga relights", countries=[tag], dateline={"text": "RIGA -", "city": "Riga", "country": "LV"}
    )
    assert one.countries == (Tag("LV", None, ("Riga", "Latvian"), ("focus", "dateline")),)


def test_a_country_of_the_dateline_alone_names_its_city() -> None:
    tag = {"code": "LV", "score": 0.9, "roles": ["dateline"], "evidence": []}
    one = entry(5, countries=[tag], dateline={"text": "RIGA -", "city": "Riga", "country": "LV"})
    assert one.countries[0].words == ("Riga",)


def test_regions_that_say_most_come_first() -> None:
    regions = [
        {"code": "150", "scheme": "m49", "name": "Europe", "score": 0.9},
        {"code": "154", "scheme": "m49", "name": "Northern Europe", "score": 0.9},
        {"code": "baltics", "scheme": "named", "name": "Baltic states", "score": 0.5},
    ]
    mentions = [{"field": "body", "start": 0, "end": 6, "text": "Baltic", "kind": "region", "country": None}]
    one = entry(5, regions=regions, mentions=mentions)
    assert [(tag.code, tag.words) for tag in one.regions] == [("baltics", ("Baltic",)), ("154", ()), ("150", ())]


def test_the_agency_is_who_wrote_it_then_who_spread_it_then_the_feed() -> None:
    spread = {"name": "Northgate Daily", "role": "distributor"}
    assert entry(5, item_infoSources=[spread, {"name": "AFP", "role": "agency"}]).agency == "AFP"
    assert entry(5, item_infoSources=[spread]).agency == "Northgate Daily"
    assert entry(5, item_infoSources=[]).agency == "afp"


def test_a_kill_says_why_and_an_advisory_ends_without_its_strokes() -> None:
    assert entry(5, item_edNote="ATTENTION - ADDS quotes ///").note == "ATTENTION - ADDS quotes"
    kill = entry(5, relation="kill", item_edNote="MANDATORY KILL", body="Please kill it.\n\nThe source withdrew it.")
    assert kill.note == "MANDATORY KILL: Please kill it. The source withdrew it."
    assert entry(5).note is None
    long = entry(5, relation="kill", body="word " * 400).note
    assert long is not None
    assert len(long) < 410
    assert long.endswith("…")


@pytest.mark.parametrize(
    "broken", [None, [], {}, {"item": {}}, {**record(), "countries": [{}]}, {**record(), "of": {"uri": "x"}}]
)
def test_a_broken_record_is_refused(broken: object) -> None:
    with pytest.raises(Rejected):
        entry_of(broken, 5)
