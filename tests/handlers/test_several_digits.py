"""The last digits of several numbers in one message."""

import pytest

from handlers.wording.layout import grouped
from tests.handlers.test_told_legs import at_district, tail
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


async def test_of_several_of_which_one_names_none_nothing_is_guessed(town: Town):
    one, *_ = await at_district(town, 3)
    odd = next(f"{n:04}" for n in range(1000, 1100) if f"{n:04}" not in one.number)
    assert "satu per satu" in await town.hadi.says(f"{tail(one)}, {odd}")
