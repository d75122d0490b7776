"""Times a worker's start with N entries in its changelog: until the state is loaded and the first story is out.

The entries are made up and written straight to a changelog of the measurement's own group. Says nothing of a wire at
work, and refuses a cluster that has one.
"""

from __future__ import annotations

import base64
import hashlib
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from confluent_kafka import KafkaError, Producer
from kafka.partitioner import murmur2

from streams import identity, pipeline
from streams.bench.ground import refuse_a_wire
from streams.bench.stages import START
from streams.config import Settings
from streams.contracts import codec, structs, topics
from streams.contracts.story import Origin, RawMessage
from streams.demo.stage import WorkerProcess
from streams.errors import BrokerTrouble, NewswireError
from streams.feeds.generating import story, text
from streams.feeds.publishing import Feeder
from streams.feeds.subscribing import Subscriber
from streams.loading import toolbox, windows
from streams.runtime import provision
from streams.runtime.credentials import for_librdkafka
from streams.runtime.embedded import EmbeddedBroker, settings_for
from streams.runtime.ports import free_port

SHARD = "en"
WORDS = 200
WRITTEN = 10_000
"""Entries that are made of copy of their own: half a million would take longer to write than to recover."""
GIVE_UP_SECONDS = 900.0
PROBE = 7_000_000
"""Number of the first generated story that is waited for; no entry is made of it."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """One start. ``ready``: seconds from the process's start until it says that it is ready (changelog read);
    ``first_story``: until the first story was published, the index being built before that; ``recovered``: of the
    entries, those found in the table; ``rate``: entries a second beyond what a start without any takes, None for none.
    """

    entries: int
    changelog_bytes: int
    recovered: int
    ready: float
    first_story: float
    rate: float | None = None


def measure(
    sizes: Sequence[int], settings: Settings, broker: str | None, tick: Callable[[int], None]
) -> list[Recovery]:
    """Start a worker over a changelog of each of *sizes* entries and of none; *tick* gets the entries written.

    *broker* is an empty cluster, None the embedded broker. Raises :class:`UsageError` for a cluster that has a wire.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newswire-")))
        if broker is None:
            settings = settings_for(stack.enter_context(EmbeddedBroker()).address, settings)
        else:
            settings = replace(settings, broker=broker)
            refuse_a_wire(settings)
        rows: list[Recovery] = []
        for number, size in enumerate(sorted({0, *sizes})):
            own = replace(settings, app_id=f"recovery-{size}", data_dir=folder / str(size), metrics_port=free_port())
            row = _start(own, size, number, folder / f"{size}.log", tick)
            spent = row.first_story - rows[0].first_story if rows else 0.0
            rows.append(replace(row, rate=size / spent if spent > 0 else None))
        return rows


def entries(number: int, settings: Settings) -> Iterator[identity.Entry]:
    """Yield *number* entries of different new stories of about 200 words, as if decided one after the other.

    Beyond :data:`WRITTEN` the words are those of an earlier one; fingerprint, ids and times are an entry's own.
    """
    written: list[identity.Entry] = []
    for entry in _written(min(number, WRITTEN), settings):
        written.append(entry)
        yield entry
    for sequence in range(len(written) + 1, number + 1):
        yield _again(written[sequence % WRITTEN], sequence)


def _again(entry: identity.Entry, sequence: int) -> identity.Entry:
    """Return *entry* as another story's: nothing that it is filed under by bytes, id or likeness is the same."""
    exact = hashlib.sha256(str(sequence).encode()).hexdigest()
    size = len(base64.b64decode(entry.fingerprint.signature))
    signature = base64.b64encode(random.Random(sequence).randbytes(size)).decode()  # noqa: S311 - no secret
    at, origin = START + timedelta(seconds=sequence / 8), f"{topics.RAW.name}/0/{sequence}"
    uri = f"urn:newswire:sha256:{exact}"
    return replace(
        entry,
        key=f"{origin}#0",
        sequence=sequence,
        origin=origin,
        at=at,
        received=at,
        uri=uri,
        sha256=exact,
        fingerprint=replace(entry.fingerprint, exact=exact, body=exact, signature=signature),
        identity=replace(entry.identity, uri=uri, story=f"urn:newswire:story:{exact[:16]}"),
    )


