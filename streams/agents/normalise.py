"""The normalise agent: raw bytes → normalised stories, keyed by identity shard. Stateless; judges nothing."""

from __future__ import annotations

import logging

from streams import pipeline
from streams.agents.dead_letters import check_size, dead_letter
from streams.agents.ports import Batches, Breaker, Delivery, Message, Output
from streams.agents.slices import Caused, work_off
from streams.contracts import codec, headers
from streams.contracts.envelope import moment, moment_at
from streams.contracts.story import Origin, RawMessage
from streams.contracts.topics import NORMALISED
from streams.errors import Reason, Rejected
from streams.metrics import Metrics

log = logging.getLogger(__name__)
NAME = "normalise"


def raw_message(message: Message) -> RawMessage:
    """Return the raw message in a Kafka record; the broker's timestamp stands in for a missing ``received``."""
    sent = message.headers or ()
    arrived = moment_at(message.timestamp or 0.0)
    return RawMessage(
        body=message.value or b"",
        origin=Origin(message.topic, message.partition, message.offset),
        source=headers.source_of(headers.value_of(sent, headers.SOURCE)),
        content_type=headers.value_of(sent, headers.CONTENT_TYPE),
        received=moment(headers.value_of(sent, headers.RECEIVED)) or arrived,
        arrived=arrived,
    )


class Normalise:
    """The agent's work, one message at a time, apart from Faust."""

    def __init__(self, toolbox: pipeline.Toolbox, metrics: Metrics, delivery: Delivery, breaker: Breaker) -> None:
        self.toolbox = toolbox
        self.metrics = metrics
        self.delivery = delivery
        self.breaker = breaker
        self._stage = metrics.histograms("newswire_stage_seconds")
        self._messages = metrics.counters("newswire_messages")
        self._failed = metrics.counters("newswire_rejected")

    async def run(self, batches: Batches) -> None:
        """Work off *batches*; acknowledgement is the delivery's."""
        await work_off(batches, self.handle, self.delivery, self.breaker.record)

    def handle(self, message: Message) -> Caused:
        """Return what *message* causes."""
        outputs, rejected = self.outputs(message)
        return Caused(outputs, rejected=rejected)

    def outputs(self, message: Message) -> tuple[list[Output], bool]:
        """Return what *message* causes, and whether it was rejected: its stories, or its dead letter."""
        raw = raw_message(message)
        source = self.metrics.source(raw.source)
        self._messages(NAME, source).inc()
        self._failed(Reason.INTERNAL.value, source)  # exported as 0, so that a rate sees the first
        if raw.arrived is not None:
            self.metrics.gauge("newswire_last_message_timestamp_seconds", source=source).set(raw.arrived.timestamp())
        try:
            stories = pipeline.normalise(raw, self.toolbox, self._observe)
            trace = headers.carried(message.headers or ())
            outputs = [
                Output(
                    topic=NORMALISED.name,
                    key=story.shard.encode(),
                    value=codec.encode(story),
                    headers=headers.for_normalised(story, trace),
                )
                for story in stories
            ]
            check_size(outputs)
            return outputs, False
        except Rejected as error:
            return self._rejected(message, error, source), True
        except TypeError as error:
            unencodable = Rejected(Reason.INTERNAL, f"the story does not encode: {error}")
            return self._rejected(message, unencodable, source), True

    def _rejected(self, message: Message, error: Rejected, source: str) -> list[Output]:
        self.metrics.counter("newswire_rejected", reason=error.reason.value, source=source).inc()
        self.metrics.counter("newswire_outcomes", outcome="rejected", relation="none", source=source).inc()
        log.warning("rejected %s/%s/%s from %s: %s", message.topic, message.partition, message.offset, source, error)
        if error.reason is Reason.INTERNAL:
            log.error("a stage failed on %s/%s", message.partition, message.offset, exc_info=error)
        return [dead_letter(message, error)]

    def _observe(self, stage: str, seconds: float) -> None:
        self._stage(stage).observe(seconds)
