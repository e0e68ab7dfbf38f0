"""What is new lands in view, and who reads what is old is left alone."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.visit import Phone, Visit

# With motion, because what moves is what came to rest in the wrong place.
pytestmark = pytest.mark.parametrize(
    "visit", [{"motion": "no-preference", "height": 740}], indirect=True, ids=["moving"]
)


async def talked(phone: Phone) -> None:
    """More than fits on a phone."""
    for _ in range(3):
        await phone.says("/bantuan")
    await phone.hears("/status")


async def test_an_answer_lands_in_view_however_long_it_is(visit: Visit):
    sari = visit.phone("Sari")
    await talked(sari)
    chat = await sari.at.get_attribute("data-chat")
    for lines in (3, 12, 30):
        await sari.says("/bantuan")
        await visit.page.evaluate(ANOTHER, [chat, lines])
        await sari.is_at_its_end()


async def test_every_phone_opens_at_its_end(visit: Visit):
    names = ("Sari", "Bu Warni", "Joko", "Budi")
    for name in names:
        await talked(visit.phone(name))
    for _ in range(3):
        await visit.opens()
        for name in names:
            await visit.phone(name).is_at_its_end()


async def test_a_link_that_was_tapped_is_answered_in_view(visit: Visit):
    warni = visit.phone("Bu Warni")
    await warni.says("/baru")
    await warni.taps("☐ KK")
    await warni.is_at_its_end()
    await warni.taps("✅")
    await warni.hears("Terdaftar:")
    await warni.at.locator(".link", has_text="t.me/jekduk_bot?start=").last.click()
    await warni.hears("Berkas di kantor desa Tlogopakis")
    await warni.is_at_its_end()


async def test_a_reminder_lands_in_view(visit: Visit):
    warni = visit.phone("Bu Warni")
    await talked(warni)
    await visit.presses("Next working morning")
    await warni.hears("Selamat pagi")
    await warni.is_at_its_end()


async def test_a_card_that_grows_keeps_its_buttons_in_view(visit: Visit):
    warni = visit.phone("Bu Warni")
    await talked(warni)
    await warni.says("/baru")
    for kind in ("KTP", "KK", "KIA"):
        await warni.taps(f"☐ {kind}")
        await expect(warni.at.locator(".msg").last.locator(".key", has_text=f"☑ {kind}")).to_be_visible()
        await warni.is_at_its_end()


async def test_a_bag_that_opens_shows_its_confirm_button(visit: Visit):
    joko = visit.phone("Joko")
    await talked(joko)
    await joko.says("/tugas")
    await joko.taps("Bawa ke kecamatan")
    await joko.taps("Semua desa")
    await expect(joko.at.locator(".key", has_text=re.compile("^✅")).last).to_be_visible()
    await joko.is_at_its_end()


async def test_who_reads_what_is_old_stays_there_and_is_told_what_is_new(visit: Visit):
    sari, arrow = visit.phone("Sari"), visit.phone("Sari").at.locator(".newer")
    await talked(sari)
    await expect(arrow).to_be_hidden()
    await sari.scrolls_up()
    await visit.presses("Bahasa Indonesia")
    await expect(arrow).to_have_accessible_name("Ke pesan terbaru")
    await visit.page.evaluate(ANOTHER, [await sari.at.get_attribute("data-chat"), 1])
    await expect(arrow).to_have_accessible_name("Pesan baru: 1")
    assert await sari.at.locator(".log").evaluate("log => log.scrollTop") < 5
    await arrow.focus()
    await visit.page.keyboard.press("Enter")
    await expect(arrow).to_be_hidden()
    await sari.is_at_its_end()


# The bot writes so many lines, without being asked.
ANOTHER = """async ([chat, lines]) => {
  const { tell } = await import("/page/api.js"), { town } = await import("/page/town.js");
  const message = { id: 999000 + lines, from: town.bot.id, name: "Bot", date: Date.now() / 1000, silent: true };
  Object.assign(message, { text: "Kabar\\n".repeat(lines), entities: [], buttons: [] });
  tell("message", { event: "message", chat: Number(chat), bot: town.bot.id, message, reply_keyboard: null });
}"""
