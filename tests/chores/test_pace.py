"""How long things take is learned once a day, while the counters are closed."""

from bot.chores import pace
from bot.demo import cast
from storage.records import DAY, HOUR
from tests.chores.stage import OPENING
from tests.storage.cast import ask
from tests.town import WORKFLOW


async def test_it_is_learned_once_a_day_and_not_while_people_work(morning):
    for n in range(20):
        async with morning.storage.real.transaction() as tx:
            await cast.walk(tx, WORKFLOW, "simego", ("KK",), "ready_at_village", OPENING - DAY, str(n))

    async def known_at(now: int) -> list[str]:
        morning.now = now
        assert not await pace.learn(morning.services)
        return sorted({type for (type,) in await ask(morning.storage.real, "select distinct type from pace")})

    later = OPENING + 60 * DAY
    while not WORKFLOW.calendar.is_open(later):
        later += DAY
    assert await known_at(later) == [], "the counters are open"
    assert await known_at(later + 12 * HOUR) == ["KK"]
    await ask(morning.storage.real, "delete from pace")
    assert await known_at(later + 13 * HOUR) == [], "once a day"
    assert await known_at(later + 23 * HOUR) == ["KK"], "the next morning, before the counters open"
