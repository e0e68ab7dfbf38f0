"""From a handler's decision to what its person sees: the same for every handler."""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import replace

from telegram.error import TelegramError

from handlers import callbacks
from handlers.context import Request
from handlers.feature import Tapped, Typed
from handlers.refused import Refused
from handlers.reply import Answer, Screen, Unanswered, edit, send, toast
from handlers.update import Update
from handlers.view import render
from handlers.wording.refusals import refusal


async def answer_message(request: Request, handler: Typed) -> None:
    """The handler decides, what it returns is sent. Raises Unanswered if that cannot be sent now."""
    try:
        answer = await handler(request)
    except Refused as no:
        answer = Answer("refused", {"key": no.key, **no.args_of})
    if answer and (screen := await _rendered(request, answer)):
        await _deliver(request, answer, send(request.call, request.chat, screen))


async def answer_tap(request: Request, handlers: Mapping[type[callbacks.Callback], Tapped]) -> None:
    """The button says which handler; its answer takes the place of the card. Raises Unanswered if that cannot be."""
    try:
        button = callbacks.parse(request.update.text)
        answer = await handlers[type(button)](request, button)
    except callbacks.Unreadable:
        answer = _no(request, Refused("old_button"))
    except Refused as no:
        answer = _no(request, no)
    await _show(request, answer or Answer(""))


async def _rendered(request: Request, answer: Answer) -> Screen | None:
    """The screen of an answer; what a view refuses is said as any other no."""
    try:
        return await render(request, answer)
    except Refused as no:
        return await render(request, Answer("refused", {"key": no.key, **no.args_of}))


def _no(request: Request, no: Refused) -> Answer:
    """A refusal of a tap: said over the card, which stays or turns into the present one."""
    words = refusal(no.key, no.args_of, request.t, request.now)
    after = no.then or Answer("")
    return Answer(after.view, after.args, toast=words, alert=True)


async def _show(request: Request, answer: Answer) -> None:
    """Toast and card side by side: the toast never decides whether the card is out."""
    shows = answer.view and not (answer.passing and _tapped_again(request))
    screen = await _rendered(request, answer) if shows else None
    saying = asyncio.ensure_future(_say(request, answer))
    try:
        if screen is not None:
            await _deliver(request, answer, _place(request, answer, screen))
    finally:
        await saying


def _tapped_again(request: Request) -> bool:
    """True if a tap of the same kind on the same card waits already: the card is going to be shown as it then is."""
    mine = request.update.message, _kind(request.update)
    return any((one.message, _kind(one)) == mine for one in request.behind() if one.kind == "tap")


def _kind(tap: Update) -> type[callbacks.Callback] | None:
    with suppress(callbacks.Unreadable):
        return type(callbacks.parse(tap.text))
    return None


async def _place(request: Request, answer: Answer, screen: Screen) -> None:
    if answer.fresh or screen.photo is not None:
        await send(request.call, request.chat, screen)
    else:
        await edit(request.call, request.chat, request.update.message, screen)


async def _say(request: Request, answer: Answer) -> None:
    try:
        await toast(request.call, request.update.tap, answer.toast, alert=answer.alert)
    except TelegramError:
        # Too old, or answered before: what the tap did is done all the same.
        return


async def _deliver(request: Request, answer: Answer, sending: Awaitable[None]) -> None:
    try:
        await sending
    except TelegramError as error:
        raise Unanswered(request.chat, replace(answer, lang=request.t.lang)) from error
