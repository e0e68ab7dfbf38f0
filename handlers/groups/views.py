"""What is said in a village's group, as things are when it is said."""

from handlers.context import Viewer
from handlers.groups.screens import (
    counts_screen,
    hello_screen,
    hint_screen,
    linked_screen,
    unlinked_screen,
    unsigned_screen,
    which_screen,
)
from handlers.reply import Screen
from handlers.view import View
from storage.groups import chats


class GroupCountsView(View, name="group_counts"):
    """The counts of a village on a day, as long as it is that day and the group is the village's."""

    village: str
    day: str

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            village = await chats.village_of(tx, viewer.person.chat)
            found = await chats.families_by_stage(tx, self.village)
        if village != self.village or self.day != viewer.workflow.calendar.day(viewer.now).isoformat():
            return None
        return counts_screen(viewer.workflow, village, found, viewer.bot_name, viewer.t, viewer.now)


class GroupLinkedView(View, name="group_linked"):
    """The group is this village's now."""

    village: str

    async def show(self, viewer: Viewer) -> Screen:
        return linked_screen(viewer.workflow, self.village, viewer.bot_name, viewer.t)


class GroupWordView(View, name="group_word"):
    """One of the other things that are said in a group."""

    what: str

    async def show(self, viewer: Viewer) -> Screen:
        match self.what:
            case "unlinked":
                return unlinked_screen(viewer.t)
            case "which":
                return which_screen(viewer.t)
            case "unsigned":
                return unsigned_screen(viewer.t)
            case "hello":
                return hello_screen(viewer.bot_name, viewer.t)
        return hint_screen(viewer.bot_name, viewer.t)
