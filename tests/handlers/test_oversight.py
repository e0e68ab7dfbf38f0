"""What the head sees: what stands still, where, why, since when, and who has it."""

from handlers.morning.buttons import ShowLate, ShowUntold
from handlers.start.buttons import Speak
from handlers.wording.layout import NO_BREAK, grouped
from storage import outbox
from storage.news import relays
from storage.records import DAY, MINUTE
from tests.handlers.test_demands import told
from tests.handlers.test_holds import brought, hold
from tests.handlers.test_morning import FRIDAY, OPENING, WEDNESDAY, lies_ready, mornings
from tests.town import WORKFLOW, Town


async def test_good_news_is_said_only_if_nothing_stands_still(town: Town):
    assert "Kabar baik" in await town.hadi.says("/tugas")
    await town.files("KK")
    town.clock = WEDNESDAY
    shown = await town.hadi.says("/tugas")
    assert "Kabar baik" not in shown
    assert "Menunggu dibawa ke kecamatan: Tlogopakis sejak Selasa" in shown
    assert shown.endswith("Bot: sehat.")


async def test_it_is_no_good_news_that_a_family_was_asked_for_money(town: Town):
    await told(town)
    shown = await town.hadi.says("/tugas")
    assert ("Kabar baik" in shown, "tidak ada yang terlambat" in shown) == (False, True)
    await town.hadi.taps("Dimintai uang: 1 ⚠")
    await town.hadi.taps("1. Selesai")
    assert "Kabar baik" in await town.hadi.says("/tugas")


async def test_from_the_question_to_the_documents_and_who_has_them_it_is_one_tap(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "to_registry")
    town.clock = WEDNESDAY
    await town.hadi.says("/tugas")
    listed = await town.hadi.taps("⚠ 1 menunggu: Serahkan di Disdukcapil")
    assert f"…{card.number[-4:]} KK, Tlogopakis sejak Selasa: Petugas Jek-Duk" in listed
    assert "Kartu Keluarga" in await town.hadi.taps(card.number[:4])


async def test_in_english_one_waits_and_two_wait(town: Town):
    await town.hadi.forges(Speak("en"))
    for verb in ("1 waits", "2 wait"):
        await town.files("KK")
        town.clock = WEDNESDAY
        await town.hadi.says("/work")
        assert any(label.startswith(f"⚠ {verb}: ") for label in town.hadi.buttons), town.hadi.buttons
        town.clock -= DAY


async def test_what_a_courier_put_on_a_desk_is_not_said_to_be_with_the_courier(town: Town):
    (card,) = await town.files("KTP")
    await town.carries(card, "at_registry")
    town.clock = WEDNESDAY + 3 * DAY
    await town.hadi.says("/tugas")
    listed = await town.hadi.taps("⚠ 1 menunggu: Tandai terbit")
    assert ("Petugas Jek-Duk" in listed, "Disdukcapil" in listed) == (False, True)


async def test_nobody_else_reads_the_heads_list(town: Town):
    await town.files("KK")
    town.clock = WEDNESDAY
    await town.kayupuring.forges(ShowLate("filed", "to_district"))
    assert "Ini tugas petugas lain" in town.kayupuring.alert


async def test_the_head_hears_in_the_morning_what_is_late_and_nothing_if_nothing_is(town: Town):
    await mornings(town, OPENING)
    assert town.hadi.heard == []
    await town.files("KK")
    await mornings(town, WEDNESDAY)
    assert "Menunggu dibawa ke kecamatan: Tlogopakis sejak Selasa" in town.hadi.screen
    assert town.hadi.last.silent


async def test_after_fourteen_working_days_it_is_the_heads_and_rings(town: Town):
    await lies_ready(town)
    since = town.clock
    for days in (13, 14, 15):
        await mornings(town, WORKFLOW.calendar.opening_after(since, days))
    said = [
        (seen.text.replace(NO_BREAK, " ").splitlines()[1], seen.silent)
        for seen in town.hadi.phone.heard
        if "Selamat pagi" in seen.text
    ]
    assert [silent for _, silent in said] == [True, False, True]
    assert [line for line, _ in said] == [f"Terlambat: 1 (terlama {days} hari kerja)" for days in (13, 14, 15)]


async def test_a_missed_promise_is_in_the_heads_morning(town: Town):
    await lies_ready(town)
    await mornings(town, WEDNESDAY)
    await town.warni.taps("Kamis saya ambil")
    await mornings(town, FRIDAY)
    assert "Belum jadi diambil: 1" in town.hadi.screen
    assert "Belum diambil: Tlogopakis (1)" in town.hadi.buttons


