"""What the bot is made of, so that a machine can look at it, and hears of what it begins."""

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from bot.lease import Lease
from bot.outgoing.delivery import Delivery
from bot.outgoing.hand import Hand
from bot.telegram.errors import Disposition
from handlers.update import Update
from storage.records import Owed
from tests.simulation.loop import NumberedTask
from tests.simulation.machine import here
from tests.simulation.weather import Fate

T = TypeVar("T")
FATE = ContextVar[Fate | None]("FATE", default=None)  # of the message that a task is about to send


class WatchedLease(Lease):
    """A lease whose process can be asked whether it leads."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        here().lease = self


class WatchedHand(Hand):
    """A hand into which one can look."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        here().hand = self


class WatchedDelivery(Delivery):
    """A delivery of which the machine hears when it begins one more, and whose message meets the fate of its chat."""

    async def deliver(self, owed: Owed) -> Disposition:
        machine, task = here().machine, asyncio.current_task()
        # One that was begun before its process stood still is looked at as it sends.
        if isinstance(task, NumberedTask) and task.began == machine.loop.time():
            machine.begins(here())
        FATE.set(here().machine.fates.pop(owed.chat, None))
        return await super().deliver(owed)


def watched(reads: Callable[[T], Update]) -> Callable[[T], Update]:
    """What reads an update first of all, of which the machine then hears."""

    def begin(body: T) -> Update:
        here().machine.begins(here())
        for hears in here().machine.at_handled[:]:
            hears(body)
        return reads(body)

    return begin
