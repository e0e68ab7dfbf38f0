"""A time that is asked for."""

from handlers.bags.views import TasksView
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.road.screens import seal_screen, when_screen
from handlers.view import Refused, View
from storage import bags
from storage.road import seals


class SealView(View, name="seal"):
    """The QR of a bag."""

    bag: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.transaction() as tx:  # the first one makes the secret
            found = await bags.own(tx, self.bag, viewer.person.chat)
            if found is None or found.act is not None:
                raise Refused("changed", then=TasksView())
            payload = await seals.seal(tx, found)
        count = sum(item.ticked for item in found.items)
        return seal_screen(payload, count, viewer.bot_name, viewer.t)


class WhenView(View, name="when"):
    """When was it of which somebody told? `choice` is what may be meant (epoch ms)."""

    bag: int
    key: str
    choice: tuple[int, ...] = ()

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            told = await bags.get(tx, self.bag)
        if told is None:
            raise Refused("old_button")
        numbers = list(dict.fromkeys(item.number for item in told.items))
        return when_screen(viewer.workflow, self.bag, numbers, self.key, self.choice, viewer.t, viewer.now)
