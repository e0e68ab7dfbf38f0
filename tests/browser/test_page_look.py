"""How the page looks and sounds: for everyone, in two languages, in all sizes, by day and by night."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from bot.demo.cast import CAST
from tests.browser.test_page_road import GATHER
from tests.browser.visit import Visit

SIZES = {"phone": (360, 740), "laptop": (1280, 800), "wall": (3840, 2160)}
EVERYWHERE = pytest.mark.parametrize(
    "visit",
    [
        pytest.param({"width": w, "height": h, "scheme": scheme}, id=f"{size}-{scheme}")
        for size, (w, h) in SIZES.items()
        for scheme in ("light", "dark")
    ],
    indirect=True,
)
# Every card on the road moves at once, five times, while eight phones are out.
TURMOIL = """async () => {
  const { town } = await import("/page/town.js"), { tell } = await import("/page/api.js");
  const stages = [...town.stages.keys()].slice(0, 11), found = [...town.documents.values()];
  for (let round = 1; round < 6; round++) {
    tell("road", { gone: [], documents: found.map((one, i) => ({ ...one, stage: stages[(i + round) % 11] })) });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return found.length;
}"""


@EVERYWHERE
async def test_nobody_is_shut_out(visit: Visit):
    sari = visit.phone("Sari")
    for said in range(1, 5):
        await sari.says("/bantuan")  # one by one: equal questions that wait together are answered once
        await expect(sari.at.locator(".msg.in", has_text="/bahasa")).to_have_count(said, timeout=15_000)
    await sari.at.get_by_role("button", name="Commands").click()
    assert await visit.faults() == []
    await visit.page.keyboard.press("Escape")
    await sari.at.get_by_role("button", name="Has signal").click()
    await sari.says("/privasi")
    await sari.scrolls_up()
    await expect(sari.at.locator(".newer")).to_be_visible()
    assert await visit.faults() == []
    await visit.page.evaluate(GATHER, "ready_at_district")
    await visit.page.locator(".card.pile").click()
    await expect(visit.page.locator("#papers .item").first).to_be_visible()
    assert await visit.faults() == []
    await visit.page.keyboard.press("Escape")
    await visit.page.locator(".cards [tabindex='0']").focus()
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_role("dialog")).to_be_visible()
    assert await visit.faults() == []


@EVERYWHERE
async def test_nothing_is_wider_than_the_screen(visit: Visit):
    assert await visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await visit.page.locator(".phone").first.evaluate("phone => phone.clientWidth >= 240")


@pytest.mark.parametrize(
    "visit", [pytest.param({"width": 320, "height": 640, "language": "id"}, id="narrow")], indirect=True
)
@pytest.mark.parametrize("row", ["#time .soft", ".seg"])
async def test_buttons_that_belong_together_stand_in_a_row_on_the_narrowest_phone(visit: Visit, row: str):
    await expect(visit.page.locator(row).first).to_be_visible()
    tops = await visit.page.evaluate("(row) => [...document.querySelectorAll(row)].map((one) => one.offsetTop)", row)
    assert (len(tops) > 2, len({*tops})) == (True, 1)


async def test_the_page_speaks_two_languages_and_the_phones_their_own(visit: Visit):
    await visit.presses("Bahasa Indonesia")
    await expect(visit.page.locator("html")).to_have_attribute("lang", "id")
    await visit.reads("#weather", "menunggu di Telegram")
    await expect(visit.page.get_by_role("button", name=re.compile("Kartu Keluarga")).first).to_be_attached()
    await visit.presses("English")
    await visit.reads("#weather", "waiting at Telegram")
    await visit.page.locator("select.add").select_option(str(CAST["emma"].chat))
    for name, greeting in (("Emma", "The numbers you follow"), ("Sari", "Nomor yang Bapak/Ibu ikuti")):
        await visit.phone(name).says("/start")
        await visit.phone(name).hears(greeting)


async def test_both_languages_have_every_sentence_with_the_same_places(visit: Visit):
    said: dict[str, dict[str, str]] = await visit.page.evaluate("import('/page/words.js').then(({ WORDS }) => WORDS)")
    assert list(said["id"]) == list(said["en"])
    for key, words in said["id"].items():
        assert re.findall(r"\{\w+\}", words) == re.findall(r"\{\w+\}", said["en"][key]), key


async def test_every_sentence_that_the_page_asks_for_is_there(visit: Visit):
    script = "async () => { const { WORDS } = await import('/page/words.js'); return [...document.querySelectorAll("
    script += "'[data-t], [data-t-label], [data-t-hint]')].flatMap(({ dataset: d }) => [d.t, d.tLabel, d.tHint])"
    assert await visit.page.evaluate(script + ".filter((key) => key && !(key in WORDS.en)); }") == []


async def test_keys_are_enough(visit: Visit):
    keys, road = visit.page.keyboard, visit.page.locator(".cards .card[tabindex='0']")
    await expect(road).to_have_count(1)
    await road.focus()
    first = await road.get_attribute("aria-label")
    await keys.press("ArrowRight")
    assert await road.get_attribute("aria-label") != first
    await keys.press("Enter")
    await expect(visit.page.get_by_role("dialog")).to_be_visible()
    await keys.press("Escape")
    await expect(visit.page.get_by_role("dialog")).to_be_hidden()
    await visit.page.get_by_role("link", name="Skip to the phones").focus()
    await keys.press("Enter")
    await expect(visit.page.locator("#phones")).to_be_focused()


async def test_a_new_courier_joins_by_an_invitation_and_is_spoken_to_in_javanese(visit: Visit):
    await visit.page.locator("select.add").select_option("new")
    form = visit.page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Tumini")
    await form.get_by_label("Language").select_option("jv")
    await form.get_by_label("Role").select_option("courier")
    await form.get_by_role("button", name="Add").click()
    tumini = visit.phone("Tumini")
    await expect(tumini.at.locator(".sub")).to_have_text("Jek-Duk courier", timeout=15_000)
    await tumini.says("/tugas")
    await tumini.hears("tabuh")


async def test_a_photo_of_a_slip_can_be_sent(visit: Visit):
    sari = visit.phone("Sari")
    await sari.at.get_by_role("button", name="Attach").click()
    await sari.at.get_by_role("button", name="Photo of a receipt slip").click()
    await expect(sari.at.locator(".msg.out .photo img")).to_be_visible()


@pytest.mark.parametrize("visit", [{"width": 1920, "height": 1080, "motion": "no-preference"}], indirect=True)
async def test_sixty_moving_documents_and_eight_phones_keep_a_browser_less_than_a_third_busy(visit: Visit):
    for key in ("rina", "slamet", "emma", "hadi"):
        await visit.page.locator("select.add").select_option(str(CAST[key].chat))
    await expect(visit.page.locator(".phone")).to_have_count(8)
    chrome = await visit.context.new_cdp_session(visit.page)
    # Its own time on the processor, so that a busy machine does not count.
    await chrome.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def spent() -> float:
        metrics: Any = await chrome.send("Performance.getMetrics")
        return float(next(one["value"] for one in metrics["metrics"] if one["name"] == "TaskDuration"))

    before = await spent()
    assert await visit.page.evaluate(TURMOIL) >= 50
    assert await spent() - before < 5 / 3
