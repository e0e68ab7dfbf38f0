// What is around a chat: the bar with time and signal, whose phone it is, and the place for what pops up.
import { fill, h, icon, iconButton } from "./dom.js";
import { mark, t } from "./i18n.js";
import { clock, now, town, villageName } from "./town.js";

const TYPING = 5000;

export class Shell {
  constructor(phone, row) {
    this.phone = phone;
    this.row = row;
    this.time = h("time", {}, clock(now()));
    this.signal = h("button", { type: "button", class: "signal", on: { click: () => phone.radio.turn(!phone.radio.up) } }, icon("signal"));
    this.chooser = h("select", { class: "who", label: "whose_phone", on: { change: () => this.choose() } });
    this.sub = h("span", { class: "sub" });
    this.blocker = h("button", { type: "button", class: "round", on: { click: () => phone.block(!phone.blocked) } }, icon("ban"));
    this.over = h("div", { class: "over" });
    this.element = h("article", { class: "phone", "data-chat": phone.id }, this.bar(), this.head(),
      h("div", { class: "chat" }, phone.log, this.over), phone.composer.element);
    this.draw();
  }

  bar() {
    return h("div", { class: "bar" }, this.time, h("span", { class: "net", t: "no_signal" }), this.signal);
  }

  head() {
    const name = h("div", { class: "name" }, this.chooser, this.sub);
    const close = iconButton("close", "close_phone", () => this.row.close(this.phone.id));
    this.face = h("span", { class: "face", "aria-hidden": "true" });
    return h("header", { class: "head" }, this.face, name, this.blocker, close);
  }

  draw() {
    const { phone } = this, name = phone.person?.first_name ?? String(phone.id);
    this.element.classList.toggle("offline", !phone.radio.up);
    this.element.classList.toggle("blocked", Boolean(phone.blocked));
    this.element.setAttribute("aria-label", name);
    this.element.dataset.role = phone.member?.role || "family";
    phone.log.setAttribute("aria-label", name);
    this.face.textContent = name.split(" ").at(-1)[0];
    mark(this.signal, "label", phone.radio.up ? "signal_on" : "signal_off");
    this.signal.setAttribute("aria-pressed", String(phone.radio.up));
    mark(this.blocker, "label", phone.blocked ? "unblock" : "block");
    this.blocker.setAttribute("aria-pressed", String(Boolean(phone.blocked)));
    this.rest();
    fill(this.chooser, ...choices(phone.id, this.row));
    this.chooser.value = String(phone.id);
  }

  rest() {
    this.sub.classList.remove("is-typing");
    this.sub.textContent = about(this.phone.member);
  }

  typing() {
    this.sub.classList.add("is-typing");
    this.sub.textContent = t("typing");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), TYPING);
  }

  /** A message came in: the phone rings unless it came silently. */
  arrived(silent) {
    this.rest();
    this.element.classList.remove("rings", "hums");
    void this.element.offsetWidth; // so that the animation begins anew
    this.element.classList.add(silent ? "hums" : "rings");
  }

  choose() {
    const { value } = this.chooser;
    this.chooser.value = String(this.phone.id);
    this.row.replace(this.phone.id, value === "new" ? null : Number(value));
  }
}

export function about(member) {
  if (!member) return town.demo ? t("role_") : "";
  const village = member.village ? ` · ${villageName(member.village)}` : "";
  return `${t(`role_${member.role}`)}${village}`;
}

/** Everyone who has no phone out yet, by what they are. */
export function choices(own, row) {
  const groups = new Map();
  for (const [id, person] of town.people) {
    if (id !== own && row.phones.has(id)) continue;
    const role = town.cast.get(id)?.role ?? "";
    if (!groups.has(role)) groups.set(role, []);
    groups.get(role).push(h("option", { value: id }, person.first_name));
  }
  const sorted = [...groups].map(([role, options]) => h("optgroup", { label: false, "data-role": role }, ...options));
  sorted.forEach((group) => (group.label = t(`role_${group.dataset.role}`)));
  return [...sorted, h("option", { value: "new" }, t("new_person"))];
}

