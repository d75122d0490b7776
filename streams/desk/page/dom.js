// Elements from values: text always as text nodes, never as markup.

const EMPTY = Object.freeze({});

/** Make an element. `props`: class, text, on* handlers, data-* and aria-* attributes, plain properties. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? EMPTY)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Text in a language of its own: the browser finds its direction, a screen reader its voice. */
export function said(tag, text, language, props) {
  return h(tag, { dir: "auto", lang: language, ...props, text });
}

export const byId = (id) => document.getElementById(id);
