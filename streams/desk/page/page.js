// The page: which view is asked for and what hands do on it. Holds the view; the wire fills the stories, the rest draws.

import { NONE, read, written } from "./address.js";
import { explain } from "./chips.js";
import { Column } from "./column.js";
import { byId } from "./dom.js";
import { isEmpty, tally, test } from "./filters.js";
import { bind } from "./keys.js";
import { Open } from "./open.js";
import * as panels from "./panels.js";
import * as reader from "./reader.js";
import { Search } from "./search.js";
import { Spoken } from "./spoken.js";
import { Stories } from "./stories.js";
import { themes } from "./theme.js";
import { Wire } from "./wire.js";

const ASIDE_MS = 1000; // how often counts and menus are brought up to date while the wire runs
const TYPED_MS = 150;
const HIDDEN_MS = 250;

let view = read(location.search);
let selected = view.story; // the story under the keyboard

const stories = new Stories();
const column = new Column(stories, () => ({ selected, current: view.story }));
const search = new Search(() => soon());
const spoken = new Spoken(() => stories.paused !== null);
const opened = new Open({
  version: (version) => go({ version }),
  tab: (tab, focus) => {
    go({ tab }, true);
    if (focus) byId(`tab-${tab}`).focus();
  },
  close: shut,
  desk: (slug) => go({ filters: { ...view.filters, desk: [slug] } }),
});

// Drawing

let due = false;
function soon() {
  if (due) return;
  due = true;
  // A timer as well: a browser gives a hidden page no frames, and its title must still say that there is an alert.
  const now = () => { if (due) { due = false; draw(); } };
  requestAnimationFrame(now);
  if (document.hidden) setTimeout(now, HIDDEN_MS);
}

function draw() {
  column.draw(test(view.filters, search.found), !isEmpty(view.filters));
  const alerts = column.pinned.filter((family) => family.pin !== "urgent").length;
  const about = view.story === null ? null : stories.get(view.story)?.headline;
  document.title = `${alerts > 0 ? `(${alerts}) ` : ""}${about ? `${about} · ` : ""}Newswire`;
}

let counts = tally([]);
function count() {
  counts = tally(stories.held.values());
  drawAside();
}
function drawAside() {
  panels.desks(byId("desks"), counts, view.filters, (value) => go({ filters: { ...view.filters, desk: value } }));
  fillMenus(counts, view.filters);
}
let asideDue = false;
function asideSoon() {
  if (asideDue) return;
  asideDue = true;
  setTimeout(() => {
    asideDue = false;
    // Nothing is redrawn under a keyboard that stands on it.
    if (!byId("desks").contains(document.activeElement)) count();
  }, ASIDE_MS);
}

function drawTokens() {
  panels.tokens(byId("tokens"), view.filters, counts.names, (filters) => go({ filters }));
}

// The wire

let health = { now: Date.now(), agencies: [], minute: 0, delay: null, behind: null, reachable: true };
let line = "waiting";

const wire = new Wire({
  all(snapshot) {
    stories.fill(snapshot);
    feel(snapshot.health);
    draw();
    count();
    drawTokens();
    if (view.story) {
      column.list.reveal(view.story);
      opened.load();
    }
  },
  story(event) {
    const { family, gone } = event;
    stories.take(event);
    spoken.note(event);
    if (gone.includes(view.story)) go({ story: family.story }, true);
    else if (family.story === view.story && stories.paused === null) opened.load();
    if (gone.includes(selected)) selected = family.story;
    search.soon();
    soon();
    asideSoon();
  },
  health: feel,
  state(next) {
    if (next === line) return;
    line = next;
    panels.feeds(byId("feeds"), health, line);
    if (line === "live") opened.back();
  },
});

function feel(next) {
  health = next;
  stories.skew = next.now - Date.now();
  panels.feeds(byId("feeds"), health, line);
  soon(); // an alert is not pinned for ever
}

// The view

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
    if (byId("q").value.trim() !== view.filters.q) byId("q").value = view.filters.q;
    if (view.filters.q !== before.filters.q) search.ask(view.filters.q);
    column.top();
    drawAside();
    drawTokens();
  }
  if (view.story && view.story !== before.story) selected = view.story;
  opened.show(view);
  draw();
}

addEventListener("popstate", () => {
  const before = view;
  view = read(location.search);
  arrive(before);
});

