// The road strip: every document as a small card, moving as it moves in the register.
import { on } from "./api.js";
import { dossier } from "./dossier.js";
import { calm, h, icon } from "./dom.js";
import { live, onLanguage, t } from "./i18n.js";
import { documentName, papers } from "./papers.js";
import { clock, isHeld, isLate, now, stageNow, town, typeName, villageName } from "./town.js";

const COLUMNS = { home: 1, village: 2, district: 4, registry: 6 };
// In rem; a finger needs 24 pixels, however small the letters are.
const SIZES = { width: 2.1, height: 1.5, gap: 0.2 }, LEAST = { width: 32, height: 24, gap: 3 };
const HEADS = [["home", "home"], ["village", "village"], ["", ""], ["district", "district"], ["mountain", ""], ["registry", "registry"]];

export class Road {
  constructor(element) {
    this.cards = new Map();
    this.cells = new Map();
    this.piles = new Map();
    this.rank = new Map();
    this.current = null;
    this.news = live(h("p", { class: "news", role: "status" }), (news) => (news.textContent = t("road_hint")));
    this.layer = h("div", { class: "cards", role: "group", label: "road_hint" });
    this.map = h("div", { class: "map" }, ...heads(), ...this.places(), this.layer);
    element.append(h("div", { class: "scroll" }, this.map), this.news);
    this.layer.addEventListener("keydown", (event) => this.walk(event));
    new ResizeObserver(() => this.arrange()).observe(this.map);
    on("moved", (facts) => this.moved(facts));
    on("beat", () => this.age());
    onLanguage(() => this.relabel());
    town.documents.forEach((one) => this.card(one));
    this.age();
  }

