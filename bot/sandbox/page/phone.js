// One phone: a person's chat with the bot or a group, its signal, and what pops up over it.
import { get, on, sim } from "./api.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { Log } from "./log.js";
import { Shell } from "./shell.js";
import { groupsOf, member, town } from "./town.js";

const SPIN_AT_MOST = 15000;

export class Phone {
  constructor(id, row) {
    this.id = id;
    this.peer = id; // whose chat is open: the bot's, which has the person's own number, or a group's
    this.row = row;
    this.signal = true;
    this.kept = [];
    this.asking = 0;
    this.early = new Map();
    this.spinning = new Map();
    this.missed = null;
    this.log = new Log(this);
    this.composer = new Composer(this);
    this.shell = new Shell(this, row);
    this.element = this.shell.element;
  }

  get member() { return member(this.id); }
  get person() { return town.people.get(this.id); }
  get inGroup() { return this.peer !== this.id; }
  get groups() { return groupsOf(this.id); }
  get body() { return { user: this.id, bot: town.bot?.id, ...(this.inGroup ? { chat: this.peer } : {}) }; }

  // What the phone has. After a time without signal or a broken line it is asked for whole.

  reload() {
    this.loading ??= this.load().finally(() => (this.loading = null));
    return this.loading;
  }

  /** Ask once more, after what is on its way. */
  async reloadAgain() {
    await this.loading;
    await this.reload();
  }

  async load() {
    this.missed = [];
    const seen = await get(`/sim/transcript/${this.peer}?user=${this.id}`).catch((error) => { this.missed = null; throw error; });
    const held = this.log.placeOfFocus();
    Object.assign(this, { blocked: seen.blocked, members: seen.members, signal: seen.signal, kept: seen.kept });
    this.log.clear();
    seen.messages.forEach((message) => this.log.take(message, true));
    this.log.remember(!town.pulse.waiting);
    this.log.follows = true;
    this.log.follow();
    this.composer.show(seen.reply_keyboard);
    this.draw();
    // What was told while the answer was on its way is newer, or the same once more.
    const missed = this.missed;
    this.missed = null;
    this.loaded = true;
    missed.forEach((take) => take());
    const again = held && this.log.messages.get(held.id);
    if (again) this.log.refocus(again.element, held);
    else if (held) this.log.focus();
  }

  /** Do what an event asks for, once the phone has all that was before it. */
  hear(take) {
    if (this.missed) this.missed.push(take);
    else if (this.signal) take();
  }

  draw() {
    this.log.wait(this.kept);
    this.shell.draw();
  }

  /** Open the chat with the bot, or a group. */
  async open(peer) {
    this.peer = peer;
    this.shell.news.delete(peer);
    await this.reloadAgain();
  }

  // What the person does

  /** Do a verb, now or when there is signal: null if it waits, undefined if it could not be done, which is said. */
  async act(verb, body = {}) {
    try {
      const result = await sim(verb, { ...this.body, ...body });
      return result?.waits ? null : result;
    } catch (error) {
      this.toast(t("unable", { error: error.message }));
      return undefined;
    }
  }

  /** The commands offered here, as they are now: a new post has others. */
  async commands() {
    const seen = await get(`/sim/transcript/${this.peer}?user=${this.id}`).catch(() => ({}));
    return seen.menu ?? [];
  }

  say(text) { return this.act("text", { text }); }
  command(text) { return this.say(text); }
  link(link) { return this.act("open", { link }); }
  isOurs(url) { return Boolean(town.bot) && new RegExp(`^https?://t(elegram)?\\.me/${town.bot.username}(\\?|$)`, "i").test(url); }

  async press(message, key, button) {
    if (key.copy_text) return this.copy(key.copy_text.text);
    if (key.url && this.isOurs(key.url)) return this.link(key.url);
    if (key.url) return window.open(key.url, "_blank", "noopener");
    if (!key.callback_data || button.getAttribute("aria-busy") === "true") return null;
    button.setAttribute("aria-busy", "true");
    this.asking += 1;
    const tap = await this.act("tap", { data: key.callback_data, message_id: message.id });
    if (tap) this.spin(tap.tap, button);
    else if (tap === undefined) button.removeAttribute("aria-busy");
    this.asked();
    return tap;
  }

  /** Wait for the answer of a tap, unless it has come already. */
  spin(tap, button) {
    this.spinning.set(tap, button);
    const answer = this.early.get(tap);
    if (answer) this.answer({ tap, answer });
    else setTimeout(() => this.rest(tap), SPIN_AT_MOST);
  }

