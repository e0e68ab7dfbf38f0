"""What is followed."""

from handlers.context import Viewer
from handlers.follow.screens import (
    asker_screen,
    name_screen,
    news_screen,
    proof_screen,
    stop_which_screen,
    wait_over_screen,
)
from handlers.reply import Screen
from handlers.view import View
from storage import documents, people
from storage.families import askers, nicknames


class StopWhichView(View, name="stop_which"):
    """The choice of which notices to stop; above it the numbers that were to be stopped and are `unfollowed`."""

    unfollowed: tuple[str, ...] = ()

    async def show(self, viewer: Viewer) -> Screen:
        chat = viewer.person.chat
        async with viewer.storage.reading() as tx:
            found = [
                (one, (await documents.status(tx, one.number, chat, viewer.now)).documents)
                for one in await people.follows(tx, chat)
            ]
        return stop_which_screen(viewer.workflow, found, viewer.t, self.unfollowed)


class AskerView(View, name="asker"):
    """Whoever decides is asked whether somebody more is told, without a sound. Nothing once it is decided, or is for
    others to decide.
    """

    asker: int
    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            found = await askers.get(tx, self.asker)
            if found is None or not askers.may_decide(viewer.person, found.village):
                return None
            look = await documents.status(tx, found.number, viewer.person.chat, viewer.now)
            told = await askers.followers(tx, found.number)
        return asker_screen(viewer.workflow, found, [one.type for one in look.documents], told, viewer.t)


class WaitOverView(View, name="wait_over"):
    """A number that was waited for has not been filed."""

    number: str
    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        return wait_over_screen(self.number, viewer.t)


class NameView(View, name="name"):
    """How a number is given a name."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            mine = [one.number for one in await people.follows(tx, viewer.person.chat)]
        return name_screen(self.number, nicknames.tail_of(self.number, mine), viewer.t)


class ProofView(View, name="proof"):
    """The keys for a pickup code, of which some digits are typed; never all four."""

    number: str
    typed: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        return proof_screen(self.number, self.typed, viewer.t)


class NewsView(View, name="which_news"):
    """What somebody hears of what they follow; what they chose a moment ago, if they did."""

    news: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            follows = bool(await people.follows(tx, viewer.person.chat))
        return news_screen(self.news or viewer.person.news, viewer.t, follows=follows)
