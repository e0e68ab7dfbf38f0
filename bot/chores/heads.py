"""Tells the heads of the district what they should know, each once a day at most."""

from handlers.context import Services
from handlers.view import View
from storage import Tx, outbox, people


async def tell(tx: Tx, services: Services, what: str, view: View) -> None:
    """Owe it to each head, unless they were told of `what` today."""
    now, day = services.now(), services.workflow.calendar.day(services.now())
    dues = [
        outbox.Due(f"{what}:{day}:{chat}", chat, "reminder", outbox.NOTICE, now, facts=view.facts())
        for chat in await people.heads(tx)
    ]
    await outbox.owe(tx, dues, now)
