"""Safeguards against loss, disorder and doubling, each with the lines that take it out of the code."""

from tests.simulation.removals_incoming import (
    API,
    APP,
    ERRORS,
    HAND,
    INCOMING,
    LEASE,
    OUTBOX,
    OUTBOX_SQL,
    QUEUE,
    REGISTER,
    RETRY,
    SENDER,
    UNDO,
    Safeguard,
    one,
)
from tests.simulation.removals_joined import JOINED
from tests.simulation.removals_mistaken import MISTAKEN

OUTGOING = (
    one(
        "claims of a process that died are opened",
        SENDER,
        "                await outbox.release(tx, KINDS, after=self._newest)",
        "                pass",
    ),
    Safeguard(
        "claims that nobody holds are opened: of a commit that got lost, of a process that stood still",
        (
            (SENDER, "        self._orphans = orphans or bool(wanted)\n", ""),
            (SENDER, "        if self._clock() >= self._orphans_at and", "        if not self._orphans_at and"),
        ),
    ),
    one(
        "what came back is kept until it is written down",
        SENDER,
        "        # If the answer to the commit gets lost, claims may stand",
        "        self.hand.unsettled.clear()\n        # If the answer to the commit gets lost, claims may stand",
    ),
    one(
        "what is out is written down",
        HAND,
        "sent += owed.ids",
        "sent += ()",
    ),
    Safeguard(
        "what is owed and failed is tried again: after a while, or once nobody holds it",
        (
            (
                HAND,
                "                await outbox.later(tx, owed, at, owed.tries + counts, reason, repeated=unclear)",
                "                pass",
            ),
            (SENDER, "        if self._clock() >= self._orphans_at and", "        if not self._orphans_at and"),
        ),
    ),
    one(
        "what may have arrived is sent again",
        ERRORS,
        'return Later(retry_at, "unknown" if out else "not sent", unclear=out)',
        'return Done() if out else Later(retry_at, "not sent")',
    ),
    one(
        "what may have arrived says so when it comes again",
        HAND,
        "reason, repeated=unclear)",
        "reason)",
    ),
    one(
        "what a process left behind that ended says so",
        SENDER,
        "                await outbox.release(tx, KINDS, after=self._newest)",
        "                await outbox.release(tx, KINDS, after=self._newest or 0)",
    ),
    one(
        "who had heard of what is taken back hears that it was wrong",
        UNDO,
        "    await audience.regret(tx, workflow, done, back, {one.request for one in moved}, actor.now)\n",
        "",
    ),
    one(
        "the rest of a chat goes back with what failed",
        HAND,
        "                self._pause(owed.chat, at)",
        "                self._paused[owed.chat] = at",
    ),
    Safeguard(
        "what is owed or claimed meanwhile waits behind what failed",
        (
            (HAND, "            elif owed.chat in self._paused or len(", "            elif len("),
            (
                OUTBOX,
                "async def pause(tx: Tx, chat: int, until: int) -> None:\n",
                "async def pause(tx: Tx, chat: int, until: int) -> None:\n    return\n",
            ),
            (  # or what is gathered takes along what failed
                "storage/sql/outbox.sql",
                "where +w.priority = 1 and w.owed_at <= :now",
                "where w.tries = 0 and +w.priority = 1 and w.owed_at <= :now",
            ),
        ),
    ),
    one(
        "what was owed first goes first",
        HAND,
        'attrgetter("priority", "ids")',
        "lambda owed: (owed.priority, -owed.ids[0])",
    ),
    one(
        "one of a chat is under way at a time",
        QUEUE,
        "        may_go = line.items and line.taken is None and line.asleep_until is None",
        "        may_go = line.items and line.asleep_until is None",
    ),
    one(
        "a chat that was not found once is tried again",
        ERRORS,
        "    if found == Unreachable(NOT_FOUND) and not (first and _is_believed(first, now, taken)):",
        "    if False:",
    ),
    one(
        "who is back hears what was owed",
        OUTBOX,
        '    await tx.all("wake_notices", chat=chat, now=now, never=NEVER)\n    return True',
        "    return True",
    ),
    one(
        "who is back hears nothing before its grace is over",
        OUTBOX_SQL,
        "-- name: wake_notices!\nupdate outbox set due_at = case when owed_at > :now then owed_at else :now end",
        "-- name: wake_notices!\nupdate outbox set due_at = :now",
    ),
    one(
        "to be told to stop is to write down what is out",
        SENDER,
        "        tries = 3 if self._grace else 1\n",
        "        tries = 0\n",
    ),
    one(
        "to be told to stop is to let arrive what is under way",
        SENDER,
        "            await asyncio.wait(self._sends, timeout=self._grace)",
        "            pass",
    ),
    one(
        "whoever may lead no more sends nothing of what it holds",
        SENDER,
        "        if not self._leads():  # what we hold",
        "        if False:  # what we hold",
    ),
    Safeguard(
        "whoever may lead no more claims nothing",
        (
            (
                SENDER,
                "        if not self._leads():  # whoever leads would",
                "        if False:  # whoever leads would",
            ),
            (SENDER, "            wanted = wanted if self._leads() else ()  #", "            #"),
        ),
    ),
    one(
        "from whoever may lead no more nothing goes to a chat that waited for its turn",
        API,
        '        if kind == "send" and not self._leads():',
        "        if False:",
    ),
    one(
        "what is in hand is not opened with what nobody holds",
        SENDER,
        "after=self._newest)",
        "after=None if self._newest is None else 0)",
    ),
    one(
        "the rest of a chat that is lost is let go of",
        HAND,
        "                self.unsettled += [back._replace(owed=one) for one in self.drop(owed.chat)]\n",
        "                self.drop(owed.chat)\n",
    ),
    one(
        "what was claimed of a chat that is lost meanwhile is let go of",
        HAND,
        "            if owed.chat in lost:\n",
        "            if False:\n",
    ),
    one(
        "a refusal of before a return is not believed",
        HAND,
        "await outbox.lose(tx, owed.chat, reason, now, began=began)",
        "await outbox.lose(tx, owed.chat, reason, now)",
    ),
    one(
        "an answer that is out is owed no more",
        HAND,
        "                    await outbox.answered(tx, owed.ids)\n",
        "                    pass\n",
    ),
    one(
        "what once may have arrived stays a repeat",
        OUTBOX,
        "int(repeated or owed.repeated)",
        "int(repeated)",
    ),
    one(
        "what is put down is looked for",
        SENDER,
        "        self._look_again = True\n        self._bell.set()",
        "        self._bell.set()",
    ),
    one(
        "what falls due is sent though nobody says so",
        SENDER,
        "            waits += [(self._due[kind] - now) / 1000 for kind in KINDS if self._due.get(kind, now) > now]\n",
        "",
    ),
)

