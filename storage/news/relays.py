"""What a village's officers have to tell families: of milestones, where no message of ours reaches them.

So it is of a request whose family has no Telegram (`keep`), and of one that somebody follows who is out of reach, as
long as they are. Who was told so that something stands still is told that it goes on. The states of a task::

    a milestone ──▶ open ─── the officer told them (`confirm`) ──▶ told
                     ▲ │ └── the documents are handed over, the act is taken back, they can be reached ──▶ over
                     └─┘ the next milestone: one task, as old as the first

A crash in between costs nothing: each arrow is one transaction, the first that of the act itself. After `COMES_BACK`
working days it stands in the village's morning, after `TO_DISTRICT` in the list of the district's desk.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from storage import outbox
from storage.db.protocol import Tx
from storage.outbox import Due
from storage.records import DAY, Person, Post
from storage.workflow import Workflow

COMES_BACK, TO_DISTRICT = 2, 4  # working days
KEPT = 30 * DAY  # after the last document of a request is closed


class Relay(NamedTuple):
    """What is to be told of a request up to an act, since when, in which language if one was chosen (else '').

    `lost`: somebody follows it and is out of reach. `days` are working days since.
    """

    request: int
    act: int
    number: str
    village: str
    since: int
    lang: str
    lost: bool
    days: int


async def keep(tx: Tx, request: int, now: int, *, on: bool) -> None:
    """From now on the village's officers tell this family, or no longer."""
    if on:
        await tx.all("keep_proxy", request=request, now=now)
    else:
        await tx.all("end_proxy", request=request)


async def is_kept(tx: Tx, request: int) -> bool:
    """True if the village's officers tell this family."""
    return await tx.one("is_proxied", request=request) is not None


async def speak(tx: Tx, request: int, lang: str) -> None:
    """From now on the texts for this family are in `lang`. Of a family that has Telegram nothing is kept."""
    await tx.all("speak_by_proxy", request=request, lang=lang)


def teller(person: Person, village: str) -> Post | None:
    """The post by which somebody may tell families of a village, or None."""
    of_village = (post for post in person.posts if post.role == "village_officer" and post.village == village)
    return next(of_village, None) or next((post for post in person.posts if post.role == "district_desk"), None)


# Opening tasks, in the transaction of the act


async def open_for(
    tx: Tx, workflow: Workflow, act: int, actor: int, now: int, *, is_news: bool
) -> set[tuple[int, int]]:
    """Open a task for each family of an act whom no message reaches; who hears of which request. Of what is no news to
    them for those alone whom somebody told that something stands still, which goes on by it.
    """
    values = {"act": act, "actor": actor, "now": now, "is_news": int(is_news)}
    # A whole queue may go on at once.
    found = await (tx.all("unreached_families", **values) if is_news else tx.long("unreached_families", **values))
    return await _open(tx, act, [(request, village) for request, village in found], now, now + workflow.grace)


async def close(tx: Tx, act: int, now: int) -> None:
    """An act brought documents into their families' hands: there is nothing left to tell them."""
    await tx.all("relay_superfluous", act=act, now=now)


async def regret(tx: Tx, act: int, back: int, requests: Collection[int], now: int) -> None:
    """An act was taken back by another: who told a family of it tells them how it is, and what is in no hands after all
    is to be told again. Whoever had something to tell of it before hears how that is now: news of it may have been left
    to that of this act.
    """
    await tx.many("reopen_relay", [{"act": act, "request": one} for one in requests])
    told = {request: village for request, village in await tx.all("told_by_relay", act=act)}
    await _open(tx, back, [(one, told[one]) for one in requests if one in told], now, now)
    before = {request: village for request, village in await tx.all("left_to_relay", act=act)}
    for request, village in before.items():
        if request in requests and request not in told:
            await _owe(tx, back, village, [request], now, now)


