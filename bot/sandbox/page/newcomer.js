// Somebody new in town: a name, a language, and perhaps a post, which comes by an invitation as in real life.
import { demo, get, sim } from "./api.js";
import { fill, h } from "./dom.js";
import { t } from "./i18n.js";
import { town } from "./town.js";

const LANGUAGES = { id: "Bahasa Indonesia", jv: "Basa Jawi", en: "English" };
const LANGUAGE_BUTTON = { jv: "Basa Jawi" };

/** Ask who it is; the chat of the newcomer, or null. */
export function newcomer() {
  const dialog = document.getElementById("newcomer");
  return new Promise((resolve) => {
    const done = (id) => { dialog.close(); resolve(id); };
    const form = new Form((wish) => arrive(wish).then(done, (error) => form.fail(error)), () => done(null));
    fill(dialog, form.element);
    dialog.oncancel = () => resolve(null);
    dialog.showModal();
  });
}

class Form {
  constructor(submit, cancel) {
    this.name = h("input", { name: "name", required: true, maxlength: "40", autocomplete: "off" });
    this.lang = h("select", { name: "lang" }, ...Object.entries(LANGUAGES).map(([value, name]) => h("option", { value }, name)));
    this.role = h("select", { name: "role" }, h("option", { value: "" }, t("role_")), ...roles());
    this.village = h("select", { name: "village" }, ...Object.entries(town.villages).map(([value, name]) => h("option", { value }, name)));
    this.where = field("in_village", this.village);
    this.where.hidden = true;
    this.role.addEventListener("change", () => (this.where.hidden = !hasVillage(this.role.value)));
    this.error = h("p", { class: "error", role: "alert", hidden: true });
    this.element = h("form", { method: "dialog", class: "stack", on: { submit: (event) => { event.preventDefault(); submit(this.wish); } } },
      h("h2", { t: "new_person" }), field("name", this.name), field("speaks", this.lang),
      town.demo ? field("role", this.role) : null, this.where,
      town.demo ? h("p", { class: "hint", t: "invited_note" }) : null, this.error,
      h("div", { class: "actions" },
        h("button", { type: "button", class: "soft", t: "cancel", on: { click: cancel } }),
        h("button", { type: "submit", class: "primary", t: "add" })),
    );
  }

  get wish() {
    const role = this.role.value;
    return { name: this.name.value.trim(), lang: this.lang.value, role, village: hasVillage(role) ? this.village.value : "" };
  }

  fail(error) {
    this.error.hidden = false;
    this.error.textContent = t("unable", { error: error.message });
  }
}

const hasVillage = (role) => town.roles.some(({ key, village }) => key === role && village);
const roles = () => town.roles.map(({ key }) => h("option", { value: key }, t(`role_${key}`)));
const field = (label, control) => h("label", { class: "field" }, h("span", { t: label }), control);

async function arrive({ name, lang, role, village }) {
  const user = await sim("user", { name, language: lang === "jv" ? "id" : lang });
  town.people.set(user.id, user);
  if (role) await sim("open", { user: user.id, link: (await demo("invite", { role, village })).link });
  else await sim("start", { user: user.id });
  // Telegram itself does not speak Javanese: it is chosen in the chat.
  if (LANGUAGE_BUTTON[lang]) await choose(user.id, LANGUAGE_BUTTON[lang]);
  return user.id;
}

async function choose(user, label) {
  await sim("text", { user, text: "/bahasa" });
  for (let tries = 0; tries < 100; tries++) {
    const { messages } = await get(`/sim/transcript/${user}`);
    if (messages.some(({ buttons }) => buttons.flat().some(({ text }) => text.startsWith(label)))) {
      await sim("tap", { user, label });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
