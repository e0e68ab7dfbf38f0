"""Files that are asked for by a tap: a PDF, a workbook, a picture or a voice. Each is drawn as it leaves."""

from handlers.context import Request
from handlers.view import View
from storage import outbox
from storage.db.protocol import Tx
from storage.records import MINUTE

AFTER = 500  # ms by which a picture leaves behind the card that it belongs to


async def owe(tx: Tx, request: Request, view: View, what: str, each: int = MINUTE) -> None:
    """Owe the file of a view to whoever asks; within `each` so many ms once, so that a double tap draws once."""
    chat, now = request.person.chat, request.now
    key = f"paper:{chat}:{view.name}:{what}:{now // each}"
    due = outbox.Due(key, chat, "paper", outbox.ANSWER, now, facts=view.facts(request.t.lang))
    await outbox.owe(tx, [due], now)


async def owe_picture(tx: Tx, request: Request, view: View, of: int) -> None:
    """Owe the picture of what was made just now, once. In the transaction that makes it: so it comes even if we die
    before the card is shown.
    """
    due_at, facts = request.now + AFTER, view.facts()
    due = outbox.Due(f"{view.name}:{of}", request.person.chat, "picture", outbox.ANSWER, due_at, facts=facts)
    await outbox.owe(tx, [due], request.now)