const narrowed = (field, value) =>
  view.filters[field].includes(value) ? view.filters : { ...view.filters, [field]: [...view.filters[field], value] };

function shut() {
  go({ story: null, version: null, tab: "copy" });
  if (selected) focusOn(selected);
}

// Selection

/** The story that keys are meant for: the one that the focus is in, or else the selected one. */
const meant = () => document.activeElement?.closest("article[data-story]")?.dataset.story ?? selected;

function focusOn(story) {
  if (!story) return;
  selected = story;
  draw();
  column.focus(story);
}

function step(by) {
  const order = column.order();
  if (order.length === 0) return;
  const at = order.indexOf(meant());
  const to = at < 0 ? 0 : Math.max(0, Math.min(order.length - 1, at + by));
  focusOn(order[to]);
  if (view.story !== null) go({ story: order[to], version: null, tab: "copy" }, true);
}

function dismiss(story) {
  stories.dismiss(story);
  draw();
}

function pause() {
  stories.pause();
  const button = byId("pause");
  button.setAttribute("aria-pressed", String(stories.paused !== null));
  button.textContent = stories.paused === null ? "Pause" : "Paused";
  draw();
  if (stories.paused === null && view.story) opened.load();
}

function otherVersion(by) {
  const version = opened.neighbour(by);
  if (version) go({ version });
}

// Hands on the page

function clicked(event) {
  const target = event.target instanceof Element ? event.target : null;
  const article = target?.closest("article[data-story]");
  const chip = target?.closest(".chip");
  const outlets = chip?.dataset.field === "carried";
  if (outlets && !article) return go({ tab: "carried" }, true);
  if (chip && !outlets) {
    const filters = narrowed(chip.dataset.field, chip.dataset.value);
    if (filters !== view.filters) go({ filters });
    return;
  }
  if (!article) return;
  const { story } = article.dataset;
  if (target.closest(".away-with")) return dismiss(story);
  if (target.closest(".unfold")) {
    selected = story;
    return column.fold(story);
  }
  if (getSelection()?.toString()) return;
  const version = target.closest(".version")?.dataset.version ?? null;
  go({ story, version, tab: version ? "changes" : outlets ? "carried" : "copy" });
}
byId("wire").addEventListener("click", clicked);
byId("reader").addEventListener("click", clicked);
byId("wire").addEventListener("focusin", (event) => {
  const story = event.target.closest("article")?.dataset.story;
  if (story && story !== selected && byId("feed").contains(event.target)) {
    selected = story;
    column.list.selected = story;
    column.list.refresh();
  }
});
byId("fresh").addEventListener("click", () => {
  if (stories.paused !== null) pause();
  column.top();
  draw();
});
byId("list").addEventListener("scroll", () => { if (byId("list").scrollTop <= 4 && column.above > 0) soon(); }, { passive: true });
byId("pause").addEventListener("click", pause);

const help = panels.help();
byId("keys").addEventListener("click", () => help.showModal());
themes();

const form = byId("filters");
const fillMenus = panels.menus(form, (field, value) => go({ filters: narrowed(field, value) }));
form.addEventListener("submit", (event) => event.preventDefault());
byId("q").value = view.filters.q;
let typing = 0;
byId("q").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => go({ filters: { ...view.filters, q: byId("q").value.trim() } }, true), TYPED_MS);
});

const hideTip = explain((code) => reader.light(byId("reader"), code));
const tab = (name) => () => { if (view.story !== null) go({ tab: name }, true); };
bind({
  j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
  Enter: () => meant() && go({ story: meant(), version: null, tab: "copy" }),
  o: () => meant() && column.fold(meant()), x: () => meant() && dismiss(meant()), p: pause,
  g: () => { column.top(); focusOn(column.order()[0]); },
  "/": () => { byId("q").focus(); byId("q").select(); },
  "?": () => help.showModal(),
  "[": () => otherVersion(-1), "]": () => otherVersion(1),
  1: tab("copy"), 2: tab("changes"), 3: tab("cuts"), 4: tab("record"), 5: tab("carried"),
  Escape: () => {
    if (hideTip()) return;
    if (document.activeElement === byId("q")) {
      byId("q").blur();
      focusOn(selected ?? column.order()[0]);
    } else if (view.story !== null) shut();
    else if (!isEmpty(view.filters)) go({ filters: { ...NONE } });
  },
});

opened.show(view);
search.ask(view.filters.q);
wire.start();
