// Who else carried a story: each copy with what the outlet did to it, where it came from and where its original did.

import { h, said } from "./dom.js";
import { clock, counted, whole } from "./words.js";

const FACTS = ["source", "input", "received", "sha256"];

/** The panel of `story`, as nodes. */
export function outlets(story) {
  if (story.copies.length === 0 && story.carried.length === 0) {
    return [h("p", { class: "empty", text: "No other outlet has carried it, as far as the wire knows." })];
  }
  const first = story.versions.filter((version) => version.outlet);
  const again = story.copies.filter((copy) => copy.again).length;
  const parts = [
    story.carried.length > 0 && `${counted(story.carried.length, "other outlet")} carried it`,
    again > 0 && `${story.copies.find((copy) => copy.again).agency} sent it again ${again > 1 ? `${again} times` : "once"}`,
  ];
  return [
    h("p", { class: "against", text: `${parts.filter(Boolean).join("; ") || "Nobody else carried it"}.` }),
    ...first.map((version) => h("article", { class: "carrier" },
      h("p", { class: "who" }, h("strong", { text: version.outlet }), h("span", { text: `${clock(version.seen)}: version ${story.versions.indexOf(version) + 1} came through it` })))),
    ...story.copies.map(row).reverse(),
  ];
}

function row(copy) {
  return h("article", { class: "carrier" },
    h("p", { class: "who" },
      h("strong", { text: copy.outlet }),
      copy.after_kill && h("span", { class: "badge kill", text: "After the kill" }),
      h("time", { datetime: new Date(copy.seen).toISOString(), title: whole(copy.seen), text: clock(copy.seen) }),
      h("span", { text: `${copied(copy)}, ${likeness(copy)}` })),
    said("h3", copy.headline, copy.language, { class: "words" }),
    copy.changed.length > 0 && h("ul", { class: "claims" }, copy.changed.map((text) => h("li", { text }))),
    h("details", {}, h("summary", { text: "Where both come from, and why they are one" }),
      copy.why && h("p", { class: "small", text: copy.why }),
      h("table", { class: "both" },
        h("thead", {}, h("tr", {}, h("td"), h("th", { scope: "col", text: "This copy" }), h("th", { scope: "col", text: "What it copies" }))),
        h("tbody", {}, FACTS.map((name) => h("tr", {}, h("th", { scope: "row", text: name }),
          h("td", { text: copy.came[name] ?? "–" }), h("td", { text: copy.original?.[name] ?? "–" })))))));
}

function copied({ of, through, again }) {
  if (of === null) return through ? `copy of what ${through} made of it` : "copy of a version that is not here any more";
  return again ? `version ${of} once more` : `copy of version ${of}`;
}

function likeness({ method, similarity }) {
  if (method === "bytes") return "the same bytes";
  if (method === "text") return "the same words";
  return similarity === null ? "joined by its id" : `${Math.round(similarity * 100)}% alike`;
}
