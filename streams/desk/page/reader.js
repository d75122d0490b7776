// One story as it is read: the copy, what changed, what was cut, where it comes from; every version of it.

import { carried, chips, quoted } from "./chips.js";
import { outlets } from "./outlets.js";
import { h, said } from "./dom.js";
import { called, clock, counted, country, desk, visible, whole } from "./words.js";

const TABS = { copy: "Copy", changes: "Changes", cuts: "Cuts", record: "Record", carried: "Outlets" };
const SIGNS = { added: "+", removed: "−", edited: "±", moved: "↕", same: "" };
const SPOKEN = { added: "Added", removed: "Removed", edited: "Edited", moved: "Moved", same: "" };

export const nameOf = (version) => `${version.uri}#${version.version}`;

/** The version to show: the one asked for, else the newest words, which of a killed story are those it killed. */
export function chosen(story, wanted) {
  const asked = story.versions.find((version) => nameOf(version) === wanted || version.version === wanted);
  if (asked) return asked;
  const words = story.killed ? story.versions.filter((version) => version.relation !== "kill") : story.versions;
  return words.at(-1) ?? story.versions.at(-1);
}

/** Draw `story` into `root`. `on`: { version(name), tab(name), close(), desk(slug) }. */
export function draw(root, story, { wanted, tab, on }) {
  const version = chosen(story, wanted);
  const dead = story.killed && version.relation !== "kill";
  const counts = {
    changes: version.changes ? version.changes.lines.filter((line) => line.what !== "same").length + version.changes.figures.length + version.changes.tags.length + (version.changes.headline ? 1 : 0) : 0,
    cuts: version.cuts.length,
    carried: story.carried.length,
  };
  root.className = `reader${dead ? " dead" : ""}`;
  const panel = h("div", { id: "panel", class: `panel ${tab}`, role: "tabpanel", "aria-labelledby": `tab-${tab}`, tabindex: "0" }, PANELS[tab](version, story));
  root.replaceChildren(
    h("div", { class: "reader-bar" },
      h("span", { class: "agency", text: version.agency }),
      version.outlet && h("span", { text: `via ${version.outlet}` }),
      version.urgency !== null && h("span", { class: `urgency u${version.urgency}`, text: `Urgency ${version.urgency}` }),
      h("time", { datetime: new Date(version.seen).toISOString(), title: "published on the wire", text: whole(version.seen) }),
      h("span", { class: "grow" }),
      !dead && !version.struck && h("button", { type: "button", class: "copy-text", text: "Copy text", onclick: (event) => copyText(event.target, version) }),
      closer(on.close)),
    h("div", { class: "reader-scroll" },
      notice(story, version),
      heading(version, dead),
      version.slugline && h("p", { class: "slugline", dir: "auto", text: version.slugline }),
      h("div", { class: "tags" }, chips(version),
        version.desks.map((slug) => h("button", { type: "button", class: "deskchip", title: "What this desk gets", text: `${desk(slug)} desk`, onclick: () => on.desk(slug) }))),
      story.versions.length > 1 && timeline(story, version, on),
      tabs(tab, counts, on),
      panel),
  );
}

/** The button that closes the pane. */
export const closer = (close) =>
  h("button", { type: "button", class: "close", "aria-label": "Close the story", title: "Close (Esc)", text: "×", onclick: close });

function notice(story, version) {
  if (story.killed) {
    const kill = story.versions.findLast((one) => one.relation === "kill");
    return h("div", { class: "notice kill", role: "note" },
      h("p", {}, h("strong", { text: "Killed. Do not use." }), ` ${clock(kill.seen)}, ${kill.agency}`),
      story.why && said("p", story.why, kill.language),
      kill.retracted > 0 && h("p", { class: "small", text: `It takes back ${counted(kill.retracted, "record")} that went out.` }),
      story.carried.length > 0 && h("p", {}, carried(story)));
  }
  if (version.struck) {
    return h("div", { class: "notice correction", role: "note" },
      h("p", {}, h("strong", { text: `Superseded by a ${version.struck.relation}.` }), ` Version ${version.struck.version} stands.`),
      version.struck.note && said("p", version.struck.note, version.language));
  }
  if (version.relation === "correction") {
    return h("div", { class: "notice correction", role: "note" },
      h("p", {}, h("strong", { text: "Correction." }), ` It takes back ${counted(version.retracted, "record")} that went out.`),
      version.note && said("p", version.note, version.language));
  }
  return null;
}

