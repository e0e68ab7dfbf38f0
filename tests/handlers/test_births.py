"""A number at a birth, and a baby without a name yet: on the days that are counted, with a clock that is set."""

import pytest

from bot.chores import newborns
from handlers.births.buttons import (
    FileReserved,
    HoldNameless,
    NameIsThere,
    Reserve,
    ReturnNumber,
    ShowReservations,
    ShowReserved,
)
from handlers.filing.buttons import FileDraft
from handlers.filing.views import book_of_types
from handlers.wording.layout import grouped
from storage import people
from storage.births import reservations
from tests.town import TUESDAY, WORKFLOW, Inhabitant, Town

DAY = 24 * 3600 * 1000
BIRTH = sum(1 << bit for bit, type in enumerate(WORKFLOW.types.values()) if type.birth)


async def reserves(town: Town, who: Inhabitant, day: str = "Hari ini") -> str:
    """A number for a birth in Tlogopakis, by taps alone; the family follows it at once."""
    await who.says("/baru")
    await who.taps("Kelahiran: pesan nomor")
    shown = await who.taps(day)
    async with town.storage.reading() as tx:
        number = (await reservations.held_by(tx, await people.get(tx, who.chat)))[-1].number
    assert grouped(number) in " ".join(who.heard) or grouped(number) in shown
    await town.sari.says(number)
    await town.sari.taps("Kabari")
    return number


async def morning(town: Town, days: int) -> None:
    """It is an hour after opening, so many days after the first; the chore of births has its turn."""
    town.clock = TUESDAY + days * DAY
    assert town.workflow.calendar.is_open(town.clock)
    await newborns.remind(town.services)
    await town.passes(0)


def told(who: Inhabitant, words: str) -> int:
    return sum(words in text for text in who.heard)


def is_silent(who: Inhabitant) -> bool:
    return who.last.message.silent


async def test_a_number_is_there_at_the_birth_and_followed_before_there_are_papers(any_town: Town):
    town = any_town
    number = await reserves(town, town.ningsih)
    assert (
        "berhenti menunggu, paling lambat 31 Jan 2027." in town.sari.alert
    )  # in 60 days, the rest of the last, and a week
    assert "sudah dipesan" in await town.sari.says(number)
    assert "Sabtu 23 Jan" in town.sari.screen  # the sixtieth day
    assert "bawa berkasnya ke kantor desa" in town.sari.screen
    await town.ningsih.says("/tugas")
    await town.ningsih.taps(f"{grouped(number)}, belum didaftarkan")
    assert "1 dari 5" in town.ningsih.screen
    await town.ningsih.taps("Daftarkan dengan nomor ini")
    assert grouped(number) in town.ningsih.screen
    assert "☑ Akta lahir" in town.ningsih.buttons
    await town.ningsih.taps("☐ KIA", "✅ Daftarkan")
    await town.grace()
    assert "Berkas di kantor desa" in await town.sari.says(number)
    assert town.sari.buttons[0] == "🔕 Hentikan kabar"
    assert told(town.sari, "Didaftarkan di desa") == 1


async def test_it_is_asked_for_at_the_filing_by_whoever_files_for_the_village(town: Town):
    number = await reserves(town, town.ningsih)
    await town.warni.says("/baru")
    await town.warni.taps("Sudah ada nomor (1)")
    await town.warni.taps(grouped(number))
    await town.warni.taps("Daftarkan dengan nomor ini", "✅ Daftarkan")
    assert f"Terdaftar: {grouped(number)}" in " ".join(town.warni.heard)
    await town.ningsih.says(number)  # whoever gave it sees what became of it
    assert "Betulkan" in town.ningsih.buttons
    assert "Sudah ada nomor" not in " ".join(town.warni.buttons)


async def test_the_family_brings_the_number_to_the_village(town: Town):
    number = await reserves(town, town.ningsih)
    for who in (town.simego, town.joko):
        await who.says(number)
        assert "Akta lahir" not in " ".join(who.buttons)
    await town.warni.says(number)
    await town.warni.taps("Akta lahir", "✅ Daftarkan")
    assert f"Terdaftar: {grouped(number)}" in " ".join(town.warni.heard)


