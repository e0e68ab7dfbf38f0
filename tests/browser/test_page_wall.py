"""The head's page in a real browser: on a telephone and on a television, for everyone, and live."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from handlers.pages.buttons import EndPage
from storage.records import DAY, HOUR
from tests.browser.conftest import SHOTS
from tests.browser.visit import Visit
from tests.town import Town
from tests.web.test_pages import browsers, link_in

SIZES = {"phone": (320, 640), "television": (1920, 1080)}


class Onlooker(Visit):
    """Whoever looks at the page: it is there as soon as it is loaded, and asks nobody else."""

    async def opens(self) -> None:
        await self.page.goto(self.url)


@asynccontextmanager
async def inhabited(folder: Path) -> AsyncIterator[Town]:
    """A town in the loop of the browser."""
    async with Town.open(folder) as town, browsers(town):
        yield town


async def busy(town: Town) -> None:
    """Some villages have filed, and much of it waits for too long."""
    for village in ("tlogopakis", "simego", "gumelem"):
        await town.files("KK", "KIA", village=village, by="rina")
        town.clock += 2 * HOUR
    for card in await town.files("KTP", "KK", village="yosorejo", by="rina"):
        await town.carries(card, "handed_over")
    town.clock += 12 * DAY


@pytest.mark.parametrize("size", SIZES)
async def test_a_wall_and_a_telephone_show_it_to_everyone(browser: Browser, tmp_path: Path, size: str):
    width, height = SIZES[size]
    async with inhabited(tmp_path) as town:
        await busy(town)
        link = link_in(await town.hadi.says("/halaman"))
        look: dict[str, Any] = {"width": width, "height": height, "scheme": "dark" if size == "phone" else "light"}
        visit = await Onlooker.begin(browser, town.services.page_url, toured=False, **look)
        visit.complaints.clear()  # that it is not open yet is a 403
        await visit.page.goto(link)
        assert await visit.faults() == []
        await visit.page.get_by_role("button").click()
        await expect(visit.page.get_by_role("table").first).to_be_visible()
        assert await visit.faults() == []
        assert await visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await visit.page.get_by_role("link", name="English").click()
        await expect(visit.page.get_by_role("heading", name="Late")).to_be_visible()
        SHOTS.mkdir(exist_ok=True)
        await visit.page.screenshot(path=SHOTS / f"wall-{size}.png", full_page=True)
        assert visit.complaints == []
        await visit.end()


async def test_it_is_renewed_by_itself_and_gone_once_it_was_ended(browser: Browser, tmp_path: Path):
    async with inhabited(tmp_path) as town:
        visit = await Onlooker.begin(browser, town.services.page_url, toured=False)
        await visit.page.clock.install()
        await visit.page.goto(link_in(await town.hadi.says("/halaman")))
        await visit.page.get_by_role("button").click()
        await expect(visit.page.locator(".moment")).to_contain_text("08.10")
        await visit.page.evaluate("document.querySelector('.moment').textContent = 'long ago'")
        await visit.page.clock.run_for(60_000)
        await expect(visit.page.locator(".moment")).to_contain_text("08.10")
        await town.hadi.forges(EndPage(0))
        await visit.page.clock.run_for(60_000)
        await expect(visit.page.get_by_role("main")).to_contain_text("/halaman")
        await expect(visit.page.get_by_role("table")).to_have_count(0)
        await visit.end()