function heading(version, dead) {
  const pieces = version.headline.map(piece);
  const struck = dead || version.struck;
  return h("h2", { class: "title", dir: "auto", lang: version.language, id: "title" }, struck ? h("s", {}, pieces) : pieces);
}

/** [text, country or null] → text, marked where it is the cause of a tag. */
function piece([text, code]) {
  return code ? h("mark", { "data-code": code, text, title: country(code) }) : text;
}

function timeline(story, version, on) {
  return h("nav", { class: "timeline", "aria-label": "Versions" }, h("ol", {}, story.versions.map((one, place) =>
    h("li", {}, h("button", {
      type: "button", class: `${one.relation} ${one.kind}${one.struck ? " struck" : ""}`,
      "aria-current": one === version ? "true" : null, onclick: () => on.version(nameOf(one)),
    }, h("span", { class: "clock", text: clock(one.seen) }), " ", h(one.struck ? "s" : "span", { text: called(one) }), h("span", { class: "number", text: ` ${place + 1}` }),
      one.struck && h("span", { class: "unseen", text: " (do not use)" }))))));
}

function tabs(tab, counts, on) {
  const names = Object.keys(TABS);
  return h("div", { class: "tabs", role: "tablist", "aria-label": "Views of this story" }, names.map((name, place) =>
    h("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === tab), "aria-controls": "panel",
      tabindex: name === tab ? "0" : "-1", onclick: () => on.tab(name),
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        on.tab(names[(place + step + names.length) % names.length], true);
      },
    }, TABS[name], counts[name] > 0 && h("span", { class: "number", text: ` ${counts[name]}` }))));
}

