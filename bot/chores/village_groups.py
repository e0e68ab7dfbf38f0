"""Each working morning the counts of a village are posted in its group. Groups that have moved are followed."""

from handlers.context import Services
from handlers.groups.views import GroupCountsView
from storage import marks, outbox
from storage.groups import chats


async def post(services: Services) -> bool:
    """Put down the counts of the day, once, while the counters are open. True if there are any."""
    now, calendar = services.now(), services.workflow.calendar
    day = calendar.day(now).isoformat()
    async with services.storage.reading() as tx:
        found = await chats.in_reach(tx)
    is_open = bool(found) and await services.are_open()
    async with services.storage.transaction() as tx:
        await chats.follow_moved(tx)
        if not is_open or not await marks.mark_once(tx, f"groups:{day}", now):
            return False
        await outbox.owe(tx, [_due(chat, village, day, now) for chat, village in found], now)
    return True


def _due(chat: int, village: str, day: str, now: int) -> outbox.Due:
    facts = GroupCountsView(village, day).facts()
    return outbox.Due(f"group:{day}:{chat}", chat, "group", outbox.NOTICE, now, facts=facts)
