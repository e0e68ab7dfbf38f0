"""Drafts and what was filed."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Viewer
from handlers.filing.buttons import Draft
from handlers.filing.screens import draft_screen, filed_by_me_screen, filed_screen, qr_screen, villages_screen
from handlers.reply import Screen
from handlers.view import view
from storage import documents


@view
async def draft(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    wanted = Draft(args["draft"], args["book"], args["village"], args["types"])
    if not wanted.village:
        return villages_screen(viewer.workflow, wanted, villages_of(viewer), viewer.t)
    return draft_screen(viewer.workflow, wanted, viewer.t)


def villages_of(viewer: Viewer) -> tuple[str, ...]:
    """The villages for which this person may file, in the order of the district file."""
    posts = viewer.workflow.filing_posts(viewer.person)
    return tuple(key for key in viewer.workflow.villages if any(post.village in ("", key) for post in posts))


@view
async def filed(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        found = await documents.of_request(tx, args["request"])
    return filed_screen(viewer.workflow, found, viewer.bot_name, viewer.t)


@view
async def qr(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return qr_screen(args["number"], viewer.bot_name, viewer.t)


@view
async def filed_by_me(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        return filed_by_me_screen(viewer.workflow, await documents.filed_by(tx, viewer.chat), viewer.t)
