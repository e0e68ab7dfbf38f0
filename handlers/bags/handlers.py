"""What waits, and bags of it: packed, ticked, completed. For courier, village, district and registry alike."""

from functools import partial

from handlers.bags.buttons import (
    CompleteBag,
    NextTasks,
    PackAgain,
    PackBag,
    PackMine,
    PackVillage,
    ShowBag,
    ShowTasks,
    ShowVillages,
    Tick,
    TickGroup,
)
from handlers.bags.views import BagView, GoneView, TasksView, VillagesView
from handlers.context import Request
from handlers.documents.handlers import answer_to, naming_own
from handlers.documents.views import ActedView
from handlers.feature import Command, Feature
from handlers.filing.views import FiledByMeView
from handlers.handover.views import FamiliesView
from handlers.morning.views import OversightView
from handlers.view import Answer, Refused, View, staff_only
from handlers.village.views import VillageView
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import bags, ledger, people
from storage.records import Actor, Bag, MoveResult, Person
from storage.road import consignments, legs
from storage.workflow import Workflow

SENTENCES |= {
    "shared": _("Others took some of these meanwhile. Please check what is left, then tap ✅ again."),
    "post_over": _(
        "Your access has ended, so nothing was recorded. Please hand what you carry to a colleague or the head."
    ),
    "post_changed": _("This is no longer your task, so nothing was recorded. Please see what is yours now."),
}


async def tasks(request: Request) -> View:
    """/tugas: what waits; for those who file and carry nothing, as reporters do, what they filed. With the name of a
    village, all that is there.
    """
    staff_only(request.person)
    return _village(request) if request.update.arguments else _own_tasks(request)


def _village(request: Request) -> View:
    workflow, said = request.workflow, request.update.arguments
    village = workflow.village_named(said)
    if village is None:
        seen = [one.name for one in workflow.villages.values() if workflow.is_in_sight(request.person, one.key)]
        raise Refused("behind", number=" ".join(["/tugas", *seen[:1]]))
    if not workflow.is_in_sight(request.person, village):
        raise Refused("not_yours")
    return VillageView(village)


def _own_tasks(request: Request) -> View:
    if _only_oversees(request.workflow, request.person):
        return OversightView()
    return FiledByMeView() if _only_files(request.workflow, request.person) else TasksView()


async def tap_tasks(request: Request, button: ShowTasks) -> View:
    """The same, a page of it, in place of the card."""
    staff_only(request.person)
    view = _own_tasks(request)
    return TasksView(button.page) if isinstance(view, TasksView) else view


async def tap_next(request: Request, button: NextTasks) -> Answer:
    """The same, and the card stays: it may hold the way back."""
    staff_only(request.person)
    return Answer(_own_tasks(request), fresh=True)


def _only_files(workflow: Workflow, person: Person) -> bool:
    return bool(workflow.filing_posts(person)) and not workflow.waiting_stages(person)


def _only_oversees(workflow: Workflow, person: Person) -> bool:
    return person.holds("head") and not workflow.waiting_stages(person)


async def pack(request: Request, button: PackBag) -> View:
    """What waits for one leg: first in which village, or a bag of it where there is but one."""
    staff_only(request.person)
    refuse_unknown(request.workflow, button.origin, button.to)
    if not request.workflow.stays(button.origin, button.to) and button.to not in request.workflow.at_home:
        async with request.storage.reading() as tx:
            found = await bags.for_anyone(tx, request.workflow, request.person, button.origin, button.to)
        if len(found) > 1:
            return VillagesView(button.origin, button.to)
    return await _pack(request, button.origin, button.to)


async def show_villages(request: Request, button: ShowVillages) -> View:
    """A page of the villages of a leg."""
    staff_only(request.person)
    refuse_unknown(request.workflow, button.origin, button.to)
    return VillagesView(button.origin, button.to, button.page)


async def pack_village(request: Request, button: PackVillage) -> View:
    """What waits for one leg in one village, or in all, as a bag."""
    return await _pack(request, button.origin, button.to, button.village)


async def pack_mine(request: Request, button: PackMine) -> View:
    """What I carry, as a bag."""
    return await _pack(request, button.origin, button.to, mine=True)


async def _pack(request: Request, origin: str, to: str, village: str = "", *, mine: bool = False) -> View:
    """A bag with everything ticked; with nothing, where one thing after another is done at a desk or for a family."""
    staff_only(request.person)
    workflow = request.workflow
    refuse_unknown(workflow, origin, to)
    if to in workflow.at_home:
        return FamiliesView(origin, village)
    ticked = not workflow.stays(origin, to)
    actor = Actor(request.person, request.now)
    async with request.storage.transaction() as tx:
        bag = await bags.pack(tx, workflow, actor, origin, to, village, mine=mine, ticked=ticked)
    if bag is None:
        raise Refused("changed", then=TasksView())
    return BagView(bag)


async def pack_again(request: Request, button: PackAgain) -> View:
    """The bag of an act that was taken back, as it was ticked."""
    staff_only(request.person)
    async with request.storage.transaction() as tx:
        bag = await bags.again(tx, button.act, request.person.chat, request.now)
    if bag is None:
        raise Refused("changed", then=TasksView())
    return BagView(bag)


def refuse_unknown(workflow: Workflow, *stages: str) -> None:
    """Raises Refused for a stage that is not in the district file any more, or never was."""
    if not workflow.stages.keys() >= set(stages):
        raise Refused("changed", then=TasksView())


