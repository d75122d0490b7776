"""A worker's start over a changelog that was written for it: all of it is loaded before the first story is decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.bench import recovery
from streams.commands.bench import command
from streams.config import Settings
from streams.contracts import codec
from streams.errors import UsageError
from streams.runtime import provision
from streams.runtime.embedded import EmbeddedBroker, settings_for


@pytest.mark.broker
def test_every_entry_is_recovered_and_the_first_story_comes_out(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    answer = CliRunner().invoke(command, ["--recovery", "300", "--json", str(figures)], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    none, some = codec.loads(figures.read_bytes())["recovery"]
    assert (none["entries"], none["recovered"]) == (0, 0)
    assert (some["entries"], some["recovered"]) == (300, 300)
    assert some["changelog_bytes"] > 300 * 1000
    assert 0 < some["ready"] <= some["first_story"]
    assert "300" in answer.output


@pytest.mark.broker
def test_a_cluster_with_a_wire_is_refused() -> None:
    with EmbeddedBroker() as broker:
        provision.apply(settings_for(broker.address, Settings()))
        with pytest.raises(UsageError, match="empty cluster"):
            recovery.measure([100], Settings(), broker.address, lambda entry: None)
