"""The cluster for the tests: three brokers of Apache Kafka, or the one that ``NEWSWIRE_TEST_KAFKA`` names.

Tests that harm brokers ask for ``cluster``; those that only need Kafka ask for ``kafka``, its bootstrap servers.
Without Java, Maven or a way to its repository they are skipped, and say so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kafka.artefacts import Unavailable
from tests.kafka.cluster import Cluster

# Taken out of the environment: the product refuses a NEWSWIRE_ variable that is no setting of its own.
GIVEN = os.environ.pop("NEWSWIRE_TEST_KAFKA", None)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three brokers that a test may harm, if it leaves them up."""
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
def kafka(request: pytest.FixtureRequest) -> str:
    """The bootstrap servers of a cluster of three brokers at least, not to be harmed."""
    if GIVEN:
        return GIVEN
    started: Cluster = request.getfixturevalue("cluster")
    return started.address
