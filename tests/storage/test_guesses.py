"""Guessing numbers: five misses an hour, and the breaker that slows whoever has missed, and nobody else."""

import pytest

from storage import documents, guesses, people
from storage.guesses import AN_HOUR, OF_ALL, Sifted
from storage.numbers import draw
from tests.storage.cast import BUDI, DAY, HOUR, MINUTE, NOW, SARI, WATI, Register
from tests.storage.test_births import reserve


async def ask(register: Register, chat: int, *asked: str) -> Sifted:
    """A chat sends numbers in one message; what it misses is counted."""
    async with register.storage.transaction() as tx:
        person = await people.get(tx, chat)
        looks = [await documents.status(tx, number, chat, register.now) for number in asked]
        waits = [number for number in asked if await people.follow_of(tx, chat, number)]
        sifted = await guesses.sift(tx, person, looks, waits, register.now)
        await guesses.count(tx, chat, sifted.misses, register.now)
    return sifted


async def guess(register: Register, chat: int, times: int) -> int | None:
    """Numbers that are not there, a message each; until when the last of them is refused."""
    answers = [await ask(register, chat, draw()) for _ in range(times)]
    return answers[-1].until


async def crowd(register: Register, misses: int = OF_ALL) -> None:
    """So many misses of other chats, a minute ago."""
    async with register.storage.transaction() as tx:
        for chat in range(misses // AN_HOUR):
            await guesses.count(tx, 9000 + chat, [draw() for _ in range(AN_HOUR)], register.now - MINUTE)


async def test_five_misses_an_hour_then_a_pause_until_the_first_is_an_hour_old(register: Register):
    assert await guess(register, SARI, 1) is None
    register.now += 10 * MINUTE
    assert await guess(register, SARI, 4) is None
    assert await guess(register, SARI, 1) == NOW + HOUR
    assert await guess(register, BUDI, 1) is None
    register.now = NOW + HOUR
    assert await guess(register, SARI, 1) is None
    assert await guess(register, SARI, 1) == NOW + HOUR + 10 * MINUTE


async def test_ten_numbers_in_one_message_are_ten_guesses(register: Register):
    kk = await register.one()
    asked = [draw() for _ in range(9)]
    sifted = await ask(register, SARI, *asked, kk.number)
    assert sifted.unknown == sifted.misses == tuple(asked[:5])
    assert (sifted.shown, sifted.refused, sifted.until) == ((), (*asked[5:], kk.number), NOW + HOUR)
    assert (await ask(register, SARI, kk.number)).refused == (kk.number,)


async def test_a_number_that_is_reserved_for_a_birth_is_there_and_no_miss(register: Register):
    number = (await reserve(register)).number
    sifted = await ask(register, SARI, number)
    assert ([look.number for look in sifted.shown], sifted.unknown, sifted.misses) == ([number], (), ())
    assert await guess(register, SARI, 5) is None
    assert (await ask(register, SARI, number)).refused == (number,)


async def test_the_same_number_twice_is_one_miss_and_answers_in_the_pause(register: Register):
    asked = [draw() for _ in range(5)]
    assert (await ask(register, SARI, *asked)).misses == tuple(asked)
    for _ in range(3):
        assert await ask(register, SARI, *asked) == Sifted(unknown=tuple(asked))
    assert (await ask(register, SARI, asked[0], draw())).unknown == (asked[0],)
    register.now += HOUR
    assert (await ask(register, SARI, *asked)).misses == tuple(asked)
    async with register.storage.reading() as tx:
        assert await guesses.of_all(tx, register.now) == 5


async def test_to_be_forgotten_gives_no_further_guesses(register: Register):
    assert await guess(register, SARI, 6) == NOW + HOUR
    async with register.storage.transaction() as tx:
        await people.forget(tx, SARI)
    assert await guess(register, SARI, 1) == NOW + HOUR


async def test_what_is_kept_of_a_miss_says_neither_who_nor_what_and_goes_after_an_hour(register: Register):
    number = draw()
    await ask(register, SARI, number)
    [(who, what, at)] = await register.ask("select who, what, at from miss")
    assert (len(who), len(what), at) == (32, 32, NOW)
    assert not {str(SARI), number} & {who, what}
    for after, kept in ((HOUR - 1, 1), (HOUR, 0)):
        async with register.storage.transaction() as tx:
            assert await guesses.any_old(tx, NOW + after) is not bool(kept)
            await guesses.purge(tx, NOW + after)
        assert await register.ask("select count(*) from miss") == [(kept,)]


async def test_when_the_clock_was_set_back_nobody_waits_for_the_old_one(register: Register):
    register.now += DAY
    assert await guess(register, SARI, 6) == NOW + DAY + HOUR
    async with register.storage.transaction() as tx:
        assert await guesses.any_old(tx, NOW)
        await guesses.purge(tx, NOW)
    register.now = NOW
    assert await guess(register, SARI, 1) is None


async def test_each_database_has_a_key_of_its_own_and_keeps_it(register: Register):
    number = draw()
    await ask(register, SARI, number)
    first = await register.ask("select who from miss")
    await register.ask("delete from miss returning 1")
    await ask(register, SARI, number)
    assert await register.ask("select who from miss") == first
    await register.ask("delete from secret returning 1")
    await ask(register, SARI, draw())
    assert (await register.ask("select who from miss order by at"))[-1:] != first


async def test_the_breaker_slows_who_missed_and_never_who_asks_for_what_is_there(register: Register):
    kk, ktp = await register.one(), await register.one("KTP")
    assert await guess(register, SARI, 2) is None
    await crowd(register)
    assert await guess(register, SARI, 1) == NOW + HOUR
    assert (await ask(register, SARI, ktp.number)).refused == (ktp.number,)
    assert [look.number for look in (await ask(register, BUDI, kk.number, ktp.number)).shown] == [kk.number, ktp.number]
    assert (await ask(register, BUDI, unknown := draw(), kk.number)).unknown == (unknown,)
    assert await guess(register, BUDI, 1) is None
    assert await guess(register, BUDI, 1) == NOW + HOUR


async def test_while_the_breaker_is_open_one_waits_until_the_last_but_one_miss_is_an_hour_old(register: Register):
    await guess(register, SARI, 1)
    for _ in range(2):
        register.now += 10 * MINUTE
        await guess(register, SARI, 1)
    await crowd(register)
    assert await guess(register, SARI, 1) == NOW + 10 * MINUTE + HOUR


async def test_whoever_mistyped_once_while_the_breaker_is_open_has_one_more_try(register: Register):
    kk = await register.one()
    await crowd(register)
    assert await guess(register, SARI, 1) is None
    assert [look.number for look in (await ask(register, SARI, kk.number)).shown] == [kk.number]
    assert await guess(register, SARI, 1) is None
    assert (await ask(register, SARI, kk.number)).refused == (kk.number,)


async def test_the_first_message_of_somebody_shows_what_is_there_behind_what_is_not(register: Register):
    kk = await register.one()
    await crowd(register)
    assert [look.number for look in (await ask(register, SARI, draw(), kk.number)).shown] == [kk.number]


async def test_the_breaker_closes_when_the_misses_are_an_hour_old(register: Register):
    await crowd(register)
    register.now += 50 * MINUTE
    assert await guess(register, SARI, 3) == register.now + HOUR
    register.now += 9 * MINUTE
    assert await guess(register, SARI, 1) is None


@pytest.mark.parametrize("misses, slowed", [(OF_ALL - AN_HOUR, False), (OF_ALL, True)])
async def test_three_hundred_misses_of_all_open_the_breaker(register: Register, misses: int, *, slowed: bool):
    await crowd(register, misses - AN_HOUR)
    await guess(register, SARI, 3)
    async with register.storage.transaction() as tx:
        await guesses.count(tx, BUDI, [draw(), draw()], register.now)
        assert await guesses.of_all(tx, register.now) == misses
    assert (await guess(register, SARI, 1) is not None) == slowed


async def test_a_guesser_sees_only_what_they_follow_and_staff_see_all(register: Register):
    kk, ktp = await register.one(), await register.one("KTP")
    await register.follow(SARI, kk.number)
    await guess(register, SARI, 5)
    await guess(register, WATI, 9)
    assert [look.number for look in (await ask(register, SARI, ktp.number, kk.number)).shown] == [kk.number]
    assert (await ask(register, WATI, ktp.number)).refused == ()
    async with register.storage.reading() as tx:
        assert await guesses.of_all(tx, NOW) == 5


async def test_to_ask_for_what_one_waits_for_is_no_guess(register: Register):
    number = draw()
    await register.follow(SARI, number, known=False)
    for _ in range(9):
        assert (await ask(register, SARI, number)).misses == ()
