// The page: what the wire says, what is asked of it, what is shown. Holds the state; the rest draws.

import { NONE, read, written } from "./address.js";
import { explain } from "./chips.js";
import { byId } from "./dom.js";
import * as entry from "./entry.js";
import { isEmpty, tally, test } from "./filters.js";
import { bind } from "./keys.js";
import { List } from "./list.js";
import * as panels from "./panels.js";
import * as reader from "./reader.js";
import { Wire } from "./wire.js";
import { counted, relation } from "./words.js";

const ASIDE_MS = 1000; // how often counts and menus are brought up to date while the wire runs
const TELL_MS = 20_000; // how often plain stories are spoken of; alerts, kills and corrections are at once
const SEARCH_MS = 150;

const stories = new Map();
let view = read(location.search);
let health = { now: Date.now(), agencies: [], minute: 0, delay: null, behind: null, reachable: true };
let skew = 0; // the server's clock less ours
let state = "waiting";
let limit = 0;
let pinMs = 0;
let found = null;
let paused = null; // the stories as they were when the wire was paused
let waiting = 0;
let above = 0;
let selected = view.story;
let detail = null;
let counts = tally([]);
let shown = [];
let pinned = [];
let due = false;
const open = new Set();
const putAway = new Set(JSON.parse(localStorage.getItem("put-away") ?? "[]"));
const toTell = { urgent: [], plain: 0 };

const now = () => Date.now() + skew;
const pinKey = (family) => `${family.story}#${family.versions.length}`;
const isPinned = (family) => family.pin !== null && now() - family.order < pinMs && !putAway.has(pinKey(family));

const list = new List(byId("list"), byId("feed"), {
  draw: (family, node) => entry.draw(family, node, { open: open.has(family.story), now: now() }),
  mark: (family, node) => entry.mark(node, {
    selected: family.story === selected, current: family.story === view.story, stop: family.story === tabStop(),
  }),
  height: (family) => entry.height(family, open.has(family.story)),
  stamp: (family) => open.has(family.story),
  moved: (number) => { above += number; },
});

// The tab key finds one story of the list: the selected one, or else the first.
const tabStop = () => (list.places.has(selected) ? selected : shown[0]?.story);

// What is in view

function soon() {
  if (due) return;
  due = true;
  // A timer as well: a browser gives a hidden page no frames, and its title must still say that there is an alert.
  const go = () => { if (due) { due = false; draw(); } };
  requestAnimationFrame(go);
  if (document.hidden) setTimeout(go, 250);
}

function draw() {
  const passes = test(view.filters, found);
  const all = paused ?? [...stories.values()];
  pinned = all.filter(isPinned).sort((a, b) => b.order - a.order);
  const held = new Set(pinned.map((family) => family.story));
  shown = all.filter((family) => !held.has(family.story) && passes(family));
  shown.sort((a, b) => b.order - a.order || (a.story < b.story ? 1 : -1));
  drawPins(passes);
  list.selected = selected;
  list.show(shown);
  const filtered = !isEmpty(view.filters);
  const kept = pinned.filter(passes).length;
  byId("count").textContent = panels.summary(shown.length + kept, all.length, filtered);
  const none = byId("none");
  none.hidden = shown.length > 0 || limit === 0;
  none.textContent = filtered ? "No story in the window passes these filters." : "The wire is quiet: stories appear here as they are published.";
  const fresh = byId("fresh");
  if (byId("list").scrollTop <= 4) above = 0;
  const news = paused ? waiting : above;
  fresh.hidden = news === 0;
  fresh.textContent = `${counted(news, "change")} ${paused ? "waiting" : "above"}`;
  const alerts = pinned.filter((family) => family.pin !== "urgent").length;
  document.title = alerts > 0 ? `(${alerts}) Newswire` : "Newswire";
}

