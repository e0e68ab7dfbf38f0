"""Safeguards against loss, disorder and doubling, each with the lines that take it out of the code."""

from typing import NamedTuple


class Safeguard(NamedTuple):
    """What it does for us; and by file what stands there, and what would stand there without it."""

    name: str
    edits: tuple[tuple[str, str, str], ...]


def _one(name: str, file: str, old: str, new: str) -> Safeguard:
    return Safeguard(name, ((file, old, new),))


POLLER, RECORDER = "bot/incoming/poller.py", "bot/incoming/recorder.py"
DISPATCHER, OUTCOMES, SETTLER = "bot/incoming/dispatcher.py", "bot/incoming/outcomes.py", "bot/incoming/settler.py"
SENDER, QUEUE, ERRORS = "bot/outgoing/sender.py", "bot/keyed_queue.py", "bot/telegram/errors.py"
LEASE, APP, RETRY, SQLITE = "bot/lease.py", "bot/app.py", "bot/retry.py", "storage/db/sqlite.py"
OUTBOX_SQL, INBOX_SQL, DOCUMENTS_SQL = "storage/sql/outbox.sql", "storage/sql/inbox.sql", "storage/sql/documents.sql"
INBOX, OUTBOX, DOCUMENTS, AUDIENCE = (
    "storage/inbox.py",
    "storage/outbox.py",
    "storage/documents.py",
    "storage/audience.py",
)

INCOMING = (
    _one(
        "an update is stored before Telegram may forget it",
        POLLER,
        "            at = await self._recorder.keep(batch, self.last_poll.gap_since())",
        "            self._offset = batch.offset\n"
        "            asyncio.create_task(self._poll())\n"
        "            await asyncio.sleep(0.2)\n"
        "            at = await self._recorder.keep(batch, self.last_poll.gap_since())",
    ),
    _one(
        "a batch that the database refuses is tried again",
        RECORDER,
        "fresh = await self._backoff.until_database_is_back(partial(self._store, batch, now, since, at))",
        "fresh = await partial(self._store, batch, now, since, at)()",
    ),
    _one(
        "what is known already may be in nobody's hands",
        RECORDER,
        "            await self.take_up()\n        return now",
        "            pass\n        return now",
    ),
    _one(
        "what was unfinished is taken up at the start",
        RECORDER,
        "            if update.update_id not in held:",
        "            if update.update_id in held:",
    ),
    _one(
        "what is in somebody's hands is not taken up once more",
        RECORDER,
        "            if update.update_id not in held:",
        "            if True:",
    ),
    _one(
        "updates are handled once they are stored, and not otherwise",
        INBOX,
        '    await tx.many(\n        "store_update"',
        '    [] and await tx.many(\n        "store_update"',
    ),
    _one(
        "what was done is not stored again when it is handed out again",
        INBOX_SQL,
        "update inbox set done_at = :now, body = null, person = 0 where update_id = :update_id",
        "delete from inbox where update_id = :update_id",
    ),
    _one(
        "of a batch only what is new is handled",
        INBOX,
        "    return fresh\n",
        "    return list(updates)\n",
    ),
    _one(
        "an update is done only when its answer is out",
        DISPATCHER,
        "            outcome = await self._outcome(update, queue)\n",
        "            self._settler.put(update, Answered(), is_last=True)\n"
        "            outcome = await self._outcome(update, queue)\n",
    ),
    _one(
        "one person's updates are handled one after the other",
        DISPATCHER,
        "        queue = self._queues.get(update.person)\n        if update.person in self.overfull",
        "        queue = self._queues.pop(update.person, None)\n        if update.person in self.overfull",
    ),
    _one(
        "of two taps none is left out",
        "bot/incoming/ready.py",
        'QUESTIONS = ("text", "command", "other")',
        'QUESTIONS = ("text", "command", "other", "tap")',
    ),
    _one(
        "only equal questions share an answer",
        "bot/incoming/ready.py",
        "same = (update.kind, update.text, update.attached, update.language_code)",
        "same = (update.kind, update.language_code)",
    ),
    _one(
        "database trouble is no failure of the handler",
        OUTCOMES,
        "return (Retry if is_transient(failure) else Failed)(type(failure).__name__)",
        "return Failed(type(failure).__name__)",
    ),
    _one(
        "what ended is written down as often as it takes",
        SETTLER,
        "            await self._backoff.until_database_is_back(partial(self._write, batch))",
        "            await self._write(batch)",
    ),
    _one(
        "an answer that cannot be sent is owed",
        OUTCOMES,
        "            await inbox.answer_later(tx, update_id, chat, facts, now, repeated=repeated or update.again)",
        "            await inbox.done(tx, [update_id], now)",
    ),
    _one(
        "what is owed in a commit whose answer got lost is owed once",
        OUTCOMES,
        "    if not await inbox.is_open(tx, update_id):\n        return\n",
        "",
    ),
)