def _written(number: int, settings: Settings) -> Iterator[identity.Entry]:
    tools, limits = toolbox(settings), windows(settings)
    [template] = pipeline.normalise(RawMessage(text(0, WORDS).encode(), Origin("recovery")), tools)
    for sequence in range(1, number + 1):
        headline, *paragraphs, _ = text(sequence, WORDS).strip().split("\n\n")
        body = "\n\n".join(paragraphs)
        print_ = identity.fingerprint(headline, body, SHARD)
        at = START + timedelta(seconds=sequence / 8)
        made = structs.replace(
            template,
            uri=f"urn:newswire:sha256:{print_.exact}",
            headline=headline,
            body=body,
            fingerprint=print_,
            provenance=replace(
                template.provenance,
                origin=Origin(topics.RAW.name, 0, sequence),
                sha256=print_.exact,
                received=at,
                arrived=at,
            ),
        )
        # Decided against nothing, for speed: nearly all copy is new, and so is all that is generated.
        *_, (_, entry) = identity.decide(made, identity.IdentityState(limits, pipeline.MemoryStore()), at).writes
        if not isinstance(entry, identity.Entry):
            raise NewswireError("a new story's decision ends with its entry")
        yield replace(entry, sequence=sequence)


def _start(settings: Settings, size: int, number: int, log: Path, tick: Callable[[int], None]) -> Recovery:
    probe = PROBE + number
    provision.apply(settings)
    size_bytes = _write(settings, size, tick)
    with Feeder(settings) as feeder:
        feeder.send(story(probe, WORDS))
    headline = text(probe, WORDS).split("\n", 1)[0]
    worker = WorkerProcess(settings, log)
    began = time.monotonic()
    ready: float | None = None
    worker.start()
    try:
        while time.monotonic() - began < GIVE_UP_SECONDS:
            if ready is None and worker.health():
                ready = time.monotonic() - began
            if ready is not None and _published(settings, headline):
                out = time.monotonic() - began
                found = int(worker.metrics().get('newswire_table_entries{table="identity"}', 0))
                # The raw topic holds this start's story and those of the starts before it.
                return Recovery(size, size_bytes, found - number - 1, ready, out)
            if worker.wait(0.1) is not None:
                raise NewswireError(f"the worker ended while recovering:\n{worker.last_words()}")
    finally:
        worker.stop()
    raise BrokerTrouble(f"no story came out within {GIVE_UP_SECONDS:.0f} s:\n{worker.last_words()}")


def _published(settings: Settings, headline: str) -> bool:
    with Subscriber(settings, [topics.STORIES.name], from_beginning=True) as subscriber:
        return any(
            codec.loads(record.value or b"")["item"]["headlines"][0]["value"] == headline
            for record in subscriber.until_quiet(0.3)
        )


def _write(settings: Settings, size: int, tick: Callable[[int], None]) -> int:
    """Write the changelog; return its bytes, keys included."""
    topic = topics.changelog_topic(settings.app_id).name
    partition = (murmur2(SHARD.encode()) & 0x7FFFFFFF) % settings.partitions
    total = 0
    failed: list[KafkaError] = []

    def told(error: KafkaError | None, message: Any) -> None:
        if error is not None:
            failed.append(error)

    producer = Producer(for_librdkafka(settings) | {"linger.ms": 20, "log_level": 0})
    for entry in entries(size, settings):
        key, value = f"{partition}/{SHARD}/{entry.key}".encode(), codec.encode(entry)
        while True:
            try:
                producer.produce(topic, value, key, partition, told)
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)
        total += len(key) + len(value)
        tick(entry.sequence)
    left = producer.flush(120)
    # The embedded broker's end of log lags by a batch: without this one the entries' last would not be read back.
    producer.produce(topic, None, f"{partition}/{SHARD}/none".encode(), partition, told)
    left += producer.flush(120)
    if failed or left:
        raise BrokerTrouble(f"the changelog was not written: {failed[0] if failed else f'{left} entries not taken'}")
    return total
