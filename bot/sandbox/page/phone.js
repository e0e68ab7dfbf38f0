// One phone: a person's chat with the bot, its radio, and what pops up over it.
import { get, on } from "./api.js";
import { bubble, dayLine, redraw } from "./bubbles.js";
import { Composer } from "./composer.js";
import { calm, h } from "./dom.js";
import { t } from "./i18n.js";
import { Radio } from "./radio.js";
import { Shell } from "./shell.js";
import { longDay, town } from "./town.js";

const SPIN_AT_MOST = 15000;
const NEAR = 400; // pixels from the end at which a reader is taken along to what is new

export class Phone {
  constructor(id, row) {
    this.id = id;
    this.messages = new Map();
    this.answered = new Set();
    this.spinning = new Map();
    this.radio = new Radio(this);
    this.log = h("div", { class: "log", role: "log", tabindex: "0", label: "phones" });
    this.composer = new Composer(this);
    this.shell = new Shell(this, row);
    this.element = this.shell.element;
    this.atEnd = true;
    this.log.addEventListener("scroll", () => (this.atEnd = this.left() < NEAR), { passive: true });
    // When the log gets shorter, its end would slip out of sight.
    new ResizeObserver(() => this.atEnd && this.scroll(true)).observe(this.log);
  }

  get member() { return town.cast.get(this.id); }
  get person() { return town.people.get(this.id); }
  get body() { return { user: this.id, bot: town.bot?.id }; }
  get last() { return [...this.messages.values()].at(-1); }

  // What the phone has. After a time without signal or a broken line it is asked for whole.

  async reload() {
    const seen = await get(`/sim/transcript/${this.id}`);
    this.blocked = seen.blocked;
    this.menu = seen.menu;
    this.started = seen.started;
    this.messages.clear();
    this.log.replaceChildren();
    seen.messages.forEach((message) => this.take(message, true));
    this.remember();
    this.composer.show(seen.reply_keyboard);
    this.radio.draw();
    this.shell.draw();
    this.scroll(true);
  }

  /** A message is new or has changed. `old`: it was there before, so nothing rings. */
  take(message, old = false) {
    const mine = message.from === this.id, known = this.messages.get(message.id);
    if (known) {
      redraw(known.element, message, mine, this);
      known.message = message;
      if (!old && !calm()) flash(known.element);
      return;
    }
    this.line(message);
    const element = bubble(message, mine, this);
    this.messages.set(message.id, { message, element });
    this.log.append(element);
    if (old) return;
    element.classList.add("fresh");
    if (!mine) this.shell.arrived(message.silent);
    this.scroll(mine);
  }

  line(message) {
    const day = longDay(message.date * 1000);
    if (day !== (this.last && longDay(this.last.message.date * 1000))) this.log.append(dayLine(day));
  }

  drop(id) {
    this.messages.get(id)?.element.remove();
    this.messages.delete(id);
  }

  /** What the bot has answered it had fetched; the rest only if nothing waits. */
  remember() {
    let answered = !town.pulse.waiting;
    for (const { message, element } of [...this.messages.values()].reverse()) {
      if (message.from !== this.id) answered = true;
      else if (answered) element.classList.add("read");
    }
  }

  /** The bot has fetched everything: what was sent is read. */
  read() {
    this.log.querySelectorAll(".out:not(.read)").forEach((element) => element.classList.add("read"));
  }

  /** Pixels between what is in sight and the end. */
  left() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
  }

  scroll(always) {
    if (always || this.left() < NEAR) this.log.scrollTo({ top: this.log.scrollHeight, behavior: calm() ? "auto" : "smooth" });
  }

  // What the person does

  /** Do a verb, now or when there is signal; what cannot be done is said. */
  async act(verb, body = {}) {
    try {
      return await this.radio.send(verb, { ...this.body, ...body });
    } catch (error) {
      this.toast(t("unable", { error: error.message }));
      return null;
    }
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
    const wish = this.radio.up ? { data: key.callback_data } : { stale_data: key.callback_data };
    const tap = await this.act("tap", { ...wish, message_id: message.id });
    if (!tap || this.answered.delete(tap.tap)) return button.removeAttribute("aria-busy");
    this.spinning.set(tap.tap, button);
    setTimeout(() => this.rest(tap.tap), SPIN_AT_MOST);
    return tap;
  }

  /** The bot answered a tap. */
  answer(tap) {
    if (!this.rest(tap.tap)) this.answered.add(tap.tap);
    if (tap.answer?.text) (tap.answer.alert ? this.alert : this.toast).call(this, tap.answer.text);
  }

  rest(tap) {
    const button = this.spinning.get(tap);
    button?.removeAttribute("aria-busy");
    return this.spinning.delete(tap);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text).catch(() => {});
    this.copied = text;
    this.toast(t("copied"));
  }

  /** A receipt number for a slip: the newest that was spoken of here, else any. */
  aNumber() {
    const spoken = [...this.messages.values()].reverse().map(({ message }) => /\b(\d{4}) ?(\d{4}) ?(\d{4})\b/.exec(message.text));
    const found = spoken.find(Boolean);
    return found ? found.slice(1).join("") : [...town.documents.values()][0]?.number ?? "563185915492";
  }

  async block(yes) {
    await this.act(yes ? "block" : "unblock");
    await this.reload();
  }

  // What pops up

  toast(text) {
    const toast = h("div", { class: "toast", role: "status" }, text);
    this.shell.over.querySelectorAll(".toast").forEach((old) => old.remove());
    this.shell.over.append(toast);
    setTimeout(() => toast.remove(), 2500 + 40 * text.length);
  }

  alert(text) {
    const close = () => { box.remove(); this.composer.focus(); };
    const ok = h("button", { type: "button", class: "primary", t: "ok", on: { click: close } });
    const box = h("div", { class: "alert", role: "alertdialog", "aria-label": text }, h("p", {}, text), ok);
    box.addEventListener("keydown", (event) => event.key === "Escape" && close());
    this.shell.over.append(box);
    ok.focus({ preventScroll: true });
  }
}

function flash(element) {
  element.classList.remove("changed");
  void element.offsetWidth; // so that the animation begins anew
  element.classList.add("changed");
}

/** Bring each event to the phone of whoever it concerns, if that phone is out and has signal. */
export function connect(phones) {
  const route = (handle) => (facts) => {
    const phone = phones.get(facts.chat);
    if (phone?.radio.up && (!town.bot || facts.bot === town.bot.id)) handle(phone, facts);
  };
  const take = route((phone, { message, reply_keyboard: keyboard }) => {
    phone.take(message);
    phone.composer.show(keyboard);
  });
  on("message", take);
  on("edit", take);
  on("delete", route((phone, facts) => phone.drop(facts.message_id)));
  on("toast", route((phone, { tap }) => phone.answer(tap)));
  on("action", route((phone) => phone.shell.typing()));
  on("beat", ({ waiting }) => waiting || phones.forEach((phone) => phone.read()));
  on("gap", () => phones.forEach((phone) => phone.reload()));
}

