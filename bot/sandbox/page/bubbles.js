// One message as a bubble: whose it is, what it answers, text, picture or file, who saw it, and the keyboard under it.
import { clock, longDay } from "./town.js";
import { fill, h, icon } from "./dom.js";
import { live, t } from "./i18n.js";
import { rich } from "./rich.js";

// What waits on a phone without signal is shown as this; a tap is shown on its button.
const WAITING = {
  text: ({ text }) => text, open: ({ link }) => link, start: ({ payload }) => `/start ${payload ?? ""}`, photo: () => "🖼", document: ({ name }) => name,
};

/** The element of a message; `act` does what its parts can be tapped for. */
export function bubble(message, mine, act) {
  const element = h("div", { class: `msg ${mine ? "out" : "in"}`, "data-id": message.id });
  return redraw(element, message, mine, act);
}

export function redraw(element, message, mine, act) {
  element.classList.toggle("keyed", message.buttons.length > 0);
  const body = h("div", { class: "bubble" }, act.inGroup && !mine ? name(message) : null,
    reply(message, act), ...media(message), text(message, act), meta(message, mine));
  return fill(element, body, message.buttons.length ? keyboard(message, act) : null);
}

/** In a group one sees who writes, each in a colour of their own. */
const name = (message) => h("p", { class: "author", "data-hue": Math.abs(message.from) % 6 }, message.name);

/** What a message answers: whose words, and the first of them or those it quotes. */
function reply(message, act) {
  if (!message.reply) return null;
  const words = h("span", {}, message.reply.text || t("picture"));
  const whose = { type: "button", class: message.reply.quoted ? "reply quoted" : "reply" };
  return h("button", { ...whose, on: { click: () => act.log.show(message.reply_to) } }, h("b", {}, message.reply.name), words);
}

function text(message, act) {
  return message.text ? h("p", { class: "text" }, ...rich(message.text, message.entities, act)) : null;
}

function media(message) {
  if (message.photo) return [picture(message.photo.at(-1), message.text)];
  if (message.document) return [file(message.document)];
  if (message.sticker) return [h("p", { class: "sticker" }, message.sticker.emoji)];
  if (message.voice) return [voice(message.voice)];
  if (message.contact) return [h("p", { class: "note" }, message.contact.phone_number)];
  if (message.location) return [h("p", { class: "note" }, `${message.location.latitude}, ${message.location.longitude}`)];
  return [];
}

function picture(photo, caption) {
  const url = `/sim/file/${photo.file_id}`;
  const image = h("img", { src: url, width: photo.width, height: photo.height, loading: "lazy" });
  live(image, () => (image.alt = caption || t("picture")));
  return h("a", { class: "photo", href: url, download: "foto.png", label: "download" }, image);
}

function file(document) {
  const size = `${Math.max(1, Math.round(document.file_size / 1024))} kB`;
  const named = { class: "file", href: `/sim/file/${document.file_id}`, download: document.file_name ?? "file" };
  return h("a", named, icon("file"), h("span", {}, document.file_name ?? "file", h("small", {}, size)));
}

/** The browser's own player: every keyboard and screen reader knows it. */
function voice({ file_id, duration }) {
  const length = `${Math.floor(duration / 60)}:${String(duration % 60).padStart(2, "0")}`;
  const player = h("audio", { controls: true, preload: "none", src: `/sim/file/${file_id}`, label: "voice" });
  return h("div", { class: "voice" }, h("p", { class: "note" }, icon("voice"), length), player);
}

function meta(message, mine) {
  const ms = message.date * 1000;
  return h(
    "span", { class: "meta" },
    message.edited ? h("span", { t: "edited" }) : null,
    mine ? null : sound(message.silent),
    live(h("time", { datetime: new Date(ms).toISOString() }), (time) => (time.textContent = clock(ms))),
    mine ? h("span", { class: "ticks", role: "img", label: "ticks_sent" }, icon("tick"), icon("tick")) : null,
  );
}

const sound = (silent) =>
  h("span", { class: silent ? "silent" : "loud", role: "img", label: silent ? "silent" : "loud" }, icon(silent ? "mute" : "bell"));

function keyboard(message, act) {
  return h("div", { class: "keys" }, ...message.buttons.map((row) => h("div", { class: "row" }, ...row.map((key) => press(message, key, act)))));
}

function press(message, key, act) {
  const button = h("button", { type: "button", class: "key", "data-key": key.callback_data ?? key.url }, h("span", {}, key.text));
  if (key.url) button.append(icon("out"));
  if (key.copy_text) button.append(icon("copy"));
  button.addEventListener("click", () => act.press(message, key, button));
  return button;
}

/** What a group tells by itself, such as who came; null for a message that somebody wrote. */
export function serviceMessage(message) {
  const key = ["new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"].find((one) => one in message);
  if (!key) return null;
  const who = [message[key]].flat().map((one) => one.first_name).join(", ");
  return h("p", { class: "service" }, live(h("span"), (span) => (span.textContent = t(key, { by: message.name, who }))));
}

/** A line between two days. */
export const dayLine = (ms) => live(h("div", { class: "day" }), (line) => (line.textContent = longDay(ms)));

/** Something that waits on a phone without signal, or null. */
export function pending(one) {
  if (!WAITING[one.verb]) return null;
  const clock = h("span", { class: "meta", role: "img", label: "waits" }, icon("clock"));
  return h("div", { class: "msg out pending" }, h("div", { class: "bubble" }, h("p", { class: "text" }, WAITING[one.verb](one)), clock));
}
