"""What is followed."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Viewer
from handlers.follow.screens import stop_which_screen
from handlers.reply import Screen
from handlers.view import view
from storage import people


@view
async def stop_which(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    async with viewer.services.storage.reading() as tx:
        return stop_which_screen(await people.follows(tx, viewer.chat), viewer.t)
