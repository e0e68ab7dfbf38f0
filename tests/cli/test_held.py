"""What stands still is printed with the code that carriers have for its reason."""

from bot.cli import held
from locales import dates
from storage import people
from storage.holds import papers, queues, returns
from storage.holds.queues import Queue
from storage.records import DAY, Actor, Seen
from tests.town import Inhabitant, Town


async def actor(town: Town, who: Inhabitant) -> Actor:
    async with town.storage.reading() as tx:
        return Actor(await people.get(tx, who.chat), town.clock)


async def test_a_line_for_each_cause_and_one_for_what_was_returned(any_town: Town):
    town = any_town
    cards = [await town.carries(one, "at_registry") for one in (*await town.files("KTP"), *await town.files("KTP"))]
    [faulty, dark] = [await town.carries(one, "at_district") for one in await town.files("KK", "KIA")]
    budi, rina = await actor(town, town.budi), await actor(town, town.rina)
    async with town.storage.transaction() as tx:
        review = town.clock + 7 * DAY
        await queues.hold(tx, town.workflow, Queue("at_registry", "KTP"), "blank", review, budi)
        seen = Seen(faulty.id, faulty.version)
        await returns.give_back(tx, town.workflow, [seen], "returned", {"id": ["KK lama bila ada"]}, rina)
        await papers.hold(tx, town.workflow, [Seen(dark.id, dark.version)], "power", None, rina)
    lines = held.table(await held.listed(town.storage, town.workflow)).splitlines()
    today, then = (dates.local(at, town.workflow.zone).date() for at in (town.clock, review))
    assert lines[0] == "reason,edifact_9013,documents,since,review"
    assert sorted(lines[1:]) == [f"blank,43,2,{today},{then}", f"power,,1,{today},", f"returned,37,1,{today},"]
    assert not any(card.number in line for card in cards for line in lines)


async def test_a_day_that_is_none_is_left_out(town: Town):
    [faulty] = [await town.carries(one, "at_district") for one in await town.files("KK")]
    rina = await actor(town, town.rina)
    async with town.storage.transaction() as tx:
        await papers.hold(tx, town.workflow, [Seen(faulty.id, faulty.version)], "power", None, rina)
        await tx.script(f"update cause set since = {2**62}")
    assert held.table(await held.listed(town.storage, town.workflow)).splitlines()[1:] == ["power,,1,,"]


async def test_where_nothing_stands_still_there_is_but_the_head(town: Town):
    assert await held.listed(town.storage, town.workflow) == []
