"""Who may follow a number: a chat follows so many, and of a receipt so many are told before its village is asked."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from storage import outbox, people
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.news import word
from storage.records import DAY, HOUR, Person

MOST = 20  # numbers that a chat follows
DECIDES = ("village_officer", "district_desk", "head")
FORGOTTEN_AFTER = 30 * DAY
TOLD_WITHIN = HOUR  # a wait is over on its minute, and `purge` comes once an hour


class Asker(NamedTuple):
    """A chat that asked to be told of a number; the village decides."""

    id: int
    chat: int
    number: str
    village: str
    lang: str


async def followed(tx: Tx, chat: int) -> int:
    """How many numbers a chat follows: a family so many at most, staff any number."""
    [(count,)] = await tx.all("count_follows", chat=chat)
    return int(count)


async def is_full(tx: Tx, chat: int) -> bool:
    """True if a chat follows as many numbers as it may."""
    return await followed(tx, chat) >= MOST


async def followers(tx: Tx, number: str) -> int:
    """How many chats are told of a number, without those of staff and those that cannot be reached."""
    [(count,)] = await tx.all("count_followers", number=number)
    return int(count)


async def ask(tx: Tx, chat: int, number: str, village: str, lang: str, now: int) -> int | None:
    """Note that a chat asks to be told: under which id, or None if it has asked before."""
    row = await tx.one("ask_to_follow", id=new_id(now), chat=chat, number=number, village=village, lang=lang, now=now)
    return int(row[0]) if row else None


async def tell(tx: Tx, asker: int, village: str, facts: Mapping[str, Any], now: int) -> None:
    """Owe the question to those who decide: the village's officers, or the desk where there is none."""
    chats = [chat for (chat,) in await tx.all("hears_askers", village=village, now=now)]
    await word.owe(tx, "asker", f"asker:{asker}", chats, facts, now)


async def tell_of(tx: Tx, number: str, village: str, now: int) -> None:
    """Owe those who decide all that is still asked about a number, as its village is another now."""
    for (id,) in await tx.all("askers_of", number=number):
        await tell(tx, id, village, {"view": "asker", "args": {"asker": id, "heard": 0}}, now)


async def drop(tx: Tx, chat: int, number: str) -> None:
    """Nobody need decide any more: they follow it otherwise."""
    await tx.all("drop_asker", chat=chat, number=number)


async def is_refused(tx: Tx, chat: int, number: str) -> bool:
    """True if those who decide did not let a chat be told of a number."""
    return await tx.one("refused_asker", chat=chat, number=number) is not None


async def get(tx: Tx, id: int) -> Asker | None:
    """Who asked, as long as nobody has decided."""
    row = await tx.one("asker", id=id)
    return Asker(*row) if row else None


def may_decide(person: Person, village: str) -> bool:
    """True for those who decide for a village."""
    return any(post.role in DECIDES and post.village in ("", village) for post in person.posts)


async def allow(tx: Tx, asker: Asker, facts: Mapping[str, Any], now: int) -> bool:
    """Whoever asked is told from now on, and hears so. False if somebody has decided meanwhile."""
    if not await tx.one("allow_asker", id=asker.id):
        return False
    await people.follow(tx, asker.chat, asker.number, None, asker.lang, known=True, now=now)
    await _answer(tx, asker, facts, now)
    return True


async def refuse(tx: Tx, asker: Asker, facts: Mapping[str, Any], now: int) -> bool:
    """Whoever asked is not told, and hears so. False if somebody has decided meanwhile."""
    if not await tx.one("refuse_asker", id=asker.id, now=now):
        return False
    await _answer(tx, asker, facts, now)
    return True


async def _answer(tx: Tx, asker: Asker, facts: Mapping[str, Any], now: int) -> None:
    due = outbox.Due(f"asked:{asker.id}", asker.chat, "asked", outbox.NOTICE, now, facts=facts)
    await outbox.owe(tx, [due], now)


async def purge(tx: Tx, now: int) -> None:
    """Say a closing word to whoever waited 30 days in vain, for a number or for those who decide about one
    that is still under way, before that is forgotten.
    """
    over = await tx.all("waits_over", now=now, lasts=people.WAIT_LASTS)
    dues = [
        outbox.Due(
            f"wait_over:{number}:{chat}:{now // DAY}", chat, "wait_over", outbox.NOTICE, now,
            facts={"view": "wait_over", "args": {"number": number}},
        )
        for chat, number in over
    ]  # fmt: skip
    await outbox.owe(tx, dues, now)
    before = now - FORGOTTEN_AFTER
    for row in await tx.all("askers_unheard", before=before):
        asker = Asker(*row)
        args = {"key": "follow_unheard", "number": asker.number}
        await _answer(tx, asker, {"view": "refused", "args": args, "lang": asker.lang}, now)
    await tx.all("purge_askers", before=before)
