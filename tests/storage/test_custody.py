"""The ledger of originals: who may say what, in which order, and two at once."""

from dataclasses import replace

import pytest

from storage import compat, ledger
from storage.counter import custody
from storage.counter.custody import BACK, NONE, OUT
from storage.originals.steps import Papers
from storage.records import Document
from storage.workflow import Workflow
from tests.storage.cast import AGUS, DEWI, HADI, LASTRI, MINUTE, WATI, YANTI, Register
from tests.storage.race import Work, race


async def papers(register: Register, one: Document) -> Papers:
    async with register.storage.reading() as tx:
        return await custody.of(tx, one.request)


async def ticker(register: Register, by: int, one: Document, state: str, *which: str, seen: int | None = None) -> Work:
    actor, found = await register.actor(by), await register.of(one.request)
    at = (await papers(register, one)).seen if seen is None else seen
    return lambda tx: custody.note(tx, register.workflow, found, which or ("nikah",), state, at, actor)


async def tick(register: Register, by: int, one: Document, state: str, *which: str, seen: int | None = None) -> object:
    work = await ticker(register, by, one, state, *which, seen=seen)
    async with register.storage.transaction() as tx:
        return await work(tx)


async def test_of_two_cards_alike_one_ticks_and_the_other_is_told_so(register: Register, engine):
    kk = await register.one()
    await tick(register, WATI, kk, OUT, "kk", "nikah")
    works = [await ticker(register, by, kk, BACK, paper) for by, paper in ((WATI, "kk"), (YANTI, "nikah"))]
    outcomes = await race(register.storage, engine, *works, before="guard_originals")
    assert sorted(outcomes, key=str) == [None, True]
    assert len((await papers(register, kk)).out) == 1


async def test_a_double_tap_at_once_is_one_step(register: Register, engine):
    kk = await register.one()
    work = await ticker(register, WATI, kk, OUT)
    outcomes = await race(register.storage, engine, work, work, before="guard_originals")
    assert True in outcomes
    assert len((await papers(register, kk)).steps) == 1
    assert len((await papers(register, kk)).steps) == 1


@pytest.mark.parametrize("by", [WATI, LASTRI, YANTI, HADI])
async def test_who_files_hands_over_or_returns_takes_papers_in_and_gives_them_back(register: Register, by: int):
    assert await tick(register, by, await register.one(), OUT)


@pytest.mark.parametrize("by", [AGUS, DEWI])
async def test_nobody_else_does(register: Register, by: int):
    with pytest.raises(PermissionError):
        await tick(register, by, await register.one(), OUT)


async def test_only_who_put_a_step_down_takes_it_back_and_only_in_time(register: Register):
    kk = await register.one()
    await tick(register, WATI, kk, OUT)
    with pytest.raises(PermissionError):
        await tick(register, LASTRI, kk, NONE)
    assert await tick(register, WATI, kk, NONE)
    assert (await papers(register, kk)).standing == []
    await tick(register, WATI, kk, OUT)
    register.now += 10 * MINUTE
    with pytest.raises(PermissionError):
        await tick(register, WATI, kk, NONE)
    assert await tick(register, YANTI, kk, NONE)
    kinds = [one.kind for one in (await papers(register, kk)).steps]
    assert kinds == ["paper", "undo", "paper", "correct"]


async def test_what_is_taken_back_is_marked_so_and_what_came_before_stands_again(register: Register):
    kk = await register.one()
    await tick(register, WATI, kk, OUT)
    await tick(register, WATI, kk, BACK)
    (_, back) = (await papers(register, kk)).steps
    await tick(register, WATI, kk, OUT)
    found = await papers(register, kk)
    assert (found.out, [one.state for one in found.standing]) == (("nikah",), [OUT])
    async with register.storage.reading() as tx:
        act = await ledger.act_of(tx, back.act)
    assert act
    assert act.undone_by == found.steps[-1].act


async def test_a_file_that_comes_again_brings_its_original_again(register: Register):
    kk = await register.one()
    for state in (OUT, BACK):
        await tick(register, WATI, kk, state)
    register.now += 10 * MINUTE
    assert await tick(register, YANTI, kk, OUT)
    assert [one.kind for one in (await papers(register, kk)).steps] == ["paper"] * 3
    assert (await papers(register, kk)).out == ("nikah",)


async def test_an_original_in_use_must_stay_in_the_district_file(register: Register):
    kk = await register.one()
    await tick(register, WATI, kk, OUT)
    district = register.workflow.district
    kept = tuple(one for one in district.originals if one.key != "nikah")
    async with register.storage.reading() as tx:
        assert await compat.misfits(tx, register.workflow) == []
        wrong = await compat.misfits(tx, Workflow(replace(district, originals=kept)))
    assert wrong == ["the original 'nikah' of a family is not in the district file any more; write it back"]
