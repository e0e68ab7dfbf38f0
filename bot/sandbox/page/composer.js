// Where a person writes: text, commands, pictures and files, and the keyboard that a bot may put in its place.
import { fill, h, icon, iconButton } from "./dom.js";
import { base64, slip } from "./slip.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.input = h("input", { type: "text", autocomplete: "off", enterkeyhint: "send", label: "message", placeholder: "message" });
    this.keys = h("div", { class: "reply-keys", hidden: true });
    this.list = h("div", { class: "popup", role: "group", hidden: true });
    this.menu = iconButton("menu", "menu", () => this.toggle(this.menu, () => this.commands()), { "aria-expanded": "false" });
    this.clip = iconButton("clip", "attach", () => this.toggle(this.clip, () => this.attachments()), { "aria-expanded": "false" });
    const form = h("form", { class: "composer", on: { submit: (event) => this.send(event) } },
      this.menu, this.input, this.clip,
      h("button", { type: "submit", class: "round send", label: "send" }, icon("send")),
    );
    const unblock = h("button", { type: "button", class: "wide", t: "unblock", on: { click: () => phone.block(false) } });
    this.instead = h("div", { class: "instead" }, unblock);
    this.element = h("div", { class: "foot" }, this.list, form, this.keys, this.instead);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && !this.list.hidden && this.close());
    this.input.addEventListener("input", () => this.hide());
  }

  focus() { this.input.focus({ preventScroll: true }); }

  async send(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    const said = await this.phone.say(text);
    // What could not be sent is not lost.
    if (said === undefined && !this.input.value) this.input.value = text;
  }

  /** The bot's own keyboard, or none. */
  show(keyboard) {
    const rows = keyboard?.keyboard ?? [], now = JSON.stringify(rows);
    if (now === this.shown) return;
    this.shown = now;
    if (this.keys.contains(document.activeElement)) this.focus();
    this.keys.hidden = rows.length === 0;
    fill(this.keys, ...rows.map((row) => h("div", { class: "row" }, ...row.map(({ text }) => this.key(text)))));
  }

  key(text) {
    return h("button", { type: "button", class: "key", on: { click: () => this.phone.say(text) } }, text);
  }

  async commands() {
    const menu = await this.phone.commands();
    return menu.map(({ command, description }) => this.item(() => this.phone.say(`/${command}`), h("b", {}, `/${command}`), ` ${description}`));
  }

  attachments() {
    return [
      this.item(() => this.pick("image/*", "photo"), h("span", { t: "photo_file" })),
      this.item(() => this.slip(), h("span", { t: "slip_photo" })),
      this.item(() => this.pick("", "document"), h("span", { t: "document_file" })),
    ];
  }

  item(act, ...content) {
    const click = () => { this.close(); act(); };
    return h("button", { type: "button", class: "item", on: { click } }, ...content);
  }

  /** Open the list of a button, whichever was open before; or close it. */
  async toggle(button, items) {
    if (button.getAttribute("aria-expanded") === "true") return this.close();
    this.hide();
    fill(this.list, ...(await items()));
    this.list.hidden = !this.list.firstChild;
    button.setAttribute("aria-expanded", String(!this.list.hidden));
    return this.list.querySelector("button")?.focus({ preventScroll: true });
  }

  hide() {
    this.list.hidden = true;
    for (const button of [this.menu, this.clip]) button.setAttribute("aria-expanded", "false");
  }

  close() {
    this.hide();
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

