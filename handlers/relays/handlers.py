"""An officer takes over the news of a family, and says that they know."""

from handlers.chosen import must_see
from handlers.context import Request
from handlers.feature import Feature, for_staff
from handlers.filing.views import FiledView
from handlers.relays.buttons import KeepProxy, Relayed, ShowRelay, ShowRelays
from handlers.relays.views import RelaysView, RelayView
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage import documents
from storage.db.protocol import Tx
from storage.news import relays
from storage.records import Person, Post


async def keep(request: Request, button: KeepProxy) -> Answer:
    """The village's officers tell this family, or no longer."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        found = await documents.of_request(tx, button.request)
        if not found or found[0].village not in request.workflow.filing_villages(officer):
            raise Refused("not_yours")
        await must_see(tx, request.workflow, officer, found[0].id)
        await relays.keep(tx, button.request, request.now, on=bool(button.on))
    return Answer(FiledView(button.request), recorded=True)


async def show(request: Request, button: ShowRelay) -> View:
    """The text for one family, in the language that is chosen with it: that is kept for the next."""
    lang = button.lang if button.lang in request.workflow.district.district.languages else ""
    async with request.storage.transaction() as tx:
        await _theirs(tx, request.person, button.request)
        if lang:
            await relays.speak(tx, button.request, lang)
    return RelayView(button.request, lang)


async def confirm(request: Request, button: Relayed) -> Answer:
    """The family knows: so it is for all officers of the village."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        post = await _theirs(tx, officer, button.request)
        is_new = await relays.confirm(tx, button.request, button.act, post.id, request.now)
    return Answer(RelayView(button.request), recorded=is_new)


async def _theirs(tx: Tx, person: Person, request: int) -> Post:
    """The post by which this person tells the family of a request. Raises Refused."""
    staff_only(person)
    found = await documents.of_request(tx, request)
    post = relays.teller(person, found[0].village) if found else None
    if post is None:
        raise Refused("not_yours")
    return post


RELAYS = Feature(buttons={KeepProxy: keep, ShowRelays: for_staff(RelaysView), ShowRelay: show, Relayed: confirm})
