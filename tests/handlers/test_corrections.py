"""Mistakes that were noticed late: found by the number, put right with a reason, told to whom it matters."""

from handlers.corrections.buttons import AddDocument, PutRight, Relocate, Retype, TakeBack, Withdraw
from handlers.holds.buttons import THESE, PutOnHold
from handlers.wording.layout import grouped
from storage import documents, people
from storage.numbers import find
from storage.records import Actor, Document, Seen
from tests.handlers.test_bags import bag_of
from tests.town import WORKFLOW, Town


async def test_the_desk_puts_a_document_back_and_the_family_hears_why(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    card = await town.carries(card, "at_registry")
    await town.grace()
    await town.rina.says(card.number)
    assert "Berkas diterima di Disdukcapil" in await town.rina.taps("Betulkan")
    assert town.rina.buttons[:2] == ["Dibawa ke Disdukcapil", "Berkas diterima di kecamatan"]
    assert not any("…" in label for label in town.rina.buttons[:-2])  # a place that is cut is like another
    await town.rina.taps("Berkas diterima di kecamatan")
    assert "1 dokumen dibetulkan" in await town.rina.taps("Salah catat")
    await town.grace()
    assert town.sari.screen.splitlines() == [
        "Mohon maaf, kabar kami keliru.",
        f"Kartu Keluarga {grouped(card.number)} sekarang: berkas diterima di kecamatan.",
        "Sebab: salah catat.",
    ]
    assert (await town.document(card)).stage == "at_district"
    await town.rina.says(card.number)
    history = await town.rina.taps("Riwayat")
    assert "dibetulkan: berkas diterima di kecamatan\n   Sebab: salah catat." in history


async def test_a_correction_is_three_taps_and_can_be_taken_back(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    await town.hadi.says(card.number)
    for label in ("Betulkan", "Dibawa ke kecamatan", "Berkas ada di tempat lain"):
        await town.hadi.taps(label)
    assert (await town.document(card)).stage == "to_district"
    assert "Diurungkan" in await town.hadi.taps("Urungkan")
    assert (await town.document(card)).stage == "at_district"


async def test_a_whole_tap_of_a_courier_goes_back(town: Town):
    numbers = await bag_of(town, 3)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps("✅ 3 berkas")
    await town.passes(3600)
    await town.rina.says(numbers[1])
    await town.rina.taps("Betulkan")
    assert "petugas Jek-Duk" in await town.rina.taps("Semua itu keliru (3")
    assert "3 dokumen dibetulkan" in await town.rina.taps("Salah catat")
    await town.grace()
    assert town.joko.screen.startswith("Catatan dibetulkan.")
    await town.joko.says("/tugas")
    assert any("Bawa ke Disdukcapil (3)" in label for label in town.joko.buttons)


async def test_who_filed_by_mistake_withdraws_it_and_the_number_says_so(town: Town):
    one, other = await town.files("KK", "AKL")
    await town.follows(town.sari, one.number)
    await town.warni.says(one.number)
    await town.warni.taps("Betulkan")
    await town.warni.taps("Batalkan KK")
    assert "dibatalkan" in await town.sari.says(one.number)
    assert ((await town.document(one)).stage, (await town.document(other)).stage) == ("cancelled", "filed")


async def test_what_was_forgotten_joins_what_was_filed_while_it_lies_there(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.warni.says(card.number)
    await town.warni.taps("Betulkan")
    await town.warni.taps("Tambah dokumen …")
    added = await town.warni.taps("+ KIA", times=2)
    assert "KK, KIA · " in added
    await town.grace()
    (said,) = town.sari.heard
    assert said.startswith("Didaftarkan di desa Tlogopakis: Kartu Identitas Anak")
    await town.carries(card, "to_district")
    await town.carries((await of_number(town, card))[-1], "to_district")
    await town.warni.forges(AddDocument(card.number, "AKL"))
    assert "Sudah berubah" in town.warni.alert
    await town.gumelem.forges(AddDocument(card.number, "AKL"))
    assert [one.type for one in await of_number(town, card)] == ["KK", "KIA"]


async def test_what_is_added_where_somebody_died_brings_no_second_condolence(town: Town):
    (card,) = await town.files("AKM")
    await town.follows(town.sari, card.number)
    await town.warni.forges(AddDocument(card.number, "KK"))
    await town.grace()
    (said,) = town.sari.heard
    assert said.startswith("Didaftarkan di desa Tlogopakis: Kartu Keluarga")


async def of_number(town: Town, one: Document) -> list[Document]:
    async with town.storage.reading() as tx:
        return await documents.of_request(tx, one.request)


async def test_the_same_kind_filed_twice_is_asked_about(town: Town):
    (first,) = await town.files("KK")
    await town.passes(3600)
    await town.warni.says("/baru")
    await town.warni.taps("KK")
    filed = await town.warni.taps("✅ Daftarkan")
    assert f"Tlogopakis sudah mendaftarkan KK: {grouped(first.number)}" in filed
    (again,) = set(find(filed).good) - {first.number}
    await town.follows(town.sari, again)
    assert "1 dokumen dibatalkan" in await town.warni.taps("Sama: batalkan yang ini")
    assert (await town.document(first)).stage == "filed"
    await town.grace()
    goes_on = f"Permohonan ini tercatat dua kali dan berlanjut dengan nomor {grouped(first.number)}."
    assert goes_on in town.sari.heard[-1]
    assert goes_on in await town.sari.says(again)
    await town.warni.taps("Urungkan")
    assert "dua kali" not in await town.sari.says(again)


async def test_nobody_is_told_that_it_goes_on_under_a_number_that_does_not(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KK", village="simego", by="rina")
    for same in (other.number, "563185915492"):
        await town.warni.forges(Withdraw(card.number, 0, int(same)))
        assert "Sudah berubah" in town.warni.alert
    assert await town.document(card) == card


async def test_strangers_and_other_villages_put_nothing_right(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    await town.sari.says(card.number)
    assert "Betulkan" not in str(town.sari.buttons)
    for data in (
        PutRight(card.id, card.version, "filed", "slip"),
        Withdraw(card.number),
        TakeBack(1, card.number, "slip"),
    ):
        for who in (town.sari, town.joko, town.kayupuring):
            await who.forges(data)
    assert town.kayupuring.heard == []  # not even where it is
    await town.rina.forges(PutRight(card.id, card.version, "filed", "because"))
    assert await town.document(card) == card


async def test_a_correction_of_what_moved_meanwhile_shows_the_present(town: Town):
    (card,) = await town.files("KK")
    seen = await town.carries(card, "at_district")
    await town.carries(seen, "to_registry")
    await town.rina.forges(PutRight(seen.id, seen.version, "filed", "slip"))
    assert "Sudah berubah" in town.rina.alert
    assert "dibawa petugas Jek-Duk ke Disdukcapil" in town.rina.screen
    assert (await town.document(card)).stage == "to_registry"


async def test_staff_read_who_did_what_and_whether_the_news_arrived(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.joko.says(card.number)
    card = await town.carries(card, "to_district")
    await town.grace()
    await town.joko.says(card.number)
    await town.joko.taps("✅ Serahkan di kecamatan")
    await town.joko.taps("Urungkan")
    await town.rina.says(card.number)
    read = await town.rina.taps("Riwayat")
    assert "perangkat desa · kabar sampai: 1 dari 1" in read
    assert "diurungkan: berkas sedang dibawa dari desa ke kecamatan" in read
    await town.sari.says(card.number)
    assert "diurungkan" not in await town.sari.taps("Riwayat")


async def test_a_second_tap_on_a_correction_or_a_withdrawal_says_that_it_is_recorded(town: Town):
    (wrong,) = await town.files("KK")
    (there,) = [await town.carries(one, "at_registry") for one in await town.files("KTP")]
    now = await town.document(there)
    await town.rina.forges(PutRight(there.id, now.version, "at_district", "slip"))
    await town.rina.forges(PutRight(there.id, now.version, "at_district", "slip"))
    assert town.rina.alert == "Sudah tercatat sebelumnya."
    await town.warni.forges(Withdraw(wrong.number, wrong.id))
    await town.warni.forges(Withdraw(wrong.number, wrong.id))
    assert town.warni.alert == "Sudah tercatat sebelumnya."


async def test_the_wrong_kind_is_put_right_under_its_number_and_the_family_hears_it(town: Town):
    (card,) = await town.files("KIA")
    await town.follows(town.sari, card.number)
    card = await town.carries(card, "at_district")
    await town.grace()
    await town.rina.says(card.number)
    await town.rina.taps("Betulkan")
    assert "Apa sebenarnya?" in await town.rina.taps("Salah jenis: KIA")
    assert "1 dokumen dibetulkan" in await town.rina.taps("KK")
    await town.grace()
    number = grouped(card.number)
    assert town.sari.heard[-1] == f"Dokumen {number} diperbaiki: Kartu Keluarga, bukan Kartu Identitas Anak."
    assert "Kartu Keluarga" in await town.sari.says(card.number)
    assert "dibetulkan: KK, bukan KIA" in await town.sari.taps("Riwayat")
    assert "Diurungkan" in await town.rina.taps("Urungkan")
    assert town.sari.heard[-1].startswith(f"Mohon maaf, kabar kami keliru.\nKartu Identitas Anak {number} sekarang")


async def test_a_kind_that_is_of_a_death_is_said_with_condolence_and_one_that_is_not_with_an_apology(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for type in ("AKM", "AKL"):
        now = await town.document(card)
        await town.warni.forges(Retype(card.id, now.version, type))
        await town.grace()
    number = grouped(card.number)
    assert town.sari.heard == [
        f"Turut berduka cita.\nDokumen {number} diperbaiki: Akta Kematian, bukan Kartu Keluarga.",
        f"Mohon maaf, kabar kami keliru.\nDokumen {number} diperbaiki: Akta Kelahiran, bukan Akta Kematian.",
    ]


async def test_what_stands_still_says_what_to_do_first_and_strangers_say_nothing(town: Town):
    (card,) = await town.files("KK")
    for who in (town.sari, town.joko, town.kayupuring):
        await who.forges(Retype(card.id, card.version, "KIA"))
        await who.forges(Retype(card.id, card.version))
    assert await town.document(card) == card
    card = await town.carries(card, "at_registry")
    await town.hadi.forges(PutOnHold(card.id, card.version, "backlog", 0, THESE))
    assert "Masih tertunda. Lanjutkan dulu" in await town.rina.forges(Retype(card.id, card.version))
    now = await town.document(card)
    await town.rina.forges(Retype(card.id, now.version, "KIA"))
    assert "Sudah berubah" in town.rina.alert
    await town.rina.forges(Retype(card.id, now.version, "KK"))
    assert town.rina.alert == "Sudah tercatat sebelumnya."


async def test_the_wrong_village_is_put_right_and_each_hears_what_that_means_for_them(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.follows(town.joko, card.number)
    card = await town.carries(card, "ready_at_district")
    await town.grace()
    await town.rina.says(card.number)
    await town.rina.taps("Betulkan")
    assert "Desa mana sebenarnya?" in await town.rina.taps("Salah desa: Tlogopakis")
    assert "1 dokumen dibetulkan menjadi desa Kayupuring, " in await town.rina.taps("Kayupuring")
    await town.grace()
    number = grouped(card.number)
    assert town.sari.heard[-1].splitlines() == [
        f"Nomor {number} diperbaiki: desa Kayupuring, bukan Tlogopakis.",
        "Nomornya tetap berlaku.",
        "Sekarang: siap diambil di kantor kecamatan Petungkriyono.",
    ]
    assert f"Nomor {number} diperbaiki: desa Kayupuring" in town.joko.heard[-1]  # whose work it is not
    assert "Tidak ada lagi yang perlu Bapak/Ibu kerjakan." in town.warni.heard[-1]
    assert "kini masuk tugas Bapak/Ibu.\nKartu Keluarga.\n" in town.kayupuring.heard[-1]
    history = await town.sari.says(card.number) and await town.sari.taps("Riwayat")
    assert "Berkas di kantor desa Tlogopakis" in history
    assert "dibetulkan: desa Kayupuring, bukan Tlogopakis" in history
    assert "Diurungkan: 1 dokumen dibetulkan menjadi desa Kayupuring" in await town.rina.taps("Urungkan")
    assert town.sari.heard[-1].startswith(f"Nomor {number} diperbaiki: desa Tlogopakis, bukan Kayupuring.")
    assert "kini masuk tugas" in town.warni.heard[-1]


async def test_a_village_is_put_right_as_it_was_seen_and_what_has_gone_on_is_not_taken_back(town: Town):
    card, other = await town.files("KK", "KIA")
    for who in (town.sari, town.joko, town.kayupuring, town.warni):
        await who.forges(Relocate(card.id, card.version, "kayupuring"))
    assert await town.document(card) == card
    await town.rina.forges(Relocate(card.id, card.version, "kayupuring"))
    await town.rina.forges(Relocate(card.id, card.version, "kayupuring"))
    assert town.rina.alert == "Sudah tercatat sebelumnya."
    await town.rina.forges(Relocate(card.id, card.version, "simego"))
    assert "Sudah berubah" in town.rina.alert
    now = await town.document(card)
    assert "2 dokumen dibetulkan" in await town.rina.forges(Relocate(card.id, now.version, "simego"))
    async with town.storage.transaction() as tx:
        person = await people.get(tx, town.joko.chat, town.clock)
        seen = [Seen(card.id, now.version + 1)]
        await documents.move(tx, WORKFLOW, seen, "to_district", Actor(person, town.clock))
    moved, stays = await town.document(card), await town.document(other)
    assert moved.stage == "to_district"
    await town.rina.taps("Urungkan")
    assert "Sudah berubah" in town.rina.alert
    assert [await town.document(one) for one in (card, other)] == [moved, stays]  # a request is of one village
