"""Printing from the chat: a PDF is owed, drawn as it leaves, and comes as a file that can be opened."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.press.printer import Printer
from handlers.paper.buttons import NewBooklet, PrintBag, PrintBoard, PrintBooklet, PrintPoster, PrintSlip
from handlers.wording.layout import grouped
from handlers.wording.links import bot_link, number_link
from storage.news import leftovers
from storage.workflow import Workflow
from tests.paper import scanner
from tests.town import DISTRICT, Inhabitant, Town, migrated

NOTE, NOT_YOURS = "Mungkin sudah Bapak/Ibu terima", "Ini tugas petugas lain. Tugas Bapak/Ibu: /tugas."

NUMBER = "563185915492"
BUTTONS = [
    PrintSlip(NUMBER), PrintBag(1), PrintBoard("kasimpar"), PrintPoster(), NewBooklet(7, "kasimpar"), PrintBooklet(7),
]  # fmt: skip
PUBLIC = Workflow(replace(DISTRICT, district=replace(DISTRICT.district, public_page=True)))


def files(who: Inhabitant) -> list[bytes]:
    return [seen.file.body for seen in who.phone.heard if seen.file and seen.file.name.endswith(".pdf")]


async def pickup_of(town: Town, number: str) -> str:
    async with town.storage.reading() as tx:
        row = await tx.one("slip", number=number)
        assert row
        return str(row[3])


async def test_whoever_filed_prints_the_slip_with_its_code(any_town: Town):
    town = any_town
    number = (await town.files("KK"))[0].number
    await town.warni.forges(PrintSlip(number))
    [pdf] = files(town.warni)
    assert [code.text for code in scanner.codes(pdf)] == [number_link("jekduk_bot", number)]
    assert f"Kode ambil\n{await pickup_of(town, number)}" in scanner.words(pdf)[0]
    assert town.warni.phone.heard[-1].silent


async def test_the_slip_is_a_tap_away_from_what_was_filed(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("KK", "✅ Daftarkan", "Cetak slip")
    assert len(files(town.warni)) == 1
    assert "Slip resi" in town.warni.screen


async def test_a_colleague_prints_the_slip_without_the_code(town: Town):
    number = (await town.files("KK"))[0].number
    await town.ningsih.forges(PrintSlip(number))
    [pdf] = files(town.ningsih)
    assert await pickup_of(town, number) not in scanner.words(pdf)[0].replace(number, "").replace(grouped(number), "")


@pytest.mark.parametrize("who", ["joko", "kayupuring", "hadi"])
async def test_whoever_may_not_file_for_the_village_prints_no_slip_of_it(town: Town, who):
    number = (await town.files("KK"))[0].number
    person = town.people[who]
    await person.forges(PrintSlip(number))
    assert (NOT_YOURS in person.alert, person.heard) == (True, [])


@pytest.mark.parametrize("button", BUTTONS, ids=lambda one: one.code)
async def test_families_print_nothing(town: Town, button):
    await town.sari.forges(button)
    assert "petugas" in town.sari.alert
    assert town.sari.heard == []


async def test_an_officer_prints_no_board_of_another_village(town: Town):
    await town.warni.forges(PrintBoard("kasimpar"))
    assert (NOT_YOURS in town.warni.alert, files(town.warni)) == (True, [])


async def test_a_double_tap_prints_once(any_town: Town):
    town = any_town
    number = (await town.files("KK"))[0].number
    await town.warni.forges(PrintSlip(number))
    await town.warni.forges(PrintSlip(number))
    assert len(files(town.warni)) == 1
    assert "Jawabannya sudah ada di chat ini" in town.warni.alert


async def test_a_pdf_whose_answer_got_lost_comes_again_and_says_so(town: Town):
    number = (await town.files("KK"))[0].number
    town.sandbox.fault("lose", "sendDocument")
    await town.warni.forges(PrintSlip(number))
    await town.passes(120)
    first, second = [seen for seen in town.warni.phone.heard if seen.file]
    assert (NOTE in first.text, NOTE in second.text) == (False, True)


async def test_a_file_that_telegram_refuses_is_not_said_to_be_there(town: Town):
    number = (await town.files("KK"))[0].number
    town.sandbox.fault("status", "sendDocument", code=400, words="Bad Request: wrong type of file", times=3)
    await town.warni.forges(PrintSlip(number))
    assert ("Sebentar lagi" in town.warni.alert, town.warni.heard) == (True, [])
    for _ in range(2):
        await town.passes(4)
    await town.warni.forges(PrintSlip(number))
    assert "Mohon maaf" in town.warni.alert
    assert (len(town.warni.heard), "Mohon maaf" in town.warni.screen, files(town.warni)) == (1, True, [])
    await town.passes(60)
    await town.warni.forges(PrintSlip(number))
    assert len(files(town.warni)) == 1


async def test_a_file_that_is_refused_for_a_moment_comes(town: Town):
    number = (await town.files("KK"))[0].number
    town.sandbox.fault("status", "sendDocument", code=400, words="Bad Request: FILE_PART_0_MISSING")
    await town.warni.forges(PrintSlip(number))
    await town.passes(4)
    assert (len(files(town.warni)), len(town.warni.heard)) == (1, 1)


async def test_what_is_killed_while_it_prints_is_printed_by_the_next(any_town: Town):
    town = any_town
    number = (await town.files("KK"))[0].number
    town.parts.sender._delivery._printer = Printer(60, "tests.paper.hangs")
    town.warni.phone.forge(PrintSlip(number).pack())
    while not town.parts.sender.hand.taken:  # noqa: ASYNC110  # a sender tells nobody that it has begun
        await asyncio.sleep(0.01)
    await town.kill()
    await town.start()
    await town.passes(1)
    assert len(files(town.warni)) == 1


async def test_a_child_that_fails_is_tried_again_and_holds_up_nobody_else(town: Town):
    number = (await town.files("KK"))[0].number
    town.parts.sender._delivery._printer = Printer(module="tests.paper.nothing")
    await town.warni.forges(PrintSlip(number))
    assert files(town.warni) == []
    assert "Jek-Duk" in await town.sari.says("/start")
    town.parts.sender._delivery._printer = Printer()
    await town.passes(120)
    assert len(files(town.warni)) == 1


async def test_while_two_are_drawn_others_wait_in_the_outbox_and_not_in_a_place_of_the_sender(town: Town):
    number = (await town.files("KK"))[0].number
    town.parts.sender._delivery._printer = Printer(60, "tests.paper.hangs")
    three = (town.warni, town.ningsih, town.rina)
    for who in three:
        who.phone.forge(PrintSlip(number).pack())
    while not town.parts.counts.notices["Later"]:  # noqa: ASYNC110  # a sender tells nobody what it settled
        await asyncio.sleep(0.01)
    assert town.parts.sender.hand.taken == 2
    await town.kill()
    await town.start()
    for _ in three:
        await town.passes(2)
    assert [len(files(who)) for who in three] == [1, 1, 1]


async def test_a_sheet_that_can_never_be_drawn_is_kept_aside(town: Town):
    number = (await town.files("KK"))[0].number
    town.parts.sender._delivery._printer = Printer(module="tests.paper.nothing")
    await town.warni.forges(PrintSlip(number))
    for _ in range(6):
        await town.passes(120)
    async with town.storage.reading() as tx:
        [(_, kind, *_, error)] = await leftovers.given_up(tx)
    assert (kind, error) == ("paper", "paper")
    assert [said.split(",")[0] for said in town.warni.heard] == ["Mohon maaf"]  # who asked for it does not wait in vain


async def test_the_list_of_a_bag_names_what_is_ticked_and_its_villages(town: Town):
    kept, left = (await town.files("KK"))[0], (await town.files("KTP"))[0]
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke kecamatan", f"☑ {grouped(left.number)}", "Cetak")
    [said] = scanner.words(files(town.joko)[0])
    assert grouped(kept.number) in said
    assert grouped(left.number) not in said
    for words in ("Tlogopakis: KK 1", "Diserahkan oleh", "Diterima oleh", "Jumlah berkas: 1"):
        assert words in said


async def test_a_list_of_a_bag_in_which_nothing_is_left_is_said_to_have_changed(town: Town):
    (card,) = await town.files("KK")
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke kecamatan")
    await town.carries(card, "to_district")
    await town.joko.taps("Cetak")
    assert ("Sudah berubah" in town.joko.screen, files(town.joko)) == (True, [])


async def test_nobody_prints_the_bag_of_a_colleague(town: Town):
    await town.files("KK")
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke kecamatan")
    [data] = [key["callback_data"] for row in town.joko.last.message.buttons for key in row if key["text"] == "Cetak"]
    await town.slamet.forges(data)
    assert ("Menika tugas petugas sanes" in town.slamet.alert, files(town.slamet)) == (True, [])


async def test_board_and_poster_are_printed_from_the_menu(town: Town):
    numbers = {(await town.files("KK"))[0].number for _ in range(3)}
    await town.warni.says("/cetak")
    await town.warni.taps("Papan desa")
    await town.warni.says("/cetak")
    await town.warni.taps("Poster")
    board, poster = files(town.warni)
    assert all(grouped(number) in scanner.words(board)[0] for number in numbers)
    assert [code.text for code in scanner.codes(poster)] == [bot_link("jekduk_bot")]


async def test_where_there_is_a_public_page_slip_and_poster_name_it(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/town.db"
    await migrated(url)
    async with Town.open(url, PUBLIC) as town:
        await town.kill()
        town.services = replace(town.services, page_url="https://jekduk.example.id")
        await town.start()
        await town.warni.forges(PrintSlip((await town.files("KK"))[0].number))
        await town.warni.forges(PrintPoster())
        assert ["jekduk.example.id" in scanner.words(pdf)[0] for pdf in files(town.warni)] == [True, True]


async def test_whoever_sees_all_villages_chooses_one(town: Town):
    await town.rina.says("/cetak")
    await town.rina.taps("Kasimpar", "Papan desa")
    assert "Desa Kasimpar" in scanner.words(files(town.rina)[0])[0]
