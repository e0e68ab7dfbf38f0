"""Somebody asked a family for money: told in confidence, to the heads alone.

What is kept says in which village, by which role and how much, and no number. Whose chat it was is kept to send it one
answer::

    note ──▶ open ── see ──▶ seen ── settle ──▶ settled: the chat is answered, and goes; the count stays
              └──────────── settle ──────────────▲
    /hapus, `KEPT` ──▶ the same without a chat: it stays open, and nobody is answered
    note, after /hapus ──▶ the one that stayed open, with the chat that tells it now
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from storage import outbox
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.news import word
from storage.records import DAY, Person

WHO = ("village_officer", "reporter", "courier", "district_desk", "registry_desk", "other")  # who asked for it
PAID = ("nothing", "little", "much", "more")
KEPT = 90 * DAY  # for so long an answer may come


class Demand(NamedTuple):
    """Somebody of a role asked for money in a village, and what was paid. `chat` told it, unless that was forgotten."""

    id: int
    chat: int | None
    lang: str
    village: str
    role: str
    paid: str
    at: int
    seen_at: int | None


async def note(tx: Tx, chat: int, lang: str, village: str, role: str, paid: str, now: int) -> int | None:
    """Put it down; under which id, or None if this chat has told the same and nobody has settled it yet.

    One that is open and whose teller was forgotten is taken for the same, or `/hapus` would be a way to tell a thing a
    hundred times.
    """
    values = {"chat": chat, "lang": lang, "village": village, "role": role, "paid": paid, "now": now}
    if await tx.one("adopt_demand", chat=chat, lang=lang, village=village, role=role, since=now - KEPT):
        return None
    row = await tx.one("note_demand", id=new_id(now), **values)
    return int(row[0]) if row else None


async def tell(tx: Tx, demand: int, village: str, facts: Mapping[str, Any], now: int) -> None:
    """Owe it to the heads, and to nobody who works for that village."""
    chats = [chat for (chat,) in await tx.all("hears_demands", village=village, now=now)]
    await word.owe(tx, "demand", f"demand:{demand}", chats, facts, now)


def may_read(person: Person, village: str) -> bool:
    """True for a head, and for who stands in for one, unless they work for that village."""
    return person.holds("head") and all(post.village != village for post in person.own)


async def get(tx: Tx, id: int) -> Demand | None:
    """What was told, as long as it is not settled."""
    row = await tx.one("demand", id=id)
    return Demand(*row) if row else None


async def open_to(tx: Tx, person: Person) -> list[Demand]:
    """All that this person may read and that is not settled, oldest first."""
    if not person.holds("head"):
        return []
    found = [Demand(*row) for row in await tx.all("open_demands")]
    return [one for one in found if may_read(person, one.village)]


async def see(tx: Tx, id: int, now: int) -> bool:
    """A head has read it. False if one had before."""
    return await tx.one("see_demand", id=id, now=now) is not None


async def settle(tx: Tx, demand: Demand, facts: Mapping[str, Any], now: int) -> bool:
    """It is settled: whoever told it hears so, and is forgotten. False if it had been."""
    if not await tx.one("settle_demand", id=demand.id, now=now):
        return False
    if demand.chat is not None:
        due = outbox.Due(f"demand_settled:{demand.id}", demand.chat, "answered", outbox.NOTICE, now, facts=facts)
        await outbox.owe(tx, [due], now)
    return True


async def count(tx: Tx, since: int, until: int) -> int:
    """How often it was told within a time."""
    [(found,)] = await tx.all("count_demands", since=since, until=until)
    return int(found)


async def purge(tx: Tx, now: int) -> None:
    """Forget who told what nobody has settled for so long."""
    await tx.all("purge_demands", before=now - KEPT)
