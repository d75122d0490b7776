"""Harm by what is sent and where to: refused records, a topic that is gone, poison, a reader that is slow."""

from __future__ import annotations

import threading
import time

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, ResourceType

from streams.contracts import topics
from streams.runtime import provision
from tests.kafka import agreeing
from tests.kafka.chains import Send, broken
from tests.kafka.cluster import Brokers
from tests.kafka.rig import Rig, Row, rig

FLOOD = 300


def too_large(cluster: Brokers) -> Row:
    """The brokers take smaller records of a topic than the catalogue says, until somebody puts that right."""
    with rig(cluster, retry_seconds=5.0) as run:
        time.sleep(5)
        _limit(run, topics.STORIES.name, 20_000)
        long = "\n\n".join(f"   The harbour master counted {n} boats and wrote the number down." for n in range(900))
        body = f"Harbour-boats,lead/\nHarbour master of Ostrel counts every boat =\n\n{long}\n\nabc/def\n"
        run.feeder.put(Send("long/0", "long", body.encode(), "afp", "text/plain", "new"))
        run.wait_for(lambda: bool(run.worker.ended), 60, "the worker did not end over a record that is refused")
        assert topics.STORIES.name in run.worker.process.last_words(400), "its last words name the topic"
        time.sleep(5)
        _limit(run, topics.STORIES.name, topics.STORIES.max_record_bytes)
        run.fault_over()
        return run.row("a topic refuses a record as too large, until its limit is put right")


def _limit(run: Rig, topic: str, size: int) -> None:
    entry = ConfigEntry("max.message.bytes", str(size), incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
    client = AdminClient({"bootstrap.servers": run.settings.broker})
    for done in client.incremental_alter_configs([resource]).values():
        done.result(30)


def topic_missing(cluster: Brokers) -> Row:
    """A topic is deleted under the worker, and made again by ``newswire topics apply``."""
    with rig(cluster, feeding=False, retry_seconds=5.0) as run:
        with provision.admin(run.settings) as client:
            client.delete_topics([topics.RETRACTIONS.name])
        run.feeder.start()
        run.wait_for(lambda: bool(run.worker.ended), 90, "the worker did not end over a topic that is gone")
        assert topics.RETRACTIONS.name in run.worker.process.last_words(400), "its last words name the topic"
        agreeing.make(run.settings)
        run.fault_over()
        run.read_afresh()
        return run.row("a topic is deleted, and made again")


def flood(cluster: Brokers) -> Row:
    """More broken copy than the breaker bears: the worker stops, and goes on once a person has said that it may."""
    with rig(cluster, breaker_window=100) as run:
        time.sleep(5)
        run.feeder.put_all(send for number in range(FLOOD) for send in broken(1_000_000 + number))
        run.wait_for(lambda: bool(run.worker.ended), 90, "the breaker did not stop the worker")
        letters = len(run.collector.drain().dead)
        assert letters < FLOOD, "it stopped before the wire was emptied into the dead-letter topic"
        run.replace_worker(breaker_share=1.0)
        run.audit()
        run.worker.start()
        run.fault_over()
        said = f"the breaker opened after {letters} dead letters"
        return run.row(f"a flood of {FLOOD} broken messages; the breaker stops the worker", said)


def slow_reader(cluster: Brokers, seconds: float = 20.0) -> Row:
    """A subscriber that reads five stories a second of twenty-five: it holds nobody up, and misses nothing."""
    with rig(cluster) as run:
        reader = Consumer({
            "bootstrap.servers": run.settings.broker, "group.id": "slow", "enable.auto.commit": False,
            "queued.max.messages.kbytes": 64, "fetch.message.max.bytes": 32_768, "fetch.queue.backoff.ms": 10,
        })  # fmt: skip
        reader.assign([TopicPartition(topics.STORIES.name, number, 0) for number in range(run.settings.partitions)])
        seen: list[tuple[int, int]] = []
        slow, over = threading.Event(), threading.Event()

        def read() -> None:
            while not over.is_set():
                read = [message for message in reader.consume(1, 0.2) if message.error() is None]
                seen.extend((message.partition(), message.offset()) for message in read)
                slow.wait(0.2)

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        time.sleep(seconds)
        behind = len(run.collector.drain().answers) - len(seen)
        slow.set()
        run.fault_over()
        row = run.row("a subscriber that reads five stories a second", f"it was {behind} stories behind")
        written = run.collector.books.written
        stories = sum(number for (topic, _, _), number in written.items() if topic == topics.STORIES.name)
        run.wait_for(lambda: len(seen) >= stories, 60, "the slow subscriber did not catch up")
        over.set()
        thread.join(10)
        reader.close()
        assert len(seen) == len(set(seen)) == stories
        return row