async def test_whoever_reserved_a_number_gives_it_back_and_the_family_that_follows_it_hears(any_town: Town):
    town, ningsih = any_town, any_town.ningsih
    number = await reserves(town, ningsih)
    await town.warni.says("/start")
    for sure in (0, 1):  # who files for the village sees it and did not reserve it
        await town.warni.forges(ReturnNumber(number, sure))
        assert "Ini tugas petugas lain" in town.warni.alert
    await ningsih.says("/tugas")
    await ningsih.taps(f"{grouped(number)}, belum didaftarkan")
    assert "Batalkan nomor" in await ningsih.taps("Batalkan nomor ini …")
    assert "sudah dipesan" in await town.sari.says(number)
    await ningsih.taps("Ya, batalkan", times=2)
    assert told(town.sari, f"{grouped(number)} dibatalkan") == 1
    assert "tidak ada di catatan" in await town.sari.says(number)
    async with town.storage.reading() as tx:
        assert await reservations.held_by(tx, await people.get(tx, ningsih.chat)) == []
    await morning(town, 7)
    assert told(town.sari, "Kelahirannya belum") == 0


async def test_a_number_under_which_something_is_filed_is_not_given_back(town: Town):
    number = await reserves(town, town.ningsih)
    await town.ningsih.forges(FileReserved(number))
    await town.ningsih.taps("✅ Daftarkan")
    await town.ningsih.forges(ReturnNumber(number, 1))
    assert "Berkas di kantor desa" in await town.sari.says(number)
    assert told(town.sari, "dikembalikan") == 0


async def test_a_number_is_reserved_once_and_five_at_most(any_town: Town):
    town, ningsih = any_town, any_town.ningsih
    await ningsih.says("/start")
    for i in range(6):
        for _ in range(2):  # a phone sends a tap again
            await ningsih.forges(Reserve(1000 + i, "tlogopakis", 0))
    async with town.storage.reading() as tx:
        held = await reservations.held_by(tx, await people.get(tx, ningsih.chat))
    assert len({one.number for one in held}) == len(held) == 5
    assert "5 nomor" in ningsih.alert
    for one in held[:1]:
        await ningsih.forges(FileDraft(int(one.number), book_of_types(WORKFLOW), "tlogopakis", BIRTH))
    await ningsih.forges(Reserve(1006, "tlogopakis", 0))
    assert "5 dari 5" in ningsih.screen or "5 dari 5" in " ".join(ningsih.heard)


@pytest.mark.parametrize("who", ["sari", "joko", "simego", "rina"])
async def test_nobody_reserves_or_reads_numbers_of_a_village_that_is_not_theirs(town: Town, who: str):
    number, asker = await reserves(town, town.ningsih), town.people[who]
    asker.forgets()
    for button in (
        Reserve(1, "tlogopakis", 0),
        ShowReservations("tlogopakis", 0),
        ShowReserved(number),
        FileReserved(number),
        NameIsThere(number),
    ):
        await asker.forges(button)
    seen = " ".join([*asker.heard, *(asker.buttons if asker.heard else [])])
    assert (grouped(number) in seen) is (who == "rina")  # the desk files for every village


async def test_seven_days_after_the_birth_gently_and_after_45_firmly(any_town: Town):
    town = any_town
    number = await reserves(town, town.ningsih)
    await morning(town, 6)
    assert told(town.sari, "belum didaftarkan. Mohon bawa") == 0
    for _ in range(2):  # once, however often it is looked for
        await morning(town, 7)
    gentle = "Kelahirannya belum didaftarkan. Mohon bawa berkasnya"
    assert (told(town.sari, gentle), told(town.ningsih, "Belum ada yang didaftarkan")) == (1, 1)
    assert (told(town.warni, "Belum ada yang didaftarkan"), told(town.simego, grouped(number))) == (1, 0)
    assert is_silent(town.sari)
    await morning(town, 45)
    assert "paling lambat Sabtu 23 Jan" in town.sari.screen
    assert not is_silent(town.sari)
    assert "dalam 60 hari" in town.warni.screen
    await town.warni.taps("Daftarkan dengan nomor ini")
    assert "☑ Akta lahir" in town.warni.buttons


async def test_on_the_last_day_it_can_be_filed_and_then_it_lapses_with_a_word(any_town: Town):
    town = any_town
    number, late = await reserves(town, town.ningsih), await reserves(town, town.ningsih, "Kemarin")
    await morning(town, 45)
    town.clock = TUESDAY + 60 * DAY  # a Saturday: the counters are closed
    await town.chores()
    await town.ningsih.forges(FileReserved(number))
    await town.ningsih.taps("✅ Daftarkan")
    assert f"Terdaftar: {grouped(number)}" in " ".join(town.ningsih.heard)
    await morning(town, 62)
    over = "sudah tidak berlaku"
    assert [told(town.sari, f"{grouped(one)} {over}") for one in (late, number)] == [1, 0]
    assert told(town.ningsih, over) == told(town.warni, over) == 1
    assert told(town.warni, "Yang menunggu kabar nomor ini diberi tahu.") == 1  # perhaps nobody does
    assert "tidak ada di catatan" in await town.sari.says(late)
    await town.ningsih.forges(FileReserved(late))
    assert "Sudah berubah" in town.ningsih.alert


