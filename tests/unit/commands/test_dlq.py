"""``newswire dlq``: dry by default, statuses, bytes that cannot steer a terminal."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from streams.cli import newswire
from streams.commands.dlq_view import next_steps, readable
from streams.contracts import headers
from streams.contracts.story import Origin
from streams.errors import Reason, UsageError
from streams.feeds import deadletters
from streams.feeds.deadletters import Letter, letter_of, superseding
from streams.feeds.subscribing import Consumed


def consumed(offset: int, reason: Reason = Reason.MALFORMED, replays: int = 0, value: bytes = b"<nitf>") -> Consumed:
    own = [("source", b"afp"), *([(headers.REPLAYS, str(replays).encode())] if replays else [])]
    sent = headers.for_dead_letter(own, reason, "broke \x1b[2Joff", None, Origin("wire.raw.v1", 2, offset), "0.1.0")
    return Consumed("wire.raw.v1.dlq", 0, offset, 1_773_126_000.0 + offset, 0.0, b"afp", value, sent)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(newswire, ["dlq", *arguments])


@pytest.fixture
def topic(monkeypatch: pytest.MonkeyPatch) -> list[Consumed]:
    """The dead-letter topic; a test may add to it."""
    there = [consumed(1), consumed(2, Reason.INTERNAL, value=b"copy of two"), consumed(3, replays=1)]

    def read(settings: object, wanted: Any) -> tuple[Letter, ...]:
        return tuple(letter for letter in superseding(map(letter_of, there)) if letter in wanted)

    monkeypatch.setattr(deadletters, "read", read)
    monkeypatch.setattr(deadletters, "fetch", lambda settings, id_: (letter_of(there[1]), there[1]))
    return there


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def send(letters: Any, settings: object, rate: float | None) -> int:
        found.extend(letter.id for letter in letters)
        return len(letters)

    monkeypatch.setattr(deadletters, "send", send)
    return found


def test_list_tells_each_and_the_sum(topic: list[Consumed]) -> None:
    lines = invoke("list").output.splitlines()
    assert lines[0].split()[:3] == ["id", "rejected", "reason"]
    assert lines[1].split()[:4] == ["0/1", "2026-03-10T07:00:01Z", "malformed", "afp"]
    assert "a newer letter is there" in lines[1]
    assert "\x1b" not in "".join(lines)
    assert lines[-1] == "3 dead letters: 2 malformed, 1 internal"


def test_what_somebody_else_wrote_cannot_steer_the_terminal(topic: list[Consumed]) -> None:
    foreign = [(f"{headers.DEAD_PREFIX}reason", b"bad\x1b[2J"), ("x-null", None)]
    topic[1:] = [replace(topic[1], headers=foreign)]
    for arguments in (["list"], ["show", "0/2"]):
        answer = invoke(*arguments)
        assert answer.exit_code == 0, answer.output
        assert "\x1b" not in answer.output
    assert json.loads(invoke("show", "0/2", "--json").output)["headers"][1] == ["x-null", None]


def test_list_as_json_and_chosen(topic: list[Consumed]) -> None:
    rows = [json.loads(line) for line in invoke("list", "--json", "--reason", "malformed").output.splitlines()]
    assert [(row["id"], row["superseded"], row["replays"]) for row in rows] == [("0/1", True, 0), ("0/3", False, 1)]
    assert invoke("list", "--since", "2026-03-10T07:00:03Z", "--limit", "5").output.endswith(
        "1 dead letter: 1 malformed\n"
    )


def test_show_makes_everything_readable_and_says_what_next(topic: list[Consumed]) -> None:
    said = invoke("show", "0/2").output
    for expected in (
        "wire.raw.v1/2/2", "__streams.errors.reason", "the closed reason code", "source", "copy of two",
        "our defect. Replay it", "newswire dlq show 0/2 --raw | newswire process --source afp -",
        "newswire dlq replay 0/2 --send",
    ):  # fmt: skip
        assert expected in said
    assert "\x1b" not in said


def test_show_raw_is_the_bytes_and_nothing_else(topic: list[Consumed]) -> None:
    assert invoke("show", "0/2", "--raw").stdout_bytes == b"copy of two"
    whole = json.loads(invoke("show", "0/2", "--json").output)
    assert base64.b64decode(whole["value_base64"]) == b"copy of two"
    assert whole["headers"][0] == ["source", "afp"]


def test_a_replay_is_dry_unless_told(topic: list[Consumed], sent: list[str]) -> None:
    result = invoke("replay")
    assert result.exit_code == 0
    assert "2 would be sent; nothing sent: add --send; passed over as there is a newer letter: 1" in result.output
    assert sent == []


def test_sent_the_newest_of_each_message(topic: list[Consumed], sent: list[str]) -> None:
    assert invoke("replay", "--send").exit_code == 0
    assert sent == ["0/2", "0/3"]


def test_one_by_id_and_a_limit(topic: list[Consumed], sent: list[str]) -> None:
    invoke("replay", "0/3", "--send")
    invoke("replay", "--send", "--limit", "1", "--rate", "5")
    assert sent == ["0/3", "0/2"]


def test_what_came_back_too_often_is_left_and_is_a_finding(topic: list[Consumed], sent: list[str]) -> None:
    result = invoke("replay", "--max-replays", "1", "--send")
    assert result.exit_code == 3
    assert "left alone as they came back 1 times: 1" in result.output
    assert sent == ["0/2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("replay", "--rate", "5"), "--send"),
        (("replay", "7/7"), "7/7: no such dead letter"),
        (("list", "--since", "yesterday"), "--since yesterday"),
        (("list", "--since", "1h", "--until", "2h"), "before --until"),
        (("show", "0/2", "--raw", "--json"), "one of them"),
    ],
)
def test_bad_usage_says_what_to_do(topic: list[Consumed], arguments: tuple[str, ...], said: str) -> None:
    result = invoke(*arguments)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)


@pytest.mark.parametrize("name", ["list", "show", "replay"])
def test_every_help_has_an_example(name: str) -> None:
    said = invoke(name, "--help").output
    assert "Example" in said
    assert f"newswire dlq {name}" in said


@pytest.mark.parametrize(
    ("value", "content_type", "said"),
    [
        (None, None, "tombstone"),
        (b"", None, "no bytes"),
        ("Überfall".encode("latin-1"), "text/plain; charset=iso-8859-1", "Überfall"),
        ("Überfall".encode("utf-16"), None, "Überfall"),
        (b"\x01ZCZC\x02 wire copy \x03", None, "ZCZC"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(64)), None, "00000000  89 50 4e 47"),
    ],
)
def test_bytes_are_made_readable(value: bytes | None, content_type: str | None, said: str) -> None:
    assert said in readable(value, content_type)


def test_copy_cannot_steer_the_terminal_and_does_not_fill_it() -> None:
    copy = b"A copy of some length, the mayor told reporters on the quay.\n"
    shown = readable(copy + b"\x1b[2J\x1b]0;title\x07" + copy * 1000, None)
    assert "the mayor" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert len(shown) < 5000
    assert "bytes more" in shown


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_says_what_to_do(reason: Reason) -> None:
    first, *rest = next_steps(letter_of(consumed(1, reason)))
    assert first == reason.help
    assert rest
