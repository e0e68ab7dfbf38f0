"""Who stands in for whom: asked, accepted, ended; and who is told of it."""

from collections.abc import Iterable
from typing import NamedTuple

from storage.db.ids import new_id
from storage.db.protocol import LENDING, Row, Tx
from storage.news import word
from storage.records import Person, Post

LENDABLE = frozenset({"village_officer", "reporter", "courier", "district_desk", "registry_desk"})


class StandIn(NamedTuple):
    """Somebody with a post of their own (`deputy`) is in the place of another post's holder (`away`), until a time;
    `asked_by` is the post of whoever asked for it.
    """

    id: int
    until: int
    asked_by: int
    accepted_at: int | None
    ended_at: int | None
    away: Post
    deputy: Post

    @property
    def is_lasting(self) -> bool:
        """True from the moment it is accepted until it has ended."""
        return self.accepted_at is not None and self.ended_at is None


class Unfit(Exception):
    """These two cannot be asked: `why` is the key of the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _stand_in(row: Row) -> StandIn:
    id, until, asked_by, accepted_at, ended_at, *posts = row
    half = len(posts) // 2
    return StandIn(id, until, asked_by, accepted_at, ended_at, Post(*posts[:half]), Post(*posts[half:]))


async def get(tx: Tx, id: int) -> StandIn | None:
    """One, whatever its state."""
    row = await tx.one("stand_in", id=id)
    return _stand_in(row) if row else None


async def of_chat(tx: Tx, chat: int, now: int) -> list[StandIn]:
    """All that are asked or lasting and concern a chat, as the one away or as the colleague."""
    return [_stand_in(row) for row in await tx.all("stand_ins_of_chat", chat=chat, now=now)]


async def everything(tx: Tx, now: int) -> list[StandIn]:
    """All that are asked or lasting."""
    return [_stand_in(row) for row in await tx.all("stand_ins", now=now)]


async def of_post(tx: Tx, post: int, now: int) -> StandIn | None:
    """The one that is asked or lasting for a post."""
    return next((one for one in await everything(tx, now) if one.away.id == post), None)


async def ask(tx: Tx, away: Post, deputy: Post, until: int, asked_by: int, now: int) -> StandIn:
    """Ask a colleague. The same asked again is the same one. Raises Unfit if it cannot be."""
    await tx.alone(LENDING)
    await over(tx, now)  # lest what is past stands in the way
    if away.role not in LENDABLE or away.chat == deputy.chat:
        raise Unfit("changed")
    await refuse_chain(tx, away, deputy, now)
    id = new_id(now)
    asked = await tx.one("ask_stand_in", id=id, post=away.id, deputy=deputy.id, asked_by=asked_by, until=until, now=now)
    found = await of_post(tx, away.id, now)
    if found is None or (found.deputy.id, found.until) != (deputy.id, until):
        raise Unfit("changed")
    if asked:
        await _owe(tx, found, "asked", {deputy.chat}, now)
    return found


async def refuse_chain(tx: Tx, away: Post, deputy: Post, now: int) -> None:
    """Raises Unfit if the one who would be away stands in for others, or the colleague is away: no chains, no loops."""
    for one in await everything(tx, now):
        if one.is_lasting and one.deputy.chat == away.chat:
            raise Unfit("stands_in")
        if one.is_lasting and one.away.chat == deputy.chat:
            raise Unfit("is_away")


async def accept(tx: Tx, asked: StandIn, now: int) -> bool:
    """The colleague takes it over. False if it is over by now, or either post has ended. Raises Unfit as `ask` does."""
    await tx.alone(LENDING)
    await refuse_chain(tx, asked.away, asked.deputy, now)
    if not await tx.one("accept_stand_in", id=asked.id, now=now):
        return False
    await _owe(tx, asked, "accepted", {asked.away.chat, *await _askers(tx, asked)} - {asked.deputy.chat}, now)
    return True


async def end(tx: Tx, id: int, by: int, now: int) -> bool:
    """A chat ends it: the one away, the colleague, who refuses while it is only asked, or a head. False if it had."""
    one = await _ended(tx, id, now)
    if one is None:
        return False
    if one.accepted_at is not None:
        await _owe(tx, one, "ended", {one.away.chat, one.deputy.chat} - {by}, now)
    elif by == one.deputy.chat:
        await _owe(tx, one, "refused", await _askers(tx, one), now)
    else:
        await _owe(tx, one, "ended", {one.deputy.chat}, now)
    return True


async def over(tx: Tx, now: int) -> bool:
    """End each whose last day is past, and tell those whom it concerns once. True if there was any."""
    ids = [id for (id,) in await tx.all("stand_ins_over", now=now)]
    for one in [await _ended(tx, id, now) for id in ids]:
        if one is not None:
            told = {one.away.chat, one.deputy.chat} if one.accepted_at is not None else await _askers(tx, one)
            await _owe(tx, one, "over", told, now)
    return bool(ids)


async def is_any_over(tx: Tx, now: int) -> bool:
    """True if `over` has something to end."""
    return await tx.one("stand_ins_over", now=now) is not None


async def end_with(tx: Tx, post: int, now: int) -> None:
    """A post has ended, and with it whoever stood in for it, and what it stood in for: of that the heads hear too."""
    ids = [id for (id,) in await tx.all("stand_ins_of_post", post=post)]
    for one in [await _ended(tx, id, now) for id in ids]:
        if one is None:
            continue
        told = {one.deputy.chat} if one.away.id == post else {one.away.chat, *await _askers(tx, one)}
        if one.accepted_at is not None and one.deputy.id == post:
            told |= {chat for (chat,) in await tx.all("head_chats")}
        await _owe(tx, one, "post_ended", told, now)


async def _ended(tx: Tx, id: int, now: int) -> StandIn | None:
    """It as it was when this very call ended it; None if it had ended."""
    return await get(tx, id) if await tx.one("end_stand_in", id=id, now=now) else None


async def _askers(tx: Tx, one: StandIn) -> set[int]:
    """Who asked for it, while they hold the post by which they did."""
    row = await tx.one("post_by_id", id=one.asked_by)
    return {Post(*row).chat} if row else set()


async def _owe(tx: Tx, one: StandIn, what: str, chats: Iterable[int], now: int) -> None:
    """News of it, once for each chat. That its time is over comes by night, and without a sound."""
    facts = {"stand_in": one.id, "what": what, "heard": int(what != "over")}
    await word.owe(tx, "stand_in", f"stand_in:{one.id}:{what}", filter(None, sorted(chats)), facts, now)


def may_end(one: StandIn, person: Person) -> bool:
    """True for the two whom it concerns, and for a head."""
    return person.chat in (one.away.chat, one.deputy.chat) or person.holds("head")
