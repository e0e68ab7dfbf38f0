"""Looking a number up, and guessing numbers."""

import pytest

from storage import documents, people
from storage.numbers import EXAMPLE
from storage.records import LookUp, Person
from tests.storage.cast import BUDI, DAY, DEWI, HOUR, LASTRI, MINUTE, NOW, SARI, WATI, YANTI, Register

UNKNOWN = EXAMPLE


async def look(register: Register, number: str, chat: int = SARI) -> LookUp:
    async with register.storage.reading() as tx:
        return await documents.status(tx, number, chat, register.now)


async def test_a_number_shows_its_documents_and_whether_i_follow(register: Register):
    found = await register.filed("KK", "AKL")
    assert (await look(register, found[0].number)).documents == tuple(found)
    assert not (await look(register, found[0].number)).followed
    await register.follow(SARI, found[0].number)
    assert (await look(register, found[0].number)).followed
    assert not (await look(register, found[0].number, BUDI)).followed


@pytest.mark.parametrize("number", [UNKNOWN, "", "1", "5631 8591 5492", "563185915493", "\0", "9" * 40])
async def test_a_number_that_is_not_in_the_register_has_no_documents(register: Register, number):
    assert (await look(register, number)) == LookUp(number)


@pytest.mark.parametrize("days, shown", [(89, 1), (90, 0)])
async def test_a_number_answers_for_90_days_after_its_last_document_was_handed_over(register: Register, days, shown):
    kk, akl = [await register.brought(one, "ready_at_district") for one in await register.filed("KK", "AKL")]
    await register.move(YANTI, "handed_over", kk)
    register.now += 200 * DAY
    assert len((await look(register, kk.number)).documents) == 2
    await register.move(YANTI, "handed_over", akl)
    register.now += days * DAY
    assert len((await look(register, kk.number)).documents) == 2 * shown


async def test_a_number_that_was_replaced_is_unknown(register: Register):
    kk = await register.one()
    await register.ask(f"update number set until = {NOW} returning number")
    await register.ask(
        f"insert into number (number, request, since) values ('{UNKNOWN}', {kk.request}, {NOW}) returning 1"
    )
    assert (await look(register, kk.number)).documents == ()
    assert [one.number for one in (await look(register, UNKNOWN)).documents] == [UNKNOWN]


async def test_open_documents_are_found_by_the_end_of_their_number_oldest_first(register: Register, monkeypatch):
    draws = iter(["240807202475", UNKNOWN, "234567890123"])
    monkeypatch.setattr("storage.numbers.draw", lambda: next(draws))
    first, second = await register.one(), await register.one()
    over = await register.brought(await register.one(), "handed_over")
    async with register.storage.reading() as tx:
        assert await documents.ending_with(tx, "2475") == [first]
        assert await documents.ending_with(tx, second.number) == [second]
        assert await documents.ending_with(tx, over.number[-4:]) == []


async def test_a_search_in_a_village_finds_its_files_however_many_others_have(register: Register, monkeypatch):
    monkeypatch.setattr(documents, "FOUND", 2)
    for _ in range(3):
        await register.one(village="simego", by=DEWI)
    ours = [await register.one() for _ in range(3)]
    async with register.storage.reading() as tx:
        assert [d.id for d in await documents.ending_with(tx, "", ["tlogopakis"])] == [d.id for d in ours[:2]]
        assert {d.village for d in await documents.ending_with(tx, "", ["tlogopakis", "simego"])} == {"simego"}
        assert await documents.ending_with(tx, "", []) == []


async def test_whoever_files_sees_what_they_filed_newest_first(register: Register):
    mine = [await register.filed("KK", "AKL"), await register.filed("KTP")]
    await register.filed(by=LASTRI)
    async with register.storage.reading() as tx:
        assert await documents.filed_by(tx, WATI) == [*mine[1], *mine[0]]
        assert await documents.filed_by(tx, SARI) == []


async def guess(register: Register, chat: int, times: int) -> int | None:
    async with register.storage.transaction() as tx:
        for _ in range(times):
            await people.missed(tx, chat, UNKNOWN, register.now)
        return await people.may_guess(tx, chat, register.now)


async def test_five_misses_an_hour_then_a_pause_until_the_first_is_an_hour_old(register: Register):
    assert await guess(register, SARI, 1) is None
    register.now += 10 * MINUTE
    assert await guess(register, SARI, 3) is None
    assert await guess(register, SARI, 1) == NOW + HOUR
    assert await guess(register, BUDI, 0) is None
    register.now = NOW + HOUR
    assert await guess(register, SARI, 0) is None
    assert await guess(register, SARI, 1) == NOW + HOUR + 10 * MINUTE


async def test_numbers_with_a_wrong_check_digit_are_no_misses(register: Register):
    async with register.storage.transaction() as tx:
        for _ in range(9):
            await people.missed(tx, SARI, "563185915493", NOW)
        assert await people.may_guess(tx, SARI, NOW) is None


async def test_when_many_chats_guess_everybody_pauses(register: Register):
    for chat in range(100):
        assert await guess(register, 9000 + chat, 3 - (chat == 99)) is None
    assert await guess(register, SARI, 1) == NOW + HOUR // 4
    register.now += HOUR
    assert await guess(register, SARI, 0) is None


async def test_a_guesser_sees_only_what_they_follow_and_staff_see_all(register: Register):
    kk, ktp = await register.one(), await register.one("KTP")
    await register.follow(SARI, kk.number)
    await guess(register, SARI, 5)
    await guess(register, WATI, 5)
    sari, wati = Person(SARI), await register.person(WATI)
    assert people.open_to(await look(register, kk.number), sari)
    assert not people.open_to(await look(register, ktp.number), sari)
    assert people.open_to(await look(register, ktp.number, BUDI), Person(BUDI))
    assert people.open_to(await look(register, ktp.number, WATI), wati)
