"""What waits, as things are now."""

from handlers.bags.screens import (
    ToldBesides,
    answered_lines,
    arrived_screen,
    bag_screen,
    look_at_tasks_screen,
    told_lines,
)
from handlers.bags.task_lists import Besides, places_screen, tasks_screen
from handlers.context import Viewer
from handlers.documents.views import OvertakenView
from handlers.reply import Screen
from handlers.view import View
from handlers.wording.layout import page
from storage import bags, documents
from storage.counter import custody, handovers
from storage.deputies import stand_ins
from storage.feedback import demands, questions
from storage.holds import queues
from storage.mornings import pickups, workload
from storage.news import relays
from storage.records import Bag
from storage.road import consignments


class LookAtTasksView(View, name="look_at_tasks"):
    """Staff are told that taps may be lost, after a time without us."""

    async def show(self, viewer: Viewer) -> Screen:
        return look_at_tasks_screen(viewer.t)


class TasksView(View, name="tasks"):
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
            uncounted = await consignments.uncounted(tx, viewer.workflow, viewer.person, viewer.now)
            awaited = await pickups.concerning(tx, viewer.workflow, viewer.person)
            to_tell = await relays.of_person(tx, viewer.workflow, viewer.person, viewer.now)
            money = await demands.open_to(tx, viewer.person)
            asked = await questions.open_to(tx, viewer.workflow, viewer.person, viewer.now)
            back = await workload.sent_back(tx, viewer.workflow, viewer.person)
        besides = Besides(
            len(objections),
            tuple(held),
            len(left_behind),
            tuple(absences),
            tuple(uncounted),
            tuple(awaited),
            len(to_tell),
            len(money),
            len(asked),
            tuple(back.items()),
        )
        return tasks_screen(viewer.workflow, viewer.person, found, late, viewer.t, viewer.now, self.page, besides)


class VillagesView(View, name="villages"):
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


class BagView(View, name="bag"):
    """A page of a bag; `single` to open one document instead of ticking. What waits now, if the bag is no more."""

    bag: int
    page: int = 0
    single: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            packed = await bags.own(tx, self.bag, viewer.person.chat)
            is_open = packed is not None and packed.act is None
            if packed is not None and is_open and packed.how != "button" and packed.at:
                return told_screen(viewer, packed, ToldBesides(), self.page, self.single)
            known = packed is not None and viewer.workflow.stages.keys() >= {packed.from_stage, packed.to_stage}
            if packed is not None and known and is_open:
                new = await bags.newcomers(tx, viewer.workflow, viewer.person, packed)
                is_full = len([item for item in packed.items if item.version == item.seen]) >= bags.MOST
                return bag_screen(
                    viewer.workflow, viewer.person, packed, self.page, self.single, new, viewer.t, is_full=is_full
                )
        return await TasksView().show(viewer)


class GoneView(View, name="gone"):
    """What is left of a bag of which nothing could move that was ticked, and who had moved what of it before."""

    bag: int
    faster: tuple[tuple[str, int, tuple[str, ...]], ...] = ()

    async def show(self, viewer: Viewer) -> Screen:
        if not self.faster:
            return await BagView(self.bag).show(viewer)
        async with viewer.storage.reading() as tx:
            bag = await bags.own(tx, self.bag, viewer.person.chat)
        gone = await OvertakenView(self.faster).show(viewer)
        if bag is None or bag.act is not None or not any(item.version == item.seen for item in bag.items):
            return gone
        if bag.how != "button":  # its lines are those that are gone, wherever they are, and would stand there again
            return gone
        left = await BagView(self.bag).show(viewer)
        return left._replace(text=f"{gone.text}\n\n{left.text}")


class AnsweredView(View, name="answered"):
    """A bag in which somebody ticked papers by last digits; and digits in which none of it ends, or several do."""

    bag: int
    unknown: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    async def show(self, viewer: Viewer) -> Screen:
        screen = await BagView(self.bag).show(viewer)
        lines = answered_lines(self.unknown, self.shared, viewer.t)
        return screen._replace(text=f"{screen.text}\n{page(*lines)}") if lines else screen


def told_screen(viewer: Viewer, bag: Bag, told: ToldBesides, page_no: int = 0, single: int = 0) -> Screen:
    """A bag that was told afterwards: as any other, with when it was, and every line of it however far it is by now."""
    here = bag._replace(items=tuple(item._replace(seen=item.version) for item in bag.items))
    screen = bag_screen(viewer.workflow, viewer.person, here, page_no, single, 0, viewer.t)
    lines = told_lines(viewer.workflow, bag, told, viewer.t, viewer.now)
    return screen._replace(text=f"{screen.text}\n{page(*lines)}")


class ToldView(View, name="told"):
    """What somebody told afterwards, as it was understood: a bag (none: 0), and what else they named."""

    bag: int
    unknown: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    elsewhere: tuple[int, ...] = ()
    foreign: int = 0
    to_come: int = 0  # 1: the time that they named

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = [await documents.get(tx, id) for id in self.elsewhere]
            packed = await bags.own(tx, self.bag, viewer.person.chat) if self.bag else None
        told = ToldBesides(self.unknown, self.shared, tuple(filter(None, found)), self.foreign, bool(self.to_come))
        if packed is None or packed.act is not None:
            return Screen(page(*told_lines(viewer.workflow, packed, told, viewer.t, viewer.now)))
        return told_screen(viewer, packed, told)


class LaterView(View, name="later"):
    """Nothing: what comes next says it."""

    async def show(self, viewer: Viewer) -> Screen | None:  # noqa: ARG002  # a view has this shape
        return None


class ArrivedView(View, name="arrived"):
    """What one act brought into a stage, as far as it is still there and this officer's business."""

    act: int
    stage: str

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            moved = await documents.of_act(tx, self.act)
            groups = await bags.waiting(tx, viewer.workflow, viewer.person)
        arrived = [d for d in moved if d.stage == self.stage and viewer.workflow.is_in_sight(viewer.person, d.village)]
        if not arrived:
            return None
        legs = [group for group in groups if group[0] == self.stage]
        return arrived_screen(viewer.workflow, viewer.person, self.stage, arrived, legs, viewer.t)
