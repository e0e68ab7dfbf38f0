"""Send a letter about a number to whoever may have one. It is owed, as all that is printed."""

from handlers import downloads
from handlers.attestations.buttons import SendLetter
from handlers.attestations.views import LetterView
from handlers.context import Request
from handlers.feature import Feature
from handlers.view import Answer, Refused
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents
from storage.attestations import letters
from storage.heads import looks
from storage.numbers import is_number
from storage.records import MINUTE

OFTEN = 10 * MINUTE  # within which a number has one letter in a chat
SENTENCES |= {
    "no_letter": _(
        "This letter is for whoever follows the number, and for its village office, until all is handed over. "
        "Please send the number first."
    ),
    "forged_letter": _("This letter is not from us. Please do not trust it, and ask the village office."),
}


async def send(request: Request, button: SendLetter) -> Answer:
    """The letter about a number."""
    chat, now, number = request.person.chat, request.now, button.number
    if not is_number(number):
        raise Refused("old_button")
    async with request.storage.transaction() as tx:
        look = await documents.status(tx, number, chat, now)
        # Whoever may not have it hears the same of a number that is there and of one that is not.
        if not look.documents or not letters.may(request.workflow, request.person, look):
            raise Refused("no_letter")
        await looks.note(tx, request.workflow, request.person, looks.NUMBER, [number], now)
        return await downloads.owe(tx, request, LetterView(number), number, OFTEN)


ATTESTATIONS = Feature(buttons={SendLetter: send})
