"""Learns once a day how long documents took lately, so that families are told of days that come true."""

from handlers.context import Services
from storage import marks
from storage.statistics import forecast


async def learn(services: Services) -> bool:
    """Do it while the counters are closed, unless it was done on this day. False: it leaves nothing to send."""
    now, workflow = services.now(), services.workflow
    if workflow.calendar.is_open(now):
        return False
    async with services.storage.reading() as tx:
        last = await marks.marked(tx, "pace")
        if last is not None and workflow.calendar.day(last) == workflow.calendar.day(now):
            return False
        found = await forecast.learn(tx, workflow, now)
    async with services.storage.transaction() as tx:
        await forecast.keep(tx, found)
        await marks.mark(tx, "pace", now)
    return False
