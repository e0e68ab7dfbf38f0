"""Tells the heads of the district what they should know, each once a day at most."""

from handlers.context import Services
from handlers.view import View
from storage import Tx, people
from storage.news import word


async def tell(tx: Tx, services: Services, what: str, view: View) -> None:
    """Owe it to each head, unless they were told of `what` today."""
    now, day = services.now(), services.workflow.calendar.day(services.now())
    await word.owe(tx, "reminder", f"{what}:{day}", await people.heads(tx), view.facts(), now)
