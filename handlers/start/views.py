"""The first words, the choice of a language, and help."""

from typing import ClassVar

from handlers.context import Viewer
from handlers.feature import Command
from handlers.lookup.views import followed
from handlers.reply import Screen
from handlers.start.screens import help_screen, languages_screen, needs_screen, welcome_screen
from handlers.view import View
from locales import words


class WelcomeView(View, name="welcome"):
    """Welcome; in the language that was chosen a moment ago, if there is one."""

    lang: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        return welcome_screen(viewer.workflow, words(self.lang) if self.lang else viewer.t)


class LanguagesView(View, name="languages"):
    """Each language in its own words."""

    async def show(self, _viewer: Viewer) -> Screen:
        return languages_screen()


class NeedsView(View, name="needs"):
    """What to bring for the kinds of documents that were named."""

    types: tuple[str, ...] = ()

    async def show(self, viewer: Viewer) -> Screen:
        follows = bool(await followed(viewer))
        return needs_screen(viewer.workflow, self.types, viewer.t, follows=follows)


class HelpView(View, name="help"):
    """What one can do here."""

    commands: ClassVar[tuple[Command, ...]] = ()  # of all features: who lists the features puts them here

    async def show(self, viewer: Viewer) -> Screen:
        return help_screen(self.commands, viewer.workflow, viewer.person, viewer.t)
