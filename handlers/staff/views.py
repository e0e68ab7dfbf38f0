"""Invitations and posts, as they are now."""

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.staff.screens import (
    accepted_screen,
    dismiss_screen,
    dismissed_screen,
    fault_screen,
    invite_screen,
    invite_village_screen,
    invited_screen,
    invites_screen,
    joined_screen,
    label_screen,
    posts_screen,
    undelivered_screen,
)
from handlers.view import View
from storage import people
from storage.deputies import carried, stand_ins


class InviteView(View, name="invite"):
    """The choice of whom to invite, or of the village for a role."""

    invite: int = 0
    role: str = ""
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        if self.role:
            return invite_village_screen(viewer.workflow, self.invite, self.role, self.page, viewer.t)
        return invite_screen(self.invite, viewer.t)


class InvitedView(View, name="invited"):
    """The link, to be handed on."""

    role: str
    village: str
    link: str

    async def show(self, viewer: Viewer) -> Screen:
        return invited_screen(viewer.workflow, self.role, self.village, self.link, viewer.t)


class JoinedView(View, name="joined"):
    """The post somebody holds from now on."""

    role: str
    village: str

    async def show(self, viewer: Viewer) -> Screen:
        return joined_screen(viewer.workflow, self.role, self.village, viewer.t)


class PostsView(View, name="posts"):
    """A page of the posts held now."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            held, absences = await people.posts(tx), await stand_ins.everything(tx, viewer.now)
        return posts_screen(viewer.workflow, held, self.page, viewer.t, viewer.now, absences)


class InvitesView(View, name="invites"):
    """A page of the links that nobody has opened yet."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            open_ = await people.open_invites(tx, viewer.now)
        return invites_screen(viewer.workflow, open_, self.page, viewer.t, viewer.now)


class AcceptedView(View, name="accepted"):
    """Whoever invited is told that the link was opened, and which post it gave; nothing once that has ended."""

    post: int

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            held = await people.post(tx, self.post)
        return accepted_screen(viewer.workflow, held, viewer.t) if held else None


class DismissedView(View, name="dismissed"):
    """Whoever held a post is told that it has ended."""

    role: str
    village: str

    async def show(self, viewer: Viewer) -> Screen:
        return dismissed_screen(viewer.workflow, self.role, self.village, viewer.t)


class LabelView(View, name="label"):
    """What somebody is called among staff, and how that is changed."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            person = await people.get(tx, viewer.person.chat, viewer.now)
        return label_screen(viewer.workflow, person.own, viewer.t)


class DismissView(View, name="really"):
    """Whether a post shall end; the posts, if it has."""

    post: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            held = await people.post(tx, self.post)
            papers = await carried.by(tx, viewer.workflow, self.post)
        return dismiss_screen(viewer.workflow, held, viewer.t, papers) if held else await PostsView().show(viewer)


class UndeliveredView(View, name="undelivered"):
    """The head is told how many messages Telegram would not take."""

    messages: int

    async def show(self, viewer: Viewer) -> Screen:
        return undelivered_screen(self.messages, viewer.t)


class FaultView(View, name="fault"):
    """The head is told what is wrong with the bot's machine, by the name that health has for it."""

    fault: str

    async def show(self, viewer: Viewer) -> Screen:
        return fault_screen(self.fault, viewer.t)
