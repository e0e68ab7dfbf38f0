"""The first words, the choice of a language, and help."""

from dataclasses import replace
from typing import ClassVar

from handlers.bags.views import TasksView
from handlers.context import Viewer
from handlers.feature import Command
from handlers.filing.views import FiledByMeView
from handlers.lookup.views import FollowsView, followed
from handlers.morning.views import OversightView
from handlers.reply import Screen
from handlers.start.screens import help_screen, languages_screen, needs_screen, welcome_screen
from handlers.view import View
from locales import words


async def own_view(viewer: Viewer) -> View | None:
    """What somebody has here: staff their work, families the numbers that they follow. None for strangers."""
    if viewer.person.posts:
        if viewer.workflow.waiting_stages(viewer.person):
            return TasksView()
        return OversightView() if viewer.person.holds("head") else FiledByMeView()
    return FollowsView() if await followed(viewer) else None


class WelcomeView(View, name="welcome"):
    """Welcome. Whoever chose a language a moment ago reads in it what they have here, if that is anything."""

    lang: str = ""

    async def show(self, viewer: Viewer) -> Screen | None:
        if not self.lang:
            return welcome_screen(viewer.workflow, viewer.t)
        reader = replace(viewer, t=words(self.lang))
        own = await own_view(reader)
        return await own.show(reader) if own else welcome_screen(reader.workflow, reader.t)


class LanguagesView(View, name="languages"):
    """Each language in its own words."""

    async def show(self, _viewer: Viewer) -> Screen:
        return languages_screen()


class NeedsView(View, name="needs"):
    """What to bring for the kinds of documents that were named."""

    types: tuple[str, ...] = ()

    async def show(self, viewer: Viewer) -> Screen:
        follows = bool(await followed(viewer))
        return needs_screen(viewer.workflow, self.types, viewer.t, follows=follows, for_staff=bool(viewer.person.posts))


class HelpView(View, name="help"):
    """What one can do here."""

    commands: ClassVar[tuple[Command, ...]] = ()  # of all features: who lists the features puts them here

    async def show(self, viewer: Viewer) -> Screen:
        return help_screen(self.commands, viewer.workflow, viewer.person, viewer.t)
