"""What had its time is forgotten."""

from bot.chores import purge
from bot.demo.cast import CAST
from storage import bags, inbox, marks, outbox, people
from storage.records import DAY, HOUR, MINUTE, Actor, StoredUpdate
from tests.chores.stage import OPENING, Morning
from tests.town import WORKFLOW


async def old_and_young(morning: Morning, now: int) -> list[int | None]:
    """One of each that has had its time and one that has not; the ids of the bags."""
    async with morning.storage.real.transaction() as tx:
        for id, age in ((1, 49 * HOUR), (2, 47 * HOUR)):
            await inbox.store(tx, [StoredUpdate(id, 7, "{}")], now - age)
            await inbox.done(tx, [id], now - age)
        for id, age in ((3, 31 * DAY), (4, 29 * DAY)):
            await outbox.owe(tx, [outbox.Due(str(id), id, "answer", outbox.ANSWER, now - age)], now - age)
            await marks.mark_once(tx, f"day:{id}", now - age)
        officer = await people.get(tx, CAST["warni"].chat)
        leg = ("ready_at_district", "to_village")
        return [await bags.pack(tx, WORKFLOW, Actor(officer, now - age), *leg) for age in (8 * DAY, 6 * DAY)]


async def test_what_had_its_time_is_forgotten_and_the_rest_is_not(morning):
    now = OPENING - 2 * HOUR
    packed = await old_and_young(morning, now)
    morning.now = now + MINUTE
    assert not await purge.forget(morning.services)
    async with morning.storage.real.transaction() as tx:
        assert len(await inbox.store(tx, [StoredUpdate(1, 7, "{}"), StoredUpdate(2, 7, "{}")], now)) == 1
        assert [one.chat for one in await outbox.claim(tx, outbox.ANSWER, now, 10)] == [4]
        assert [await marks.mark_once(tx, f"day:{id}", now) for id in (3, 4)] == [True, False]
        assert [bool(id and await bags.get(tx, id)) for id in packed] == [False, True]
