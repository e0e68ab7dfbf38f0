"""One owed message to Telegram: its words, its call, and what came of it."""

import logging
import re
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from functools import partial
from html import unescape

from telegram.constants import MessageLimit
from telegram.error import BadRequest, TelegramError

from bot.counts import SECONDS, Counts
from bot.logs import told
from bot.press.printer import Busy, NotPrinted, Printer
from bot.retry import Backoff, is_told
from bot.telegram.api import BotApi
from bot.telegram.errors import (
    Disposition,
    Done,
    FirstRefusal,
    GivenUp,
    Held,
    Later,
    Part,
    Unreachable,
    Without,
    classify,
)
from bot.telegram.rate_limit import Priority
from handlers import reply
from handlers.context import Services
from handlers.reply import Message, Paper
from handlers.view import CARD
from handlers.wording.layout import page
from storage import is_transient
from storage.records import Owed

log = logging.getLogger(__name__)

# The screen, and whether it comes without a sound; None: there is nothing to say any more.
Render = Callable[[Owed], Awaitable[Message | None]]
LONGEST_PAUSE = 60.0  # seconds between two tries of one message
BUSY_MS = 1000  # until somebody who could not print asks again
PRINT_TRIES = 5  # of one PDF: then it is the sheet that is at fault, and not the machine
FILE_TRIES = 2  # more of one that is refused: what is behind FILE_PART_0_MISSING passes
FILE: Collection[Part] = ("picture", "everything")  # what is refused with either is gone
_TAG = re.compile(r"<[^>]*>")


