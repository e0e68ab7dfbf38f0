// What is around a chat: the bar with time and signal, whose phone it is, which chat, and the place for what pops up.
import { chooser, fill, h, icon, iconButton } from "./dom.js";
import { live, mark, t } from "./i18n.js";
import { clock, member, now, town, villageName } from "./town.js";

const TYPING = 5000;

export class Shell {
  constructor(phone, row) {
    this.phone = phone;
    this.row = row;
    this.news = new Set();
    this.time = h("time", {}, clock(now()));
    this.net = h("span", { class: "net" });
    this.signal = h("button", { type: "button", class: "signal", on: { click: () => phone.turn(!phone.signal) } }, icon("signal"));
    this.chooser = chooser({ class: "who", label: "whose_phone" }, () => this.choose());
    this.sub = h("span", { class: "sub" });
    this.blocker = h("button", { type: "button", class: "round", on: { click: () => phone.block(!phone.blocked) } }, icon("ban"));
    this.chats = h("div", { class: "chats", role: "group", label: "chats", hidden: true });
    this.over = h("div", { class: "over" });
    this.element = h("article", { class: "phone", "data-chat": phone.id }, this.bar(), this.head(), this.chats,
      h("div", { class: "chat" }, phone.log.element, phone.log.arrow, this.over), phone.composer.element);
    this.draw();
  }

  bar() {
    const close = iconButton("close", "close_phone", () => this.row.close(this.phone.id));
    return h("div", { class: "bar" }, this.time, this.net, this.signal, close);
  }

  head() {
    this.face = h("span", { class: "face", "aria-hidden": "true" });
    return h("header", { class: "head" }, this.face, h("div", { class: "name" }, this.chooser, this.sub), this.blocker);
  }

  draw() {
    const { phone } = this, name = phone.person?.first_name ?? String(phone.id);
    const unblocking = phone.composer.instead.contains(document.activeElement) && !phone.blocked;
    this.element.classList.toggle("offline", !phone.signal);
    this.element.classList.toggle("blocked", Boolean(phone.blocked) && !phone.inGroup);
    if (unblocking) phone.composer.focus();
    this.element.setAttribute("aria-label", name);
    this.element.dataset.role = phone.member?.role || "family";
    phone.log.element.setAttribute("aria-label", name);
    this.face.textContent = initial(name);
    mark(this.net, "t", phone.kept.length ? "no_signal_kept" : "no_signal", { n: phone.kept.length });
    mark(this.signal, "label", phone.signal ? "signal_on" : "signal_off");
    this.signal.setAttribute("aria-pressed", String(phone.signal));
    mark(this.blocker, "label", phone.blocked ? "unblock" : "block");
    this.blocker.setAttribute("aria-pressed", String(Boolean(phone.blocked)));
    this.rest();
    fill(this.chooser, ...choices(phone.id, this.row));
    this.chooser.value = String(phone.id);
    this.chooser.title = name;
    this.list();
  }

  /** The chats to choose from, where there is more than the one with the bot. */
  list() {
    const { phone } = this, found = phone.groups;
    const tab = (peer, title) => h("button", {
      type: "button", class: "soft", title, "aria-pressed": String(phone.peer === peer), on: { click: () => phone.open(peer) },
    }, title, this.news.has(peer) ? h("span", { class: "dot-new", role: "img", label: "has_news" }) : null);
    this.chats.hidden = !found.length;
    fill(this.chats, ...(found.length ? [tab(phone.id, town.bot?.first_name ?? "Bot"), ...found.map(({ id, title }) => tab(id, title))] : []));
  }

  /** Something came in a chat that is not open. */
  elsewhere({ event, chat }) {
    const { phone } = this;
    if (event !== "message" || (chat !== phone.id && !phone.groups.some(({ id }) => id === chat))) return;
    this.news.add(chat);
    this.list();
  }

  rest() {
    const { phone } = this;
    clearTimeout(this.resting);
    this.sub.classList.remove("is-typing");
    live(this.sub, (sub) => {
      sub.textContent = phone.inGroup ? t("members", { n: phone.members }) : about(phone.member);
      sub.title = sub.textContent;
    });
  }

  typing() {
    this.sub.classList.add("is-typing");
    live(this.sub, (sub) => (sub.textContent = t("typing")));
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), TYPING);
  }

  /** A message came in: the phone rings unless it came silently. */
  arrived(silent) {
    this.rest();
    this.element.classList.remove("rings", "hums");
    void this.element.offsetWidth; // so that the animation begins anew
    this.element.classList.add(silent ? "hums" : "rings");
    this.row.rail.arrived(this.phone);
  }

  choose() {
    const { value } = this.chooser;
    this.chooser.value = String(this.phone.id);
    this.row.replace(this.phone.id, value === "new" ? null : Number(value));
  }
}

export const initial = (name) => name.split(" ").at(-1)[0];

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
    const role = member(id)?.role ?? "";
    if (!groups.has(role)) groups.set(role, []);
    groups.get(role).push(h("option", { value: id }, person.first_name));
  }
  const sorted = [...groups].map(([role, options]) => h("optgroup", { "data-role": role }, ...options));
  sorted.forEach((group) => (group.label = t(`role_${group.dataset.role}`)));
  return [...sorted, h("option", { value: "new" }, t("new_person"))];
}
