"""A document leaves its road: returned with what is missing, or refused with a reason; and goes on where it left."""

import pytest

from handlers.returns.buttons import GiveBack, Refuse, ReturnDraft, TakeUp
from handlers.returns.views import book_of
from handlers.wording.layout import grouped
from storage.records import DAY, Document
from tests.handlers.test_holds import brought
from tests.storage.cast import ask
from tests.town import Town


async def returned(town: Town, *followers: str) -> Document:
    card = await brought(town, *(town.people[who] for who in followers), type="KK", at="at_district")
    await town.rina.says(card.number)
    for label in ("Belum lengkap …", "☐ KK lama bila ada", "✅ Kirim ke desa"):
        await town.rina.taps(label)
    await town.grace()
    return card


async def test_the_family_and_the_village_hear_exactly_what_is_missing_and_where_to_bring_it(town: Town):
    card = await returned(town, "sari", "paijo", "emma")
    assert "1 berkas dikembalikan" in town.rina.screen
    assert town.sari.screen.splitlines() == [
        f"Belum lengkap, dikembalikan ke desa: Kartu Keluarga {grouped(card.number)}.",
        "Kurang/salah: KK lama bila ada. Bawa ke kantor desa Tlogopakis. Gratis.",
    ]
    assert "Kirang utawi lepat: KK lami menawi wonten." in town.paijo.screen
    assert "Missing or wrong: the old KK, if there is one." in town.emma.screen
    assert not town.sari.last.silent
    assert "Kurang/salah: KK lama bila ada." in town.warni.screen
    assert town.warni.last.silent


async def test_the_status_says_so_until_it_is_complete(town: Town):
    card = await returned(town)
    assert "Kurang/salah: KK lama bila ada." in await town.sari.says(card.number)
    await town.rina.says(card.number)
    await town.rina.taps("✅ Lengkap: terima di kecamatan")
    assert "Kurang" not in await town.sari.says(card.number)


async def test_it_goes_on_where_it_left_and_its_history_shows_both(town: Town):
    card = await returned(town, "sari")
    await town.rina.says(card.number)
    await town.rina.taps("✅ Lengkap")
    await town.grace()
    again = await town.document(card)
    assert (again.stage, again.number) == ("at_district", card.number)
    assert "Diterima kecamatan" in town.sari.screen
    await town.sari.says(card.number)
    said = (await town.sari.taps("Riwayat")).splitlines()
    places = [" ".join(line.split()[1:3]) for line in said[-3:]]
    assert places == ["Berkas diterima", "Belum lengkap,", "Berkas diterima"]


async def test_what_came_back_stands_in_the_list_of_work_of_its_village(town: Town):
    await returned(town)
    await town.warni.says("/tugas")
    assert town.warni.buttons[0] == "Perlu dilengkapi: 1"
    assert "belum lengkap" in await town.warni.taps("Perlu dilengkapi: 1")
    await town.gumelem.says("/tugas")
    assert not any("dilengkapi" in label for label in town.gumelem.buttons)


async def test_nothing_is_returned_without_a_tick(town: Town):
    card = await brought(town, type="KK", at="at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Belum lengkap"):
        await town.rina.taps(label)
    assert not any("✅" in label for label in town.rina.buttons)
    await town.rina.forges(GiveBack(card.id, card.version, "returned", book_of(town.workflow, "KK"), 0))
    assert "paling sedikit satu" in town.rina.alert
    await town.rina.forges(GiveBack(card.id, card.version, "returned", 1, 1))  # a list that is no more
    assert "Sudah berubah" in town.rina.alert
    assert (await town.document(card)).stage == "at_district"


async def test_a_refusal_says_why_and_ends_it(town: Town):
    card = await brought(town, town.sari, type="KK", at="at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Tolak", "Dokumen yang ada", "✅ Tolak"):
        await town.rina.taps(label)
    await town.grace()
    assert town.sari.screen.startswith("Permohonan tidak dapat dipenuhi: Kartu Keluarga")
    assert town.sari.screen.splitlines()[1:] == [
        "Dokumen yang ada masih berlaku.",
        "Silakan tanya kantor desa. Gratis.",
    ]
    assert not town.sari.last.silent
    assert (await town.document(card)).closed_at is not None
    assert "Dokumen yang ada masih berlaku." in await town.sari.says(card.number)


async def test_both_are_taken_back_as_a_move_is(town: Town):
    card = await returned(town, "sari")
    await town.rina.taps("Urungkan")
    assert (await town.document(card)).stage == "at_district"
    assert "Mohon maaf" in town.sari.screen
    assert not town.sari.last.silent  # they may be on their way


