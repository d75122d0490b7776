"""Why a cluster cannot be reached: each reason told apart, no secret in it. librdkafka is faked."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from streams import config
from streams.errors import BrokerTrouble, NewswireError, UsageError
from streams.runtime import reaching

SECURED = config.Settings(
    security_protocol="SASL_SSL", sasl_mechanism="SCRAM-SHA-512", sasl_username="svc", sasl_password="canary-5b1f"
)


class FakeAdmin:
    """Answers as told: errors reported on the side, and what the listing and the describing of a topic end with."""

    told: tuple[KafkaError, ...] = ()
    listing: KafkaError | None = None
    topics: dict[str, KafkaError] = {}  # noqa: RUF012 - replaced, never written to
    refused: KafkaError | None = None

    def __init__(self, options: dict[str, Any], logger: Any) -> None:
        if self.refused:
            raise KafkaException(self.refused)
        self.options = options

    def list_topics(self, timeout: float) -> None:
        if self.listing:
            raise KafkaException(self.listing)

    def poll(self, timeout: float) -> int:
        for error in self.told:
            self.options["error_cb"](error)
        return len(self.told)

    def describe_topics(self, topics: Any, request_timeout: float) -> dict[str, Future[None]]:
        answers: dict[str, Future[None]] = {topic: Future() for topic in topics.topic_names}
        for topic, answer in answers.items():
            if topic in self.topics:
                answer.set_exception(KafkaException(self.topics[topic]))
            else:
                answer.set_result(None)
        return answers


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    monkeypatch.setattr(reaching, "AdminClient", FakeAdmin)
    monkeypatch.setattr(reaching, "ASK_SECONDS", 0.2)

    def refuse(*arguments: Any, **options: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)

    def answers(**said: Any) -> None:
        for name, otherwise in (("told", ()), ("listing", None), ("topics", {}), ("refused", None)):
            monkeypatch.setattr(FakeAdmin, name, said.get(name, otherwise))

    answers()
    return answers


DOWN = KafkaError(KafkaError._TRANSPORT, "Failed to get metadata")


def why(settings: config.Settings, *topics: str) -> NewswireError:
    with pytest.raises(NewswireError) as error:
        reaching.check(settings, topics, 0.2)
    assert "canary" not in str(error.value)
    return error.value


def test_a_cluster_that_answers_is_well(broker: Callable[..., None]) -> None:
    reaching.check(SECURED, ["t"])
    reaching.before_start(SECURED, ["t", "u"])


@pytest.mark.parametrize(
    ("code", "words", "kind", "said"),
    [
        (
            KafkaError._AUTHENTICATION,
            "x/bootstrap: Authentication failed (after 3ms in state AUTH)",
            UsageError,
            "'svc'",
        ),
        (KafkaError._SSL, "certificate verify failed", UsageError, "NEWSWIRE_SSL_CAFILE"),
        (KafkaError._TRANSPORT, "connecting to a PLAINTEXT broker listener?", UsageError, "speaks no TLS"),
        (KafkaError.UNSUPPORTED_SASL_MECHANISM, "no such", UsageError, "NEWSWIRE_SASL_MECHANISM"),
        (KafkaError._TRANSPORT, "Connect to ipv4#127.0.0.1:1 failed: Connection refused", BrokerTrouble, "is it up"),
        (KafkaError._ALL_BROKERS_DOWN, "1/1 brokers are down", BrokerTrouble, "is it up"),
    ],
)
def test_each_reason_is_told_apart(
    broker: Callable[..., None], code: int, words: str, kind: type[NewswireError], said: str
) -> None:
    broker(listing=DOWN, told=(KafkaError(code, words),))
    reason = why(SECURED)
    assert type(reason) is kind
    assert said in str(reason)
    assert "bootstrap" not in str(reason)
    assert "after 3ms" not in str(reason)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (KafkaError.TOPIC_AUTHORIZATION_FAILED, "newswire topics acls"),
        (KafkaError.UNKNOWN_TOPIC_OR_PART, "newswire topics apply"),
    ],
)
def test_a_topic_that_is_missing_or_not_ours_is_told(broker: Callable[..., None], code: int, said: str) -> None:
    broker(topics={"u": KafkaError(code)})
    assert str(why(SECURED, "t", "u")).startswith("u: ")
    assert said in str(why(SECURED, "t", "u"))
    with pytest.raises(UsageError):
        reaching.before_start(SECURED, ["t", "u"])


def test_many_topics_that_are_missing_are_told_as_one(broker: Callable[..., None]) -> None:
    names = [f"desk-{n}" for n in range(5)]
    broker(topics=dict.fromkeys(names, KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART)))
    assert str(why(SECURED, "t", *names)).startswith("desk-0, desk-1, desk-2 and 2 more: no such topic")


def test_a_topic_that_cannot_be_looked_up_stops_nobody(broker: Callable[..., None]) -> None:
    broker(topics={"t": KafkaError(KafkaError.LEADER_NOT_AVAILABLE)})
    assert isinstance(why(SECURED, "t"), BrokerTrouble)
    reaching.before_start(SECURED, ["t"])


def test_settings_that_librdkafka_cannot_use_are_told(broker: Callable[..., None]) -> None:
    broker(refused=KafkaError(KafkaError._INVALID_ARG, "no such mechanism"))
    assert isinstance(why(SECURED), UsageError)


def test_who_waits_is_not_stopped_by_silence(broker: Callable[..., None]) -> None:
    broker(listing=DOWN)
    reaching.before_start(SECURED, ["t"])


def test_a_failure_although_the_cluster_answers_says_what_failed(broker: Callable[..., None]) -> None:
    reason = reaching.why(SECURED, TimeoutError("no metadata"))
    assert isinstance(reason, BrokerTrouble)
    assert "TimeoutError: no metadata" in str(reason)
    broker(listing=DOWN, told=(KafkaError(KafkaError._AUTHENTICATION, "failed"),))
    assert isinstance(reaching.why(SECURED, TimeoutError()), UsageError)
