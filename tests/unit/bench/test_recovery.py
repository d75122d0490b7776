"""The entries that recovery is measured with: what the state loads, each another story."""

from __future__ import annotations

from click.testing import CliRunner

from streams import pipeline
from streams.bench.recovery import entries
from streams.commands.bench import command
from streams.config import Settings
from streams.contracts import codec
from streams.identity import Entry, IdentityState
from streams.loading import windows


def test_entries_are_what_the_state_loads() -> None:
    made = [codec.decode(codec.encode(entry), Entry) for entry in entries(40, Settings())]
    assert [entry.sequence for entry in made] == list(range(1, 41))
    assert len({entry.key for entry in made}) == len({entry.uri for entry in made}) == 40
    assert len({entry.fingerprint.signature for entry in made}) == 40
    state = IdentityState(windows(Settings()), pipeline.MemoryStore())
    state.load(made)
    assert state.sizes()["entries"] == state.sizes()["texts"] == 40


def test_a_broker_is_for_recovery_alone() -> None:
    answer = CliRunner().invoke(command, ["--broker", "kafka-1:9092"])
    assert answer.exit_code == 2
    assert "--recovery" in answer.output
