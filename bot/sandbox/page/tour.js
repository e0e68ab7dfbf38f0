// The two-minute tour: five steps that walk one family card from Tlogopakis to Kajen and back, on the real phones.
import { demo } from "./api.js";
import { calm, fill, h, iconButton } from "./dom.js";
import { mark, onLanguage, t } from "./i18n.js";
import { town } from "./town.js";

const KEPT = "toured";
const PATIENCE = 15000;
const LOOK = 700; // milliseconds to see which button is about to be pressed
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// What happens in each step. Labels differ by language; the signs at their head do not.
const STEPS = [
  async (tour) => {
    const warni = await tour.phone("warni");
    await warni.say("/baru");
    await tour.press(warni, /[☐☑] KK$/);
    await tour.press(warni, /^✅/);
    tour.number = await tour.hear(warni, /(\d{4})\s(\d{4})\s(\d{4})/);
  },
  async (tour) => {
    const sari = await tour.phone("sari");
    await sari.act("open", { link: `https://t.me/${town.bot.username}?start=${tour.number}` });
    await tour.press(sari, /^🔔/);
  },
  async (tour) => tour.legs("joko", 3),
  async (tour) => tour.legs("budi", 2),
  async (tour) => {
    await tour.legs("joko", 2);
    await tour.legs("warni", 2);
    const warni = await tour.phone("warni");
    await warni.say(tour.number);
    const { id, en } = town.stages.get("handed_over");
    await tour.press(warni, new RegExp(`${id.leg}|${en.leg}`));
    await tour.press(warni, /^✅/); // to whom
    await tour.settle();
  },
];

export class Tour {
  constructor(element, row) {
    this.element = element;
    this.row = row;
    this.step = -1;
    onLanguage(() => this.draw());
    this.draw();
    element.hidden = localStorage.getItem(KEPT) === "yes";
    document.getElementById("tour-again").hidden = false;
    document.getElementById("tour-again").addEventListener("click", () => this.begin());
  }

  begin() {
    if (!town.pulse.bot.wanted) demo("bot", { do: "start" });
    this.element.hidden = false;
    this.step = 0;
    this.draw();
    this.element.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    this.element.querySelector(".primary").focus({ preventScroll: true });
  }

  end() {
    localStorage.setItem(KEPT, "yes");
    this.step = -1;
    this.draw();
    this.element.hidden = true;
    document.getElementById("tour-again").focus({ preventScroll: true });
  }

  draw() {
    const n = this.step + 1, over = this.step === STEPS.length;
    const title = h("h2", { t: over || n === 0 ? "tour" : `s${n}_title` });
    const words = h("p", { t: over ? "tour_done" : n === 0 ? "tour_hint" : `s${n}` });
    const dots = h("ol", { class: "dots", "aria-hidden": "true" }, ...STEPS.map((_, i) => h("li", { class: i < this.step ? "done" : i === this.step ? "here" : "" })));
    const where = h("p", { class: "sr", role: "status" }, over || n === 0 ? "" : t("tour_step", { n, all: STEPS.length }));
    this.go = h("button", { type: "button", class: "primary", t: over ? "tour_end" : n === 0 ? "tour_start" : "tour_do", on: { click: () => this.forward() } });
    const skip = over ? null : iconButton("close", "tour_skip", () => this.end());
    fill(this.element, dots, h("div", { class: "says" }, title, words, where), this.go, skip);
  }

  async forward() {
    if (this.step === STEPS.length) return this.end();
    if (this.step < 0) return this.begin();
    this.go.disabled = true;
    mark(this.go, "t", "tour_wait");
    const here = this.step;
    try {
      await STEPS[here](this);
    } catch (error) {
      return this.fail(error);
    }
    if (this.step !== here) return null; // skipped meanwhile
    this.step += 1;
    this.draw();
    return this.go.focus({ preventScroll: true });
  }

  fail(error) {
    this.draw();
    this.element.querySelector(".says").append(h("p", { class: "error", role: "alert" }, t("tour_failed", { error: error.message })));
  }

  // What the steps are made of

  async phone(key) {
    const member = [...town.cast.values()].find((one) => one.key === key);
    const phone = await this.row.open(member.chat);
    if (!phone.signal) await phone.turn(true);
    if (phone.inGroup) await phone.open(phone.id);
    if (phone.blocked) await phone.block(false);
    this.row.show(phone.element);
    return phone;
  }

  /** Complete so many legs of the card, one after the other. */
  async legs(key, count) {
    const phone = await this.phone(key);
    for (let i = 0; i < count; i++) {
      await phone.say(this.number);
      await this.press(phone, /^✅/);
      await this.settle();
    }
    this.row.show((await this.phone("sari")).element);
  }

  /** Press the first button that fits, of what came since this person wrote: news may have come after the answer. */
  async press(phone, label) {
    const button = await until(() => {
      const all = [...phone.log.messages.values()];
      const answers = all.slice(all.findLastIndex(({ message }) => message.from === phone.id) + 1).reverse();
      const keys = answers.flatMap(({ element }) => [...element.querySelectorAll(".key:not([aria-busy])")]);
      return keys.find((key) => label.test(key.textContent));
    });
    button.classList.add("spot");
    await pause(LOOK);
    button.click();
    await until(() => !phone.asking && !phone.spinning.size);
    phone.shell.over.querySelector(".alert .primary")?.click();
  }

  async hear(phone, pattern) {
    const found = await until(() => [...phone.log.messages.values()].map(({ message }) => message).reverse()
      .map(({ from, text }) => from !== phone.id && pattern.exec(text)).find(Boolean));
    return found.slice(1).join("");
  }

  /** Until the news of it is out. */
  async settle() {
    await pause(LOOK);
    await until(() => town.pulse.waiting + town.pulse.updates + town.pulse.owed === 0);
  }
}

async function until(found) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
    const value = found();
    if (value) return value;
  }
  throw new Error(t("no_answer"));
}
