// All documents at one stage as a list, for those that lie in a pile on the road.
import { on } from "./api.js";
import { dossier } from "./dossier.js";
import { fill, h, iconButton } from "./dom.js";
import { t } from "./i18n.js";
import { day, grouped, holdWords, isHeld, isLate, stageNow, town, typeName, villageName } from "./town.js";

/** A document in one sentence; that it is late stands in it, and why it stands still. */
export function documentName(one) {
  const places = { type: typeName(one.type), number: grouped(one.number), village: villageName(one.village), stage: stageNow(one.stage, one.village) };
  const name = isLate(one) ? t("chip_late", { ...places, when: day(one.late_from) }) : t("chip", places);
  return isHeld(one) ? `${name}. ${holdWords(one)}` : name;
}

export function papers(stage) {
  const dialog = document.getElementById("papers");
  dialog.dataset.stage = stage;
  draw(dialog);
  dialog.showModal();
}

function draw(dialog) {
  const { stage } = dialog.dataset, focused = dialog.contains(document.activeElement) && document.activeElement.dataset.id;
  const found = [...town.documents.values()].filter((one) => one.stage === stage).sort((a, b) => a.since - b.since);
  const title = h("h2", {}, t("all_at", { stage: t(stage), n: found.length }));
  fill(dialog, h("header", {}, title, iconButton("close", "close", () => dialog.close())), h("ul", { class: "papers" }, ...found.map(line)));
  if (focused) (dialog.querySelector(`[data-id="${focused}"]`) ?? dialog.querySelector("button")).focus();
}

function line(one) {
  const when = isLate(one) ? h("strong", {}, t("late_since", { when: day(one.late_from) })) : t("since", { when: day(one.since) });
  const button = h("button", { type: "button", class: `item kind-${one.type}`, "data-id": one.id, on: { click: () => dossier(one.id) } },
    h("b", {}, typeName(one.type)), h("span", {}, `${grouped(one.number)} · ${villageName(one.village)} · `, when, isHeld(one) ? h("em", {}, ` · ${holdWords(one)}`) : null));
  return h("li", {}, button);
}

on("moved", () => {
  const dialog = document.getElementById("papers");
  if (dialog.open) draw(dialog);
});
