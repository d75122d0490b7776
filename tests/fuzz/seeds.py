"""``python -m tests.fuzz.seeds FOLDER``: something of every format to start fuzzing from."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from streams.bench.dressing import DRESSES, dressed
from streams.feeds.sampling import sample

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for message in sample(datetime(2026, 3, 12, tzinfo=UTC)):
        (folder / str(message.origin)).write_bytes(message.body)
    for name in DRESSES:
        (folder / name).write_bytes(dressed(name, 1, words=80))
