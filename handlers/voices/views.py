"""What a family can say, and what it said, as things are now."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import Refused, View, view
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


@view("voices")
@dataclass(frozen=True, slots=True)
class VoicesView(View):
    """What can be asked and told of a number."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        return voices_screen(self.number, viewer.t)


@view("asked_by")
@dataclass(frozen=True, slots=True)
class AskedByView(View):
    """Who asked for money; then, of what `role`, how much was paid."""

    number: str
    role: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        return paid_screen(self.number, self.role, viewer.t) if self.role else who_screen(self.number, viewer.t)


@view("demand_told")
@dataclass(frozen=True, slots=True)
class DemandToldView(View):
    """It was told to the head."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        return told_screen(viewer.workflow, self.number, viewer.t)


@view("demand")
@dataclass(frozen=True, slots=True)
class DemandView(View):
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


@view("demands")
@dataclass(frozen=True, slots=True)
class DemandsView(View):
    """All that this head may read of it and that is not settled."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await demands.open_to(tx, viewer.person)
        return demands_screen(viewer.workflow, found, viewer.t, viewer.now)


@view("demand_settled")
@dataclass(frozen=True, slots=True)
class DemandSettledView(View):
    """Whoever told it hears that it is settled."""

    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        return settled_screen(viewer.workflow, viewer.t)
