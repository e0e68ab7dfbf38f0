"""From a handler's decision to what its person sees: the same for every handler."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram.error import TelegramError

from handlers import callbacks
from handlers.context import Request
from handlers.refused import Refused
from handlers.reply import Answer, Screen, Unanswered, edit, send, toast
from handlers.update import Update
from handlers.view import render
from handlers.wording.refusals import refusal

Said = Callable[[Request], Awaitable[Answer | None]]
Tapped = Callable[[Request, Any], Awaitable[Answer | None]]


async def answer_message(asked: Request, handler: Said) -> None:
    """The handler decides, what it returns is sent. Raises Unanswered if that cannot be sent now."""
    try:
        answer = await handler(asked)
    except Refused as no:
        answer = Answer("refused", {"key": no.key, **no.args_of})
    if answer and (screen := await _rendered(asked, answer)):
        await _deliver(asked, answer, send(asked.call, asked.chat, screen))


async def answer_tap(asked: Request, handlers: Mapping[type[callbacks.Callback], Tapped]) -> None:
    """The button says which handler; its answer takes the place of the card. Raises Unanswered if that cannot be."""
    try:
        button = callbacks.parse(asked.update.text)
        answer = await handlers[type(button)](asked, button)
    except callbacks.Unreadable:
        answer = _no(asked, Refused("old_button"))
    except Refused as no:
        answer = _no(asked, no)
    await _show(asked, answer or Answer(""))


async def _rendered(asked: Request, answer: Answer) -> Screen | None:
    """The screen of an answer; what a view refuses is said as any other no."""
    try:
        return await render(asked, answer)
    except Refused as no:
        return await render(asked, Answer("refused", {"key": no.key, **no.args_of}))


def _no(asked: Request, no: Refused) -> Answer:
    """A refusal of a tap: said over the card, which stays or turns into the present one."""
    words = refusal(no.key, no.args_of, asked.t, asked.now)
    after = no.then or Answer("")
    return Answer(after.view, after.args, toast=words, alert=True)


async def _show(asked: Request, answer: Answer) -> None:
    """Toast and card side by side: the toast never decides whether the card is out."""
    shows = answer.view and not (answer.passing and _tapped_again(asked))
    screen = await _rendered(asked, answer) if shows else None
    saying = asyncio.ensure_future(_say(asked, answer))
    try:
        if screen is not None:
            await _deliver(asked, answer, _place(asked, answer, screen))
    finally:
        await saying


def _tapped_again(asked: Request) -> bool:
    """True if a tap of the same kind on the same card waits already: the card is going to be shown as it then is."""
    mine = asked.update.message, _kind(asked.update)
    return any((one.message, _kind(one)) == mine for one in asked.behind() if one.kind == "tap")


def _kind(tap: Update) -> type[callbacks.Callback] | None:
    with suppress(callbacks.Unreadable):
        return type(callbacks.parse(tap.text))
    return None


async def _place(asked: Request, answer: Answer, screen: Screen) -> None:
    if answer.fresh or screen.photo is not None:
        await send(asked.call, asked.chat, screen)
    else:
        await edit(asked.call, asked.chat, asked.update.message, screen)


async def _say(asked: Request, answer: Answer) -> None:
    try:
        await toast(asked.call, asked.update.tap, answer.toast, alert=answer.alert)
    except TelegramError:
        # Too old, or answered before: what the tap did is done all the same.
        return


async def _deliver(asked: Request, answer: Answer, sending: Awaitable[None]) -> None:
    try:
        await sending
    except TelegramError as error:
        raise Unanswered(asked.chat, replace(answer, lang=asked.t.lang)) from error
