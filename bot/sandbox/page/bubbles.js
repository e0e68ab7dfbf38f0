// One message as a bubble: text, picture or file, who saw it, and the keyboard under it.
import { clock } from "./town.js";
import { fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { rich } from "./rich.js";

/** The element of a message; `act` does what its parts can be tapped for. */
export function bubble(message, mine, act) {
  const element = h("div", { class: `msg ${mine ? "out" : "in"}`, "data-id": message.id });
  return redraw(element, message, mine, act);
}

export function redraw(element, message, mine, act) {
  element.classList.toggle("keyed", message.buttons.length > 0);
  const body = h("div", { class: "bubble" }, ...media(message), text(message, act), meta(message, mine));
  return fill(element, body, message.buttons.length ? keyboard(message, act) : null);
}

function text(message, act) {
  return message.text ? h("p", { class: "text" }, ...rich(message.text, message.entities, act)) : null;
}

function media(message) {
  if (message.photo) return [picture(message.photo.at(-1), message.text)];
  if (message.document) return [file(message.document)];
  if (message.sticker) return [h("p", { class: "sticker" }, message.sticker.emoji)];
  if (message.voice) return [h("p", { class: "note" }, icon("voice"), ` 0:0${message.voice.duration}`)];
  if (message.contact) return [h("p", { class: "note" }, message.contact.phone_number)];
  if (message.location) return [h("p", { class: "note" }, `${message.location.latitude}, ${message.location.longitude}`)];
  return [];
}

function picture(photo, caption) {
  const url = `/sim/file/${photo.file_id}`;
  const image = h("img", { src: url, alt: caption || t("picture"), width: photo.width, height: photo.height, loading: "lazy" });
  return h("a", { class: "photo", href: url, download: "foto.png", label: "download" }, image);
}

function file(document) {
  const size = `${Math.max(1, Math.round(document.file_size / 1024))} kB`;
  const named = { class: "file", href: `/sim/file/${document.file_id}`, download: document.file_name ?? "file" };
  return h("a", named, icon("file"), h("span", {}, document.file_name ?? "file", h("small", {}, size)));
}

function meta(message, mine) {
  const ms = message.date * 1000;
  return h(
    "span", { class: "meta" },
    message.edited ? h("span", { t: "edited" }) : null,
    mine ? null : sound(message.silent),
    h("time", { datetime: new Date(ms).toISOString() }, clock(ms)),
    mine ? h("span", { class: "ticks", role: "img", label: "ticks" }, icon("tick"), icon("tick")) : null,
  );
}

const sound = (silent) =>
  h("span", { class: silent ? "silent" : "loud", role: "img", label: silent ? "silent" : "loud" }, icon(silent ? "mute" : "bell"));

function keyboard(message, act) {
  return h("div", { class: "keys" }, ...message.buttons.map((row) => h("div", { class: "row" }, ...row.map((key) => press(message, key, act)))));
}

function press(message, key, act) {
  const button = h("button", { type: "button", class: "key" }, h("span", {}, key.text));
  if (key.url) button.append(icon("out"));
  if (key.copy_text) button.append(icon("copy"));
  button.addEventListener("click", () => act.press(message, key, button));
  return button;
}

/** A line between two days. */
export const dayLine = (words) => h("div", { class: "day" }, words);
