"""What the ordinary jobs cost, in messages and taps: nobody rides faster because of a bot that asks much."""

from storage import overview
from tests.days.thumb import Thumb, lie
from tests.town import Town


async def done(town: Town, stage: str) -> int:
    async with town.storage.reading() as tx:
        return sum(row[3] for row in await tx.all("waiting") if row[0] == stage)


SIX = ("simego", "gumelem", "yosorejo", "kasimpar", "songgodadi", "kayupuring")


async def test_a_courier_takes_what_one_village_has_in_one_message_and_three_taps(town: Town):
    await lie(town, "filed", 2, *SIX[:3])
    joko = Thumb(town.joko)
    await joko.says("/tugas")
    await joko.does("Bawa ke kecamatan (6)", "Gumelem (2)", "✅ 2 berkas · Gumelem")
    assert joko.cost == (1, 3)


async def test_a_courier_takes_three_of_six_villages_in_six_taps(town: Town):
    await lie(town, "filed", 3, *SIX)
    joko = Thumb(town.joko)
    await joko.says("/tugas")
    await joko.does("Bawa ke kecamatan (18)", "Semua desa", "☑ Kasimpar 3", "☑ Songgodadi 3", "☑ Kayupuring 3", "✅")
    assert joko.cost == (1, 6)
    assert await done(town, "to_district") == 9


async def test_a_couriers_whole_round_of_thirty_documents_and_three_villages_takes_21(town: Town):
    await lie(town, "filed", 10, *SIX[:3])
    joko = Thumb(town.joko)
    await joko.says("/tugas")
    await joko.does("Bawa ke kecamatan", "Gumelem (10)", "✅ 10 berkas · Gumelem")
    for village in ("Simego", "Yosorejo"):
        await joko.does(f"{village} (10): Bawa ke kecamatan", f"✅ 10 berkas · {village}")
    await joko.does("🛵 Serahkan di kecamatan (30)", "✅ 30")
    await joko.does("Bawa ke Disdukcapil (30)", "Semua desa", "✅ 30")
    await joko.does("🛵 Serahkan di Disdukcapil (30)", "✅ 30")
    budi = Thumb(town.budi)
    await budi.says("/tugas")
    await budi.does("Tandai terbit (30)", "Pilih semua", "✅ 30")
    await joko.does("Tugas berikutnya", "Jemput dari Disdukcapil (30)", "Semua desa", "✅ 30")
    await joko.does("🛵 Pulang ke kecamatan (30)", "✅ 30")
    assert joko.cost == (1, 20)
    assert budi.cost == (1, 3)
    assert await done(town, "ready_at_district") == 30


async def test_a_village_lays_out_what_it_fetched_in_four_taps_from_its_reminder(town: Town):
    await lie(town, "ready_at_district", 7, "tlogopakis")
    town.clock += 24 * 3600 * 1000
    await town.chores()
    await town.settled()
    warni = Thumb(town.warni)
    await warni.does("Jemput di kecamatan (7)", "✅ Jemput di kecamatan (7)")
    await warni.does("Siapkan di kantor desa (7)", "✅ Siapkan di kantor desa (7)")
    assert warni.cost == (0, 4)


async def test_a_village_hands_a_family_two_papers_in_one_message_and_two_taps(town: Town):
    await lie(town, "ready_at_village", 1, "tlogopakis", types=("KK", "KIA"))
    async with town.storage.reading() as tx:
        number = (await overview.everything(tx, town.clock))[0].number
    warni = Thumb(town.warni)
    await warni.says(number)
    await warni.does("Serahkan ke warga", "✅ Pemohon sendiri")
    assert warni.cost == (1, 2)
    assert await done(town, "ready_at_village") == 0


async def test_a_desk_receives_24_of_26_of_several_villages_in_five_taps(town: Town):
    await lie(town, "to_district", 13, *SIX[:2])
    rina = Thumb(town.rina)
    await rina.says("/tugas")
    await rina.does("Terima di kecamatan (26)", "Semua desa")
    for line in [label for label in town.rina.buttons if label.startswith("☑") and "·" in label][:2]:
        await rina.does(line)
    await rina.does("✅ 24")
    assert rina.cost == (1, 5)


async def test_the_registry_receives_everything_in_three_taps_and_issues_all_but_one_kind_in_four(town: Town):
    await lie(town, "to_registry", 3, *SIX[:2], types=("KK", "KTP"))
    budi = Thumb(town.budi)
    await budi.says("/tugas")
    await budi.does("Terima di Disdukcapil (12)", "Semua desa", "✅ 12")
    assert budi.cost == (1, 3)
    await budi.does("Tandai terbit (12)", "Pilih semua", "☑ KTP-el 6", "✅ 6")
    assert budi.cost == (1, 7)
    assert await done(town, "issued") == 6


async def test_a_stand_in_is_asked_for_in_one_message_and_four_taps_and_accepts_in_one(town: Town):
    warni, ningsih = Thumb(town.warni), Thumb(town.ningsih)
    await warni.says("/tugas")
    await warni.does("Pengganti …", "Petugas Lampid/bidan · Tlogopakis 1", "Jumat 27 Nov", "Minta kesediaannya")
    await ningsih.does("Saya bersedia")
    assert (warni.cost, ningsih.cost) == ((1, 4), (0, 1))
    assert (await town.person(town.ningsih)).holds("village_officer")


async def test_a_post_is_laid_down_in_one_message_and_two_taps(town: Town):
    warni = Thumb(town.warni)
    await warni.says("/pengganti")
    await warni.does("Lepas tugas ini …", "Ya, lepas")
    assert warni.cost == (1, 2)
    assert not (await town.person(town.warni)).posts


async def test_a_head_invites_in_two_taps_and_takes_access_away_in_three(town: Town):
    hadi = Thumb(town.hadi)
    await hadi.says("/undang")
    await hadi.does("Perangkat desa", "Simego")
    assert hadi.cost == (1, 2)
    await hadi.says("/undang")
    await hadi.does("Daftar petugas", "✕ Petugas Jek-Duk 2", "Ya, cabut akses")
    assert hadi.cost == (2, 5)
    assert not (await town.person(town.slamet)).posts


async def test_a_family_looks_a_number_up_by_sending_it_and_follows_in_one_tap(town: Town):
    (card,) = await lie(town, "filed", 1, "simego")
    sari = Thumb(town.sari)
    assert "Berkas di kantor desa Simego" in await sari.says(card.number)
    await sari.does("🔔 Kabari saya")
    await town.carries(card, "ready_at_village")
    await town.grace()
    assert "Siap diambil di kantor desa Simego" in town.sari.screen
    assert sari.cost == (1, 1)
