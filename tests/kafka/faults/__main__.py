"""``python -m tests.kafka.faults``: runs the faults one after the other and writes the table of their books.

Exit status 0 when every row balances and the control does not; else 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from streams.bench import recovery
from streams.config import Settings
from streams.contracts import codec
from tests.kafka import agreeing
from tests.kafka.artefacts import VERSION, Unavailable
from tests.kafka.cluster import Cluster
from tests.kafka.faults.catalogue import FAULTS
from tests.kafka.faults.table import document

ROWS = Path("build/faults.json")


def main() -> int:
    """Run what is asked for; rows of earlier runs are kept beside it in ``build/faults.json``."""
    parser = argparse.ArgumentParser(prog="python -m tests.kafka.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FAULT", help="of: " + ", ".join(f.name for f in FAULTS))
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table of all rows so far there")
    parser.add_argument("--start", type=int, nargs="*", metavar="ENTRIES", help="time starts over so much state, too")
    parser.add_argument("--render", action="store_true", help="run nothing: write the rows that are there")
    asked = parser.parse_args()
    if unknown := set(asked.names) - {fault.name for fault in FAULTS}:
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    kept: dict[str, Any] = codec.loads(ROWS.read_bytes()) if ROWS.exists() else {"rows": {}, "starts": []}
    good = True
    everything = not asked.names and asked.start is None and not asked.render
    chosen = [fault for fault in FAULTS if everything or fault.name in asked.names]
    try:
        if chosen or asked.start is not None:
            with tempfile.TemporaryDirectory(prefix="newswire-cluster-") as folder, Cluster(Path(folder)) as cluster:
                for fault in chosen:
                    began = time.monotonic()
                    try:
                        row = fault.run(cluster)
                    except Unavailable as reason:
                        print(f"{fault.name}: skipped, {reason}", flush=True)
                        continue
                    good &= row.balanced is not fault.must_fail
                    kept["rows"][fault.name] = asdict(row)
                    _keep(kept)
                    print(f"{fault.name}: {row} ({time.monotonic() - began:.0f} s)", flush=True)
                if asked.start is not None:
                    known = {start["entries"]: start for start in kept["starts"] + _starts(cluster, asked.start)}
                    kept["starts"] = [known[entries] for entries in sorted(known)]
                    _keep(kept)
    except Unavailable as reason:
        print(f"no cluster: {reason}", file=sys.stderr)
        return 1
    if asked.write:
        asked.write.write_text(document(kept["rows"], kept["starts"], _machine()), "utf-8")
    return 0 if good else 1


def _keep(kept: dict[str, Any]) -> None:
    ROWS.parent.mkdir(exist_ok=True)
    ROWS.write_bytes(codec.encode(kept))


def _starts(cluster: Cluster, sizes: list[int]) -> list[dict[str, Any]]:
    settings = Settings(replication=3, min_insync=2, broker=cluster.address)
    agreeing.delete(settings)
    began = time.monotonic()

    def told(entries: int) -> None:
        if entries % 50_000 == 0:
            print(f"{entries:,} entries written, {time.monotonic() - began:.0f} s", flush=True)

    rows = recovery.measure(sizes, settings, cluster.address, told)
    for row in rows:
        print(row, flush=True)
    return [asdict(row) for row in rows]


def _machine() -> str:
    processors = f"{os.cpu_count()} processors ({platform.machine()})"
    return f"Apache Kafka {VERSION}, Python {platform.python_version()}, {processors}"


if __name__ == "__main__":
    sys.exit(main())
