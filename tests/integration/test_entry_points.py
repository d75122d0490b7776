"""Both ways to run a worker: ``newswire worker`` (everywhere else in these tests) and Faust's own."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from streams.contracts import topics
from streams.demo.stage import WorkerProcess
from streams.feeds.generating import story
from streams.runtime import checks_broker, provision
from tests.integration.conftest import StartWire

FAUST = str(Path(sys.executable).parent / "faust")


@pytest.mark.broker
def test_faust_runs_the_same_worker(start_wire: StartWire, tmp_path: Path) -> None:
    wire = start_wire()
    assert wire.stage.worker.stop() == 0
    command = [FAUST, "-A", "streams.worker", "worker", "--loglevel", "info"]
    worker = wire.stage.worker = WorkerProcess(wire.stage.settings, tmp_path / "faust.log", command)
    worker.start()
    try:
        worker.wait_ready()
        wire.feed(story(1, words=80))
        assert len(wire.wait(topics.STORIES.name, 1)) == 1
        assert worker.metrics()["newswire_ready"] == 1
    finally:
        assert worker.stop() == 0, worker.last_words()


@pytest.mark.broker
def test_topics_are_created_once_and_differences_told(start_wire: StartWire) -> None:
    settings = start_wire().stage.settings
    again = provision.apply(settings)
    assert {step.action for step in again} == {"keep"}
    wider = provision.plan(replace(settings, partitions=settings.partitions + 1))
    assert {step.action for step in wider} == {"differs"}
    assert all("partitions" in step.differs[0] for step in wider)


@pytest.mark.broker
def test_a_desk_that_has_no_topic_is_told_before_copy_is_read(start_wire: StartWire, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('[tundra]\ntitle = "Tundra"\ncountries = ["FI"]\n', "utf-8")
    settings = replace(start_wire().stage.settings, desks=tmp_path / "ours.toml", data_dir=tmp_path, metrics_port=0)
    worker = WorkerProcess(settings, tmp_path / "worker.log")
    worker.start()
    try:
        assert worker.wait(120) == 2, worker.last_words()
        said = "wire.desk.tundra.v1: no such topic on this cluster; newswire topics apply makes what is missing"
        assert said in worker.last_words()
        assert [one.said for one in checks_broker.catalogue(settings)] == ["missing: wire.desk.tundra.v1"]
    finally:
        worker.stop()
