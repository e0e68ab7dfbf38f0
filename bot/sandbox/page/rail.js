// Whose phones are out, each one tap away, and the button that adds one: in reach however many lie to the side.
import { chooser, h, icon } from "./dom.js";
import { live, t } from "./i18n.js";
import { choices, initial } from "./shell.js";

export class Rail {
  constructor(element, row) {
    this.row = row;
    this.news = new Set();
    this.inView = new Set();
    this.list = h("div", { class: "faces" });
    this.adder = chooser({ class: "add", label: "add_phone" }, () => row.add(this.adder));
    element.append(this.list, h("div", { class: "adder" }, icon("plus"), this.adder));
    this.watch = new IntersectionObserver((seen) => this.saw(seen), { root: row.element, threshold: 0.6 });
  }

  saw(seen) {
    for (const { target, isIntersecting } of seen) {
      const id = Number(target.dataset.chat);
      if (isIntersecting) this.inView.add(id);
      else this.inView.delete(id);
      if (isIntersecting) this.news.delete(id);
    }
    this.draw();
  }

  /** A message came to a phone; if that lies out of sight, its face says so. */
  arrived({ id }) {
    if (this.inView.has(id)) return;
    this.news.add(id);
    this.draw();
  }

  draw() {
    const { row } = this, focused = document.activeElement?.closest?.(".faces button")?.dataset.chat;
    this.list.replaceChildren(...[...row.element.children].map((one) => row.phones.get(Number(one.dataset.chat))).filter(Boolean).map((phone) => this.face(phone)));
    if (focused) this.list.querySelector(`[data-chat="${focused}"]`)?.focus({ preventScroll: true });
    this.adder.replaceChildren(h("option", { value: "" }, t("add_phone")), ...choices(0, row));
    this.adder.value = "";
  }

  face(phone) {
    const name = phone.person?.first_name ?? String(phone.id), news = this.news.has(phone.id);
    const button = h("button", {
      type: "button", "data-chat": phone.id, "data-role": phone.member?.role || "family", "aria-current": this.inView.has(phone.id) && "true",
      on: { click: () => this.row.show(phone.element) },
    }, h("span", { class: "face", "aria-hidden": "true" }, initial(name)), h("span", { class: "short" }, name), news ? h("span", { class: "dot-new" }) : null);
    return live(button, () => {
      button.title = t("show_phone", { name });
      button.setAttribute("aria-label", news ? t("show_phone_news", { name }) : name);
    });
  }
}
