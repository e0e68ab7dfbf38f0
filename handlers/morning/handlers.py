"""The deeds of a morning. What is promised, and who may promise it, is asked at the tap."""

from handlers.context import Request
from handlers.feature import Feature, for_heads, for_staff
from handlers.morning.buttons import (
    ChoosePickup,
    PromisePickup,
    ShowLate,
    ShowMorning,
    ShowPickup,
    ShowUntold,
    Snooze,
)
from handlers.morning.views import (
    ChoosePickupView,
    LateView,
    MorningView,
    OversightView,
    PickupView,
    SnoozeView,
    UntoldView,
)
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage.db.protocol import Tx
from storage.mornings import pickups, snoozes
from storage.records import VILLAGE_ROLES, Post


async def choose_pickup(request: Request, button: ChoosePickup) -> View:
    """The days on which a village may fetch."""
    async with request.storage.reading() as tx:
        await _post(tx, request, button.village)
        if not await pickups.ready(tx, request.workflow, button.village):
            raise Refused("changed", then=MorningView())  # a colleague has fetched it
    return ChoosePickupView(button.village)


async def show_pickup(request: Request, button: ShowPickup) -> View:
    """What goes into the bag of a village."""
    staff_only(request.person)
    if not request.workflow.is_in_sight(request.person, button.village):
        raise Refused("not_yours", then=MorningView())
    return PickupView(button.village)


async def show_late(request: Request, button: ShowLate) -> View:
    """What of a leg is late, for a head."""
    staff_only(request.person)
    if not request.person.holds("head"):
        raise Refused("not_yours", then=MorningView())
    if not request.workflow.stages.keys() >= {button.origin, button.to}:
        raise Refused("changed", then=OversightView())
    return LateView(button.origin, button.to, button.page)


async def promise(request: Request, button: PromisePickup) -> Answer:
    """The village fetches on this day; its desk and its other officers see it."""
    if button.day and button.day not in pickups.days(request.workflow, request.now):
        raise Refused("changed", then=MorningView())
    async with request.storage.transaction() as tx:
        post = await _post(tx, request, button.village)
        if button.day and not await pickups.ready(tx, request.workflow, button.village):
            raise Refused("changed", then=MorningView())  # a colleague has fetched it
        if button.day:
            await pickups.promise(tx, request.workflow, button.village, button.day, post.id, request.now)
        else:
            await pickups.withdraw(tx, button.village)
    return Answer(MorningView(), recorded=True)


async def _post(tx: Tx, request: Request, village: str) -> Post:
    """The post in a village of whoever asks, as it is in this transaction. Raises Refused without one."""
    officer = await officer_of(tx, request)
    found = next((post for post in officer.posts if post.village == village and post.role in VILLAGE_ROLES), None)
    if found is None or not request.workflow.is_in_sight(officer, village):
        raise Refused("not_yours", then=MorningView())
    return found


async def snooze(request: Request, button: Snooze) -> View | Answer:
    """Ask until when; then nothing is said before that day."""
    staff_only(request.person)
    if not button.day:
        return SnoozeView()
    if button.day not in pickups.days(request.workflow, request.now):
        raise Refused("changed", then=MorningView())
    async with request.storage.transaction() as tx:
        await snoozes.snooze(tx, request.person.chat, button.day)
    return Answer(SnoozeView(button.day), recorded=True)


MORNING = Feature(
    buttons={
        ShowMorning: for_staff(MorningView),
        ChoosePickup: choose_pickup,
        PromisePickup: promise,
        ShowPickup: show_pickup,
        ShowLate: show_late,
        ShowUntold: for_heads(UntoldView),
        Snooze: snooze,
    }
)
