"""Files that are asked for by a tap: a PDF, a workbook, a picture or a voice. Each is drawn as it leaves."""

from handlers.context import Request
from handlers.view import Answer, NoteView, View
from storage import outbox
from storage.db.protocol import Tx
from storage.paper import ordered
from storage.records import MINUTE

AFTER = 500  # ms by which a picture leaves behind the card that it belongs to


async def is_asked(tx: Tx, request: Request, view: View, what: str, each: int = MINUTE) -> bool:
    """True if this very file was asked for within `each` so many ms, so that it does not come once more."""
    return await ordered.standing(tx, _key(request, view, what, each)) is not None


async def owe(tx: Tx, request: Request, view: View, what: str, each: int = MINUTE) -> Answer:
    """Owe the file of a view to whoever asks; within `each` so many ms once, so that a double tap draws once. What is
    said to the tap: that it comes, or what became of it.
    """
    chat, now, key = request.person.chat, request.now, _key(request, view, what, each)
    found = await ordered.standing(tx, key)
    if found and found.is_given_up:
        return Answer(None, alert=NoteView("sorry"))
    if found and found.is_out:
        return Answer(None, toast=request.t("This chat has its answer already. Please look further up."))
    due = outbox.Due(key, chat, "paper", outbox.ANSWER, now, facts=view.facts(request.t.lang))
    await outbox.owe(tx, [due], now)
    return Answer(None, toast=request.t("It comes in a moment."))


def _key(request: Request, view: View, what: str, each: int) -> str:
    return f"paper:{request.person.chat}:{view.name}:{what}:{request.now // each}"


async def owe_picture(tx: Tx, request: Request, view: View, of: int) -> None:
    """Owe the picture of what was made just now, once. In the transaction that makes it: so it comes even if we die
    before the card is shown.
    """
    due_at, facts = request.now + AFTER, view.facts()
    due = outbox.Due(f"{view.name}:{of}", request.person.chat, "picture", outbox.ANSWER, due_at, facts=facts)
    await outbox.owe(tx, [due], request.now)
