"""Numbers that are given at a birth: once, counted, filed once, and never drawn for anything else."""

from typing import Any

import pytest

from storage import documents, people
from storage.births import reservations
from storage.births.reservations import MOST, Birth
from storage.numbers import EXAMPLE
from storage.paper import booklets
from storage.records import Actor, Document
from tests.storage.cast import BUDI, CAMAT, DAY, DEWI, LASTRI, NOW, SARI, WATI, YANTI, Register
from tests.storage.race import Work, race


async def reserve(register: Register, who: int = LASTRI, id: int = 1, village: str = "tlogopakis") -> Birth:
    actor = await register.actor(who)
    async with register.storage.transaction() as tx:
        return await reservations.reserve(tx, register.workflow, village, id, 0, actor)


def filer(register: Register, birth: Birth, actor: Actor) -> Work:
    async def work(tx: Any) -> int:
        draft = f"{actor.person.chat}:{birth.number}"
        return (await documents.file(tx, register.workflow, birth.village, ["AKL"], draft, actor, birth.number)).request

    return work


async def numbers(register: Register) -> list[str]:
    return [row[0] for row in await register.ask("select number from birth order by number")]


async def test_of_two_who_file_under_a_number_one_does(register: Register, engine: str):
    birth = await reserve(register)
    works = [filer(register, birth, await register.actor(who)) for who in (LASTRI, WATI)]
    results = await race(register.storage, engine, *works, before="use_reserved", losing=booklets.Used)
    assert sorted(isinstance(one, booklets.Used) for one in results) == [False, True]
    assert await register.ask("select number from number") == [(birth.number,)]
    async with register.storage.reading() as tx:
        kept = await reservations.get(tx, birth.id)
    assert kept is not None
    assert kept.request in results


async def test_a_tap_that_comes_twice_reserves_one_number(register: Register, engine: str):
    actor = await register.actor(LASTRI)

    def work(tx: Any) -> Any:
        return reservations.reserve(tx, register.workflow, "tlogopakis", 1, 0, actor)

    one, other = await race(register.storage, engine, work, work, before="lock_posts")
    assert one == other
    assert len(await numbers(register)) == 1


async def test_of_two_at_once_the_last_one_that_is_allowed_is_given_once(register: Register, engine: str):
    for id in range(1, MOST):
        await reserve(register, id=id)
    actor = await register.actor(LASTRI)

    def work(id: int) -> Work:
        return lambda tx: reservations.reserve(tx, register.workflow, "tlogopakis", id, 0, actor)

    results = await race(register.storage, engine, work(98), work(99), before="lock_posts", losing=reservations.TooMany)
    assert sorted(isinstance(one, reservations.TooMany) for one in results) == [False, True]
    assert len(await numbers(register)) == MOST


async def test_a_number_that_is_there_is_given_to_no_birth(register: Register, monkeypatch):
    draws = iter([EXAMPLE, "240807202475", EXAMPLE, "240807202475", "234567890123"])
    monkeypatch.setattr("storage.numbers.draw", lambda: next(draws))
    assert (await reserve(register)).number == EXAMPLE
    assert (await register.one()).number == "240807202475"
    assert (await reserve(register, id=2)).number == "234567890123"


async def test_of_giving_a_number_back_and_filing_under_it_what_comes_second_does_nothing(register: Register):
    births = [await reserve(register, id=id) for id in (1, 2)]
    lastri, wati = await register.person(LASTRI), await register.actor(WATI)
    async with register.storage.transaction() as tx:
        await filer(register, births[0], wati)(tx)
        assert await reservations.give_back(tx, births[0], lastri, NOW) is None
        with pytest.raises(PermissionError):
            await reservations.give_back(tx, births[1], wati.person, NOW)
        assert await reservations.give_back(tx, births[1], lastri, NOW) == []
        with pytest.raises(booklets.Used):
            await filer(register, births[1], wati)(tx)


async def test_the_number_of_a_birth_is_in_no_list_of_booklets(register: Register):
    await reserve(register)
    async with register.storage.reading() as tx:
        assert await booklets.of_village(tx, "tlogopakis") == []
        assert not await booklets.are_left(tx, "tlogopakis")


async def test_nothing_is_filed_under_a_number_that_has_lapsed(register: Register):
    birth = await reserve(register)
    async with register.storage.transaction() as tx:
        assert await reservations.told(tx, birth, reservations.LIMIT, NOW)
    with pytest.raises(booklets.Used):
        async with register.storage.transaction() as tx:
            await filer(register, birth, await register.actor(LASTRI))(tx)


@pytest.mark.parametrize("who", [DEWI, SARI, CAMAT])
async def test_who_does_not_file_for_the_village_reserves_nothing(register: Register, who: int):
    with pytest.raises(PermissionError):
        await reserve(register, who)


@pytest.mark.parametrize("who, may", [(LASTRI, 1), (WATI, 1), (YANTI, 1), (DEWI, 0), (BUDI, 0)])
async def test_whoever_files_for_the_village_opens_it(register: Register, who: int, may: int):
    birth = await reserve(register)
    assert reservations.may_open(register.workflow, await register.person(who), birth) is bool(may)


async def test_a_midwife_is_shown_her_own_numbers_alone(register: Register):
    birth = await reserve(register, WATI)
    assert not reservations.may_open(register.workflow, await register.person(LASTRI), birth)
    async with register.storage.reading() as tx:
        lastri = await people.get(tx, LASTRI)
        assert await reservations.reserved(tx, register.workflow, lastri, "tlogopakis") == []


@pytest.mark.parametrize("days, day", [(6, 0), (7, 7), (44, 7), (45, 45), (60, 45), (61, 60), (90, 60)])
def test_a_day_is_due_once_it_has_come(days: int, day: int, workflow):
    birth = Birth(1, EXAMPLE, "simego", 1, reservations.day_of(workflow, NOW, 0), 0, None, None, 0)
    assert reservations.due(workflow, birth, NOW + days * DAY) == day
    told = Birth(1, EXAMPLE, "simego", 1, birth.born, 0, None, None, day)
    assert reservations.due(workflow, told, NOW + days * DAY) == 0


async def test_the_day_of_a_birth_is_kept_for_90_days(register: Register):
    await reserve(register)
    for days, left in ((90, 1), (91, 0)):
        async with register.storage.transaction() as tx:
            await reservations.purge(tx, reservations.day_of(register.workflow, NOW, 0) + days * DAY + (days > 90))
        assert len(await numbers(register)) == left


async def test_what_waits_for_a_name_waits_until_it_goes_on(register: Register):
    found: list[Document] = await register.filed("AKL", "KIA", by=LASTRI)
    actor = await register.actor(LASTRI)
    async with register.storage.transaction() as tx:
        await reservations.hold(tx, register.workflow, found, 3, actor)
        birth = await reservations.of_number(tx, found[0].number)
        assert birth
        assert (await reservations.is_waiting(tx, birth), birth.request) == (True, found[0].request)
        assert register.workflow.calendar.day(birth.born) == register.workflow.calendar.day(NOW - 3 * DAY)
        await reservations.named(tx, register.workflow, await documents.of_request(tx, found[0].request), actor)
        assert not await reservations.is_waiting(tx, birth)
