"""What a family can say, and what it said, as things are now."""

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import Refused, View
from handlers.voices.screens import (
    demand_screen,
    demands_screen,
    paid_screen,
    settled_screen,
    told_screen,
    voices_screen,
    who_screen,
)
from storage.voices import demands


class VoicesView(View, name="voices"):
    """What can be asked and told of a number."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        return voices_screen(self.number, viewer.t)


class AskedByView(View, name="asked_by"):
    """Who asked for money; then, of what `role`, how much was paid."""

    number: str
    role: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        return paid_screen(self.number, self.role, viewer.t) if self.role else who_screen(self.number, viewer.t)


class DemandToldView(View, name="demand_told"):
    """It was told to the head."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        return told_screen(viewer.workflow, self.number, viewer.t)


class DemandView(View, name="demand"):
    """A family was asked for money; nothing, if that is settled."""

    demand: int
    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            found = await demands.get(tx, self.demand)
        if found is None:
            return None
        if not demands.may_read(viewer.person, found.village):
            raise Refused("not_yours")
        return demand_screen(viewer.workflow, found, viewer.t, viewer.now)


class DemandsView(View, name="demands"):
    """All that this head may read of it and that is not settled."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await demands.open_to(tx, viewer.person)
        return demands_screen(viewer.workflow, found, viewer.t, viewer.now)


class DemandSettledView(View, name="demand_settled"):
    """Whoever told it hears that it is settled."""

    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        return settled_screen(viewer.workflow, viewer.t)
