"""The public page in a real browser: on a small phone without JavaScript, for everyone."""

from pathlib import Path

from playwright.async_api import Browser, expect

from storage.counter import pickup
from tests.browser.conftest import SHOTS
from tests.browser.test_page_wall import Onlooker, busy
from tests.storage.cast import DAY
from tests.town import Town
from tests.web.test_public import PUBLIC, visited


async def test_a_small_phone_looks_a_number_up_and_needs_no_script(browser: Browser, tmp_path: Path):
    async with Town.open(tmp_path, PUBLIC) as town, visited(town) as visitor:
        await busy(town)
        (card,) = await town.files("KK")
        town.clock += 25 * DAY  # so that the month of most of it is over
        async with town.storage.reading() as tx:
            code = await pickup.code(tx, card.request)
        visit = await Onlooker.begin(browser, f"{visitor.url}/", toured=False, width=320, height=640, language="id")
        page = visit.page
        await expect(page.get_by_role("heading", name="Dokumen saya di mana?")).to_be_visible()
        assert await visit.faults() == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert (
            await page.evaluate("Math.max(...[...document.querySelectorAll('dd')].map((one) => one.offsetHeight))") < 48
        )
        few = page.locator("dd", has_text="kurang dari 5")  # which is no alarm
        assert {await one.evaluate("one => getComputedStyle(one).borderLeftWidth") for one in await few.all()} == {
            "0px"
        }
        await page.get_by_label("Nomor resi").fill(card.number)
        await page.get_by_label("Kode ambil").fill("0")
        await page.get_by_role("button").click()
        await expect(page.get_by_role("alert")).to_contain_text("4 angka")
        assert await visit.faults() == []
        SHOTS.mkdir(exist_ok=True)
        await page.screenshot(path=SHOTS / "public-phone.png", full_page=True)
        await page.get_by_role("link", name="English").click()
        await page.get_by_label("Receipt number").fill(card.number)
        await page.get_by_label("Pickup code").fill(code)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_contain_text("Family card")
        assert card.number not in page.url
        assert await visit.faults() == []
        await page.screenshot(path=SHOTS / "public-looked-up.png", full_page=True)
        await page.get_by_role("link").click()
        await expect(page.get_by_role("heading", name="Where are my documents?")).to_be_visible()
        assert await page.evaluate("document.cookie + Object.keys(localStorage)") == ""
        assert visit.complaints == []
        await visit.end()


async def test_it_works_where_scripts_are_off(browser: Browser, tmp_path: Path):
    async with Town.open(tmp_path, PUBLIC) as town, visited(town) as visitor:
        (card,) = await town.files("KK")
        async with town.storage.reading() as tx:
            code = await pickup.code(tx, card.request)
        context = await browser.new_context(java_script_enabled=False, locale="id-ID")
        page = await context.new_page()
        await page.goto(f"{visitor.url}/cek")
        await page.get_by_label("Nomor resi").fill(card.number)
        await page.get_by_label("Kode ambil").fill(code)
        await page.get_by_role("button").click()
        await expect(page.get_by_role("main")).to_contain_text("Kartu Keluarga")
        await context.close()
