"""The last digits of several numbers in one message."""

import pytest

from handlers.wording.layout import grouped
from storage.heads import looks
from storage.numbers import is_number
from storage.records import Document
from tests.handlers.test_told_legs import at_district, tail
from tests.storage.cast import ask
from tests.town import Town

SPELLED = (
    "{0}, {1}",
    "{0} dan {1}",
    "{0}/{1}",
    "{0} {1}",
    "{0} karo {1}",
    "no {0} sama {1}",
    "/cari {0} {1}",
    "/cari {0},{1}",
)


@pytest.mark.parametrize("said", SPELLED)
async def test_a_head_sees_where_each_is(town: Town, said: str):
    one, two, _ = await at_district(town, 3)
    await town.hadi.says(said.format(tail(one), tail(two)))
    assert [grouped(paper.number) in town.hadi.screen for paper in (one, two)] == [True, True]


@pytest.mark.parametrize("said", [said for said in SPELLED if "/cari" not in said])
async def test_a_courier_takes_them_and_a_family_sees_what_it_follows(town: Town, said: str):
    one, two, _ = await at_district(town, 3)
    for paper in (one, two):
        await town.follows(town.sari, paper.number)
    words = said.format(tail(one), tail(two))
    assert "2 dari 2 dipilih" in await town.joko.says(words)
    await town.sari.says(words)
    assert [grouped(paper.number) in town.sari.screen for paper in (one, two)] == [True, True]


@pytest.mark.parametrize("said", SPELLED)
async def test_of_several_of_which_one_names_none_that_one_is_named(town: Town, said: str):
    papers = await at_district(town, 3)
    one, odd = papers[0], next(f"{n}" for n in range(1000, 1100) if not any(f"{n}" in one.number for one in papers))
    told = await town.hadi.says(said.format(tail(one), odd))
    assert told.startswith(f"…{odd}: tidak ada, atau lebih dari satu, berkas terbuka")
    async with town.storage.reading() as tx:  # that the other names one is as good as seen
        assert {one.subject for one in await looks.latest(tx)} == {tail(one), odd}


async def test_what_ends_one_number_as_a_whole_is_not_read_as_several(town: Town):
    one, two, three = await at_district(town, 3)
    for paper, end in ((two, one.number[4:8]), (three, one.number[:4])):
        renamed = f"update number set number = '{paper.number[:8]}{end}' where number = '{paper.number}' returning 1"
        await ask(town.storage, renamed)
    for said in (grouped(one.number), f"{one.number[4:8]} {tail(one)}"):
        await town.hadi.says(f"/cari {said}")
        assert grouped(one.number) in town.hadi.screen
        assert grouped(f"{two.number[:8]}{one.number[4:8]}") not in town.hadi.screen


async def test_three_ends_are_no_whole_number_while_some_end_one(town: Town):
    papers = await at_district(town, 3)
    one, two = map(tail, papers[:2])
    others = [f"{n}" for n in range(1000, 1100) if not any(f"{n}" in paper.number for paper in papers)]
    odd = next(end for end in others if not is_number(f"{one}{two}{end}") and not is_number(end * 3))
    for said in (f"/cari {one}, {two}, {odd}", f"{one}\n{two}\n{odd}"):
        assert (await town.hadi.says(said)).startswith(f"…{odd}: tidak ada")
    assert f"…{odd * 3} ·" in await town.hadi.says(f"/cari {odd} {odd} {odd}")


async def three_that_may_be_one(town: Town) -> tuple[list[Document], tuple[str, ...]]:
    """Open files whose last digits, one behind the other, have the check digit of a number that there is not."""
    papers = await at_district(town, 3)
    first, last = "2345", [f"{n}" for n in range(1000, 10_000)]
    two = next((a, b) for a in last for b in last if is_number(first + a + b))
    ends = (first, *two)
    for paper, end in zip(papers, ends, strict=True):
        number = next(n for n in (f"2{k:07}{end}" for k in range(1000)) if is_number(n))
        await ask(town.storage, f"update number set number = '{number}' where number = '{paper.number}' returning 1")
    return [await town.document(paper) for paper in papers], ends


@pytest.mark.parametrize("said", ["{0} {1} {2}", "{0}, {1}, {2}", "{0}\n{1}\n{2}"])
async def test_three_ends_with_the_check_digit_of_a_number_that_is_not_there_are_three(town: Town, said: str):
    papers, ends = await three_that_may_be_one(town)
    for paper in papers:
        await town.follows(town.sari, paper.number)
    for who, command in ((town.hadi, ""), (town.hadi, "/cari "), (town.sari, "")):
        await who.says(command + said.format(*ends))
        assert [paper.number for paper in papers if grouped(paper.number) not in who.screen] == []


async def test_a_number_that_is_not_filed_yet_is_one_though_a_part_of_it_ends_an_open_file(town: Town):
    _, ends = await three_that_may_be_one(town)
    number = next(n for n in (f"{a}{b}{ends[0]}" for a in range(2000, 2999) for b in range(1000, 1100)) if is_number(n))
    for said in (grouped(number), f"/cari {grouped(number)}"):
        assert "tidak ada di catatan" in await town.hadi.says(said)


async def test_a_whole_number_is_shown_also_once_it_is_closed(town: Town):
    await at_district(town, 3)
    (card,) = await town.files("KK")
    await town.carries(card, "handed_over")
    one, two, three = grouped(card.number).split()
    for said in ("{0}{1}{2}", "{0} {1} {2}", "{0}, {1}, {2}", "{0}{1} {2}"):
        assert "Sudah diserahkan" in await town.hadi.says("/cari " + said.format(one, two, three))
    for said in (f"{two} {three}", f"/cari {two} {three}"):
        assert f"…{two}{three} · Tidak ada berkas terbuka" in await town.hadi.says(said)


async def test_several_whole_numbers_are_searched_as_they_are_sent(town: Town):
    papers = await at_district(town, 2)
    await town.hadi.says("/cari " + ", ".join(paper.number for paper in papers))
    assert [paper.number for paper in papers if grouped(paper.number) not in town.hadi.screen] == []
    assert "NIK" in await town.hadi.says("/cari 3326 0157 0895 0002")


@pytest.mark.parametrize("said", ["{0} kena hujan", "sampun dugi Kajen {0}", "{0} {1} sudah dibawa", "{0} is torn"])
async def test_last_digits_amid_words_of_staff_are_shown(town: Town, said: str):
    one, two = await at_district(town, 2)
    for who in (town.hadi, town.rina):
        await who.says(said.format(tail(one), tail(two)))
        assert grouped(one.number) in who.screen
        assert (grouped(two.number) in who.screen) == ("{1}" in said)
    odd = next(f"{n}" for n in range(1000, 1100) if not any(f"{n}" in paper.number for paper in (one, two)))
    for told in (f"{odd} kena hujan", f"{tail(one)} dan {odd} sudah dibawa"):
        assert "angka terakhir" in await town.hadi.says(told)
    assert "petugas" not in await town.sari.says(f"{tail(one)} kena hujan")
    assert grouped(one.number) not in town.sari.screen


@pytest.mark.parametrize("first", [100, 1000])
async def test_more_than_a_message_may_hold_are_told_so(town: Town, first: int):
    assert " 10 " in await town.hadi.says(", ".join(str(n) for n in range(first, first + 11)))
