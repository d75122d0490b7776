// The stories that the page holds: what is pinned, what is in view, what was put away, what waits while the wire is
// paused. Draws nothing.

const MOST_PUT_AWAY = 200;

export class Stories {
  constructor() {
    this.held = new Map();
    this.limit = 0;
    this.pinMs = 0;
    this.skew = 0; // the server's clock less ours
    this.paused = null; // the stories as they were when the wire was paused
    this.waiting = 0;
    this.putAway = new Set(JSON.parse(localStorage.getItem("put-away") ?? "[]"));
  }

  now() {
    return Date.now() + this.skew;
  }

  get(story) {
    return this.held.get(story);
  }

  /** What is shown: as it stands, or as it stood when the wire was paused. */
  all() {
    return this.paused ?? [...this.held.values()];
  }

  /** Take everything anew. */
  fill(snapshot) {
    this.held = new Map(snapshot.families.map((family) => [family.story, family]));
    this.limit = snapshot.limit;
    this.pinMs = snapshot.pin_minutes * 60e3;
  }

  /** Take one event. */
  take({ family, gone, relation }) {
    if (this.paused !== null && relation !== "duplicate") this.waiting += 1;
    for (const story of gone) this.held.delete(story);
    this.held.set(family.story, family);
  }

  /** The pinned stories, and the others that pass, each the one that moved last first. */
  inView(passes) {
    const since = this.now() - this.pinMs;
    const pinned = [];
    const shown = [];
    for (const family of this.all()) {
      if (family.pin !== null && family.order > since && !this.putAway.has(pinKey(family))) pinned.push(family);
      else if (passes(family)) shown.push(family);
    }
    return { pinned: pinned.sort(newer), shown: shown.sort(newer) };
  }

  /** Keep an alert or kill off the top from now on, in this browser. */
  dismiss(story) {
    const family = this.held.get(story);
    if (!family) return;
    this.putAway.add(pinKey(family));
    localStorage.setItem("put-away", JSON.stringify([...this.putAway].slice(-MOST_PUT_AWAY)));
  }

  /** Pause the wire, or let it go on. */
  pause() {
    this.paused = this.paused === null ? [...this.held.values()] : null;
    this.waiting = 0;
  }
}

const newer = (a, b) => b.order - a.order || (a.story < b.story ? 1 : -1);

/** What an alert is put away under: with its next version it is another matter. */
export const pinKey = (family) => `${family.story}#${family.versions.length}`;
