"""The row of phones: names in full, all in reach on a small screen, replies and groups as Telegram shows them."""

import os
import re

import pytest
from playwright.async_api import Locator, expect

from bot.demo.cast import CAST
from bot.press.voice import can_speak
from tests.browser.play import Played
from tests.browser.visit import Visit
from tests.handlers.test_aloud import MISSING

SMALL = pytest.mark.parametrize("visit", [{"width": 360, "height": 740}], indirect=True)


ENDS_BEFORE = """(phone) => {
  const [name, block] = [".who", "[data-t-label=block]"].map((one) => phone.querySelector(one).getBoundingClientRect());
  return name.right <= block.left;
}"""

# Every text that the clock can have in a year: how high the header is, where its last button ends, and what is cut.
EVERY_DAY = """async () => {
  const { day, clock } = await import("/page/town.js");
  const [now, top] = [".now", ".top"].map((one) => document.querySelector(one));
  const cut = (one) => one.scrollWidth > one.clientWidth + 1;
  const seen = new Set();
  for (let nth = 0; nth < 366; nth++) {
    const at = Date.UTC(2026, 0, 1 + nth, 13, 8);
    now.textContent = `${day(at)}, ${clock(at)}`;
    const end = document.querySelector("#time").lastElementChild.getBoundingClientRect().right;
    seen.add([top.offsetHeight, end <= innerWidth, [now, ...document.querySelectorAll("#time .few")].some(cut)].join());
  }
  return [...seen];
}"""

PLAYED = "(one) => one.play().then(() => new Promise((done) => (one.ontimeupdate = () => done(one.currentTime))))"


async def box(element: Locator) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    found = await element.bounding_box()
    assert found
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


@pytest.mark.parametrize("visit", [{"width": 1280}, {"width": 360}], indirect=True, ids=["laptop", "phone"])
async def test_a_long_name_ends_before_the_button_that_blocks(visit: Visit):
    for key in ("gumelem", "songgodadi"):
        await visit.page.locator("select.add").select_option(str(CAST[key].chat))
        name = CAST[key].name
        phone = visit.phone(name).at
        assert await phone.evaluate(ENDS_BEFORE)
        await expect(phone.locator(".who")).to_have_attribute("title", name)
        await expect(phone.locator(".sub")).to_have_attribute("title", f"Village officer · {key.capitalize()}")


@SMALL
async def test_a_small_screen_shows_the_first_phone_soon_and_that_there_are_more(visit: Visit):
    assert (await box(visit.phone("Sari").at))[1] < 350
    left, _, right, _ = await box(visit.phone("Bu Warni").at)
    assert left < 340 < right
    left, top, right, bottom = await box(visit.page.locator("select.add"))
    assert (left >= 0, top >= 0, right <= 360, bottom <= 740) == (True, True, True, True)
    await visit.page.locator("#people").get_by_role("button", name="Budi").click()
    left, _, right, _ = await box(visit.phone("Budi").at)
    assert (left >= 0, right <= 360) == (True, True)
    assert (await box(visit.page.locator("select.add")))[2] <= 360


@pytest.mark.parametrize("visit", [{"width": width, "height": 740, "language": language}
                                   for width in (320, 360) for language in ("en", "id")], indirect=True)  # fmt: skip
async def test_the_header_of_a_small_screen_is_as_high_on_every_day_of_the_year(visit: Visit):
    [seen] = await visit.page.evaluate(EVERY_DAY)
    assert seen.endswith(",true,false")


@SMALL
async def test_a_phone_out_of_sight_says_that_something_came(visit: Visit, played: Played):
    face = visit.page.locator(f"#people [data-chat='{CAST['budi'].chat}']")
    await expect(face).to_have_accessible_name("Budi")
    played.ask("/sim/text", {"user": CAST["budi"].chat, "text": "/bantuan"})
    await expect(face).to_have_accessible_name("Budi, new message")
    await face.click()
    await expect(face).to_have_accessible_name("Budi")


@SMALL
async def test_attach_is_one_tap_away_while_commands_are_open(visit: Visit):
    phone = visit.phone("Sari").at
    await phone.get_by_role("button", name="Commands").click()
    await expect(phone.locator(".popup")).to_contain_text("/bantuan")
    await phone.get_by_role("button", name="Attach").click()
    await expect(phone.locator(".popup")).to_contain_text("Photo of a receipt slip")
    await phone.get_by_role("button", name="Attach").click()
    await expect(phone.locator(".popup")).to_be_hidden()


async def test_a_reply_shows_whom_and_what_it_answers(visit: Visit, played: Played):
    sari = visit.phone("Sari")
    await sari.says("/bantuan")
    await sari.hears("/status")
    answered = played.ask(f"/sim/transcript/{CAST['sari'].chat}")["messages"][-1]
    played.ask("/sim/text", {"user": CAST["sari"].chat, "text": "Matur nuwun", "reply_to": answered["id"]})
    reply = sari.at.locator(".msg.out", has_text="Matur nuwun").locator(".reply")
    await expect(reply).to_contain_text("Jek-Duk Petungkriyono")
    await expect(reply).to_contain_text(answered["text"][:20])
    await reply.click()
    await expect(sari.at.locator(f"[data-id='{answered['id']}']")).to_be_in_viewport()


async def test_a_group_is_a_chat_of_its_own_with_names_over_the_messages(visit: Visit, played: Played):
    sari, joko = CAST["sari"].chat, CAST["joko"].chat
    group = played.ask("/sim/group", {"title": "RT 03", "type": "supergroup"})["result"]["id"]
    for member in (sari, joko):
        played.ask("/sim/join", {"chat": group, "user": member})
    played.ask("/sim/join", {"chat": group, "user": joko, "bot": played.ask("/sim/state")["bots"][0]["id"]})
    played.ask("/sim/text", {"chat": group, "user": joko, "text": "Besok jam 8"})
    phone = visit.phone("Sari").at
    tab = phone.locator(".chats button", has_text="RT 03")
    await expect(tab.get_by_role("img", name="new messages")).to_be_visible()
    await tab.click()
    await expect(phone.locator(".msg.in", has_text="Besok jam 8").locator(".author")).to_have_text("Joko")
    await expect(phone.locator(".service")).to_have_text("Joko added Jek-Duk Petungkriyono")
    await expect(phone.locator(".sub")).to_have_text("3 members")
    await visit.phone("Sari").says("Nggih")
    assert played.ask(f"/sim/transcript/{group}?user={joko}")["messages"][-1]["text"] == "Nggih"
    assert await visit.faults() == []


@pytest.mark.skipif(not can_speak() and not os.environ.get("CI"), reason=MISSING)
async def test_a_status_is_heard_and_its_player_has_a_name(visit: Visit, played: Played):
    phone = visit.phone("Sari")
    number = next(one["number"] for one in played.ask("/demo/town")["documents"] if one["stage"] == "at_registry")
    await phone.says(number)
    await phone.taps("Dengarkan")
    note = await phone.hears("dibacakan")
    assert await note.get_by_label("Voice message").evaluate(PLAYED) > 0
    await expect(note.locator(".voice .note")).to_have_text(re.compile(r"0:[1-5]\d"))
    assert await visit.faults() == []
