// What all parts of the page know together: who there is, what the district calls things, what time it is.
import { demo, get, on, tell } from "./api.js";
import { lang, t } from "./i18n.js";

export const town = {
  demo: false, bot: null, page: "", zone: "Asia/Jakarta", people: new Map(), groups: new Map(), cast: new Map(), posts: new Map(),
  roles: [], villages: {}, stages: new Map(), types: new Map(), holds: new Map(), documents: new Map(), pulse: { waiting: 0 }, trouble: { faults: [], limits: false },
};
let ahead = 0; // milliseconds between the demo's clock and this browser's

export const now = () => Date.now() + ahead;

/** Ask for everything there is. */
export async function load() {
  const state = await get("/sim/state");
  town.bot = state.bots[0] ?? null;
  town.demo = state.demo;
  town.people = new Map(state.people.map((person) => [person.id, person]));
  town.groups = new Map(state.groups.map((group) => [group.id, group]));
  town.trouble = { faults: state.faults, limits: state.limits };
  ahead = state.now * 1000 - Date.now();
  if (town.demo) furnish(await demo("town"));
  else beat({ waiting: town.bot?.pending_updates ?? 0 });
}

function furnish(found) {
  Object.assign(town, { zone: found.zone, page: found.page, villages: found.villages, roles: found.roles });
  take(found.posts);
  for (const member of found.cast) town.cast.set(member.chat, member);
  for (const stage of [...found.stages, ...found.exits]) town.stages.set(stage.key, stage);
  for (const type of found.types) town.types.set(type.key, type);
  for (const hold of found.holds) town.holds.set(hold.key, hold);
  town.documents = new Map(found.documents.map((one) => [one.id, one]));
  beat(found.pulse);
}

/** The posts that people hold now, one of each. */
function take(posts) {
  town.posts = new Map(posts.map((post) => [post.chat, post]));
}

/** What the district knows of a person: null for whoever is not of this town. */
export function member(id) {
  const post = town.posts.get(id), known = town.cast.get(id);
  return post || known ? { ...known, role: post?.role ?? "", village: post?.village ?? "" } : null;
}

/** The groups that a person is in. */
export const groupsOf = (id) => [...town.groups.values()].filter((group) => id in group.members && !group.migrated_to);

function beat(pulse) {
  town.pulse = { ...town.pulse, ...pulse };
  if (pulse.now) ahead = pulse.now - Date.now();
  tell("beat", town.pulse);
}

export function begin() {
  on("pulse", ({ pulse }) => beat(pulse));
  on("posts", ({ posts }) => take(posts));
  on("person", ({ person }) => town.people.set(person.id, person));
  on("members", ({ group }) => town.groups.set(group.id, group));
  on("trouble", ({ faults, limits }) => (town.trouble = { faults, limits }));
  on("gap", () => again());
  on("road", ({ documents, gone }) => {
    documents.forEach((one) => town.documents.set(one.id, one));
    gone.forEach((id) => town.documents.delete(id));
    tell("moved", { documents, gone });
  });
  // Without a demo nobody sends pulses; the sandbox is asked instead.
  if (!town.demo) setInterval(() => load().catch(() => {}), 2000);
}

/** After a gap in the line everything is asked for anew: the demo itself may be another one. */
async function again() {
  const before = [...town.documents.keys()];
  await load();
  tell("trouble", town.trouble);
  tell("again");
  tell("moved", { documents: [...town.documents.values()], gone: before.filter((id) => !town.documents.has(id)), quiet: true });
}

/** True of a document that stands where it is for longer than the district allows. */
export const isLate = (one) => Boolean(one.late_from) && one.late_from <= now();

export const isHeld = (one) => Boolean(one.hold || one.missing);

/** Why a document stands still: what its family has to bring, or a reason and when somebody looks at it again. */
export function holdWords(one) {
  if (one.missing) return t("missing", { papers: said(one.missing).join(", ") });
  const reason = town.holds.has(one.hold) ? said(town.holds.get(one.hold)) : one.hold;
  return one.review ? t("held_until", { reason, when: day(one.review) }) : t("held", { reason });
}

// words of the district file, in the page's language

const said = (noun) => noun?.[lang()] ?? noun?.id ?? {};
export const typeName = (key) => (town.types.has(key) ? said(town.types.get(key)) : key);
export const villageName = (key) => town.villages[key] ?? key;

/** Where a document at this stage is, as a sentence without its stop. */
export function stageNow(key, village) {
  const words = said(town.stages.get(key));
  return String(words.now ?? words ?? key).replace("{village}", villageName(village));
}

// times and numbers

const formats = new Map();

function format(ms, options) {
  const key = lang() + JSON.stringify(options);
  if (!formats.has(key)) {
    const locale = lang() === "id" ? "id-ID" : "en-GB";
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: town.zone, ...options }));
  }
  return formats.get(key).format(ms);
}

export const clock = (ms) => format(ms, { hour: "2-digit", minute: "2-digit" });
export const day = (ms) => format(ms, { weekday: "short", day: "numeric", month: "short" });
export const longDay = (ms) => format(ms, { weekday: "long", day: "numeric", month: "long" });
export const grouped = (number) => number.replace(/(\d{4})(?=\d)/g, "$1 ");