  asked() {
    this.asking -= 1;
    if (!this.asking) this.early.clear();
  }

  /** The bot answered a tap. Those of another window of the browser are for that one to show. */
  answer({ tap, answer }) {
    if (!this.spinning.has(tap)) return this.asking && this.early.set(tap, answer);
    this.rest(tap);
    if (!answer?.text) return null;
    return answer.alert ? this.alert(answer.text) : this.toast(answer.text);
  }

  rest(tap) {
    this.spinning.get(tap)?.removeAttribute("aria-busy");
    this.spinning.delete(tap);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text).catch(() => {});
    this.toast(t("copied"));
  }

  /** A receipt number for a slip: the newest that was spoken of here, else any. */
  aNumber() {
    const spoken = [...this.log.messages.values()].reverse().map(({ message }) => /\b(\d{4})\s?(\d{4})\s?(\d{4})\b/.exec(message.text));
    const found = spoken.find(Boolean);
    return found ? found.slice(1).join("") : [...town.documents.values()][0]?.number ?? "563185915492";
  }

  async block(yes) {
    if ((await this.act(yes ? "block" : "unblock")) === true) await this.reload();
  }

  /** Take the signal away or bring it back; then all that waited is sent, in order. */
  async turn(on) {
    this.asking += 1;
    const came = (await this.act("signal", { on })) ?? [];
    for (const { verb, result, error } of came) {
      if (error) this.toast(t("unable", { error }));
      else if (verb === "tap") this.spin(result.tap, null);
    }
    this.asked();
    await this.reloadAgain();
  }

  // What pops up

  toast(text) {
    const toast = h("div", { class: "toast", role: "status" }, text);
    this.shell.over.querySelectorAll(".toast").forEach((old) => old.remove());
    this.shell.over.append(toast);
    setTimeout(() => toast.remove(), 2500 + 40 * text.length);
  }

  alert(text) {
    this.returnTo ??= this.element.contains(document.activeElement) ? document.activeElement : null;
    const close = () => {
      box.remove();
      if (this.shell.over.querySelector(".alert")) return;
      if (this.returnTo?.isConnected) this.returnTo.focus({ preventScroll: true });
      else this.log.focus();
      this.returnTo = null;
    };
    const ok = h("button", { type: "button", class: "primary", t: "ok", on: { click: close } });
    const box = h("div", { class: "alert", role: "alertdialog", "aria-label": text }, h("p", {}, text), ok);
    box.addEventListener("keydown", (event) => event.key === "Escape" && close());
    this.shell.over.append(box);
    ok.focus({ preventScroll: true });
  }
}

/** Bring each event to the phones that show its chat. */
export function connect(phones) {
  const show = (handle) => (facts) => {
    for (const phone of phones.values()) {
      if (facts.chat === phone.peer && (phone.inGroup || !town.bot || facts.bot === town.bot.id)) phone.hear(() => handle(phone, facts));
      else phone.shell.elsewhere(facts);
    }
  };
  const take = show((phone, { event, message, reply_keyboard: keyboard }) => {
    const known = phone.log.messages.has(message.id);
    phone.log.take(message);
    phone.composer.show(keyboard);
    if (event === "message" && !known && message.from !== phone.id) phone.shell.arrived(message.silent);
  });
  on("message", take);
  on("edit", take);
  on("delete", show((phone, facts) => phone.log.drop(facts.message_id)));
  on("toast", show((phone, { tap }) => phone.answer(tap)));
  on("action", show((phone) => phone.shell.typing()));
  on("block", show((phone, { blocked }) => { phone.blocked = blocked; phone.shell.draw(); }));
  on("signal", ({ user, on: up, kept }) => {
    const phone = phones.get(user);
    if (!phone) return;
    const take = () => (up === phone.signal ? Object.assign(phone, { kept }).draw() : phone.reloadAgain());
    if (phone.missed) phone.missed.push(take);
    else take();
  });
  on("beat", ({ waiting }) => waiting || phones.forEach((phone) => phone.log.read()));
  on("posts", () => phones.forEach((phone) => phone.shell.draw()));
  on("members", () => phones.forEach((phone) => {
    const left = phone.inGroup && !phone.groups.some(({ id }) => id === phone.peer);
    if (left) phone.open(phone.id);
    else phone.shell.draw();
  }));
  on("again", () => phones.forEach((phone) => phone.reload().catch(() => phone.row.close(phone.id))));
}
