"""A day of copy with fixed arrival times for the replay tests: the sample wire and generated chains. Sends nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from streams.contracts import codec
from streams.contracts.story import Origin, RawMessage
from streams.feeds.generating import text
from streams.feeds.sampling import sample

DAY = datetime(2026, 3, 10, tzinfo=UTC)
EMBARGO = DAY + timedelta(hours=12, minutes=30)
"""When the sample's embargoed item, and the generated one, may be printed: others come before and after."""
CHAINS = 6


def _at(minutes: float) -> datetime:
    return DAY + timedelta(minutes=minutes)


def _message(name: str, body: str, minutes: float, source: str, content_type: str = "text/plain") -> RawMessage:
    at = _at(minutes)
    return RawMessage(body.encode(), Origin(name), source, content_type, received=at, arrived=at)


def _wire(slug: str, headline: str, advisory: str, paragraphs: list[str]) -> str:
    body = "\n\n".join(f"   {paragraph}" for paragraph in paragraphs)
    said = f"   ATTENTION - {advisory} ///\n\n" if advisory else ""
    return f"{slug}/\n{headline} =\n\n{said}{body}\n\nabc/def\n"


def chain(number: int) -> list[RawMessage]:
    """One generated story as it is sent: alert, leads, a re-send, a reprint, a correction and, of every other, a kill.

    In every third chain the second lead comes four minutes before the first, its parent.
    """
    headline, *paragraphs, _ = text(5000 + number, 220).strip().split("\n\n")
    start, source, slug = 360 + 37 * number, "afp", f"Generated-chain-{number}"
    first = _wire(f"{slug},lead", headline, "", paragraphs[:2])
    second = _wire(f"{slug},2ndlead", headline, "ADDS details, quotes", paragraphs[:4])
    wrong = next((word for word in paragraphs[1].split() if word[:1].isdigit()), "one")
    corrected = [paragraphs[0], paragraphs[1].replace(wrong, f"9{wrong}"), *paragraphs[2:4]]
    early, late = (9, 13) if number % 3 else (13, 9)
    sends = [
        (0, source, f"ALERT\n\n{headline}\n\nabc/def\n"),
        (early, source, first),
        (late, source, second),
        (20, source, second),
        (31, "northgatedaily", f"{headline}\n\nBy AFP\n\n" + "\n\n".join(paragraphs[:4]) + "\n\n(c) 2026 AFP\n"),
        (44, source, _wire(slug, headline, f"CORRECTS para 2 to say 9{wrong}, not {wrong}", corrected)),
        (290, source, _wire(f"{slug},WRAP", headline, "UPDATES throughout", paragraphs)),
    ]
    if number % 2:
        kill = f'Please kill the story slugged {slug} and headlined "{headline}". The story will not be replaced.'
        sends.append((340, source, _wire(slug, f"KILL: {headline}", "MANDATORY KILL", [kill])))
        sends.append((352, "northgatedaily", sends[4][2]))
    return [
        _message(f"chain-{number}-{place}", body, start + minutes, source)
        for place, (minutes, source, body) in enumerate(sends)
    ]


def embargoed() -> list[RawMessage]:
    """A held story, a copy of it and an update that come before its time, and another update after it."""
    headline, *paragraphs, _ = text(5900, 220).strip().split("\n\n")

    def item(version: int, shown: int, until: bool) -> str:
        fields = {
            "uri": "urn:example:replayed-study",
            "type": "text",
            "version": str(version),
            "language": "en",
            "headlines": [{"value": headline}],
            "bodies": [{"contentType": "text/plain", "value": "\n\n".join(paragraphs[:shown])}],
        }
        return codec.encode(fields | ({"embargoedUntil": EMBARGO.isoformat()} if until else {})).decode()

    made = [(640, 1, 3, True), (655, 1, 3, True), (700, 2, 4, True), (760, 3, 5, False)]
    return [
        _message(f"embargo-{minutes}", item(version, shown, until), minutes, "afp", "application/json")
        for minutes, version, shown, until in made
    ]


def day() -> list[RawMessage]:
    """All of it in the order of arrival."""
    chains = [message for number in range(CHAINS) for message in chain(number)]
    sent = [*sample(EMBARGO), *chains, *embargoed()]
    return sorted((replace(m, arrived=m.received) for m in sent), key=lambda m: m.received or DAY)
