// What stands around the list: desks, feed health, filter menus, tokens, the keys.

import { FIELDS, NONE, written } from "./address.js";
import { byId, h } from "./dom.js";
import { URGENCIES, ago, counted, country, desk, language, relation } from "./words.js";

const QUIET_MS = 30 * 60e3;
const MENUS = { country: "Country", relation: "Relation", urgency: "Urgency", agency: "Agency", language: "Language" };
export const KEYS = [
  ["j  k", "next, previous story"], ["Enter", "open the story"], ["Esc", "close, step back"], ["/", "search"],
  ["o", "unfold its versions"], ["[  ]", "older, newer version"], ["1 2 3 4 5", "copy, changes, cuts, record, outlets"],
  ["x", "put an alert away"], ["p", "pause the wire"], ["g", "back to the top"], ["?", "these keys"],
];

/** What a value of a field is called. */
export function valueName(field, value, names) {
  if (field === "desk") return desk(value);
  if (field === "country") return country(value);
  if (field === "region") return names.get(value) ?? value;
  if (field === "language") return language(value);
  if (field === "relation") return relation(value);
  if (field === "urgency") return URGENCIES[value] ?? value;
  return value;
}

export function desks(root, { counts, names, total }, filters, choose) {
  const rows = [...counts.desk].sort(([a], [b]) => a.localeCompare(b));
  const link = (slug, name, count, on) => h("a", {
    href: written({ filters: { ...filters, desk: slug ? [slug] : [] } }), "aria-current": on ? "true" : null,
    onclick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      choose(slug ? [slug] : []);
    },
  }, h("span", { text: name }), h("span", { class: "number", text: count.toLocaleString("en") }));
  root.replaceChildren(h("h2", { class: "label", text: "Desks" }), h("ul", {},
    h("li", {}, link("", "All", total, filters.desk.length === 0)),
    rows.map(([slug, count]) => h("li", {}, link(slug, valueName("desk", slug, names), count, filters.desk.includes(slug))))));
}

/** Feed health: what changes every two seconds is written into nodes that stay, so that nothing is read out again. */
export function feeds(root, health, state) {
  if (root.childElementCount === 0) layFeeds(root);
  const now = health.now;
  const live = state === "live" && health.reachable;
  const text = state !== "live" ? "Reconnecting" : health.reachable ? "Live" : "Broker away";
  const delay = health.delay === null ? null : health.delay < 1000 ? `${health.delay} ms late` : `${(health.delay / 1000).toFixed(1)} s late`;
  const facts = [`${health.minute}/min`, delay, health.behind === null ? null : `${health.behind.toLocaleString("en")} behind`];
  root.querySelector(".pulse").className = `pulse ${live ? "live" : "down"}`;
  const said = root.querySelector(".pulse strong");
  if (said.textContent !== text) said.textContent = text;
  root.querySelector(".rates").replaceChildren(...facts.filter(Boolean).map((fact) => h("span", { text: fact })));
  root.querySelector("tbody").replaceChildren(...health.agencies.map((one) => h("tr", { class: now - one.last > QUIET_MS ? "quiet" : "" },
    h("th", { scope: "row", text: one.name, title: one.name }), h("td", { text: `${ago(one.last, now)} ago` }), h("td", { text: `${one.hour}/h` }))));
}

function layFeeds(root) {
  root.append(
    h("h2", { class: "label", text: "Feeds" }),
    h("p", { class: "pulse", role: "status" }, h("span", { class: "dot", "aria-hidden": "true" }), h("strong", {})),
    h("p", { class: "rates" }),
    h("div", { class: "agencies", tabindex: "0", role: "group", "aria-label": "Agencies" },
      h("table", {}, h("caption", { class: "unseen", text: "Last story and stories in the last hour, by agency" }),
        h("thead", { class: "unseen" }, h("tr", {}, h("th", { scope: "col", text: "Agency" }), h("th", { scope: "col", text: "Last story" }), h("th", { scope: "col", text: "In the last hour" }))),
        h("tbody", {}))));
}

/** The menus of the filter bar; choosing a value adds it. */
export function menus(form, choose) {
  const made = {};
  for (const [field, name] of Object.entries(MENUS)) {
    const select = h("select", { "aria-label": `Filter by ${name.toLowerCase()}`, "data-field": field }, h("option", { value: "", text: name }));
    select.addEventListener("change", () => {
      const value = select.value;
      select.value = "";
      if (value) choose(field, value);
    });
    made[field] = select;
    form.append(select);
  }
  return (tally, filters) => {
    for (const [field, select] of Object.entries(made)) {
      if (document.activeElement === select) continue; // an open menu must not change under the pointer
      const rows = [...tally.counts[field]].map(([value, count]) => [value, valueName(field, value, tally.names), count]);
      rows.sort(field === "urgency" ? (a, b) => a[0] - b[0] : (a, b) => a[1].localeCompare(b[1]));
      select.replaceChildren(h("option", { value: "", text: MENUS[field] }), ...rows
        .filter(([value]) => !filters[field].includes(value))
        .map(([value, label, count]) => h("option", { value, text: `${label} (${count.toLocaleString("en")})` })));
      select.classList.toggle("on", filters[field].length > 0);
    }
  };
}

export function tokens(root, filters, names, drop) {
  const rows = FIELDS.flatMap((field) => filters[field].map((value) => [field, value]));
  if (filters.q) rows.push(["q", filters.q]);
  const remove = (field, value) => (field === "q" ? { ...filters, q: "" } : { ...filters, [field]: filters[field].filter((one) => one !== value) });
  root.replaceChildren(...rows.map(([field, value]) => {
    const name = field === "q" ? `“${value}”` : valueName(field, value, names);
    return h("button", { type: "button", class: "token", "aria-label": `Remove the filter ${field === "q" ? "text" : field} ${name}`, onclick: () => drop(remove(field, value)) },
      name, h("span", { "aria-hidden": "true", text: " ×" }));
  }), rows.length > 1 ? h("button", { type: "button", class: "token all", text: "Clear all", onclick: () => drop({ ...NONE }) }) : "");
}

export function help() {
  const dialog = byId("help");
  dialog.replaceChildren(h("h2", { id: "help-title", text: "Keys" }),
    h("dl", {}, KEYS.flatMap(([key, what]) => [h("dt", {}, key.split(/\s+/).map((one) => h("kbd", { text: one }))), h("dd", { text: what })])),
    h("form", { method: "dialog" }, h("button", { text: "Close" })));
  return dialog;
}

export const summary = (shown, total, filtered) =>
  filtered ? `${shown.toLocaleString("en")} of ${counted(total, "story", "stories")}` : counted(total, "story", "stories");
