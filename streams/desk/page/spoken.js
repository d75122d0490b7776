// What a screen reader says of the wire: alerts, kills and corrections at once, plain stories as a count now and then.

import { byId } from "./dom.js";
import { counted, relation } from "./words.js";

const URGENT_MS = 1000;
const PLAIN_MS = 20_000;
const MOST_AT_ONCE = 3;

export class Spoken {
  /** `silent()` tells whether nothing is to be said now. */
  constructor(silent) {
    this.urgent = [];
    this.plain = 0;
    setInterval(() => {
      if (silent() || this.urgent.length === 0) return;
      byId("said").textContent = this.urgent.splice(0).slice(-MOST_AT_ONCE).join(". ");
    }, URGENT_MS);
    setInterval(() => {
      if (!silent() && this.plain > 0 && this.urgent.length === 0) byId("said").textContent = counted(this.plain, "new story", "new stories");
      this.plain = 0;
    }, PLAIN_MS);
  }

  /** Note one event of the wire. */
  note({ family, relation: what, pin, after_kill: outlet }) {
    if (outlet) this.urgent.push(`${outlet} carries it after its kill: ${family.headline}`);
    else if (pin !== null || what === "kill" || what === "correction") this.urgent.push(`${pin ?? relation(what)}, ${family.agency}: ${family.headline}`);
    else if (what !== "duplicate") this.plain += 1;
  }
}
