"""What waits, and bags of it: packed, ticked, completed. For courier, village, district and registry alike."""

from handlers.bags.buttons import CompleteBag, PackBag, PackVillage, ShowBag, ShowTasks, Tick
from handlers.context import Request
from handlers.documents.handlers import answer_of, repeated, staff_only
from handlers.feature import Command, Feature
from handlers.refused import Refused
from handlers.reply import Answer
from locales import _
from storage import bags, ledger, people
from storage.records import Actor, Bag, MoveResult, Person
from storage.workflow import Workflow


async def tasks(request: Request) -> Answer:
    """/tugas."""
    staff_only(request)
    return _tasks(request)


async def tap_tasks(request: Request, button: ShowTasks) -> Answer:
    """What waits now, in place of the card."""
    staff_only(request)
    return _tasks(request)


def _tasks(request: Request) -> Answer:
    """What waits; for those who file and carry nothing, as reporters do, what they filed."""
    return Answer("filed_by_me" if _only_files(request.workflow, request.person) else "tasks")


def _only_files(workflow: Workflow, person: Person) -> bool:
    return bool(workflow.filing_posts(person)) and not workflow.waiting_stages(person)


async def pack(request: Request, button: PackBag) -> Answer:
    """What waits for one leg, as a bag with everything ticked."""
    return await _pack(request, button.origin, button.to)


async def pack_village(request: Request, button: PackVillage) -> Answer:
    """The same for one village, whatever other posts the officer holds."""
    return await _pack(request, button.origin, button.to, button.village)


async def _pack(request: Request, origin: str, to: str, village: str = "") -> Answer:
    staff_only(request)
    async with request.services.storage.transaction() as tx:
        bag = await bags.pack(tx, request.workflow, request.person, origin, to, request.now, village)
    if bag is None:
        raise Refused("changed", then=Answer("tasks"))
    return Answer("bag", {"bag": bag})


async def show_bag(request: Request, button: ShowBag) -> Answer:
    """A page of a bag."""
    await _own(request, button.bag)
    return Answer("bag", {"bag": button.bag, "page": button.page, "single": button.single})


async def tick(request: Request, button: Tick) -> Answer:
    """A line goes along, or stays."""
    bag = await _own(request, button.bag)
    places = [item.place for item in bag.items] if button.place < 0 else [button.place]
    async with request.services.storage.transaction() as tx:
        await bags.tick(tx, bag.id, places, request.chat, ticked=bool(button.on))
    return Answer("bag", {"bag": bag.id, "page": button.page}, passing=True)


async def _own(request: Request, id: int) -> Bag:
    """The bag, if it is this person's and still open. Anything else turns into the present state."""
    staff_only(request)
    async with request.services.storage.reading() as tx:
        bag = await bags.get(tx, id)
        if bag is None or bag.chat != request.chat:
            raise Refused("changed", then=Answer("tasks"))
        if bag.act is not None:
            raise Refused("changed", then=await _done_before(request, bag))
    return bag


async def _done_before(request: Request, bag: Bag) -> Answer:
    async with request.services.storage.reading() as tx:
        events = await ledger.events_of(tx, bag.act or 0)
    return Answer("acted", {"act": bag.act, "stage": events[0].to_stage}) if events else Answer("tasks")


async def complete(request: Request, button: CompleteBag) -> Answer:
    """Complete a leg for the ticked lines of a bag."""
    async with request.services.storage.transaction() as tx:
        officer = await people.get(tx, request.chat)
        bag = await bags.get(tx, button.bag)
        if not officer.posts:
            raise Refused("not_staff")
        if bag is None or bag.chat != request.chat:
            raise Refused("changed", then=Answer("tasks"))
        done = bag.act is not None
        if not done and not any(item.ticked for item in bag.items):
            raise Refused("choose", then=Answer("bag", {"bag": bag.id}))
        deed = (
            MoveResult(None)
            if done
            else await bags.complete(tx, request.workflow, bag, button.stage, Actor(officer, request.now))
        )
    if done:
        return await _once_more(request, bag)
    return answer_of(request, deed, button.stage)


async def _once_more(request: Request, bag: Bag) -> Answer:
    """What came of a bag that was completed before, unless that was taken back since."""
    present = await _done_before(request, bag)
    async with request.services.storage.reading() as tx:
        act = await ledger.act_of(tx, bag.act or 0)
    if act and act.undone_by is not None:
        raise Refused("changed", then=present)
    return repeated(request, present)


BAGS = Feature(
    commands=(
        Command(("tugas", "work"), tasks, _("what waits for you"), may=Workflow.waiting_stages),
        Command(("tugas", "work"), tasks, _("what you filed"), may=_only_files, in_menu=False),
    ),
    buttons={
        ShowTasks: tap_tasks,
        PackBag: pack,
        PackVillage: pack_village,
        ShowBag: show_bag,
        Tick: tick,
        CompleteBag: complete,
    },
)
