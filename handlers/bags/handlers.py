"""What waits, and bags of it: packed, ticked, completed. For courier, village, district and registry alike."""

from handlers.bags.buttons import CompleteBag, NextTasks, PackBag, PackVillage, ShowBag, ShowTasks, Tick
from handlers.bags.views import BagView, TasksView
from handlers.context import Request
from handlers.documents.handlers import answer_to, staff_only
from handlers.documents.views import ActedView
from handlers.feature import Command, Feature
from handlers.filing.views import FiledByMeView
from handlers.view import Answer, Refused, View
from locales import _
from storage import bags, ledger, people
from storage.records import Actor, Bag, Person
from storage.workflow import Workflow


async def tasks(request: Request) -> View:
    """/tugas: what waits; for those who file and carry nothing, as reporters do, what they filed."""
    staff_only(request.person)
    return FiledByMeView() if _only_files(request.workflow, request.person) else TasksView()


async def tap_tasks(request: Request, button: ShowTasks) -> View:
    """The same, a page of it, in place of the card."""
    view = await tasks(request)
    return TasksView(button.page) if isinstance(view, TasksView) else view


async def tap_next(request: Request, button: NextTasks) -> Answer:
    """The same, and the card stays: it may hold the way back."""
    return Answer(await tasks(request), fresh=True)


def _only_files(workflow: Workflow, person: Person) -> bool:
    return bool(workflow.filing_posts(person)) and not workflow.waiting_stages(person)


async def pack(request: Request, button: PackBag) -> View:
    """What waits for one leg, as a bag with everything ticked."""
    return await _pack(request, button.origin, button.to)


async def pack_village(request: Request, button: PackVillage) -> View:
    """The same for one village, whatever other posts the officer holds."""
    return await _pack(request, button.origin, button.to, button.village)


async def _pack(request: Request, origin: str, to: str, village: str = "") -> View:
    staff_only(request.person)
    async with request.storage.transaction() as tx:
        bag = await bags.pack(tx, request.workflow, request.person, origin, to, request.now, village)
    if bag is None:
        raise Refused("changed", then=TasksView())
    return BagView(bag)


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


async def _open_bag(request: Request, id: int) -> Bag:
    """The bag, if it is this person's and not completed. Anything else turns into the present state."""
    staff_only(request.person)
    async with request.storage.reading() as tx:
        bag = await bags.get(tx, id)
    if bag is None or bag.chat != request.person.chat:
        raise Refused("changed", then=TasksView())
    if bag.act is not None:
        raise Refused("changed", then=await _completed(request, bag.act))
    return bag


async def _completed(request: Request, act: int) -> View:
    """What came of a bag by the act that completed it."""
    async with request.storage.reading() as tx:
        events = await ledger.events_of(tx, act)
    return ActedView(act, events[0].to_stage) if events else TasksView()


async def complete(request: Request, button: CompleteBag) -> Answer:
    """Complete a leg for the ticked lines of a bag."""
    async with request.storage.transaction() as tx:
        officer = await people.get(tx, request.person.chat)  # with the posts held in this very transaction
        staff_only(officer)
        bag = await bags.get(tx, button.bag)
        if bag is None or bag.chat != officer.chat:
            raise Refused("changed", then=TasksView())
        if bag.act is None and not any(item.ticked for item in bag.items):
            raise Refused("choose", then=BagView(bag.id))
        actor = Actor(officer, request.now)
        result = await bags.complete(tx, request.workflow, bag, button.stage, actor) if bag.act is None else None
    if result is None:
        return await _once_more(request, bag.act or 0)
    return answer_to(result, button.stage, request)


async def _once_more(request: Request, act: int) -> Answer:
    """What came of a bag that was completed before, unless that was taken back since."""
    view = await _completed(request, act)
    async with request.storage.reading() as tx:
        done = await ledger.act_of(tx, act)
    if done and done.undone_by is not None:
        raise Refused("changed", then=view)
    return Answer(view, toast=request.t("Already recorded."))


BAGS = Feature(
    commands=(
        Command(("tugas", "work"), tasks, _("what waits for you"), may=Workflow.waiting_stages),
        Command(("tugas", "work"), tasks, _("what you filed"), may=_only_files, in_menu=False),
    ),
    buttons={
        ShowTasks: tap_tasks,
        NextTasks: tap_next,
        PackBag: pack,
        PackVillage: pack_village,
        ShowBag: show_bag,
        Tick: tick,
        CompleteBag: complete,
    },
)
