"""A watched folder: what is complete, what is sent, where it goes; the broker is faked, the clocks are the test's."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from streams import config, pipeline
from streams.agents.ports import Output
from streams.contracts.story import Origin, RawMessage
from streams.errors import BrokerTrouble, UsageError
from streams.feeds import watching
from streams.feeds.folder import Folder, on_the_way
from streams.feeds.handing import LARGEST, Handing
from streams.feeds.watching import Watcher, locked
from streams.loading import toolbox, windows
from streams.metrics import Metrics
from streams.runtime.producing import Offsets

NOW = datetime(2026, 3, 10, 6, 44, 12, tzinfo=UTC)


class FakeBroker:
    """Takes every record, or none while ``down``; ``on_send`` is called between the reading and the archiving."""

    def __init__(self) -> None:
        self.taken: list[Output] = []
        self.down = False
        self.on_send = lambda: None

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        self.on_send()
        done: asyncio.Future[Offsets] = asyncio.get_running_loop().create_future()
        if self.down:
            done.set_exception(BrokerTrouble("wire.raw.v1 did not take a record"))
        else:
            self.taken += outputs
            done.set_result({(outputs[0].topic, 0): len(self.taken) - 1})
        return done

    def bodies(self) -> list[bytes]:
        return [output.value or b"" for output in self.taken]


class Inbox:
    """A folder under watch, a second to a step."""

    def __init__(self, root: Path, **options: object) -> None:
        self.root = root
        self.broker = FakeBroker()
        self.metrics = Metrics()
        self.time = 100.0
        self.options = options
        self.restart()

    def restart(self) -> None:
        self.watcher = Watcher(
            Folder(self.root),
            Handing(self.broker),
            self.metrics,
            still=1.0,
            clock=lambda: NOW,
            timer=lambda: self.time,
            **self.options,  # type: ignore[arg-type]
        )

    def put(self, name: str, body: bytes = b"copy", written: float = NOW.timestamp() - 60) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        os.utime(path, (written, written))
        return path

    def step(self, seconds: float = 0.0) -> int:
        self.time += seconds
        return asyncio.run(self.watcher.round())

    def settle(self) -> int:
        self.step()
        return self.step(1.0)

    def lying(self, under: str = "") -> list[str]:
        top = self.root / under
        return sorted(str(f.relative_to(top)) for f in top.rglob("*") if f.is_file())

    def count(self, outcome: str, source: str = "afp") -> float:
        labels = {"outcome": outcome, "source": source}
        return self.metrics.registry.get_sample_value("newswire_watch_files_total", labels) or 0.0


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def test_a_still_file_is_sent_and_archived(inbox: Inbox) -> None:
    inbox.put("afp/lead.xml", b"<nitf/>")
    assert inbox.step() == 1
    assert inbox.step(0.9) == 1
    assert inbox.broker.taken == []
    assert inbox.step(0.1) == 0
    [record] = inbox.broker.taken
    assert (record.topic, record.key, record.value) == ("wire.raw.v1", b"afp", b"<nitf/>")
    assert record.headers == [("source", b"afp"), ("received", b"2026-03-10T06:43:12Z")]
    assert inbox.lying() == ["archive/2026-03-10/afp/lead.xml"]
    assert inbox.count("sent") == 1


def test_a_file_that_is_still_written_waits(inbox: Inbox) -> None:
    inbox.put("afp/lead.xml", b"half", NOW.timestamp() - 60)
    for second in range(5):
        inbox.put("afp/lead.xml", b"half" * second, NOW.timestamp() - 50 + second)
        assert inbox.step(0.9) == 1
    assert inbox.broker.taken == []
    assert inbox.step(1.0) == 0
    assert inbox.broker.bodies() == [b"half" * 4]


def test_the_same_size_written_again_is_a_change(inbox: Inbox) -> None:
    inbox.put("afp/lead.xml", b"aaaa", NOW.timestamp() - 60)
    inbox.step()
    inbox.put("afp/lead.xml", b"bbbb", NOW.timestamp() - 59)
    assert inbox.step(1.0) == 1
    assert inbox.step(1.0) == 0
    assert inbox.broker.bodies() == [b"bbbb"]


@pytest.mark.parametrize(
    "name", ["lead.xml.part", ".lead.xml.x7Gh", "lead.xml.tmp", "lead.xml.filepart", "lead.xml~", "LEAD.XML.PART"]
)
def test_a_file_on_its_way_is_let_be_and_sent_at_once_when_renamed(inbox: Inbox, name: str) -> None:
    path = inbox.put(f"afp/{name}")
    assert on_the_way(name)
    assert inbox.step() == inbox.step(100.0) == 0
    assert inbox.broker.taken == []
    whole = "LEAD.XML" if name.isupper() else "lead.xml"
    path.rename(path.with_name(whole))
    assert inbox.step(0.1) == 0
    assert inbox.lying() == [f"archive/2026-03-10/afp/{whole}"]


def test_an_inode_that_another_file_got_is_no_renaming(inbox: Inbox) -> None:
    path = inbox.put("afp/lead.xml.part")
    inbox.step()
    path.rename(path.with_name("other.xml"))
    assert inbox.step(0.1) == 1
    assert inbox.step(1.0) == 0


def test_an_empty_file_waits_longer(inbox: Inbox) -> None:
    inbox.put("afp/lead.xml", b"")
    inbox.step()
    assert inbox.step(9.0) == 1
    assert inbox.step(1.0) == 0
    assert inbox.broker.bodies() == [b""]


def test_the_first_written_goes_first_then_by_name(inbox: Inbox) -> None:
    then = NOW.timestamp() - 60
    for name, written in (("afp/c", then), ("afp/b", then + 1), ("afp/z", then - 1), ("afp/a", then + 1)):
        inbox.put(name, name.encode(), written)
    inbox.settle()
    assert inbox.broker.bodies() == [b"afp/z", b"afp/c", b"afp/a", b"afp/b"]


def test_the_first_folder_names_the_source(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, source="dpa")
    inbox.put("afp/sport/tennis/score.txt")
    inbox.put("loose.txt")
    inbox.settle()
    assert sorted(record.key or b"" for record in inbox.broker.taken) == [b"afp", b"dpa"]
    assert inbox.lying("archive/2026-03-10") == ["afp/sport/tennis/score.txt", "loose.txt"]


def test_without_a_source_there_is_no_header_and_one_key(inbox: Inbox) -> None:
    inbox.put("loose.txt")
    inbox.settle()
    [record] = inbox.broker.taken
    assert record.key == b"unnamed"
    assert "source" not in dict(record.headers)


def test_a_time_to_come_is_not_believed(inbox: Inbox) -> None:
    inbox.put("afp/lead.xml", written=NOW.timestamp() + 3600)
    inbox.settle()
    assert "received" not in dict(inbox.broker.taken[0].headers)


def test_while_the_broker_is_away_files_wait_and_nothing_moves(inbox: Inbox) -> None:
    inbox.put("afp/lead.xml")
    inbox.broker.down = True
    inbox.step()
    with pytest.raises(BrokerTrouble):
        inbox.step(1.0)
    assert inbox.lying() == ["afp/lead.xml"]
    inbox.broker.down = False
    assert inbox.step(0.1) == 0
    assert inbox.lying("archive") == ["2026-03-10/afp/lead.xml"]


def test_a_crash_before_the_archive_sends_the_same_record_again(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: object, *arguments: object) -> PurePosixPath:
        raise KeyboardInterrupt

    inbox.put("afp/lead.xml", b"once")
    inbox.step()
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "archive", killed)
        with pytest.raises(KeyboardInterrupt):
            inbox.step(1.0)
    inbox.restart()
    inbox.settle()
    first, second = inbox.broker.taken
    assert first == second
    assert inbox.lying() == ["archive/2026-03-10/afp/lead.xml"]


def test_what_is_sent_twice_after_a_crash_is_one_story_and_its_copy(inbox: Inbox) -> None:
    lead = (
        b"Ferry service resumes in Oslo harbour\n\nOslo, March 10, 2026 - The ferry is back, the harbour office said.\n"
    )
    for _ in range(2):
        inbox.put("afp/lead.txt", lead)
        inbox.settle()
    tools, limits = toolbox(config.Settings()), windows(config.Settings())
    messages = [
        RawMessage(record.value or b"", Origin("wire.raw.v1", 0, offset), "afp", None, NOW, NOW)
        for offset, record in enumerate(inbox.broker.taken)
    ]
    outcomes = [(line.outcome, line.reason) for line in pipeline.process(messages, tools, limits, lambda: NOW)]
    assert outcomes == [("published", None), ("duplicate", None)]


def test_a_file_that_grows_while_it_is_sent_is_sent_again_whole(inbox: Inbox) -> None:
    path = inbox.put("afp/lead.xml", b"half")

    def grow() -> None:
        path.write_bytes(b"half and the rest")
        inbox.broker.on_send = lambda: None

    inbox.broker.on_send = grow
    inbox.settle()
    assert inbox.lying() == ["afp/lead.xml"]
    inbox.settle()
    assert inbox.broker.bodies() == [b"half", b"half and the rest"]
    assert (inbox.count("grew"), inbox.count("sent")) == (1, 1)
    assert inbox.lying() == ["archive/2026-03-10/afp/lead.xml"]


def test_a_file_that_grows_in_the_archive_is_put_back_and_sent_whole(inbox: Inbox) -> None:
    with inbox.put("afp/lead.xml", b"half").open("ab") as still_open:
        inbox.settle()
        still_open.write(b" and the rest")
    inbox.step(0.1)
    inbox.step(1.0)
    assert inbox.broker.bodies() == [b"half", b"half and the rest"]
    assert inbox.lying() == ["archive/2026-03-10/afp/lead.xml"]
    assert inbox.count("grew") == 1


def test_the_archive_overwrites_nothing(inbox: Inbox) -> None:
    for body in (b"one", b"two", b"three"):
        inbox.put("afp/lead.xml", body)
        inbox.settle()
    there = inbox.root / "archive/2026-03-10/afp"
    assert [(there / name).read_bytes() for name in ("lead.xml", "lead~2.xml", "lead~3.xml")] == [
        b"one",
        b"two",
        b"three",
    ]


def test_what_is_too_large_is_set_aside_and_the_rest_goes_on(inbox: Inbox) -> None:
    with inbox.put("afp/a-huge.xml", written=NOW.timestamp() - 90).open("wb") as huge:
        huge.truncate(LARGEST + 1)
    inbox.put("afp/b-lead.xml", b"lead")
    assert inbox.settle() == 0
    assert inbox.broker.bodies() == [b"lead"]
    assert inbox.lying("quarantine") == ["afp/a-huge.xml", "afp/a-huge.xml.why.txt"]
    why = (inbox.root / "quarantine/afp/a-huge.xml.why.txt").read_text()
    assert why.startswith("2026-03-10T06:44:12Z too large: ")
    assert inbox.count("quarantined") == 1


def test_what_cannot_be_read_is_set_aside_and_the_rest_goes_on(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    read = os.open

    def refused(path: object, *rest: object) -> int:
        if str(path).endswith("bad.xml"):
            raise PermissionError(13, "Permission denied")
        return read(path, *rest)  # type: ignore[arg-type]

    inbox.put("afp/bad.xml", written=NOW.timestamp() - 90)
    inbox.put("afp/good.xml", b"good")
    monkeypatch.setattr(os, "open", refused)
    assert inbox.settle() == 0
    assert inbox.broker.bodies() == [b"good"]
    assert "cannot be read: Permission denied" in (inbox.root / "quarantine/afp/bad.xml.why.txt").read_text()


def test_a_folder_that_names_no_source_is_set_aside(inbox: Inbox) -> None:
    inbox.put("a\nfp/lead.xml")
    inbox.settle()
    assert inbox.broker.taken == []
    assert inbox.lying("quarantine") == ["a\nfp/lead.xml", "a\nfp/lead.xml.why.txt"]


def test_links_and_pipes_are_not_read(inbox: Inbox, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("not for print")
    (inbox.root / "afp").mkdir()
    (inbox.root / "afp/link.txt").symlink_to(secret)
    (inbox.root / "tree").symlink_to(secret.parent)
    os.mkfifo(inbox.root / "afp/pipe.txt")
    assert inbox.settle() == 0
    assert inbox.broker.taken == []


def test_a_link_that_takes_a_files_place_is_not_followed(
    inbox: Inbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("not for print")
    path = inbox.put("afp/lead.xml")
    [seen], _ = Folder(inbox.root).look()
    path.unlink()
    path.symlink_to(secret)
    assert Folder(inbox.root).read(seen, 100) is None


def test_a_move_that_fails_does_not_send_the_file_again_and_again(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, *arguments: object) -> PurePosixPath:
        raise OSError(28, "No space left on device")

    inbox.put("afp/lead.xml", b"once")
    monkeypatch.setattr(Folder, "archive", full)
    inbox.settle()
    inbox.settle()
    assert inbox.broker.bodies() == [b"once"]
    inbox.put("afp/lead.xml", b"twice", NOW.timestamp() - 10)
    inbox.settle()
    assert inbox.broker.bodies() == [b"once", b"twice"]


def test_many_files_go_in_bounded_groups(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "TOGETHER", 3)
    monkeypatch.setattr(watching, "TOGETHER_BYTES", 10)
    for number in range(10):
        inbox.put(f"afp/{number}", bytes(4))
    assert inbox.settle() == 0
    assert len(inbox.broker.taken) == 10


def test_it_ends_when_told_to_and_with_once_when_nothing_waits(inbox: Inbox) -> None:
    async def told() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(inbox.watcher.run(stop))
        await asyncio.sleep(0.02)
        stop.set()
        await asyncio.wait_for(running, 2)

    asyncio.run(told())
    inbox.put("afp/lead.xml")
    inbox.step()
    inbox.time += 1
    asyncio.run(asyncio.wait_for(inbox.watcher.run(asyncio.Event(), once=True), 2))
    assert inbox.watcher.sent == 1


def test_two_on_one_folder_are_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(UsageError, match="another newswire watch"), locked(tmp_path):
        pass
    with pytest.raises(UsageError, match="no such folder"), locked(tmp_path / "nothing"):
        pass
    with locked(tmp_path):
        assert Folder(tmp_path).look() == ([], Folder(tmp_path).look()[1])
