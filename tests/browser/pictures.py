"""Renders the pictures that the README and the docs carry, and docs/screens.md: `make screenshots`."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.demo.cast import CAST
from tests.browser import sheets
from tests.browser.conftest import BROWSER, FLAGS
from tests.browser.play import HOME, Played
from tests.browser.visit import Visit

FOLDER = HOME / "docs" / "pictures"
GATHERED = """async () => {
  const { town } = await import("/page/town.js"), { tell } = await import("/page/api.js");
  const found = [...town.documents.values()].filter(({ stage }) => stage !== "handed_over").slice(-47);
  tell("road", { gone: [], documents: found.map((one) => ({ ...one, stage: "ready_at_district" })) });
}"""


Step = str  # a label to tap; `>` before it: words to send. {places} are numbers of the town
# What an officer meets on a small phone, by the name of its picture: whose phone it is, and what they do.
SCENES: dict[str, tuple[str, list[Step]]] = {
    "held.png": ("emma", [">{blank}"]),
    "sent-back.png": ("emma", [">{returned}"]),
    "hold.png": ("budi", [">{registry}", "⏸ KK", "Menunggu tanda tangan", "Kamis"]),
    "queue.png": ("budi", [">/tugas", "⏸ 3"]),
    "return.png": ("rina", [">{district}", "KK · Belum lengkap", "☐ KK lama bila ada"]),
    "hand-over.png": ("songgodadi", [">{ready}", "Serahkan ke warga"]),
    "correct.png": ("rina", [">{district}", "Betulkan", "KK ada di tempat lain", "Berkas di kantor desa"]),
    "village.png": ("simego", [">/tugas", "Semua Simego"]),
    "history.png": ("songgodadi", [">{ready}", "Serahkan ke warga", "✅ Tetangga", ">{ready}", "Riwayat"]),
}


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        for scene in (journey, screens):
            with Played() as demo:
                demo.at_rest()
                await scene(browser, demo)
        await sheets.take(browser)
        await browser.close()


def missing() -> str:
    """What this machine lacks, and how it comes; nothing if it lacks nothing."""
    if BROWSER is None:
        return "There is no Chromium here: apt-get install chromium brings one."
    known = shutil.which("fc-list") and subprocess.run(["fc-list"], capture_output=True, text=True, check=True).stdout
    if "emoji" not in (known or "").lower():
        return "There is no font with emoji here: apt-get install fontconfig fonts-noto-color-emoji brings one."
    return ""


async def journey(browser: Browser, demo: Played) -> None:
    """A card on its way, by day and by night, on a wide screen and on a phone."""
    visit = await Visit.begin(browser, demo.url, width=1280, height=900, toured=False)
    await halfway(visit)
    await shoot(visit, "demo.png")
    await visit.page.locator(".cards .card[aria-label*='Tlogopakis']").last.focus()
    await visit.page.keyboard.press("Enter")
    await shoot(visit, "dossier.png")
    await visit.end()
    for name, language, scheme, width, height in (
        ("demo-dark.png", "id", "dark", 1280, 800),
        ("demo-phone.png", "id", "light", 360, 740),
    ):
        other = await Visit.begin(browser, demo.url, width=width, height=height, language=language, scheme=scheme)
        await shoot(other, name)
        await other.end()
    await pages(browser, demo)
    await gathered(browser, demo)


async def pages(browser: Browser, demo: Played) -> None:
    """The page for the wall and the public one, of the same town."""
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, locale="en")
    page = await context.new_page()
    await page.goto(demo.hears(CAST["hadi"].chat, "/halaman", r"http://127\S+") + "?lang=en")
    await page.get_by_role("button").click()
    await page.goto(demo.ask("/demo/town")["page"] + "/?lang=en")
    await page.screenshot(path=FOLDER / "wall.png")
    await page.goto(demo.ask("/demo/town")["page"] + "/cek?lang=en")
    await page.screenshot(path=FOLDER / "public.png")
    await context.close()


async def screens(browser: Browser, demo: Played) -> None:
    """Nine screens of staff and families, as a narrow phone shows them; only the last moves a document."""
    found = demo.ask("/demo/town")["documents"]
    numbers = {
        "blank": next(one["number"] for one in found if one["hold"] and one["village"] == "yosorejo"),
        "returned": next(one["number"] for one in found if one["stage"] == "returned"),
        "registry": next(one["number"] for one in found if one["stage"] == "at_registry" and one["type"] == "KK"),
        "district": next(one["number"] for one in found if one["stage"] == "at_district" and one["type"] == "KK"),
        "ready": next(
            one["number"] for one in found if (one["stage"], one["village"]) == ("ready_at_village", "songgodadi")
        ),
    }
    for name, (who, steps) in SCENES.items():
        member = CAST[who]
        visit = await Visit.begin(browser, demo.url, width=360, height=740)
        if not await visit.phone(member.name).at.count():
            await visit.page.locator("select.add").select_option(str(member.chat))
        phone = visit.phone(member.name)
        for step in steps:
            await (phone.says(step[1:].format(**numbers)) if step.startswith(">") else phone.taps(step))
            await asyncio.to_thread(demo.at_rest)
            await asyncio.sleep(1.5)  # until the answer has scrolled into view
        await phone.at.scroll_into_view_if_needed()
        await visit.page.mouse.move(0, 0)
        await phone.at.screenshot(path=FOLDER / name)
        await visit.end()


async def halfway(visit: Visit) -> None:
    """The first three steps of the tour."""
    go = visit.page.locator("#tour .primary:not([disabled])")
    for title in ("The village files", "The family waits", "Down to Kajen", "Issued"):
        await go.click()
        await visit.reads("#tour h2", title)


async def gathered(browser: Browser, demo: Played) -> None:
    """The road a week later, if nobody but the couriers had worked: forty-seven documents at one place."""
    demo.ask("/demo/time", {"seconds": 7 * 24 * 3600})
    visit = await Visit.begin(browser, demo.url, width=1280, height=900)
    await visit.page.evaluate(GATHERED)
    await asyncio.sleep(3)
    await visit.page.locator("#road").screenshot(path=FOLDER / "road.png")
    await visit.end()


async def shoot(visit: Visit, name: str) -> None:
    await visit.page.evaluate("scrollTo(0, 0)")
    await asyncio.sleep(3)  # until what pops up is gone
    await visit.page.screenshot(path=FOLDER / name)


if __name__ == "__main__":
    if lacks := missing():
        sys.exit(lacks)
    asyncio.run(main())
    for picture in sorted(file for file in Path(FOLDER).rglob("*") if file.is_file()):
        sys.stdout.write(f"{picture.name} {picture.stat().st_size // 1024} kB\n")
