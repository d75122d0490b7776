"""The hop's figures: medians of the turns, and ratios the right way up."""

from __future__ import annotations

import pytest

from streams import config
from streams.bench import hop
from streams.bench.hop_worker import WAYS, Through

THEIRS, BETWEEN, OURS = WAYS


def test_turns_are_taken_in_turn_and_medians_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = {THEIRS: [900.0, 1000.0, 3000.0], BETWEEN: [8000.0] * 3, OURS: [9000.0, 11000.0, 10000.0]}
    taken: list[str] = []

    def turn(settings: config.Settings, way: str, number: int) -> Through:
        taken.append(way)
        return Through(way, number, rates[way].pop(0), 200.0 if way == THEIRS else 20.0)

    monkeypatch.setattr(hop, "turn", turn)
    monkeypatch.setattr(hop, "fill", lambda settings, number: None)
    said: list[Through] = []
    rows = hop.run(config.Settings(), 500, said.append)
    assert taken == [*WAYS] * 3
    assert len(said) == 9
    assert {row.way: row.rate for row in rows} == {THEIRS: 1000.0, BETWEEN: 8000.0, OURS: 10000.0}
    assert hop.ratios(rows) == {"hop": 10.0, "hop_cpu": 10.0}
