"""Records out: what a list of them becomes, and how failures reach whoever waits. librdkafka itself is faked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any, get_args, get_type_hints

import aiokafka.codec
import kafka.codec
import pytest
from confluent_kafka import KafkaError, KafkaException

from streams import config
from streams.agents.ports import Output
from streams.contracts import topics
from streams.errors import BrokerTrouble
from streams.metrics import Metrics
from streams.runtime import producing
from streams.runtime.producing import FaustProducing, Librdkafka


class FakeProducer:
    """librdkafka's queue: takes ``room`` records, reports on them when told to."""

    made: FakeProducer
    """The last that was made: for copies, and for whatever topic is not named as urgent."""
    at_once: FakeProducer

    def __init__(self, options: dict[str, Any], logger: Any) -> None:
        FakeProducer.at_once, FakeProducer.made = getattr(FakeProducer, "made", self), self
        self.options = options
        self.queue: list[tuple[str, bytes | None, Any]] = []
        self.reports: list[Callable[[], None]] = []
        self.taken: list[tuple[str, bytes | None, bytes | None, int, Any]] = []
        self.room = 1000
        self.polls = 0
        self.refuse: KafkaError | None = None
        self.broken: Exception | None = None

    def produce(
        self, topic: str, value: bytes | None, key: bytes | None, partition: int, report: Any, headers: Any
    ) -> None:
        if self.refuse is not None:
            raise KafkaException(self.refuse)
        if len(self.queue) >= self.room:
            raise BufferError("Local: Queue full")
        self.queue.append((topic, value, report))
        self.taken.append((topic, value, key, partition, headers))

    def acknowledge(self, offset: int, error: KafkaError | None = None) -> None:
        """The broker took, or refused, the oldest record; the report waits until it is fetched."""
        topic, value, report = self.queue.pop(0)
        told = SimpleNamespace(topic=lambda: topic, partition=lambda: 0, offset=lambda: offset, value=lambda: value)
        self.reports.append(lambda: report(error, told))

    def poll(self, timeout: float) -> int:
        assert timeout == 0, "waiting here would hold the event loop"
        self.polls += 1
        if self.broken is not None:
            raise self.broken
        reports, self.reports = self.reports, []
        for report in reports:
            report()
        return len(reports)


Scenario = Callable[[Librdkafka, FakeProducer], Coroutine[Any, Any, None]]


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, metrics: Metrics) -> Callable[..., FakeProducer]:
    monkeypatch.setattr(producing, "Producer", FakeProducer)

    def run(scenario: Scenario | None = None, **settings: Any) -> FakeProducer:
        async def whole() -> FakeProducer:
            ours = Librdkafka(config.Settings(**settings), metrics)
            await ours.start()
            try:
                if scenario is not None:
                    await asyncio.wait_for(scenario(ours, FakeProducer.made), 30)
            finally:
                await ours.stop()
            return FakeProducer.made

        return asyncio.run(whole())

    return run


def output(value: bytes | None = b"v", topic: str = "out", partition: int | None = None) -> Output:
    return Output(topic, b"k", value, [("h", b"1")], partition)


def test_a_list_is_done_when_the_last_of_it_is_and_not_before(run: Callable[..., FakeProducer]) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        sent: Any = await ours.send([output(b"a"), output(b"b"), output(None, "other", 3)])
        fake.acknowledge(7)
        fake.acknowledge(8)
        await asyncio.sleep(0.02)
        assert not sent.done()
        fake.acknowledge(2)
        assert await sent == {("other", 0): 2}, "who gave no partition asks for no offset"

    fake = run(scenario)
    assert fake.taken == [
        ("out", b"a", b"k", -1, [("h", b"1")]),
        ("out", b"b", b"k", -1, [("h", b"1")]),
        ("other", None, b"k", 3, [("h", b"1")]),
    ]


