"""The peer does its work properly: a poor peer would make a good ratio worth nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from streams.bench import sides
from streams.bench.mixture import mixture
from streams.bench.peer import WINDOW_MS, Enricher, shingles, trimmed
from streams.errors import UsageError

COPY = """Dam  level falls in Tamarell

TAMARELL, March 3, 2026 (AFP) - The dam above\u00a0Tamarell fell to its lowest level.

"We wait for rain," said Ana Duval of the river board.

abc/def
"""


def test_it_trims_spaces_dateline_and_sign_off() -> None:
    assert trimmed(COPY) == (
        "Dam level falls in Tamarell",
        'The dam above Tamarell fell to its lowest level.\n\n"We wait for rain," said Ana Duval of the river board.',
    )
    assert trimmed(" \n\n ") == ("", "")


def test_it_trims_what_a_website_adds() -> None:
    assert trimmed("Head\n\nText of it.\n\nAGENCE FRANCE-PRESSE\n\nFollow us for more.")[1] == "Text of it."


def test_its_shingles_are_three_words_in_a_row() -> None:
    assert list(shingles("The dam, above: Tamarell")) == [b"the dam above", b"dam above tamarell"]
    assert list(shingles("two words")) == []


def test_it_imports_nothing_of_the_project() -> None:
    imports = "import sys, streams.bench.peer; print(*sorted(m for m in sys.modules if m.startswith('streams')))"
    ran = subprocess.run([sys.executable, "-c", imports], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["streams", "streams.bench", "streams.bench.peer"]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "find_spec", lambda name: None if name == "quixstreams" else object())
    with pytest.raises(UsageError, match=r"the peer wants quixstreams: pip install .*\[bench\]"):
        sides.peer()


def test_its_process_gets_the_topics_of_this_wire(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from streams.config import Settings

    monkeypatch.setattr(sides, "find_spec", lambda name: object())
    command = sides.peer().process(Settings(broker="kafka-1:9092", partitions=3), tmp_path).command
    assert command[:3] == (sys.executable, "-m", "streams.bench.peer")
    assert command[3:] == (
        "--broker",
        "kafka-1:9092",
        "--raw",
        "wire.raw.v1",
        "--out",
        "bench.peer.v1",
        "--partitions",
        "3",
    )


class TestWithTheExtra:
    @pytest.fixture
    def peer(self) -> Enricher:
        for name in sides.PEER_MODULES:
            pytest.importorskip(name, reason="the extra bench is not installed")
        return Enricher()

    def test_it_finds_copies_and_countries(self, peer: Enricher) -> None:
        for number, mixed in enumerate(mixture(120)):
            record = peer(mixed.message.body, None, 0, None)
            assert record["id"] == number
            assert record["relation"] == ("new" if mixed.kind == "new" else "duplicate"), mixed.kind
            assert record["countries"]

    def test_it_forgets_after_72_hours(self, peer: Enricher) -> None:
        assert peer(COPY.encode(), None, 0, None)["relation"] == "new"
        assert peer(COPY.encode(), None, WINDOW_MS, None)["of"] == 0
        assert peer(COPY.encode(), None, 2 * WINDOW_MS + 1, None)["relation"] == "new"