class Delivery:
    """Delivers one owed message at a time, and here alone it is decided whether it rings: never in quiet hours.

    `render` finds its words, `chance` is from [0, 1).
    """

    def __init__(
        self, api: BotApi, render: Render, services: Services, chance: Callable[[], float], counts: Counts
    ) -> None:
        self._api, self._render, self._now, self._waits = api, render, services.now, counts.notice_waits
        self._is_quiet = services.workflow.calendar.is_quiet
        self._backoff = Backoff(chance, longest=LONGEST_PAUSE)
        self._printer = Printer()
        self._first: dict[int, FirstRefusal] = {}  # by chat, of those that are not understood

    async def deliver(self, owed: Owed) -> Disposition:
        """What came of it. Raises nothing."""
        try:
            if owed.card or owed.also:
                shown = await self._shown(owed)
                if not isinstance(shown, Owed):
                    return shown
                owed = shown
            message = await self._render(owed)
            if message and message[0].paper and not message[0].paper.drawn:
                message = await self._printed(message, message[0].paper)
            return await self._send(owed, message) if message else Done()
        except Busy:  # a place among those who send is no place to wait in
            return Later(self._now() + BUSY_MS, "others print", counts=False)
        except NotPrinted as error:
            log.warning("not printed", extra={"notice": owed.ids[0], "tries": owed.tries, "reason": str(error)})
            return Later(self._retry_at(owed), "paper") if owed.tries < PRINT_TRIES else GivenUp("paper", ours=True)
        except Exception as error:  # whatever it is: one message that cannot be made or sent holds up no other
            if is_transient(error):
                return self._later(owed, error)
            log.exception("cannot be said", extra={"notice": owed.ids[0], "kind": owed.kind})
            return GivenUp(type(error).__name__, ours=True)

    def _later(self, owed: Owed, error: Exception) -> Later:
        if owed.tries and is_told(owed.tries):  # of a moment's trouble the sender tells
            log.warning("a notice waits", extra={"notice": owed.ids[0], "tries": owed.tries, "error": told(error)})
        return Later(self._retry_at(owed), "database")

    async def _shown(self, owed: Owed) -> Owed | Disposition:
        """The same once its cards are up to date, without those that are gone; or what stands in the way."""
        parts: list[Owed] = []
        for one in (owed, *owed.also):
            hindered = await self._renew(one) if one.card else None
            if hindered and not isinstance(hindered, GivenUp):
                return hindered
            parts.append(one._replace(card=0) if hindered else one)
        return parts[0]._replace(also=tuple(parts[1:]))

    async def _renew(self, owed: Owed) -> Disposition | None:
        """Bring the card of a request up to date before anything is said, for to do so twice does no harm. What stands
        in the way; GivenUp if Telegram has no such card any more.
        """
        card = await self._render(owed._replace(kind=CARD))
        if card is None:
            return None
        call = partial(self._api.call, priority=Priority(owed.priority))
        try:
            await reply.edit(call, owed.chat, owed.card, card[0])
        except TelegramError as error:
            found = self._judged(error, owed)
            if isinstance(found, Done):  # it says so already
                return None
            if isinstance(error, BadRequest) and not isinstance(found, Unreachable):
                return GivenUp("card")
            self._remember(owed.chat, found)
            return replace(found, unclear=False) if isinstance(found, Later) else found
        return None

    async def _printed(self, message: Message, paper: Paper) -> Message:
        """The same, with its file, or what is said instead of that. Raises Busy or NotPrinted."""
        screen, silent = message
        try:
            drawn = await self._printer.draw(paper.sheet)
        except NotPrinted as error:
            if not paper.instead:
                raise
            log.warning("not drawn, said instead", extra={"file": paper.name, "reason": str(error)})
            return without(message, "picture")
        return screen._replace(paper=paper._replace(drawn=drawn)), silent

    async def _send(self, owed: Owed, message: Message) -> Disposition:
        call = partial(self._api.call, priority=Priority(owed.priority))
        lacking: set[Part] = set()
        while True:
            screen, silent = message
            try:
                sent = await reply.send(call, owed.chat, screen, silent=silent or self._is_quiet(self._now()))
                waited = max(0, self._now() - owed.owed_at) / 1000
                self._waits.places[bisect_left(SECONDS, waited)] += 1
                self._waits.total += waited
                self._first.pop(owed.chat, None)
                return Done(screen.card, sent)
            except TelegramError as error:
                found = self._judged(error, owed, lacking)
            if isinstance(found, Without) and screen.paper and not screen.paper.instead and found.part in FILE:
                # Its words alone would say that it is there: whoever asked for it reads that it cannot be sent.
                is_last = owed.tries >= FILE_TRIES
                found = GivenUp("file", ours=True) if is_last else Later(self._retry_at(owed), "file")
            if not isinstance(found, Without):
                self._remember(owed.chat, found)
                return found
            # Words that Telegram cannot read are still words: better plain than never.
            log.error("refused with its %s, sent without", found.part, extra={"notice": owed.ids[0]})
            lacking.add(found.part)
            message = without(message, found.part)

    def _judged(self, error: TelegramError, owed: Owed, lacking: Collection[Part] = ()) -> Disposition:
        first, taken = self._first.get(owed.chat), self._api.outage.taken
        return classify(error, self._now(), self._retry_at(owed), first=first, taken=taken, lacking=lacking)

    def _remember(self, chat: int, found: Disposition) -> None:
        """Since when it is refused for no reason that we understand."""
        first, taken = self._first.get(chat), self._api.outage.taken
        match found:
            case Later(doubted=True, reason=reason):
                if first is None or first.reason != reason:
                    self._first[chat] = FirstRefusal(self._now(), reason, taken)
            case Held(kind):
                self._first[chat] = first or FirstRefusal(self._now(), kind, taken)
            case _:
                self._first.pop(chat, None)

    def _retry_at(self, owed: Owed) -> int:
        return self._now() + round(1000 * self._backoff.pause(owed.tries))


def without(message: Message, part: Part) -> Message:
    """The same with less: plain words that fit, no keyboard, no picture, or the bare words."""
    screen, silent = message
    match part:
        case "keyboard":
            return screen._replace(rows=()), silent
        case "picture" | "everything":
            text = screen.paper.instead if screen.paper and screen.paper.instead else screen.text
            screen = screen._replace(text=text, photo=None, paper=None)
    if part == "picture":
        return screen, silent
    if part == "everything":
        screen = screen._replace(rows=())
    is_caption = screen.photo is not None or screen.paper is not None
    most = MessageLimit.CAPTION_LENGTH if is_caption else MessageLimit.MAX_TEXT_LENGTH
    return screen._replace(text=page(unescape(_TAG.sub("", screen.text))[:most])), silent
