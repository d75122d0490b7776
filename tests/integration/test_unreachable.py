"""A broker that is not there: trouble that says what to do."""

from __future__ import annotations

import subprocess
import sys


def test_an_unreachable_broker_is_trouble_that_says_what_to_do() -> None:
    code = "import streams.cli; streams.cli.main()"
    environ = {"NEWSWIRE_BROKER": "127.0.0.1:1", "PATH": "/usr/bin"}
    result = subprocess.run(
        [sys.executable, "-c", code, "topics", "plan"], capture_output=True, env=environ, timeout=120
    )
    assert result.returncode == 1
    assert b"NEWSWIRE_BROKER" in result.stderr