def test_a_record_that_the_broker_refuses_is_trouble_and_is_counted(
    run: Callable[..., FakeProducer], metrics: Metrics
) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        sent = await ours.send([output(), output()])
        fake.acknowledge(-1, KafkaError(KafkaError._MSG_TIMED_OUT))
        fake.acknowledge(1)
        with pytest.raises(BrokerTrouble, match="out did not take a record"):
            await sent

    run(scenario)
    assert metrics.registry.get_sample_value("newswire_send_errors_total", {"topic": "out"}) == 1


def test_a_record_that_librdkafka_refuses_at_once_is_the_same_trouble(run: Callable[..., FakeProducer]) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        fake.refuse = KafkaError(KafkaError.MSG_SIZE_TOO_LARGE)
        sent = await ours.send([output()])
        with pytest.raises(BrokerTrouble):
            await sent

    run(scenario)


def test_a_full_queue_is_waited_for_and_no_record_is_lost_or_turned_round(run: Callable[..., FakeProducer]) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        fake.room = 2
        sending = asyncio.create_task(ours.send([output(str(n).encode(), partition=0) for n in range(5)]))
        for offset in range(5):
            while not fake.queue:
                await asyncio.sleep(0)
            assert len(fake.queue) <= 2
            fake.acknowledge(offset)
            await asyncio.sleep(0.005)
        assert await (await sending) == {("out", 0): 4}

    fake = run(scenario)
    assert [value for _, value, *_ in fake.taken] == [b"0", b"1", b"2", b"3", b"4"]


