"""Renders the pictures that the README and the docs carry: `make screenshots`."""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import BROWSER, FLAGS
from tests.browser.play import HOME, Played
from tests.browser.visit import Visit

FOLDER = HOME / "docs" / "pictures"
GATHERED = """async () => {
  const { town } = await import("/page/town.js"), { tell } = await import("/page/api.js");
  const found = [...town.documents.values()].filter(({ stage }) => stage !== "handed_over").slice(-47);
  tell("road", { gone: [], documents: found.map((one) => ({ ...one, stage: "ready_at_district" })) });
}"""


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Played() as demo:
        demo.at_rest()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
            await journey(browser, demo)
            await browser.close()


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
    await gathered(browser, demo)


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
    if BROWSER is None:
        sys.exit("There is no Chromium here: apt-get install chromium brings one.")
    asyncio.run(main())
    for picture in sorted(Path(FOLDER).glob("*.png")):
        sys.stdout.write(f"{picture.name} {picture.stat().st_size // 1024} kB\n")
