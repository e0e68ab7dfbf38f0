"""Filing: no typing, few taps, once."""

from handlers import callbacks
from handlers.filing.buttons import Draft, FileDraft
from tests.town import Town


async def _requests(town: Town) -> int:
    async with town.storage.reading() as tx:
        return sum(row[3] for row in await tx.all("waiting"))


async def test_a_birth_is_filed_in_five_taps_with_number_link_and_picture(town: Town):
    await town.ningsih.says("/baru")
    for label in ("Akta lahir", "KK", "KIA"):
        await town.ningsih.taps(label)
    await town.ningsih.taps("✅ Daftarkan")
    await town.passes(1)
    number, picture = town.ningsih.phone.heard[-2:]
    digits = "".join(number.text.split(":")[1].split("·")[0].split())
    assert f"t.me/jekduk_bot?start={digits}" in number.text
    assert picture.file is not None
    assert await _requests(town) == 3


async def test_confirming_twice_files_once(any_town: Town):
    town = any_town
    await town.warni.says("/baru")
    await town.warni.taps("KTP-el")
    await town.warni.taps("✅ Daftarkan", times=2)
    assert await _requests(town) == 1


async def test_a_draft_survives_a_restart(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("KTP-el")
    await town.kill()
    await town.start()
    await town.warni.taps("✅ Daftarkan")
    assert await _requests(town) == 1


async def test_a_draft_can_be_dropped(town: Town):
    await town.warni.says("/baru")
    assert "Tidak jadi" in await town.warni.taps("Batal")
    assert await _requests(town) == 0


async def test_ticking_and_unticking_say_what_is_wanted(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("KTP-el")
    assert "☑ KTP-el" in town.warni.buttons
    await town.warni.taps("KTP-el")
    assert "☐ KTP-el" in town.warni.buttons
    assert not any("✅" in label for label in town.warni.buttons)


async def test_nobody_files_for_another_village(town: Town):
    await town.warni.says("/baru")
    draft = callbacks.parse(town.warni.last.message.buttons[0][0]["callback_data"])
    assert isinstance(draft, Draft)
    await town.warni.forges(FileDraft(draft.draft, draft.book, "kasimpar", 1))
    assert "Sudah berubah" in town.warni.alert
    assert await _requests(town) == 0


async def test_a_draft_from_before_the_list_changed_begins_anew(town: Town):
    await town.warni.says("/baru")
    await town.warni.forges(FileDraft(7, 12345, "tlogopakis", 1))
    assert "Sudah berubah" in town.warni.alert
    assert await _requests(town) == 0


async def test_citizens_do_not_file(town: Town):
    assert "petugas" in await town.sari.says("/baru")


async def test_the_text_to_pass_on_fits_and_holds_the_link(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("KK")
    await town.warni.taps("✅ Daftarkan")
    key = town.warni.last.message.buttons[0][0]
    assert "https://t.me/jekduk_bot?start=" in key["copy_text"]["text"]


async def test_an_officer_who_was_away_for_days_is_reminded_of_today_alone(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "ready_at_village")
    town.warni.phone.block()
    await town.settled()
    town.warni.forgets()
    for _ in range(3):
        town.clock += 24 * 3600 * 1000
        await town.chores()
        await town.settled()
    town.warni.phone.unblock()
    await town.settled()
    assert sum("Selamat pagi" in text for text in town.warni.heard) == 1


async def test_the_morning_reminder_opens_the_bags(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KTP")
    await town.carries(card, "ready_at_district")
    await town.carries(other, "ready_at_village")
    town.clock += 24 * 3600 * 1000
    await town.chores()
    await town.passes(0)
    assert "Siap dijemput di kecamatan: 1" in town.warni.screen
    assert "Menunggu warga di desa: 1" in town.warni.screen
    assert "1 dari 1" in await town.warni.taps("Serahkan ke warga")


async def test_a_reporter_sees_what_they_filed_and_where_it_is(town: Town):
    assert "belum" in await town.ningsih.says("/tugas")
    (card,) = await town.files("AKL", by="ningsih")
    await town.files("KK")
    await town.carries(card, "at_district")
    shown = await town.ningsih.says("/tugas")
    assert "Akta lahir: Diterima di kecamatan" in shown
    assert len(town.ningsih.buttons) == 1
