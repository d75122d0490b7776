// Which stories are in view: any value of a field, every field, every word of the search.

import { FIELDS } from "./address.js";

const haystacks = new WeakMap();
const haystack = (family) => {
  let text = haystacks.get(family);
  if (text === undefined) {
    text = `${family.headline}\n${family.slugline ?? ""}\n${family.agency}`.toLowerCase();
    haystacks.set(family, text);
  }
  return text;
};

/** The values that a story has in a field. */
export function values(family, field) {
  switch (field) {
    case "desk": return family.desks;
    case "country": return family.countries.map((tag) => tag.code);
    case "region": return family.regions.map((tag) => tag.code);
    case "urgency": return family.urgency === null ? [] : [String(family.urgency)];
    case "language": return family.language === null ? [] : [family.language];
    // As it stands; a correction or kill is found again whatever came after it.
    case "relation": return [...new Set([family.relation, ...family.versions.map((one) => one.relation).filter((one) => one === "correction" || one === "kill")])];
    default: return [family.agency];
  }
}

/** A test of `filters`; `found` is the set of stories whose copy holds the words, null while nobody has asked. */
export function test(filters, found) {
  const fields = FIELDS.filter((field) => filters[field].length > 0);
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
  return (family) =>
    fields.every((field) => values(family, field).some((value) => filters[field].includes(value))) &&
    (words.length === 0 || found?.has(family.story) || words.every((word) => haystack(family).includes(word)));
}

export const isEmpty = (filters) => filters.q === "" && FIELDS.every((field) => filters[field].length === 0);

/** How many of the stories have each value of each field; what the regions are called. */
export function tally(families) {
  let total = 0;
  const counts = Object.fromEntries(FIELDS.map((field) => [field, new Map()]));
  const names = new Map();
  for (const family of families) {
    total += 1;
    for (const field of FIELDS) {
      const count = counts[field];
      for (const value of values(family, field)) count.set(value, (count.get(value) ?? 0) + 1);
    }
    for (const tag of family.regions) names.set(tag.code, tag.name);
  }
  return { counts, names, total };
}
