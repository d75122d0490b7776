"""Positions, lag and setting back, against an administrator that is made up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from kafka import TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import CoordinatorNotAvailableError, NoError, NotCoordinatorError, UnknownMemberIdError
from kafka.structs import OffsetAndMetadata, OffsetAndTimestamp

from streams import config
from streams.errors import UsageError
from streams.runtime import groups
from streams.runtime.groups import Group, Position, refuse_members, rewinds, set_back

RAW = "wire.raw.v1"
SETTINGS = config.Settings()


class _Cluster:
    """One topic of four partitions: 0 read to its end, 1 behind, 2 never committed, 3 empty."""

    first: dict[int, int] = {0: 0, 1: 40, 2: 7, 3: 0}  # noqa: RUF012
    end: dict[int, int] = {0: 50, 1: 100, 2: 9, 3: 0}  # noqa: RUF012
    at_time: dict[int, tuple[int, int]] = {0: (30, 5), 1: (80, 5), 2: (8, 5), 3: (-1, -1)}  # noqa: RUF012

    def __init__(self) -> None:
        self.members = 0
        self.committed = {0: 50, 1: 60}
        self.answer: type[Exception] = NoError
        self.altered: dict[Any, Any] = {}

    def list_topics(self) -> list[str]:
        return [RAW]

    def describe_topics(self, names: list[str]) -> list[Any]:
        return [{"name": name, "partitions": [{"partition_index": number} for number in self.end]} for name in names]

    def describe_groups(self, names: list[str]) -> dict[str, Any]:
        state = "Stable" if self.members else "Empty"
        return {n: {"error": None, "group_state": state, "members": [object()] * self.members} for n in names}

    def list_group_offsets(self, group: str) -> dict[str, Any]:
        return {
            group: {TopicPartition(RAW, n): OffsetAndMetadata(offset, "", None) for n, offset in self.committed.items()}
        }

    def list_partition_offsets(self, asked: dict[Any, Any]) -> dict[Any, Any]:
        answers = {}
        for place, spec in asked.items():
            number = place.partition
            if spec is OffsetSpec.EARLIEST:
                offset, stamp = self.first[number], -1
            elif spec is OffsetSpec.LATEST:
                offset, stamp = self.end[number], -1
            else:
                offset, stamp = self.at_time[number]
            answers[place] = OffsetAndTimestamp(offset, stamp, None)
        return answers

    def alter_group_offsets(self, group: str, offsets: dict[Any, Any]) -> dict[Any, Any]:
        self.altered = {place.partition: kept.offset for place, kept in offsets.items()}
        return dict.fromkeys(offsets, self.answer)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> _Cluster:
    made = _Cluster()

    @contextmanager
    def admin(settings: config.Settings) -> Iterator[_Cluster]:
        yield made

    monkeypatch.setattr(groups, "admin", admin)
    return made


def test_lag_is_what_is_there_and_not_acknowledged(cluster: _Cluster) -> None:
    found = groups.positions(SETTINGS, "newswire", [RAW])
    assert [(at.partition, at.committed, at.next, at.lag) for at in found] == [
        (0, 50, 50, 0),
        (1, 60, 60, 40),
        (2, None, 7, 2),
        (3, None, 0, 0),
    ]


def test_what_was_deleted_before_it_was_read_is_no_lag() -> None:
    at = Position(RAW, 0, 10, first=40, end=50)
    assert (at.next, at.lag) == (40, 10)


def test_of_another_group_the_topics_that_it_committed_to(cluster: _Cluster) -> None:
    assert len(groups.positions(SETTINGS, "desk-africa")) == 4
    cluster.committed = {}
    with pytest.raises(UsageError, match="has committed nothing"):
        groups.positions(SETTINGS, "desk-africa")
    with pytest.raises(UsageError, match="no such topic"):
        groups.positions(SETTINGS, "newswire", ["wire.moon.v1"])


def test_back_to_a_time_never_forward_never_below_what_is_kept(cluster: _Cluster) -> None:
    wanted = rewinds(SETTINGS, "newswire", [RAW], 1000.0)
    assert [(one.position.partition, one.target, one.records) for one in wanted] == [
        (0, 30, 20),
        (1, 60, 0),
        (2, 7, 0),
        (3, 0, 0),
    ]
    cluster.at_time = {0: (3, 5), 1: (20, 5), 2: (0, 5), 3: (0, -1)}
    assert [one.target for one in rewinds(SETTINGS, "newswire", [RAW], 1.0)] == [3, 40, 7, 0]


def test_only_what_goes_back_is_committed(cluster: _Cluster) -> None:
    assert set_back(SETTINGS, "newswire", rewinds(SETTINGS, "newswire", [RAW], 1000.0)) == 1
    assert cluster.altered == {0: 30}


def test_members_are_in_the_way(cluster: _Cluster) -> None:
    wanted = rewinds(SETTINGS, "newswire", [RAW], 1000.0)
    cluster.members = 2
    with pytest.raises(UsageError, match="the group newswire has 2 in it"):
        set_back(SETTINGS, "newswire", wanted)
    assert cluster.altered == {}


def test_one_that_came_in_at_the_last_moment_too(cluster: _Cluster) -> None:
    cluster.answer = UnknownMemberIdError
    with pytest.raises(UsageError, match="UnknownMemberIdError; is a worker still running"):
        set_back(SETTINGS, "newswire", rewinds(SETTINGS, "newswire", [RAW], 1000.0))


def test_a_new_cluster_has_a_coordinator_after_a_moment(cluster: _Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    describe, refusals = cluster.describe_groups, iter([CoordinatorNotAvailableError(), NotCoordinatorError()])

    def hesitant(names: list[str]) -> dict[str, Any]:
        if (error := next(refusals, None)) is not None:
            raise error
        return describe(names)

    monkeypatch.setattr(groups.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(cluster, "describe_groups", hesitant)
    assert groups.group_of(SETTINGS, "newswire") == Group("newswire", "Empty", 0)


def test_but_not_for_ever(cluster: _Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(names: list[str]) -> dict[str, Any]:
        raise CoordinatorNotAvailableError

    monkeypatch.setattr(groups, "COORDINATOR_SECONDS", 0.01)
    monkeypatch.setattr(cluster, "describe_groups", never)
    with pytest.raises(CoordinatorNotAvailableError):
        groups.group_of(SETTINGS, "newswire")


@pytest.mark.parametrize("state", ["PreparingRebalance", "CompletingRebalance", "Stable"])
def test_a_group_on_the_move_has_someone_in_it(state: str) -> None:
    with pytest.raises(UsageError, match="stop every worker first"):
        refuse_members(Group("newswire", state, 0))


@pytest.mark.parametrize("group", [Group("n", "Empty", 0), Group("n", "Dead", 0), Group("n", None, None)])
def test_an_empty_one_may_be_set_back(group: Group) -> None:
    refuse_members(group)
