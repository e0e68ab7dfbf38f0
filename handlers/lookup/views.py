"""What somebody may see of a number, looked up as it is now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.context import Viewer
from handlers.lookup.screens import (
    follows_screen,
    history_screen,
    not_known_screen,
    status_screen,
    unknown_line,
    wait_rows,
)
from handlers.reply import Screen
from handlers.view import view
from handlers.wording.refusals import refusal
from storage import documents, ledger, people
from storage.records import (
    LookUp,
)


@view
async def status(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        found = [await documents.status(tx, number, viewer.chat, viewer.now) for number in args["numbers"]]
        waits = [n for n in args.get("unknown", ()) if await people.follow_of(tx, viewer.chat, n)]
    return numbers_screen(viewer, found, args, frozenset(waits))


def numbers_screen(viewer: Viewer, found: list[LookUp], args: Mapping[str, Any], waits: frozenset[str]) -> Screen:
    """Numbers looked up, with a line for each that could not be shown."""
    t, known = viewer.t, [look for look in found if look.documents]
    unknown = [*args.get("unknown", ()), *(look.number for look in found if not look.documents)]
    notes = [refusal("typo", {"number": number}, t, viewer.now) for number in args.get("typos", ())]
    if args.get("paused"):
        notes.append(refusal("too_many", {"until": args["paused"]}, t, viewer.now))
    if not known:
        return not_known_screen(unknown, notes, t, waits)
    notes = [*(unknown_line(number, t) for number in unknown), *notes]
    screen = status_screen(viewer.workflow, viewer.person, known, notes, t, viewer.now)
    return replace(screen, rows=screen.rows + wait_rows(unknown, t, waits)) if unknown else screen


@view
async def history(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        look = await documents.status(tx, args["number"], viewer.chat, viewer.now)
        if not people.open_to(look, viewer.person):
            return not_known_screen([look.number], [], viewer.t, frozenset())
        events = [await ledger.history(tx, document.id) for document in look.documents]
    return history_screen(viewer.workflow, look, events, viewer.t, viewer.now)


@view
async def follows(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        followed = await people.follows(tx, viewer.chat)
        looks = [await documents.status(tx, follow.number, viewer.chat, viewer.now) for follow in followed]
    found = [(follow, look.documents) for follow, look in zip(followed, looks, strict=True)]
    return follows_screen(viewer.workflow, found, viewer.t)
