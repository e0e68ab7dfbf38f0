// A phone's signal. Without it, what the person does waits on the phone and is sent on return, as Telegram's app does.
import { sim } from "./api.js";
import { h, icon } from "./dom.js";

const SHOWN = { text: (body) => body.text, open: (body) => body.link, photo: () => "🖼", document: (body) => body.name };

export class Radio {
  constructor(phone) {
    this.phone = phone;
    this.up = true;
    this.queue = [];
  }

  /** Send at once, or keep. What is kept answers null: nobody knows yet what comes of it. */
  async send(verb, body) {
    if (this.up) return sim(verb, body);
    this.queue.push({ verb, body });
    this.draw();
    return null;
  }

  async turn(up) {
    this.up = up;
    this.phone.shell.draw();
    if (!up) return;
    const kept = this.queue.splice(0);
    await this.phone.reload();
    for (const { verb, body } of kept) {
      await sim(verb, body).catch((error) => this.phone.toast(error.message));
    }
  }

  /** Show what waits, below what has arrived. */
  draw() {
    this.phone.log.querySelectorAll(".pending").forEach((element) => element.remove());
    for (const { verb, body } of this.queue) {
      if (!SHOWN[verb]) continue;
      const clock = h("span", { class: "meta", role: "img", label: "waits" }, icon("clock"));
      const bubble = h("div", { class: "bubble" }, h("p", { class: "text" }, SHOWN[verb](body)), clock);
      this.phone.log.append(h("div", { class: "msg out pending" }, bubble));
    }
    this.phone.scroll(true);
  }
}
