"""What the page says is so: in the language that was chosen, and hours, counts, roles and ticks as they are."""

import re

from playwright.async_api import expect

from bot.demo.cast import CAST
from tests.browser.play import Played
from tests.browser.test_page_journeys import filed
from tests.browser.visit import Visit

# All that the page itself says, without what people and bots wrote, and without times.
SAID = r"""() => [...document.querySelectorAll("body *:not(script)")]
  .filter((one) => !one.closest(".bubble > :not(.meta), .keys, dialog, option"))
  .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)
    .concat(["aria-label", "title", "placeholder", "alt"].map((name) => one.getAttribute(name))))
  .filter(Boolean).map((words) => words.replace(/\d+[.:]\d\d/g, (time) => time.replace(/\d/g, "0")))"""


async def test_everything_is_translated_at_once(visit: Visit, played: Played):
    sari, warni = visit.phone("Sari"), visit.phone("Bu Warni")
    await sari.says("/bantuan")
    await sari.hears("/status")
    await warni.at.get_by_role("button", name="Has signal").click()
    await warni.says("halo")
    await visit.presses("Bahasa Indonesia")
    switched = await visit.page.evaluate(SAID)
    await visit.opens()
    afresh = await visit.page.evaluate(SAID)
    assert len(afresh) > 100
    assert [words for words in switched if words not in afresh] == []


async def test_the_news_of_the_road_changes_its_language_too(visit: Visit):
    warni = visit.phone("Bu Warni")
    await warni.says("/baru")
    await warni.taps("☐ KK")
    await warni.taps("✅")
    await visit.reads("#road .news", "Family card")
    await visit.presses("Bahasa Indonesia")
    await visit.reads("#road .news", "Kartu Keluarga")


async def test_the_count_of_news_sent_never_falls(visit: Visit, played: Played):
    counter, before = visit.page.locator(".count.sent b"), played.at_rest()["sent"]
    await visit.reads(".count.sent", str(before))
    await visit.phone("Bu Warni").says("/hapus")
    await visit.phone("Bu Warni").taps("Ya, hapus")
    await visit.phone("Bu Warni").hears("Sudah dihapus")
    await visit.presses("+1 hour")
    await visit.reads(".verdict", "nothing lost")
    assert int(await counter.inner_text()) >= before


async def test_nobody_of_the_town_has_worked_at_night(visit: Visit):
    await visit.page.locator(".card[aria-label*='Handed over']").first.click()
    steps = visit.page.locator("#dossier .when")
    await expect(steps.first).to_be_visible()
    times = [re.search(r"(\d\d):(\d\d) ·", words) for words in await steps.all_inner_texts()]
    assert len(times) == 11
    assert [found[0] for found in times if found and not "08:00" <= found[0][:5] <= "14:00"] == []


async def test_who_was_dismissed_has_no_role_any_more(visit: Visit):
    for key in ("hadi", "slamet"):
        await visit.page.locator("select.add").select_option(str(CAST[key].chat))
    hadi, slamet = visit.phone("Pak Hadi"), visit.phone("Slamet")
    await expect(slamet.at.locator(".sub")).to_have_text("Jek-Duk courier")
    await hadi.says("/undang")
    await hadi.taps("Daftar petugas")
    await hadi.taps("Petugas Jek-Duk 2")
    await hadi.taps("Ya, cabut akses")
    await expect(slamet.at.locator(".sub")).to_have_text("Family", timeout=15_000)
    await expect(slamet.at).to_have_attribute("data-role", "family")


async def test_one_tick_and_two_sound_different(visit: Visit):
    sari = visit.phone("Sari")
    await visit.presses("Kill (SIGKILL)")
    await visit.reads(".verdict", "Dead")
    await sari.says("/bantuan")
    ticks = sari.at.locator(".msg.out .ticks")
    await expect(ticks).to_have_accessible_name("sent")
    await visit.presses("Start again")
    await sari.hears("/status")
    await expect(ticks).to_have_accessible_name("sent, and fetched by the bot")


async def test_what_pops_up_leaves_the_way_back_free(visit: Visit):
    number, joko = await filed(visit), visit.phone("Joko")
    await joko.says(number)
    await joko.taps("Bawa ke kecamatan")
    toast, back = joko.at.locator(".toast"), joko.at.locator(".key", has_text="Urungkan")
    await expect(back).to_be_visible()
    above, below = await toast.bounding_box(), await back.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
