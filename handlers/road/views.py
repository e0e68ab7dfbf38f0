"""A time that is asked for."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.road.screens import when_screen
from handlers.view import Refused, View, view
from storage import bags


@view("when")
@dataclass(frozen=True, slots=True)
class WhenView(View):
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
