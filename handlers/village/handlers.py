"""The whole list of a village, for those who work there."""

from handlers.context import Request
from handlers.documents.handlers import staff_only
from handlers.feature import Feature
from handlers.view import Refused, View
from handlers.village.buttons import ShowVillage
from handlers.village.views import VillageView


async def show_village(request: Request, button: ShowVillage) -> View:
    """A page of it."""
    staff_only(request.person)
    if not request.workflow.is_in_sight(request.person, button.village):
        raise Refused("not_yours")
    return VillageView(button.village, button.page)


VILLAGE = Feature(buttons={ShowVillage: show_village})
