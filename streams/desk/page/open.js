// The story that is open: fetched whole, drawn, fetched again when it moves or when the line comes back.

import { byId, h } from "./dom.js";
import * as reader from "./reader.js";

/** A story, whole; `{gone}` if it is not held any more, null if it could not be fetched. */
async function fetched(story) {
  try {
    const answer = await fetch(`/story?id=${encodeURIComponent(story)}`);
    if (answer.ok) return await answer.json();
    return answer.status === 404 ? { gone: true } : null;
  } catch {
    return null; // the line went down, before the answer or in the middle of it
  }
}

export class Open {
  /** `on`: as `reader.draw` wants it. */
  constructor(on) {
    this.on = on;
    this.view = { story: null };
    this.detail = null;
    this.failed = false;
    this.asked = 0;
  }

  /** Show the story of `view`, or none. */
  show(view) {
    const other = view.story !== this.view.story;
    this.view = view;
    if (!other) return this.draw();
    this.detail = null;
    this.failed = false;
    return this.load();
  }

  /** Fetch it again. Answers may overtake each other: only the one that was asked for last is shown. */
  async load() {
    const asked = ++this.asked;
    const { story } = this.view;
    if (!story) return this.draw();
    const detail = await fetched(story);
    if (this.asked !== asked) return undefined;
    this.failed = detail === null;
    this.detail = detail ?? this.detail;
    return this.draw();
  }

  /** The line is back: what could not be fetched is fetched. */
  back() {
    if (this.failed) this.load();
  }

  /** The name of the version `by` places from the one that is shown; null where there is none. */
  neighbour(by) {
    if (this.detail === null || this.detail.gone) return null;
    const at = this.detail.versions.indexOf(reader.chosen(this.detail, this.view.version));
    const to = this.detail.versions[at + by];
    return to ? reader.nameOf(to) : null;
  }

  draw() {
    const root = byId("reader");
    const { view, detail } = this;
    byId("frame").classList.toggle("reading", view.story !== null);
    root.hidden = view.story === null;
    if (view.story === null) return root.replaceChildren();
    if (detail === null || detail.gone) {
      root.className = "reader";
      delete root.dataset.story;
      const words = detail?.gone ? "This story is not in the window any more." : this.failed ? "The story could not be fetched; it will be, when the line is back." : "Fetching the story …";
      return root.replaceChildren(
        h("div", { class: "reader-bar" }, h("span", { class: "grow" }), reader.closer(this.on.close)),
        h("p", { class: "empty", text: words }));
    }
    const scrolled = root.querySelector(".reader-scroll")?.scrollTop ?? 0;
    const same = root.dataset.story === detail.story;
    const focused = root.contains(document.activeElement) ? document.activeElement.id || "reader" : null;
    root.dataset.story = detail.story;
    reader.draw(root, detail, { wanted: view.version, tab: view.tab, on: this.on });
    if (same) root.querySelector(".reader-scroll").scrollTop = scrolled;
    if (focused) (byId(focused) ?? root).focus({ preventScroll: true });
    return undefined;
  }
}
