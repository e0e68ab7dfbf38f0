// The row of phones: which are out, and whose.
import { on } from "./api.js";
import { h, icon } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { newcomer } from "./newcomer.js";
import { Phone, connect } from "./phone.js";
import { choices } from "./shell.js";
import { clock, now, town } from "./town.js";

const FIRST = ["sari", "warni", "joko", "budi"];
const KEPT = "phones";

export class Row {
  constructor(element) {
    this.element = element;
    this.phones = new Map();
    this.adder = h("select", { class: "add", label: "add_phone", on: { change: () => this.add() } });
    element.append(h("div", { class: "adder" }, icon("plus"), this.adder));
    connect(this.phones);
    onLanguage(() => this.draw());
    on("beat", () => this.known === town.people.size || this.draw());
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
  async open(id, before = this.element.lastElementChild) {
    if (this.phones.has(id)) return this.phones.get(id);
    const phone = new Phone(id, this);
    this.phones.set(id, phone);
    this.element.insertBefore(phone.element, before);
    this.keep();
    await phone.reload();
    return phone;
  }

  close(id) {
    this.phones.get(id)?.element.remove();
    this.phones.delete(id);
    this.keep();
  }

  async replace(id, other) {
    const chosen = other ?? (await newcomer());
    if (!chosen) return;
    const next = this.phones.get(id).element.nextElementSibling;
    this.close(id);
    await this.open(chosen, next);
  }

  async add() {
    const { value } = this.adder;
    const id = value === "new" ? await newcomer() : Number(value);
    if (id) this.show((await this.open(id)).element);
    this.draw();
  }

  show(element) {
    element.scrollIntoView({ inline: "center", block: "nearest" });
  }

  keep() {
    sessionStorage.setItem(KEPT, JSON.stringify([...this.phones.keys()]));
    this.draw();
  }

  draw() {
    this.known = town.people.size;
    this.phones.forEach((phone) => phone.shell.draw());
    this.adder.replaceChildren(h("option", { value: "" }, t("add_phone")), ...choices(0, this));
    this.adder.value = "";
  }

  tick() {
    const words = clock(now());
    this.phones.forEach(({ shell }) => shell.time.textContent === words || (shell.time.textContent = words));
  }
}
