"""What a safeguard is to the simulation, and those on the way in and in the register, with what takes them out."""

from typing import NamedTuple


class Safeguard(NamedTuple):
    """What it does for us; and by file what stands there, and what would stand there without it."""

    name: str
    edits: tuple[tuple[str, str, str], ...]


def one(name: str, file: str, old: str, new: str) -> Safeguard:
    """A safeguard that stands in one place."""
    return Safeguard(name, ((file, old, new),))


POLLER, RECORDER = "bot/incoming/poller.py", "bot/incoming/recorder.py"
DISPATCHER, OUTCOMES, SETTLER = "bot/incoming/dispatcher.py", "bot/incoming/outcomes.py", "bot/incoming/settler.py"
SENDER, HAND, QUEUE = "bot/outgoing/sender.py", "bot/outgoing/hand.py", "bot/keyed_queue.py"
ERRORS, API = "bot/telegram/errors.py", "bot/telegram/api.py"
LEASE, APP, RETRY, SQLITE = "bot/lease.py", "bot/app.py", "bot/retry.py", "storage/db/sqlite.py"
OUTBOX_SQL, INBOX_SQL, DOCUMENTS_SQL = "storage/sql/outbox.sql", "storage/sql/inbox.sql", "storage/sql/documents.sql"
INBOX, OUTBOX, DOCUMENTS, AUDIENCE, UNDO = (
    "storage/inbox.py",
    "storage/outbox.py",
    "storage/documents.py",
    "storage/audience.py",
    "storage/mistakes/taking_back.py",
)

INCOMING = (
    one(
        "an update is stored before Telegram may forget it",
        POLLER,
        "            at = await self._recorder.keep(batch, self.last_poll.gap_since())",
        "            self._offset = batch.offset\n"
        "            asyncio.create_task(self._poll())\n"
        "            await asyncio.sleep(0.2)\n"
        "            at = await self._recorder.keep(batch, self.last_poll.gap_since())",
    ),
    one(
        "a batch that the database refuses is tried again",
        RECORDER,
        "fresh = await self._backoff.until_database_is_back(partial(self._store, batch, now, since, at))",
        "fresh = await partial(self._store, batch, now, since, at)()",
    ),
    one(
        "what is known already may be in nobody's hands",
        RECORDER,
        "            await self.take_up()\n        return now",
        "            pass\n        return now",
    ),
    one(
        "what was unfinished is taken up at the start",
        RECORDER,
        "            if update.update_id not in held:",
        "            if update.update_id in held:",
    ),
    one(
        "what is in somebody's hands is not taken up once more",
        RECORDER,
        "            if update.update_id not in held:",
        "            if True:",
    ),
    one(
        "updates are handled once they are stored, and not otherwise",
        INBOX,
        '    await tx.many(\n        "store_update"',
        '    [] and await tx.many(\n        "store_update"',
    ),
    one(
        "what was done is not stored again when it is handed out again",
        INBOX_SQL,
        "update inbox set done_at = :now, body = null, person = 0 where update_id = :update_id",
        "delete from inbox where update_id = :update_id",
    ),
    one(
        "of a batch only what is new is handled",
        INBOX,
        "    return fresh\n",
        "    return list(updates)\n",
    ),
    one(
        "an update is done only when its answer is out",
        DISPATCHER,
        "            outcome = await self._outcome(update, queue)\n",
        "            self._settler.put(update, Answered(), is_last=True)\n"
        "            outcome = await self._outcome(update, queue)\n",
    ),
    one(
        "one person's updates are handled one after the other",
        DISPATCHER,
        "        queue = self._queues.get(update.person)\n        if update.person in self.overfull",
        "        queue = self._queues.pop(update.person, None)\n        if update.person in self.overfull",
    ),
    one(
        "of two taps none is left out",
        "bot/incoming/person_queue.py",
        'QUESTIONS = ("text", "command", "other", "group")',
        'QUESTIONS = ("text", "command", "other", "group", "tap")',
    ),
    one(
        "only equal questions share an answer",
        "bot/incoming/person_queue.py",
        'update._replace(message=0, date=0, tap="", again=False)',
        'update._replace(message=0, date=0, again=False, tap="", text="", command="", attached="", card="")',
    ),
    one(
        "database trouble is no failure of the handler",
        OUTCOMES,
        "return Retry(told(failure)) if is_transient(failure) else Failed(type(failure).__name__)",
        "return Failed(type(failure).__name__)",
    ),
    one(
        "what ended is written down as often as it takes",
        SETTLER,
        "            await self._backoff.until_database_is_back(partial(self._write, batch))",
        "            await self._write(batch)",
    ),
    one(
        "an answer that cannot be sent is owed",
        OUTCOMES,
        "            await inbox.answer_later(tx, update_id, chat, facts, now, repeated=repeated or update.again, "
        "shared=shared)",
        "            await inbox.done(tx, [update_id], now)",
    ),
    one(
        "what is owed in a commit whose answer got lost is owed once",
        OUTCOMES,
        "    if not await inbox.is_open(tx, update_id):\n        return\n",
        "",
    ),
    one(
        "whoever may lead no more handles nothing",
        DISPATCHER,
        "            while not (self.leads() or self._closing):",
        "            while False:",
    ),
    one(
        "whoever may lead no more does not poll",
        POLLER,
        "            while not self._dispatcher.leads():  # it would end the poll of whoever leads",
        "            while False:",
    ),
    one(
        "what a process left behind that ended says so in its answer",
        RECORDER,
        "found = update._replace(again=self._inherits)",
        "found = update._replace(again=False)",
    ),
    one(
        "a process that stood still sets nothing aside",
        DISPATCHER,
        "            if deadline.expired() and (late > STOOD_STILL or not self.leads()) and not queue.stood_still:",
        "            if False:",
    ),
    Safeguard(
        "word of a block that is older than a return is not believed",
        (
            (
                "handlers/start/handlers.py",
                '"blocked", request.now, began=began)',
                '"blocked", request.now)',
            ),
            (
                "handlers/context.py",
                "            if not self._leads():  # once it has begun",
                "            if False:  # once it has begun",
            ),
        ),
    ),
    one(
        "to be told to stop is to finish what is being handled",
        DISPATCHER,
        "await asyncio.wait(self._workers, timeout=seconds)",
        "await asyncio.wait(self._workers, timeout=0)",
    ),
    one(
        "to be told to stop is to write down what was answered",
        DISPATCHER,
        "                    await self._finished.wait()\n",
        "                    pass\n",
    ),
)

