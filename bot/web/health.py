"""How the process is: what it knows of itself, what the register says, and what of it is wrong."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.clock import APART, FAR_APART
from bot.database.disk import Room
from bot.lease import LASTS
from storage import Storage, guesses, inbox, is_transient, overview

# Seconds from which on something is wrong. A poll takes 50 s at most, and so does a pause after a 429 as a rule. The
# lease is renewed each 5 s, and a renewal may wait 5 s for whoever else writes; once it has ended nothing is sent.
LIMITS = {
    "poll_age": 90.0, "outage_age": 10.0, "owed_age": 900.0, "open_age": 300.0, "lag": 5.0, "write_age": LASTS,
    "clock_skew": APART, "server_skew": FAR_APART, "backup_age": 2 * 86400.0,
}  # fmt: skip
WEEK = 7 * 86400.0  # seconds for which the page's certificate is good, at least: it should have been renewed by then
PATIENCE = 5.0  # seconds for the register to answer
log = logging.getLogger(__name__)


class Process(NamedTuple):
    """What the process knows of itself: ages and skews in seconds (`clock_skew` to the database's clock, `server_skew`
    to Telegram's), and the disk of a register in a file.

    `outage` is what Telegram says instead of taking what is sent or asked for, nothing if it does. `backup_age` is in
    seconds, None where no backups are asked for; so is `certificate_left`, where there is no page or nobody knows.
    `clashes` is how many settings do not go together.
    """

    leads: bool
    poll_age: float
    outage_age: float
    lag: float
    write_age: float
    clock_skew: float
    server_skew: float
    disk: Room | None = None
    outage: str = ""
    backup_age: float | None = None
    certificate_left: float | None = None
    clashes: int = 0


class Register(NamedTuple):
    """What the register says: ages in seconds, and counts. Nothing about any person."""

    owed: int
    owed_age: float
    open: int
    open_age: float
    stuck: int
    away: int
    misses: int
    page_misses: int


class Health(NamedTuple):
    """Both; without a register that cannot be asked."""

    process: Process
    register: Register | None

    def facts(self) -> Mapping[str, float]:
        """All that is known, by name."""
        facts: dict[str, Any] = self.process._asdict() | (self.register._asdict() if self.register else {})
        del facts["disk"], facts["outage"]
        for name in ("backup_age", "certificate_left"):
            if facts[name] is None:
                del facts[name]
        return facts | ({"disk_free": self.process.disk.free} if self.process.disk else {})

    def faults(self) -> list[str]:
        """What is wrong. One that waits for the lease answers for little but its own loop."""
        facts, leads = self.facts(), self.process.leads
        late = [name for name, limit in LIMITS.items() if facts.get(name, 0) > limit and (leads or name == "lag")]
        disk = ["disk_free"] if leads and self.process.disk and self.process.disk.is_low else []
        soon = ["certificate_left"] if leads and facts.get("certificate_left", WEEK) < WEEK else []
        return late + disk + soon + ([] if self.register else ["database"])


async def look(storage: Storage, now: int, process: Process, turns: Mapping[int, int] | None = None) -> Health:
    """Ask the register, too, for a while. `turns`: see `inbox.oldest`. Raises nothing: who asks must hear something."""
    try:
        async with asyncio.timeout(PATIENCE):
            return Health(process, await _ask(storage, now, turns))
    except Exception as error:
        if not is_transient(error):
            log.exception("the register could not be read")
        return Health(process, None)


async def _ask(storage: Storage, now: int, turns: Mapping[int, int] | None) -> Register:
    async with storage.reading() as tx:
        owed_since, owed = await overview.oldest_owed(tx)
        open_since, open = await inbox.oldest(tx, turns)
        troubles = await overview.troubles(tx)
        misses, page_misses = await guesses.of_all(tx, now), await guesses.of_all(tx, now, guesses.PAGE)
    owed_age, open_age = _age(owed_since, now), _age(open_since, now)
    return Register(owed, owed_age, open, open_age, troubles.stuck, troubles.away, misses, page_misses)


def _age(since: int | None, now: int) -> float:
    return max(0, now - since) / 1000 if since is not None else 0.0
