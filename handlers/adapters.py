"""How an update comes in and an answer goes out: the same for every handler."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from handlers import buttons, views
from handlers.context import Context, Request, request_of
from handlers.refused import Refused
from handlers.reply import Answer, Screen, Unanswered, edit, send, toast
from handlers.screens.refusals import refusal

Said = Callable[[Request], Awaitable[Answer | None]]
Tapped = Callable[[Request, Any], Awaitable[Answer | None]]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]

# Bodies of what the same person sent after the update in hand, as far as it has come. Set by whoever runs the handlers.
behind: ContextVar[Callable[[], Iterable[str]]] = ContextVar("behind", default=tuple)


def said(handler: Said) -> Callback:
    """A door for messages: the handler decides, what it returns is sent."""

    async def enter(update: Update, context: Context) -> None:
        asked = await request_of(update, context)
        try:
            answer = await handler(asked)
        except Refused as no:
            answer = Answer("refused", {"key": no.key, **no.args_of})
        if answer:
            await _answer_message(asked, answer)

    return enter


def tapped(handlers: dict[type[buttons.Callback], Tapped]) -> Callback:
    """A door for taps: the button says which handler, its answer takes the place of the card."""

    async def enter(update: Update, context: Context) -> None:
        asked = await request_of(update, context)
        tap = update.callback_query
        if tap is None:
            raise LookupError("a tap without a tap")
        try:
            button = buttons.parse(tap.data or "")
            answer = await handlers[type(button)](asked, button)
        except buttons.Unreadable:
            answer = _no(asked, Refused("old_button"))
        except Refused as no:
            answer = _no(asked, no)
        await _answer_tap(asked, tap, answer or Answer(""))

    return enter


def _no(asked: Request, no: Refused) -> Answer:
    """A refusal of a tap: said over the card, which stays or turns into the present one."""
    words = refusal(no.key, no.args_of, asked.t, asked.now)
    after = no.then or Answer("")
    return Answer(after.view, after.args, toast=words, alert=True)


async def _answer_message(asked: Request, answer: Answer) -> None:
    screen = await views.render(asked, answer)
    if screen is not None:
        await _deliver(asked, answer, send(asked.call, asked.chat, screen))


async def _answer_tap(asked: Request, tap: CallbackQuery, answer: Answer) -> None:
    shows = answer.view and not (answer.passing and _tapped_again(tap))
    screen = await views.render(asked, answer) if shows else None
    saying = _say(asked, tap, answer)
    if screen is None:
        await saying
        return
    # Side by side: the toast never decides whether the card is out.
    said = asyncio.ensure_future(saying)
    try:
        await _deliver(asked, answer, _place(asked, tap, answer, screen))
    finally:
        await said


def _tapped_again(tap: CallbackQuery) -> bool:
    """True if a tap of the same kind on the same card waits already: the card is going to be shown as it then is."""
    mine = (tap.message and tap.message.message_id, _kind(tap.data))
    taps = [json.loads(body).get("callback_query", {}) for body in behind.get()()]
    return any((one.get("message", {}).get("message_id"), _kind(one.get("data"))) == mine for one in taps)


def _kind(data: str | None) -> type[buttons.Callback] | None:
    with suppress(buttons.Unreadable):
        return type(buttons.parse(data or ""))
    return None


async def _place(asked: Request, tap: CallbackQuery, answer: Answer, screen: Screen) -> None:
    if answer.fresh or tap.message is None or screen.photo is not None:
        await send(asked.call, asked.chat, screen)
    else:
        await edit(asked.call, asked.chat, tap.message.message_id, screen)


async def _say(asked: Request, tap: CallbackQuery, answer: Answer) -> None:
    try:
        await toast(asked.call, tap.id, answer.toast, alert=answer.alert)
    except TelegramError:
        # Too old, or answered before: what the tap did is done all the same.
        return


async def _deliver(asked: Request, answer: Answer, sending: Awaitable[None]) -> None:
    try:
        await sending
    except TelegramError as error:
        raise Unanswered(asked.chat, replace(answer, lang=asked.t.lang)) from error
