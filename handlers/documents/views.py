"""One document, what an act did, what was found."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Viewer
from handlers.documents.screens import acted_screen, found_screen, moved_before, not_permitted, overtaken_screen
from handlers.lookup.screens import status_screen
from handlers.refused import Refused
from handlers.reply import Screen
from handlers.view import view
from storage import documents, ledger
from storage.records import (
    VILLAGE_ROLES,
    Act,
    Document,
    Person,
)


@view
async def acted(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        act = await ledger.act_of(tx, args["act"])
        if act is None:
            raise Refused("old_button")
        moved = await documents.of_act(tx, act.id)
        told = await documents.told(tx, act.id)
    return _acted_screen(viewer, act, moved, told, args)


def _acted_screen(viewer: Viewer, act: Act, moved: list[Document], told: int, args: Mapping[str, Any]) -> Screen:
    """What an act did, with the lines for what it could not do."""
    notes = [_moved_before(viewer, *one) for one in args.get("faster", ())]
    if args.get("barred"):
        notes.append(not_permitted(args["barred"], viewer.t))
    return acted_screen(viewer.workflow, act, moved, told, notes, args["stage"], viewer.t, viewer.now)


@view
async def overtaken(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return overtaken_screen([_moved_before(viewer, *one) for one in args["faster"]], viewer.t)


def _moved_before(viewer: Viewer, role: str, at: int, gone: list[str]) -> str:
    same = viewer.person.holds(role)
    return moved_before(viewer.workflow, len(gone), role, at, gone, viewer.t, same=same)


@view
async def document(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        found = await documents.get(tx, args["document"])
        if found is None:
            raise Refused("old_button")
        look = await documents.status(tx, found.number, viewer.chat, viewer.now)
    return status_screen(viewer.workflow, viewer.person, [look], [], viewer.t, viewer.now)


@view
async def found(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        seen = await documents.ending_with(tx, args["digits"], _villages_in_sight(viewer.person))
    return found_screen(viewer.workflow, seen, args["digits"], viewer.t)


def in_sight(person: Person, found: Document) -> bool:
    """True if a search of this person may show a document: village roles see their own village."""
    villages = _villages_in_sight(person)
    return villages is None or found.village in villages


def _villages_in_sight(person: Person) -> set[str] | None:
    """None: all of them."""
    if any(post.role not in VILLAGE_ROLES for post in person.posts):
        return None
    return {post.village for post in person.posts}
