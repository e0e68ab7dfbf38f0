// The row of phones: which are out, and whose.
import { on } from "./api.js";
import { calm } from "./dom.js";
import { onLanguage } from "./i18n.js";
import { newcomer } from "./newcomer.js";
import { Phone, connect } from "./phone.js";
import { Rail } from "./rail.js";
import { clock, now, town } from "./town.js";

const FIRST = ["sari", "warni", "joko", "budi"];
const KEPT = "phones";

export class Row {
  constructor(element, rail) {
    this.element = element;
    this.phones = new Map();
    this.rail = new Rail(rail, this);
    connect(this.phones);
    onLanguage(() => this.draw());
    on("beat", () => this.known === town.people.size || this.draw());
    // A sandbox may have people before it has a bot.
    on("beat", () => town.bot && this.phones.forEach((phone) => phone.loaded || phone.reload()));
    setInterval(() => this.tick(), 1000);
  }

  /** The phones that were out last time, if these people are still there; else the four of the story. */
  async begin() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").filter((id) => town.people.has(id));
    const story = FIRST.map((key) => [...town.cast.values()].find((member) => member.key === key)?.chat);
    const first = kept.length ? kept : story.some(Boolean) ? story : [...town.people.keys()].slice(0, 4);
    await Promise.all(first.filter(Boolean).map((id) => this.open(id)));
  }

  /** Take a phone out; it goes in front of `before`, else to the end. */
  async open(id, before = null) {
    if (this.phones.has(id)) return this.phones.get(id);
    const phone = new Phone(id, this);
    this.phones.set(id, phone);
    this.element.insertBefore(phone.element, before);
    this.rail.watch.observe(phone.element);
    this.keep();
    if (town.bot) await phone.reload();
    return phone;
  }

  close(id) {
    const phone = this.phones.get(id), within = phone?.element.contains(document.activeElement);
    const beside = phone?.element.nextElementSibling ?? phone?.element.previousElementSibling;
    phone?.element.remove();
    this.phones.delete(id);
    this.keep();
    if (within) (beside?.querySelector(".who") ?? this.rail.adder).focus();
  }

  async replace(id, other) {
    const chosen = other ?? (await newcomer());
    if (!chosen) return;
    const next = this.phones.get(id).element.nextElementSibling;
    this.close(id);
    const phone = await this.open(chosen, next);
    phone.shell.chooser.focus();
  }

  async add(adder) {
    const { value } = adder;
    const id = value === "new" ? await newcomer() : Number(value);
    if (id) this.show((await this.open(id)).element);
    this.draw();
  }

  show(element) {
    element.scrollIntoView({ inline: "center", block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }

  keep() {
    const ids = [...this.element.children].map((one) => Number(one.dataset.chat));
    sessionStorage.setItem(KEPT, JSON.stringify(ids));
    this.draw();
  }

  draw() {
    this.known = town.people.size;
    this.phones.forEach((phone) => phone.shell.draw());
    this.rail.draw();
    this.tick();
  }

  tick() {
    const words = clock(now());
    this.phones.forEach(({ shell }) => shell.time.textContent === words || (shell.time.textContent = words));
  }
}
