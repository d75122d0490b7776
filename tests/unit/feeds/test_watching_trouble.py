"""A watched folder in trouble: broker away, crashes, files that grow, are too large, or are no files at all."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest
from watching_support import NOW, Inbox

from streams import config, pipeline
from streams.contracts.story import Origin, RawMessage
from streams.errors import BrokerTrouble
from streams.feeds.folder import Folder
from streams.feeds.handing import LARGEST
from streams.loading import toolbox, windows


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


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
