"""One owed message to Telegram: its words, its call, and what became of it."""

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from html import unescape

from telegram.constants import MessageLimit
from telegram.error import TelegramError

from bot.telegram.api import BotApi
from bot.telegram.errors import Disposition, Done, GivenUp, Later, Part, Without, backoff, classify
from bot.telegram.rate_limit import Priority, priority
from handlers import reply
from handlers.context import Services
from handlers.reply import Message
from handlers.wording.layout import page
from storage import is_transient
from storage.records import Owed

log = logging.getLogger(__name__)

# The screen, and whether it comes without a sound; None: there is nothing to say any more.
Render = Callable[[Owed], Awaitable[Message | None]]
_TAG = re.compile(r"<[^>]*>")


class Delivery:
    """Carries one owed message at a time. `render` finds its words."""

    def __init__(self, services: Services, transport: BotApi, render: Render, chance: Callable[[], float]) -> None:
        self._services, self._transport, self._render, self._chance = services, transport, render, chance

    async def carry(self, owed: Owed, last: str = "") -> Disposition:
        """Done, or what to do instead. `last` is the reason of the Later before this one. Raises nothing."""
        try:
            message = await self._render(owed)
            return await self._send(owed, message, last) if message else Done()
        except Exception as error:  # noqa: BLE001 - one message that cannot be made or sent holds up no other
            return self._failed(owed, error)

    async def _send(self, owed: Owed, message: Message, last: str) -> Disposition:
        priority.set(Priority(owed.priority))
        lacking: set[Part] = set()
        while True:
            judged = await self._try(owed, message, last, lacking)
            if not isinstance(judged, Without):
                return judged
            log.error("refused with its %s, sent without", judged.part, extra={"notice": owed.ids[0]})
            lacking.add(judged.part)
            message = without(message, judged.part)

    async def _try(self, owed: Owed, message: Message, last: str, lacking: set[Part]) -> Disposition:
        try:
            screen, silent = message
            await reply.send(self._transport.call, owed.chat, screen, silent=silent)
        except TelegramError as error:
            return classify(error, owed.tries, self._services.now(), self._chance(), last=last, lacking=lacking)
        return Done()

    def _failed(self, owed: Owed, error: Exception) -> Disposition:
        if is_transient(error):
            return Later(self._services.now() + backoff(owed.tries, self._chance()), "database")
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
