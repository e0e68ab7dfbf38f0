"""The whole list of a village and its months, for those who work there."""

from handlers.context import Request
from handlers.feature import Feature
from handlers.view import Refused, View, staff_only
from handlers.village.buttons import ShowLampid, ShowVillage
from handlers.village.views import LampidView, VillageView
from storage.mornings import lampid

YEARS = 10  # for which a month can be looked at


async def show_village(request: Request, button: ShowVillage) -> View:
    """A page of it."""
    staff_only(request.person)
    if not request.workflow.is_in_sight(request.person, button.village):
        raise Refused("not_yours")
    return VillageView(button.village, button.page)


async def show_lampid(request: Request, button: ShowLampid) -> View:
    """The totals of a month, of this year or one before."""
    staff_only(request.person)
    works_there = any(post.village == button.village for post in request.person.posts)
    if not works_there and not request.workflow.is_in_sight(request.person, button.village):
        raise Refused("not_yours")
    this = lampid.number_of(request.workflow.calendar.day(request.now))
    if not this - YEARS * 12 < button.month <= this:
        raise Refused("changed", then=VillageView(button.village))
    return LampidView(button.village, button.month)


VILLAGE = Feature(buttons={ShowVillage: show_village, ShowLampid: show_lampid})
