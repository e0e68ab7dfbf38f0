"""What the register tells other systems, on both engines: in which order, which of it, and who may ask."""

from storage.feeds import deferred, progress, subscriptions, systems
from storage.feeds.progress import SPAN
from tests.storage.cast import DAY, JOKO, NOW, WATI, Register


async def admitted(register: Register, name: str = "sekolah") -> systems.Keys:
    async with register.storage.transaction() as tx:
        keys = await systems.add(tx, name, "", register.now)
    assert keys
    return keys


async def test_a_name_is_taken_until_it_is_revoked_and_its_key_then_opens_nothing(register: Register):
    keys = await admitted(register)
    async with register.storage.transaction() as tx:
        assert await systems.add(tx, "sekolah", "", register.now) is None
        assert [one.name for one in [await systems.of_key(tx, keys.api)] if one] == ["sekolah"]
        assert await systems.revoke(tx, "sekolah", register.now)
        assert not await systems.revoke(tx, "sekolah", register.now)
        assert await systems.of_key(tx, keys.api) is None
    other = await admitted(register)
    assert other.signing != keys.signing
    async with register.storage.reading() as tx:
        assert [bool(one.revoked_at) for one in await systems.every(tx)] == [True, False]


async def test_the_newest_come_first_and_each_filter_is_kept_to(register: Register):
    await admitted(register)
    old = await register.one("KTP")
    register.now += DAY
    new = await register.one("KK")
    new = (await register.move(WATI, "to_district", new)).moved[0]
    register.now += DAY
    new = (await register.move(JOKO, "at_district", new)).moved[0]
    async with register.storage.reading() as tx:
        found = await progress.requested(tx, NOW - DAY, register.now)
        assert [one.document.id for one in found] == [new.id, old.id]
        assert [one.updated_at - one.requested_at for one in found] == [DAY, 0]
        assert [one.document.id for one in await progress.requested(tx, NOW - DAY, register.now, ["KTP"])] == [old.id]
        assert await progress.requested(tx, NOW - DAY, register.now, opened=False) == []
        assert await progress.requested(tx, NOW - SPAN, NOW) == []
        again = await progress.of_reference(tx, found[0].reference)
        assert again == found[0]


async def test_what_is_committed_is_told_once_in_order_to_whoever_subscribed_before(register: Register):
    await admitted(register)
    async with register.storage.reading() as tx:
        [system] = await systems.every(tx)
    await register.one()
    async with register.storage.transaction() as tx:
        id = await subscriptions.subscribe(tx, system.id, "t r", {"document": ""}, register.now)
        assert await subscriptions.subscribe(tx, system.id, "t r", {"document": ""}, register.now) == id
    acts = [(await register.file("KK")).request for _ in range(3)]
    async with register.storage.transaction() as tx:
        [one] = await subscriptions.due(tx, register.now)
        found = await subscriptions.untold(tx, one, register.now)
        assert (len(found), found) == (len(acts), sorted(found))
        assert await subscriptions.untold(tx, one, register.now - 1) == []
        await subscriptions.told(tx, one, found[:1])
    async with register.storage.transaction() as tx:
        [one] = await subscriptions.due(tx, register.now)
        assert (one.upto, await subscriptions.untold(tx, one, register.now)) == (found[0], found[1:])
        assert len(await progress.of_act(tx, found[1])) == 1
        await subscriptions.later(tx, one, register.now + 1, "away")
        assert await subscriptions.due(tx, register.now) == []
        assert [(tries, error) for _, _, tries, error in await subscriptions.of_system(tx, system.id)] == [(1, "away")]
        assert not await subscriptions.unsubscribe(tx, system.id + 1, id, register.now)
        assert await subscriptions.unsubscribe(tx, system.id, id, register.now)
        assert await subscriptions.due(tx, register.now + 1) == []


async def test_what_is_answered_later_is_kept_until_its_system_has_it_and_for_a_while(register: Register):
    await admitted(register)
    async with register.storage.transaction() as tx:
        [system] = await systems.every(tx)
        id = await deferred.ask(tx, system.id, "search", "t1", [["r1", {}]], register.now)
        assert await deferred.ask(tx, system.id, "search", "t1", [], register.now) == id
        assert await deferred.ask(tx, system.id, "txn-status", "t1", {}, register.now) != id
        one, status = await deferred.due(tx, register.now)
        assert (one.id, one.wants, one.name, await deferred.of(tx, system.id, "search", id=id)) == (
            id, [["r1", {}]], "sekolah", one,
        )  # fmt: skip
        await deferred.later(tx, one, register.now + 1, "away")
        await deferred.answered(tx, status, register.now)
        assert await deferred.due(tx, register.now) == []
        assert [one.tries for one in await deferred.due(tx, register.now + 1)] == [1]
        assert [one.id for one in await deferred.due(tx, register.now - 2 * DAY)] == [id]  # a clock that was set back
        await deferred.purge(tx, register.now + deferred.KEPT)
        assert await deferred.of(tx, system.id, "search", asked="t1")
        await deferred.purge(tx, register.now + deferred.KEPT + 1)
        assert await deferred.of(tx, system.id, "search", asked="t1") is None
