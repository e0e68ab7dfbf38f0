"""A family says how it went, in answer to the news that all is handed over."""

from handlers.context import Request
from handlers.feature import Feature
from handlers.opinions.buttons import Explain, Judge
from handlers.opinions.views import WhyNoBetterView
from handlers.view import Answer, NoteView, Refused
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, people
from storage.db.protocol import Tx
from storage.feedback import opinions

SENTENCES |= {"opinion": _("Thank you. The head reads how many say so, and not who.")}


async def judge(request: Request, button: Judge) -> Answer:
    """So it went; the news stays as it is."""
    if button.verdict not in opinions.VERDICTS:
        raise Refused("old_button")
    async with request.storage.transaction() as tx:
        await _theirs(tx, request, button.request)
        is_new = await opinions.give(tx, button.request, button.verdict, request.now)
    if not is_new:
        return Answer(None, recorded=False)
    if button.verdict == "good":
        return Answer(None, alert=NoteView("opinion"))
    return Answer(WhyNoBetterView(button.request), fresh=True)


async def explain(request: Request, button: Explain) -> Answer:
    """Because of this."""
    if button.reason not in opinions.REASONS:
        raise Refused("old_button")
    async with request.storage.transaction() as tx:
        await _theirs(tx, request, button.request)
        await opinions.explain(tx, button.request, button.reason)
    return Answer(NoteView("opinion"))


async def _theirs(tx: Tx, request: Request, id: int) -> None:
    """Raises Refused unless this chat follows the request."""
    found = await documents.of_request(tx, id)
    if not found or not await people.follow_of(tx, request.person.chat, found[0].number):
        raise Refused("old_button")


OPINIONS = Feature(buttons={Judge: judge, Explain: explain})
