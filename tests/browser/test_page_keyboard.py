"""The page with keys alone: few stops, and a focus that stays where it was."""

import re

from playwright.async_api import Locator, expect

from tests.browser.test_page_journeys import filed
from tests.browser.visit import Phone, Visit

ANYTHING_FOCUSED = "document.activeElement !== document.body"


async def lists_tasks(joko: Phone) -> Locator:
    """Joko's list of what he can do, focused on its first button."""
    await joko.says("/tugas")
    await joko.hears("Tugas")
    return joko.at.locator(".msg").last


async def test_the_message_box_is_a_few_stops_away_however_long_the_chat(visit: Visit):
    sari, keys = visit.phone("Sari"), visit.page.keyboard
    for said in range(1, 5):
        await sari.says("/bantuan")  # one by one: equal questions that wait together are answered once
        await expect(sari.at.locator(".link")).to_have_count(said * 8, timeout=15_000)
    await visit.page.locator("#phones").focus()
    for _ in range(7):
        await keys.press("Tab")
    await expect(sari.at.get_by_role("textbox")).to_be_focused()


async def test_arrows_walk_through_the_history(visit: Visit):
    sari, keys = visit.phone("Sari"), visit.page.keyboard
    await sari.says("/bantuan")
    await sari.hears("/status")
    stop = sari.at.locator(".log [tabindex='0']")
    await expect(stop).to_have_count(1)
    await stop.focus()
    first = await stop.inner_text()
    await keys.press("ArrowDown")
    assert await stop.inner_text() != first
    await expect(stop).to_be_focused()
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await expect(stop).to_have_text("/bantuan")
    await keys.press("Enter")
    await expect(sari.at.locator(".msg.out")).to_have_count(2)


async def test_the_focus_stays_in_a_card_whose_keyboard_changes(visit: Visit):
    joko, keys = visit.phone("Joko"), visit.page.keyboard
    card = await lists_tasks(joko)
    for key in ("Bawa ke kecamatan", "Semua desa"):
        await card.locator(".key", has_text=key).focus()
        await keys.press("Enter")
    await expect(card.locator(".key", has_text=re.compile("^✅"))).to_be_visible()
    assert await card.evaluate("card => card.contains(document.activeElement)")
    line = card.locator(".key", has_text="☑").nth(1)
    words = await line.inner_text()
    await line.focus()
    await keys.press("Enter")
    changed = card.locator(".key", has_text=words.replace("☑", "☐"))
    await expect(changed).to_be_focused()


async def test_the_focus_goes_to_the_card_that_has_no_buttons_left(visit: Visit):
    joko = visit.phone("Joko")
    card = await lists_tasks(joko)
    await card.locator(".key").first.focus()
    await visit.page.evaluate(
        NO_MORE_BUTTONS, [await joko.at.get_attribute("data-chat"), await card.get_attribute("data-id")]
    )
    await expect(card.locator(".key")).to_have_count(0)
    await expect(card).to_be_focused()


async def test_the_focus_returns_from_an_alert_to_the_button_that_brought_it(visit: Visit):
    sari, number = visit.phone("Sari"), await filed(visit)
    await sari.says(number)
    follow = sari.at.locator(".key", has_text="Kabari saya")
    await follow.focus()
    await visit.page.keyboard.press("Enter")
    await sari.closes_alert()
    assert await sari.at.locator(".msg").last.evaluate("card => card.contains(document.activeElement)")


async def test_the_focus_is_never_lost_when_a_phone_is_closed_exchanged_or_unblocked(visit: Visit):
    sari, keys = visit.phone("Sari"), visit.page.keyboard
    await sari.at.get_by_role("button", name="Block the bot").click()
    await sari.at.locator(".instead").get_by_role("button", name="Unblock").focus()
    await keys.press("Enter")
    await expect(sari.at.locator(".instead")).to_be_hidden()
    assert await visit.page.evaluate(ANYTHING_FOCUSED)
    await visit.phone("Joko").at.get_by_role("button", name="Close this phone").focus()
    await keys.press("Enter")
    await expect(visit.page.locator(".phone")).to_have_count(3)
    assert await visit.page.evaluate(ANYTHING_FOCUSED)
    await sari.at.locator(".who").select_option(label="Emma")
    await expect(visit.phone("Emma").at.locator(".who")).to_be_focused()


NO_MORE_BUTTONS = """async ([chat, id]) => {
  const { tell, get } = await import("/page/api.js"), { town } = await import("/page/town.js");
  const message = (await get(`/sim/transcript/${chat}`)).messages.find((one) => one.id === Number(id));
  const edit = { chat: Number(chat), bot: town.bot.id, message: { ...message, buttons: [] }, reply_keyboard: null };
  tell("edit", { event: "edit", ...edit });
}"""


async def test_arrows_choose_nobody_before_the_list_is_open(visit: Visit):
    await visit.page.locator("select.add").focus()
    await visit.page.keyboard.press("ArrowDown")
    await expect(visit.page.locator("select.add")).to_have_value("")
    await expect(visit.page.locator(".phone")).to_have_count(4)
