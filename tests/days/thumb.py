"""Somebody at work whose messages and taps are counted, and where the day has left everything."""

from collections import Counter

from bot.sandbox import Seen
from storage import overview
from storage.records import Document
from tests.town import Inhabitant, Town

HOUR = 3600


class Thumb:
    """Somebody at work. Taps go to the newest card with buttons alone, as a thumb's do."""

    def __init__(self, who: Inhabitant) -> None:
        self.who, self.messages, self.taps = who, 0, 0

    async def says(self, text: str) -> str:
        self.messages += 1
        return await self.who.says(text)

    async def does(self, *labels: str) -> str:
        for label in labels:
            self.taps += 1
            self.who.phone.tap(label, message=self.card.id)
            await self.who.town.settled()
        return self.who.screen

    async def unticks(self, *found: Document) -> None:
        """The line of each in the bag on the card, on whatever page it is."""
        for one in found:
            while not (lines := [label for label in self.card.buttons if _is_of(label, one, self.who.town)]):
                await self.does("▶")
            await self.does(*lines)

    @property
    def card(self) -> Seen:
        """The newest message with buttons."""
        return next(seen for seen in reversed(self.who.phone.heard) if seen.buttons)

    @property
    def cost(self) -> tuple[int, int]:
        return self.messages, self.taps


def _is_of(label: str, document: Document, town: Town) -> bool:
    """True for the line of a bag that stands for this document."""
    number, kind, *_ = [*label[2:].split(" · "), ""]
    return document.number.endswith(number.replace(" ", "")) and kind == town.workflow.types[document.type].short


async def lie(town: Town, stage: str, each: int, *villages: str, types: tuple[str, ...] = ("KK",)) -> list[Document]:
    """So many requests of each village, at a stage; their documents."""
    found = []
    for village in villages:
        for _ in range(each):
            by = "warni" if village == "tlogopakis" else village
            filed = await town.files(*types, village=village, by=by)
            found += [await town.carries(one, stage) for one in filed]
    return found


async def places(town: Town) -> Counter[str]:
    """How many documents stand where; `+` behind a place if they are on hold there."""
    async with town.storage.reading() as tx:
        return Counter(f"{one.stage}{'+' if one.hold else ''}" for one in await overview.everything(tx, 0))


async def morning_comes(town: Town) -> None:
    """A night passes, and everybody's morning message is out."""
    await town.passes(24 * HOUR)
    await town.chores()
    await town.settled()
