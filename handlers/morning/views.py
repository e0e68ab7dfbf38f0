"""What waits this morning, as things are now."""

from dataclasses import dataclass, replace

from handlers.bags.views import TasksView
from handlers.context import Viewer
from handlers.morning.screens import days_screen, morning_screen, pickup_screen, snooze_screen, snoozed_screen
from handlers.reply import Screen
from handlers.view import View, view
from locales import speech
from storage.mornings import pickups, workload
from storage.mornings.workload import Morning
from storage.records import Person


@view("reminder")
@dataclass(frozen=True, slots=True)
class ReminderView(View):
    """What somebody should take further in the morning of a `day` (2026-11-24); `heard` if it rings."""

    day: str
    heard: int = 1

    async def show(self, viewer: Viewer) -> Screen | None:
        if self.day != viewer.workflow.calendar.day(viewer.now).isoformat():
            return None  # whoever was away for days needs no reminder of each
        person, morning = await _morning(viewer)  # when it is sent: what was done by then is not said
        return _screen(person, morning, viewer) if morning.calls(viewer.workflow, viewer.now) else None


@view("morning")
@dataclass(frozen=True, slots=True)
class MorningView(View):
    """The same at any time of day. The list of work, if nothing waits any more."""

    async def show(self, viewer: Viewer) -> Screen | None:
        person, morning = await _morning(viewer)
        return _screen(person, morning, viewer) if morning else await TasksView().show(viewer)


async def _morning(viewer: Viewer) -> tuple[Person, Morning]:
    """Somebody and their morning, without the posts in which a colleague stands: that one is reminded."""
    person = replace(viewer.person, posts=tuple([post for post in viewer.person.posts if not post.covered]))
    async with viewer.storage.reading() as tx:
        return person, await workload.of(tx, viewer.workflow, person, viewer.now)


def _screen(person: Person, morning: Morning, viewer: Viewer) -> Screen:
    greeting = speech.greeting(viewer.now, viewer.workflow.zone, viewer.t.lang)
    return morning_screen(viewer.workflow, person, morning, greeting, viewer.t, viewer.now)


@view("choose_pickup")
@dataclass(frozen=True, slots=True)
class ChoosePickupView(View):
    """On which day a village fetches."""

    village: str

    async def show(self, viewer: Viewer) -> Screen:
        return days_screen(viewer.workflow, self.village, pickups.days(viewer.workflow, viewer.now), viewer.t)


@view("snooze")
@dataclass(frozen=True, slots=True)
class SnoozeView(View):
    """Until when somebody is not reminded; without a day, the days there are."""

    day: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        if self.day:
            return snoozed_screen(viewer.workflow, self.day, viewer.t, viewer.now)
        return snooze_screen(viewer.workflow, pickups.days(viewer.workflow, viewer.now), viewer.t)


@view("pickup")
@dataclass(frozen=True, slots=True)
class PickupView(View):
    """What lies ready for a village at the district office."""

    village: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            ready = await pickups.ready(tx, viewer.workflow, self.village)
        return pickup_screen(viewer.workflow, self.village, ready, viewer.t)
