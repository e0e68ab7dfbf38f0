"""A courier's day: thirty documents of three villages go to the registry and come back.

One is put on hold, one is returned, one tap is taken back and one record is put right. All phones are counted: the
courier's, that of the desk, which finds what is incomplete and puts right what was recorded wrongly, and that of the
registry, which issues them.
"""

from handlers.wording.layout import grouped
from storage.records import Document
from tests.days.thumb import HOUR, Thumb, lie, morning_comes, places
from tests.town import Town

VILLAGES = ("gumelem", "simego", "yosorejo")


async def test_a_couriers_day_takes_forty_messages_and_taps_with_all_that_others_do_for_it(town: Town):
    joko, rina, budi = Thumb(town.joko), Thumb(town.rina), Thumb(town.budi)
    births = [one for v in VILLAGES for one in await lie(town, "filed", 2, v, types=("KK", "KTP", "AKL"))]
    cards = await lie(town, "filed", 4, *VILLAGES)
    incomplete, left_behind = cards[0], births[-1]
    to_record = next(one for one in births if (one.village, one.type) == ("simego", "KTP"))
    for family, followed in ((town.sari, to_record), (town.paijo, left_behind), (town.emma, incomplete)):
        await town.follows(family, followed.number)
    await morning_comes(town)
    await from_the_villages(joko, to_record)
    await one_of_them_waits(joko, to_record)
    await to_the_registry(joko, rina, incomplete)
    await issued(budi)
    await and_back(joko)
    await one_was_left_behind(rina, left_behind)
    assert [len(family.heard) for family in (town.sari, town.paijo, town.emma)] == [8, 8, 3]
    assert await places(town) == {"ready_at_district": 27, "issued": 1, "returned": 1, "filed+": 1}
    assert [(await town.document(one)).stage for one in (left_behind, incomplete)] == ["issued", "returned"]
    assert (await town.document(to_record)).hold == "attend"
    assert (joko.cost, rina.cost, budi.cost) == ((0, 27), (2, 7), (0, 4))


async def from_the_villages(joko: Thumb, to_record: Document) -> None:
    """From the morning's message to the first village, and on to the others; one paper of the second has to stay."""
    town = joko.who.town
    await joko.does("Gumelem (10): Bawa ke kecamatan", "✅ 10 berkas · Gumelem")
    await town.passes(HOUR)
    await joko.does("Simego (10): Bawa ke kecamatan", "✅ 10 berkas · Simego", "↩ Urungkan", "Buka lagi")
    await joko.unticks(to_record)
    await joko.does("✅ 9 berkas · Simego")
    await town.grace()
    (said,) = town.sari.heard
    assert "KK, Akta lahir" in said  # and nothing of what stays
    await town.passes(HOUR)
    await joko.does("Yosorejo (10): Bawa ke kecamatan", "✅ 10 berkas · Yosorejo")


async def one_of_them_waits(joko: Thumb, to_record: Document) -> None:
    """Whoever it is for has to come in person; the family is told."""
    town = joko.who.town
    await joko.does("Simego (1): Bawa ke kecamatan", "⏸ Tunda", "Datang sendiri, rekam data", "✅ Tunda 1 berkas")
    await town.grace()
    assert town.sari.screen.splitlines() == [
        f"Tertunda: datang sendiri rekam data. KTP-el {grouped(to_record.number)}.",
        "Bawa KK dan resi ke kantor kecamatan. Gratis. 🏠",
    ]
    assert "datang sendiri rekam data" in town.people["simego"].screen


async def to_the_registry(joko: Thumb, rina: Thumb, incomplete: Document) -> None:
    """The desk finds that one is incomplete; the others go on."""
    town = joko.who.town
    await joko.does("🛵 Serahkan di kecamatan (29)", "✅ 29 berkas")
    await town.grace()
    await rina.says(incomplete.number)
    await rina.does("Belum lengkap …", "☐ KK lama bila ada", "✅ Kirim ke desa")
    await town.grace()
    assert "Missing or wrong: the old KK, if there is one. Bring it to the Gumelem village office." in town.emma.screen
    assert "Kurang/salah: KK lama bila ada." in town.people["gumelem"].screen
    await joko.does("Bawa ke Disdukcapil", "Semua desa (28)", "✅ 28 berkas")
    await town.passes(2 * HOUR)
    await joko.does("🛵 Serahkan di Disdukcapil (28)", "✅ 28 berkas")


async def issued(budi: Thumb) -> None:
    """The registry counts what was brought to it, and issues it."""
    await budi.who.town.grace()
    await budi.does("✅ Semua 28", "Tandai terbit (28)", "Pilih semua", "✅ 28")
    await budi.who.town.passes(HOUR)


async def and_back(joko: Thumb) -> None:
    """All that was issued is ticked, and one of it stays on the counter."""
    town = joko.who.town
    await joko.does("Tugas berikutnya", "Jemput dari Disdukcapil (28)", "Semua desa (28)", "✅ 28 berkas")
    await town.passes(2 * HOUR)
    await joko.does("🛵 Pulang ke kecamatan (28)", "✅ 28 berkas")
    await town.grace()
    assert "Saged dipunpundhut ing kecamatan" in town.paijo.screen
    assert "KK 6, KTP-el 2, Akta lahir 2" in town.people["yosorejo"].screen


async def one_was_left_behind(rina: Thumb, left_behind: Document) -> None:
    """The desk puts the record right an hour later, and whoever heard of it hears so."""
    town = rina.who.town
    await town.passes(HOUR)
    await rina.says(left_behind.number)
    await rina.does("Betulkan", "Akta lahir ada di tempat lain", "Dokumen sudah terbit", "Berkas ada di tempat lain")
    await town.grace()
    assert town.paijo.screen.splitlines() == [
        "Nyuwun pangapunten, kabar kula klentu.",
        f"Akta Kelahiran {grouped(left_behind.number)} samenika: dokumen sampun dados ing Disdukcapil.",
        "Sebab: berkas wonten ing panggenan sanes.",
    ]
    assert town.joko.screen.startswith("Catatan dibetulkan.")