LEADING = (
    one(
        "who lost the lease does not take it again",
        LEASE,
        "is_lost = self.held and await leases.holder_of(tx, NAME) != self.holder",
        "is_lost = False",
    ),
    one(
        "one process leads",
        "storage/sql/system.sql",
        "where lease.holder = excluded.holder or lease.until < :now or lease.until > :beyond\n",
        "where true\n",
    ),
    one(
        "the lease runs by the database's clock",
        LEASE,
        "leases.take(tx, NAME, self.holder, now, LASTS / self._haste)",
        "leases.take(tx, NAME, self.holder, self._clock(), LASTS / self._haste)",
    ),
    one(
        "the lease is kept from the moment it is taken",
        APP,
        "        keeping = asyncio.create_task(self._lease.keep())\n",
        "        keeping = asyncio.create_task(asyncio.Event().wait())\n",
    ),
    one(
        "who lost the lease ends",
        LEASE,
        '                raise Stop(ExitCode.LEASE, "another process took the lease")',
        "                pass",
    ),
    one(
        "a database that fails at the start is waited for",
        APP,
        "        await Backoff().until_database_is_back(claim)",
        "        await claim()",
    ),
    one(
        "work on the database is tried more than once",
        RETRY,
        "                if not is_transient(error):",
        "                if tries or not is_transient(error):",
    ),
)

SAFEGUARDS = (*INCOMING, *REGISTER, *OUTGOING, *JOINED, *MISTAKEN, *LEADING)
