// The history of a chat: it stays at its end while its reader is there, and is one stop for the Tab key.
import { bubble, dayLine, pending, redraw, serviceMessage } from "./bubbles.js";
import { calm, fill, h, icon } from "./dom.js";
import { mark } from "./i18n.js";
import { longDay } from "./town.js";

const NEAR = 40; // pixels from the end at which a reader counts as being there
const STOPS = "button, a[href], [role=button]";
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export class Log {
  constructor(phone) {
    this.phone = phone;
    this.messages = new Map();
    this.follows = true;
    this.unread = 0;
    this.top = 0;
    this.current = null;
    this.list = h("div", { class: "list" });
    this.waiting = h("div", { class: "list" });
    const whole = h("div", { class: "whole" }, this.list, this.waiting);
    this.element = h("div", { class: "log", role: "log", tabindex: "0" }, whole);
    this.count = h("b", {});
    this.arrow = h("button", { type: "button", class: "newer", on: { click: () => this.goToEnd() } }, icon("down"), this.count);
    this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.walk(event));
    this.element.addEventListener("focusin", ({ target }) => target.matches(STOPS) && this.stop(target));
    const sized = new ResizeObserver(() => this.follow());
    sized.observe(whole);
    sized.observe(this.element);
    this.draw();
  }

  get last() { return [...this.messages.values()].at(-1); }

  // What is in it

  clear() {
    this.messages.clear();
    fill(this.list);
  }

  /** A message is new or has changed. `old`: it was there before, so nothing rings. */
  take(message, old = false) {
    const known = this.messages.get(message.id);
    if (known) return this.change(known, message, old);
    const mine = message.from === this.phone.id;
    this.day(message);
    const element = serviceMessage(message) ?? bubble(message, mine, this.phone);
    this.messages.set(message.id, { message, element });
    this.list.append(element);
    this.untab(element);
    if (mine) this.follows = true;
    else if (!old && !this.follows) this.unread += 1;
    if (!old) element.classList.add("fresh");
    return this.draw();
  }

  change(known, message, old) {
    const held = this.placeOfFocus(known.element);
    if (this.follows) this.top = 0; // it may become shorter: then all moves up, and nobody went up
    redraw(known.element, message, message.from === this.phone.id, this.phone);
    known.message = message;
    this.untab(known.element);
    if (held) this.refocus(known.element, held);
    if (held && !this.follows) this.reveal(known.element);
    if (!old && !calm()) flash(known.element);
  }

  day(message) {
    const last = this.last && longDay(this.last.message.date * 1000);
    if (longDay(message.date * 1000) !== last) this.list.append(dayLine(message.date * 1000));
  }

  drop(id) {
    const element = this.messages.get(id)?.element;
    if (!element) return;
    const held = this.placeOfFocus(element), before = element.previousElementSibling;
    element.remove();
    this.messages.delete(id);
    if (before?.matches(".day") && (before.nextElementSibling?.matches(".day") ?? true)) before.remove();
    this.settle();
    if (held) this.focus();
  }

  /** What the bot has answered it had fetched; the rest only if nothing waits. */
  remember(answered) {
    for (const { message, element } of [...this.messages.values()].reverse()) {
      if (message.from !== this.phone.id) answered = true;
      else if (answered) read(element);
    }
  }

  /** The bot has fetched everything: what was sent is read. */
  read() {
    this.list.querySelectorAll(".out:not(.read)").forEach(read);
  }

  /** Show what waits on a phone without signal: messages below what has arrived, taps on their buttons. */
  wait(kept) {
    fill(this.waiting, ...kept.map(pending));
    for (const { verb, data, message_id: id } of kept) {
      const keys = verb === "tap" ? this.messages.get(id)?.element.querySelectorAll(".key") ?? [] : [];
      [...keys].find((key) => key.dataset.key === data)?.setAttribute("aria-busy", "true");
    }
    if (kept.length) this.follows = true;
  }

  /** Bring a message that is spoken of into view. */
  show(id) {
    const element = this.messages.get(id)?.element;
    if (!element) return;
    this.follows = false;
    element.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    flash(element);
  }

  // Where the reader is

  /** Pixels between what is in sight and the end. */
  left() {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight;
  }

  scrolled() {
    const { scrollTop: top } = this.element;
    if (this.left() < NEAR) this.follows = true;
    // What grows below a reader scrolls nothing: only who went up has left the end.
    else if (top < this.top) this.follows = false;
    this.top = top;
    this.draw();
  }

  follow() {
    if (this.follows) this.element.scrollTop = this.element.scrollHeight;
    this.draw();
  }

  goToEnd() {
    this.follows = true;
    this.focus();
    this.element.scrollTo({ top: this.element.scrollHeight, behavior: calm() ? "auto" : "smooth" });
    this.draw();
  }

  reveal(element) {
    const over = element.getBoundingClientRect().bottom - this.element.getBoundingClientRect().bottom;
    if (over > 0) this.element.scrollTop += over + 8;
  }

  draw() {
    if (this.follows) this.unread = 0;
    this.arrow.hidden = this.follows;
    this.count.textContent = this.unread || "";
    mark(this.arrow, "label", this.unread ? "new_messages" : "to_newest", { n: this.unread });
    this.settle();
  }

  // One stop for the Tab key: the first of the newest message that has any, then wherever arrows lead.

  untab(element) {
    element.querySelectorAll(STOPS).forEach((stop) => (stop.tabIndex = -1));
  }

  stop(element) {
    if (this.current && this.current !== element) this.current.tabIndex = -1;
    this.current = element;
    this.element.tabIndex = element ? -1 : 0;
    if (element) element.tabIndex = 0;
  }

  settle() {
    if (this.current?.isConnected && this.element.contains(document.activeElement)) return;
    const newest = [...this.messages.values()].reverse().find(({ element }) => element.querySelector(STOPS));
    this.stop(newest?.element.querySelector(STOPS) ?? null);
  }

  walk(event) {
    const stops = [...this.element.querySelectorAll(STOPS)];
    const next = STEPS[event.key] && stops[stops.indexOf(this.current) + STEPS[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  focus() {
    (this.current ?? this.element).focus({ preventScroll: true });
  }

  /** Where in an element the focus is, or will return to: so that it can be found again. */
  placeOfFocus(element = this.element) {
    const at = this.phone.returnTo ?? document.activeElement;
    const message = element.contains(at) ? at.closest(".msg") : null;
    if (!message) return null;
    const kind = at.matches(".key") ? ".key" : STOPS, index = [...message.querySelectorAll(kind)].indexOf(at);
    return { id: Number(message.dataset.id), kind, index, key: at.dataset.key, words: unticked(at) };
  }

  /** The focus goes to the same button, else to the one in its place, else to the message. */
  refocus(element, { kind, index, key, words }) {
    const all = [...element.querySelectorAll(kind)];
    const found = all.find((one) => key && one.dataset.key === key) ?? all.find((one) => unticked(one) === words)
      ?? all[Math.min(Math.max(index, 0), all.length - 1)] ?? element;
    if (found === element) element.tabIndex = -1;
    if (this.phone.returnTo) this.phone.returnTo = found;
    else found.focus({ preventScroll: true });
  }
}

const unticked = (key) => key.textContent.replace(/^[☐☑]\s*/u, "");

function read(element) {
  element.classList.add("read");
  const ticks = element.querySelector(".ticks");
  if (ticks) mark(ticks, "label", "ticks_read");
}

function flash(element) {
  element.classList.remove("changed");
  void element.offsetWidth; // so that the animation begins anew
  element.classList.add("changed");
}
