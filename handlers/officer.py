"""Work: what waits for me, bags, legs, and taking a tap back. For courier, village, district and registry alike."""

from collections.abc import Iterable

from handlers.bags.buttons import CompleteBag, PackBag, PackVillage, ShowBag, ShowTasks, Tick
from handlers.context import Request
from handlers.documents.buttons import OpenDocument, TakeLeg, Undo
from handlers.refused import Refused
from handlers.reply import Answer
from handlers.views import in_sight
from storage import bags, documents, ledger, people
from storage.db.protocol import Tx
from storage.records import Actor, Bag, MoveResult, Overtaken, Person, Seen

SHORTEST = 3


async def tasks(asked: Request) -> Answer:
    """/tugas."""
    _staff(asked)
    return _tasks(asked)


async def tap_tasks(asked: Request, button: ShowTasks) -> Answer:
    """What waits now, in place of the card."""
    _staff(asked)
    return _tasks(asked)


def _tasks(asked: Request) -> Answer:
    """What waits; for a reporter, who files and carries nothing, what they filed."""
    files_only = asked.workflow.filing_posts(asked.person) and not asked.workflow.waiting_stages(asked.person)
    return Answer("filed_by_me" if files_only else "tasks")


async def find(asked: Request) -> Answer:
    """/cari: open files by the last digits of their number."""
    _staff(asked)
    digits = "".join(c for c in asked.text if c.isdecimal() and c.isascii())
    if not SHORTEST <= len(digits) <= 12:  # noqa: PLR2004  # a whole number has 12
        raise Refused("find")
    return Answer("found", {"digits": digits})


def _staff(asked: Request) -> None:
    if not asked.person.posts:
        raise Refused("not_staff")


# Bags


async def pack(asked: Request, button: PackBag) -> Answer:
    """What waits for one leg, as a bag with everything ticked."""
    return await _pack(asked, button.origin, button.to)


async def pack_village(asked: Request, button: PackVillage) -> Answer:
    """The same for one village, whatever other posts the officer holds."""
    return await _pack(asked, button.origin, button.to, button.village)


async def _pack(asked: Request, origin: str, to: str, village: str = "") -> Answer:
    _staff(asked)
    async with asked.services.storage.transaction() as tx:
        bag = await bags.pack(tx, asked.workflow, asked.person, origin, to, asked.now, village)
    if bag is None:
        raise Refused("changed", then=Answer("tasks"))
    return Answer("bag", {"bag": bag})


async def show_bag(asked: Request, button: ShowBag) -> Answer:
    """A page of a bag."""
    await _own(asked, button.bag)
    return Answer("bag", {"bag": button.bag, "page": button.page, "single": button.single})


async def tick(asked: Request, button: Tick) -> Answer:
    """A line goes along, or stays."""
    bag = await _own(asked, button.bag)
    places = [item.place for item in bag.items] if button.place < 0 else [button.place]
    async with asked.services.storage.transaction() as tx:
        await bags.tick(tx, bag.id, places, asked.chat, ticked=bool(button.on))
    return Answer("bag", {"bag": bag.id, "page": button.page}, passing=True)


async def _own(asked: Request, id: int) -> Bag:
    """The bag, if it is this person's and still open. Anything else turns into the present state."""
    _staff(asked)
    async with asked.services.storage.reading() as tx:
        bag = await bags.get(tx, id)
        if bag is None or bag.chat != asked.chat:
            raise Refused("changed", then=Answer("tasks"))
        if bag.act is not None:
            raise Refused("changed", then=await _done_before(asked, bag))
    return bag


async def _done_before(asked: Request, bag: Bag) -> Answer:
    async with asked.services.storage.reading() as tx:
        events = await ledger.events_of(tx, bag.act or 0)
    return Answer("acted", {"act": bag.act, "stage": events[0].to_stage}) if events else Answer("tasks")


async def complete(asked: Request, button: CompleteBag) -> Answer:
    """Complete a leg for the ticked lines of a bag."""
    async with asked.services.storage.transaction() as tx:
        officer = await people.get(tx, asked.chat)
        bag = await bags.get(tx, button.bag)
        if not officer.posts:
            raise Refused("not_staff")
        if bag is None or bag.chat != asked.chat:
            raise Refused("changed", then=Answer("tasks"))
        done = bag.act is not None
        if not done and not any(item.ticked for item in bag.items):
            raise Refused("choose", then=Answer("bag", {"bag": bag.id}))
        deed = (
            MoveResult(None)
            if done
            else await bags.complete(tx, asked.workflow, bag, button.stage, _doing(asked, officer))
        )
    if done:
        return await _once_more(asked, bag)
    return _answer(asked, deed, button.stage)


