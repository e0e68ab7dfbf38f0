// The road strip: every document as a small card, moving as it moves in the register.
import { on } from "./api.js";
import { dossier } from "./dossier.js";
import { calm, h, icon } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { clock, grouped, now, stageNow, town, typeName, villageName } from "./town.js";

const COLUMNS = { home: 1, village: 2, district: 4, registry: 6 };
const REM = { width: 2.1, height: 1.5, gap: 0.2 };
const HEADS = [["home", "home"], ["village", "village"], ["", ""], ["district", "district"], ["mountain", ""], ["registry", "registry"]];

export class Road {
  constructor(element) {
    this.cards = new Map();
    this.cells = new Map();
    this.rank = new Map();
    this.current = null;
    this.news = h("p", { class: "news", role: "status" });
    this.layer = h("div", { class: "cards", role: "group", label: "road_hint" });
    this.map = h("div", { class: "map" }, ...heads(), ...this.places(), this.layer);
    element.append(h("div", { class: "scroll" }, this.map), this.news);
    this.layer.addEventListener("keydown", (event) => this.walk(event));
    new ResizeObserver(() => this.arrange()).observe(this.map);
    on("moved", (facts) => this.moved(facts));
    onLanguage(() => this.relabel());
    town.documents.forEach((one) => this.card(one));
    this.relabel();
  }

  /** A cell for every stage, out on the upper lane and back on the lower one. */
  places() {
    let lane = 1, column = COLUMNS.village;
    const cells = [];
    const stages = [...town.stages.values()].filter(({ place }) => place);
    stages.forEach(({ key, place }, i) => {
      if (cells.at(-1)?.dataset.place === "registry" && place === "registry") lane = 2;
      const next = stages[i + 1]?.place;
      column = place === "road" ? between(column, COLUMNS[next]) : COLUMNS[place];
      const cell = h("div", { class: `cell lane${lane} ${place} col${column}`, "data-place": place, "data-stage": key },
        h("span", { class: "caption" }, place === "road" ? icon("bike") : null, h("span", { t: key })));
      this.cells.set(key, cell);
      this.rank.set(key, i);
      cells.push(cell);
    });
    return cells;
  }

  card(one) {
    const button = h("button", { type: "button", class: `card ${town.types.get(one.type)?.mourning ? "plain" : `kind-${one.type}`}`, tabindex: "-1" }, one.type.slice(0, 3));
    button.addEventListener("click", () => dossier(one.id));
    button.addEventListener("focus", () => this.focus(button));
    button.dataset.id = one.id;
    this.cards.set(one.id, button);
    this.layer.append(button);
    this.name(one);
    return button;
  }

  name(one) {
    const places = { type: typeName(one.type), number: grouped(one.number), village: villageName(one.village), stage: stageNow(one.stage, one.village) };
    const button = this.cards.get(one.id);
    button.setAttribute("aria-label", t("chip", places));
    button.title = t("chip", places);
  }

  moved({ documents, gone }) {
    gone.forEach((id) => this.remove(id));
    for (const one of documents) {
      if (!this.cards.has(one.id)) this.card(one).classList.add("new");
      this.name(one);
      this.mark(one.id);
    }
    if (documents.length) this.follow(documents.at(-1).stage);
    if (documents.length) this.announce(documents.at(-1), documents.length);
    this.arrange();
  }

  /** Where the strip is wider than the screen, look at where something happened. */
  follow(stage) {
    const cell = this.cells.get(stage), scroll = this.map.parentElement;
    if (cell && scroll.scrollWidth > scroll.clientWidth) scroll.scrollTo({ left: cell.offsetLeft - 24, behavior: calm() ? "auto" : "smooth" });
  }

  announce(one, count) {
    const words = t("moved", { type: typeName(one.type), tail: one.number.slice(-4), village: villageName(one.village), stage: stageNow(one.stage, one.village) });
    this.news.textContent = `${clock(now())} · ${words}${count > 1 ? ` (+${count - 1})` : ""}`;
  }

  mark(id) {
    const card = this.cards.get(id);
    card.classList.add("moving");
    setTimeout(() => card.classList.remove("moving"), 1600);
  }

  remove(id) {
    this.cards.get(id)?.remove();
    this.cards.delete(id);
  }

  relabel() {
    town.documents.forEach((one) => this.cards.has(one.id) && this.name(one));
    if (!this.news.textContent) this.news.textContent = t("road_hint");
  }

  /** Put every card in its place; the style sheet lets it travel there. */
  arrange() {
    const groups = new Map();
    for (const one of town.documents.values()) {
      if (!this.cells.has(one.stage)) continue;
      if (!groups.has(one.stage)) groups.set(one.stage, []);
      groups.get(one.stage).push(one);
    }
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const size = Object.fromEntries(Object.entries(REM).map(([name, value]) => [name, value * rem]));
    // All reads before all writes, or the browser lays the page out once for each card.
    const boxes = new Map([...groups.keys()].map((stage) => [stage, this.cells.get(stage)]).map(([stage, cell]) => [stage, box(cell)]));
    for (const [stage, group] of groups) this.settle(group, boxes.get(stage), size);
    for (const [id, card] of this.cards) card.hidden = !this.cells.has(town.documents.get(id)?.stage);
    this.keepOneStop();
  }

  settle(group, { left, top, width, height }, card) {
    const fits = Math.max(1, Math.floor((height + card.gap) / (card.height + card.gap)));
    const abreast = Math.max(Math.floor((width + card.gap) / (card.width + card.gap)), Math.ceil(group.length / fits));
    // More than there is room for lie over each other, like cards in a hand.
    const step = abreast > 1 ? Math.min(card.width + card.gap, (width - card.width) / (abreast - 1)) : 0;
    group.sort((a, b) => a.since - b.since).forEach((one, i) => {
      const x = left + (i % abreast) * step, y = top + Math.floor(i / abreast) * (card.height + card.gap);
      this.cards.get(one.id).style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    });
  }

  // One stop for the Tab key; arrows go from card to card along the road.

  order() {
    const key = (id) => { const one = town.documents.get(id); return [this.rank.get(one?.stage) ?? 99, one?.since ?? 0]; };
    return [...this.cards].filter(([, card]) => !card.hidden)
      .sort(([a], [b]) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]).map(([, card]) => card);
  }

  keepOneStop() {
    if (this.current?.isConnected && !this.current.hidden) return;
    const [first] = this.order();
    if (first) this.focus(first);
  }

  focus(card) {
    if (this.current) this.current.tabIndex = -1;
    this.current = card;
    card.tabIndex = 0;
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const cards = this.order();
    cards[(cards.indexOf(this.current) + step + cards.length) % cards.length]?.focus();
  }
}

const between = (from, to) => (from + to) / 2;
const heads = () => HEADS.map(([words, picture], i) =>
  h("div", { class: `place col${i + 1}` }, picture ? icon(picture) : null, words ? h("span", { t: words }) : null));

function box(cell) {
  const style = getComputedStyle(cell), caption = cell.firstChild;
  const top = cell.offsetTop + caption.offsetTop + caption.offsetHeight + 4;
  const left = cell.offsetLeft + parseFloat(style.paddingLeft);
  return {
    left, top, width: cell.clientWidth - 2 * parseFloat(style.paddingLeft),
    height: cell.offsetTop + cell.offsetHeight - top - 4,
  };
}

