"""What waits this morning, as things are now."""

from handlers.context import Viewer
from handlers.morning.buttons import ShowLate
from handlers.morning.head_page import brief_screen, late_screen, oversight_screen, untold_screen
from handlers.morning.screens import (
    days_screen,
    morning_screen,
    pickup_screen,
    snooze_screen,
    snoozed_screen,
    unfetched_screen,
)
from handlers.reply import Screen
from handlers.view import View
from handlers.wording.layout import bold, page
from locales import dates
from storage import documents, people
from storage.feedback import demands
from storage.mornings import oversight, pickups, unfetched, workload
from storage.mornings.oversight import Oversight
from storage.mornings.workload import Morning
from storage.news import relays
from storage.records import Person


class ReminderView(View, name="reminder"):
    """What somebody should take further in the morning of a `day` (2026-11-24); `heard` if it rings."""

    day: str
    heard: int = 1

    async def show(self, viewer: Viewer) -> Screen | None:
        if self.day != viewer.workflow.calendar.day(viewer.now).isoformat():
            return None  # whoever was away for days needs no reminder of each
        person, morning = await _morning(viewer)  # when it is sent: what was done by then is not said
        seen = await _oversight(viewer) if viewer.person.holds("head") else None
        screen = None
        if morning.calls(viewer.workflow, viewer.now):
            screen = morning_screen(viewer.workflow, person, morning, viewer.t, viewer.now)
        if not seen:
            return screen
        day = dates.day(viewer.now, viewer.now, viewer.workflow.zone, viewer.t.lang)
        greeting = dates.greeting(viewer.now, viewer.workflow.zone, viewer.t.lang)
        title = viewer.t("{greeting}. {day}", greeting=greeting, day=day)
        whole = brief_screen(viewer.workflow, seen, title, viewer.t, viewer.now)
        if screen is None:
            return whole
        rest = screen.text.removeprefix(page(bold(title))).lstrip("\n")  # one greeting is enough
        return whole._replace(text=f"{whole.text}\n\n{rest}", rows=whole.rows + screen.rows)


class MorningView(View, name="morning"):
    """The same at any time of day."""

    async def show(self, viewer: Viewer) -> Screen:
        return morning_screen(viewer.workflow, *await _morning(viewer), viewer.t, viewer.now)


async def _morning(viewer: Viewer) -> tuple[Person, Morning]:
    """Somebody and their morning, without the posts in which a colleague stands: that one is reminded."""
    person = viewer.person._replace(posts=tuple([post for post in viewer.person.posts if not post.covered]))
    async with viewer.storage.reading() as tx:
        return person, await workload.of(tx, viewer.workflow, person, viewer.now)


# The head's


async def _oversight(viewer: Viewer) -> Oversight:
    async with viewer.storage.reading() as tx:
        return await oversight.of_district(tx, viewer.workflow, viewer.now)


class OversightView(View, name="oversight"):
    """What stands still in the whole district."""

    async def show(self, viewer: Viewer) -> Screen:
        day = dates.moment(viewer.now, viewer.now, viewer.workflow.zone, viewer.t.lang)
        title = viewer.t("What stands still · {moment}", moment=day)
        async with viewer.storage.reading() as tx:
            money = len(await demands.open_to(tx, viewer.person))
        return oversight_screen(viewer.workflow, await _oversight(viewer), title, viewer.t, viewer.now, money)


class LateView(View, name="late"):
    """A page of what of a leg is late, and who has it."""

    origin: str
    to: str
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            late = await oversight.late_papers(tx, viewer.workflow, self.origin, self.to, viewer.now)
            holders = {post.id: post for post in await people.posts(tx)}
        of = ShowLate(self.origin, self.to, self.page)
        return late_screen(viewer.workflow, late, of, holders, viewer.t, viewer.now)


class UntoldView(View, name="untold"):
    """A page of the families whom nobody has told."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await relays.in_village(tx, viewer.workflow, "", viewer.now, relays.TO_DISTRICT)
            types = {one.request: [d.type for d in await documents.of_request(tx, one.request)] for one in found}
        return untold_screen(viewer.workflow, found, types, self.page, viewer.t, viewer.now)


# Of villages, desks and families


class ChoosePickupView(View, name="choose_pickup"):
    """On which day a village fetches."""

    village: str

    async def show(self, viewer: Viewer) -> Screen:
        return days_screen(
            viewer.workflow, self.village, pickups.days(viewer.workflow, viewer.now), viewer.t, viewer.now
        )


class SnoozeView(View, name="snooze"):
    """Until when somebody is not reminded; without a day, the days there are."""

    day: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        if self.day:
            return snoozed_screen(viewer.workflow, self.day, viewer.t, viewer.now)
        return snooze_screen(viewer.workflow, pickups.days(viewer.workflow, viewer.now), viewer.t, viewer.now)


class PickupView(View, name="pickup"):
    """What lies ready for a village at the district office."""

    village: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            ready = await pickups.ready(tx, viewer.workflow, self.village)
        return pickup_screen(viewer.workflow, self.village, ready, viewer.t)


class UnfetchedView(View, name="unfetched"):
    """A family is reminded of what lies ready: first after 7 working days, then after 21. `heard` if it rings."""

    request: int
    step: int
    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        stages = unfetched.ready_for_families(viewer.workflow)
        async with viewer.storage.reading() as tx:
            found = [
                one for one in await documents.of_request(tx, self.request) if one.stage in stages and not one.hold
            ]
            is_followed = found and await people.follow_of(tx, viewer.person.chat, found[0].number)
        return unfetched_screen(viewer.workflow, found, self.step, viewer.t, viewer.now) if is_followed else None
