"""The choice."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Viewer
from handlers.language.screens import languages_screen
from handlers.reply import Screen
from handlers.view import view


@view
async def languages(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return languages_screen()
