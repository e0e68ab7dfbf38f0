"""Who is told of an act: followers by request, staff by act; due when the grace ends. And of one that was wrong."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from storage import outbox
from storage.db.protocol import Tx
from storage.news import phones, relays
from storage.news.cards import CONCERNS, EVERY_STAGE
from storage.outbox import AGAIN, AS_STAFF, Due
from storage.records import Act, Actor, Document
from storage.workflow import Workflow


async def tell(tx: Tx, workflow: Workflow, act: int, stage: str, actor: int, now: int, *, freed: bool = False) -> int:
    """Owe a notice to everyone who follows what moved, and to the staff the stage names; not to whoever acted.

    A follower gets one for each request. Staff get one for the act: about its one request as a follower does, else
    about all of them together (kind `staff`). What they follow as well they are told as followers. If something stood
    still before that goes on (`freed`), whoever was told that by SMS or by their village is told. Returns how many
    people and families are told who can be reached.
    """
    due_at = now + workflow.grace
    followers = await tx.all("told_followers", act=act, actor=actor, now=now)
    told = {(chat, request) for chat, request, _ in followers}
    is_news = workflow.is_milestone(stage)
    relayed, families = set[tuple[int, int]](), 0
    if is_news or freed:
        relayed, families = await _unreached(tx, workflow, act, actor, now, is_news=is_news)
    if stage in workflow.at_home:
        await relays.close(tx, act, now)
    dues = [_of_request(act, chat, request, due_at, gather=workflow.gather) for chat, request in sorted(told)]
    news: dict[int, set[int]] = {}
    for role in workflow.stages[stage].tell if stage in workflow.stages else ():
        for chat, request in await tx.all("told_staff", act=act, stage=stage, role=role, actor=actor, now=now):
            if (chat, request) not in told | relayed:  # what they have to tell a family tells it
                news.setdefault(chat, set()).add(request)
    facts = {"act": act, "stage": stage}
    dues += [_of_work(act, chat, requests, "staff", due_at, facts) for chat, requests in news.items()]
    await outbox.owe(tx, dues, now)
    return len({chat for chat, _, away in followers if not away}) + families


async def _followers(tx: Tx, act: int, actor: int, now: int) -> tuple[set[tuple[int, int]], set[int]]:
    """Who follows which request of an act, out of reach or not; and those of them who can be reached."""
    found = await tx.long("told_followers", act=act, actor=actor, now=now)
    return {(chat, request) for chat, request, _ in found}, {chat for chat, _, away in found if not away}


async def _unreached(
    tx: Tx, workflow: Workflow, act: int, actor: int, now: int, *, is_news: bool
) -> tuple[set[tuple[int, int]], int]:
    """Have families told whom no message reaches: who of staff tells which request, and how many hear, by SMS too. Of
    what is no news to them those alone hear who were told that something stands still, which goes on by it.
    """
    relayed = await relays.open_for(tx, workflow, act, actor, now, is_news=is_news)
    by_sms = await phones.tell(tx, act, now + workflow.grace, now, freed=not is_news)
    return relayed, len({request for _, request in relayed}) + by_sms


async def regret(tx: Tx, workflow: Workflow, done: Act, back: int, requests: Collection[int], now: int) -> None:
    """An act was taken back by another: owe a correction to exactly those who were told of these requests, or may be;
    also of an earlier one that was taken back, if its correction was never said, as they had been moved on. Of a hold
    that took the place of another they hear also if they were told of that one, and it is over by now. Of what stands
    still again by an earlier hold they are told that, if its news said nothing, for it was over as it left.

    It makes a sound if the news did: somebody may be on their way. What nobody was told but by their card, that card
    alone puts right (`unsaid`).
    """
    told: dict[tuple[int, int], tuple[bool, bool]] = {}  # if it was heard, and if it was said in words
    for chat, request, kind, stage, hold, said in await tx.all("told_of_act", act=done.id, back=back):
        if request and request not in requests:
            continue  # it was moved on meanwhile, and stays
        is_heard = workflow.is_milestone(stage, hold)
        is_said = is_heard or hold or said or kind in ("file", "release", "retype", "relocate") or workflow.ends(stage)
        was_heard, was_said = told.get((chat, request), (False, False))
        told[chat, request] = was_heard or is_heard, was_said or bool(is_said)
    dues = [
        _regret(back, *one, now, is_heard=is_heard, unsaid="" if is_said else CONCERNS)
        for one, (is_heard, is_said) in told.items()
    ]
    for chat, request in await tx.all("cards_of_act", act=back):
        if (chat, request) not in told:
            dues.append(_regret(back, chat, request, now, is_heard=False, unsaid=EVERY_STAGE))
    await outbox.owe(tx, dues, now)
    await tell_again(tx, back, now)
    await relays.regret(tx, done.id, back, sorted(requests), now)
    await phones.regret(tx, done.id, back, requests, now)


async def tell_again(tx: Tx, back: int, now: int) -> bool:
    """What stands still again, as something was taken back by an act, is owed to those whose news did not say so, for
    that was over as it left. True if there are any.
    """
    dues = list[Due]()
    for row, chat, request, act, staff, repeated in await tx.long("untold_holds", back=back):
        due = _of_request(act, chat, request, now, AS_STAFF if staff else AGAIN)
        dues.append(due._replace(key=f"again:{row}", repeated=bool(repeated)))
    await outbox.owe(tx, dues, now)
    return bool(dues)


async def stands_again(tx: Tx, documents: Collection[int], now: int) -> bool:
    """The same of documents whose news has just left, if what ended their hold was taken back in the meantime."""
    back = {act for one in documents for (act,) in await tx.all("stands_again", document=one)}
    return any([await tell_again(tx, act, now) for act in sorted(back)])


async def correct(tx: Tx, workflow: Workflow, act: int, actor: Actor, *, heard: bool, doers: bool = True,
    staff: Collection[tuple[int, int]] = (),
) -> int:  # fmt: skip
    """Records were put right: owe that to everyone who follows, to whoever made the steps that were wrong, unless they
    hear it otherwise (`doers`), and to `staff` (chat, request) whose work it is. Returns how many chats are told.
    """
    chat, now = actor.person.chat, actor.now
    told, reached = await _followers(tx, act, chat, now)
    told, reached = told.union(staff), reached.union(who for who, _ in staff)
    if doers:
        told_doers = {(who, request) for who, request in await tx.all("told_doers", act=act, actor=chat)}
        told, reached = told | told_doers, reached | {who for who, _ in told_doers}
    _, families = await _unreached(tx, workflow, act, chat, now, is_news=heard)
    dues = [_regret(act, chat, request, now + workflow.grace, is_heard=heard) for chat, request in sorted(told)]
    await outbox.owe(tx, dues, now)
    return len(reached) + families


async def tell_standstill(tx: Tx, workflow: Workflow, act: int, actor: int, now: int, news: str = "held") -> int:
    """Owe a notice of documents that stopped or go on to everyone who follows them, and to their villages' officers.

    Whoever has not heard yet that they stopped is not told that they go on: that news says nothing any more when it
    leaves. It counts when they stopped, and not what has held them up since. Staff get one for the act, of the kind
    `news` if that is about several requests. Returns how many people are told.
    """
    due_at = now + workflow.grace
    unheard = {(chat, request) for chat, request in await tx.long("unheard_holds", act=act)}
    told, reached = await _followers(tx, act, actor, now)
    is_news = workflow.is_milestone(*await _stop(tx, act))
    relayed, families = await _unreached(tx, workflow, act, actor, now, is_news=is_news)
    dues = [_of_request(act, *one, due_at, gather=workflow.gather) for one in sorted(told - unheard)]
    theirs: dict[int, set[int]] = {}
    heard = told | unheard | relayed  # or will not, or without a request: of all of it
    for chat, request in await tx.long("told_villages", act=act, actor=actor, now=now):
        if not {(chat, request), (chat, 0)} & heard:
            theirs.setdefault(chat, set()).add(request)
    dues += [_of_work(act, chat, requests, news, due_at, {"act": act}) for chat, requests in theirs.items()]
    await outbox.owe(tx, dues, now)
    hearing = {chat for chat, _ in told - unheard} & reached
    return len(hearing) + families


async def _stop(tx: Tx, act: int) -> tuple[str, str | None]:
    """Outside which stage an act led documents, or why it holds them; neither if they go on."""
    kind, stage, hold = await tx.one("stop_of_act", act=act) or ("", "", None)
    return stage if kind in ("return", "refuse") else "", hold if kind == "hold" else None


def _regret(act: int, chat: int, request: int, due_at: int, *, is_heard: bool, unsaid: str = "") -> Due:
    """A correction. Of what was not said to whoever hears so much (EVERY_STAGE: to nobody), the card alone shows it."""
    facts: dict[str, int | str] = {"act": act, "request": request, "heard": int(is_heard)}
    facts |= {"unsaid": unsaid} if unsaid else {}
    key = f"regret:{act}:{request}:{chat}"
    return Due(key, chat, "regret", outbox.NOTICE, due_at, act=act, request=request or None, facts=facts)


def _of_request(
    act: int, chat: int, request: int, due_at: int, facts: Mapping[str, int] | None = None, gather: int = 0
) -> Due:
    key = f"act:{act}:{request}:{chat}"
    return Due(key, chat, "act", outbox.NOTICE, due_at, act=act, request=request, facts=facts, gather=gather)


def _of_work(act: int, chat: int, requests: Collection[int], kind: str, due_at: int, facts: Mapping[str, Any]) -> Due:
    """A notice to staff: of its one request as a follower gets it, else of this kind, about all of them together."""
    if len(requests) == 1:
        [request] = requests
        return _of_request(act, chat, request, due_at, AS_STAFF)
    return Due(f"act:{act}:{chat}", chat, kind, outbox.NOTICE, due_at, act=act, facts=facts)


async def news(tx: Tx, documents: Iterable[Document]) -> dict[int, tuple[int, int]]:
    """Of every act that is on record for documents: how many chats have its news, of how many who are to have it."""
    requests = sorted({one.request for one in documents})
    rows = [row for request in requests for row in await tx.all("news_of_request", request=request)]
    return {act: (int(arrived), int(all_told)) for act, arrived, all_told in rows}


async def told(tx: Tx, act: int) -> int:
    """How many people and families are told of an act who can be reached; of a mistake also those whose work it was."""
    [(count,)] = await tx.all("told_count", act=act)
    return int(count)
