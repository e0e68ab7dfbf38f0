"""What takes the place of clocks, chance, threads and the machine.

Clocks and chance before the bot is imported, since its functions bind their defaults then; the rest afterwards.
"""

import logging
import random
import secrets
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from tests.simulation.loop import BEGAN, PROCESS, VirtualLoop

if TYPE_CHECKING:  # as it may be imported only once time is virtual
    from storage.records import Owed

TUESDAY = 1_795_482_600.0  # Tue 24 Nov 2026, 08.10 WIB
WALL, MONOTONIC = time.time, time.monotonic


class Now:
    """The loop that runs, while a simulation does; and for how many seconds news waits to gather."""

    loop: VirtualLoop | None = None
    gather = 0.0


def _wall() -> float:
    return TUESDAY + Now.loop.time() - BEGAN if Now.loop else WALL()


def _monotonic() -> float:
    return Now.loop.time() if Now.loop else MONOTONIC()


def _hex(n: int | None = None) -> str:
    return random.randbytes(n or 32).hex()


def virtual_time_and_chance() -> None:
    """Time is the loop's, and what was drawn from the system is drawn from `random`, which a seed decides."""
    replaced: Any = time
    replaced.time, replaced.monotonic, replaced.time_ns = _wall, _monotonic, lambda: int(_wall() * 1e9)
    replaced = secrets
    replaced.choice, replaced.randbits, replaced.randbelow = random.choice, random.getrandbits, random.randrange
    replaced.token_hex = replaced.token_urlsafe = _hex


class _Datetime(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.fromtimestamp(time.time(), tz)


class _Watchdog:
    """In place of faulthandler's, which counts real seconds."""

    def dump_traceback_later(self, *_: object, **__: object) -> None: ...

    def cancel_dump_traceback_later(self) -> None: ...


def _heard(claim: "Callable[..., Awaitable[list[Owed]]]") -> "Callable[..., Awaitable[list[Owed]]]":
    """The same, but the machine hears of it before it is committed."""
    from tests.simulation.machine import Process

    async def hears(*args: Any, **options: Any) -> "list[Owed]":
        found = await claim(*args, **options)
        process = PROCESS.get()
        if isinstance(process, Process):
            process.machine.at_claim([owed.chat for owed in found])
        return found

    return hears


def virtual_machine() -> None:
    """The bot stands on the simulated disk, network and processes from here on."""
    import apscheduler.executors.base  # type: ignore[import-untyped]  # APScheduler 3 tells none
    import apscheduler.schedulers.base  # type: ignore[import-untyped]  # as above

    from bot import app, lease
    from bot.chores import timetable
    from bot.incoming import dispatcher
    from bot.outgoing import sender
    from storage import district, outbox
    from storage.db import protocol, sqlite
    from tests.simulation import calls, disk, machine, network

    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # as the bot's own logs do
    replaced: Any
    for replaced in (apscheduler.executors.base, apscheduler.schedulers.base, timetable):
        replaced.datetime = _Datetime
    replaced = app
    replaced.faulthandler, replaced._spare_the_collector = _Watchdog(), lambda: None
    replaced.ServerClient, replaced.Lease = network.Wire, machine.WatchedLease
    replaced.os, replaced.version = calls.Calls(), lambda: "simulated"
    replaced = sender
    replaced.Delivery, replaced.Hand = machine.WatchedDelivery, machine.WatchedHand
    replaced = dispatcher
    replaced.update_of = machine.watched(replaced.update_of)
    vars(outbox)["claim"] = _heard(outbox.claim)
    replaced = lease
    replaced.os, replaced._place = calls.Calls(), calls.place
    replaced = sqlite
    replaced.aiosqlite, replaced.queries = disk, cache(protocol.queries)
    replaced = sqlite3
    replaced.connect = partial(sqlite3.connect, factory=disk.Drive)
    replaced = district
    shipped = district.parse(district.SHIPPED.read_text("utf-8"))  # it is read at each start, and is the same each time

    @cache
    def gathering(seconds: float) -> Any:
        return replace(shipped, district=replace(shipped.district, gather=seconds))

    replaced.load = lambda _path=None: gathering(Now.gather)
