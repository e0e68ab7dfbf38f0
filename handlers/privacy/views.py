"""What is kept, and what is kept about this chat."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.privacy.screens import authentic_screen, forget_screen, my_data_screen, my_file_screen, privacy_screen
from handlers.reply import Screen
from handlers.view import View, view
from storage import people
from storage.families import extract


@view("privacy")
@dataclass(frozen=True, slots=True)
class PrivacyView(View):
    """The notice on privacy."""

    async def show(self, viewer: Viewer) -> Screen:
        return privacy_screen(viewer.workflow, viewer.t, is_staff=bool(viewer.person.posts))


@view("authentic")
@dataclass(frozen=True, slots=True)
class AuthenticView(View):
    """How to tell a message of ours from one that says it is."""

    async def show(self, viewer: Viewer) -> Screen:
        return authentic_screen(viewer.bot_name, viewer.t)


@view("my_data")
@dataclass(frozen=True, slots=True)
class MyDataView(View):
    """What is kept about this chat."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            followed = await people.follows(tx, viewer.person.chat)
        return my_data_screen(viewer.workflow, viewer.person, followed, viewer.t, viewer.now)


@view("my_file")
@dataclass(frozen=True, slots=True)
class MyFileView(View):
    """All that is kept about this chat, as a file."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            kept = await extract.of(tx, viewer.person.chat)
        return my_file_screen(kept, viewer.t)


@view("forget")
@dataclass(frozen=True, slots=True)
class AskForgetView(View):
    """Whether what is kept about this chat should be deleted."""

    async def show(self, viewer: Viewer) -> Screen:
        return forget_screen(viewer.t)
