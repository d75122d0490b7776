"""``python -m tools.audit``: status 1 where a dependency is not as it should be, or has a known hole.

Known holes are asked of PyPI by pip-audit. Where that is not installed or gets no answer, it is said that nothing was
looked up, and the status is what the rest makes it: a machine without internet can run ``make check``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tools.audit.lock import LOCK, ROOT, complaints, declared, installed, pins

ASK_SECONDS = 120
PROBE_SECONDS = 20


def ask(requirements: list[str], seconds: float) -> tuple[list[str], int, str | None]:
    """Return known holes, how many packages were looked up, and why none was, if so."""
    if find_spec("pip_audit") is None:
        return [], 0, "pip-audit is not installed"
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "requirements.txt"
        given.write_text("\n".join(requirements) + "\n")
        command = [sys.executable, "-m", "pip_audit", "-r", str(given), "--no-deps", "--disable-pip", "-f", "json"]
        try:
            ran = subprocess.run(
                [*command, "--progress-spinner", "off", "--timeout", "10"], capture_output=True, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            return [], 0, f"PyPI did not answer within {seconds:.0f} s"
    try:
        told = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], 0, (ran.stderr.decode("utf-8", "replace").strip().splitlines() or ["pip-audit failed"])[-1]
    asked = [found for found in told if "vulns" in found]
    if not asked:
        # pip-audit passes a package over that the index knows nothing of, and then finds no hole in it.
        return [], 0, "the index here answers no question about vulnerabilities"
    holes = [
        f"{found['name']} {found['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version'}"
        for found in asked
        for hole in found["vulns"]
    ]
    return holes, len(asked), None


def main() -> int:
    """Audit, and say what was looked at."""
    lock = pins(LOCK.read_text("utf-8"))
    wrong = [*complaints(lock, declared((ROOT / "pyproject.toml").read_text("utf-8"))), *installed(lock)]
    known = [f"{pin.requirement.name}=={pin.version}" for pin in lock if pin.here and pin.version]
    holes, asked, why = ask(known[:1], PROBE_SECONDS)
    if why is None:
        holes, asked, why = ask(known, ASK_SECONDS)
    for line in (*wrong, *holes):
        print(f"audit: {line}", file=sys.stderr)
    looked = f"known holes asked for {asked} of {len(known)}" if why is None else f"known holes NOT looked up: {why}"
    print(f"audit: {len(lock)} locked dependencies, hashes, licences, versions; {looked}")
    return 1 if wrong or holes else 0


if __name__ == "__main__":
    sys.exit(main())
