"""Invitations and posts as they are now."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.staff.screens import (
    dismiss_screen,
    invite_screen,
    invite_village_screen,
    invited_screen,
    joined_screen,
    posts_screen,
)
from handlers.view import view
from storage import people
from storage.records import (
    Post,
)


@view
async def invite(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    made = args.get("invite", 0)
    if args.get("role"):
        return invite_village_screen(viewer.workflow, made, args["role"], viewer.t)
    return invite_screen(made, viewer.t)


@view
async def invited(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return invited_screen(viewer.workflow, args["role"], args["village"], args["link"], viewer.t)


@view
async def joined(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return joined_screen(viewer.workflow, args["role"], args["village"], viewer.t)


@view
async def posts(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        held = await people.posts(tx)
    return posts_screen(viewer.workflow, held, args.get("page", 0), viewer.t, viewer.now)


@view
async def really(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        held: Post | None = await people.post(tx, args["post"])
        if held is None:
            return posts_screen(viewer.workflow, await people.posts(tx), 0, viewer.t, viewer.now)
    return dismiss_screen(viewer.workflow, held, viewer.t)
