"""Credentials in each client's dialect, and files that cannot be used told as such."""

from __future__ import annotations

import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from streams.config import Settings
from streams.errors import UsageError
from streams.runtime.credentials import for_faust, for_kafka_python, for_librdkafka, ssl_context

SECURED = Settings(
    security_protocol="SASL_SSL", sasl_mechanism="SCRAM-SHA-256", sasl_username="svc", sasl_password="canary-5b1f"
)


def test_plain_text_needs_none() -> None:
    assert ssl_context(Settings()) is None
    assert for_faust(Settings()) is None
    assert not [name for name in for_kafka_python(Settings()) if "sasl" in name or "ssl" in name]
    assert not [name for name in for_librdkafka(Settings()) if "sasl" in name or "ssl" in name]


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
def test_each_client_gets_user_password_and_mechanism(mechanism: str) -> None:
    made = replace(SECURED, sasl_mechanism=mechanism)
    faust = for_faust(made)
    assert (faust.mechanism.value, faust.username, faust.password) == (mechanism, "svc", "canary-5b1f")
    assert faust.protocol.value == "SASL_SSL"
    kafka = for_kafka_python(made)
    assert (kafka["sasl_mechanism"], kafka["sasl_plain_username"], kafka["sasl_plain_password"]) == (
        mechanism,
        "svc",
        "canary-5b1f",
    )
    rdkafka = for_librdkafka(made)
    assert (rdkafka["sasl.mechanism"], rdkafka["sasl.username"], rdkafka["sasl.password"]) == (
        mechanism,
        "svc",
        "canary-5b1f",
    )


def test_certificates_and_host_names_are_always_checked() -> None:
    context = ssl_context(SECURED)
    assert context is not None
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert not {"enable.ssl.certificate.verification", "ssl.endpoint.identification.algorithm"} & set(
        for_librdkafka(SECURED)
    )


@pytest.mark.parametrize("client", [for_faust, for_kafka_python, for_librdkafka])
def test_a_file_that_cannot_be_used_is_told_by_every_client(client: object, tmp_path: Path) -> None:
    (tmp_path / "broken.pem").write_text("canary-5b1f")
    for wrong in (
        {"ssl_cafile": tmp_path / "nowhere.pem"},
        {"ssl_cafile": tmp_path / "broken.pem"},
        {"ssl_certfile": tmp_path / "broken.pem"},
    ):
        with pytest.raises(UsageError, match="NEWSWIRE_SSL_CAFILE") as error:
            client(replace(SECURED, **wrong))  # type: ignore[operator,arg-type]
        assert "canary" not in str(error.value)
