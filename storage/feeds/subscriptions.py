"""What other systems subscribed to, and how far each has been told. The queue is the ledger: an act that is committed
is told, however often the process dies in between. The states of a subscription::

    asked ── confirm ──▶ told of each act, in order ── unsubscribe, or its system is revoked ──▶ ended
               │ ▲            │ ▲
               └─┘ later      └─┘ later: it is away, and whatever comes after waits behind

A crash after an act was told and before that is written down tells it again, under the same ids. Acts are looked for a
day further back than the last one told, for ids run by a clock which may be set back, and commits by no clock at all.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from storage.db.ids import first_of, new_id
from storage.db.protocol import Tx
from storage.records import DAY, HOUR

LOOKBACK = first_of(DAY)  # in ids
MOST = 20  # of a system, and acts at a time
Criteria = Mapping[str, Any]


class TooManySubscriptions(Exception):
    """A system has so many subscriptions that it gets no more."""


class SubscriptionEnded(Exception):
    """What is asked for under these ids has ended: it is told nothing, and so is no answer to who asks again."""


class Subscription(NamedTuple):
    """A subscription that is due, with its system; `upto` is the last act it was told of."""

    id: int
    system: int
    name: str
    url: str
    criteria: str
    made_at: int
    confirmed_at: int | None
    upto: int
    tries: int

    @property
    def wants(self) -> Criteria:
        """What it was asked for."""
        found: Criteria = json.loads(self.criteria)
        return found


class OnRecord(NamedTuple):
    """A subscription as it is on record, ended or not."""

    id: int
    criteria: str
    made_at: int
    confirmed_at: int | None
    ended_at: int | None

    @property
    def wants(self) -> Criteria:
        """What it was asked for."""
        found: Criteria = json.loads(self.criteria)
        return found


async def subscribe(tx: Tx, system: int, asked: str, criteria: Criteria, now: int) -> int:
    """Tell a system of what is done from now on; asked twice it is one. Raises TooManySubscriptions, and
    SubscriptionEnded.
    """
    if await tx.one("subscription_asked", system=system, asked=asked) is None:
        if len(await of_system(tx, system)) >= MOST:
            raise TooManySubscriptions
        id, written = new_id(now), json.dumps(criteria)
        await tx.all("subscribe", id=id, system=system, asked=asked, criteria=written, now=now)
        await tx.all("skip_done", id=id, lookback=LOOKBACK)
    row = await tx.one("subscription_asked", system=system, asked=asked)
    if row is None:
        raise LookupError("a subscription that was made a moment ago is gone")
    id, ended_at = row
    if ended_at is not None:
        raise SubscriptionEnded
    return int(id)


async def unsubscribe(tx: Tx, system: int, id: int, now: int) -> bool:
    """Tell nothing any more. False if it is not of this system, or had ended."""
    return await tx.one("unsubscribe", system=system, id=id, now=now) is not None


async def of_system(tx: Tx, system: int) -> list[tuple[int, Criteria, int, str]]:
    """Those that have not ended: id, what for, how often it was tried in vain, and what came back last."""
    rows = await tx.all("subscriptions_of", system=system)
    return [(id, json.loads(criteria), tries, error) for id, criteria, tries, error in rows]


async def ever(tx: Tx, system: int) -> list[OnRecord]:
    """All of a system, oldest first."""
    return [OnRecord(*row) for row in await tx.all("subscriptions_ever", system=system)]


async def due(tx: Tx, now: int) -> list[Subscription]:
    """Those that may be told now; those, too, that wait by a clock which was set back since."""
    return [Subscription(*row) for row in await tx.all("due_subscriptions", now=now, beyond=now + HOUR)]


async def untold(tx: Tx, one: Subscription, until: int) -> list[int]:
    """The next acts, of those recorded up to a time: a few at once."""
    values = {"subscription": one.id, "until": until, "most": MOST}
    return [int(id) for (id,) in await tx.all("untold_acts", after=one.upto - LOOKBACK, **values)]


async def told(tx: Tx, one: Subscription, acts: Sequence[int]) -> None:
    """It has heard of these."""
    await tx.many("note_told", [{"subscription": one.id, "act": act} for act in acts])
    await tx.all("told_upto", id=one.id, act=max(acts))
    await tx.all("drop_told", subscription=one.id, before=max(acts) - 2 * LOOKBACK)


async def confirmed(tx: Tx, one: Subscription, now: int) -> None:
    """It knows that it subscribed."""
    await tx.all("confirm_subscription", id=one.id, now=now)


async def later(tx: Tx, one: Subscription, due_at: int, error: str) -> None:
    """It is away."""
    await tx.all("subscription_later", id=one.id, due_at=due_at, error=error)


async def rename_village(tx: Tx, old: str, new: str) -> None:
    """What was subscribed to of a village is of its new key."""
    for id, criteria in await tx.all("criteria_of_subscriptions"):
        if f'"{old}"' not in criteria:
            continue
        wants = json.loads(criteria)
        wants["attributes"] = [
            [name, [new if name == "village" and one == old else one for one in values]]
            for name, values in wants["attributes"]
        ]
        await tx.all("rewrite_subscription", id=id, criteria=json.dumps(wants))
