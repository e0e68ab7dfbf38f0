"""Who names the pickup code of a number follows it, and so sees all of it.

A wrong code is a guess like a number that is not there (`storage.guesses`): it is counted for the chat, and for all.
The five tries at the counter are not touched, so no stranger can use them up.
"""

from dataclasses import replace

from handlers.context import Request
from handlers.feature import Feature
from handlers.follow.buttons import TypeProof
from handlers.follow.handlers import follow_with_consent
from handlers.follow.views import ProofView
from handlers.lookup.handlers import look_up_sound, sound
from handlers.lookup.views import StatusView
from handlers.view import Answer, NoteView, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, guesses
from storage.counter import pickup

SENTENCES |= {
    "wrong_proof": _("This is not the pickup code of {number}. Please check it on the slip."),
    "proofs_over": _("Too many wrong numbers or codes. Try again after {time}."),
}


async def type_proof(request: Request, button: TypeProof) -> View | Answer:
    """One more digit of a pickup code; with the fourth, if it is right, the number is followed."""
    number = sound(button.number)
    if not _is_whole(button.typed):
        return ProofView(number, button.typed)
    view, promise = await _open(request, number, button.typed)
    return Answer(view, alert=promise) if promise else view


async def code_written(request: Request, button: TypeProof) -> View | None:
    """All of a code at once, as it was written in answer to its card."""
    code = pickup.written(request.update.arguments)
    if not code:
        return None
    view, promise = await _open(request, sound(button.number), code)
    return replace(view, notes=(promise.key,), until=promise.until) if promise else view


def _is_whole(typed: str) -> bool:
    """True if all digits are there. Raises Refused."""
    if (typed and not (typed.isascii() and typed.isdecimal())) or len(typed) > pickup.DIGITS:
        raise Refused("old_button")
    return len(typed) == pickup.DIGITS


async def _open(request: Request, number: str, code: str) -> tuple[StatusView, NoteView | None]:
    """Follow the number, if that is its code: what is seen then, and what is promised. Raises Refused."""
    allowed = await look_up_sound(request, (number,))
    if allowed.paused or not allowed.numbers:
        return allowed, None
    await _prove(request, number, code)
    promise = await follow_with_consent(request, number, proved=True)
    return await look_up_sound(request, (number,)), promise


async def _prove(request: Request, number: str, code: str) -> None:
    """Raises Refused, after counting the guess, if that is not its code."""
    chat, now, tried = request.person.chat, request.now, f"{number} {code}"
    async with request.storage.transaction() as tx:
        look = await documents.status(tx, number, chat, now)
        if not pickup.is_asked(request.workflow, request.person, look):
            return
        allowed = await guesses.allowance(tx, chat, (tried,), now)
        if allowed.until is None and not pickup.is_same(look.pickup, code):
            await guesses.count(tx, chat, (tried,), now)
    if allowed.until is not None:
        raise Refused("proofs_over", until=allowed.until)
    if not pickup.is_same(look.pickup, code):
        raise Refused("wrong_proof", then=ProofView(number), number=number)


PROOF = Feature(buttons={TypeProof: type_proof}, replies={TypeProof: code_written})
