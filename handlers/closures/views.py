"""What is closed, as things are now."""

from handlers.closures.screens import closures_screen, until_screen, why_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import Refused, View
from handlers.wording import waiting
from storage.heads import closed_days
from storage.heads.closed_days import LONGEST
from storage.workflow import Workflow

OFFERED = 10  # days that stand on buttons; any other is written
YEAR = 366  # days from today on that can be closed; of years far away nobody knows the holidays


def days_from(workflow: Workflow, day: int, most: int) -> list[int]:
    """So many days from one on that a closure may begin or end with: those on which the counters would be open."""
    at, found = waiting.midnight(workflow, day) - 1, []
    for _ in range(most):
        at = workflow.calendar.next_opening(at)
        found.append(workflow.calendar.day(at).toordinal())
    return found


class ClosuresView(View, name="closures"):
    """What is closed from today on, and the next days."""

    async def show(self, viewer: Viewer) -> Screen:
        today = viewer.workflow.calendar.day(viewer.now).toordinal()
        async with viewer.storage.reading() as tx:
            closed = await closed_days.from_day(tx, today)
        days = days_from(viewer.workflow, today, OFFERED)
        return closures_screen(viewer.workflow, closed, days, viewer.t, viewer.now)


def refuse_unsound(viewer: Viewer, first: int, last: int) -> None:
    """Raises Refused for days that are over, too far away, too many, or in the wrong order."""
    today = viewer.workflow.calendar.day(viewer.now).toordinal()
    if first < today:
        raise Refused("close_past", then=ClosuresView())
    if first > today + YEAR or last < first:
        raise Refused("close_when", then=ClosuresView())
    if not closed_days.is_sound(first, last):
        raise Refused("close_long", then=ClosuresView())


class CloseUntilView(View, name="close_until"):
    """The last day of what begins on a day."""

    first: int

    async def show(self, viewer: Viewer) -> Screen:
        refuse_unsound(viewer, self.first, self.first)
        days = [day for day in days_from(viewer.workflow, self.first, OFFERED) if day < self.first + LONGEST]
        return until_screen(viewer.workflow, self.first, days, viewer.t, viewer.now)


class CloseWhyView(View, name="close_why"):
    """Why they are closed."""

    first: int
    last: int

    async def show(self, viewer: Viewer) -> Screen:
        refuse_unsound(viewer, self.first, self.last)
        return why_screen(viewer.workflow, self.first, self.last, viewer.t, viewer.now)
