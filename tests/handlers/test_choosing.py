"""What goes into a bag: what I carry, one village, one kind, and what was ticked before an undo."""

from handlers.bags.buttons import PackBag, PackMine, PackVillage
from handlers.wording.layout import grouped
from tests.handlers.test_bags import bag_of
from tests.town import Town


async def test_what_i_carry_stands_first_and_what_a_colleague_carries_is_theirs(town: Town):
    await bag_of(town, 2)
    for courier, line in ((town.joko, 0), (town.slamet, 1)):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (" if courier is town.joko else "Disdukcapil (1)")
        if courier is town.joko:
            await courier.taps([label for label in courier.buttons if label.startswith("☑")][line])
        await courier.taps("✅ 1")
    assert (await town.joko.says("/tugas")).splitlines()[1:] == ["Saya bawa · Serahkan di Disdukcapil: Tlogopakis 1"]
    assert town.joko.buttons == ["🛵 Serahkan di Disdukcapil (1)", "Muat ulang", "Cari …", "Pengganti …"]
    assert "1 dari 1 dipilih" in await town.joko.taps("🛵")
    await town.joko.taps("✅ 1")
    await town.budi.says("/tugas")  # whoever receives sees what everybody brings
    assert "Terima di Disdukcapil (1)" in town.budi.buttons


async def test_what_somebody_carried_whose_post_has_ended_waits_for_the_others(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "to_registry")  # by Joko
    async with town.storage.transaction() as tx:
        await tx.all("end_post", id=(await town.person(town.joko)).posts[0].id, now=town.clock)
    await town.slamet.says("/tugas")
    await town.slamet.taps("Disdukcapil (1)")
    assert "1/1" in town.slamet.screen or "1 saking 1" in town.slamet.screen


async def test_a_bag_begins_in_one_village_the_oldest_first_and_all_of_them_last(town: Town):
    for village in ("simego", "gumelem", "simego"):
        await town.files("KK", village=village, by=village)
        town.clock += 60_000
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke kecamatan (3)")
    assert town.joko.buttons == ["Simego (2)", "Gumelem (1)", "Semua desa (3)", "Kembali"]
    await town.joko.taps("Simego (2)")
    assert "✅ 2 berkas · Simego" in town.joko.buttons
    await town.joko.taps("Muat ulang")
    assert "2 dari 2" in town.joko.screen
    await town.joko.taps("Kembali", "Bawa ke kecamatan (3)", "Semua desa (3)")
    assert "✅ 3 berkas · Gumelem, Simego" in town.joko.buttons


async def test_all_but_one_kind_is_issued_in_four_taps(town: Town):
    for types in (("KK", "AKL"), ("KTP",), ("KTP",), ("KK",), ("AKL",), ("KK", "KTP")):
        for card in await town.files(*types):
            await town.carries(card, "at_registry")
    await town.budi.says("/tugas")
    await town.budi.taps("Tandai terbit (8)")
    assert "0 dari 8 dipilih" in town.budi.screen  # nothing is issued that nobody ticked
    await town.budi.taps("Pilih semua", "☑ KTP-el 3")
    done = await town.budi.taps("✅ 5 berkas")
    assert done.startswith("5 dokumen terbit")
    await town.budi.says("/tugas")
    assert "Tandai terbit (3)" in town.budi.buttons


async def test_a_bag_of_all_villages_is_ticked_by_village(town: Town):
    for village in ("simego", "gumelem"):
        await town.files("KK", "AKL", village=village, by=village)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke kecamatan (4)", "Semua desa", "☑ Gumelem 2")
    assert "✅ 2 berkas · Simego" in town.joko.buttons
    line = next(label for label in town.joko.buttons if "Gumelem" in label and "·" in label)
    await town.joko.taps(line)
    assert "☐ Gumelem 1/2" in town.joko.buttons


async def test_an_undo_opens_the_bag_as_it_was_ticked(town: Town):
    numbers = await bag_of(town, 3)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps(grouped(numbers[1]))
    await town.joko.taps("✅ 2 berkas", "Urungkan", "Buka lagi")
    assert "2 dari 3 dipilih" in town.joko.screen
    assert f"☐ {grouped(numbers[1])} · KK" in town.joko.buttons
    assert (await town.joko.taps("✅ 2 berkas")).startswith("2 berkas dibawa")


async def test_a_leg_that_is_not_in_the_district_file_is_no_button_of_now(town: Town):
    await bag_of(town, 1)
    for button in (PackBag("gone", "to_registry"), PackVillage("at_district", "gone", ""), PackMine("gone", "gone")):
        await town.joko.forges(button)
        assert "Sudah berubah" in town.joko.alert
