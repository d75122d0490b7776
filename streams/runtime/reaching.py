"""Why a cluster cannot be reached, in words that say what to set: password, certificate, protocol. Changes nothing.

The three client libraries tell a wrong password and a broker that is down alike, or only in their log. librdkafka's
error reports do not, so it is asked: at the start where there are credentials to be wrong, and after any failure.
No secret is in what is said: librdkafka names the user and the mechanism, never the password.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import time
from collections.abc import Sequence
from typing import Any

from confluent_kafka import KafkaError, KafkaException, TopicCollection
from confluent_kafka.admin import AdminClient

from streams.config import Settings
from streams.errors import BrokerTrouble, NewswireError, UsageError
from streams.runtime.credentials import for_librdkafka
from streams.runtime.installation import named

ASK_SECONDS = 5.0
"""How long the cluster is asked. A refusal comes with the first answer; only silence takes this long."""
DOWN_SECONDS = 1.5
"""How long it is asked again when every server hung up or refused; a broker that starts may do so for a moment."""
_PROBE_SECONDS = 2.0
_quiet = logging.getLogger(f"{__name__}.librdkafka")
_quiet.disabled = True  # it repeats each refusal for as long as it is asked; what it says is said here once


def check(settings: Settings, topics: Sequence[str] = (), seconds: float = ASK_SECONDS) -> None:
    """Ask the cluster for its topics.

    Raises :class:`UsageError` for what a setting can put right: a password, a certificate, the protocol, a
    topic of *topics* that is not there or not ours to see. Raises :class:`BrokerTrouble` when nothing answers.
    """
    told: list[KafkaError] = []
    options: dict[str, Any] = for_librdkafka(settings) | {"error_cb": told.append, "reconnect.backoff.max.ms": 500}
    try:
        client = AdminClient(options, logger=_quiet)
    except KafkaException as wrong:
        raise UsageError(f"the settings for Kafka cannot be used: {_words(wrong.args[0])}") from wrong
    began = time.monotonic()
    until = began + seconds
    last: KafkaError | None = None
    while time.monotonic() < until:
        try:
            client.list_topics(timeout=0.5)
        except KafkaException as failed:
            last = failed.args[0]
            client.poll(0)
            if any(known.code() in _FINAL for known in told):
                break
            if time.monotonic() > began + DOWN_SECONDS and KafkaError._ALL_BROKERS_DOWN in (k.code() for k in told):
                break
            continue
        if topics:
            _look_at(client, topics, settings)
        return
    raise _reason(told, last, settings)


def before_start(settings: Settings, topics: Sequence[str]) -> None:
    """Raise :class:`UsageError` for what :func:`check` finds wrong; that nothing answers is left to who waits.

    Faust would try a wrong password again and again, and wait for a topic that nobody makes; and a desk whose topic is
    not there would end the worker at the first story for it, hours later.
    """
    with contextlib.suppress(BrokerTrouble):
        check(settings, topics)


def why(settings: Settings, error: Exception) -> NewswireError:
    """Return what to raise after *error*, a client's that did not get through: the reason that :func:`check` finds."""
    try:
        check(settings)
    except NewswireError as reason:
        return reason
    return BrokerTrouble(f"Kafka at {settings.broker} answers, but not in time or not this: {_named(error)}")


_FINAL = (
    KafkaError._AUTHENTICATION, KafkaError._SSL, KafkaError.SASL_AUTHENTICATION_FAILED,
    KafkaError.UNSUPPORTED_SASL_MECHANISM, KafkaError._UNSUPPORTED_FEATURE,
)  # fmt: skip


def _look_at(client: AdminClient, topics: Sequence[str], settings: Settings) -> None:
    # Described, not listed by name: a cluster that makes topics as they are asked for would make them, as it likes.
    described = client.describe_topics(TopicCollection(list(topics)), request_timeout=ASK_SECONDS)
    failed: dict[int, list[str]] = {}
    last: KafkaException | None = None
    for topic, answer in described.items():
        try:
            answer.result()
        except KafkaException as error:
            failed.setdefault(error.args[0].code(), []).append(topic)
            last = error
    if last is None:
        return
    if refused := failed.get(KafkaError.TOPIC_AUTHORIZATION_FAILED):
        said = f"{_user(settings)} may not use it; newswire topics acls prints what to allow"
        raise UsageError(f"{named(refused)}: {said}") from last
    if missing := failed.get(KafkaError.UNKNOWN_TOPIC_OR_PART):
        raise UsageError(
            f"{named(missing)}: no such topic on this cluster; newswire topics apply makes what is missing"
        ) from last
    raise BrokerTrouble(f"{named(failed[last.args[0].code()])} cannot be looked up: {_words(last.args[0])}") from last


def _reason(told: list[KafkaError], last: KafkaError | None, settings: Settings) -> NewswireError:
    at = f"Kafka at {settings.broker}"
    for error in told:
        said = _words(error)
        if error.code() in (KafkaError._AUTHENTICATION, KafkaError.SASL_AUTHENTICATION_FAILED):
            return UsageError(
                f"{at} refused {_user(settings)} by {settings.sasl_mechanism}: check NEWSWIRE_SASL_USERNAME, "
                f"NEWSWIRE_SASL_PASSWORD, and that the user has a password for that NEWSWIRE_SASL_MECHANISM ({said})"
            )
        if error.code() == KafkaError._SSL or "certificate" in said:
            return UsageError(
                f"{at}: its certificate is not trusted here, or ours not there: set NEWSWIRE_SSL_CAFILE to the "
                f"authority that signed it, and use the host name that is in it ({said})"
            )
        if "PLAINTEXT broker listener" in said:
            return UsageError(f"{at} speaks no TLS: set NEWSWIRE_SECURITY_PROTOCOL to PLAINTEXT or SASL_PLAINTEXT")
        if error.code() in _FINAL:
            return UsageError(f"{at}: {said}; see NEWSWIRE_SASL_MECHANISM")
    if "SSL" not in settings.security_protocol and _speaks_tls(settings):
        return UsageError(f"{at} speaks TLS: set NEWSWIRE_SECURITY_PROTOCOL to SSL or SASL_SSL")
    said = _words(told[0] if told else last)
    hung_up = "refused" not in said and not settings.security_protocol.startswith("SASL")
    hint = "; if it hangs up on us, it may want SASL: NEWSWIRE_SECURITY_PROTOCOL" if hung_up else ""
    return BrokerTrouble(f"cannot reach {at}: is it up, and is NEWSWIRE_BROKER right{hint}? ({said})")


def _speaks_tls(settings: Settings) -> bool:
    """One TLS greeting to the first server; what certificate it has is not asked."""
    host, _, port = settings.brokers[0].rpartition(":")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host.strip("[]"), int(port)), timeout=_PROBE_SECONDS) as plain,
            context.wrap_socket(plain),
        ):
            return True
    except OSError:
        return False


def _user(settings: Settings) -> str:
    return f"the user {settings.sasl_username!r}" if settings.security_protocol.startswith("SASL") else "us"


def _words(error: KafkaError | None) -> str:
    """librdkafka's words, without the address that they start with and the state that they end with."""
    if error is None:
        return "no answer"
    said = str(error.str())
    return said.split("/bootstrap: ", 1)[-1].split(" (after ", 1)[0].strip()


def _named(error: Exception) -> str:
    text = str(error)
    name = type(error).__name__
    return text if text.startswith(name) else f"{name}: {text}"
