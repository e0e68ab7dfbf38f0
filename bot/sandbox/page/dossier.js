// One document: its way so far, and who was told what, by role and never by name.
import { get } from "./api.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { lang, t } from "./i18n.js";
import { clock, day, grouped, holdWords, isHeld, isLate, stageNow, town, typeName, villageName } from "./town.js";

const PICTURES = { village: "village", district: "district", registry: "registry", road: "bike", home: "home" };
let ask = () => {};

/** What a visitor may do with a number: ask for it from a phone. */
export const onAsk = (handler) => (ask = handler);

export async function dossier(id) {
  const dialog = document.getElementById("dossier");
  const found = await get(`/demo/document/${id}`);
  const close = iconButton("close", "close", () => dialog.close());
  const late = isLate(found) ? h("strong", { class: "late" }, t("late_since", { when: day(found.late_from) })) : null;
  const still = isHeld(found) ? h("p", { class: "held" }, holdWords(found)) : null;
  const number = h("p", { class: "number" }, `${grouped(found.number)} · ${villageName(found.village)}`, late && " · ", late);
  const head = h("header", {}, h("div", {}, h("h2", {}, typeName(found.type)), number, still), close);
  const steps = h("ol", { class: "steps" }, ...found.steps.map((step) => line(step, found.village)).reverse());
  fill(dialog, head, steps, h("div", { class: "actions" }, ...askers(found.number)));
  if (!dialog.open) dialog.showModal();
}

function askers(number) {
  return [...town.cast.values()].filter(({ key }) => key === "sari" || key === "emma").map(({ chat, name }) => {
    const button = h("button", { type: "button", class: "soft" }, icon("send"), t("ask_on", { name }));
    button.addEventListener("click", () => {
      document.querySelectorAll("dialog[open]").forEach((one) => one.close());
      ask(chat, number);
    });
    return button;
  });
}

function line(step, village) {
  const place = town.stages.get(step.stage)?.place;
  const undone = { undo: "undone", hold: "held_here", release: "let_go", pass: "passed_on" }[step.kind];
  return h("li", { class: place ?? "" },
    h("span", { class: "dot" }, icon(PICTURES[place] ?? "file")),
    h("div", {},
      h("p", { class: "what" }, stageNow(step.stage, village), " ", undone ? h("em", { t: undone }) : null),
      h("p", { class: "when" }, `${day(step.at)}, ${clock(step.at)} · ${t("by", { role: role(step.role, step.village) })}`),
      ...tellings(step)),
  );
}

function tellings(step) {
  if (!step.told.length) return [];
  const sound = t(step.silent ? "without_sound" : "with_sound");
  const told = [true, false].map((sent) => [sent, step.told.filter((one) => Boolean(one.sent_at) === sent)]).filter(([, some]) => some.length);
  return [
    ...told.map(([sent, some]) => h("p", { class: "told" }, icon(step.silent ? "mute" : "bell"), `${t(sent ? "told" : "told_later", { who: some.map(who).join(", ") })} · ${sound}`)),
    step.words[lang()] ? h("blockquote", {}, step.words[lang()]) : null,
  ];
}

const who = (one) => (one.role ? role(one.role, one.village) : t(one.chats === 1 ? "family_one" : "family", { n: one.chats }));
const small = (words) => words.replace(/^(?!Jek)./, (first) => first.toLowerCase());
const role = (key, village) => {
  const words = small(t(`role_${key}`));
  return village ? t("role_in", { role: words, village: villageName(village) }) : words;
};