async def test_where_a_queue_is_held_it_comes_back_on_hold(town: Town):
    card = await returned(town)
    other = await brought(town, type="KK", at="at_district")
    await town.hadi.says(other.number)
    for label in ("Tunda", "Jalan sedang", "Rabu", "Semua di sini", "✅ Tunda"):
        await town.hadi.taps(label)
    await town.rina.says(card.number)
    await town.rina.taps("✅ Lengkap")
    assert (await town.document(card)).hold == "road"


@pytest.mark.parametrize("who", ["sari", "warni", "kayupuring", "joko"])
async def test_nobody_else_returns_refuses_or_takes_up(town: Town, who: str):
    gone, card = await returned(town), await brought(town, type="KK", at="at_district")
    before = [await town.document(gone), await town.document(card)]
    person = town.people[who]
    await person.says("/start")
    await person.forges(GiveBack(card.id, card.version, "returned", book_of(town.workflow, "KK"), 1))
    await person.forges(Refuse(card.id, card.version, "rules"))
    if who != "joko":  # a courier brings it back, too
        await person.forges(TakeUp(gone.id, before[0].version))
    assert [await town.document(gone), await town.document(card)] == before


@pytest.mark.parametrize(("who", "exit"), [("joko", "returned"), ("rina", "refused"), ("rina", "")])
async def test_what_is_missing_is_asked_of_nobody_who_may_not_return_it_there(town: Town, who: str, exit: str):
    card, person = await brought(town, type="KK", at="at_district"), town.people[who]
    await person.says("/start")
    await person.forges(ReturnDraft(card.id, card.version, exit, book_of(town.workflow, "KK"), 1))
    assert "Ini tugas petugas lain" in person.alert
    assert not any("Kirim ke desa" in label for label in person.buttons)


async def test_a_second_tap_returns_nothing_twice(town: Town):
    card = await brought(town, type="KK", at="at_district")
    tap = GiveBack(card.id, card.version, "returned", book_of(town.workflow, "KK"), 1)
    await town.rina.says("/tugas")
    await town.rina.forges(tap)
    await town.rina.forges(tap)
    assert (await town.document(card)).version == card.version + 1


# What is done in person


async def test_whoever_has_to_come_in_person_is_sent_where_that_is_and_not_to_the_village_office(town: Town):
    card = await brought(town, town.sari, type="KTP", at="at_district")
    await town.rina.says(card.number)
    await town.rina.taps("Belum lengkap …", "☐ rekam data", "✅ Kirim ke desa")
    await town.grace()
    told = "Kurang/salah: rekam data di kecamatan, datang sendiri (bila belum). Layanan ini gratis."
    assert town.sari.screen.splitlines()[1:] == [told]
    assert told in town.warni.screen
    assert "Bawa" not in await town.sari.says(card.number) + town.warni.screen


async def test_what_is_brought_is_told_apart_from_what_is_done_in_person(town: Town):
    card = await brought(town, town.sari, type="KTP", at="at_district")
    await town.rina.says(card.number)
    await town.rina.taps("Belum lengkap …", "☐ fotokopi KK", "☐ rekam data", "✅ Kirim ke desa")
    await town.grace()
    assert town.sari.screen.splitlines()[1:] == [
        "Kurang/salah: rekam data di kecamatan, datang sendiri (bila belum).",
        "Kurang/salah: fotokopi KK. Bawa ke kantor desa Tlogopakis. Gratis.",
    ]


# Several at once


async def test_the_ticked_of_a_bag_are_returned_for_the_same_paper_in_one_act(any_town: Town):
    town = any_town
    cards = [await brought(town, type="KK", at="at_registry") for _ in range(3)]
    for who, card in zip((town.sari, town.emma), cards[1:], strict=True):
        await town.follows(who, card.number)
    await town.budi.says("/tugas")
    for label in ("Tandai terbit", "Pilih semua", grouped(cards[0].number)):
        await town.budi.taps(label)
    for label in ("Tunda", "Belum lengkap", "☐ KK lama bila ada"):
        await town.budi.taps(label)
    assert "Belum lengkap: KK · 2 dokumen" in town.budi.screen
    await town.budi.taps("✅ Kirim ke desa")
    assert "2 berkas dikembalikan" in town.budi.screen
    assert [(await town.document(each)).stage for each in cards] == ["at_registry", "returned", "returned"]
    await town.grace()
    assert "Kurang/salah: KK lama bila ada." in town.sari.screen
    assert "Missing or wrong: the old KK, if there is one." in town.emma.screen
    heard = [text for text in town.warni.heard if "Kurang" in text]
    tails = ", ".join(f"…{card.number[-4:]}" for card in cards[1:])
    assert [text.splitlines() for text in heard] == [
        [
            "Dikembalikan: 2 berkas.",
            f"Tlogopakis: KK {tails}",
            "Kurang/salah: KK lama bila ada. Bawa ke kantor desa Tlogopakis. Gratis.",
        ]
    ]
    assert town.warni.last.silent


