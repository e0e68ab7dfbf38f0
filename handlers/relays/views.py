"""What is to be told to families, as things are now."""

from handlers.context import Viewer
from handlers.relays.screens import relay_screen, relays_screen, told_screen
from handlers.reply import Screen
from handlers.view import Refused, View
from storage import documents
from storage.news import relays


class RelayView(View, name="relay"):
    """The text for the family of a request, in a language or the one chosen for it."""

    request: int
    lang: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await documents.of_request(tx, self.request)
            if not found or not relays.teller(viewer.person, found[0].village):
                raise Refused("not_yours")
            relay = await relays.of_request(tx, viewer.workflow, self.request, found[0].village, viewer.now)
            told_at = None if relay else await relays.last_told(tx, self.request)
            rest = 0 if relay else len(await relays.of_person(tx, viewer.workflow, viewer.person, viewer.now))
        if relay is None:
            return told_screen(viewer.workflow, found[0].number, told_at, rest, viewer.t, viewer.now)
        lang = self.lang or relay.lang or viewer.t.lang
        return relay_screen(viewer.workflow, relay, found, lang, viewer.t, viewer.now)


class RelaysView(View, name="relays"):
    """A page of what somebody has to tell families."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await relays.of_person(tx, viewer.workflow, viewer.person, viewer.now)
            types = {one.request: [d.type for d in await documents.of_request(tx, one.request)] for one in found}
        return relays_screen(viewer.workflow, found, types, self.page, viewer.t, viewer.now)


class RelayNewsView(View, name="relay_news"):
    """A milestone that is to be told to the family of a request, or to several (0), unless somebody has by now, or it
    comes with the next, which the register knows already: that tells how it is, too.
    """

    request: int = 0
    act: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            found = await relays.of_person(tx, viewer.workflow, viewer.person, viewer.now)
            known = await documents.of_request(tx, self.request) if self.request else []
            village = known[0].village if known else ""
            still = await relays.of_request(tx, viewer.workflow, self.request, village, viewer.now) if known else None
        if self.request:
            is_newest = still is not None and (not self.act or still.act <= self.act)
            return await RelayView(self.request).show(viewer) if is_newest else None
        return await RelaysView().show(viewer) if found else None
