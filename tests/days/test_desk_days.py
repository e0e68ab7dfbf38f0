"""The day of the district's desk and that of the registry's: received, returned, held, let go, issued, handed over."""

from collections import Counter

from storage.records import Document
from tests.days.thumb import HOUR, Thumb, lie, morning_comes, places
from tests.handlers.test_handover import code_of
from tests.town import Town


async def test_a_desks_day_takes_six_messages_and_30_taps(town: Town):
    rina = Thumb(town.rina)
    arriving = await lie(town, "to_district", 13, "simego", "gumelem")
    coming_back = await lie(town, "from_registry", 5, "simego", "kasimpar", types=("KTP",))
    (collected,) = await lie(town, "ready_at_district", 1, "yosorejo", types=("KIA",))
    for family, followed in ((town.sari, arriving[2]), (town.paijo, coming_back[0]), (town.emma, collected)):
        await town.follows(family, followed.number)
    await morning_comes(town)
    await receives(rina, arriving)
    await files_for_who_walks_in(rina)
    await returns_one_that_comes_back_complete(rina, arriving[2])
    await receives_from_the_registry(rina, coming_back[0])
    await hands_over(rina, collected)
    assert await places(town) == Counter(at_district=25, ready_at_district=9, to_district=2, issued=1, handed_over=1)
    assert rina.cost == (6, 30)


async def receives(rina: Thumb, arriving: list[Document]) -> None:
    """From the morning's message: all of one village; of the other two are missing, which is seen after the tap."""
    await rina.does("Simego (13): Terima", "✅ 13")
    await rina.does("Gumelem (13): Terima", "✅ 13", "↩ Urungkan", "Buka lagi")
    await rina.unticks(*arriving[-2:])
    await rina.does("✅ 11")
    await rina.who.town.grace()


async def files_for_who_walks_in(rina: Thumb) -> None:
    await rina.says("/baru")
    await rina.does("Kasimpar", "☐ KTP-el", "✅ Daftarkan")


async def returns_one_that_comes_back_complete(rina: Thumb, incomplete: Document) -> None:
    town = rina.who.town
    await rina.says(incomplete.number)
    await rina.does("Belum lengkap …", "☐ KK lama bila ada", "✅ Kirim ke desa")
    await town.grace()
    assert "Kurang/salah: KK lama bila ada. Bawa ke kantor desa Simego." in town.sari.screen
    await town.passes(2 * HOUR)
    await rina.says(incomplete.number)
    await rina.does("✅ Lengkap: terima di kecamatan")
    await town.grace()
    assert "Diterima kecamatan" in town.sari.screen
    assert len(town.sari.heard) == 3


async def receives_from_the_registry(rina: Thumb, left_behind: Document) -> None:
    """One of them is not there, which is noticed an hour later."""
    town = rina.who.town
    await rina.says("/tugas")
    await rina.does("Terima dokumen jadi (10)", "Semua desa (10)", "✅ 10")
    await town.passes(HOUR)
    assert "Saged dipunpundhut ing kecamatan" in town.paijo.screen
    await rina.says(left_behind.number)
    await rina.does("Betulkan", "Dokumen sudah terbit", "Berkas ada di tempat lain")
    await town.grace()
    assert town.paijo.screen.startswith("Nyuwun pangapunten, kabar kula klentu.")
    assert "dokumen sampun dados ing Disdukcapil" in town.paijo.screen


async def hands_over(rina: Thumb, collected: Document) -> None:
    town = rina.who.town
    await rina.says(collected.number)
    await rina.does("Serahkan ke warga", "Kode ambil", *await code_of(town, collected), "✅ Suami/istri")
    await town.grace()
    assert "Fetched by husband or wife. Did you not get it?" in town.emma.screen


async def test_a_registrys_day_takes_two_messages_and_30_taps(town: Town):
    budi = Thumb(town.budi)
    arriving = await lie(town, "to_registry", 5, "simego", "gumelem", types=("KK", "KTP", "AKL"))
    late = await lie(town, "to_registry", 1, "kasimpar", types=("KTP",))
    await town.follows(town.sari, arriving[0].number)
    await town.follows(town.paijo, late[0].number)
    await morning_comes(town)
    await one_did_not_come(budi, late[0])
    await no_blanks(budi)
    assert "kami cek Rabu 9 Des." in town.sari.screen
    await budi.does("Tugas berikutnya", "Tandai terbit (20)", "Pilih semua", "✅ 20")
    await town.passes(HOUR)
    assert "KK, Akta lahir" in town.sari.screen
    await it_comes_later(budi, late[0])
    await blanks_are_there(budi, late[0])
    assert town.sari.screen.startswith("Terbit: KTP-el")
    assert town.paijo.screen.startswith("Kalajengaken: KTP-el")
    assert (len(town.sari.heard), len(town.paijo.heard)) == (5, 2)
    assert await places(town) == {"issued": 30, "at_registry": 1}
    assert budi.cost == (2, 30)


async def one_did_not_come(budi: Thumb, late: Document) -> None:
    """Thirty of the thirty-one that are on their way lie on the counter."""
    await budi.says("/tugas")
    await budi.does("Terima di Disdukcapil (31)", "Semua desa (31)")
    await budi.unticks(late)
    await budi.does("✅ 30")
    await budi.who.town.grace()


async def no_blanks(budi: Thumb) -> None:
    """Every identity card waits, those that come later as well."""
    await budi.does("Tandai terbit (30)", "☐ KTP-el 10", "⏸ Tunda", "Kartu kosong", "(10 hari kerja)")
    await budi.does("Semua KTP-el di sini (10)", "✅ Tunda 10 berkas")
    await budi.who.town.grace()


async def it_comes_later(budi: Thumb, late: Document) -> None:
    """The card that did not come comes to a queue that is held."""
    town = budi.who.town
    await budi.says(late.number)
    await budi.does("✅ Terima")
    await town.passes(HOUR)
    (said,) = town.paijo.heard
    assert "Katampi Disdukcapil" in said
    assert "blangko telas." in said


async def blanks_are_there(budi: Thumb, spoilt: Document) -> None:
    """One tap lets all of them go on; of eleven that are issued in one tap one was spoilt."""
    await budi.does("Tugas berikutnya", "⏸ 11 · Blangko habis", "✅ Lanjutkan 11 berkas")
    await budi.who.town.grace()
    await budi.does("Tandai terbit (11)", "Pilih semua", "✅ 11", "↩ Urungkan", "Buka lagi")
    await budi.unticks(spoilt)
    await budi.does("✅ 10")
    await budi.who.town.grace()
