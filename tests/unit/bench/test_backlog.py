"""How a backlog's figures are made of what came out, and of what a process took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from streams.bench import backlog
from streams.bench.backlog import Out, worked
from streams.bench.peer_stack import settled
from streams.bench.sides import wire
from streams.bench.usage import Sampler, family, processor_seconds, resident_mb
from streams.config import Settings


def _out(*sent: float, relation: str = "new") -> list[Out]:
    return [Out(at, relation) for at in sent]


def test_the_rate_is_that_of_those_after_the_first_that_are_timed() -> None:
    # 100 records, one every 10 ms; the first five are warming up, so is the one that the span begins with.
    found = worked("a side", _out(*(1000 + n / 100 for n in range(100))), 990.0, lambda start, end: end - start, 7.0)
    assert found.rate == pytest.approx(100.0)
    assert found.cpu_ms == pytest.approx(10.0)
    assert (found.side, found.stories, found.first, found.peak_mb) == ("a side", 100, 10.0, 7.0)


def test_a_first_batch_sent_at_one_moment_does_not_raise_the_rate() -> None:
    batches = [1000.0 + batch for batch in range(10) for _ in range(50)]
    found = worked("a side", _out(*batches), 999.0, lambda start, end: 0.0, 0.0)
    assert found.rate == pytest.approx(50.0)


def test_records_are_counted_by_relation() -> None:
    found = worked("a", _out(1, 2) + _out(3, relation="duplicate"), 0.0, lambda start, end: 0.0, 0.0)
    assert found.relations == {"new": 2, "duplicate": 1}


def test_a_contest_is_decided_by_medians() -> None:
    def round_(side: str, rate: float) -> object:
        return worked(side, _out(*(n / rate for n in range(1000))), 0.0, lambda start, end: 0.0, 0.0)

    rounds = [round_(*pair) for pair in (("a", 400), ("b", 100), ("a", 900), ("b", 120), ("a", 600), ("b", 1))]
    result = settled(rounds)  # type: ignore[arg-type]
    assert [row.side for row in result.medians] == ["a", "b"]
    assert result.medians[0].rate == pytest.approx(600)
    assert result.ratio == pytest.approx(6.0)
    assert len(result.rounds) == 6


def test_a_log_that_was_read_short_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = [_out(1), _out(1, 2)]
    monkeypatch.setattr(backlog, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(backlog, "LOOK_AGAIN_SECONDS", 0.005)
    monkeypatch.setattr(backlog, "_ends", lambda settings, topics: nullcontext(lambda: 2))
    monkeypatch.setattr(backlog, "_read", lambda settings, side: readings.pop(0))
    monkeypatch.setattr(backlog, "GIVE_UP_SECONDS", 5.0)
    still_running = SimpleNamespace(wait=time.sleep, last_words=str)
    assert len(backlog._wait(Settings(), wire(), 2, still_running)) == 2  # type: ignore[arg-type]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_process_is_measured_with_its_children() -> None:
    spin = "import time\ninput()\nwhile time.process_time() < 0.5: pass\nprint(flush=True); input()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}])"
    process = subprocess.Popen([sys.executable, "-c", outer], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        with Sampler(process.pid) as sampler:
            began = time.time()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"\n")
            process.stdin.flush()
            process.stdout.readline()
            assert len(family(process.pid)) == 2
            assert processor_seconds(process.pid) >= 0.28
            assert resident_mb(process.pid) > 5
            time.sleep(0.15)
        assert sampler.between(began, time.time()) >= 0.2
        assert sampler.peak_mb > 5
    finally:
        process.communicate(b"\n")


def test_within_a_sample_time_is_spent_evenly() -> None:
    sampler = Sampler(os.getpid())
    sampler._at, sampler._spent = [10.0, 10.05, 10.1], [1.0, 1.05, 1.05]
    assert sampler.between(10.01, 10.03) == pytest.approx(0.02)
    assert sampler.between(9.0, 11.0) == pytest.approx(0.05)
    assert sampler.between(10.06, 10.09) == pytest.approx(0)


def test_a_process_that_is_gone_takes_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert processor_seconds(process.pid) == 0.0
    assert processor_seconds(os.getpid()) > 0.0
