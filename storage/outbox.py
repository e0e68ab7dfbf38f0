"""What is owed to people: facts with a due time, claimed by the sender and settled in batches.

The states of a row, and the functions that take it on (`retry` and `purge` are in `storage.news.leftovers`)::

    owe ──▶ owed ─── claim ───▶ claimed ─── sent ───▶ sent ─── purge, after 30 days ───▶ gone
            ▲ ▲ ▲                 │ │ │               until then its key is taken; an answer goes at once (answered)
            │ │ └──── later ──────┘ │ │
            │ └────── release ──────┘ └─ give_up ──▶ given up ─── purge, after 30 days ───▶ gone
            └──────── retry ────────────────────────┘

    owed, claimed ─── lose ───▶ the same, due never ─── find, find_all ───▶ the same, due again
                                 └── purge, after 30 days ───▶ gone
    owed, claimed ─── an undo, /hapus, a follow that ends ───▶ gone

The sender claims and settles: while it holds a row, nobody else opens its claim. At its start, and now and then while
it holds nothing, it releases what another process claimed: whether Telegram has it nobody knows, so it is sent again.
`owed_at` is when a row should have gone, and stays: lateness and age count from it. `due_at` is when it may be tried,
and moves: behind a wait of its chat or a failed try to later, for a chat that is away to never, and for what a head has
paused to `PAUSED`, until the pause ends.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.ledger import STANDSTILL
from storage.records import DAY, MINUTE, Owed, Person, Reached

ANSWER, NOTICE, SMS = 0, 1, 2  # priorities; what goes by SMS has a sender of its own, and waits for its phone
KEPT = 30 * DAY  # what was sent, and what cannot be
NEVER = 2**62  # the due time of what waits for a chat that cannot be reached
PAUSED = 2**61  # the due time of what a head has paused (`heads.pausing`)
AS_STAFF = {"staff": 1}  # the facts of a notice to somebody whose work it is, and not their document
AGAIN = {"again": 1}  # the facts of news of a hold alone, which its first news did not say
LATE = 10 * MINUTE  # after so long somebody hears in one message what has happened meanwhile
_json = json.JSONEncoder(separators=(",", ":")).encode
_AS_STAFF = _json(AS_STAFF)


class Due(NamedTuple):
    """One thing to be owed: `key` makes it unique for ever, `facts` is small JSON. `repeated`: it may be out.
    To `gather` what else is owed to its chat it waits so long (ms) besides.
    """

    key: str
    chat: int
    kind: str
    priority: int
    due_at: int
    act: int | None = None
    request: int | None = None
    facts: Mapping[str, Any] | None = None
    repeated: bool = False
    gather: int = 0


async def owe(tx: Tx, dues: Collection[Due], now: int) -> None:
    """Put down what is owed; what was put down before under the same key stays as it is. For a chat that is paused or
    cannot be reached it falls due with the rest: the order holds.
    """
    rows = [
        {
            "id": id, "key": due.key, "chat": due.chat, "priority": due.priority, "kind": due.kind,
            "act": due.act, "request": due.request, "owed_at": max(now, due.due_at), "due_at": due.due_at + due.gather,
            "facts": _json(due.facts or {}), "repeated": int(due.repeated),
        }
        for id, due in enumerate(dues, new_id(now, len(dues)))
    ]  # fmt: skip
    await tx.many("owe", rows)


async def claim(tx: Tx, priority: int, now: int, most: int, gather: int = 0) -> list[Owed]:
    """Take up to `most` due rows, oldest first, and with a notice what its chat was owed before. What is late is taken
    whole: one Owed per chat and request. If what waits may `gather` (ms), so does all its chat is owed by then, unless
    something that is due to it stays behind; and what a family is told is one Owed.
    """
    mark, late = new_id(now), now - LATE
    due = await tx.all("claim_due", claim=mark, priority=priority, now=now, most=most)
    if not due:
        return []
    if priority == NOTICE:
        due += await tx.all("claim_waiting", claim=mark, now=now, until=now + gather)
    for chat, request in {(chat, request) for chat, request, kind, owed_at in due if kind == "act" and owed_at < late}:
        await tx.all("claim_late", claim=mark, chat=chat, request=request, late=late, never=PAUSED)
    # Locked, so that a pause which ends meanwhile waits, and then lets out what is held back here.
    if priority != ANSWER and await tx.all("lock_pauses"):
        await tx.all("hold_back", claim=mark, paused=PAUSED)
    rows = [Claimed(*row) for row in await tx.all("claimed", claim=mark)]
    if any(row.paused_until > now for row in rows):  # put down as the pause began, and so without it
        await tx.all("put_behind", claim=mark, now=now)
    rows, together = [row for row in rows if row.paused_until <= now], bool(gather)
    messages = _cut(sorted(rows, key=attrgetter("id")) if together else rows, late, together=together)
    return [owed for lots in messages for owed in _told(lots, mark, together=together)]


class Claimed(NamedTuple):
    """A row of the outbox beside one step that it tells; if it tells several there are several, if none one."""

    id: int
    chat: int
    priority: int
    kind: str
    request: int | None
    facts: str
    owed_at: int
    tries: int
    repeated: int
    lang: str | None
    code: str | None
    number: str
    village: str
    type: str | None
    stage: str
    at: int
    own: str | None
    hold: str | None
    done: str
    review: int | None
    own_review: int | None
    said: str
    mourned: int
    after: int
    own_name: str
    news: str
    card: int
    works: int
    paused_until: int
    teller: int  # the row that tells of a hold: this one, or another that is yet to leave
    behind: int  # the last row of its chat before it that is in the sender's hands
    document: int | None
    began: str | None  # a hold, with this step


_Lots = dict[int | None, list[Claimed]]  # by request


class _Message(NamedTuple):
    """What a chat is to be told at once, behind what is in hand; what an act says of its documents is `said` there."""

    behind: int
    said: str
    lots: _Lots

    def holds(self, row: Claimed) -> bool:
        """What an act says of its documents is said of no other request, nor beside what another act says."""
        if self.behind != row.behind:
            return False
        is_of_it = self.lots.keys() == {row.request} and (row.facts in ("{}", self.said) or self.said == "{}")
        return is_of_it or row.facts == self.said in ("{}", _AS_STAFF)


def _cut(rows: Iterable[Claimed], late: int, *, together: bool) -> list[_Lots]:
    """The rows of each chat cut into messages, each by request. A row goes with the message before it, if that may hold
    it: so nothing is overtaken. Acts owed before `late`, or all of a family's if `together`, may share one.
    """
    lots, messages, latest = dict[int, list[Claimed]](), list[_Lots](), dict[int, _Message]()
    for row in rows:
        lot = lots.get(row.id)
        if lot is None:
            last = latest.pop(row.chat, None)
            shares = row.kind == "act" and (row.owed_at < late or (together and row.facts != _AS_STAFF))
            if not (shares and last and last.holds(row)):
                last = _Message(row.behind, "{}", {})
                messages.append(last.lots)
            if shares:
                latest[row.chat] = last._replace(said=row.facts) if last.said == "{}" else last
            lot = last.lots.setdefault(row.request, [])
        lots[row.id] = lot
        lot.append(row)
    return messages


def _told(lots: _Lots, claim: int, *, together: bool) -> list[Owed]:
    """What a message says of each request; what a family is told is one, if `together`."""
    parts = list[Owed]()
    for rows in lots.values():
        first, ids = rows[0], dict.fromkeys(row.id for row in rows)
        # Why each says that its document stands still: by what came after it, if that leaves with it.
        held = [
            (row, row.own, row.own_review) if row.own and (row.teller == row.id or row.teller not in ids)
            else (row, row.hold, row.review) if row.teller in ids else (row, None, None)
            for row in rows if not row.after
        ]  # fmt: skip
        says = [  # not yesterday's as today's, nor what stands still or goes on no more
            (row, Reached(row.type, row.stage, row.at, hold, row.done, review, row.said))
            for row, hold, review in held
            if row.type and (row.done not in STANDSTILL or (row.done == "hold") == bool(hold))
        ]
        held_up = {(row.id, row.document) for row, step in says if step.hold}
        parts.append(Owed(
            tuple(ids), first.chat, first.priority, first.kind, first.request, first.number, first.village,
            next((row.facts for row in rows if row.facts != "{}"), "{}"), first.owed_at, first.tries, first.lang,
            first.code, tuple(sorted((step for _, step in says), key=attrgetter("at"))), mourned=bool(first.mourned),
            repeated=any(row.repeated for row in rows), claim=claim, own_name=first.own_name, news=first.news,
            card=first.card,
            family=None if first.works else Person(first.chat, first.lang, first.code, news=first.news),
            untold=tuple(dict.fromkeys(
                (row.id, row.document) for row in rows
                if row.document and row.began and (row.id, row.document) not in held_up
            )),
        ))  # fmt: skip
    if not together or parts[0].facts == _AS_STAFF:
        return parts
    all_ids, repeated = tuple(id for one in parts for id in one.ids), any(one.repeated for one in parts)
    return [parts[0]._replace(ids=all_ids, also=tuple(parts[1:]), repeated=repeated)]


async def sent(
    tx: Tx, ids: Iterable[int], now: int, said: Collection[int] = (), untold: Collection[tuple[int, int]] = ()
) -> None:
    """These are out; `said` in words, where no card shows them, though one may by the time they are taken back; and of
    `untold` documents (row, document) they did not say that they stand still.
    """
    await tx.many("notice_sent", [{"id": id, "now": now, "said": int(id in said)} for id in ids])
    await tx.many("note_untold", [{"id": id, "document": str(document)} for id, document in untold])


async def answered(tx: Tx, ids: Iterable[int]) -> None:
    """These answers are out. Who asked for what is nothing to keep: they may follow nothing, or be forgotten by now."""
    await tx.many("answer_sent", [{"id": id} for id in ids])


async def later(tx: Tx, owed: Owed, due_at: int, tries: int, error: str, *, repeated: bool = False) -> None:
    """Not now; everything else for this chat waits behind it, so that the order holds. `repeated`: it may be out."""
    values = {"due_at": due_at, "tries": tries, "error": error, "repeated": int(repeated or owed.repeated)}
    await tx.many("notice_later", [{"id": id, "claim": owed.claim, **values} for id in owed.ids])
    await pause(tx, owed.chat, due_at)


async def pause(tx: Tx, chat: int, until: int) -> None:
    """Nothing leaves for this chat before `until`, whatever is put down in the meantime."""
    await tx.all("pause_notices", chat=chat, until=until)
    await tx.all("pause_person", chat=chat, until=until)


async def lose(tx: Tx, chat: int, reason: str, now: int, *, began: int = NEVER) -> None:
    """The chat cannot be reached: what is owed stays, until it returns, and what is claimed in the hands it is in.
    `began`: when the send began that was refused (epoch ms). Whoever has come back since can be reached.
    """
    if await tx.one("lose_person", chat=chat, until=NEVER, reason=reason, at=now, began=began):
        await tx.all("pause_notices", chat=chat, until=NEVER)


async def find(tx: Tx, chat: int, now: int) -> bool:
    """The chat is back: what was owed is due now. True if it had been away."""
    await tx.all("note_return", chat=chat, now=now)
    if not await tx.one("find_person", chat=chat):
        return False
    await tx.all("wake_notices", chat=chat, now=now, never=NEVER)
    return True


async def find_all(tx: Tx, now: int) -> int:
    """Every chat that was away is thought to be back; how many. Who is still away is lost anew at the first message."""
    found = await tx.all("find_everybody")
    await tx.all("wake_all_notices", now=now, never=NEVER)
    return len(found)


async def give_up(tx: Tx, owed: Owed, now: int, error: str) -> bool:
    """It can never be sent as it is: kept aside for a person (`python -m bot stuck`). False if it is gone."""
    values = {"claim": owed.claim, "now": now, "error": error}
    return any([await tx.all("notice_given_up", id=id, **values) for id in owed.ids])


async def release(tx: Tx, kinds: Iterable[int] = (ANSWER, NOTICE, SMS), *, after: int | None = None) -> None:
    """Open every claim of these kinds, and make due what was put down for a chat as it came back. For whoever sends
    them, under the lease: all claims while it holds none, for whoever claimed them died and may have sent; or those
    `after` its newest, of a commit whose answer got lost.
    """
    begun, since = int(after is None), after or 0
    await tx.many("release_claims", [{"priority": kind, "begun": begun, "since": since} for kind in kinds])
    await tx.all("wake_left_away", never=NEVER)


async def let_go(tx: Tx, owed: Iterable[Owed]) -> None:
    """What was claimed and not sent is open again, unless it is in other hands by now."""
    await tx.many("let_go", [{"id": id, "claim": one.claim} for one in owed for id in one.ids])


async def next_due(tx: Tx) -> dict[int, int]:
    """By priority, when the next unclaimed row falls due, if any does."""
    [found] = await tx.all("next_due")
    return {priority: at for priority, at in enumerate(found) if at is not None and at < PAUSED}
