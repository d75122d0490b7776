"""When a worker stands still: lag without commit progress, not idleness, not a busy hour, not a start."""

from __future__ import annotations

from streams.runtime.stall import Place, StallWatch, Standing

RAW: Place = ("wire.raw.v1", 0)
NORMALISED: Place = ("wire.normalised.v1", 3)


def test_lag_without_progress_is_a_stall_and_is_said() -> None:
    watch = StallWatch(60)
    for now in (0.0, 30.0, 60.0):
        watch.look(now, {RAW: Standing(5, 9)}, None)
        assert watch.stalled() is None
    watch.look(75.0, {RAW: Standing(5, 12)}, None)
    assert watch.stalled() == "wire.raw.v1/0: 7 records wait and nothing was committed for 75 s"


def test_an_idle_worker_is_live_for_ever() -> None:
    watch = StallWatch(60)
    for now in range(0, 10_000, 15):
        watch.look(float(now), {RAW: Standing(9, 9)}, None)
        assert watch.stalled() is None


def test_the_clock_starts_with_the_first_record_that_waits_not_before() -> None:
    watch = StallWatch(60)
    watch.look(0.0, {RAW: Standing(9, 9)}, None)
    watch.look(1000.0, {RAW: Standing(9, 10)}, None)
    watch.look(1055.0, {RAW: Standing(9, 10)}, None)
    assert watch.stalled() is None
    watch.look(1065.0, {RAW: Standing(9, 10)}, None)
    assert watch.stalled() is not None


def test_a_commit_however_small_is_progress() -> None:
    watch = StallWatch(60)
    for step in range(100):
        watch.look(50.0 * step, {RAW: Standing(step, 100_000)}, None)
        assert watch.stalled() is None


def test_one_partition_that_stands_is_enough() -> None:
    watch = StallWatch(60)
    for step in range(4):
        watch.look(30.0 * step, {RAW: Standing(step, 50), NORMALISED: Standing(7, 8)}, None)
    assert (watch.stalled() or "").startswith("wire.normalised.v1/3: 1 records")


def test_it_is_over_when_commits_move_again() -> None:
    watch = StallWatch(60)
    watch.look(0.0, {RAW: Standing(5, 9)}, None)
    watch.look(100.0, {RAW: Standing(5, 9)}, None)
    assert watch.stalled()
    watch.look(115.0, {RAW: Standing(6, 9)}, None)
    assert watch.stalled() is None


def test_a_partition_that_went_to_another_worker_is_forgotten() -> None:
    watch = StallWatch(60)
    watch.look(0.0, {RAW: Standing(5, 9)}, None)
    watch.look(50.0, {}, None)
    watch.look(70.0, {RAW: Standing(5, 9)}, None)
    watch.look(120.0, {RAW: Standing(5, 9)}, None)
    assert watch.stalled() is None, "counted from when it came back"


def test_a_rebalance_starts_the_clock_anew_but_may_not_last_for_ever() -> None:
    watch = StallWatch(60)
    watch.look(0.0, {RAW: Standing(5, 9)}, None)
    watch.look(50.0, {}, "rebalancing")
    watch.look(80.0, {RAW: Standing(5, 9)}, None)
    watch.look(110.0, {RAW: Standing(5, 9)}, None)
    assert watch.stalled() is None
    for now in (200.0, 260.0, 320.0):
        watch.look(now, {}, "rebalancing")
        assert watch.stalled() is None
    watch.look(330.0, {}, "rebalancing")
    assert watch.stalled() == "rebalancing, and no further for 130 s"


def test_what_takes_long_may_while_it_gets_further() -> None:
    watch = StallWatch(60)
    for step in range(10):
        watch.look(100.0 * step, {}, "recovering state", {"log": step})
        assert watch.stalled() is None
    watch.look(1000.0, {}, "recovering state", {"log": 9})
    assert watch.stalled() is None
    watch.look(1025.0, {}, "recovering state", {"log": 9})
    assert watch.stalled() == "recovering state, and no further for 125 s"
    watch.look(1040.0, {}, "recovering state", {"log": 10})
    assert watch.stalled() is None


def test_zero_never_finds_anything() -> None:
    watch = StallWatch(0)
    for now in (0.0, 10_000.0):
        watch.look(now, {RAW: Standing(5, 9)}, None)
        assert watch.stalled() is None
    for now in (20_000.0, 30_000.0):
        watch.look(now, {}, "rebalancing")
        assert watch.stalled() is None
