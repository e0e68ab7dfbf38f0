// Text with entities, as Telegram sends it: offsets count UTF-16 units, which is what JavaScript counts too.
import { h } from "./dom.js";

const PLAIN = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", spoiler: "span",
};

/** Nodes for a text. `act` follows what can be tapped: `act.link(url)`, `act.command(text)`. */
export function rich(text, entities, act) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return weave(text, 0, text.length, sorted, act);
}

function weave(text, from, to, entities, act) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; ) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, to);
    let next = i + 1;
    while (next < entities.length && entities[next].offset < end) next++;
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    nodes.push(dress(entity, text.slice(entity.offset, end), weave(text, entity.offset, end, entities.slice(i + 1, next), act), act));
    at = end;
    i = next;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function dress(entity, text, inside, act) {
  if (PLAIN[entity.type]) return h(PLAIN[entity.type], {}, ...inside);
  switch (entity.type) {
    case "url":
      return link(text.includes("://") ? text : `https://${text}`, inside, act);
    case "text_link":
      return link(entity.url, inside, act);
    case "bot_command":
      return tappable(inside, () => act.command(text));
    case "blockquote":
      return h("blockquote", {}, ...inside);
    case "expandable_blockquote":
      return folded(inside);
    default:
      return h("span", {}, ...inside);
  }
}

function link(url, inside, act) {
  if (act.isOurs(url)) return tappable(inside, () => act.link(url));
  const safe = /^https?:\/\//.test(url);
  return safe ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...inside) : h("span", {}, ...inside);
}

const tappable = (inside, click) => h("button", { type: "button", class: "link", on: { click } }, ...inside);

function folded(inside) {
  const quote = h("blockquote", { class: "folded", tabindex: "0", role: "button", "aria-expanded": "false" }, ...inside);
  const turn = () => quote.setAttribute("aria-expanded", String(quote.classList.toggle("folded") === false));
  quote.addEventListener("click", turn);
  quote.addEventListener("keydown", (event) => event.key === "Enter" && turn());
  return quote;
}
