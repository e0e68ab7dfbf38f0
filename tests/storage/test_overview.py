"""The register from above: what a page may show."""

from storage import outbox, overview
from storage.overview import Load, Told
from tests.storage.cast import JOKO, NOW, SARI, SECOND, WATI, Register

GRACE = 10 * SECOND


async def test_the_mark_changes_with_every_move_and_with_nothing_else(register: Register):
    kk = await register.one()
    async with register.storage.reading() as tx:
        first = await overview.newest(tx)
        assert await overview.newest(tx) == first
    await register.move(WATI, "to_district", kk)
    async with register.storage.reading() as tx:
        assert await overview.newest(tx) != first


async def test_everything_on_the_road_is_there_and_what_arrived_lately(register: Register):
    going, arrived = await register.one(), await register.brought(await register.one(), "handed_over")
    async with register.storage.reading() as tx:
        assert {one.id for one in await overview.everything(tx, NOW - 1)} == {going.id, arrived.id}
        assert [one.id for one in await overview.everything(tx, NOW)] == [going.id]


async def test_who_is_told_of_a_step_is_a_role_or_a_family(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    kk = (await register.move(JOKO, "to_district", kk)).moved[0]
    result = await register.move(JOKO, "at_district", kk)
    async with register.storage.transaction() as tx:
        told = [one for one in await overview.told(tx, kk.id) if one.act == result.act]
        assert told == [Told(result.act or 0, "", "", 1, NOW + GRACE, None)]
        owed = await outbox.claim(tx, outbox.NOTICE, NOW + GRACE, 10)
        await outbox.sent(tx, [id for one in owed for id in one.ids], NOW + GRACE)
        assert [one.sent_at for one in await overview.told(tx, kk.id)] == [NOW + GRACE] * 2


async def test_the_load_counts_what_is_owed_and_what_is_kept_for_the_absent(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    await register.move(JOKO, "to_district", kk)
    async with register.storage.transaction() as tx:
        assert await overview.load(tx) == Load(updates=0, owed=1, away=0, stuck=0, sent=0)
        await outbox.lose(tx, SARI, "blocked", NOW)
        assert await overview.load(tx) == Load(updates=0, owed=0, away=1, stuck=0, sent=0)
