"""Guesses at receipt numbers: who asks for numbers that are not in the register sees only so many in an hour.

A miss is a number with a right check digit that a chat asked for and that is not there. The same number twice is one
miss, and asking again is free. Five misses within an hour, and the chat sees nothing new until one is an hour old. When
there are 300 of all chats together (the breaker), two are enough: who has missed twice waits, and whoever mistyped once
has one more try; who has not missed is answered as always.
Addresses from which the public page is visited have the same limits, and a breaker of their own: an address is had for
nothing, and whoever has thousands shall slow no chat.

Misses outlive `/hapus`, which would be a way around the limit otherwise. So they are kept for the hour under keyed
hashes of chat or address and of number: no row says who asked for what, and none is left afterwards.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from storage.db import secret
from storage.db.protocol import Tx
from storage.records import HOUR, LookUp, Person

AN_HOUR = 5
OF_ALL = 300
WHILE_OPEN = 2  # misses in an hour while there are so many of all: a family may err once, and guessing gains nothing
CHATS, PAGE = "", "page"  # where a miss comes from
Asker = int | str  # a chat, or an address
_KEY = "guesses"


class Allowance(NamedTuple):
    """What a chat may still ask for: its limit, when it missed within the hour (newest first), and for what."""

    limit: int = AN_HOUR
    missed_at: tuple[int, ...] = ()
    missed: frozenset[str] = frozenset()

    @property
    def until(self) -> int | None:
        """When the chat may ask for another number; None if it may now."""
        return self.missed_at[self.limit - 1] + HOUR if len(self.missed_at) >= self.limit else None

    def less(self, number: str, now: int) -> "Allowance":
        """What is left after a miss."""
        return Allowance(self.limit, (now, *self.missed_at), self.missed | {number})


class Sifted(NamedTuple):
    """Numbers as a person may see them. Nothing is said of those `refused`; `until` is when they may be asked for."""

    shown: tuple[LookUp, ...] = ()
    unknown: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()  # of those unknown, what is to be counted
    refused: tuple[str, ...] = ()
    until: int | None = None


async def sift(tx: Tx, person: Person, looks: Sequence[LookUp], waits: Collection[str], now: int) -> Sifted:
    """Which of the numbers that were looked up this person may see. Staff, and who follows a number or `waits` for it,
    are guessing nothing. What comes in the message behind the last miss that is allowed is refused, be it there or not.
    """
    free = frozenset(look.number for look in looks if person.posts or look.followed or look.number in waits)
    numbers = [look.number for look in looks if look.number not in free]
    allowed = await allowance(tx, person.chat, numbers, now) if numbers else Allowance()
    shown, unknown, misses, refused = [], [], [], []
    for look in looks:
        number = look.number
        is_free = number in free or number in allowed.missed
        if not is_free and allowed.until is not None:
            refused.append(number)
        elif look.documents or look.reserved_until:
            shown.append(look)
        else:
            unknown.append(number)
            if not is_free:
                misses.append(number)
                allowed = allowed.less(number, now)
    until = allowed.until if refused else None
    return Sifted(tuple(shown), tuple(unknown), tuple(misses), tuple(refused), until)


async def allowance(tx: Tx, asker: Asker, numbers: Iterable[str], now: int) -> Allowance:
    """What is left to this chat or address, and which of these numbers it has missed already."""
    row = await tx.one("secret_if_missed", name=_KEY)
    if row is None:
        return Allowance()  # most of the time nobody has
    key = str(row[0])
    rows = await tx.all("misses", who=secret.hashed(key, asker), since=now - HOUR)
    if not rows:
        return Allowance()  # whatever all others do
    limit = WHILE_OPEN if await of_all(tx, now, _source(asker)) >= OF_ALL else AN_HOUR
    hashes = {what for what, _ in rows}
    missed = frozenset(number for number in numbers if secret.hashed(key, number) in hashes)
    return Allowance(limit, tuple(at for _, at in rows), missed)


def _source(asker: Asker) -> str:
    return PAGE if isinstance(asker, str) else CHATS


async def count(tx: Tx, asker: Asker, misses: Iterable[str], now: int) -> None:
    """Put down what a chat or an address asked for in vain."""
    key = await secret.key(tx, _KEY)
    who = {"who": secret.hashed(key, asker), "source": _source(asker), "at": now, "since": now - HOUR}
    await tx.many("miss", [{**who, "what": secret.hashed(key, number)} for number in misses])


async def of_all(tx: Tx, now: int, source: str = CHATS) -> int:
    """The misses of all chats, or of all addresses, within the hour. From `OF_ALL` on their breaker is open."""
    [(misses,)] = await tx.all("misses_of_all", since=now - HOUR, source=source)
    return int(misses)


async def any_old(tx: Tx, now: int) -> bool:
    """True if there is something to purge."""
    return await tx.one("old_miss", before=now - HOUR, now=now) is not None


async def purge(tx: Tx, now: int) -> None:
    """Forget the misses that are an hour old, and those of a clock that has been set back since."""
    await tx.all("purge_misses", before=now - HOUR, now=now)
