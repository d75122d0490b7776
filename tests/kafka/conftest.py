"""The cluster for the tests: three brokers of Apache Kafka, or the one that ``NEWSWIRE_TEST_KAFKA`` names.

Tests that harm brokers ask for ``cluster``, and are skipped where one is named; those that only need three brokers ask
for ``brokers``. The named one (bootstrap servers, no TLS, no password) must hold no topics of a wire: they would be
deleted. Without Java, Maven or a way to its repository tests are skipped, and say so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.errors import BrokerTrouble
from tests.kafka.artefacts import Unavailable
from tests.kafka.cluster import Brokers, Cluster
from tests.kafka.given import Given, Refused

# Taken out of the environment: the product refuses a NEWSWIRE_ variable that is no setting of its own.
GIVEN = os.environ.pop("NEWSWIRE_TEST_KAFKA", None)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three brokers that a test may harm, if it leaves them up."""
    if GIVEN:
        pytest.skip("harms brokers, and those that NEWSWIRE_TEST_KAFKA names are not ours")
    folder: Path = tmp_path_factory.mktemp("kafka")
    try:
        started = Cluster(folder)
        started.__enter__()
    except Unavailable as reason:
        pytest.skip(str(reason))
    try:
        yield started
    finally:
        started.__exit__()


@pytest.fixture(scope="session")
def brokers(request: pytest.FixtureRequest) -> Iterator[Brokers]:
    """Brokers that are not to be harmed: those that are named, else three of ours."""
    if not GIVEN:
        yield request.getfixturevalue("cluster")
        return
    try:
        given = Given(GIVEN)
    except (Refused, BrokerTrouble) as error:
        pytest.exit(f"NEWSWIRE_TEST_KAFKA: {error}", returncode=1)
    yield given
    given.close()
