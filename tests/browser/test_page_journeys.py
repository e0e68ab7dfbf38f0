"""The whole service through the page, as a visitor plays it."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from bot.demo.cast import CAST
from tests.browser.visit import Phone, Visit

NUMBER = re.compile(r"\d{4}\s\d{4}\s\d{4}")


async def test_the_heads_link_and_the_public_page_open_beside_the_demo(visit: Visit):
    await visit.page.locator("select.add").select_option(str(CAST["hadi"].chat))
    hadi = visit.phone("Pak Hadi")
    await hadi.says("/halaman")
    async with visit.page.expect_popup() as opened:
        await (await hadi.hears("Link ini")).get_by_role("link").click()
    wall = await opened.value
    await wall.get_by_role("button").click()
    await expect(wall.get_by_role("table").first).to_be_visible()
    async with visit.page.expect_popup() as opened:
        await visit.page.get_by_role("link", name="Public page").click()
    await expect((await opened.value).get_by_label("Pickup code")).to_be_visible()


async def filed(visit: Visit) -> str:
    """Warni files a family card; its receipt number."""
    warni = visit.phone("Bu Warni")
    await warni.says("/baru")
    await warni.taps("☐ KK")
    await warni.taps("✅")
    words = await (await warni.hears("Terdaftar:")).inner_text()
    found = NUMBER.search(words)
    assert found
    return found[0]


async def test_a_family_card_goes_to_kajen_and_back(visit: Visit):
    sari, warni, joko, budi = map(visit.phone, ("Sari", "Bu Warni", "Joko", "Budi"))
    number = await filed(visit)
    await sari.says(number)
    await sari.taps("Kabari saya")
    await sari.closes_alert()
    for who, leg, told in (
        (joko, "Bawa ke kecamatan", "Berangkat ke kecamatan"),
        (joko, "Serahkan di kecamatan", "Diterima kecamatan"),
        (joko, "Bawa ke Disdukcapil", "Dibawa Jek-Duk ke Disdukcapil"),
        (budi, "Terima di Disdukcapil", "Diterima Disdukcapil"),
        (budi, "Tandai terbit", "Terbit"),
        (joko, "Jemput dari Disdukcapil", "Dijemput Jek-Duk dari Disdukcapil"),
        (joko, "Pulang ke kecamatan", "Siap diambil di kecamatan"),
        (warni, "", "Sudah diserahkan kepada keluarga"),
    ):
        if leg:
            await who.moves(number, leg, "Bisa diurungkan")
        else:
            await hands_over(warni, number)
        news = await sari.hears(f"{told}: Kartu Keluarga {number}")
        sound = "with sound" if told.startswith("Siap") else "silent"
        await expect(news.get_by_role("img", name=sound)).to_be_visible()
    card = await visit.card(number)
    await expect(card).to_have_accessible_name(re.compile("Handed over"))
    await card.click()
    dossier = visit.page.get_by_role("dialog")
    await expect(dossier.locator(".steps li")).to_have_count(9)
    await expect(dossier).to_contain_text("told: 1 family, village officer of Tlogopakis · with sound")
    await expect(dossier).not_to_contain_text("Sari,")


async def test_a_slip_comes_as_a_file_that_can_be_opened(visit: Visit):
    warni = visit.phone("Bu Warni")
    number = await filed(visit)
    await warni.taps("Cetak slip")
    said = await warni.hears("Slip resi")
    async with visit.page.expect_download() as coming:
        await said.get_by_role("link").click()
    file = await coming.value
    assert file.suggested_filename == f"slip-resi-{''.join(number.split())}.pdf"
    assert (await asyncio.to_thread((await file.path()).read_bytes)).startswith(b"%PDF")


async def hands_over(warni: Phone, number: str) -> None:
    """Warni knows who fetches it."""
    await warni.says(number)
    await warni.taps("Lain …")
    card = await warni.hears("Melewati satu tahap")
    await card.locator(".key", has_text="Serahkan ke warga").click()
    await warni.taps("✅ Pemohon sendiri")
    await warni.hears("dikabari")


async def test_the_deep_link_on_the_receipt_opens_in_the_same_phone(visit: Visit):
    await filed(visit)
    warni = visit.phone("Bu Warni")
    await warni.at.locator(".link", has_text="t.me/jekduk_bot?start=").last.click()
    await warni.hears("Berkas di kantor desa Tlogopakis")
    await warni.taps("Salin teks")
    await expect(warni.at.locator(".toast")).to_contain_text("Copied.")
    await expect(warni.at.locator(".photo img")).to_be_visible()


async def test_next_working_morning_brings_the_reminder(visit: Visit):
    await visit.presses("Next working morning")
    reminder = await visit.phone("Bu Warni").hears("Selamat pagi")
    await expect(reminder).to_contain_text("Tlogopakis")
    await visit.reads("#time .now", "08:00")


async def test_a_family_that_blocks_the_bot_hears_it_all_when_it_returns(visit: Visit):
    sari, joko = visit.phone("Sari"), visit.phone("Joko")
    number = await filed(visit)
    await sari.says(number)
    await sari.taps("Kabari saya")
    await sari.closes_alert()
    await sari.at.get_by_role("button", name="Block the bot").click()
    await joko.moves(number, "Bawa ke kecamatan", "dibawa ke kecamatan")
    await visit.reads(".count.away", "1")
    await sari.at.locator(".instead").get_by_role("button", name="Unblock").click()
    await sari.hears(f"Berangkat ke kecamatan: Kartu Keluarga {number}")


async def test_a_killed_bot_loses_nothing(visit: Visit):
    sari = visit.phone("Sari")
    number = await filed(visit)
    await visit.presses("Kill (SIGKILL)")
    await visit.reads(".verdict", "Dead")
    await sari.says(number)
    await visit.reads(".verdict", "Dead, but nothing is lost")
    await visit.reads(".count.waiting", "1")
    await expect(sari.at.locator(".msg.out").last).not_to_have_class(re.compile("read"))
    await visit.presses("Start again")
    await sari.hears("Berkas di kantor desa Tlogopakis")
    await visit.reads(".verdict", "Back: all answered, nothing lost.")
    await expect(sari.at.locator(".msg.out").last).to_have_class(re.compile("read"))


async def test_a_phone_without_signal_keeps_what_was_written(visit: Visit):
    sari = visit.phone("Sari")
    await sari.at.get_by_role("button", name="Has signal").click()
    await sari.says("/bantuan")
    await expect(sari.at.locator(".pending")).to_contain_text("/bantuan")
    await sari.at.get_by_role("button", name="No signal").click()
    await sari.hears("/status")
    await expect(sari.at.locator(".pending")).to_have_count(0)


async def test_the_tour_walks_one_card_there_and_back(visit: Visit):
    await visit.presses("Two-minute tour")
    go = visit.page.locator("#tour .primary")
    for title in ("The village files", "The family waits", "Down to Kajen", "Issued", "Back and handed over"):
        await visit.reads("#tour h2", title)
        await go.click()
        await expect(go).to_be_enabled(timeout=40_000)
    await visit.reads("#tour", "That is the whole journey.")
    await visit.phone("Sari").hears("diserahkan")
    await expect(visit.page.get_by_role("alertdialog")).to_have_count(0)
    for name in ("Sari", "Bu Warni", "Joko", "Budi"):
        await visit.phone(name).is_at_its_end()


@pytest.mark.parametrize("weather", ["Slow", "Limiting"])
async def test_bad_weather_delays_and_loses_nothing(visit: Visit, weather: str):
    sari = visit.phone("Sari")
    await visit.page.get_by_role("radio", name=weather).check(force=True)
    await sari.says("/privasi")
    await expect(sari.at.locator(".msg.in", has_text="/dataku").last).to_be_visible(timeout=40_000)
    await visit.page.get_by_role("radio", name="Fine").check(force=True)


async def test_telegram_that_was_down_is_caught_up_with(visit: Visit):
    sari = visit.phone("Sari")
    async with visit.page.expect_response(lambda answer: answer.url.endswith("/sim/fault")):
        await visit.page.get_by_role("radio", name="Down").check(force=True)
    await sari.says("/dataku")  # only now: until it is down it is answered
    await visit.reads(".count.waiting", "1")
    await visit.page.get_by_role("radio", name="Fine").check(force=True)
    await expect(sari.at.locator(".msg.out").last).to_have_class(re.compile("read"), timeout=40_000)