let pinsDrawn = "";
let pinsKnown = null; // those that stood when the page came do not arrive
function drawPins(passes) {
  const key = pinned.map((family) => `${pinKey(family)}${family.order}${passes(family)}${family.story === selected}${family.story === view.story}`).join();
  if (key === pinsDrawn) return;
  pinsDrawn = key;
  const root = byId("pins");
  const held = root.contains(document.activeElement) ? document.activeElement.closest("article")?.dataset.story : null;
  root.hidden = pinned.length === 0;
  root.replaceChildren(...pinned.map((family) => entry.pin(family, {
    selected: family.story === selected, current: family.story === view.story, away: !passes(family),
    arriving: pinsKnown !== null && !pinsKnown.has(pinKey(family)),
  })));
  if (limit > 0) pinsKnown = new Set(pinned.map(pinKey));
  if (held) root.querySelector(`article[data-story="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

function drawAside() {
  const all = [...stories.values()];
  counts = tally(all);
  panels.desks(byId("desks"), counts.counts, view.filters, counts.names, all.length, (value) => go({ filters: { ...view.filters, desk: value } }));
  fillMenus(counts, view.filters);
  panels.tokens(byId("tokens"), view.filters, counts.names, (filters) => go({ filters }));
}
let asideDue = false;
function asideSoon() {
  if (asideDue) return;
  asideDue = true;
  setTimeout(() => {
    asideDue = false;
    // Nothing is redrawn under a keyboard that stands on it.
    if (!byId("desks").contains(document.activeElement)) drawAside();
  }, ASIDE_MS);
}

// The wire

function take({ family, gone, relation: what, pin }) {
  if (paused !== null) waiting += 1;
  for (const story of gone) {
    stories.delete(story);
    if (story === view.story) go({ story: family.story }, true);
    if (story === selected) selected = family.story;
  }
  stories.set(family.story, family);
  while (stories.size > limit) stories.delete(stories.keys().next().value);
  if (pin !== null || what === "kill" || what === "correction") toTell.urgent.push(`${pin ?? relation(what)}, ${family.agency}: ${family.headline}`);
  else toTell.plain += 1;
  if (family.story === view.story && paused === null) load();
  if (view.filters.q) searchSoon();
  soon();
  asideSoon();
}

const wire = new Wire({
  all(snapshot) {
    stories.clear();
    // Oldest first, as they would have come.
    for (const family of snapshot.families.reverse()) stories.set(family.story, family);
    limit = snapshot.limit;
    pinMs = snapshot.pin_minutes * 60e3;
    tellHealth(snapshot.health);
    draw();
    drawAside();
    if (view.story) {
      list.reveal(view.story);
      load();
    }
  },
  story: take,
  health: tellHealth,
  state(next) {
    if (next === state) return;
    state = next;
    panels.feeds(byId("feeds"), health, state);
  },
});

function tellHealth(next) {
  health = next;
  skew = next.now - Date.now();
  panels.feeds(byId("feeds"), health, state);
  soon(); // an alert is not pinned for ever
}

function speak() {
  if (paused !== null) return;
  const said = toTell.urgent.splice(0);
  if (said.length > 0) byId("said").textContent = said.slice(-3).join(". ");
}
setInterval(speak, 1000);
setInterval(() => {
  if (paused === null && toTell.plain > 0 && toTell.urgent.length === 0) byId("said").textContent = counted(toTell.plain, "new story", "new stories");
  toTell.plain = 0;
}, TELL_MS);

// What is asked

/** Go to another view; `quietly` writes over the address that stands. */
function go(change, quietly = false) {
  const before = view;
  view = { ...view, ...change };
  const to = written(view);
  if (to !== written(before)) history[quietly ? "replaceState" : "pushState"](null, "", to);
  arrive(before);
}

function arrive(before) {
  if (view.filters !== before.filters) {
    byId("q").value = view.filters.q;
    if (view.filters.q !== before.filters.q) search();
    byId("list").scrollTop = 0;
    drawAside();
  }
  if (view.story !== before.story) {
    detail = null;
    if (view.story) selected = view.story;
    load();
  } else drawReader();
  draw();
}

addEventListener("popstate", () => {
  const before = view;
  view = read(location.search);
  arrive(before);
});

let searching = 0;
async function search() {
  const asked = view.filters.q;
  if (!asked.trim()) {
    found = null;
    return;
  }
  const answer = await fetch(`/search?q=${encodeURIComponent(asked)}`);
  if (!answer.ok || asked !== view.filters.q) return;
  found = new Set((await answer.json()).stories);
  soon();
}
function searchSoon() {
  clearTimeout(searching);
  searching = setTimeout(search, SEARCH_MS);
}

// The reader

async function load() {
  const story = view.story;
  if (!story) return drawReader();
  const answer = await fetch(`/story?id=${encodeURIComponent(story)}`).catch(() => null);
  if (view.story !== story) return undefined;
  if (answer?.ok) detail = await answer.json();
  else if (answer?.status === 404) detail = { gone: true };
  if (view.story === story) drawReader();
  return undefined;
}

function drawReader() {
  const root = byId("reader");
  byId("frame").classList.toggle("reading", view.story !== null);
  root.hidden = view.story === null;
  if (view.story === null) return root.replaceChildren();
  if (detail === null) return undefined;
  if (detail.gone) {
    root.className = "reader";
    return root.replaceChildren(Object.assign(document.createElement("p"), { className: "empty", textContent: "This story is not in the window any more." }));
  }
  const scrolled = root.querySelector(".reader-scroll")?.scrollTop ?? 0;
  const same = root.dataset.story === detail.story;
  const focused = root.contains(document.activeElement) ? document.activeElement.id || "reader" : null;
  root.dataset.story = detail.story;
  reader.draw(root, detail, {
    wanted: view.version, tab: view.tab,
    on: {
      version: (version) => go({ version }),
      tab: (tab, focus) => {
        go({ tab }, true);
        if (focus) byId(`tab-${tab}`).focus();
      },
      close: shut,
      desk: (slug) => go({ filters: { ...view.filters, desk: [slug] } }),
    },
  });
  if (same) root.querySelector(".reader-scroll").scrollTop = scrolled;
  if (focused) (byId(focused) ?? root).focus({ preventScroll: true });
  return undefined;
}

function shut() {
  go({ story: null, version: null, tab: "copy" });
  focusOn(selected);
}

// Selection

const inOrder = () => [...pinned, ...shown].map((family) => family.story);

function focusOn(story) {
  if (!story) return;
  selected = story;
  draw();
  const node = list.reveal(story) ?? byId("pins").querySelector(`article[data-story="${CSS.escape(story)}"]`);
  node?.focus({ preventScroll: true });
}

function step(by) {
  const order = inOrder();
  if (order.length === 0) return;
  const at = order.indexOf(selected);
  const to = at < 0 ? 0 : Math.max(0, Math.min(order.length - 1, at + by));
  focusOn(order[to]);
  if (view.story !== null) go({ story: order[to], version: null, tab: "copy" }, true);
}

function fold(story) {
  const opened = !open.delete(story);
  if (opened) open.add(story);
  list.refresh();
  if (opened) list.reveal(story);
}

function dismiss(story) {
  const family = stories.get(story);
  if (!family) return;
  putAway.add(pinKey(family));
  localStorage.setItem("put-away", JSON.stringify([...putAway].slice(-200)));
  draw();
}

function pause() {
  paused = paused === null ? [...stories.values()] : null;
  waiting = 0;
  const button = byId("pause");
  button.setAttribute("aria-pressed", String(paused !== null));
  button.textContent = paused === null ? "Pause" : "Paused";
  draw();
}

function otherVersion(by) {
  if (detail === null || detail.gone) return;
  const at = detail.versions.indexOf(reader.chosen(detail, view.version));
  const to = detail.versions[at + by];
  if (to) go({ version: reader.nameOf(to) });
}

// Hands on the page

function clicked(event) {
  const target = event.target instanceof Element ? event.target : null;
  const article = target?.closest("article[data-story]");
  const chip = target?.closest(".chip");
  if (chip) {
    const { field, value } = chip.dataset;
    if (!view.filters[field].includes(value)) go({ filters: { ...view.filters, [field]: [...view.filters[field], value] } });
    return;
  }
  if (!article) return;
  const { story } = article.dataset;
  if (target.closest(".away-with")) return dismiss(story);
  if (target.closest(".unfold")) {
    selected = story;
    return fold(story);
  }
  const version = target.closest(".version")?.dataset.version ?? null;
  if (getSelection()?.toString()) return;
  selected = story;
  go({ story, version, tab: version ? "changes" : "copy" });
}
byId("wire").addEventListener("click", clicked);
byId("reader").addEventListener("click", clicked);
byId("feed").addEventListener("focusin", (event) => {
  const story = event.target.closest("article")?.dataset.story;
  if (story && story !== selected) {
    selected = story;
    list.selected = story;
    list.refresh();
  }
});
byId("fresh").addEventListener("click", () => {
  if (paused !== null) pause();
  above = 0;
  byId("list").scrollTop = 0;
  draw();
});
byId("list").addEventListener("scroll", () => { if (byId("list").scrollTop <= 4 && above > 0) soon(); }, { passive: true });
byId("pause").addEventListener("click", pause);

const help = panels.help();
byId("keys").addEventListener("click", () => help.showModal());

const THEMES = ["auto", "light", "dark"];
let theme = THEMES.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto";
function paint() {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
}
byId("theme").addEventListener("click", () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  localStorage.setItem("theme", theme);
  paint();
});
paint();

const form = byId("filters");
const fillMenus = panels.menus(form, (field, value) => go({ filters: { ...view.filters, [field]: [...view.filters[field], value] } }));
form.addEventListener("submit", (event) => event.preventDefault());
byId("q").value = view.filters.q;
let typing = 0;
byId("q").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => go({ filters: { ...view.filters, q: byId("q").value.trim() } }, true), SEARCH_MS);
});

const hideTip = explain((code) => reader.light(byId("reader"), code));
bind({
  j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
  Enter: () => selected && go({ story: selected, version: null, tab: "copy" }),
  o: () => selected && fold(selected), x: () => selected && dismiss(selected), p: pause,
  g: () => { byId("list").scrollTop = 0; focusOn(inOrder()[0]); },
  "/": () => { byId("q").focus(); byId("q").select(); },
  "?": () => help.showModal(),
  "[": () => otherVersion(-1), "]": () => otherVersion(1),
  1: () => go({ tab: "copy" }, true), 2: () => go({ tab: "changes" }, true), 3: () => go({ tab: "cuts" }, true), 4: () => go({ tab: "record" }, true),
  Escape: () => {
    if (hideTip()) return;
    if (document.activeElement === byId("q")) {
      byId("q").blur();
      focusOn(selected ?? inOrder()[0]);
    } else if (view.story !== null) shut();
    else if (!isEmpty(view.filters)) go({ filters: { ...NONE } });
  },
});

if (view.filters.q) search();
wire.start();
