"""A story on a running wire is tagged anew: next version, same place in the feed, the real update after it."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from streams import config
from streams.cli import newswire
from streams.contracts import codec, topics
from streams.contracts.story import Origin, RawMessage
from streams.places.gazetteer import PACKAGED
from tests.integration.conftest import Wire

FERRY, DAM = "urn:example:callao-ferry", "urn:example:dam-repairs"


def _message(uri: str, version: str, hour: int, headline: str, *paragraphs: str) -> RawMessage:
    item = {
        "uri": uri,
        "type": "text",
        "version": version,
        "language": "en",
        "versionCreated": f"2026-03-10T{hour:02}:00:00Z",
        "headlines": [{"value": headline}],
        "bodies": [{"contentType": "text/plain", "value": "\n\n".join(paragraphs)}],
    }
    return RawMessage(codec.encode(item), Origin("test"), source="afp", content_type="application/json")


FERRY_COPY = (
    "Ferry service from Callao to resume",
    "The ferry service from Callao will resume on Friday after a month of repairs, the harbour master of Callao said.",
    "Two boats were fitted with new engines and will take 300 passengers each.",
)
DAM_COPY = (
    "Engineers in Norway finish repairs of old dam",
    "Engineers in Norway have finished the repair of a dam built in 1931, the Norwegian water authority said.",
    "The reservoir will be filled again over the summer.",
)


@pytest.fixture
def rules(tmp_path: Path) -> list[str]:
    """Options for a gazetteer that has Callao in Ecuador, and for desks with one more and one less."""
    _, _, body = gzip.decompress(PACKAGED.read_bytes()).partition(b"\n")
    body, lines = re.subn(rb"(?m)^callao\t.*$", lambda line: line[0].replace(b":PE:", b":EC:"), body)
    assert lines == 1
    header = json.loads(gzip.decompress(PACKAGED.read_bytes()).partition(b"\n")[0])
    header["sha256"] = hashlib.sha256(body).hexdigest()
    gazetteer = tmp_path / "other.tsv.gz"
    gazetteer.write_bytes(gzip.compress(json.dumps(header).encode() + b"\n" + body, 1))
    desks = tmp_path / "desks.toml"
    desks.write_text('[europe]\nregions = ["150"]\n\n[africa]\ncountries = ["EC"]\n')
    return ["--gazetteer", str(gazetteer), "--desks", str(desks)]


def _retag(wire: Wire, *arguments: str) -> Result:
    return CliRunner().invoke(
        newswire, ["retag", "--publish", *arguments], env=config.environment_of(wire.stage.settings)
    )


def _latest(wire: Wire) -> dict[str, dict[str, Any]]:
    """The feed as a reader of the compacted topic has it."""
    return {str(c.key): codec.loads(c.value or b"") for c in wire.read(topics.LATEST.name, quiet=0.6)}


def _order(latest: dict[str, dict[str, Any]]) -> list[str]:
    items = sorted((record["item"] for record in latest.values()), key=lambda item: item["versionCreated"])
    return [item["uri"] for item in items]


@pytest.mark.broker
def test_tagged_anew_while_the_wire_runs(wire: Wire, rules: list[str]) -> None:
    wire.feed(_message(FERRY, "1", 9, *FERRY_COPY), _message(DAM, "1", 10, *DAM_COPY))
    wire.wait(topics.LATEST.name, 2)
    before = _latest(wire)
    ferry = before[str(FERRY.encode())]
    assert [tag["code"] for tag in ferry["countries"]] == ["PE"]
    [left] = ferry["desks"]
    assert left not in ("africa", "europe")

    shown = _retag(wire, "--since", "1h", *rules)
    assert shown.exit_code == 3, shown.output
    assert "PE → EC" in shown.output
    assert "1 change" in shown.output
    assert len(wire.read(topics.LATEST.name, quiet=0.6)) == 2, "a dry run sends nothing"

    sent = _retag(wire, "--send", *rules)
    again = _retag(wire, "--send", *rules)
    assert (sent.exit_code, again.exit_code) == (0, 0), (sent.output, again.output)
    assert "1 sent" in sent.output
    wire.wait(topics.LATEST.name, 3)
    after = _latest(wire)
    record = after[str(FERRY.encode())]
    assert (record["relation"], record["item"]["version"]) == ("retag", "2")
    assert [tag["code"] for tag in record["countries"]] == ["EC"]
    assert record["desks"] == ["africa"]
    assert record["item"] == {**ferry["item"], "version": "2"}
    assert after[str(DAM.encode())] == before[str(DAM.encode())]
    assert _order(after) == _order(before) == [FERRY, DAM]
    for desk in ("africa", left):
        [*_, heard] = wire.read(topics.desk_topic(desk).name, quiet=0.6)
        assert codec.loads(heard.value or b"") == record, f"{desk} did not hear of it"

    update = (*FERRY_COPY, "A third boat is to follow in June, the harbour master said.")
    wire.feed(_message(FERRY, "2", 11, *update))
    wire.wait(topics.LATEST.name, 4)
    real = _latest(wire)[str(FERRY.encode())]
    assert (real["relation"], real["item"]["version"], real["of"]["version"]) == ("update", "3", "2")

    stories = [codec.loads(c.value or b"") for c in wire.read(topics.STORIES.name)]
    versions = [(story["item"]["uri"], story["item"]["version"]) for story in stories]
    assert sorted(versions) == [(FERRY, "1"), (FERRY, "2"), (FERRY, "3"), (DAM, "1")], "each version once"
    until = time.monotonic() + 120
    while wire.stage.worker.metrics().get('newswire_retags_total{verdict="retagged"}') != 1:
        assert time.monotonic() < until
        time.sleep(0.2)