async def test_a_morning_names_the_three_that_are_latest_and_the_rest_is_one_tap_away(town: Town):
    for stage in ("at_registry", "to_registry", "at_district", "to_district", "filed"):
        (card,) = await town.files("KK")
        await town.carries(card, stage)
        town.clock += DAY
    await mornings(town, OPENING + 7 * DAY)
    assert town.hadi.screen.replace(NO_BREAK, " ").splitlines() == [
        "Selamat pagi. Selasa 1 Des",
        "Terlambat: 5 (terlama 5 hari kerja)",
        "Menunggu terbit: Tlogopakis sejak 24 Nov",
        "Menunggu diterima Disdukcapil: Tlogopakis sejak Rabu",
        "Menunggu dibawa ke Disdukcapil: Tlogopakis sejak Kamis",
        "… dan 2 lagi",
        "Petugas tanpa kabar: 1",
        "Bot: sehat.",
    ]
    whole = await town.hadi.taps("Semua yang belum berjalan")
    assert "Menunggu dibawa ke kecamatan" in whole
    assert "⚠ 1 menunggu: Bawa ke kecamatan" in town.hadi.buttons


async def test_what_is_late_is_counted_without_what_came_since(town: Town):
    await town.files("KK")
    town.clock = WEDNESDAY
    await town.files("KK")
    assert "Terlambat: 1 (terlama 1 hari kerja)" in await town.hadi.says("/tugas")
    assert "Menunggu dibawa ke kecamatan: 1" in await town.hadi.taps("⚠ 1")


async def test_of_families_whom_nobody_told_the_head_reads_once_the_district_was_to_tell_them(town: Town):
    (card,) = await town.files("KK")
    async with town.storage.transaction() as tx:
        await relays.keep(tx, card.request, town.clock, on=True)
    await town.carries(card, "ready_at_village")
    for days, is_said in ((3, False), (4, True)):
        town.clock = WORKFLOW.calendar.opening_after(OPENING, days)
        assert ("Keluarga belum dikabari: 1" in await town.hadi.says("/tugas")) is is_said
    assert f"KK {grouped(card.number)}, Tlogopakis, sejak" in await town.hadi.taps("Keluarga belum dikabari")
    await town.hadi.taps(card.number[:4])
    await town.kayupuring.forges(ShowUntold())
    assert "Ini tugas petugas lain" in town.kayupuring.alert


async def test_a_reminder_to_sign_opens_the_very_documents(town: Town):
    cards = [await brought(town), await brought(town), await brought(town)]
    for card, reason in zip(cards, ("Menunggu tanda tangan", "Kartu kosong", "Menunggu tanda tangan"), strict=True):
        await hold(town, town.budi, card, reason, "Kamis" if card == cards[2] else "Rabu")
    town.hadi.forgets()
    await town.passes(24 * 3600)
    await town.chores()
    await town.settled()
    assert "Penundaan yang perlu dilihat hari ini: 2" in town.hadi.screen
    await town.hadi.taps("⏸ 1 · Menunggu tanda tangan")
    assert [one for one in town.hadi.buttons if "KTP" in one] == [f"{cards[0].number[-4:]} · KTP-el · Tlogopakis"]


async def test_of_who_carries_and_gives_no_sign_the_head_is_told_and_offered_a_stand_in(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "to_registry")
    for day, is_told in ((2, False), (3, True)):
        town.clock = OPENING + day * DAY
        shown = await town.hadi.says("/tugas")
        assert (f"{day} hari kerja belum ada kabar, 1 berkas dibawanya" in shown) is is_told
    assert "Siapa" in await town.hadi.taps("Pengganti: Petugas Jek-Duk")


async def test_the_head_reads_that_the_bot_is_not_well(town: Town):
    async with town.storage.transaction() as tx:
        due = outbox.Due("test", town.sari.chat, "reminder", outbox.NOTICE, town.clock - 20 * MINUTE)
        await outbox.owe(tx, [due], town.clock - 20 * MINUTE)
        await outbox.pause(tx, town.sari.chat, town.clock + DAY)
    assert "Bot: pengiriman pesan terlambat" in await town.hadi.says("/tugas")


# Families


async def test_a_family_is_reminded_after_seven_and_twenty_one_working_days_first_without_a_sound(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.carries(card, "ready_at_village")
    await town.grace()
    town.sari.forgets()
    reminded = {}
    for days in range(1, 25):
        await mornings(town, WORKFLOW.calendar.opening_after(OPENING, days))
        if "Kartu Keluarga menunggu diambil." in town.sari.screen:
            reminded[days] = town.sari.last.silent
            town.sari.forgets()
    assert reminded == {7: True, 21: False}


async def test_what_was_fetched_before_it_went_out_reminds_no_family(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    card = await town.carries(card, "ready_at_village")
    town.clock = WORKFLOW.calendar.opening_after(OPENING, 7)
    async with town.storage.transaction() as tx:
        await outbox.pause(tx, town.sari.chat, town.clock + MINUTE)
    await town.chores()
    await town.carries(card, "handed_over")
    await town.passes(90)
    assert not any("menunggu diambil" in text for text in town.sari.heard)
