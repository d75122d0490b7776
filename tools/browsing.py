"""The live page in a real browser: the desk as a process, Debian's Chromium, a line that can be cut. Checks nothing."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from streams import config
from streams.config import Settings
from streams.runtime.embedded import die_with_parent

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 30.0


def chromium() -> str | None:
    """The path of a Chromium on this machine, None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def browsing() -> Iterator[Any]:
    """A headless browser with a profile of its own; reads ``playwright``, the extra ``browser``."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class DeskProcess:
    """``newswire desk`` as a child process on *port* (0: any). ``address`` once it is up."""

    def __init__(self, settings: Settings, port: int = 0) -> None:
        self.settings = settings
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None
        self.address = ""

    def __enter__(self) -> DeskProcess:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        with tempfile.NamedTemporaryFile(prefix="newswire-desk-", delete=False) as log:
            self.log = Path(log.name)
            self._process = subprocess.Popen(
                (sys.executable, "-m", "streams.cli", "desk"),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=config.for_child(replace(self.settings, desk_port=self._port)),
                preexec_fn=die_with_parent,
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            found = re.search(r"the wire is at (http://[^\s/]+)", self.log.read_text("utf-8", "replace"))
            if found:
                self.address = found[1]
                self._port = int(found[1].rpartition(":")[2])
                return
            time.sleep(0.05)
        raise RuntimeError(f"the desk did not start:\n{self.log.read_text('utf-8', 'replace')}")

    def stop(self) -> int | None:
        """End it; its exit status. A start after this takes the same port."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self.log.unlink(missing_ok=True)
        return process.returncode


class Line:
    """A TCP line to ``host:port`` that can be cut and mended; ``asked`` is what browsers sent through it."""

    def __init__(self, target: str) -> None:
        host, _, port = target.removeprefix("http://").rpartition(":")
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.asked = b""
        self._up = True
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True, name="line").start()

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        self._up = False
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def mend(self) -> None:
        """Let connections through again."""
        self.asked = b""
        self._up = True

    def close(self) -> None:
        """End it."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._up:
                near.close()
                continue
            far = socket.create_connection(self._target)
            self._open += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink, source is near), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if asks:
                    self.asked += data
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
