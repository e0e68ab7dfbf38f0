"""Every screen and notice in three languages, as the demo's page draws them: docs/screens.md and its pictures.

A screen stands there if a line of it stands on none before it: another number, village or role makes no line a new one.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page

from bot.sandbox import Clock, File, Sandbox, Settings
from bot.sandbox.server import serve
from bot.sandbox.shown import message_json
from handlers.reply import Screen, send
from handlers.wording.names import role_name
from handlers.wording.notices import notice
from locales import LANGUAGES, Words, dates, words
from storage.records import ROLES
from tests.browser.play import HOME
from tests.browser.visit import Visit
from tests.gallery import NOW, WORKFLOW, rooms
from tests.handlers.test_notices import owed, stop

PAGE, FOLDER = HOME / "docs" / "screens.md", HOME / "docs" / "pictures" / "screens"
TITLES = {
    "anyone": "Beginning, help, privacy",
    "numbers_sent": "Where is it",
    "kept": "What one follows",
    "told": "News, as families hear it",
    "filing": "Filing",
    "working": "Work that waits",
    "said": "What families ask and report",
    "done": "What was done, and taken back",
    "bags": "Bags",
    "at_a_counter": "At the counter",
    "in_a_village": "A village",
    "papers": "Originals",
    "heads": "Posts and those who hold them",
    "births": "Births and numbers reserved for them",
    "consignments": "Bags that change hands",
    "searches": "Searching",
    "refused": "A no, and what to do instead",
}
BY_DISTRICT = ("numbers_sent", "told", "done")  # which has the names of stages and the reasons of holds
WIDTH, TALLEST = 1020, 9000  # pixels; a taller sheet is cut in two
COLOURS = (  # of the page, from ink to paper, and of the signs: few, so that a picture is small
    "1d2a24 3b4640 55635b 748079 929b96 afb6b2 cdd1cf e6e9e7 ffffff fbfcfb e6ede0 d3dacd 1d6a4c "
    "43a047 ffb300 fdd835 e53935 1e88e5 8d6e63 90a4ae b4480f"
)
HEAD = """# Every screen

