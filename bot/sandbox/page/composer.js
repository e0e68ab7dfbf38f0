// Where a person writes: text, commands, pictures and files, and the keyboard that a bot may put in its place.
import { fill, h, icon, iconButton } from "./dom.js";
import { t } from "./i18n.js";
import { base64, slip } from "./slip.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.input = h("input", { type: "text", autocomplete: "off", enterkeyhint: "send", label: "message", placeholder: "message" });
    this.keys = h("div", { class: "reply-keys", hidden: true });
    this.list = h("div", { class: "popup", role: "group", hidden: true });
    const form = h("form", { class: "composer", on: { submit: (event) => this.send(event) } },
      iconButton("menu", "menu", () => this.commands(), { "aria-expanded": "false" }),
      this.input,
      iconButton("clip", "attach", () => this.attachments()),
      h("button", { type: "submit", class: "round send", label: "send" }, icon("send")),
    );
    const unblock = h("button", { type: "button", class: "wide", t: "unblock", on: { click: () => phone.block(false) } });
    this.form = form;
    this.element = h("div", { class: "foot" }, this.list, form, this.keys, h("div", { class: "instead" }, unblock));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  focus() { this.input.focus({ preventScroll: true }); }

  async send(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    await this.phone.say(text);
  }

  /** The bot's own keyboard, or none. */
  show(keyboard) {
    const rows = keyboard?.keyboard ?? [];
    this.keys.hidden = rows.length === 0;
    fill(this.keys, ...rows.map((row) => h("div", { class: "row" }, ...row.map(({ text }) => this.key(text)))));
  }

  key(text) {
    return h("button", { type: "button", class: "key", on: { click: () => this.phone.say(text) } }, text);
  }

  async commands() {
    if (!this.list.hidden) return this.close();
    const menu = this.phone.menu ?? [];
    return this.open(menu.map(({ command, description }) => this.item(() => this.phone.say(`/${command}`), h("b", {}, `/${command}`), ` ${description}`)));
  }

  attachments() {
    if (!this.list.hidden) return this.close();
    return this.open([
      this.item(() => this.pick("image/*", "photo"), t("photo_file")),
      this.item(() => this.slip(), t("slip_photo")),
      this.item(() => this.pick("", "document"), t("document_file")),
    ]);
  }

  item(act, ...content) {
    const click = () => { this.close(); act(); };
    return h("button", { type: "button", class: "item", on: { click } }, ...content);
  }

  open(items) {
    fill(this.list, ...items);
    this.list.hidden = items.length === 0;
    this.form.firstChild.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.querySelector("button")?.focus({ preventScroll: true });
  }

  close() {
    this.list.hidden = true;
    this.form.firstChild.setAttribute("aria-expanded", "false");
    this.focus();
  }

  pick(accept, verb) {
    const chooser = h("input", { type: "file", accept });
    chooser.addEventListener("change", async () => {
      const [file] = chooser.files;
      if (file) await this.phone.act(verb, { base64: await base64(file), name: file.name });
    });
    chooser.click();
  }

  async slip() {
    const number = this.phone.aNumber();
    await this.phone.act("photo", { base64: await base64(await slip(number)) });
  }
}

