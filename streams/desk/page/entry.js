// One story of the list: time, headline, where it stands, its tags; its versions folded under it.

import { carried, chips } from "./chips.js";
import { h, said } from "./dom.js";
import { called, clock, counted, moment, relation, whole } from "./words.js";

const BASE = 54;
const HEADLINE_LINE = 21;
const REASON_LINE = 19;
const BESIDE = 126; // pixels left and right of a headline, as the sheet has them for the widest of lists
const LINE = 28;
const FOLDED_PAD = 10;
const MOST_LINES = 30;

/** Pixels that the entry takes, its headline on `lines` lines. */
export const height = (family, open, lines) =>
  BASE + HEADLINE_LINE * (lines - 1) + (reason(family) ? REASON_LINE : 0) + (open ? FOLDED_PAD + LINE * Math.min(MOST_LINES, family.versions.length) : 0);

const widths = new WeakMap();
const ruler = document.createElement("canvas").getContext("2d");
const sans = getComputedStyle(document.documentElement).getPropertyValue("--sans");

/** On how many lines, one or two, the headline stands in a list of `width` pixels: told without drawing it. */
export function lines(family, width) {
  let wide = widths.get(family);
  if (wide === undefined) {
    ruler.font = `${isStrong(family) ? 700 : 500} 14.5px ${sans}`;
    wide = ruler.measureText(family.headline).width;
    widths.set(family, wide);
  }
  return wide > width - BESIDE ? 2 : 1;
}

/** Why a story was killed or corrected, on a line of its own; null for the others, and where nobody said. */
const reason = (family) => (family.killed || family.relation === "correction" ? family.why : null);

const isStrong = (family) => family.urgency !== null && family.urgency <= 2;

/** What a badge says of the story as it stands; null for a plain new one. */
function standing(family) {
  if (family.killed) return ["kill", "Killed"];
  if (family.relation === "correction") return ["correction", "Corrected"];
  if (family.kind === "flash" || family.kind === "alert") return ["alert", called({ kind: family.kind })];
  if (family.kind === "urgent") return ["urgent", "Urgent"];
  if (family.kind === "advisory") return ["advisory", "Advisory"];
  if (family.relation === "new") return null;
  return [family.relation, relation(family.relation)];
}

export function headline(family, tag = "h3") {
  const text = family.headline || "(no headline)";
  if (!family.killed) return said(tag, text, family.language, { class: "headline" });
  return h(tag, { class: "headline", dir: "auto", lang: family.language }, h("s", { text }));
}

/** Say on an article whether it is selected, whether it is being read, and whether the tab key stops at it. */
export function mark(node, { selected, current, stop }) {
  node.classList.toggle("selected", selected);
  node.classList.toggle("current", current);
  const order = stop ? 0 : -1;
  if (node.tabIndex === order && node.dataset.marked === String(order)) return;
  node.tabIndex = order;
  node.dataset.marked = String(order);
  for (const button of node.querySelectorAll("button")) button.tabIndex = order;
}

/** Fill `node`, an article, with `family`. */
export function draw(family, node, { open, now, lines: rows }) {
  const badge = standing(family);
  const id = `e-${family.story}`;
  const urgent = family.urgency !== null && family.urgency <= 3 ? ` u${family.urgency}` : "";
  node.className = `entry${urgent}${family.killed ? " killed" : ""}${open ? " open" : ""}${rows > 1 ? " two" : ""}`;
  delete node.dataset.marked;
  node.setAttribute("aria-labelledby", id);
  const title = headline(family);
  title.id = id;
  node.replaceChildren(
    h("time", { class: "clock", datetime: new Date(family.order).toISOString(), title: whole(family.order), text: moment(family.order, now) }),
    h("div", { class: "body" },
      title,
      h("p", { class: "meta" },
        badge && h("span", { class: `badge ${badge[0]}`, text: badge[1] }),
        h("span", { class: "agency", text: family.agency }),
        carried(family),
        family.slugline && h("span", { class: "slug", text: family.slugline }),
        ...chips(family, 3, 1),
      ),
      reason(family) && said("p", reason(family), family.language, { class: "why", title: reason(family) }),
    ),
    family.versions.length > 1
      ? h("button", {
          type: "button", class: "unfold", "aria-expanded": String(open),
          "aria-label": `${counted(family.versions.length, "version")} of this story`, text: String(family.versions.length),
        })
      : h("span"),
    open ? versions(family) : "",
  );
}

function versions(family) {
  const shown = family.versions.slice(-MOST_LINES).reverse();
  return h("ol", { class: "versions", reversed: true }, shown.map((version) =>
    h("li", { class: version.struck ? "struck" : "" },
      h("button", { type: "button", class: "version", "data-version": `${version.uri}#${version.version}` },
        h("span", { class: "clock", text: clock(version.seen) }),
        h("span", { class: `called ${version.relation} ${version.kind}`, text: called(version) }),
        version.outlet && h("span", { class: "via", text: version.outlet }),
        h(version.struck ? "s" : "span", { class: "words", dir: "auto", lang: version.language, text: version.headline }),
        version.note && h("span", { class: "note", dir: "auto", text: version.note }),
      ))));
}

/** An alert or kill, held at the top. `away`: it is outside the view that is filtered for; `arriving`: it
    was not there before. */
export function pin(family, { selected, current, away, arriving }) {
  const kinds = { kill: "Kill", urgent: "Urgent", alert: family.kind === "flash" ? "Flash" : "Alert" };
  const id = `p-${family.story}`;
  const title = headline(family);
  title.id = id;
  return h("article", {
    class: `pin ${family.pin}${away ? " away" : ""}${selected ? " selected" : ""}${current ? " current" : ""}${arriving ? " arriving" : ""}`, "data-story": family.story,
    tabindex: "0", "aria-labelledby": id,
  },
    h("p", { class: "kind" },
      h("strong", { text: kinds[family.pin] }),
      h("time", { datetime: new Date(family.order).toISOString(), text: clock(family.order) }),
      h("span", { class: "agency", text: family.agency }),
      carried(family),
      away && h("span", { text: "outside this view" }),
      !away && h("span", { class: "tags" }, chips(family, 2, 0))),
    title,
    family.why && said("p", family.why, family.language, { class: "why" }),
    h("button", { type: "button", class: "away-with", "aria-label": `Put away: ${family.headline}`, title: "Put away (x)", text: "×" }),
  );
}
