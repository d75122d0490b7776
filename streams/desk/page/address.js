// The view ↔ the address bar: every filter, story, version and tab has a link.

export const FIELDS = ["desk", "country", "region", "relation", "urgency", "agency", "language"];
const TABS = ["copy", "changes", "cuts", "record", "carried"];
export const NONE = Object.freeze({ q: "", ...Object.fromEntries(FIELDS.map((field) => [field, Object.freeze([])])) });

/** `?desk=africa&country=MZ&q=cyclone&story=…&v=…&show=changes` → { filters, story, version, tab }. */
export function read(search) {
  const given = new URLSearchParams(search);
  const filters = { q: given.get("q") ?? "" };
  for (const field of FIELDS) filters[field] = [...new Set(given.getAll(field).filter(Boolean))];
  const tab = given.get("show");
  return { filters, story: given.get("story"), version: given.get("v"), tab: TABS.includes(tab) ? tab : "copy" };
}

/** The inverse of `read`; empty for the plain wire. */
export function written({ filters, story, version, tab }) {
  const out = new URLSearchParams();
  for (const field of FIELDS) for (const value of filters[field]) out.append(field, value);
  if (filters.q) out.set("q", filters.q);
  if (story) out.set("story", story);
  if (story && version) out.set("v", version);
  if (story && tab && tab !== "copy") out.set("show", tab);
  const text = out.toString();
  return text ? `?${text}` : "/";
}
