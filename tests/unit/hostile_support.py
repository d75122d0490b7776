"""One story in each kind of frame, hostile copy wherever copy can stand, and what the pipeline makes of it."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime

from streams import config, pipeline
from streams.contracts import codec
from streams.contracts.record import ProcessLine
from streams.contracts.story import Origin, RawMessage
from streams.errors import Reason
from streams.loading import windows

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SETTINGS = config.Settings()
WORDS = "The harbour council of Oslo said on Tuesday that the ferry service will resume after repairs to the quay."


def process(tools: pipeline.Toolbox, *bodies: bytes, source: str | None = None) -> list[ProcessLine]:
    """What becomes of messages that come one after the other; nothing of it may be a failure of ours."""
    messages = [RawMessage(body, Origin(f"m{n}"), source, None, NOW, NOW) for n, body in enumerate(bodies)]
    lines = list(pipeline.process(messages, tools, windows(SETTINGS), lambda: NOW))
    for line in lines:
        codec.encode(line)
        assert line.reason is None or line.reason in {reason.value for reason in Reason}
        assert line.reason != Reason.INTERNAL, line.detail
    return lines


def reasons(lines: list[ProcessLine]) -> list[str | None]:
    return [line.reason for line in lines]


def plain(part: str) -> bytes:
    opened = f"Ferry service resumes in Oslo\n\nOslo, March 10, 2026 (AFP) - {WORDS}"
    return f"{opened}\n\n{part}\n\n{WORDS}\n\nabc/def\n".encode()


def opening(part: str) -> bytes:
    return f"{part}\n\n{WORDS}\n".encode()


def page(part: str) -> bytes:
    article = f"<h1>Ferry service resumes</h1><p>{WORDS}</p><p>{html.escape(part)}</p><p>{WORDS}</p>"
    return f"<html><head><title>Ferry</title></head><body><article>{article}</article></body></html>".encode()


def nitf(part: str) -> bytes:
    safe = html.escape("".join(sign for sign in part if sign in "\t\n\r" or sign >= " "))
    head = f"<hedline><hl1>{safe}</hl1></hedline><byline>{safe}</byline>"
    body = f"<p>{WORDS}</p><p>{safe}</p>"
    return (
        f"<nitf><head><title>Ferry</title></head><body><body.head>{head}</body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    ).encode()


def ninjs(part: str) -> bytes:
    fields = {"uri": "urn:x:1", "type": "text", "version": "1", "headline": part, "byline": part, "slugline": part}
    return json.dumps(fields | {"body_text": f"{WORDS}\n\n{part}\n\n{WORDS}", "ednote": part}).encode()


FRAMES = {"plain": plain, "opening": opening, "page": page, "nitf": nitf, "ninjs": ninjs}
