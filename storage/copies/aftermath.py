"""What happened since a backup was made, as far as a later register knows it: that is put right in what is restored.

Whoever asked to be forgotten since is forgotten again. What was owed and is known to be out is not sent again; where
nobody knows, a message says itself that it may be a repetition. What happens once a day has happened. Numbers of
receipts that were given out since are kept for their villages, so that what is on paper can be filed under them anew.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from storage import outbox
from storage.copies.backups import Inside, reading
from storage.db import ids, leases, marks
from storage.db.protocol import Tx
from storage.db.secret import hashed
from storage.db.tables import tables_of
from storage.paper import booklets

_WHICH = "select (select min(applied_at) from migration), (select max(id) from act)"
_PAPERS = "select n.number, r.village from number n join request r on r.id = n.request where r.closed_at is null"
_STEPS = "select count(*), count(distinct document) from event where act > ?"
_SLIPS = " union select number, village from reserved where filed_at is null"
Forget = Callable[[Tx, int, int], Awaitable[None]]


class Since(NamedTuple):
    """What a later register knows. `forgotten` is when, by hash under `key`; `owed` by the keys of the outbox is when
    it was sent, None for what is owed there as well; `done` is what happens once; `papers` is the village by receipt
    number, of what is under way and of slips; `steps` is how many of documents there were since, of how many.

    One that does not `follow` is a new one, or went another way: it does not hold the last act of the backup.
    """

    key: str
    forgotten: Mapping[str, int]
    owed: Mapping[str, int | None]
    done: Mapping[str, int]
    papers: Mapping[str, str]
    steps: tuple[int, int]
    follows: bool


class Aftermath(NamedTuple):
    """How many people were forgotten again, how many numbers are on paper without a filing, and how many messages are
    not sent again, or say that they are. `lost`: steps since, of how many documents, None if nobody knows.
    """

    lost: tuple[int, int] | None
    forgotten: int
    papers: int
    held_back: int
    repeated: int


def known_in(later: Inside, backup: Path, secret: str) -> Since:
    """What a register knows that was copied later; `secret` names the one under which people are forgotten."""
    tables = {table.name for table in tables_of(later.version)}
    with reading(backup) as connection:
        [(born, last)] = connection.execute(_WHICH)
    with reading(later.file) as connection:
        key = connection.execute("select value from secret where name = ?", (secret,)).fetchone()
        forgotten = (
            connection.execute("select who, at from forgotten").fetchall() if key and "forgotten" in tables else []
        )
        owed = connection.execute("select key, coalesce(sent_at, given_up_at) from outbox").fetchall()
        done = connection.execute("select name, at from mark where name like 'once:%'").fetchall()
        papers = connection.execute(_PAPERS + (_SLIPS if "reserved" in tables else "")).fetchall()
        has_last = last is None or connection.execute("select 1 from act where id = ?", (last,)).fetchone()
        steps = connection.execute(_STEPS, (last or 0,)).fetchone()
        follows = bool(has_last) and connection.execute(_WHICH).fetchone()[0] == born
    return Since(key[0] if key else "", dict(forgotten), dict(owed), dict(done), dict(papers), steps, follows)


async def put_right(tx: Tx, backup: Inside, later: Sequence[Since], forget: Forget) -> Aftermath:
    """Do so in a register that was restored from a backup. The last of `later` is the latest."""
    await leases.end_all(tx)
    await tx.long("drop_backup_marks")  # they are of backups before this one, which may be gone by now
    gone, papers = await _forget_again(tx, backup, later, forget), await _keep(tx, backup, later)
    await outbox.release(tx)
    unsent = {str(key): int(id) for id, key in await tx.all("unsent")}
    latest = next((since for since in reversed(later) if since.follows), None)
    if latest is None:
        await tx.all("repeat_unsent")
        return Aftermath(None, gone, papers, 0, len(unsent))
    for name, at in latest.done.items():
        await marks.mark(tx, name, at)
    # What is not there any more was answered, or withdrawn.
    over = {id: latest.owed.get(key) for key, id in unsent.items() if latest.owed.get(key, 0) is not None}
    for id, sent_at in over.items():
        await (outbox.sent(tx, [id], sent_at) if sent_at else outbox.answered(tx, [id]))
    return Aftermath(latest.steps, gone, papers, len(over), 0)


async def _forget_again(tx: Tx, backup: Inside, sinces: Iterable[Since], forget: Forget) -> int:
    chats = [int(chat) for (chat,) in await tx.all("every_chat") if chat]
    gone = dict[int, int]()  # and when they asked, as they rest and are known from then on
    for since in sinces:
        later = {who: at for who, at in since.forgotten.items() if at >= backup.made_at}
        gone |= {chat: later[who] for chat in chats if later and (who := hashed(since.key, chat)) in later}
    for chat, at in sorted(gone.items()):
        await forget(tx, chat, at)
    return len(gone)


async def _keep(tx: Tx, backup: Inside, sinces: Iterable[Since]) -> int:
    """Keep numbers that are on paper and that the backup does not know, as slips are, a booklet for each village."""
    papers = {number: village for since in sinces for number, village in since.papers.items()}
    booklet = {village: ids.new_id(backup.made_at) for village in {*papers.values()}}
    kept = [await booklets.keep(tx, booklet[place], number, place, backup.made_at) for number, place in papers.items()]
    return sum(kept)
