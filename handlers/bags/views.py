"""What waits now."""

from collections.abc import Mapping
from typing import Any

from handlers.bags.screens import bag_screen, look_at_tasks_screen, reminder_screen, tasks_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import view
from locales import speech
from storage import bags


@view
async def look_at_tasks(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return look_at_tasks_screen(viewer.t)


@view
async def tasks(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        groups = await bags.waiting(tx, viewer.workflow, viewer.person)
    return tasks_screen(viewer.workflow, groups, viewer.t, viewer.now)


@view
async def bag(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        packed = await bags.get(tx, args["bag"])
        if packed is None or packed.chat != viewer.chat or packed.act is not None:
            groups = await bags.waiting(tx, viewer.workflow, viewer.person)
            return tasks_screen(viewer.workflow, groups, viewer.t, viewer.now)
        new = await bags.newcomers(tx, viewer.workflow, viewer.person, packed)
    return bag_screen(viewer.workflow, viewer.person, packed, args.get("page", 0), args.get("single", 0), new, viewer.t)


@view
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
    return reminder_screen(viewer.workflow, args["village"], ready, greeting, viewer.t, viewer.now)
