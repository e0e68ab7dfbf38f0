"""From a handler's decision to what its person sees: the same for every handler."""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress

from telegram.error import TelegramError

from handlers.callbacks import Callback, Unreadable, code_of, parse
from handlers.context import Request
from handlers.feature import Tapped, Typed
from handlers.reply import edit, send, toast
from handlers.view import Answer, Refused, Unanswered, View, screen_of


async def answer_message(request: Request, handler: Typed) -> None:
    """The handler decides, what it returns is sent. Raises Unanswered if that cannot be sent now."""
    try:
        view = await handler(request)
    except Refused as refused:
        view = refused.view
    if screen := await screen_of(view, request):
        await _deliver(request, view, send(request.call, request.person.chat, screen))


async def answer_tap(request: Request, handlers: Mapping[type[Callback], Tapped]) -> None:
    """The button says which handler; its answer takes the place of the card. Raises Unanswered if that cannot be."""
    try:
        button = parse(request.update.text)
        found = await handlers[type(button)](request, button)
        answer = found if isinstance(found, Answer) else Answer(found)
    except Unreadable:
        answer = _no(request, Refused("old_button"))
    except Refused as refused:
        answer = _no(request, refused)
    await _show(request, answer)


def _no(request: Request, refused: Refused) -> Answer:
    """A refusal of a tap: said over the card, which stays or turns into the present one."""
    return Answer(refused.then, toast=refused.view.words(request), alert=True)


async def _show(request: Request, answer: Answer) -> None:
    """Toast and card side by side: the toast never decides whether the card is out."""
    view = None if answer.passing and _is_tapped_again(request) else answer.view
    screen = await screen_of(view, request) if view else None
    saying = asyncio.ensure_future(toast(request.call, request.update.tap, answer.toast, alert=answer.alert))
    try:
        if view and screen:
            chat, card = request.person.chat, request.update.message
            place = send(request.call, chat, screen) if answer.fresh else edit(request.call, chat, card, screen)
            await _deliver(request, view, place)
    finally:
        with suppress(TelegramError):  # too old, or answered before: what the tap did is done all the same
            await saying


def _is_tapped_again(request: Request) -> bool:
    """True if a tap of the same kind on the same card waits already: the card is going to be shown as it then is."""
    mine = code_of(request.update.text), request.update.message
    return any((code_of(one.text), one.message) == mine for one in request.behind() if one.kind == "tap")


async def _deliver(request: Request, view: View, sending: Awaitable[None]) -> None:
    try:
        await sending
    except TelegramError as error:
        raise Unanswered(request.person.chat, view.facts(request.t.lang)) from error
