// A list of ten thousand stories of which only those in view are in the page. What is being read stays where it is.

import { h } from "./dom.js";

const OVERSCAN = 8;

export class List {
  /** `draw(family, node)` fills an article; `height(family)` is its height in pixels; `stamp(family)` changes with
      whatever else the drawing depends on. `mark(family, node)` sets what changes without drawing anew, so that a
      press is never on a button that is gone before it is let go. */
  constructor(scroller, feed, { draw, mark, height, stamp, moved }) {
    Object.assign(this, { scroller, feed, draw, mark, height, stamp, moved });
    this.items = [];
    this.places = new Map();
    this.tops = [0];
    this.nodes = new Map();
    this.selected = null;
    this.due = false;
    this.width = feed.clientWidth;
    scroller.addEventListener("scroll", () => this.soon(), { passive: true });
    new ResizeObserver(() => this.resized()).observe(scroller);
  }

  /** The list is wider or narrower: headlines take other numbers of lines. What was in view stays in view. */
  resized() {
    const { scroller, feed, tops } = this;
    if (feed.clientWidth === this.width) return this.soon();
    this.width = feed.clientWidth;
    const place = this.places.get(this.selected);
    const seen = place !== undefined && tops[place + 1] > scroller.scrollTop && tops[place] < scroller.scrollTop + scroller.clientHeight;
    const anchor = this.anchor();
    this.measure();
    if (anchor) scroller.scrollTop = this.tops[this.places.get(anchor.story)] + anchor.gap;
    if (seen) this.reveal(this.selected);
    else this.render();
    return undefined;
  }

  /** The story at the top of the view and how far into it; null at the very top, which stays the very top. */
  anchor() {
    const at = this.scroller.scrollTop;
    const place = this.indexAt(at);
    return at > 4 && this.items.length > 0 ? { story: this.items[place].story, place, gap: at - this.tops[place] } : null;
  }

  /** Show `items`, the first on top. Scrolled down, the story at the top of the view keeps its place. */
  show(items) {
    const anchor = this.anchor();
    this.items = items;
    this.places = new Map(items.map((family, index) => [family.story, index]));
    this.measure();
    if (anchor) {
      const now = this.places.get(anchor.story);
      if (now !== undefined) {
        this.scroller.scrollTop = this.tops[now] + anchor.gap;
        if (now > anchor.place) this.moved(now - anchor.place);
      }
    }
    this.render();
  }

  measure() {
    const tops = new Array(this.items.length + 1);
    tops[0] = 0;
    for (let i = 0; i < this.items.length; i += 1) tops[i + 1] = tops[i] + this.height(this.items[i]);
    this.tops = tops;
    this.feed.style.height = `${tops[this.items.length]}px`;
  }

  /** Heights or drawings may have changed, the stories have not. */
  refresh() {
    this.measure();
    this.render();
  }

  indexAt(y) {
    let low = 0;
    let high = this.items.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  soon() {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.render();
    });
  }

  render() {
    const { scroller, items, feed } = this;
    const top = scroller.scrollTop;
    const first = Math.max(0, this.indexAt(top) - OVERSCAN);
    const last = Math.min(items.length - 1, this.indexAt(top + scroller.clientHeight) + OVERSCAN);
    const wanted = [];
    for (let i = first; i <= last; i += 1) wanted.push(i);
    // The selected story stays in the page when it is scrolled out of view: the keyboard goes on from it.
    const kept = this.places.get(this.selected);
    if (kept !== undefined && kept < first) wanted.unshift(kept);
    if (kept !== undefined && kept > last) wanted.push(kept);
    const held = feed.contains(document.activeElement) ? document.activeElement.closest("article") : null;
    const alive = new Set();
    let cursor = feed.firstChild;
    for (const index of wanted) {
      const family = items[index];
      alive.add(family.story);
      const node = this.node(family, index);
      if (node === cursor) cursor = cursor.nextSibling;
      else feed.insertBefore(node, cursor);
    }
    for (const [story, known] of this.nodes) {
      if (!alive.has(story)) {
        known.node.remove();
        this.nodes.delete(story);
      }
    }
    if (held && held.isConnected && !held.contains(document.activeElement)) held.focus({ preventScroll: true });
  }

  node(family, index) {
    let known = this.nodes.get(family.story);
    const stamp = this.stamp(family);
    if (known === undefined) {
      known = { node: h("article", { class: "entry", "data-story": family.story, tabindex: "-1" }), family: null };
      this.nodes.set(family.story, known);
    }
    if (known.family !== family || known.stamp !== stamp) {
      this.draw(family, known.node);
      known.family = family;
      known.stamp = stamp;
    }
    this.mark(family, known.node);
    if (known.top !== this.tops[index]) {
      known.top = this.tops[index];
      known.node.style.transform = `translateY(${known.top}px)`;
    }
    known.node.setAttribute("aria-posinset", String(index + 1));
    known.node.setAttribute("aria-setsize", String(this.items.length));
    return known.node;
  }

  /** Bring a story into view and return its article. */
  reveal(story) {
    const index = this.places.get(story);
    if (index === undefined) return null;
    const { scroller, tops } = this;
    if (tops[index] < scroller.scrollTop) scroller.scrollTop = tops[index];
    else if (tops[index + 1] > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = tops[index + 1] - scroller.clientHeight;
    }
    this.render();
    return this.nodes.get(story)?.node ?? null;
  }
}