REGISTER = (
    _one(
        "a document moves as it was seen, or not at all",
        DOCUMENTS,
        "            if document.version != seen.version:",
        "            if False:",
    ),
    _one(
        "who moved a document is told that it is recorded already",
        DOCUMENTS,
        "        if event and self._is_same(event) and await self._is_own(event):",
        "        if False:",
    ),
    _one(
        "a draft is filed under its own key",
        DOCUMENTS,
        '    row = await tx.one("request_by_draft", draft=draft)',
        '    draft += f":{new_id(actor.now)}"\n    row = await tx.one("request_by_draft", draft=draft)',
    ),
    _one(
        "all who follow are told in the transaction of the move",
        AUDIENCE,
        "_of_request(act, chat, request, due_at) for chat, request in sorted(told)]",
        "_of_request(act, chat, request, due_at) for chat, request in sorted(told)[:1]]",
    ),
    _one(
        "an undo withdraws the notices",
        DOCUMENTS,
        '        await tx.all("withdraw_notices", act=act, request=request)',
        "        pass",
    ),
    _one(
        "nobody is told before the grace is over",
        AUDIENCE,
        "    due_at = now + workflow.grace\n    told = {",
        "    due_at = now\n    told = {",
    ),
    _one(
        "a transaction returns when it is on the disk",
        SQLITE,
        "        await asyncio.shield(group.done)\n",
        "        if asyncio.get_running_loop().time() < 1002:  # while the register is set up\n"
        "            await asyncio.shield(group.done)\n",
    ),
    _one(
        "who fails takes back its own and nobody else's",
        SQLITE,
        "        if group.commit and self._writes.in_transaction:",
        "        if False:",
    ),
    _one(
        "whoever fails takes back what it wrote",
        SQLITE,
        '            self._writes.execute("rollback to one")\n',
        "",
    ),
)