async def _open(tx: Tx, act: int, families: list[tuple[int, str]], now: int, due_at: int) -> set[tuple[int, int]]:
    hearing: set[tuple[int, int]] = set()
    for village in dict.fromkeys(village for _, village in families):
        theirs = [request for request, where in families if where == village]
        for request in theirs:
            await tx.all("open_relay", request=request, act=act, village=village, at=due_at)
        chats = await _owe(tx, act, village, theirs, now, due_at)
        hearing |= {(chat, one) for chat in chats for one in theirs}
    return hearing


async def _owe(tx: Tx, act: int, village: str, requests: list[int], now: int, due_at: int) -> list[int]:
    """One message for each who tells these families; who they are."""
    request = requests[0] if len(requests) == 1 else 0
    key, facts = f"relay:{act}:{village}:{requests[0]}", {"request": request, "act": act}
    chats = await _hearers(tx, village, now)
    dues = [Due(f"{key}:{chat}", chat, "relay", outbox.NOTICE, due_at, act, request or None, facts) for chat in chats]
    await outbox.owe(tx, dues, now)
    return chats


async def _hearers(tx: Tx, village: str, now: int) -> list[int]:
    """The village's officers; where there is none the district's desk."""
    found = await tx.all("relay_hearers", village=village, now=now)
    officers = [chat for chat, role in found if role == "village_officer"]
    return officers or [chat for chat, _ in found]


async def take_up_lost(tx: Tx, workflow: Workflow, now: int) -> int:
    """Open a task for each milestone that somebody who is out of reach has missed; how many."""
    missed: dict[int, list[tuple[int, str]]] = {}
    for request, act, village, stage, hold in await tx.all("missed_milestones"):
        if workflow.is_milestone(stage, hold or None) and (request, village) not in missed.get(act, []):
            missed.setdefault(act, []).append((request, village))
    for act, families in missed.items():
        await _open(tx, act, families, now, now)
    return len(missed)


# Reading and confirming


async def in_village(tx: Tx, workflow: Workflow, village: str, now: int, days: int = 0) -> list[Relay]:
    """What is to be told in a village ('': in all), for so many working days or more, the oldest first."""
    found = [
        Relay(request, act, number, where, since, lang, bool(lost), workflow.calendar.working_days(since, now))
        for request, act, number, where, since, lang, lost in await tx.all("open_relays", village=village)
    ]
    return [one for one in found if one.days >= days]


def left_to(person: Person, found: Iterable[Relay]) -> list[Relay]:
    """Those of which somebody is reminded: of their villages, and at the district's desk what is left for long."""
    villages = _villages(person)
    is_desk = person.holds("district_desk")
    return [one for one in found if one.village in villages or (is_desk and one.days >= TO_DISTRICT)]


def _villages(person: Person) -> set[str]:
    return {post.village for post in person.posts if post.role == "village_officer"}


async def of_person(tx: Tx, workflow: Workflow, person: Person, now: int) -> list[Relay]:
    """What somebody has to tell: all of their villages; at the district's desk what villages have left for too long."""
    villages = _villages(person)
    found = [one for village in sorted(villages) for one in await in_village(tx, workflow, village, now)]
    if person.holds("district_desk"):
        left = await in_village(tx, workflow, "", now, TO_DISTRICT)
        found += [one for one in left if one.village not in villages]
    return found


async def of_request(tx: Tx, workflow: Workflow, request: int, village: str, now: int) -> Relay | None:
    """What is to be told of a request, or None."""
    return next((one for one in await in_village(tx, workflow, village, now) if one.request == request), None)


async def confirm(tx: Tx, request: int, act: int, post: int, now: int) -> bool:
    """The family knows all up to this act. False if there was nothing to confirm: somebody has, or it is over."""
    return await tx.one("relay_told", request=request, act=act, post=post, now=now) is not None


async def last_told(tx: Tx, request: int) -> int | None:
    """When the family of a request was last told, or None."""
    row = await tx.one("last_relay", request=request)
    return int(row[0]) if row else None


async def purge(tx: Tx, now: int) -> None:
    """Forget what was told of requests that are long over."""
    await tx.long("purge_relays", before=now - KEPT)
    await tx.long("purge_proxies", before=now - KEPT)
