"""The last digits of several numbers in one message."""

import pytest

from handlers.wording.layout import grouped
from storage.heads import looks
from storage.numbers import is_number
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


@pytest.mark.parametrize("first", [100, 1000])
async def test_more_than_a_message_may_hold_are_told_so(town: Town, first: int):
    assert " 10 " in await town.hadi.says(", ".join(str(n) for n in range(first, first + 11)))
