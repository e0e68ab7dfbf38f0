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
    _put(time, time=_wall, monotonic=_monotonic, time_ns=lambda: int(_wall() * 1e9))
    _put(secrets, choice=random.choice, randbits=random.getrandbits, randbelow=random.randrange)
    _put(secrets, token_hex=_hex, token_urlsafe=_hex)


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

    async def told(*args: Any, **options: Any) -> "list[Owed]":
        process = PROCESS.get()
        if not isinstance(process, Process):
            return await claim(*args, **options)
        process.machine.begins(process)
        found = await claim(*args, **options)
        for hears in process.machine.at_claim[:]:
            hears(found)
        return found

    return told


def claim_at_once(rows: int) -> None:
    """A sender claims so many rows at once, and holds a sixth of that of one chat while more is due."""
    from bot.outgoing import hand, sender

    _put(hand, CLAIM=rows, MOST_OF_A_CHAT=max(1, rows // 6))
    _put(sender, CLAIM=rows)


def _put(module: Any, **others: object) -> None:
    """Have others stand in a module where something stands. Raises AttributeError where nothing does: nobody would ask
    for them there.
    """
    for name, other in others.items():
        if not hasattr(module, name):
            raise AttributeError(f"{module.__name__} has no {name}")
        setattr(module, name, other)


def virtual_machine() -> None:
    """The bot stands on the simulated disk, network and processes from here on."""
    import apscheduler.executors.base  # type: ignore[import-untyped]  # APScheduler 3 tells none
    import apscheduler.schedulers.base  # type: ignore[import-untyped]  # as above

    from bot import app, lease
    from bot.chores import timetable
    from bot.incoming import dispatcher, redact
    from bot.outgoing import sender
    from storage import district, outbox
    from storage.db import protocol, sqlite
    from tests.simulation import calls, disk, network, watched

    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # as the bot's own logs do
    for module in (apscheduler.executors.base, apscheduler.schedulers.base, timetable):
        _put(module, datetime=_Datetime)
    _put(app, faulthandler=_Watchdog(), _spare_the_collector=lambda: None)
    _put(app, ServerClient=network.Wire, Lease=watched.WatchedLease, os=calls.Calls(), version=lambda: "simulated")
    _put(sender, Delivery=watched.WatchedDelivery, Hand=watched.WatchedHand)
    _put(dispatcher, update_of=watched.watched(redact.update_of))
    _put(outbox, claim=_heard(outbox.claim))
    _put(lease, os=calls.Calls(), here=calls.place)
    _put(sqlite, aiosqlite=disk, queries=cache(protocol.queries))
    _put(sqlite3, connect=partial(sqlite3.connect, factory=disk.Drive))
    shipped = district.parse(district.SHIPPED.read_text("utf-8"))  # it is read at each start, and is the same each time

    @cache
    def gathering(seconds: float) -> Any:
        return replace(shipped, district=replace(shipped.district, gather=seconds))

    _put(district, load=lambda _path=None: gathering(Now.gather))
