"""What stands on a stage that the district file is to lose is taken to another one."""

import pytest

from bot.cli.register.clear import clear
from bot.config import Settings, WrongSettings
from bot.lease import LASTS, NAME
from storage import ledger, open_storage
from storage.db import leases
from storage.holds import papers, queues, returns
from storage.records import Seen
from tests.storage.cast import BUDI, HOUR, YANTI, Register, appoint
from tests.town import WORKFLOW


@pytest.fixture
async def register(database_url):
    opened = await open_storage(database_url)
    await appoint(opened)
    yield Register(opened, WORKFLOW)
    await opened.close()


async def test_all_of_it_is_there_with_its_hold_and_a_step_of_its_own_and_nobody_is_told(register, database_url):
    kk, kia = [await register.brought(one, "at_district") for one in await register.filed("KK", "KIA")]
    other = await register.one()
    await register.follow(BUDI, kk.number)
    await register.ask("delete from outbox returning id")
    async with register.storage.transaction() as tx:
        await papers.hold(tx, WORKFLOW, [Seen(kia.id, kia.version)], "incomplete", None, await register.actor(YANTI))
    held, owed = await register.get(kia), await register.owed()
    register.now += HOUR
    said = await clear(Settings(database_url=database_url), "at_district", "filed", register.now)
    assert said == "documents taken from 'at_district' to 'filed': 2. Nobody was told"
    assert await register.get(kk) == kk._replace(stage="filed", version=kk.version + 1)
    assert await register.get(kia) == held._replace(stage="filed", version=held.version + 1)
    assert (await register.get(other), await register.owed()) == (other, owed)
    async with register.storage.reading() as tx:
        last = (await ledger.history(tx, kk.id))[-1]
    assert (last.kind, last.from_stage, last.to_stage) == ("correct", "at_district", "filed")
    assert (await register.ask("select count(*) from document where cause is not null")) == [(1,)]


@pytest.mark.parametrize(
    "new, why", [("handed_over", "'KK' do not wait"), ("nowhere", "no other stage"), ("filed", "the bot is running")]
)
async def test_what_cannot_be_there_stays(register, database_url, new, why):
    kk = await register.brought(await register.one(), "at_district")
    if new == "filed":
        async with register.storage.transaction() as tx:
            await leases.take(tx, NAME, "bot", await tx.clock(), LASTS)
    with pytest.raises(WrongSettings, match=why):
        await clear(Settings(database_url=database_url), "at_district", new, register.now)
    assert await register.get(kk) == kk


async def test_what_would_come_back_there_is_settled_first(register, database_url):
    kk = await register.brought(await register.one(), "at_district")
    settings, person = Settings(database_url=database_url), await register.actor(YANTI)
    async with register.storage.transaction() as tx:
        where = queues.Queue("at_district")
        result = await queues.hold(tx, WORKFLOW, where, "incomplete", None, person)
    with pytest.raises(WrongSettings, match="a queue is on hold at 'at_district'"):
        await clear(settings, "at_district", "filed", register.now)
    assert result
    assert await register.undo(YANTI, result.act)
    async with register.storage.transaction() as tx:
        kk = await register.get(kk)
        await returns.give_back(tx, WORKFLOW, [Seen(kk.id, kk.version)], "returned", {"id": ["KK"]}, person)
    with pytest.raises(WrongSettings, match="families have documents that were returned from 'at_district'"):
        await clear(settings, "at_district", "filed", register.now)
    assert (await register.get(kk)).stage == "returned"
