// Time and weather: what a visitor can do to the whole town.
import { demo, on, sim } from "./api.js";
import { h } from "./dom.js";
import { mark, onLanguage, t } from "./i18n.js";
import { clock, day, now, town } from "./town.js";

const HOUR = 3600;
const LAG = 1000; // ms by which word from the town may come behind the answer to what was asked of it
const COUNTERS = ["waiting", "updates", "owed", "away", "stuck", "refused", "sent"];
// What each weather orders from the sandbox's menu of faults; `refuse` is a server that cannot be reached.
const WEATHERS = {
  fine: [],
  slow: [{ kind: "delay", seconds: 2, times: null }],
  down: [{ kind: "refuse", times: null }],
  limited: [{ kind: "flood", method: "sendmessage", wide: true, seconds: 8 }],
};
/** The weather that the sandbox has, whoever ordered it. */
const weather = ({ faults, limits }) => (faults.includes("refuse") ? "down" : faults.includes("delay") ? "slow" : limits ? "limited" : "fine");

export class Clock {
  constructor(element) {
    this.words = h("time", { class: "now" });
    element.append(
      h("span", { class: "sr", t: "now_is" }), this.words,
      this.button("hour", { seconds: HOUR }), this.button("morning", { until: "morning" }), this.button("week", { seconds: 7 * 24 * HOUR }),
    );
    setInterval(() => this.draw(), 1000);
    onLanguage(() => this.draw());
    on("beat", () => this.draw());
    this.draw();
  }

  button(name, wish) {
    const words = h("span", { class: "long", t: name }), few = h("span", { class: "few", t: `${name}_few` });
    return h("button", { type: "button", class: "soft", label: name, on: { click: () => demo("time", wish) } }, words, few);
  }

  draw() {
    const words = `${day(now())}, ${clock(now())}`;
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

export class Weather {
  constructor(element) {
    this.died = false;
    this.turning = 0;
    this.element = element;
    this.state = h("strong", {});
    this.power = h("button", { type: "button", class: "soft", on: { click: () => this.toggle() } });
    this.dot = h("span", { class: "lamp", "aria-hidden": "true" });
    this.counters = new Map(COUNTERS.map((name) => [name, h("b", {}, "0")]));
    this.verdict = h("p", { class: "verdict", role: "status" });
    element.append(this.skies(), h("div", { class: "group" }, this.dot, h("span", { t: "bot" }), this.state, this.power), this.board(), this.verdict);
    on("beat", () => this.draw());
    on("trouble", () => this.look());
    onLanguage(() => this.draw());
    this.look();
    this.draw();
  }

  skies() {
    const choose = (name) => h("label", { class: "seg" },
      h("input", { type: "radio", name: "sky", value: name, on: { change: () => this.turn(name) } }), h("span", { t: name }));
    return h("fieldset", { class: "group skies" }, h("legend", { t: "telegram" }), ...Object.keys(WEATHERS).map(choose));
  }

  board() {
    return h("dl", { class: "board" }, ...COUNTERS.map((name) =>
      h("div", { class: `count ${name}` }, h("dt", { t: `c_${name}` }), h("dd", {}, this.counters.get(name)))));
  }

  async turn(name) {
    this.turning += 1; // there is no weather between two, also while word of what lies between them is on its way
    try {
      await sim("clear_faults");
      await sim("limits", { on: name === "limited" });
      for (const fault of WEATHERS[name]) await sim("fault", fault);
    } finally {
      setTimeout(() => { this.turning -= 1; this.look(); }, LAG);
    }
  }

  look() {
    if (!this.turning) this.element.querySelector(`[value="${weather(town.trouble)}"]`).checked = true;
  }

  async toggle() {
    await demo("bot", { do: town.pulse.bot.wanted ? "kill" : "start" });
  }

  draw() {
    const { pulse } = town, { bot = {} } = pulse;
    const state = bot.alive ? "up" : bot.wanted ? "starting" : "down";
    this.dot.dataset.state = this.element.dataset.state = state;
    mark(this.state, "t", `bot_${state}`);
    mark(this.power, "t", bot.wanted ? "kill" : "revive");
    for (const [name, element] of this.counters) {
      const count = String(pulse[name] ?? 0);
      if (element.textContent === count) continue;
      element.textContent = count;
      element.closest(".count").classList.toggle("some", count !== "0");
    }
    const words = this.judge(pulse, state);
    if (this.verdict.textContent !== words) this.verdict.textContent = words;
  }

  judge(pulse, state) {
    const busy = pulse.waiting + pulse.updates + pulse.owed > 0;
    if (state === "down") {
      this.died = true;
      return busy ? t("dead") : t("dead_empty");
    }
    if (busy && town.trouble.faults.includes("refuse")) return t("cut_off");
    if (busy || state === "starting") return t("busy");
    if (pulse.stuck) return t("some_stuck");
    return t(this.died ? "back" : "all_done");
  }
}