async def test_a_bag_that_was_returned_is_taken_back_as_a_whole_and_opens_again(town: Town):
    cards = [await brought(town, type="KK", at="at_registry") for _ in range(2)]
    await town.budi.says("/tugas")
    for label in ("Tandai terbit", "Pilih semua", "Tunda", "Belum lengkap", "☐ KK lama bila ada", "✅ Kirim ke desa"):
        await town.budi.taps(label)
    await town.budi.taps("Urungkan")
    assert [(await town.document(each)).stage for each in cards] == ["at_registry"] * 2
    await town.budi.taps("Buka lagi")
    assert "2 dari 2" in town.budi.screen


async def test_a_bag_of_several_kinds_is_not_returned_and_says_what_to_do(town: Town):
    cards = [await brought(town, type=type, at="at_registry") for type in ("KK", "KTP")]
    await town.budi.says("/tugas")
    for label in ("Tandai terbit", "Pilih semua", "Tunda"):
        await town.budi.taps(label)
    assert "pilih satu jenis dokumen saja" in town.budi.screen
    assert not any("Belum lengkap" in label or "Tolak" in label for label in town.budi.buttons)
    ((bag,),) = await ask(town.storage, "select max(id) from bag")
    await town.budi.forges(GiveBack(int(bag), 0, "returned", book_of(town.workflow, "KK"), 1))
    assert [(await town.document(each)).stage for each in cards] == ["at_registry"] * 2


async def test_a_bag_whose_lines_were_returned_one_by_one_meanwhile_does_not_become_the_card_of_a_family(town: Town):
    cards = [await town.carries(one, "at_registry") for _ in range(2) for one in await town.files("KK")]
    await town.budi.says("/tugas")
    await town.budi.taps("Tandai terbit", "Pilih semua")
    ((bag,),) = await ask(town.storage, "select max(id) from bag")
    book = book_of(town.workflow, "KK")
    for of, seen in (*((one.id, one.version) for one in cards), (int(bag), 0)):
        await town.budi.forges(GiveBack(of, seen, "returned", book, 1))
    assert town.budi.alert == "Sudah tercatat sebelumnya."
    assert town.budi.screen.startswith("2 berkas sudah Bapak/Ibu catat")


async def test_nobody_returns_what_is_ticked_in_the_bag_of_another(town: Town):
    card = await brought(town, type="KK", at="at_registry")
    await town.budi.says("/tugas")
    for label in ("Tandai terbit", "Pilih semua"):
        await town.budi.taps(label)
    ((bag,),) = await ask(town.storage, "select max(id) from bag")
    await town.hadi.says("/tugas")
    await town.hadi.forges(GiveBack(int(bag), 0, "returned", book_of(town.workflow, "KK"), 1))
    assert "Sudah berubah" in town.hadi.alert
    assert (await town.document(card)).stage == "at_registry"


# Where it goes on, and what now


@pytest.mark.parametrize("left, who", [("at_district", "rina"), ("at_registry", "budi")])
async def test_a_returned_file_goes_on_at_the_very_desk_it_left(any_town: Town, left: str, who: str):
    town, desk = any_town, any_town.people[who]
    card = await brought(town, type="KK", at=left)
    await desk.says(card.number)
    for label in ("Belum lengkap …", "☐ KK lama bila ada", "✅ Kirim ke desa"):
        await desk.taps(label)
    town.clock += 3 * DAY
    await desk.says(card.number)
    await desk.taps("✅ Lengkap")
    again = await town.document(card)
    assert (again.stage, again.number, again.since, again.closed_at) == (left, card.number, town.clock, None)


@pytest.mark.parametrize(
    "who, refused, cancelled",
    [
        ("sari", "Silakan tanya kantor desa.", "Bila masih perlu, silakan ke kantor desa. Gratis."),
        ("paijo", "Sumangga mundhut priksa dhateng kantor desa.", "sumangga rawuh ing kantor desa."),
        ("emma", "Please ask the village office.", "please go to the village office."),
    ],
)
async def test_what_ends_early_says_what_now(town: Town, who: str, refused: str, cancelled: str):
    person = town.people[who]
    card = await brought(town, person, type="KK", at="at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Tolak", "Dokumen yang ada", "✅ Tolak"):
        await town.rina.taps(label)
    await town.grace()
    assert refused in person.screen
    assert refused in await person.says(card.number)
    (other,) = await town.files("KTP")
    await town.follows(person, other.number)
    await town.warni.says(other.number)
    for label in ("Betulkan", "Batalkan KTP-el"):  # one button, and nothing typed
        await town.warni.taps(label)
    await town.grace()
    assert cancelled in person.screen
    assert cancelled in await person.says(other.number)