async def _once_more(asked: Request, bag: Bag) -> Answer:
    """What came of a bag that was completed before, unless that was taken back since."""
    present = await _done_before(asked, bag)
    async with asked.services.storage.reading() as tx:
        act = await ledger.act_of(tx, bag.act or 0)
    if act and act.undone_by is not None:
        raise Refused("changed", then=present)
    return _repeated(asked, present)


# One document


async def open_document(asked: Request, button: OpenDocument) -> Answer:
    """One document with its road and the legs I may complete."""
    _staff(asked)
    async with asked.services.storage.reading() as tx:
        await _seen(tx, asked.person, button.document)
    return Answer("document", {"document": button.document}, fresh=True)


async def _seen(tx: Tx, officer: Person, id: int) -> None:
    """Raises Refused if there is no such document where this officer works: not even where it is is told."""
    found = await documents.get(tx, id)
    if found is None or not in_sight(officer, found):
        raise Refused("not_yours")


async def take_leg(asked: Request, button: TakeLeg) -> Answer:
    """Complete a leg for one document."""
    async with asked.services.storage.transaction() as tx:
        officer = await people.get(tx, asked.chat)
        if not officer.posts:
            raise Refused("not_staff")
        await _seen(tx, officer, button.document)
        seen = [Seen(button.document, button.seen)]
        deed = await documents.move(tx, asked.workflow, seen, button.stage, _doing(asked, officer))
    return _answer(asked, deed, button.stage)


def _doing(asked: Request, officer: Person) -> Actor:
    return Actor(officer, asked.now)


def _answer(asked: Request, deed: MoveResult, stage: str) -> Answer:
    if deed.act is not None:
        not_permitted = [document.number for document in deed.not_permitted]
        args = {"act": deed.act, "stage": stage, "faster": _by_whom(asked, deed.overtaken), "barred": not_permitted}
        return Answer("acted", args, toast=asked.t("Recorded."))
    if deed.repeated:
        return _repeated(asked, Answer("document", {"document": deed.repeated[0].id}))
    if deed.overtaken:
        raise Refused("changed", then=_latest(asked, deed.overtaken))
    raise Refused("not_yours", then=Answer("document", {"document": deed.not_permitted[0].id}))


def _repeated(asked: Request, present: Answer) -> Answer:
    return Answer(present.view, present.args, toast=asked.t("Already recorded."))


def _latest(asked: Request, overtaken: tuple[Overtaken, ...]) -> Answer:
    if len(overtaken) == 1:
        return Answer("document", {"document": overtaken[0].document.id})
    return Answer("overtaken", {"faster": _by_whom(asked, overtaken)})


def _by_whom(asked: Request, overtaken: Iterable[Overtaken]) -> list[tuple[str, int, list[str]]]:
    """(role, when, numbers) of what had been moved, an entry for each role and minute; "" is the officer themselves."""
    groups: dict[tuple[str, int], list[str]] = {}
    for one in overtaken:
        role = "" if one.chat == asked.chat else one.role
        groups.setdefault((role, one.at // 60000 * 60000), []).append(one.document.number)
    return [(role, at, numbers) for (role, at), numbers in groups.items()]


async def undo(asked: Request, button: Undo) -> Answer:
    """Take an act of mine back while its grace runs."""
    async with asked.services.storage.transaction() as tx:
        officer = await people.get(tx, asked.chat)
        if not officer.posts:
            raise Refused("not_staff")
        act = await ledger.act_of(tx, button.act)
        events = await ledger.events_of(tx, button.act)
        back = await documents.undo(tx, button.act, Actor(officer, asked.now))
    if act is None or act.chat != asked.chat or not events:
        raise Refused("old_button", then=Answer("tasks"))
    present = Answer("acted", {"act": act.id, "stage": events[0].to_stage})
    if back is None and act.undone_by is None:
        raise Refused("too_late", then=present)
    return Answer(present.view, present.args, toast=asked.t("Taken back."))
