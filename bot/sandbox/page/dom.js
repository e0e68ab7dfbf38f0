// Elements without markup in strings: whatever a bot or a person writes becomes text, never HTML.
import { mark } from "./i18n.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element. `t` and `label` are keys of words.js; `on` holds listeners; the rest are attributes. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "t" || name === "label" || name === "placeholder") mark(element, name, value);
    else if (name === "hidden" || name === "disabled" || name === "checked" || name === "value") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A picture from the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A button with a picture; its name is spoken and shown on hover. */
export function iconButton(name, label, click, props = {}) {
  return h("button", { type: "button", class: "round", label, on: { click }, ...props }, icon(name));
}

/** A list to choose from in which nothing is chosen before it is open: whoever walks it with arrows would choose the first. */
export function chooser(props, choose) {
  const select = h("select", { ...props, on: { change: choose } });
  select.addEventListener("keydown", (event) => {
    if (event.key.length > 1 && !event.key.startsWith("Arrow") && !["Home", "End", "PageUp", "PageDown"].includes(event.key)) return;
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    select.showPicker();
  });
  return select;
}

export function fill(element, ...children) {
  element.replaceChildren(...children.filter(Boolean));
  return element;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
