// The page's own language, switched while it runs: elements remember which words they show, or how they draw themselves.
import { WORDS } from "./words.js";

const args = new WeakMap();
const drawings = new WeakMap();
const listeners = new Set();
const kept = localStorage.getItem("language");
let language = kept in WORDS ? kept : navigator.language.toLowerCase().startsWith("id") ? "id" : "en";

export const lang = () => language;
export const onLanguage = (listener) => listeners.add(listener);

/** The words for a key, with its {places} filled. */
export function t(key, places = {}) {
  const words = WORDS[language][key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

/** Have an element show (`t`), be named by (`label`) or hint at (`placeholder`) the words of a key. */
export function mark(element, how, key, places) {
  element.dataset[how === "t" ? "t" : how === "label" ? "tLabel" : "tHint"] = key;
  if (places) args.set(element, places);
  say(element);
}

/** Have an element drawn now, and again whenever the language changes: for words that are made of more than one key. */
export function live(element, draw) {
  element.dataset.live = "";
  drawings.set(element, draw);
  draw(element);
  return element;
}

function say(element) {
  const { t: text, tLabel: label, tHint: hint } = element.dataset;
  const places = args.get(element);
  if (text) element.textContent = t(text, places);
  if (hint) element.placeholder = t(hint, places);
  if (label) {
    element.setAttribute("aria-label", t(label, places));
    if (element.tagName === "BUTTON") element.title = t(label, places);
  }
}

export function speak(wanted) {
  language = wanted;
  localStorage.setItem("language", wanted);
  relabel();
}

export function relabel() {
  document.documentElement.lang = language;
  document.title = t("title");
  document.querySelectorAll("[data-t], [data-t-label], [data-t-hint]").forEach(say);
  document.querySelectorAll("[data-live]").forEach((element) => drawings.get(element)(element));
  listeners.forEach((listener) => listener());
}
