// Codes and times → what a person reads. Names come from the browser, so that no list of them is carried along.

const COUNTRIES = new Intl.DisplayNames(["en"], { type: "region" });
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const WHOLE = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export const ROLES = {
  focus: "headline or lead tell of it",
  actor: "its people or institutions act",
  dateline: "filed from there",
  agency: "the agency coded it",
  mention: "named further down",
};
export const RELATIONS = {
  new: "New", update: "Update", correction: "Correction", kill: "Kill", duplicate: "Copy", retag: "Re-tagged",
};
export const URGENCIES = { 1: "1 flash", 2: "2 urgent", 3: "3 high", 4: "4 normal", 5: "5 feature", 6: "6 low", 7: "7", 8: "8" };

const named = (names, code) => {
  try {
    return names.of(code) ?? code;
  } catch {
    return code; // not a code that the browser can read: shown as it came
  }
};
export const country = (code) => named(COUNTRIES, code);
export const language = (code) => named(LANGUAGES, code);
export const desk = (slug) => slug.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
export const relation = (name) => RELATIONS[name] ?? name;
export const clock = (ms) => CLOCK.format(ms);
export const whole = (ms) => WHOLE.format(ms);

/** The clock today, the day before that. */
export function moment(ms, now) {
  return now - ms < 20 * 3600e3 ? CLOCK.format(ms) : DAY.format(ms);
}

/** `12 s`, `4 min`, `3 h`, `2 d`. */
export function ago(ms, now) {
  const seconds = Math.max(0, Math.round((now - ms) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** `1 story`, `2,040 stories`. */
export function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** What a version is called in a list of versions. */
export function called(version) {
  if (version.relation === "kill") return "Kill";
  if (version.relation === "correction") return "Correction";
  if (version.relation === "retag") return "Re-tagged";
  if (version.kind === "alert" || version.kind === "flash") return version.kind === "flash" ? "Flash" : "Alert";
  if (version.kind === "urgent") return "Urgent";
  if (version.kind === "advisory") return "Advisory";
  return version.relation === "update" ? "Update" : "Story";
}

/** Control characters as their pictures, so that a cut shows what it cut. */
export function visible(text) {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.charCodeAt(0)));
}
