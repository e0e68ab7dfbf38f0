"""What is not sure in a message is asked for, or named: times, last digits, sixteen digits."""

import pytest

from handlers.callbacks import parse
from handlers.road.buttons import ToldAt
from handlers.wording.layout import grouped
from storage.numbers import find, is_number
from storage.records import HOUR, MINUTE, Document
from tests.handlers.test_told_legs import NINE, TWO, at_district, tail
from tests.town import TUESDAY, Town


async def test_unknown_digits_are_named(town: Town):
    (one,) = await at_district(town)
    odd = next(f"{n:04}" for n in range(1000, 1100) if f"{n:04}" != tail(one))
    card = await town.joko.says(f"{tail(one)} {odd} jam 9")
    assert "1 dari 1 dipilih" in card
    assert f"tidak ada berkas terbuka yang berakhiran …{odd}" in card


async def test_nothing_but_unknown_digits_has_no_button(town: Town):
    await at_district(town, 0)
    assert "…1000" in await town.joko.says("1000 jam 9")
    assert town.joko.buttons == []


async def test_digits_that_several_files_end_in_name_them(town: Town):
    (one,) = await at_district(town)
    twin = await another_ending(town, one)
    card = await town.joko.says(f"{tail(one)} jam 9")
    assert f"Beberapa berkas berakhiran sama; centang yang benar: …{tail(one)}" in card
    lines = [label for label in town.joko.buttons if grouped(twin.number) in label or grouped(one.number) in label]
    assert len(lines) == 2
    assert all(label.startswith("☐") for label in lines)
    await town.joko.taps(f"☐ {grouped(one.number)}", "✅ 1 berkas")
    assert (await town.document(one)).stage == "to_registry"
    assert (await town.document(twin)).stage == "at_district"


async def another_ending(town: Town, one: Document) -> Document:
    """A file with the district whose number ends in the same three digits and more, as if chance had drawn it."""
    (twin,) = await town.files("KK")
    number = next(
        f"{head}{tail(one)}" for head in range(20_000_000, 20_009_999) if f"{head}{tail(one)}" != one.number
        and is_number(f"{head}{tail(one)}")
    )  # fmt: skip
    async with town.storage.transaction() as tx:
        await tx.script(f"update number set number = '{number}' where number = '{twin.number}'")
    twin = await town.document(twin)
    town.clock = TUESDAY
    twin = await town.carries(twin, "at_district")
    town.clock = TWO
    return twin


@pytest.mark.parametrize(
    "text, question, choice",
    [
        ("{} jam 16", "Itu belum terjadi", ["Baru saja · Selasa 24 Nov pukul 14.05"]),
        ("{} besok jam 9", "Itu belum terjadi", ["Baru saja · Selasa 24 Nov pukul 14.05"]),
        ("{} minggu lalu", "Hari apa dan pukul berapa?", ["Baru saja · Selasa 24 Nov pukul 14.05"]),
        ("{} 13/11 jam 9", "Itu sudah lama", ["Jumat 13 Nov pukul 09.00"]),
        ("{} hari minggu jam 9", "Loket tutup pada hari itu", ["Minggu 22 Nov pukul 09.00"]),
        ("{} kemarin jam 3", "Pagi atau sore?", ["Senin 23 Nov pukul 03.00", "Senin 23 Nov pukul 15.00"]),
        ("{} tadi", "Pukul berapa?", [f"Selasa 24 Nov pukul {hour:02}.00" for hour in range(7, 15)]),
    ],
)
async def test_a_time_that_is_not_sure_is_asked_for(town: Town, text: str, question: str, choice: list[str]):
    (one,) = await at_district(town)
    assert question in await town.joko.says(text.format(tail(one)))
    assert town.joko.buttons == choice
    assert (await town.document(one)).stage == "at_district"


async def test_of_unknown_digits_an_hour_to_come_is_asked_about_too(town: Town):
    said = await town.joko.says("1234 5678 besok jam 9")
    assert "…1234, …5678" in said
    assert "Itu belum terjadi" in said
    assert "Itu belum terjadi" not in await town.joko.says("1234 5678 kemarin jam 9")


async def test_the_time_that_was_asked_for_is_the_time(town: Town):
    (one,) = await at_district(town)
    await town.joko.says(f"{tail(one)} tadi")
    await town.joko.taps("09.00", "✅ 1 berkas")
    assert (await town.document(one)).since == NINE


async def test_a_holiday_is_asked_about(town: Town):
    town.clock = TUESDAY + 32 * 24 * HOUR  # Saturday 26 Dec 2026
    (card,) = await town.files("KK")
    assert "Loket tutup" in await town.joko.says(f"{tail(card)} kemarin jam 9")  # Christmas


async def test_a_time_to_come_cannot_be_forged(town: Town):
    (one,) = await at_district(town)
    await town.joko.says(f"{tail(one)} tadi")
    asked = parse(town.joko.last.message.buttons[0][0]["callback_data"])
    assert isinstance(asked, ToldAt)
    await town.joko.forges(ToldAt(asked.bag, (TWO + HOUR) // MINUTE))
    assert "Sudah berubah" in town.joko.alert


async def test_twelve_papers_are_told_in_one_message(any_town: Town):
    town = any_town
    papers = await at_district(town, 12)
    card = await town.joko.says(" ".join(map(tail, papers)) + " jam 9")
    assert "12 dari 12 dipilih" in card
    await town.joko.taps("✅ 12 berkas")
    assert {(await town.document(one)).since for one in papers} == {NINE}


async def test_of_twelve_papers_the_mistyped_one_is_named(town: Town):
    papers = await at_district(town, 12)
    odd = next(f"{n:04}" for n in range(1000, 1100) if f"{n:04}" not in set(map(tail, papers)))
    card = await town.joko.says(", ".join([*map(tail, papers[1:]), odd]) + " 09.00")
    assert "11 dari 11 dipilih" in card
    assert f"…{odd}" in card


async def test_a_number_with_a_bare_time_behind_it_is_a_leg(town: Town):
    said = [f"{one.number} 09.00" for one in await at_district(town, 3)]
    assert "09.00" in await town.joko.says(next(one for one in said if not find(one).nik))  # few look like a NIK


@pytest.mark.parametrize("who", ["joko", "sari"])
async def test_a_nik_in_groups_is_stored_nowhere(town: Town, who: str):
    await at_district(town, 3)
    town.people[who].phone.say("3326 0157 0895 0002 jam 9")
    await town.settled()
    assert "Jangan kirim NIK" in town.people[who].screen


@pytest.mark.parametrize(
    "when", ["24-11-2026 09.00", "24/11/2026 pukul 09.00 WIB", "2026-11-24 09:00", "24.11.2026 jam 9"]
)
async def test_a_whole_date_is_no_last_digits_and_what_may_be_a_nik_beside_it_is_not_kept(town: Town, when: str):
    papers = await at_district(town, 3)
    for named in (papers[:1], papers):
        for said in (f"{when} {' '.join(map(tail, named))}", f"{' '.join(map(tail, named))} {when}"):
            card = await town.joko.says(said)
            assert f"{len(named)} dari {len(named)} dipilih" in card
            assert "Waktu: Selasa 24 Nov pukul 09.00." in card
