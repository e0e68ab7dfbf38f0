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
    assert (number.silent, picture.silent) == (False, True)
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
    await town.warni.taps("KK", "✅ Daftarkan")
    key = town.warni.last.message.buttons[0][0]
    assert "https://t.me/jekduk_bot?start=" in key["copy_text"]["text"]


async def test_the_desk_hands_a_walk_in_their_document(town: Town):
    await town.rina.says("/baru")
    await town.rina.taps("Kasimpar", "KTP-el", "✅ Daftarkan")
    async with town.storage.reading() as tx:
        (waiting,) = await tx.all("waiting")
    assert waiting[0] == "at_district"
