"""Looking a number up."""

import pytest

from storage import documents, overview
from storage.numbers import EXAMPLE
from storage.records import LookUp
from tests.storage.cast import BUDI, DAY, LASTRI, NOW, SARI, WATI, YANTI, Register

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


async def test_whoever_files_sees_what_they_filed_newest_first(register: Register):
    mine = [await register.filed("KK", "AKL"), await register.filed("KTP")]
    await register.filed(by=LASTRI)
    async with register.storage.reading() as tx:
        assert await overview.filed_by(tx, WATI) == [*mine[1], *mine[0]]
        assert await overview.filed_by(tx, SARI) == []
