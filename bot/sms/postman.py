"""Brings what is owed by SMS to the gateway, in the order in which it fell due, and writes down what came of it."""

import asyncio
import logging
import random
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from bot.retry import Backoff
from bot.sms.channel import Channel, NotTaken, OutOfReach
from handlers.context import Services
from handlers.sms.in_one_sms import Sms, compose
from storage import outbox
from storage.news import phones
from storage.records import MINUTE, Owed

log = logging.getLogger(__name__)

CLAIM = 10  # rows at once: so many are asked for again after a crash
LOOK_S = 5.0  # between two looks at what has fallen due
QUIET_MS = 10 * MINUTE  # between two looks whether a phone may ring again
LONGEST_AWAY_S = 60.0
_OURS = re.compile(r"([0-9]{1,18}|[0-8][0-9]{18})-([0-9]{1,2})")  # as `gateway_id` writes it, within 63 bits


@dataclass
class _Round:
    """What came of the rows of one claim."""

    done: list[Owed] = field(default_factory=list)
    said: list[tuple[Owed, frozenset[int]]] = field(default_factory=list)  # of which documents that they stand still
    given_up: list[tuple[Owed, str]] = field(default_factory=list)
    quiet: list[Owed] = field(default_factory=list)
    doubted: list[Owed] = field(default_factory=list)
    left: Sequence[Owed] = ()
    away: str = ""


class Postman:
    """One message after the other: a telephone sends no faster. None begins while `leads` says no.

    `rest` sleeps so many seconds while the gateway is away; `chance` is from [0, 1).
    """

    def __init__(
        self,
        services: Services,
        channel: Channel,
        leads: Callable[[], bool],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._services, self._channel, self._leads = services, channel, leads
        self._bell, self._fails = asyncio.Event(), 0
        self._database = Backoff(chance, first=0.1, longest=5.0, vital=False)
        self._gateway = Backoff(chance, first=1.0, longest=LONGEST_AWAY_S)

    def wake(self) -> None:
        """Something may be owed that was not before."""
        self._bell.set()

    async def run(self) -> None:
        """Send what is owed until cancelled; for the holder of the lease only."""
        while True:
            self._bell.clear()
            if await self.send_due():
                continue
            wait = self._gateway.pause(self._fails - 1) if self._fails else LOOK_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), wait)

    async def send_due(self) -> bool:
        """Send what is due, in a claim of 10. True if there was any and it went, so the caller comes straight back."""
        if not self._leads():
            return False
        owed = await self._database.until_database_is_back(self._claim)
        if not owed:
            return False
        came = await self._send(owed)
        await self._database.until_database_is_back(partial(self._settle, came))
        self._note(came.away)
        return not came.away

    async def _claim(self) -> list[Owed]:
        """What is due. Nothing is in hand: what is claimed was left by a process that died and may have sent it."""
        async with self._services.storage.reading() as tx:
            due, is_left = (await outbox.next_due(tx)).get(outbox.SMS), await phones.is_claimed(tx)
        if not is_left and (due is None or due > self._services.now()):
            return []
        async with self._services.storage.transaction() as tx:
            await outbox.release(tx, [outbox.SMS])
            return await outbox.claim(tx, outbox.SMS, self._services.now(), CLAIM)

    async def _send(self, owed: Sequence[Owed]) -> _Round:
        """Send until the gateway is away: what is behind that is let go of."""
        came, is_quiet = _Round(), self._services.workflow.calendar.is_quiet(self._services.now())
        for place, one in enumerate(owed):
            if is_quiet and one.kind == phones.NEWS:
                came.quiet.append(one)
                continue
            try:
                said = await self._send_one(one)
            except NotTaken as error:
                came.given_up.append((one, str(error)))
            except OutOfReach as error:
                came.doubted, came.left, came.away = [one], owed[place + 1 :], str(error)
                break
            else:
                came.done.append(one)
                came.said += [(one, said.held)] if said and said.held is not None else []
        return came

    async def _send_one(self, owed: Owed) -> Sms | None:
        sms = await self._database.until_database_is_back(partial(compose, self._services, owed))
        if sms:
            await self._channel.send(gateway_id(owed), sms.phone, sms.text, repeated=owed.repeated)
        return sms

    async def _settle(self, came: _Round) -> None:
        now = self._services.now()
        async with self._services.storage.transaction() as tx:
            for owed, held in came.said:
                await phones.note_held(tx, owed.chat, owed.request or 0, held)
            await phones.settle(tx, came.done, now)
            for owed, reason in came.given_up:
                await outbox.give_up(tx, owed, now, reason)
            for owed in came.quiet:
                await phones.later(tx, owed, now + QUIET_MS)
            for owed in came.doubted:
                await phones.doubt(tx, owed)
            await outbox.let_go(tx, came.left)
        for owed, reason in came.given_up:
            log.error("an SMS was given up", extra={"notice": owed.ids[0], "reason": reason})

    def _note(self, away: str) -> None:
        """Tell once that the gateway is away, and once that it is back."""
        if away and not self._fails:
            log.warning("the SMS gateway is away; what is owed is kept", extra={"error": away})
        elif self._fails and not away:
            log.info("the SMS gateway is back", extra={"tries": self._fails})
        self._fails = self._fails + 1 if away else 0


def gateway_id(owed: Owed) -> str:
    """Under which id the gateway knows a row: another one once the mobile network has failed it."""
    return f"{owed.ids[0]}-{owed.tries}"


def row_of(id: str) -> tuple[int, int] | None:
    """The row of the outbox and the count of its failures behind a gateway's id; None if it is not one of ours."""
    ours = _OURS.fullmatch(id)
    return (int(ours[1]), int(ours[2])) if ours else None
