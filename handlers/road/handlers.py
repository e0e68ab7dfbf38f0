"""Legs told afterwards: which files, which leg, which time, and one button that confirms it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from handlers.bags.buttons import CompleteBag, Tick, TickGroup
from handlers.bags.views import AnsweredView, BagView, TasksView, ToldView
from handlers.callbacks import Callback, Unreadable, parse
from handlers.context import Request
from handlers.feature import Feature
from handlers.road.buttons import ShowSeal, ToldAt
from handlers.road.reading import blocks_of, doubt, read, whole_numbers
from handlers.road.views import SealView, WhenView
from handlers.view import Answer, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _, moments
from locales.moments import Moment
from storage import bags, documents, numbers
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.db.sealing import Forged
from storage.numbers import LENGTH
from storage.records import MINUTE, Bag, BagItem, Document
from storage.road import legs, seals, tails
from storage.road.legs import NamedFile

SENTENCES |= {
    "forged_seal": _("This QR is not one that we made. Please count the papers and write their last digits."),
    "old_seal": _("This QR is more than a week old. Please write the last digits."),
}


@dataclass(slots=True)
class NamedFiles:
    """The files that somebody named, and digits that say nothing: no file ends so, or several do.

    `whole`: how many blocks of digits were a number or most of one. Of a picture, how many of its codes are `foreign`.
    """

    files: dict[int, NamedFile] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    whole: int = 0
    foreign: int = 0

    def add(self, found: Iterable[Document], *, is_sure: bool) -> None:
        """Take note of files, once each."""
        for one in found:
            was_sure = one.id in self.files and self.files[one.id].is_sure
            self.files[one.id] = NamedFile(one, is_sure or was_sure)


async def understood(request: Request, *, files_only: bool = False) -> View | None:
    """What staff tells in a message: which files, which leg, when. None if it is no such message, or names no file
    itself and `files_only` are of interest.
    """
    workflow, update = request.workflow, request.update
    if not workflow.waiting_stages(request.person):
        return None
    written = min(update.date * 1000 or request.now, request.now)
    said = update.arguments if files_only else f"{update.arguments}\n{update.referred}"
    message = read(said, written, workflow.zone)
    if message is None:
        return None
    async with request.storage.reading() as tx:
        named = await name(tx, request, message.blocks)
    if not named.files and files_only:
        return None
    if not message.moment.is_said and (not named.files or named.whole == len(message.blocks)):
        return None  # a search
    if not message.moment.is_said and numbers.find(update.sought).good and (named.whole or named.unknown):
        return None  # whole numbers are looked up
    return await settle(request, named, message.moment, written, "message")


async def name(tx: Tx, request: Request, blocks: Sequence[str]) -> NamedFiles:
    """The files that blocks of digits name: whole numbers that are filed, else the last digits of open ones."""
    named, left = NamedFiles(), dict(enumerate(blocks))
    for first, last, number in whole_numbers(blocks):
        if all(place in left for place in range(first, last)):
            look = await documents.status(tx, number, request.person.chat, request.now)
            if mine := [one for one in look.documents if request.workflow.is_in_sight(request.person, one.village)]:
                named.add(mine, is_sure=True)
                named.whole += last - first
                left = {place: block for place, block in left.items() if not first <= place < last}
    together = "".join(left.values())
    if len(left) > 1 and len(together) <= LENGTH and (found := await _ending(tx, request, together)):
        named.add(found, is_sure=True)
        named.whole += len(left)
        return named
    for block in left.values():
        found = await _ending(tx, request, block)
        several = len({one.number for one in found}) > 1
        named.add(found, is_sure=not several)
        if several or not found:
            (named.shared if several else named.unknown).append(block)
    return named


async def _ending(tx: Tx, request: Request, digits: str) -> Sequence[Document]:
    return await tails.ending_with(tx, request.workflow, request.person, digits, request.now)


async def settle(request: Request, named: NamedFiles, moment: Moment, written: int, how: str, album: str = "") -> View:
    """A bag of what was named, with one button; or a question if the time is not sure."""
    question = doubt(moment, request.workflow, written)
    if question is None or not named.files:
        told = Bag(0, request.person.chat, "", "", None, at=moment.at or written, how=how, album=album)
        return await _tell(request, named, told, is_to_come=question is not None and question.key == "future")
    async with request.storage.transaction() as tx:
        bag = Bag(new_id(request.now), request.person.chat, "", "", None, how=how)
        await legs.keep(tx, bag, named.files.values(), request.now)
    return WhenView(bag.id, question.key, question.choice)


async def _tell(request: Request, named: NamedFiles, told: Bag, *, is_to_come: bool = False) -> View:
    """A bag of the leg that most of them must be on."""
    async with request.storage.transaction() as tx:
        by_leg: dict[tuple[str, str], list[NamedFile]] = {}
        elsewhere: dict[str, int] = {}
        for one, is_sure in named.files.values():
            if leg := await legs.meant(tx, request.workflow, request.person, one, told.at):
                by_leg.setdefault(leg, []).append(NamedFile(one, is_sure))
            elsewhere.setdefault(one.number, one.id)
        weights = {leg: (sum(one.is_sure for one in on_it), len(on_it)) for leg, on_it in by_leg.items()}
        origin, to = max(weights, key=weights.__getitem__, default=("", ""))
        lines = by_leg.get((origin, to), [])
        for one, _ in lines:
            elsewhere.pop(one.number, None)
        bag = told._replace(id=new_id(request.now) if lines else 0, from_stage=origin, to_stage=to)
        if lines and told.how == "photo":
            rest = await legs.rest(tx, request.workflow, request.person, origin, to, [one for one, _ in lines])
            lines += [NamedFile(one, is_sure=False) for one in rest]
        if lines:
            await legs.keep(tx, bag, lines[: bags.MOST], request.now)
    unknown, shared, rest_of_it = tuple(named.unknown), tuple(named.shared), tuple(elsewhere.values())
    return ToldView(bag.id, unknown, shared, rest_of_it, named.foreign, int(is_to_come))


async def answered(request: Request) -> View | None:
    """Digits that staff write in answer to the card of a bag tick those papers in it. None if it is no such answer.

    If all were ticked, they say which alone go along; else which as well.
    """
    update, button = request.update, _button(request.update.card)
    moment = moments.find(update.arguments, request.now, request.workflow.zone)
    blocks = blocks_of(moment.rest)
    if moment.is_said or update.attached or not blocks or not isinstance(button, CompleteBag | Tick | TickGroup):
        return None
    async with request.storage.transaction() as tx:
        bag = await bags.own(tx, button.bag, request.person.chat)
        if bag is None or bag.act is not None:
            raise Refused("changed", then=TasksView())
        present = [item for item in bag.items if item.version == item.seen or bag.how != "button"]
        named, unknown, shared = _in_bag(present, blocks)
        if named and all(item.ticked for item in present):
            rest = [item.place for item in present if item.place not in named]
            await bags.tick(tx, bag.id, rest, request.person.chat, ticked=False)
        await bags.tick(tx, bag.id, sorted(named), request.person.chat, ticked=True)
    return AnsweredView(bag.id, unknown, shared)


def _button(data: str) -> Callback | None:
    try:
        return parse(data)
    except Unreadable:
        return None


def _in_bag(items: Sequence[BagItem], blocks: Sequence[str]) -> tuple[set[int], tuple[str, ...], tuple[str, ...]]:
    """The places of the papers that digits name, and the digits in which none or several of the bag end."""
    left, ends = dict(enumerate(blocks)), []
    for first, last, number in whole_numbers(blocks):
        if any(item.number == number for item in items):  # three last digits may be a number by chance
            ends.append(number)
            left = {place: block for place, block in left.items() if not first <= place < last}
    named: set[int] = set()
    found: dict[str, set[str]] = {}
    for end in [*ends, *left.values()]:
        fitting = [item for item in items if item.number.endswith(end)]
        found[end] = {item.number for item in fitting}
        named |= {item.place for item in fitting} if len(found[end]) == 1 else set()
    unknown = tuple(end for end, numbers in found.items() if not numbers)
    return named, unknown, tuple(end for end, numbers in found.items() if len(numbers) > 1)


async def told_at(request: Request, button: ToldAt) -> View:
    """What was told was at this time."""
    at = button.minute * MINUTE
    async with request.storage.reading() as tx:
        bag = await bags.own(tx, button.bag, request.person.chat)
        if bag is None or bag.how == "button" or at > request.now:
            raise Refused("changed", then=TasksView())
        found = [(await documents.get(tx, item.document), bool(item.ticked)) for item in bag.items]
    if bag.act is not None or bag.at:
        raise Refused("changed", then=BagView(bag.id))
    named = NamedFiles({one.id: NamedFile(one, is_sure) for one, is_sure in found if one})
    return await _tell(request, named, bag._replace(at=at))


async def show_seal(request: Request, button: ShowSeal) -> Answer:
    """The QR of a bag that I carry."""
    async with request.storage.reading() as tx:
        bag = await bags.own(tx, button.bag, request.person.chat)
    if bag is None or bag.act is not None or not bag.mine:
        raise Refused("changed", then=TasksView())
    if not any(item.ticked for item in bag.items):
        raise Refused("choose", then=BagView(bag.id))
    return Answer(SealView(bag.id), fresh=True)


async def scanned(request: Request, payload: str) -> View:
    """The QR of a bag was opened: what was in it is here now."""
    if not request.workflow.waiting_stages(request.person):
        raise Refused("not_staff")
    named = NamedFiles()
    async with request.storage.reading() as tx:
        await name_sealed(tx, request, named, payload)
    moment = moments.find("", request.now, request.workflow.zone)
    return await settle(request, named, moment, request.now, "photo")


async def name_sealed(tx: Tx, request: Request, named: NamedFiles, payload: str) -> None:
    """The papers in a sealed bag. Raises Refused for a seal that is not ours, and for one of long ago."""
    try:
        bag = await seals.sealed(tx, payload)
    except Forged:
        raise Refused("forged_seal") from None
    if bag is None:
        raise Refused("old_seal")
    found = [await documents.get(tx, item.document) for item in bag.items if item.ticked]
    theirs = [one for one in found if one and request.workflow.is_in_sight(request.person, one.village)]
    if not theirs:
        raise Refused("not_yours")
    named.add(theirs, is_sure=True)


ROAD = Feature(buttons={ToldAt: told_at, ShowSeal: show_seal})
