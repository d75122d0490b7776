// Tags that explain themselves: the words in the copy that caused them, on hover and on focus.

import { byId, h } from "./dom.js";
import { ROLES, clock, counted, country } from "./words.js";

/** Words in quotes, each in a direction of its own, so that a row of Arabic ones is read in its order. */
export const quoted = (words) => words.map((word) => `\u2068“${word}”\u2069`).join(", ");

/** Why a country is on a story, in a sentence or two. */
export function countryWhy(tag) {
  const roles = (tag.roles ?? []).map((role) => ROLES[role] ?? role).join("; ");
  return [tag.words.length ? `For ${quoted(tag.words)}` : "No words of the copy", roles].filter(Boolean).join(": ");
}

/** Why a region is; `countries` are the story's. */
export function regionWhy(tag, countries) {
  if (tag.words.length > 0) return `The copy names it: ${quoted(tag.words)}`;
  if (countries.length !== 1) return "A country of the story lies in it";
  return `${country(countries[0].code)} lies in it${countries[0].words.length > 0 ? `: ${quoted(countries[0].words)}` : ""}`;
}

/** Buttons for the countries and regions of a story; each is a link to its filter. */
export function chips({ countries, regions }, most = Infinity, mostRegions = Infinity) {
  const shown = countries.slice(0, most);
  const more = countries.length - shown.length;
  return [
    ...shown.map((tag) => chip("country", tag.code, country(tag.code), countryWhy(tag))),
    more > 0 && h("span", { class: "more", text: `+${more}` }),
    ...regions.slice(0, mostRegions).map((tag) => chip("region", tag.code, tag.name, regionWhy(tag, countries))),
  ];
}

/** Who else carried a story; null for nobody. Of a killed one it says that they did, and who did after the kill. */
export function carried({ carried: outlets, killed }) {
  if (outlets.length === 0) return null;
  const late = outlets.filter((one) => one.after_kill);
  const names = late.length > 0 ? late : outlets;
  const who = names.length > 1 ? counted(names.length, "outlet") : names[0].outlet;
  const text = late.length > 0 ? `${who} ran it after the kill` : `${killed ? "carried by" : "also"} ${who}`;
  const why = outlets.map((one) =>
    `${one.outlet}, ${clock(one.seen)}${one.times > 1 ? `, ${one.times} times` : ""}${one.after_kill ? ", after the kill" : ""}`).join("; ");
  return chip("carried", late.length > 0 ? "late" : "", text, why);
}

function chip(field, code, name, why) {
  return h("button", {
    type: "button", class: `chip ${field}${code === "late" ? " late" : ""}`, "data-field": field, "data-value": code, "data-why": why, text: name,
  });
}

/** One tooltip for every chip; `lit(code)` lights the words in the copy, `lit(null)` puts them out. A finger cannot
    hover: its first tap on a chip explains, the second follows it. */
export function explain(lit) {
  const tip = byId("tip");
  let on = null;
  let tapped = null; // the chip that a finger has just come upon
  const hide = () => {
    if (on === null) return false;
    on.removeAttribute("aria-describedby");
    on = null;
    tip.hidden = true;
    lit(null);
    return true;
  };
  const show = (chip) => {
    if (chip === on) return;
    hide();
    on = chip;
    tip.replaceChildren(h("strong", { text: chip.textContent }), h("span", { text: chip.dataset.why }));
    tip.hidden = false;
    chip.setAttribute("aria-describedby", "tip");
    place();
    lit(chip.dataset.field === "country" ? chip.dataset.value : null);
  };
  const place = () => {
    const box = on.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const below = box.bottom + 6 + size.height < innerHeight;
    tip.style.top = `${below ? box.bottom + 6 : box.top - 6 - size.height}px`;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`;
  };
  const chipOf = (event) => (event.target instanceof Element ? event.target.closest(".chip") : null);
  document.addEventListener("pointerover", (event) => {
    const chip = chipOf(event);
    tapped = event.pointerType === "touch" && chip !== on ? chip : null;
    if (chip) show(chip);
    else hide();
  });
  document.addEventListener("click", (event) => {
    if (tapped === null || chipOf(event) !== tapped) return;
    tapped = null;
    event.stopPropagation();
  }, { capture: true });
  document.addEventListener("focusin", (event) => (chipOf(event) ? show(chipOf(event)) : hide()));
  // A chip that the keyboard stands on may have been scrolled to: its words go with it.
  document.addEventListener("scroll", () => (on !== null && on === document.activeElement ? place() : hide()), { capture: true, passive: true });
  return hide;
}
