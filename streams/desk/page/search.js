// Words that are searched for → the stories whose copy holds them. The copy is with the server: it is asked.

const AGAIN_MS = 150;

export class Search {
  /** `changed()` is called when an answer came. */
  constructor(changed) {
    this.changed = changed;
    this.found = null; // the ids of the stories found; null while nothing is searched for
    this.asked = "";
    this.due = 0;
  }

  /** Search for `text`; nothing for no word. */
  async ask(text) {
    clearTimeout(this.due);
    this.asked = text;
    if (!text.trim()) {
      this.found = null;
      return;
    }
    const answer = await fetch(`/search?q=${encodeURIComponent(text)}`).catch(() => null); // a broken line: asked again with the next story
    if (!answer?.ok || this.asked !== text) return;
    this.found = new Set((await answer.json()).stories);
    this.changed();
  }

  /** Search again, for a story came. */
  soon() {
    if (!this.asked.trim()) return;
    clearTimeout(this.due);
    this.due = setTimeout(() => this.ask(this.asked), AGAIN_MS);
  }
}
