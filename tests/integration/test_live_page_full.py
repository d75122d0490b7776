"""The live page with a full window, ten thousand stories: what is in the page, and how quick it is. No broker."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from streams.contracts import codec
from streams.desk.hub import Hub, Received
from streams.desk.serving import Serving
from streams.desk.window import read
from streams.feeds.listening import Listener
from tests.unit.desk.desk_support import record
from tools.browsing import browsing, chromium

playwright = pytest.importorskip("playwright.sync_api", reason="no playwright here: pip install -e '.[browser]'")
pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium here: apt-get install chromium")

FULL = 10_000
PLACES = (("LV", "Riga"), ("PT", "Porto"), ("MZ", "Beira"), ("BD", "Dhaka"), ("BO", "Oruro"))


def received(number: int, now: int) -> Received:
    code, city = PLACES[number % len(PLACES)]
    one = record(
        f"urn:{number}",
        story=f"s{number}",
        headline=f"{city} relights its harbour, lamp {number}",
        countries=[{"code": code, "score": 1.0, "roles": ["focus"], "evidence": []}],
        desks=["europe" if code in ("LV", "PT") else "elsewhere"],
    )
    return Received(read(codec.encode(one), now - (FULL - number) * 1000), None)


class Served:
    """A hub with a full window, served on a thread of its own."""

    def __init__(self) -> None:
        self.hub = Hub(FULL, "full")
        self.now = int(time.time() * 1000)
        self.hub.take(received(number, self.now) for number in range(FULL))
        self.loop = asyncio.new_event_loop()
        self.up = threading.Event()
        self.thread = threading.Thread(target=self.loop.run_until_complete, args=(self._serve(),), daemon=True)
        self.thread.start()
        assert self.up.wait(60)

    async def _serve(self) -> None:
        self.over = asyncio.Event()
        serving = Serving(self.hub, "127.0.0.1")
        listener = Listener("127.0.0.1", 0, serving.routes(), variables="NEWSWIRE_DESK")
        self.address = f"http://127.0.0.1:{await listener.start()}"
        pulse = asyncio.create_task(serving.pulse())
        self.up.set()
        await self.over.wait()
        pulse.cancel()
        self.hub.close()
        await listener.stop()

    def take(self, number: int) -> None:
        self.loop.call_soon_threadsafe(self.hub.take, [received(number, self.now)])

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.over.set)
        self.thread.join(timeout=10)


@pytest.fixture(scope="module")
def full() -> Iterator[Served]:
    served = Served()
    yield served
    served.stop()


@pytest.fixture
def page(full: Served) -> Iterator[Any]:
    with browsing() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(full.address)
        page.wait_for_selector("#feed article")
        yield page


def test_ten_thousand_stories_are_in_view_and_few_in_the_page(full: Served, page: Any) -> None:
    playwright.expect(page.locator("#count")).to_have_text("10,000 stories")
    painted = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    timing = page.wait_for_function(painted).json_value()
    assert page.locator("#feed article").count() < 60
    page.evaluate("document.querySelector('#list').scrollTop = 5000 * 54")
    playwright.expect(page.locator('#feed article[aria-posinset="5001"]')).to_have_count(1)
    assert page.locator("#feed article").count() < 60

    held = page.locator('#feed article[aria-posinset="5005"] .headline').inner_text()
    at = page.locator("#feed article", has_text=held).bounding_box()["y"]
    full.take(FULL)
    playwright.expect(page.locator("#fresh")).to_have_text("1 change above")
    assert page.locator("#feed article", has_text=held).bounding_box()["y"] == at, "what is being read stays put"

    drawn, put = page.evaluate(
        """async () => {
          const list = document.querySelector("#list"), took = [], put = [];
          for (let i = 0; i < 60; i += 1) {
            list.scrollTop = i * 9000;
            const began = performance.now();
            let rows = 0;
            const counting = new MutationObserver((seen) => { for (const one of seen) rows += one.addedNodes.length; });
            counting.observe(document.querySelector("#feed"), { childList: true });
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            counting.disconnect();
            took.push(performance.now() - began);
            put.push(rows);
          }
          return [took.sort((a, b) => a - b)[30], Math.max(...put)];
        }"""
    )
    began = time.monotonic()
    page.select_option("select[data-field=country]", "PT")
    playwright.expect(page.locator("#count")).to_have_text("2,000 of 10,000 stories")
    filtered = (time.monotonic() - began) * 1000
    print(f"10,000 stories: first paint {timing:.0f} ms, a scrolled frame {drawn:.0f} ms, a filter {filtered:.0f} ms")
    # Not its milliseconds, which are the machine's.
    assert 0 < put < 60, "however far it is scrolled, a frame puts in only what comes into view"


def test_a_request_that_names_another_host_is_turned_away(full: Served, page: Any) -> None:
    answer = page.request.get(f"{full.address}/snapshot", headers={"Host": "wire.example"})
    assert answer.status == 421
    answer = page.request.get(f"{full.address}/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert page.request.get(f"{full.address}/story?id=nowhere").status == 404
    assert "stale" in page.request.get(f"{full.address}/events?after=other-7").text()
