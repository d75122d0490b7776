"""Coverage-guided fuzzing of everything that reads raw bytes: every parser and the whole copy desk.

    make fuzz SECONDS=600

Nothing but a documented rejection or clean stories may come of any bytes: no exception, no hang, no unbounded
memory, and the receipt's invariant holds. Crashes are written to the current folder by libFuzzer.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["streams.formats", "streams.copydesk", "streams.text", "streams.places"]):
    from streams import copydesk, formats, places

from streams.contracts.story import Origin, RawMessage
from streams.errors import Rejected

GAZETTEER = places.load()
MOST_BYTES = 1 << 20


def one(data: bytes) -> None:
    """Read, clean and locate *data*; raises on anything that is not a documented outcome."""
    message = RawMessage(data, Origin("fuzz"))
    try:
        stories = formats.read(message, MOST_BYTES)
    except Rejected:
        return
    for raw in stories:
        clean = copydesk.clean(raw, None)
        left, at = [], 0
        for cut in clean.cuts:
            assert raw.copy[cut.start : cut.end] == cut.text, "a receipt that does not say what was cut"
            assert cut.start >= at, "receipts overlap"
            left.append(raw.copy[at : cut.start])
            at = cut.end
        left.append(raw.copy[at:])
        assert "".join("".join(left).split()) == "".join(clean.body.split()), "text minus receipts is not the body"
        places.locate(clean, GAZETTEER)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
