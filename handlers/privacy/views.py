"""What is kept, and what is kept about this chat."""

from handlers.context import Viewer
from handlers.privacy.screens import (
    authentic_screen,
    forget_screen,
    kept_screen,
    my_data_screen,
    my_file_screen,
    privacy_screen,
)
from handlers.reply import Screen
from handlers.view import View
from storage import people
from storage.families import askers, extract
from storage.feeds import systems


class PrivacyView(View, name="privacy"):
    """The notice on privacy, in short."""

    async def show(self, viewer: Viewer) -> Screen:
        return privacy_screen(viewer.workflow, viewer.t)


class KeptView(View, name="kept"):
    """Each thing that is kept, of a part of the notice."""

    part: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            readers = [one.name for one in await systems.every(tx) if one.revoked_at is None]
        return kept_screen(viewer.workflow, self.part, viewer.t, is_staff=bool(viewer.person.posts), readers=readers)


class AuthenticView(View, name="authentic"):
    """How to tell a message of ours from one that says it is."""

    async def show(self, viewer: Viewer) -> Screen:
        return authentic_screen(viewer.workflow, viewer.bot_name, viewer.t)


class MyDataView(View, name="my_data"):
    """What is kept about this chat."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            followed = await people.follows(tx, viewer.person.chat)
            more = await askers.followed(tx, viewer.person.chat) - len(followed)
        return my_data_screen(viewer.workflow, viewer.person, followed, viewer.t, viewer.now, more)


class MyFileView(View, name="my_file"):
    """All that is kept about this chat, as a file."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            kept = await extract.of(tx, viewer.person.chat)
        return my_file_screen(kept, viewer.t)


class AskForgetView(View, name="forget"):
    """Whether what is kept about this chat should be deleted."""

    async def show(self, viewer: Viewer) -> Screen:
        return forget_screen(viewer.t)
