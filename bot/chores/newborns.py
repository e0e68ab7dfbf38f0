"""Reminds of births that wait for papers or a name: on fixed days it tells the officer, the village and the family."""

from handlers.births.views import BirthDueView
from handlers.context import Services
from storage import outbox
from storage.births import reservations
from storage.births.reservations import GENTLE, LIMIT, Birth
from storage.db.protocol import Tx


async def remind(services: Services) -> bool:
    """Put down what is due while the counters are open: each day of a birth once. True if there is any."""
    now, workflow = services.now(), services.workflow
    async with services.storage.reading() as tx:
        found = await reservations.to_remind(tx, now)
    days = {birth: day for birth in found if (day := reservations.due(workflow, birth, now))}
    if not days or not await services.are_open():
        return False
    told = False
    for birth, day in days.items():
        async with services.storage.transaction() as tx:
            if await reservations.told(tx, birth, day, now):
                await _owe(tx, birth, day, now)
                told = True
    return told


async def _owe(tx: Tx, birth: Birth, day: int, now: int) -> None:
    staff, following = await reservations.hearers(tx, birth, now)
    dues = [
        outbox.Due(
            f"birth:{birth.id}:{day}:{chat}", chat, "reminder", outbox.NOTICE, now,
            facts=BirthDueView(birth.number, day, int(is_staff), int(day != GENTLE)).facts(),
        )
        for is_staff, chats in ((True, staff), (False, following))
        for chat in chats
    ]  # fmt: skip
    if day == LIMIT:
        await reservations.end_waits(tx, birth)
    await outbox.owe(tx, dues, now)
