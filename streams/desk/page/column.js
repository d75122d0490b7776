// The column of stories: alerts and kills on top, how many there are, the list, what came above what is being read.

import { byId } from "./dom.js";
import * as entry from "./entry.js";
import { List } from "./list.js";
import { summary } from "./panels.js";
import { pinKey } from "./stories.js";
import { counted } from "./words.js";

export class Column {
  /** `at()`: { selected, current }, the ids of the story under the keyboard and of the one that is read. */
  constructor(stories, at) {
    this.stories = stories;
    this.at = at;
    this.open = new Set();
    this.above = 0;
    this.pinned = [];
    this.shown = [];
    this.pinsDrawn = "";
    this.pinsKnown = null; // those that stood when the page came do not arrive
    this.list = new List(byId("list"), byId("feed"), {
      draw: (family, node) => entry.draw(family, node, { open: this.open.has(family.story), now: stories.now(), lines: this.lines(family) }),
      mark: (family, node) => entry.mark(node, {
        selected: family.story === at().selected, current: family.story === at().current, stop: family.story === this.tabStop(),
      }),
      height: (family) => entry.height(family, this.open.has(family.story), this.lines(family)),
      stamp: (family) => `${this.open.has(family.story)}${this.lines(family)}`,
      moved: (number) => { this.above += number; },
    });
  }

  lines(family) {
    return entry.lines(family, this.list.width);
  }

  /** The ids of the stories, top to bottom. */
  order() {
    return [...this.pinned, ...this.shown].map((family) => family.story);
  }

  /** The tab key finds one story of the list: the selected one, or else the first. */
  tabStop() {
    const { selected } = this.at();
    return this.list.places.has(selected) ? selected : this.shown[0]?.story;
  }

  /** Draw what passes; `filtered`: whether anything is filtered for. */
  draw(passes, filtered) {
    const { stories } = this;
    Object.assign(this, stories.inView(passes));
    this.drawPins(passes);
    this.list.selected = this.at().selected;
    this.list.show(this.shown);
    const total = stories.all().length;
    byId("count").textContent = summary(this.shown.length + this.pinned.filter(passes).length, total, filtered);
    const none = byId("none");
    none.hidden = this.shown.length > 0 || stories.limit === 0;
    none.textContent = filtered ? "No story in the window passes these filters." : "The wire is quiet: stories appear here as they are published.";
    if (byId("list").scrollTop <= 4) this.above = 0;
    const paused = stories.paused !== null;
    const news = paused ? stories.waiting : this.above;
    byId("fresh").hidden = news === 0;
    byId("fresh").textContent = `${counted(news, "change")} ${paused ? "waiting" : "above"}`;
  }

  drawPins(passes) {
    const { selected, current } = this.at();
    const drawn = new Map(this.pinned.map((family) => [family, {
      selected: family.story === selected, current: family.story === current, away: !passes(family),
    }]));
    const key = [...drawn].map(([family, how]) => `${pinKey(family)}${family.order}${family.carried.length}${Object.values(how)}`).join();
    if (key === this.pinsDrawn) return;
    this.pinsDrawn = key;
    const root = byId("pins");
    const held = root.contains(document.activeElement) ? document.activeElement.closest("article")?.dataset.story : null;
    root.hidden = drawn.size === 0;
    root.replaceChildren(...[...drawn].map(([family, how]) =>
      entry.pin(family, { ...how, arriving: this.pinsKnown !== null && !this.pinsKnown.has(pinKey(family)) })));
    if (this.stories.limit > 0) this.pinsKnown = new Set(this.pinned.map(pinKey));
    if (held) this.pinOf(held)?.focus({ preventScroll: true });
  }

  pinOf(story) {
    return byId("pins").querySelector(`article[data-story="${CSS.escape(story)}"]`);
  }

  /** Bring a story into view and put the keyboard on it. */
  focus(story) {
    const node = this.list.reveal(story) ?? this.pinOf(story);
    node?.focus({ preventScroll: true });
    if (node?.parentElement === byId("pins")) node.scrollIntoView({ block: "nearest" });
  }

  /** Unfold the versions of a story, or fold them. */
  fold(story) {
    const opened = !this.open.delete(story);
    if (opened) this.open.add(story);
    this.list.refresh();
    if (opened) this.list.reveal(story);
  }

  /** Go to the newest. */
  top() {
    this.above = 0;
    byId("list").scrollTop = 0;
  }
}
