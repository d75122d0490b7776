"""The live page as pictures, ``python -m tools.screenshots``: runs the sample wire, photographs it. Checks nothing.

Writes ``docs/pictures/*.png``. Needs the extras ``browser`` and ``embedded``, and Debian's chromium, fonts-noto-core.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from streams import config
from streams.demo.stage import Stage
from streams.feeds.publishing import Feeder
from streams.feeds.sampling import sample
from tools.browsing import browsing, chromium
from tools.squeezing import squeezed

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LAST = ("sample-029", "sample-039", "sample-048")
"""A kill, a site that runs the story after it, an alert: sent last, so that they stand at the top."""
TAKES_IT_DOWN = b"finance minister"
"""What follows the alert says this: left out, but for the alert itself."""
RATE = 25.0


def main() -> None:
    """Make every picture."""
    if chromium() is None:
        sys.exit("no Chromium here: apt-get install chromium fonts-noto-core")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Stage(config.Settings(), print) as stage, browsing() as browser:
        desk = stage.open_page()
        feed(stage)
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": 1320, "height": 760}, color_scheme=scheme)
            page = context.new_page()
            page.goto(desk.address)
            page.wait_for_selector("#pins article.kill")
            page.wait_for_selector("#pins article.alert")
            time.sleep(2.5)  # the colour in which an alert arrives has faded, the feeds have been counted
            shoot(page, f"wire-{scheme}")
            if scheme == "light":
                stories(page, desk.address)
            else:
                one(page, desk.address, "Georgia peanut", "tab-cuts")
                shoot(page, "cuts-dark")
            context.close()


def feed(stage: Stage) -> None:
    """Send the sample wire, a kill and an alert last."""
    messages = {message.origin.name: message for message in sample(datetime.now(UTC) + timedelta(days=1))}
    last = [messages.pop(name) for name in LAST]
    with Feeder(stage.settings) as feeder:
        for message in [*(one for one in messages.values() if TAKES_IT_DOWN not in one.body), *last]:
            feeder.send(message)
            time.sleep(1 / RATE)


def stories(page: Any, address: str) -> None:
    """A story with versions and its changes, a kill, Arabic copy, a chip that explains itself."""
    one(page, address, "burnt Bangladesh", "tab-changes")
    page.locator("article.current .unfold").click()
    page.mouse.move(2, 2)
    time.sleep(0.4)
    shoot(page, "versions")
    one(page, address, "Kenyan police", None)
    shoot(page, "kill")
    one(page, address, "الأردن", None)
    page.locator("#reader .chip.country").first.hover()
    shoot(page, "arabic")


def one(page: Any, address: str, text: str, tab: str | None) -> None:
    """Open the story whose headline holds *text*."""
    page.goto(address)
    page.wait_for_selector("#feeds .pulse.live")
    page.fill("#q", text)
    page.locator("article:not(.away)", has_text=text).first.locator(".headline").click()
    page.wait_for_selector("#title")
    page.fill("#q", "")
    page.locator("#q").blur()
    if tab:
        page.click(f"#{tab}")
    page.mouse.move(2, 2)
    time.sleep(0.6)


def shoot(page: Any, name: str) -> None:
    """Write one picture."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    colours = squeezed(path)
    print(f"{path.relative_to(FOLDER.parents[1])} {path.stat().st_size / 1000:.0f} kB, {colours} colours")


if __name__ == "__main__":
    main()
