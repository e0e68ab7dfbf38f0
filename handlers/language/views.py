"""The choice of a language."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.language.screens import languages_screen
from handlers.reply import Screen
from handlers.view import View, view


@view("languages")
@dataclass(frozen=True, slots=True)
class LanguagesView(View):
    """Each language in its own words."""

    async def show(self, _viewer: Viewer) -> Screen:
        return languages_screen()
