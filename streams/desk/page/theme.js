// Light, dark, or as the system has it: chosen with a button, remembered in this browser.

import { byId } from "./dom.js";

const THEMES = ["auto", "light", "dark"];

export function themes() {
  const known = localStorage.getItem("theme");
  let theme = THEMES.includes(known) ? known : "auto";
  const paint = () => {
    document.documentElement.dataset.theme = theme;
    byId("theme").textContent = `Theme: ${theme}`;
  };
  byId("theme").addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    localStorage.setItem("theme", theme);
    paint();
  });
  paint();
}