OUTGOING = (
    _one(
        "claims of a process that died are opened",
        SENDER,
        "                await outbox.release(tx, begun=self._begun)",
        "                pass",
    ),
    Safeguard(
        "claims that nobody holds are opened: of a commit that got lost, of a process that stood still",
        (
            (SENDER, "        self._orphans = orphans or bool(wanted)\n", ""),
            (SENDER, "        if self._clock() >= self._orphans_at and", "        if not self._orphans_at and"),
        ),
    ),
    _one(
        "what came back is kept until it is written down",
        SENDER,
        "        # If the answer to the commit gets lost, claims may stand",
        "        self._unsettled.clear()\n        # If the answer to the commit gets lost, claims may stand",
    ),
    _one(
        "what is out is written down",
        "bot/outgoing/delivery.py",
        '    await outbox.sent(tx, [id for owed in done if owed.kind != "answer" for id in owed.ids], now)',
        "    pass",
    ),
    Safeguard(
        "what is owed and failed is tried again: after a while, or once nobody holds it",
        (
            (
                "bot/outgoing/delivery.py",
                "                await outbox.later(tx, owed, at, owed.tries + counts, reason, repeated=unclear)",
                "                pass",
            ),
            (SENDER, "        if self._clock() >= self._orphans_at and", "        if not self._orphans_at and"),
        ),
    ),
    _one(
        "what may have arrived is sent again",
        ERRORS,
        'return Later(retry_at, "unknown" if out else "not sent", unclear=out)',
        'return Done() if out else Later(retry_at, "not sent")',
    ),
    _one(
        "what may have arrived says so when it comes again",
        "bot/outgoing/delivery.py",
        "reason, repeated=unclear)",
        "reason)",
    ),
    _one(
        "what a process left behind that ended says so",
        SENDER,
        "                await outbox.release(tx, begun=self._begun)",
        "                await outbox.release(tx)",
    ),
    _one(
        "who had heard of what is taken back hears that it was wrong",
        DOCUMENTS,
        "    await audience.regret(tx, workflow, done, back, requests, actor.now)\n",
        "",
    ),
    _one(
        "the news of what was moved on stays when the step before is taken back",
        DOCUMENTS,
        "    for request in requests if gone_on else {*requests, ABOUT_ALL}:",
        "    for request in {one.request for one in (*moved, *(left.document for left in gone_on))}:",
    ),
    _one(
        "who left and is back is not sent what has just come back",
        SENDER,
        "            twice = not back.union(*(one.ids for one in in_hand)).isdisjoint(owed.ids)",
        "            twice = False",
    ),
    _one(
        "the rest of a chat goes back with what failed",
        SENDER,
        "        self._put_off(self._queue.drop(chat), until)",
        "        pass",
    ),
    Safeguard(
        "what is owed or claimed meanwhile waits behind what failed",
        (
            (SENDER, "            if owed.chat in self._held or twice", "            if twice"),
            (
                OUTBOX,
                "async def pause(tx: Tx, chat: int, until: int) -> None:\n",
                "async def pause(tx: Tx, chat: int, until: int) -> None:\n    return\n",
            ),
        ),
    ),
    _one(
        "what was owed first goes first",
        SENDER,
        '            attrgetter("priority", "ids"),',
        "            lambda owed: (owed.priority, -owed.ids[0]),",
    ),
    _one(
        "one of a chat is under way at a time",
        QUEUE,
        "        may_go = line.items and line.taken is None and line.asleep_until is None",
        "        may_go = line.items and line.asleep_until is None",
    ),
    _one(
        "a chat that was not found once is tried again",
        ERRORS,
        "    if found == Unreachable(NOT_FOUND) and not (first and first.reason == NOT_FOUND):",
        "    if False:",
    ),
    _one(
        "who is back hears what was owed",
        OUTBOX,
        '    await tx.all("wake_notices", chat=chat, now=now, never=NEVER)\n    return True',
        "    return True",
    ),
    _one(
        "to be told to stop is to write down what is out",
        SENDER,
        "        tries = 3 if self._grace else 1\n",
        "        tries = 0\n",
    ),
    _one(
        "to be told to stop is to let arrive what is under way",
        SENDER,
        "            await asyncio.wait(self._sends, timeout=self._grace)",
        "            pass",
    ),
)

LEADING = (
    _one(
        "one process leads",
        "storage/sql/system.sql",
        "where lease.holder = excluded.holder or lease.until < :now or lease.until > :beyond\n",
        "where true\n",
    ),
    _one(
        "the lease runs by the database's clock",
        LEASE,
        "            kept = await leases.take(tx, NAME, self.holder, now, LASTS / self._haste)",
        "            kept = await leases.take(tx, NAME, self.holder, self._clock(), LASTS / self._haste)",
    ),
    _one(
        "the lease is kept from the moment it is taken",
        APP,
        "        keeping = asyncio.create_task(self._lease.keep())\n",
        "        keeping = asyncio.create_task(asyncio.Event().wait())\n",
    ),
    _one(
        "who lost the lease ends",
        LEASE,
        '                raise Stop(ExitCode.LEASE, "another process took the lease")',
        "                pass",
    ),
    _one(
        "a database that fails at the start is waited for",
        APP,
        "        await Backoff().until_database_is_back(claim)",
        "        await claim()",
    ),
    _one(
        "work on the database is tried more than once",
        RETRY,
        "                if not is_transient(error):",
        "                if tries or not is_transient(error):",
    ),
)

SAFEGUARDS = (*INCOMING, *REGISTER, *OUTGOING, *LEADING)
