"""What is kept."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Viewer
from handlers.privacy.screens import my_data_screen, privacy_screen
from handlers.reply import Screen
from handlers.view import view
from storage import people


@view
async def privacy(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return privacy_screen(viewer.t)


@view
async def my_data(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        followed = await people.follows(tx, viewer.chat)
    return my_data_screen(viewer.workflow, viewer.person, followed, viewer.t, viewer.now)
