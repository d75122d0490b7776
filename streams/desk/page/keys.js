// Keys → actions. A key that is being typed into a field, or that a button or a menu answers to, is left alone.

const FIELDS = "input, select, textarea";
const ANSWERS = { Enter: "button, a, summary", ArrowDown: "[role=tab], dialog", ArrowUp: "[role=tab], dialog" };

/** `actions`: by the key's name. */
export function bind(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target instanceof Element ? event.target : null;
    if (document.querySelector("dialog[open]")) return; // its own Escape closes it
    if (at?.closest(FIELDS) && event.key !== "Escape") return;
    if (ANSWERS[event.key] && at?.closest(ANSWERS[event.key])) return;
    if (event.key.startsWith("Arrow") && at?.closest("#reader")) return; // the copy scrolls
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}
