// Tags that explain themselves: the words in the copy that caused them, on hover and on focus.

import { byId, h } from "./dom.js";
import { ROLES, country } from "./words.js";

const quoted = (words) => words.map((word) => `“${word}”`).join(", ");

/** Why a country is on a story, in a sentence or two. */
export function countryWhy(tag) {
  const roles = (tag.roles ?? []).map((role) => ROLES[role] ?? role).join("; ");
  return [tag.words.length ? `For ${quoted(tag.words)}` : "No words of the copy", roles].filter(Boolean).join(": ");
}

export function regionWhy(tag) {
  return tag.words.length ? `The copy names it: ${quoted(tag.words)}` : "A country of the story lies in it";
}

/** Buttons for the countries and regions of a story; each is a link to its filter. */
export function chips({ countries, regions }, most = Infinity, mostRegions = Infinity) {
  const shown = countries.slice(0, most);
  const more = countries.length - shown.length;
  return [
    ...shown.map((tag) => chip("country", tag.code, country(tag.code), countryWhy(tag))),
    more > 0 && h("span", { class: "more", text: `+${more}` }),
    ...regions.slice(0, mostRegions).map((tag) => chip("region", tag.code, tag.name, regionWhy(tag))),
  ];
}

function chip(field, code, name, why) {
  return h("button", {
    type: "button", class: `chip ${field}`, "data-field": field, "data-value": code, "data-why": why, text: name,
  });
}

/** One tooltip for every chip; `lit(code)` lights the words in the copy, `lit(null)` puts them out. */
export function explain(lit) {
  const tip = byId("tip");
  let on = null;
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
    const box = chip.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const below = box.bottom + 6 + size.height < innerHeight;
    tip.style.top = `${below ? box.bottom + 6 : box.top - 6 - size.height}px`;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`;
    lit(chip.dataset.field === "country" ? chip.dataset.value : null);
  };
  const chipOf = (event) => (event.target instanceof Element ? event.target.closest(".chip") : null);
  document.addEventListener("pointerover", (event) => (chipOf(event) ? show(chipOf(event)) : hide()));
  document.addEventListener("focusin", (event) => (chipOf(event) ? show(chipOf(event)) : hide()));
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  return hide;
}