async def show_bag(request: Request, button: ShowBag) -> View:
    """A page of a bag."""
    await _open_bag(request, button.bag)
    return BagView(button.bag, button.page, button.single)


async def tick(request: Request, button: Tick) -> Answer:
    """A line goes along, or stays."""
    bag = await _open_bag(request, button.bag)
    places = [item.place for item in bag.items] if button.place < 0 else [button.place]
    async with request.storage.transaction() as tx:
        await bags.tick(tx, bag.id, places, request.person.chat, ticked=bool(button.on))
    return Answer(BagView(bag.id, button.page), passing=True)


async def tick_group(request: Request, button: TickGroup) -> Answer:
    """All papers of a kind, or of a village, go along, or stay."""
    bag = await _open_bag(request, button.bag)
    places = [item.place for item in bag.items if (item.village if button.village else item.type) == button.key]
    async with request.storage.transaction() as tx:
        await bags.tick(tx, bag.id, places, request.person.chat, ticked=bool(button.on))
    return Answer(BagView(bag.id), passing=True)


async def _open_bag(request: Request, id: int) -> Bag:
    """The bag, if it is this person's and not completed. Anything else turns into the present state."""
    async with request.storage.reading() as tx:
        bag = await bags.own(tx, id, request.person.chat)
    refuse_past_work(request.workflow, request.person, bag)
    if bag is None:
        raise Refused("changed", then=TasksView())
    if bag.act is not None:
        raise Refused("changed", then=await _completed(request, bag.act))
    return bag


def refuse_past_work(workflow: Workflow, officer: Person, bag: Bag | None) -> None:
    """Raises Refused for whoever is no staff, and for a bag of theirs from a time when they held another post."""
    is_open = bag is not None and bag.act is None
    if not officer.posts and is_open:
        raise Refused("post_over")
    staff_only(officer)
    if bag and is_open and not bags.may_complete(workflow, officer, bag):
        raise Refused("post_changed", then=TasksView())


async def _completed(request: Request, act: int) -> View:
    """What came of a bag by the act that completed it."""
    async with request.storage.reading() as tx:
        events = await ledger.events_of(tx, act)
    return ActedView(act, events[0].to_stage) if events else TasksView()


async def complete(request: Request, button: CompleteBag) -> Answer:
    """Complete a leg for the ticked lines of a bag."""
    try:
        return await _complete(request, button)
    except _Shared as shared:
        # Nothing has moved: what is left may not be what this officer holds in their hands.
        async with request.storage.transaction() as tx:
            await bags.tick(tx, button.bag, shared.places, request.person.chat, ticked=False)
        raise Refused("shared", then=BagView(button.bag)) from None


class _Shared(Exception):
    """Others have taken some of what is ticked, at these places of the bag."""

    def __init__(self, places: list[int]) -> None:
        super().__init__(places)
        self.places = places


async def _complete(request: Request, button: CompleteBag) -> Answer:
    async with request.storage.transaction() as tx:
        officer = await people.get(tx, request.person.chat, request.now)  # with the posts held in this very transaction
        bag = await bags.own(tx, button.bag, officer.chat)
        refuse_past_work(request.workflow, officer, bag)
        if bag is None or (bag.how != "button" and not bag.at):
            raise Refused("changed", then=TasksView())
        if bag.act is None and button.stage in request.workflow.at_home:
            raise Refused("changed", then=FamiliesView(bag.from_stage, bag.village))
        if bag.act is None and not any(item.ticked for item in bag.items):
            raise Refused("choose", then=BagView(bag.id))
        actor = Actor(officer, request.now)
        complete = bags.complete if bag.how == "button" else legs.complete
        result = await complete(tx, request.workflow, bag, button.stage, actor) if bag.act is None else None
        if result and result.moved and bag.how == "button" and (places := _taken_by_others(bag, result, officer)):
            raise _Shared(places)
        if result:
            await consignments.give(tx, request.workflow, button.stage, result, actor)
            result = await naming_own(tx, result)
    if result is None:
        return await _once_more(request, bag.act or 0)
    return answer_to(result, button.stage, request, emptied=partial(GoneView, bag.id))


def _taken_by_others(bag: Bag, result: MoveResult, officer: Person) -> list[int]:
    taken = {one.document.id for one in result.overtaken if one.chat != officer.chat}
    return [item.place for item in bag.items if item.document in taken]


async def _once_more(request: Request, act: int) -> Answer:
    """What came of a bag that was completed before, unless that was taken back since."""
    view = await _completed(request, act)
    async with request.storage.reading() as tx:
        done = await ledger.act_of(tx, act)
    if done and done.undone_by is not None:
        raise Refused("changed", then=view)
    return Answer(view, recorded=False)


BAGS = Feature(
    commands=(
        Command(("tugas", "work"), tasks, _("what waits for you"), may=Workflow.waiting_stages, is_read=True),
        Command(("tugas", "work"), tasks, _("what you registered"), may=_only_files, is_read=True),
        Command(("tugas", "work"), tasks, _("what stands still"), may=_only_oversees, is_read=True),
    ),
    buttons={
        ShowTasks: tap_tasks,
        NextTasks: tap_next,
        PackBag: pack,
        PackVillage: pack_village,
        PackMine: pack_mine,
        PackAgain: pack_again,
        ShowVillages: show_villages,
        ShowBag: show_bag,
        Tick: tick,
        TickGroup: tick_group,
        CompleteBag: complete,
    },
)