  /** A cell for every stage, out on the upper lane and back on the lower one. */
  places() {
    let lane = 1, column = COLUMNS.village;
    const cells = [];
    const stages = [...town.stages.values()].filter(({ place }) => place);
    // What was sent back waits for its family, beside what it has got.
    const back = [...town.stages.values()].filter(({ ends }) => ends === false).map(({ key }) => ({ key, place: "home", lane: 1 }));
    [...stages, ...back].forEach(({ key, place, lane: own }, i) => {
      if (cells.at(-1)?.dataset.place === "registry" && place === "registry") lane = 2;
      const next = stages[i + 1]?.place;
      column = place === "road" ? between(column, COLUMNS[next]) : COLUMNS[place];
      const caption = h("span", { class: "caption" }, place === "road" ? icon("bike") : null, live(h("span"), (span) => (span.title = span.textContent = t(key))), h("b"), h("i"));
      const cell = h("div", { class: `cell lane${own ?? lane} ${place} col${column}`, "data-place": place, "data-stage": key }, caption);
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
    const button = this.cards.get(one.id);
    button.classList.toggle("late", isLate(one));
    button.classList.toggle("held", isHeld(one));
    button.setAttribute("aria-label", documentName(one));
    button.title = documentName(one);
  }

  moved({ documents, gone, quiet }) {
    gone.forEach((id) => this.remove(id));
    for (const one of documents) {
      if (!this.cards.has(one.id)) this.card(one).classList.add("new");
      this.name(one);
      if (!quiet) this.mark(one.id);
    }
    if (documents.length && !quiet) this.follow(documents.at(-1).stage);
    if (documents.length && !quiet) this.announce(documents.at(-1), documents.length, now());
    this.arrange();
  }

  /** Where the strip is wider than the screen, look at where something happened. */
  follow(stage) {
    const cell = this.cells.get(stage), scroll = this.map.parentElement;
    if (cell && scroll.scrollWidth > scroll.clientWidth) scroll.scrollTo({ left: cell.offsetLeft - 24, behavior: calm() ? "auto" : "smooth" });
  }

  announce(one, count, at) {
    live(this.news, (news) => {
      const words = t("moved", { type: typeName(one.type), tail: one.number.slice(-4), village: villageName(one.village), stage: stageNow(one.stage, one.village) });
      news.textContent = `${clock(at)} · ${words}${count > 1 ? ` (+${count - 1})` : ""}`;
    });
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

  /** Some are late that were not, as time passes. */
  age() {
    const late = [...town.documents.values()].filter(isLate).map(({ id }) => id).join();
    if (late === this.late) return;
    this.late = late;
    this.relabel();
  }

  relabel() {
    town.documents.forEach((one) => this.cards.has(one.id) && this.name(one));
    this.arrange();
  }

  /** Put every card in its place; the style sheet lets it travel there. */
  arrange() {
    const groups = new Map([...this.cells.keys()].map((stage) => [stage, []]));
    for (const one of town.documents.values()) groups.get(one.stage)?.push(one);
    const focused = this.layer.contains(document.activeElement);
    groups.forEach((group, stage) => this.caption(stage, group));
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const size = Object.fromEntries(Object.entries(SIZES).map(([name, value]) => [name, Math.max(value * rem, LEAST[name])]));
    // All reads before all writes, or the browser lays the page out once for each card.
    const boxes = new Map([...this.cells].map(([stage, cell]) => [stage, box(cell)]));
    for (const [stage, group] of groups) this.lay(stage, group, boxes.get(stage), size);
    for (const [id, card] of this.cards) card.hidden = !this.cells.has(town.documents.get(id)?.stage);
    this.keepOneStop();
    if (focused && document.activeElement !== this.current) this.current?.focus({ preventScroll: true });
  }

  /** How many there are, and how many of them are late or stand still, in words. */
  caption(stage, group) {
    const [count, late] = this.cells.get(stage).querySelectorAll("b, i"), overdue = group.filter(isLate).length, still = group.filter(({ hold }) => hold).length;
    count.textContent = group.length || "";
    late.textContent = [overdue && t("late", { n: overdue }), still && t("still", { n: still })].filter(Boolean).join(" · ");
  }

  /** The oldest side by side; what there is no room for lies in a pile, in the place of the last. */
  lay(stage, group, { left, top, width, height }, card) {
    const abreast = Math.max(1, Math.floor((width + card.gap) / (card.width + card.gap)));
    const room = abreast * Math.max(1, Math.floor((height + card.gap) / (card.height + card.gap)));
    const shown = group.length > room ? room - 1 : group.length;
    const put = (element, i) => {
      const x = left + (i % abreast) * (card.width + card.gap), y = top + Math.floor(i / abreast) * (card.height + card.gap);
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    };
    group.sort((a, b) => a.since - b.since).forEach((one, i) => {
      const element = this.cards.get(one.id);
      element.classList.toggle("piled", i >= shown);
      put(element, Math.min(i, shown));
    });
    const pile = this.pile(stage, group.length - shown);
    if (pile) put(pile, shown);
  }

  pile(stage, count) {
    if (!count) {
      this.piles.get(stage)?.remove();
      this.piles.delete(stage);
      return null;
    }
    if (!this.piles.has(stage)) {
      const button = h("button", { type: "button", class: "card pile", tabindex: "-1", on: { click: () => papers(stage) } });
      button.addEventListener("focus", () => this.focus(button));
      this.piles.set(stage, button);
      this.layer.append(button);
    }
    const button = this.piles.get(stage), words = t("pile", { n: count, stage: t(stage) });
    button.textContent = `+${count}`;
    button.setAttribute("aria-label", words);
    button.title = words;
    return button;
  }

  // One stop for the Tab key; arrows go from card to card along the road.

  order() {
    const key = (id) => { const one = town.documents.get(id); return (this.rank.get(one?.stage) ?? 99) + (one?.since ?? 0) / 1e15; };
    const cards = [...this.cards].filter(([, card]) => !card.hidden && !card.matches(".piled")).map(([id, card]) => [key(id), card]);
    const piles = [...this.piles].map(([stage, pile]) => [this.rank.get(stage) + 0.9, pile]);
    return [...cards, ...piles].sort(([a], [b]) => a - b).map(([, card]) => card);
  }

  keepOneStop() {
    if (this.current?.isConnected && !this.current.hidden && !this.current.matches(".piled")) return;
    const [first] = this.order();
    if (first) this.focus(first);
  }

  focus(card) {
    if (this.current) this.current.tabIndex = -1;
    this.current = card;
    card.tabIndex = 0;
  }

  walk(event) {
    const cards = this.order(), here = cards.indexOf(this.current);
    const next = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    cards.at(next % cards.length)?.focus();
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
