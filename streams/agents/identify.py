"""The identify agent: normalised story + state → enriched records on every topic they belong to. Judges nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from streams import pipeline
from streams.agents import retags
from streams.agents.counting import Counting
from streams.agents.dead_letters import check_size, dead_letter
from streams.agents.destinations import topics_of
from streams.agents.ports import Batches, Breaker, Delivery, Message, Output, ReadStory, States
from streams.agents.slices import Caused, work_off
from streams.contracts import codec, headers
from streams.contracts.retag import Retag
from streams.contracts.story import NormalisedStory
from streams.contracts.wake import Wake
from streams.errors import Rejected
from streams.identity import next_release
from streams.metrics import Metrics

log = logging.getLogger(__name__)
NAME = "identify"
WAKE_KIND, RETAG_KIND = headers.WAKE.decode(), headers.RETAG.decode()
BEHIND = timedelta(seconds=10)
"""Copy that is read so long after it arrived is a backlog, or a replay."""
QUIET = timedelta(seconds=3)
"""When no backlog has been read for so long, it has ended."""


class Identify:
    """The agent's work, one record at a time, apart from Faust. ``clock`` gives the time for ``processed``."""

    def __init__(
        self,
        toolbox: pipeline.Toolbox,
        metrics: Metrics,
        delivery: Delivery,
        states: States,
        breaker: Breaker,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.toolbox = toolbox
        self.metrics = metrics
        self.delivery = delivery
        self.states = states
        self.breaker = breaker
        self.clock = clock
        self._stage = metrics.histograms("newswire_stage_seconds")
        self._messages = metrics.counters("newswire_messages")
        self._heard: dict[int, tuple[datetime, datetime]] = {}
        self._desks = frozenset(desk.name for desk in toolbox.desks)
        self.counting = Counting(metrics, clock)

    async def run(self, batches: Batches) -> None:
        """Work off *batches*; acknowledgement is the delivery's."""
        await work_off(batches, self.handle, self.delivery, self._tell_breaker)

    def _tell_breaker(self, rejected: bool) -> None:
        # What was read well was counted as such by normalise: once more here would halve the share of what was not.
        if rejected:
            self.breaker.record(True)

    def handle(self, message: Message) -> Caused:
        """Decide one record, or release what is due; return what that causes."""
        kind = headers.value_of(message.headers or (), headers.RECORD_KIND)
        if kind == RETAG_KIND:
            return self._retag(message)
        try:
            read, due = self._read(message, kind)
        except Rejected as error:
            return Caused([self._rejected(message, error)], rejected=True)
        decisions = self._released(message.partition, due)
        outputs = [output for _, identified in decisions for output in self._outputs(identified, ())]
        trouble: Rejected | None = None
        if read is not None:
            try:
                decided = self._decided(read.story, message.partition, due)
                made = self._outputs(decided, headers.carried(message.headers or ()))
                check_size(made)
                outputs += made
                decisions.append((read.story.shard, decided))
            except Rejected as error:
                trouble = error
                outputs.append(self._rejected(message, error))

        place = (message.partition, message.offset)
        made_here = [identified for _, identified in decisions]
        self.counting.begun(place, made_here)
        writes = [
            write
            for shard, identified in decisions
            for write in self.states.stage(message.partition, shard, identified.writes, read)
        ]
        return Caused(outputs, writes, partial(self.counting.durable, place, made_here), trouble is not None)

    def forget(self) -> None:
        """Partitions went elsewhere: whoever has them now reads again what was not acknowledged."""
        self.counting.forget()

    def _retag(self, message: Message) -> Caused:
        """Tag a published story anew, or leave it alone; either way it is counted, as a re-tag and nothing else."""
        try:
            asked = codec.decode(message.value or b"", Retag)
            answer = pipeline.retag(asked, self.states.state(message.partition, asked.shard), self.clock())
            outputs = retags.outputs_of(answer, self._desks, headers.carried(message.headers or ()))
            check_size(outputs)
        except Rejected as error:
            return Caused([self._rejected(message, error)], rejected=True)
        writes = self.states.stage(message.partition, asked.shard, answer.writes)
        counter = self.metrics.counter("newswire_retags", verdict=answer.verdict)
        return Caused(outputs, writes, counter.inc)

    def _rejected(self, message: Message, error: Rejected) -> Output:
        self.metrics.counter("newswire_rejected", reason=error.reason.value, source="unknown").inc()
        log.error(
            "identify rejected %s/%s/%s: %s", message.topic, message.partition, message.offset, error, exc_info=error
        )
        return dead_letter(message, error)

    def _read(self, message: Message, kind: str | None) -> tuple[ReadStory | None, datetime]:
        """Return the story, None for a wake record, and until when embargoes have passed.

        That is when the story arrived, not when it is read: copy read again meets the held stories it met before. A
        time that the clock has not reached yet lifts nothing.
        """
        value = message.value or b""
        if kind == WAKE_KIND:
            return None, codec.decode(value, Wake).due
        story = codec.decode(value, NormalisedStory)
        self._messages(NAME, self.metrics.source(story.provenance.source)).inc()
        now = self.clock()
        arrived = min(story.provenance.arrived or now, now)
        self._heard[message.partition] = (arrived, now)
        return ReadStory(story, value), arrived

    def catching_up(self, partition: int, now: datetime) -> bool:
        """Whether old copy is still coming in: it may belong before a held story whose time has passed meanwhile."""
        arrived, read = self._heard.get(partition, (now, now))
        return read - arrived > BEHIND and now - read < QUIET

    def _released(self, partition: int, due: datetime) -> list[tuple[str, pipeline.Identified]]:
        """Return (shard, records) of the held stories of *partition* that are due."""
        now = self.clock()
        states = ((shard, self.states.state(partition, shard)) for shard in self.states.shards(partition))
        return [
            (shard, pipeline.release(state, due, now, self.toolbox))
            for shard, state in states
            if (first := next_release(state)) is not None and first <= due
        ]

    def _decided(self, story: NormalisedStory, partition: int, arrived: datetime) -> pipeline.Identified:
        state = self.states.state(partition, story.shard)
        return pipeline.identify(story, state, arrived, self.clock(), self.toolbox, self._observe)

    def _outputs(self, identified: pipeline.Identified, trace: Sequence[tuple[str, bytes]]) -> list[Output]:
        """Return the records of a decision on every topic they belong to.

        State is persisted only after its outputs are durable, so what is found in the state was published:
        a replayed input is acknowledged, not sent again.
        """
        if identified.replayed:
            return []
        outputs: list[Output] = []
        for outcome, record, story in identified.records:
            topics = topics_of(outcome, record)
            if not topics:
                continue
            value = pipeline.encoded(record)
            sent = headers.for_record(record, story.provenance.received, list(trace))
            key = str(record.item["uri"]).encode()
            outputs += [Output(topic, key, value, sent) for topic in topics]
        return outputs

    def _observe(self, stage: str, seconds: float) -> None:
        self._stage(stage).observe(seconds)
