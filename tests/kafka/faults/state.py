"""Harm to what a worker keeps and goes by: its changelog, its directory, its disk, its clock."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from confluent_kafka import ConsumerGroupTopicPartitions, TopicPartition
from confluent_kafka.admin import AdminClient

from streams.contracts import topics
from tests.kafka import agreeing
from tests.kafka.artefacts import Unavailable
from tests.kafka.cluster import Brokers
from tests.kafka.rig import Rig, Row, rig

SMALL_DISK_MB = 48


def changelog_lost(cluster: Brokers) -> Row:
    """The changelog topic is deleted and the directory with it; the group reads its input again from the start."""
    with rig(cluster, store="rocksdb") as run:
        run.hold(1, 75)
        time.sleep(12)
        status, _ = run.worker.stop()
        assert status == 0, run.worker.process.last_words(40)
        run.audit()
        changelog = topics.changelog_topic(run.settings.app_id).name
        agreeing.delete(run.settings, [changelog])
        shutil.rmtree(run.settings.data_dir)
        rewind(run)
        agreeing.make(run.settings)
        run.read_afresh()
        run.worker.start()
        run.fault_over()
        time.sleep(8)
        return run.row("changelog and directory lost; the state made again by reading the normalised topic again")


def rewind(run: Rig) -> None:
    """Put the group back to the start of the normalised topic; no worker may run."""
    start = [TopicPartition(topics.NORMALISED.name, number, 0) for number in range(run.settings.partitions)]
    client = AdminClient({"bootstrap.servers": run.settings.broker})
    until = time.monotonic() + 30
    while True:
        try:
            for done in client.alter_consumer_group_offsets(
                [ConsumerGroupTopicPartitions(run.settings.app_id, start)]
            ).values():
                done.result(30)
            return
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def corrupted(cluster: Brokers) -> Row:
    """Every file of the RocksDB directory is damaged; the worker says so, and the directory is deleted."""
    with rig(cluster, store="rocksdb", rocksdb_write_buffer_mb=1) as run:
        time.sleep(15)
        run.worker.kill()
        run.audit()
        for file in run.settings.data_dir.rglob("*"):
            if file.is_file() and (file.suffix in (".sst", ".log") or file.name.startswith("MANIFEST")):
                damage(file)
        run.worker.start()
        run.wait_for(lambda: bool(run.worker.ended), 60, "the worker did not end over a damaged directory")
        assert run.worker.ended[0] != 0
        words = run.worker.process.last_words(400)
        assert "delete NEWSWIRE_DATA_DIR" in words, f"its last words say what to do:\n{words[-3000:]}"
        run.worker.kill()
        shutil.rmtree(run.settings.data_dir)
        run.worker.start()
        run.fault_over()
        return run.row("RocksDB directory damaged; deleted, and read back from the changelog")


def damage(file: Path) -> None:
    """Turn over the bits of the middle of *file*."""
    data = bytearray(file.read_bytes())
    for place in range(len(data) // 4, len(data) * 3 // 4):
        data[place] ^= 0xFF
    file.write_bytes(bytes(data))


def fill(file: Path) -> None:
    """Write *file* until its disk is full."""
    opened = os.open(file, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(opened, b"." * 4096):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
    finally:
        os.close(opened)


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of a few megabytes. Raises :class:`Unavailable` where we may not mount one."""
    folder = Path(tempfile.mkdtemp(prefix="newswire-small-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_MB}m", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        folder.rmdir()
        raise Unavailable(f"cannot mount a small file system: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
        folder.rmdir()


def disk_full(cluster: Brokers) -> Row:
    """The disk of the state is full for some time; the worker ends and is started again until there is room."""
    with small_disk() as disk, rig(cluster, store="rocksdb", data_dir=disk / "data") as run:
        time.sleep(8)
        ballast = disk / "ballast"
        fill(ballast)
        run.wait_for(lambda: bool(run.worker.ended), 60, "the worker did not end over a full disk")
        time.sleep(5)
        ballast.unlink()
        run.fault_over()
        return run.row("the disk of the state full for a while")


def clock_steps(cluster: Brokers) -> Row:
    """The worker's clock an hour ahead, an hour behind, and right again; an embargo ends while it is behind."""
    with tempfile.TemporaryDirectory(prefix="newswire-clock-") as folder:
        file = Path(folder) / "seconds"
        with rig(cluster, command=(sys.executable, "-m", "tests.kafka.clock_worker", str(file))) as run:
            for seconds in (3600, -3600):
                time.sleep(5)
                file.write_text(str(seconds))
                time.sleep(5)
                if seconds < 0:
                    run.hold(2, 8)
                    time.sleep(10)
            file.write_text("0")
            run.fault_over()
            time.sleep(5)
            return run.row("the worker's clock an hour ahead, an hour behind, right again")