const PANELS = {
  copy(version, story) {
    const dead = (story.killed && version.relation !== "kill") || version.struck;
    return [
      version.note && !version.struck && version.relation !== "kill" && version.relation !== "correction" && said("p", version.note, version.language, { class: "ednote" }),
      (version.dateline || version.by) && h("p", { class: "dateline", dir: "auto", lang: version.language },
        [version.by, version.dateline].filter(Boolean).join(" · ")),
      ...version.paragraphs.map((paragraph) => h("p", { class: "para", dir: "auto", lang: version.language }, dead ? h("s", {}, paragraph.map(piece)) : paragraph.map(piece))),
      version.paragraphs.length === 0 && h("p", { class: "empty", text: "No copy below the headline." }),
      version.captions.length > 0 && h("div", { class: "captions" }, h("h3", { text: "Captions" }),
        version.captions.map((caption) => said("p", caption, version.language))),
      version.terms && h("p", { class: "small", dir: "auto", text: version.terms }),
    ];
  },
  changes(version) {
    const moved = version.changes;
    if (!moved) return [h("p", { class: "empty", text: "The first version: there is nothing to compare it with." })];
    const nothing = !moved.headline && !moved.figures.length && !moved.tags.length && moved.lines.every((line) => line.what === "same");
    return [
      h("p", { class: "against", text: version.of ? `Against version ${version.of.version}${version.of.same ? "" : " of the story it follows"}` : "" }),
      nothing && h("p", { class: "empty", text: "Nothing in the words moved." }),
      moved.figures.length > 0 && h("section", { class: "figures", "aria-label": "Figures that moved" }, h("h3", { text: "Figures" }),
        h("ul", {}, moved.figures.map((figure) => h("li", {},
          figure.before ? h("del", { text: figure.before }) : h("span", { class: "none", text: "none" }), " → ",
          figure.after ? h("ins", { text: figure.after }) : h("span", { class: "none", text: "none" }),
          figure.noun && ` ${figure.noun}`,
          h("span", { class: "where", text: figure.number === null ? "headline" : `¶ ${figure.number}` }))))),
      moved.tags.length > 0 && h("ul", { class: "claims" }, moved.tags.map((tag) => h("li", { text: tag }))),
      version.claims.length > 0 && h("section", { "aria-label": "What the advisory says" }, h("h3", { text: "The advisory says" }),
        h("ul", { class: "claims" }, version.claims.map((claim) => h("li", { text: claim })))),
      moved.headline && line({ what: "edited", number: 0, runs: moved.headline }, version, "Headline"),
      ...moved.lines.map((one) => line(one, version)),
    ];
  },
  cuts(version) {
    if (version.cuts.length === 0) return [h("p", { class: "empty", text: "Nothing was cut." })];
    return [
      h("p", { class: "against", text: `${counted(version.cuts.length, "piece")} of the raw message are not in the copy.` }),
      h("dl", { class: "cuts" }, version.cuts.flatMap((cut) => [h("dt", { text: cut.rule }), h("dd", {}, h("pre", { dir: "auto", text: visible(cut.text) }))])),
    ];
  },
  record(version) {
    const rows = [
      ...Object.entries(version.source), ["uri", version.uri], ["version", version.version], ["relation", version.relation],
      ...version.ids.map((one) => [one.role ?? "id", one.value]),
    ].filter(([, value]) => value);
    return [
      version.why && h("p", { class: "para reason", text: version.why }),
      version.countries.length > 0 && h("section", { "aria-label": "Countries" }, h("h3", { text: "Countries, and why" }),
        h("ul", { class: "reasons" }, version.countries.map((tag) => h("li", {},
          h("strong", { text: `${country(tag.code)} ` }), h("span", { text: `${Math.round((tag.score ?? 0) * 100)}%` }),
          h("span", { class: "where", text: [tag.roles.join("; "), quoted(tag.words)].filter(Boolean).join(": ") }))))),
      version.retracts.length > 0 && h("section", { "aria-label": "Taken back" }, h("h3", { text: "Takes back" }),
        h("ul", { class: "claims" }, version.retracts.map((one) => h("li", { text: `${one.input ?? one.uri}, version ${one.version}` })))),
      version.warnings.length > 0 && h("ul", { class: "claims" }, version.warnings.map((text) => h("li", { text }))),
      version.printed && h("p", { class: "small", text: `An outlet's reprint came first: ${version.printed.source ?? "unknown"}, ${version.printed.input}.` }),
      h("dl", { class: "facts" }, rows.flatMap(([name, value]) => [h("dt", { text: name }), h("dd", { text: value })])),
    ];
  },
  carried: (version, story) => outlets(story),
};

function line(one, version, label) {
  const tag = { added: "ins", removed: "del" };
  return h("div", { class: `line ${one.what}` },
    h("span", { class: "sign", "aria-hidden": "true", text: SIGNS[one.what] ?? "" }),
    h("p", { dir: "auto", lang: version.language },
      SPOKEN[one.what] && h("span", { class: "unseen", text: `${label ?? ""} ${SPOKEN[one.what]}: ` }),
      one.runs.map((run) => (run.mark === "same" ? run.text : h(tag[run.mark], { text: run.text })))));
}

async function copyText(button, version) {
  const text = [version.headline, ...version.paragraphs].map((pieces) => pieces.map(([part]) => part).join("")).join("\n\n");
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed here";
  }
  setTimeout(() => { button.textContent = "Copy text"; }, 1500);
}

/** Light the words that caused the tag of `code`, or none. */
export function light(root, code) {
  for (const mark of root.querySelectorAll("mark")) mark.classList.toggle("lit", mark.dataset.code === code);
}
