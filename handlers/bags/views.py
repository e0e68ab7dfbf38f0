"""What waits, as things are now."""

from dataclasses import dataclass

from handlers.bags.screens import arrived_screen, bag_screen, look_at_tasks_screen, reminder_screen, tasks_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import View, view
from locales import speech
from storage import bags, documents


@view("look_at_tasks")
@dataclass(frozen=True, slots=True)
class LookAtTasksView(View):
    """Staff are told that taps may be lost, after a time without us."""

    async def show(self, viewer: Viewer) -> Screen:
        return look_at_tasks_screen(viewer.t)


@view("tasks")
@dataclass(frozen=True, slots=True)
class TasksView(View):
    """A page of what waits for one officer."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            groups = await bags.waiting(tx, viewer.workflow, viewer.person)
        return tasks_screen(viewer.workflow, groups, self.page, viewer.t, viewer.now)


@view("bag")
@dataclass(frozen=True, slots=True)
class BagView(View):
    """A page of a bag; `single` to open one document instead of ticking. What waits now, if the bag is no more."""

    bag: int
    page: int = 0
    single: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            packed = await bags.get(tx, self.bag)
            if packed is not None and packed.chat == viewer.person.chat and packed.act is None:
                new = await bags.newcomers(tx, viewer.workflow, viewer.person, packed)
                is_full = len([item for item in packed.items if item.version == item.seen]) >= bags.MOST
                return bag_screen(
                    viewer.workflow, viewer.person, packed, self.page, self.single, new, viewer.t, is_full=is_full
                )
        return await TasksView().show(viewer)


@view("reminder")
@dataclass(frozen=True, slots=True)
class ReminderView(View):
    """What lies ready for a village in the morning of a `day` (2026-11-24)."""

    village: str
    day: str

    async def show(self, viewer: Viewer) -> Screen | None:
        if self.day != viewer.workflow.calendar.day(viewer.now).isoformat():
            return None  # whoever was away for days needs no reminder of each
        # Counted when it is sent, for this village alone, whatever other posts the officer holds.
        async with viewer.storage.reading() as tx:
            groups = await bags.waiting(tx, viewer.workflow, bags.of_village(viewer.person, self.village))
        ready = [group for group in groups if viewer.workflow.stages[group[0]].ready]
        if not ready:
            return None
        greeting = speech.greeting(viewer.now, viewer.workflow.zone, viewer.t.lang)
        return reminder_screen(viewer.workflow, self.village, ready, greeting, viewer.t, viewer.now)


@view("arrived")
@dataclass(frozen=True, slots=True)
class ArrivedView(View):
    """What one act brought into a stage, as far as it is still there and this officer's business."""

    act: int
    stage: str

    async def show(self, viewer: Viewer) -> Screen | None:
        in_sight = viewer.workflow.villages_in_sight(viewer.person)
        async with viewer.storage.reading() as tx:
            moved = await documents.of_act(tx, self.act)
            groups = await bags.waiting(tx, viewer.workflow, viewer.person)
        arrived = [d for d in moved if d.stage == self.stage and (in_sight is None or d.village in in_sight)]
        if not arrived:
            return None
        legs = [group for group in groups if group[0] == self.stage]
        return arrived_screen(viewer.workflow, self.stage, arrived, legs, viewer.t)
