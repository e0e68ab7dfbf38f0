"""Numbers that are on paper before anything is filed under them: filed once, in their village, or never."""

import pytest

from storage import documents, numbers
from storage.db.ids import new_id
from storage.documents import Filed
from storage.paper import booklets
from storage.paper.booklets import Reserved
from tests.storage.cast import DEWI, LASTRI, NOW, RINI, SARI, WATI, Register
from tests.storage.race import Work, race


async def reserved(register: Register, count: int = 3, village: str = "tlogopakis") -> list[Reserved]:
    booklet = new_id(NOW)
    async with register.storage.transaction() as tx:
        await booklets.reserve(tx, booklet, village, count, None, NOW)
        return await booklets.of_booklet(tx, booklet)


async def filing(register: Register, slip: str, chat: int, village: str = "tlogopakis") -> Work:
    actor = await register.actor(chat)
    return lambda tx: documents.file(tx, register.workflow, village, ["KK"], f"{chat}:{slip}", actor, slip)


async def files(register: Register, slip: str, chat: int = WATI, village: str = "tlogopakis") -> Filed:
    work = await filing(register, slip, chat, village)
    async with register.storage.transaction() as tx:
        found: Filed = await work(tx)
    return found


async def test_the_numbers_of_a_booklet_are_sound_and_each_its_own(register):
    found = await reserved(register, 50)
    assert all(numbers.is_number(one.number) for one in found)
    assert len({one.number for one in found}) == 50


async def test_a_booklet_that_is_asked_for_again_stays_as_it_is(register):
    first = await reserved(register)
    async with register.storage.transaction() as tx:
        await booklets.reserve(tx, first[0].booklet, "tlogopakis", 9, None, NOW + 1)
        assert await booklets.of_booklet(tx, first[0].booklet) == first


async def test_whoever_follows_a_slip_is_told_once_it_is_filed(register):
    [slip, *_] = await reserved(register)
    await register.follow(SARI, slip.number)
    filed = await files(register, slip.number)
    assert filed.number == slip.number
    assert len(await register.owed(SARI)) == 1


async def test_a_slip_is_filed_once(register):
    [slip, *_] = await reserved(register)
    await files(register, slip.number)
    with pytest.raises(booklets.Used):
        await files(register, slip.number, LASTRI)
    assert await register.ask("select count(*) from request") == [(1,)]


async def test_the_same_draft_of_a_slip_is_filed_once_and_is_no_error(register):
    [slip, *_] = await reserved(register)
    first, second = await files(register, slip.number), await files(register, slip.number)
    assert (first.new, second.new, first.request == second.request) == (True, False, True)


async def test_a_slip_is_filed_in_its_own_village_alone(register):
    [slip, *_] = await reserved(register)
    for chat in (DEWI, RINI):
        with pytest.raises(booklets.Used):
            await files(register, slip.number, chat, "simego")
    assert (await files(register, slip.number)).new


async def test_a_number_that_is_on_no_slip_is_not_filed_under(register):
    with pytest.raises(booklets.Used):
        await files(register, numbers.draw())
    assert await register.ask("select count(*) from request") == [(0,)]


async def test_of_two_who_file_a_slip_at_once_one_does(register, engine):
    [slip, *_] = await reserved(register)
    works = [await filing(register, slip.number, chat) for chat in (WATI, LASTRI)]
    found = await race(register.storage, engine, *works, before="use_reserved", losing=booklets.Used)
    assert sorted(isinstance(one, Filed) for one in found) == [False, True]
    assert await register.ask("select count(*) from request") == [(1,)]


async def test_no_filing_draws_a_number_that_is_on_a_slip(register, monkeypatch):
    [slip, *_] = await reserved(register)
    drawn = iter([slip.number, numbers.EXAMPLE])
    monkeypatch.setattr(numbers, "draw", lambda: next(drawn))
    assert (await files(register, "")).number == numbers.EXAMPLE


async def test_no_slip_gets_a_number_that_is_filed(register, monkeypatch):
    filed = await files(register, "")
    drawn = iter([filed.number, numbers.EXAMPLE])
    monkeypatch.setattr(numbers, "draw", lambda: next(drawn))
    assert [one.number for one in await reserved(register, 1)] == [numbers.EXAMPLE]


async def test_a_village_has_200_slips_left_at_most(register):
    [slip, *_] = await reserved(register, 199)
    with pytest.raises(booklets.Enough):
        await reserved(register, 2)
    await files(register, slip.number)
    assert len(await reserved(register, 2)) == 2


async def test_a_slip_that_is_never_filed_stays_valid_and_is_counted_as_left(register):
    [slip, *others] = await reserved(register)
    await files(register, slip.number)
    async with register.storage.reading() as tx:
        [booklet] = await booklets.of_village(tx, "tlogopakis")
        assert await booklets.are_left(tx, "tlogopakis")
        assert not await booklets.are_left(tx, "simego")
        left = booklets.left_of(await booklets.of_booklet(tx, booklet.id))
    assert (booklet.count, booklet.used) == (3, 1)
    assert [one.number for one in left] == [one.number for one in others]
