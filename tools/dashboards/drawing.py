"""A dashboard file and the answers to its queries → a PNG, drawn by Grafana's own panel library. Asks no Prometheus.

The library is ``@grafana/ui`` from npm: lines, legends, single figures, units and colours are Grafana's. The server and
the page around the panels are not to be had from a package registry; header and grid are laid out here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tools.browsing import browsing

SOURCES = Path(__file__).parent / "grafana"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "newswire-streams" / "grafana-panels"
LOADERS = {".woff2": "dataurl", ".woff": "empty", ".ttf": "empty", ".svg": "text", ".png": "dataurl"}
WIDTH = 1500


def library() -> tuple[Path, Path]:
    """Return the script and the style sheet, built from what npm has; installed once, some 600 MB with what it needs.

    Raises :class:`subprocess.CalledProcessError` when npm or esbuild fails, with what it said on standard error.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted, there = SOURCES / "package.json", CACHE / "package.json"
    if not there.exists() or there.read_bytes() != wanted.read_bytes() or not (CACHE / "node_modules").exists():
        shutil.copy(wanted, there)
        install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"]
        subprocess.run(install, cwd=CACHE, check=True, timeout=900)
    shutil.copy(SOURCES / "board.jsx", CACHE)
    options = [f"--loader:{ending}={how}" for ending, how in LOADERS.items()]
    build = [
        "node_modules/.bin/esbuild",
        "board.jsx",
        "--bundle",
        "--minify",
        "--jsx=automatic",
        '--define:process.env.NODE_ENV="production"',
        "--log-level=error",
        "--outfile=board.js",
        *options,
    ]
    subprocess.run(build, cwd=CACHE, check=True, timeout=120)
    return CACHE / "board.js", CACHE / "board.css"


def drawn(board: dict[str, Any], answers: dict[str, Any], footer: str, path: Path) -> list[str]:
    """Draw *board* into *path*; *answers* as :func:`tools.dashboards.asking.answers` has them, of this board.

    Returns the titles of the panels that show nothing.
    """
    script, style = library()
    told = {
        "board": board,
        "answers": answers["panels"],
        "span": {name: answers[name] for name in ("from", "to", "step")},
        "width": WIDTH,
        "footer": footer,
    }
    with browsing() as browser:
        page = browser.new_context(viewport={"width": WIDTH + 32, "height": 900}).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        # Icons are asked for by address; nothing else is, and nothing is fetched.
        icons = CACHE / "node_modules" / "@grafana" / "ui" / "dist" / "public"
        page.route("**/*", lambda route: _answer(route, icons))
        page.goto("http://board.localhost/")
        page.add_style_tag(path=style)
        page.evaluate("told => { window.newswire = told; }", told)
        page.add_script_tag(path=script)
        page.wait_for_selector("#board [data-panel]")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(1500)  # uPlot draws in an animation frame of its own
        if wrong:
            raise RuntimeError(f"the panels could not be drawn: {wrong[0]}")
        page.screenshot(path=path, full_page=True)
        empty: list[str] = page.eval_on_selector_all(
            '[data-series="0"]', "panels => panels.map((panel) => panel.dataset.panel)"
        )
    return empty


def _answer(route: Any, icons: Path) -> None:
    asked = route.request.url.partition("board.localhost/")[2]
    icon = icons / asked.removeprefix("public/build/")
    if asked == "":
        route.fulfill(content_type="text/html", body='<!doctype html><meta charset="utf-8"><div id="board"></div>')
    elif asked.endswith(".svg") and icon.is_file():
        route.fulfill(content_type="image/svg+xml", body=icon.read_bytes())
    else:
        route.abort()


__all__ = ["drawn", "library"]