Each screen and notice of the bot, in Indonesian, Javanese and English, as the page of the demo draws it. What says
nothing that a screen above has not said is left out: another number, kind of document, village or role.
`make screenshots` draws them anew.
"""
DRAWN = """async (screens) => {
  const { bubble } = await import("/page/bubbles.js");
  const styled = (element, style) => { Object.assign(element.style, style); return element; };
  const make = (style, ...inside) => {
    const one = styled(document.createElement("div"), style);
    one.append(...inside);
    return one;
  };
  const edge = { padding: "10px 12px 14px", borderTop: "1px solid var(--line)" };
  const act = { log: {}, press() {}, link() {}, command() {}, isOurs: () => false };
  styled(document.body, { height: "auto", display: "block" });
  const rows = screens.map(({ name, messages }) => make(edge,
    make({ fontSize: "13px", color: "var(--soft-ink)", paddingBottom: "6px" }, name),
    make({ display: "grid", gridTemplateColumns: "repeat(3, 320px)", gap: "18px", alignItems: "start" },
      ...messages.map((one) => make({ display: "grid" }, bubble(one, false, act))))));
  document.body.replaceChildren(make({ background: "var(--chat)" }, ...rows));
  return rows.map((row) => row.getBoundingClientRect().bottom + scrollY);
}"""


def told(t: Words, _: object) -> Iterator[tuple[str, Screen]]:
    """The news of each stage, of what stands still and of what was taken back."""
    news = [stop(stage) for stage in (*WORKFLOW.stages, *WORKFLOW.exits)]
    news += [stop("at_registry", hold=hold) for hold in WORKFLOW.holds]
    for one in news:
        message = notice(owed(one, lang=t.lang), WORKFLOW, NOW)
        if message:
            yield f"{one.stage} {one.hold or ''}".strip(), message[0]
    mourned = notice(owed(stop("ready_at_village", "AKM"), lang=t.lang, mourned=True), WORKFLOW, NOW)
    assert mourned
    yield "somebody died", mourned[0]


def chosen() -> Iterator[tuple[str, list[tuple[str, tuple[Screen, ...]]]]]:
    """The screens of each sheet that say something new, in each language."""
    seen: set[str] = set()
    for room, screens in (*rooms(), ("told", told)):
        if room == "crowds":
            continue  # the same screens with very much on them
        names, found = _names(by_district=room in BY_DISTRICT), []
        for alike in zip(*(screens(words(lang), WORKFLOW) for lang in LANGUAGES), strict=True):
            shown = tuple(screen for _, screen in alike)
            lines = {re.sub(r"\d+", "0", names.sub("…", line)) for line in _lines(shown[-1])}
            if lines - seen:
                found.append((alike[0][0], shown))
            seen |= lines
        yield room, found


def _lines(screen: Screen) -> list[str]:
    return re.sub(r"<[^>]*>", "", screen.text).splitlines() + [one.label for row in screen.rows for one in row]


def _names(*, by_district: bool) -> re.Pattern[str]:
    """What makes no line a new one: villages, documents, days and roles; and what else the district file calls things,
    unless that is what a sheet is about.
    """
    t = words("en")
    kinds = [name for one in WORKFLOW.types.values() for name in (one.id, one.jv, one.en, one.short)]
    named = [*kinds, *(one.name for one in WORKFLOW.villages.values()), *(role_name(role, t) for role in ROLES)]
    named += [*dates.weekday_names("en"), *(name for pair in dates.months("en") for name in pair)]
    if not by_district:
        named += list(_english(asdict(WORKFLOW.district)))
    return re.compile("|".join(map(re.escape, sorted(named, key=len, reverse=True))), re.IGNORECASE)


def _english(found: Any, *, within: bool = False) -> Iterator[str]:
    """All that stands below a key `en`."""
    match found:
        case dict():
            for key, value in found.items():
                yield from _english(value, within=within or key == "en")
        case list() | tuple():
            for value in found:
                yield from _english(value, within=within)
        case str() if within and len(found) > 3:
            yield found


class Chat:
    """A chat of the sandbox, into which screens are really sent."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(Settings(), Clock(lambda: NOW / 1000))
        self.sandbox.bot("7:x", "jekduk_bot", "Jek-Duk")
        self.sari = self.sandbox.person("Sari", "id")
        self.sari.chat().start()

    async def _call(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]] = {}, /
    ) -> Any:
        sent = {name: File(*file) for name, file in files.items()}
        status, answer = await self.sandbox.call("7:x", method, fields, sent)
        assert status == 200, answer
        return answer["result"]

    async def shows(self, screen: Screen) -> Any:
        """The message as the page is told of it, without a sound; of a file the words alone."""
        await send(self._call, self.sari.id, screen._replace(paper=None), silent=True)
        return message_json(self.sari.chat().heard[-1].message)


async def take(browser: Browser) -> None:
    """Draw all sheets, and write the page that shows them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    chat, text = Chat(), [HEAD]
    async with await serve(chat.sandbox, 0, 0) as runner:
        visit = await Visit.begin(browser, runner.control_url, width=WIDTH, height=800)
        for room, found in chosen():
            screens = [
                {"name": name, "messages": [await chat.shows(screen) for screen in shown]} for name, shown in found
            ]
            text += [f"## {TITLES[room]}", ""]
            for name in await draw(visit.page, room, screens):
                text += [f"![{TITLES[room]}, in three languages](pictures/screens/{name})", ""]
        await visit.end()
    PAGE.write_text("\n".join(text).rstrip() + "\n", encoding="utf-8")


async def draw(page: Page, room: str, screens: list[dict[str, Any]]) -> list[str]:
    """Draw a sheet, in parts if it is long; the names of its pictures."""
    ends = [int(end) for end in await page.evaluate(DRAWN, screens)]
    await asyncio.sleep(1)  # until what is drawn stands still
    drawn = Image.open(BytesIO(await page.screenshot(full_page=True)))
    parts: list[str] = []
    above = 0
    while above < ends[-1]:
        below = max((end for end in ends if end - above <= TALLEST), default=0)
        below = below if below > above else min(end for end in ends if end > above)
        name = f"{room.replace('_', '-')}{f'-{len(parts) + 1}' if parts or ends[-1] > TALLEST else ''}.webp"
        part = drawn.crop((0, above, WIDTH, below)).convert("RGB")
        few = part.quantize(palette=palette(), dither=Image.Dither.NONE).convert("RGB")
        few.save(FOLDER / name, lossless=True, quality=90)  # half of a PNG
        parts.append(name)
        above = below
    return parts


def palette() -> Image.Image:
    """The colours of a sheet, as Pillow wants them."""
    found = Image.new("P", (1, 1))
    found.putpalette(bytes.fromhex(COLOURS))
    return found
