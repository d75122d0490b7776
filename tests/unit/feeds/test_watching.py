"""A watched folder: what is complete, what is sent, in what order; broker and clocks are the test's."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from watching_support import NOW, Inbox

from streams.errors import UsageError
from streams.feeds import watching
from streams.feeds.folder import Folder, on_the_way
from streams.feeds.watching import locked


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


@pytest.mark.parametrize("written", [0.0, -1.0])
def test_a_time_that_no_file_can_have_is_not_believed(inbox: Inbox, written: float) -> None:
    inbox.put("afp/lead.xml", written=written)
    inbox.settle()
    assert "received" not in dict(inbox.broker.taken[0].headers)


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
        await asyncio.wait_for(running, 30)

    asyncio.run(told())
    inbox.put("afp/lead.xml")
    inbox.step()
    inbox.time += 1
    asyncio.run(asyncio.wait_for(inbox.watcher.run(asyncio.Event(), once=True), 30))
    assert inbox.watcher.sent == 1


def test_two_on_one_folder_are_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(UsageError, match="another newswire watch"), locked(tmp_path):
        pass
    with pytest.raises(UsageError, match="no such folder"), locked(tmp_path / "nothing"):
        pass
    with locked(tmp_path):
        assert Folder(tmp_path).look() == ([], Folder(tmp_path).look()[1])
