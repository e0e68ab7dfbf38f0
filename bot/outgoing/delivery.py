"""One owed message to Telegram: its words, its call, and what became of it."""

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from html import unescape

from telegram.constants import MessageLimit
from telegram.error import TelegramError

import storage
from bot.telegram.api import Transport
from bot.telegram.errors import Done, GivenUp, Later, Part, Verdict, Without, backoff, verdict
from bot.telegram.rate_limit import Priority, priority
from handlers import answers
from handlers.office import Office
from handlers.screens.notices import Message, notice
from handlers.screens.parts import page
from storage.records import Owed

log = logging.getLogger(__name__)

# The screen, and whether it comes without a sound; None: there is nothing to say any more.
Render = Callable[[Owed], Awaitable[Message | None]]
_TAG = re.compile(r"<[^>]*>")


class Delivery:
    """Carries one owed message at a time. `render` finds the words for every kind but the notice of an act."""

    def __init__(self, office: Office, transport: Transport, render: Render, chance: Callable[[], float]) -> None:
        self._office, self._transport, self._render, self._chance = office, transport, render, chance

    async def carry(self, owed: Owed, last: str = "") -> Verdict:
        """Done, or what to do instead. `last` is the reason of the Later before this one. Raises nothing."""
        try:
            message = await self._words(owed)
            return await self._send(owed, message, last) if message else Done()
        except Exception as error:  # noqa: BLE001 - one message that cannot be made or sent holds up no other
            return self._failed(owed, error)

    async def _words(self, owed: Owed) -> Message | None:
        if owed.kind == "act":
            return notice(owed, self._office.workflow, self._office.now())
        return await self._render(owed)

    async def _send(self, owed: Owed, message: Message, last: str) -> Verdict:
        priority.set(Priority(owed.priority))
        lacking: set[Part] = set()
        while True:
            judged = await self._try(owed, message, last, lacking)
            if not isinstance(judged, Without):
                return judged
            log.error("refused with its %s, sent without", judged.part, extra={"notice": owed.ids[0]})
            lacking.add(judged.part)
            message = without(message, judged.part)

    async def _try(self, owed: Owed, message: Message, last: str, lacking: set[Part]) -> Verdict:
        try:
            screen, silent = message
            await answers.send(self._transport.call, owed.chat, screen, silent=silent)
        except TelegramError as error:
            return verdict(error, owed.tries, self._office.now(), self._chance(), last=last, lacking=lacking)
        return Done()

    def _failed(self, owed: Owed, error: Exception) -> Verdict:
        if storage.trouble(error):
            return Later(self._office.now() + backoff(owed.tries, self._chance()), "database")
        log.error("cannot be said", extra={"notice": owed.ids[0], "kind": owed.kind}, exc_info=error)
        return GivenUp(type(error).__name__)


def without(message: Message, part: Part) -> Message:
    """The same with less: plain words that fit, no keyboard, or nothing that is not needed."""
    screen, silent = message
    match part:
        case "formatting":
            most = MessageLimit.MAX_TEXT_LENGTH if screen.photo is None else MessageLimit.CAPTION_LENGTH
            return replace(screen, text=page(unescape(_TAG.sub("", screen.text))[:most])), silent
        case "keyboard":
            return replace(screen, rows=()), silent
    return screen, False
