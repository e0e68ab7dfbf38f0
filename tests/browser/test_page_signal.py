"""Signal and blocking belong to the phone, not to the window that shows it."""

import re

from playwright.async_api import expect

from tests.browser.test_page_journeys import filed
from tests.browser.visit import Visit


async def test_what_waits_on_a_phone_without_signal_survives_a_reload(visit: Visit):
    sari = visit.phone("Sari")
    await sari.says("/bahasa")
    await sari.hears("Basa")
    await sari.at.get_by_role("button", name="Has signal").click()
    await sari.says("/privasi")
    await sari.taps("Bahasa Indonesia")
    await visit.opens()
    await expect(sari.at.locator(".pending")).to_contain_text("/privasi")
    await expect(sari.at.locator(".net")).to_have_text("Waiting for network… (2)")
    await expect(sari.at.locator(".key[aria-busy='true']")).to_have_count(1)
    await expect(sari.at.locator(".msg.in")).to_have_count(1)
    await sari.at.get_by_role("button", name="No signal").click()
    await sari.hears("/dataku")
    await expect(sari.at.locator(".pending")).to_have_count(0)


async def test_what_happens_meanwhile_is_seen_when_the_signal_is_back(visit: Visit):
    sari, joko, number = visit.phone("Sari"), visit.phone("Joko"), await filed(visit)
    await sari.says(number)
    await sari.taps("Kabari saya")
    await sari.closes_alert()
    await sari.at.get_by_role("button", name="Has signal").click()
    await joko.moves(number, "Bawa ke kecamatan", "Bisa diurungkan")
    await visit.reads(".verdict", "nothing lost")
    await visit.opens()
    await expect(sari.at.locator(".msg", has_text=f"Berangkat ke kecamatan: Kartu Keluarga {number}")).to_have_count(0)
    await sari.at.get_by_role("button", name="No signal").click()
    await sari.hears(f"Berangkat ke kecamatan: Kartu Keluarga {number}")


async def test_two_windows_agree_on_signal_and_blocking(visit: Visit):
    other = await visit.another_tab()
    here, there = visit.phone("Sari").at, other.phone("Sari").at
    await here.get_by_role("button", name="Block the bot").click()
    await expect(there.locator(".instead button")).to_be_visible()
    await there.locator(".instead button").click()
    await expect(here.locator(".instead button")).to_be_hidden()
    await here.get_by_role("button", name="Has signal").click()
    await expect(there).to_have_class(re.compile("offline"))
    await other.phone("Sari").says("halo")
    await expect(here.locator(".pending")).to_contain_text("halo")
    await there.get_by_role("button", name="No signal").click()
    await expect(here).not_to_have_class(re.compile("offline"))
    await expect(here.locator(".pending")).to_have_count(0)
    await visit.phone("Sari").hears("Nomor yang Bapak/Ibu ikuti")


async def test_an_alert_appears_in_the_window_that_tapped_and_in_no_other(visit: Visit):
    number = await filed(visit)
    await visit.phone("Sari").says(number)
    other = await visit.another_tab()
    await other.phone("Sari").taps("Kabari saya")
    await other.phone("Sari").closes_alert()
    await expect(visit.phone("Sari").at.locator(".key", has_text="Kabari saya")).to_have_count(0)
    await expect(visit.phone("Sari").at.get_by_role("alertdialog")).to_have_count(0)
    await expect(visit.phone("Sari").at.locator(".toast")).to_have_count(0)


async def test_two_windows_agree_on_the_weather_also_after_a_reload(visit: Visit):
    other = await visit.another_tab()
    await visit.page.get_by_role("radio", name="Down").check(force=True)
    await expect(other.page.get_by_role("radio", name="Down")).to_be_checked()
    await visit.opens()
    await expect(visit.page.get_by_role("radio", name="Down")).to_be_checked()
    await other.page.get_by_role("radio", name="Fine").check(force=True)
    await expect(visit.page.get_by_role("radio", name="Fine")).to_be_checked()


async def test_two_windows_know_the_same_people(visit: Visit):
    other = await visit.another_tab()
    await visit.page.locator("select.add").select_option("new")
    form = visit.page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Wagiyem")
    await form.get_by_role("button", name="Add").click()
    await visit.phone("Wagiyem").hears("Selamat datang")
    await other.page.locator("select.add").select_option(label="Wagiyem")
    await other.phone("Wagiyem").hears("Selamat datang")
