"""What waits, as things are now."""

from dataclasses import dataclass, replace

from handlers.bags.screens import arrived_screen, bag_screen, look_at_tasks_screen
from handlers.bags.task_lists import Besides, due, places_screen, reminder_screen, tasks_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import View, view
from handlers.wording import standstill
from locales import speech
from storage import bags, documents
from storage.counter import custody, handovers
from storage.holds import queues
from storage.posts import stand_ins


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
            found = await bags.legs(tx, viewer.workflow, viewer.person)
            # Whoever has nothing to do is told that all is well only if it is.
            asks = not found or viewer.person.holds("head")
            late = await bags.late(tx, viewer.workflow, viewer.now) if asks else []
            objections = await handovers.objections(tx, viewer.person)
            held = queues.theirs(viewer.workflow, viewer.person, await queues.everything(tx))
            left_behind = await custody.left_behind(tx, viewer.workflow, viewer.person)
            absences = await stand_ins.of_chat(tx, viewer.person.chat, viewer.now)
        besides = Besides(len(objections), tuple(held), len(left_behind), tuple(absences))
        return tasks_screen(viewer.workflow, viewer.person, found, late, viewer.t, viewer.now, self.page, besides)


@view("villages")
@dataclass(frozen=True, slots=True)
class VillagesView(View):
    """In which villages something waits for a leg. What waits now, if nothing does any more."""

    origin: str
    to: str
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await bags.for_anyone(tx, viewer.workflow, viewer.person, self.origin, self.to)
        if not found:
            return await TasksView().show(viewer)
        return places_screen(viewer.workflow, viewer.person, found, self.page, viewer.t, viewer.now)


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
            known = packed is not None and viewer.workflow.stages.keys() >= {packed.from_stage, packed.to_stage}
            if packed is not None and known and packed.chat == viewer.person.chat and packed.act is None:
                new = await bags.newcomers(tx, viewer.workflow, viewer.person, packed)
                is_full = len([item for item in packed.items if item.version == item.seen]) >= bags.MOST
                return bag_screen(
                    viewer.workflow, viewer.person, packed, self.page, self.single, new, viewer.t, is_full=is_full
                )
        return await TasksView().show(viewer)


@view("reminder")
@dataclass(frozen=True, slots=True)
class ReminderView(View):
    """What somebody should take further in the morning of a `day` (2026-11-24)."""

    day: str

    async def show(self, viewer: Viewer) -> Screen | None:
        if self.day != viewer.workflow.calendar.day(viewer.now).isoformat():
            return None  # whoever was away for days needs no reminder of each
        # In whose place a colleague stands, that one is reminded.
        person = replace(viewer.person, posts=tuple([post for post in viewer.person.posts if not post.covered]))
        async with viewer.storage.reading() as tx:  # when it is sent: what was done by then is not said
            found = due(viewer.workflow, person, await bags.legs(tx, viewer.workflow, person), viewer.now)
            held = queues.theirs(viewer.workflow, person, await queues.everything(tx))
        looks = queues.to_look_at(viewer.workflow, held, viewer.now)
        if not found and not looks:
            return None
        greeting = speech.greeting(viewer.now, viewer.workflow.zone, viewer.t.lang)
        screen = reminder_screen(viewer.workflow, person, found, greeting, viewer.t, viewer.now)
        return standstill.reminded(screen, looks, viewer.t)


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
        return arrived_screen(viewer.workflow, viewer.person, self.stage, arrived, legs, viewer.t)
