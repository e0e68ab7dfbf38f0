"""From an Answer to its Screen: each view reads the facts as they are now, for live answers and for owed ones."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from handlers.context import Viewer
from handlers.filing.buttons import Draft
from handlers.refused import Refused
from handlers.reply import Answer, Screen
from handlers.screens import citizen, head, refusals, staff, village
from locales import speech
from storage import bags, documents, ledger, people
from storage.records import VILLAGE_ROLES, Act, Document, LookUp, Person, Post

View = Callable[[Viewer, Mapping[str, Any]], Awaitable[Screen | None]]
_views: dict[str, View] = {}


async def render(viewer: Viewer, answer: Answer) -> Screen | None:
    """The screen of an answer as things are now; None when there is nothing to say any more."""
    return answer.ready or await _views[answer.view](viewer, answer.args)


def _view(function: View) -> View:
    _views[function.__name__] = function
    return function


# Words alone


@_view
async def welcome(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return citizen.welcome(viewer.workflow, viewer.t)


@_view
async def languages(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return citizen.languages()


@_view
async def help(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return citizen.help(viewer.person, viewer.t)


@_view
async def privacy(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return citizen.privacy(viewer.t)


@_view
async def refused(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return refusals.screen(args["key"], dict(args), viewer.t, viewer.now)


@_view
async def sorry(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return refusals.screen("sorry", {}, viewer.t, viewer.now)


@_view
async def note(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return citizen.note(args["key"], viewer.t)


@_view
async def look_at_tasks(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return staff.look_at_tasks(viewer.t)


# Numbers


@_view
async def status(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        found = [await documents.status(tx, number, viewer.chat, viewer.now) for number in args["numbers"]]
        waits = [n for n in args.get("unknown", ()) if await people.follow_of(tx, viewer.chat, n)]
    return status_screen(viewer, found, args, frozenset(waits))


def status_screen(viewer: Viewer, found: list[LookUp], args: Mapping[str, Any], waits: frozenset[str]) -> Screen:
    """Numbers looked up, with a line for each that could not be shown."""
    t, known = viewer.t, [look for look in found if look.documents]
    unknown = [*args.get("unknown", ()), *(look.number for look in found if not look.documents)]
    notes = [refusals.refusal("typo", {"number": number}, t, viewer.now) for number in args.get("typos", ())]
    if args.get("paused"):
        notes.append(refusals.refusal("too_many", {"until": args["paused"]}, t, viewer.now))
    if not known:
        return citizen.not_known(unknown, notes, t, waits)
    notes = [*(citizen.unknown(number, t) for number in unknown), *notes]
    screen = citizen.status(viewer.workflow, viewer.person, known, notes, t, viewer.now)
    return replace(screen, rows=screen.rows + citizen.wait_rows(unknown, t, waits)) if unknown else screen


@_view
async def history(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        look = await documents.status(tx, args["number"], viewer.chat, viewer.now)
        if not people.open_to(look, viewer.person):
            return citizen.not_known([look.number], [], viewer.t, frozenset())
        events = [await ledger.history(tx, document.id) for document in look.documents]
    return citizen.history(viewer.workflow, look, events, viewer.t, viewer.now)


@_view
async def follows(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        followed = await people.follows(tx, viewer.chat)
        looks = [await documents.status(tx, follow.number, viewer.chat, viewer.now) for follow in followed]
    found = [(follow, look.documents) for follow, look in zip(followed, looks, strict=True)]
    return citizen.follows(viewer.workflow, found, viewer.t)


@_view
async def stop_which(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        return citizen.stop_which(await people.follows(tx, viewer.chat), viewer.t)


@_view
async def my_data(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        followed = await people.follows(tx, viewer.chat)
    return citizen.my_data(viewer.workflow, viewer.person, followed, viewer.t, viewer.now)


# Filing


@_view
async def draft(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    wanted = Draft(args["draft"], args["book"], args["village"], args["types"])
    if not wanted.village:
        return village.villages(viewer.workflow, wanted, villages_of(viewer), viewer.t)
    return village.draft(viewer.workflow, wanted, viewer.t)


def villages_of(viewer: Viewer) -> tuple[str, ...]:
    """The villages for which this person may file, in the order of the district file."""
    posts = viewer.workflow.filing_posts(viewer.person)
    return tuple(key for key in viewer.workflow.villages if any(post.village in ("", key) for post in posts))


@_view
async def filed(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        found = await documents.of_request(tx, args["request"])
    return village.filed(viewer.workflow, found, viewer.bot_name, viewer.t)


@_view
async def qr(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return village.qr(args["number"], viewer.bot_name, viewer.t)


# Work


@_view
async def tasks(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        groups = await bags.waiting(tx, viewer.workflow, viewer.person)
    return staff.tasks(viewer.workflow, groups, viewer.t, viewer.now)


@_view
async def filed_by_me(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        return staff.filed_by_me(viewer.workflow, await documents.filed_by(tx, viewer.chat), viewer.t)


@_view
async def bag(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        packed = await bags.get(tx, args["bag"])
        if packed is None or packed.chat != viewer.chat or packed.act is not None:
            groups = await bags.waiting(tx, viewer.workflow, viewer.person)
            return staff.tasks(viewer.workflow, groups, viewer.t, viewer.now)
        new = await bags.newcomers(tx, viewer.workflow, viewer.person, packed)
    return staff.bag(viewer.workflow, viewer.person, packed, args.get("page", 0), args.get("single", 0), new, viewer.t)


@_view
async def acted(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        act = await ledger.act_of(tx, args["act"])
        if act is None:
            raise Refused("old_button")
        moved = await documents.of_act(tx, act.id)
        told = await documents.told(tx, act.id)
    return acted_screen(viewer, act, moved, told, args)


def acted_screen(viewer: Viewer, act: Act, moved: list[Document], told: int, args: Mapping[str, Any]) -> Screen:
    """What an act did, with the lines for what it could not do."""
    notes = [_moved_before(viewer, *one) for one in args.get("faster", ())]
    if args.get("barred"):
        notes.append(staff.not_permitted(args["barred"], viewer.t))
    return staff.acted(viewer.workflow, act, moved, told, notes, args["stage"], viewer.t, viewer.now)


@_view
async def overtaken(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return staff.overtaken([_moved_before(viewer, *one) for one in args["faster"]], viewer.t)


def _moved_before(viewer: Viewer, role: str, at: int, gone: list[str]) -> str:
    same = viewer.person.holds(role)
    return staff.moved_before(viewer.workflow, len(gone), role, at, gone, viewer.t, same=same)


@_view
async def document(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        found = await documents.get(tx, args["document"])
        if found is None:
            raise Refused("old_button")
        look = await documents.status(tx, found.number, viewer.chat, viewer.now)
    return citizen.status(viewer.workflow, viewer.person, [look], [], viewer.t, viewer.now)


@_view
async def found(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        seen = await documents.ending_with(tx, args["digits"], _villages_in_sight(viewer.person))
    return staff.found(viewer.workflow, seen, args["digits"], viewer.t)


def in_sight(person: Person, found: Document) -> bool:
    """True if a search of this person may show a document: village roles see their own village."""
    villages = _villages_in_sight(person)
    return villages is None or found.village in villages


def _villages_in_sight(person: Person) -> set[str] | None:
    """None: all of them."""
    if any(post.role not in VILLAGE_ROLES for post in person.posts):
        return None
    return {post.village for post in person.posts}


@_view
async def reminder(viewer: Viewer, args: Mapping[str, Any]) -> Screen | None:
    if args["day"] != viewer.workflow.calendar.day(viewer.now).isoformat():
        return None  # whoever was away for days needs no reminder of each
    # Counted when it is sent, for this village alone, whatever other posts the officer holds.
    async with viewer.services.storage.reading() as tx:
        groups = await bags.waiting(tx, viewer.workflow, bags.of_village(viewer.person, args["village"]))
    ready = [group for group in groups if viewer.workflow.stages[group[0]].ready]
    if not ready:
        return None
    greeting = speech.greeting(viewer.now, viewer.workflow.zone, viewer.t.lang)
    return staff.reminder(viewer.workflow, args["village"], ready, greeting, viewer.t, viewer.now)


# Staff


@_view
async def invite(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    made = args.get("invite", 0)
    if args.get("role"):
        return head.villages(viewer.workflow, made, args["role"], viewer.t)
    return head.roles(made, viewer.t)


@_view
async def invited(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return head.invited(viewer.workflow, args["role"], args["village"], args["link"], viewer.t)


@_view
async def joined(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return head.joined(viewer.workflow, args["role"], args["village"], viewer.t)


@_view
async def posts(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        held = await people.posts(tx)
    return head.posts(viewer.workflow, held, args.get("page", 0), viewer.t, viewer.now)


@_view
async def really(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        held: Post | None = await people.post(tx, args["post"])
        if held is None:
            return head.posts(viewer.workflow, await people.posts(tx), 0, viewer.t, viewer.now)
    return head.really(viewer.workflow, held, viewer.t)