REGISTER = (
    one(
        "an undo leaves what was moved on",
        UNDO,
        "    stood = await ledger.before(tx, workflow, was, event) if document.version == event.version else None\n",
        "    stood = await ledger.before(tx, workflow, was, event)\n",
    ),
    one(
        "a document moves as it was seen, or not at all",
        DOCUMENTS,
        "            if document.version != seen.version:",
        "            if False:",
    ),
    one(
        "who moved a document is told that it is recorded already",
        DOCUMENTS,
        "        if event and own and self._is_same(event):",
        "        if False:",
    ),
    one(
        "a draft is filed under its own key",
        DOCUMENTS,
        '    row = await tx.one("request_by_draft", draft=draft)',
        '    draft += f":{new_id(actor.now)}"\n    row = await tx.one("request_by_draft", draft=draft)',
    ),
    one(
        "all who follow are told in the transaction of the move",
        AUDIENCE,
        "gather=workflow.gather) for chat, request in sorted(told)]",
        "gather=workflow.gather) for chat, request in sorted(told)[:1]]",
    ),
    one(
        "all who follow are told what stops and what goes on",
        AUDIENCE,
        "for one in sorted(told - unheard)]",
        "for one in sorted(told - unheard)[:1]]",
    ),
    one(
        "an undo withdraws the notices",
        UNDO,
        '    await tx.all("withdraw_notices", act=act, back=back, whole=int(not gone_on))',
        "    pass",
    ),
    one(
        "nobody is told before the grace is over",
        AUDIENCE,
        "    due_at = now + workflow.grace\n    followers = ",
        "    due_at = now\n    followers = ",
    ),
    one(
        "a transaction returns when it is on the disk",
        SQLITE,
        "        await asyncio.shield(group.done)\n",
        "        if asyncio.get_running_loop().time() < 1002:  # while the register is set up\n"
        "            await asyncio.shield(group.done)\n",
    ),
    one(
        "who fails takes back its own and nobody else's",
        SQLITE,
        "        if group.commit and self._writes.in_transaction:",
        "        if False:",
    ),
    one(
        "whoever fails takes back what it wrote",
        SQLITE,
        '            self._writes.execute("rollback to one")\n',
        "",
    ),
)
