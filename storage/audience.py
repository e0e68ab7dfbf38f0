"""Who is told of an act: followers by request, staff by act; due when the grace ends. And of one that was wrong."""

from collections.abc import Container

from storage import outbox
from storage.db.protocol import Tx
from storage.outbox import Due
from storage.records import Act
from storage.workflow import Workflow

AS_STAFF = {"staff": 1}  # the fact of a notice to somebody whose work it is, and not their document


async def tell(tx: Tx, workflow: Workflow, act: int, stage: str, actor: int, now: int) -> int:
    """Owe a notice to everyone who follows what moved, and to the staff the stage names; not to whoever acted.

    A follower gets one for each request. Staff get one for the act: about its one request as a follower does, else
    about all of them together (kind `staff`). What they follow as well they are told as followers. Returns how many
    chats are told.
    """
    due_at = now + workflow.grace
    told = {(chat, request) for chat, request in await tx.all("told_followers", act=act, actor=actor, now=now)}
    dues = [_of_request(act, chat, request, due_at) for chat, request in sorted(told)]
    news: dict[int, set[int]] = {}
    for role in workflow.stages[stage].tell if stage in workflow.stages else ():
        for chat, request in await tx.all("told_staff", act=act, stage=stage, role=role, actor=actor):
            if (chat, request) not in told:
                news.setdefault(chat, set()).add(request)
    for chat, requests in news.items():
        if len(requests) == 1:
            dues.append(_of_request(act, chat, requests.pop(), due_at, AS_STAFF))
        else:
            facts = {"act": act, "stage": stage}
            dues.append(Due(f"act:{act}:{chat}", chat, "staff", outbox.NOTICE, due_at, act=act, facts=facts))
    await outbox.owe(tx, dues, now)
    return len({due.chat for due in dues})


async def regret(tx: Tx, workflow: Workflow, done: Act, back: int, requests: Container[int], now: int) -> None:
    """An act was taken back by another: owe a correction to exactly those who were told of these requests, or may be.

    It makes a sound if the news did: somebody may be on their way.
    """
    dues = []
    for chat, request, stage in await tx.all("told_of_act", act=done.id):
        if request and request not in requests:
            continue  # it was moved on meanwhile, and stays
        is_heard = stage in workflow.stages and workflow.stages[stage].sound
        facts = {"act": back, "request": request, "heard": int(is_heard)}
        key = f"regret:{back}:{request}:{chat}"
        dues.append(Due(key, chat, "regret", outbox.NOTICE, now, act=back, request=request or None, facts=facts))
    await outbox.owe(tx, dues, now)


def _of_request(act: int, chat: int, request: int, due_at: int, facts: dict[str, int] | None = None) -> Due:
    key = f"act:{act}:{request}:{chat}"
    return Due(key, chat, "act", outbox.NOTICE, due_at, act=act, request=request, facts=facts)
