"""Broker credentials from the settings, in the dialects of the clients. Never prints a secret."""

from __future__ import annotations

import ssl
from typing import Any

import faust
from faust.types.auth import AuthProtocol, SASLMechanism

from streams.config import Settings
from streams.errors import UsageError

BOOTSTRAP_MS = 6_000
"""How long the tools try to reach the cluster before they say that they cannot."""


def ssl_context(settings: Settings) -> ssl.SSLContext | None:
    """Return the TLS context that the settings ask for, None without TLS. Raises :class:`UsageError` for bad files."""
    if "SSL" not in settings.security_protocol:
        return None
    try:
        context = ssl.create_default_context(cafile=str(settings.ssl_cafile) if settings.ssl_cafile else None)
        if settings.ssl_certfile is not None:
            keyfile = str(settings.ssl_keyfile) if settings.ssl_keyfile else None
            # A password is always given, or OpenSSL would ask the terminal for that of a locked key.
            context.load_cert_chain(str(settings.ssl_certfile), keyfile, settings.ssl_key_password or "none given")
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            "NEWSWIRE_SSL_CAFILE, NEWSWIRE_SSL_CERTFILE, NEWSWIRE_SSL_KEYFILE or NEWSWIRE_SSL_KEY_PASSWORD cannot be "
            f"used: {error}"
        ) from error
    return context


def for_faust(settings: Settings) -> Any:
    """Return Faust's credentials, None for plain text."""
    context = ssl_context(settings)
    if settings.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            mechanism=SASLMechanism(settings.sasl_mechanism),
            username=settings.sasl_username,
            password=settings.sasl_password,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if settings.security_protocol == AuthProtocol.SSL.value else None


def for_kafka_python(settings: Settings) -> dict[str, Any]:
    """Return the connection settings of every kafka-python client."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.brokers,
        "security_protocol": settings.security_protocol,
        "client_id": f"{settings.app_id}-tools",
        "bootstrap_timeout_ms": BOOTSTRAP_MS,
    }
    context = ssl_context(settings)
    if context is not None:
        options["ssl_context"] = context
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.sasl_password,
        }
    return options


def for_librdkafka(settings: Settings) -> dict[str, Any]:
    """Return the connection settings of confluent-kafka's producer."""
    options: dict[str, Any] = {
        "bootstrap.servers": settings.broker,
        "security.protocol": settings.security_protocol,
        "client.id": settings.app_id,
    }
    files = {
        "ssl.ca.location": settings.ssl_cafile,
        "ssl.certificate.location": settings.ssl_certfile,
        "ssl.key.location": settings.ssl_keyfile,
    }
    if ssl_context(settings) is not None:  # reads the files as the other clients do, and says what is wrong with them
        options |= {name: str(path) for name, path in files.items() if path is not None}
        if settings.ssl_key_password:
            options["ssl.key.password"] = settings.ssl_key_password
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl.mechanism": settings.sasl_mechanism,
            "sasl.username": settings.sasl_username,
            "sasl.password": settings.sasl_password,
        }
    return options