def test_a_list_that_was_given_up_half_way_is_not_waited_for_at_the_end(
    run: Callable[..., FakeProducer], caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        fake.room = 2
        sending = asyncio.gather(ours.send([output() for _ in range(3)]))
        while len(fake.queue) < 2:
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

    run(scenario, retry_seconds=1.0)
    assert "not acknowledged in time" not in caplog.text


def test_nothing_is_polled_for_while_nothing_is_on_the_way(run: Callable[..., FakeProducer]) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        await asyncio.sleep(0.1)
        assert fake.polls <= 1

    run(scenario)


def test_reports_that_can_no_longer_be_fetched_leave_nobody_waiting(run: Callable[..., FakeProducer]) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        sent = await ours.send([output()])
        fake.broken = RuntimeError("the client is in no state to go on")
        with pytest.raises(BrokerTrouble, match="no state to go on"):
            await sent

    run(scenario)


def test_stopping_waits_for_what_is_on_the_way(run: Callable[..., FakeProducer]) -> None:
    reached: list[object] = []

    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        sent: Any = await ours.send([output(partition=0)])
        sent.add_done_callback(lambda done: reached.append(done.result()))
        asyncio.get_running_loop().call_later(0.05, fake.acknowledge, 0)

    run(scenario)
    assert reached == [{("out", 0): 0}]


def test_stopping_waits_no_longer_than_a_record_may_be_retried(
    run: Callable[..., FakeProducer], caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        await ours.send([output()])

    run(scenario, retry_seconds=0.05)
    assert "will be read again" in caplog.text


def test_nothing_can_be_sent_before_it_starts() -> None:
    with pytest.raises(BrokerTrouble):
        asyncio.run(Librdkafka(config.Settings(), Metrics()).send([output()]))


@pytest.mark.parametrize("linger", [(5, 20), (1000, 0), (0, 1000), (0, 0)])
@pytest.mark.parametrize("retry", [0.0, 0.5, 30.0])
def test_a_record_lives_longer_than_it_may_wait_for_company(
    run: Callable[..., FakeProducer], linger: tuple[int, int], retry: float
) -> None:
    run(linger_ms=linger[0], copies_linger_ms=linger[1], retry_seconds=retry)
    both = FakeProducer.at_once.options, FakeProducer.made.options
    assert tuple(options["linger.ms"] for options in both) == linger
    for options in both:
        assert options["message.timeout.ms"] > options["linger.ms"]
        assert options["message.timeout.ms"] >= 1000 * retry


def test_a_story_goes_at_once_and_its_copies_wait_for_company(run: Callable[..., FakeProducer]) -> None:
    urgent = [topics.NORMALISED, topics.STORIES, topics.ALERTS, topics.RETRACTIONS, topics.DUPLICATES]
    copies = [topics.LATEST.name, topics.desk_topic("europe").name, "newswire-identity-changelog"]

    async def scenario(ours: Librdkafka, fake: FakeProducer) -> None:
        sent: Any = await ours.send([output(topic=name) for name in (*copies, *(topic.name for topic in urgent))])
        assert [topic for topic, *_ in fake.taken] == copies
        assert [topic for topic, *_ in fake.at_once.taken] == [topic.name for topic in urgent]
        for producer in (fake.at_once, fake):
            assert not sent.done()
            while producer.queue:
                producer.acknowledge(0)
        await sent

    run(scenario)


@pytest.mark.parametrize("setting", [{}, {"retry_seconds": 0.0}, {"compression": "zstd"}, {"compression": "lz4"}])
def test_librdkafka_itself_takes_the_options(setting: dict[str, Any]) -> None:
    async def scenario() -> None:
        ours = Librdkafka(config.Settings(broker="127.0.0.1:1", **setting), Metrics())
        await ours.start()
        await ours.stop()

    asyncio.run(scenario())


@pytest.mark.parametrize("packing", sorted(set(get_args(get_type_hints(config.Settings)["compression"])) - {"none"}))
@pytest.mark.parametrize("reader", [aiokafka.codec, kafka.codec], ids=["worker", "feeds and desk"])
def test_what_is_packed_can_be_read_again(packing: str, reader: Any) -> None:
    """Whatever a setting packs, and a feeder of its own accord: a worker that cannot unpack a record ends at it."""
    assert getattr(reader, f"has_{packing}")()
    copy = b"Freedonia's port was shut by a gale. " * 50
    assert bytes(getattr(reader, f"{packing}_decode")(getattr(reader, f"{packing}_encode")(copy))) == copy


def test_a_key_goes_where_the_java_client_would_put_it() -> None:
    assert Librdkafka(config.Settings(), Metrics())._options["partitioner"] == "murmur2_random"


def test_no_record_is_acknowledged_by_fewer_than_all_or_twice() -> None:
    assert Librdkafka(config.Settings(), Metrics())._options["enable.idempotence"] is True


def test_fausts_producer_gives_the_same_answers(metrics: Metrics) -> None:
    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        answers: list[Any] = [SimpleNamespace(partition=0, offset=3), SimpleNamespace(partition=0, offset=4)]

        async def send(*record: Any) -> Any:
            future = loop.create_future()
            future.set_result(answers.pop(0))
            return future

        ours = FaustProducing(SimpleNamespace(producer=SimpleNamespace(send=send)), metrics)
        assert await (await ours.send([output(partition=0), output(partition=0)])) == {("out", 0): 4}

        async def refuse(*record: Any) -> Any:
            raise OSError("too large")

        ours = FaustProducing(SimpleNamespace(producer=SimpleNamespace(send=refuse)), metrics)
        with pytest.raises(BrokerTrouble):
            await (await ours.send([output()]))

    asyncio.run(scenario())
    assert metrics.registry.get_sample_value("newswire_send_errors_total", {"topic": "out"}) == 1


def test_who_tells_a_sender_gets_every_offset(monkeypatch: pytest.MonkeyPatch, metrics: Metrics) -> None:
    async def whole() -> None:
        ours = Librdkafka(config.Settings(), metrics, placed=True)
        await ours.start()
        sent: Any = await ours.send([output(b"a")])
        FakeProducer.made.acknowledge(7)
        assert await asyncio.wait_for(sent, 30) == {("out", 0): 7}
        await ours.stop()

    monkeypatch.setattr(producing, "Producer", FakeProducer)
    asyncio.run(whole())
