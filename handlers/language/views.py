"""The choice of a language."""

from handlers.context import Viewer
from handlers.language.screens import languages_screen
from handlers.reply import Screen
from handlers.view import View


class LanguagesView(View, name="languages"):
    """Each language in its own words."""

    async def show(self, _viewer: Viewer) -> Screen:
        return languages_screen()
