// Begins the page: who there is, the road, time and weather, the phones, the tour.
import { listen, on } from "./api.js";
import { Clock, Weather } from "./controls.js";
import { onAsk } from "./dossier.js";
import { lang, relabel, speak } from "./i18n.js";
import { Road } from "./road.js";
import { Row } from "./row.js";
import { Tour } from "./tour.js";
import { begin, load, town } from "./town.js";

const at = (id) => document.getElementById(id);

function pressed() {
  document.querySelectorAll("[data-lang]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.lang === lang())));
}

async function start() {
  relabel();
  pressed();
  document.querySelectorAll("[data-lang]").forEach((button) => button.addEventListener("click", () => { speak(button.dataset.lang); pressed(); }));
  on("line", ({ up }) => (at("lost").hidden = up));
  // The line first: what happens while the rest is being asked for is not missed.
  await listen();
  await load();
  begin();
  const row = new Row(at("phones"), at("people"));
  await row.begin();
  if (town.demo) furnish(row);
  relabel();
  document.body.dataset.ready = "yes";
}

function furnish(row) {
  for (const id of ["time", "road", "weather", "tour"]) at(id).hidden = false;
  Object.assign(at("public"), { href: `${town.page}/cek`, hidden: false });
  new Clock(at("time"));
  new Road(at("road"));
  new Weather(at("weather"));
  new Tour(at("tour"), row);
  onAsk(async (chat, number) => {
    const phone = await row.open(chat);
    row.show(phone.element);
    await phone.say(number);
  });
}

start();
