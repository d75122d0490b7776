"""Records of the topics as the desk reads them: a strange one is passed over, a defect of ours ends the desk."""

from __future__ import annotations

from typing import Any

import pytest

from streams import config
from streams.contracts import codec
from streams.desk import following
from streams.desk.following import Following, received_of
from streams.errors import NewswireError
from streams.feeds.subscribing import Consumed
from tests.unit.desk.desk_support import record


def consumed(value: bytes) -> Consumed:
    return Consumed("wire.stories.v1", 0, 7, 1_773_126_000.0, 1_773_126_001.5, b"urn:a", value, [])


@pytest.mark.parametrize(
    ("arrived", "delay"), [("2026-03-10T07:00:00Z", 1500), ("yesterday", None), (7, None), (None, None)]
)
def test_how_late_a_story_came_is_told_where_it_says_when_it_arrived(arrived: object, delay: int | None) -> None:
    received = received_of(consumed(codec.encode(record(provenance={"source": "afp", "arrived": arrived}))))
    assert received is not None
    assert received.delay == delay


def test_what_is_no_record_is_passed_over() -> None:
    assert received_of(consumed(b"null")) is None


class Broken:
    """A subscriber whose reading trips over a defect of ours."""

    def __enter__(self) -> Broken:
        return self

    def __exit__(self, *exception: object) -> None: ...

    def seek(self, since: float) -> None: ...

    def poll(self, seconds: float) -> list[Any]:
        return [consumed(b"{}")]

    def behind(self) -> int:
        return 0


def test_a_defect_ends_the_desk_rather_than_leave_the_page_to_grow_old(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(consumed: Consumed) -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr(following, "received_of", trip)
    ended: list[NewswireError] = []
    Following(config.Settings(), Broken(), lambda *told: None, ended.append).run()  # type: ignore[arg-type]
    assert [str(error) for error in ended] == ["reading ended: ZeroDivisionError: of ours"]