async def test_a_birth_without_a_name_is_held_and_one_tap_ends_it(any_town: Town):
    town = any_town
    number = await reserves(town, town.ningsih)
    await town.ningsih.forges(FileReserved(number))
    await town.ningsih.taps("☐ KK", "✅ Daftarkan")
    card = next(seen for seen in town.ningsih.phone.heard if "⏸ Belum ada nama …" in seen.buttons)
    town.ningsih.phone.tap("⏸ Belum ada nama …", message=card.message.id)
    await town.settled()
    await town.grace()
    assert told(town.sari, "nama bayi belum ada")
    await morning(town, 7)
    assert "Nama bayinya masih ditunggu" in town.sari.screen
    assert "Nama bayi masih ditunggu" in town.warni.screen
    await morning(town, 45)
    assert "Mohon sampaikan nama bayinya paling lambat Sabtu 23 Jan" in town.sari.screen
    await town.ningsih.taps("Namanya sudah ada")
    await town.grace()
    async with town.storage.reading() as tx:
        birth = await reservations.of_number(tx, number)
        assert birth
        assert not await reservations.is_waiting(tx, birth)
    assert told(town.sari, "Berlanjut") == 1
    await morning(town, 62)
    assert told(town.sari, "tidak berlaku") == 0


async def test_without_a_reserved_number_the_day_is_asked_and_counted_from(town: Town):
    (card,) = await town.files("AKL")
    await town.follows(town.sari, card.number)
    await town.warni.says(card.number)
    await town.warni.taps("Belum ada nama …", "Sabtu 21 Nov")
    assert (await town.document(card)).hold == "babyname"
    await town.grace()
    await morning(town, 6)  # nine days after the birth
    assert "Nama bayinya masih ditunggu" in town.sari.screen


async def test_nothing_is_said_of_what_is_there_by_then(town: Town):
    number = await reserves(town, town.ningsih)
    town.clock = TUESDAY + 7 * DAY
    town.warni.phone.block()
    await town.settled()
    await newborns.remind(town.services)
    await town.settled()
    await town.ningsih.forges(FileDraft(int(number), book_of_types(WORKFLOW), "tlogopakis", BIRTH))
    town.warni.forgets()
    town.warni.phone.unblock()
    await town.settled()
    assert told(town.warni, grouped(number)) == 0


async def test_who_stopped_hears_nothing_of_a_number_that_is_not_filed(town: Town):
    number = await reserves(town, town.ningsih)
    await town.sari.says(f"/berhenti {number}")
    await morning(town, 7)
    assert told(town.sari, "Kelahirannya belum") == 0
    assert told(town.warni, "Belum ada yang didaftarkan") == 1


async def test_a_family_that_asks_for_its_reserved_number_guesses_nothing(town: Town):
    numbers = [await reserves(town, town.ningsih) for _ in range(5)] + [await reserves(town, town.warni)]
    for number in numbers:
        assert "sudah dipesan" in await town.emma.says(number) or "reserved" in town.emma.screen


async def test_a_birth_that_is_no_birth_is_not_held_for_a_name(town: Town):
    (card,) = await town.files("KK")
    await town.warni.says(card.number)
    assert "nama" not in " ".join(town.warni.buttons)
    await town.warni.forges(HoldNameless(card.number, 0))
    assert (await town.document(card)).hold is None


async def test_a_midwife_holds_and_lets_go_on_what_she_filed_alone(town: Town):
    (other,), (own,) = await town.files("AKL"), await town.files("AKL", by="ningsih")
    await town.ningsih.says("/start")
    for card in (other, own):
        await town.ningsih.forges(HoldNameless(card.number, 0))
    assert [(await town.document(card)).hold for card in (other, own)] == [None, "babyname"]
    await town.warni.forges(HoldNameless(other.number, 0))
    for card in (other, own):
        await town.ningsih.forges(NameIsThere(card.number))
    assert [(await town.document(card)).hold for card in (other, own)] == ["babyname", None]
