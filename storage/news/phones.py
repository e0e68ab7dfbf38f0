"""Telephones that follow receipts by SMS, and what is owed to them: rows of the outbox with a priority of their own.

A row's `chat` is the id of a telephone here. No other row holds the number itself, and no log: it is kept while it
follows a receipt, or until its answer has left, and goes with STOP and 30 days after the hand-over. The states are
those of `storage.outbox`; the sender of SMS has a claim of its own, and where it cannot know whether the gateway has a
message it asks under the row's id (`repeated`), so that none is sent twice.
"""

import re
from collections.abc import Collection, Iterable

from storage import outbox
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.outbox import Due
from storage.records import DAY, MINUTE, Owed

NEWS, ANSWER = "sms", "sms_answer"  # the kinds of rows
MOST = 20  # receipts that a telephone follows
MOST_FAILURES = 3  # of the mobile network, for one message
FAILED_WAIT = 15 * MINUTE  # and twice as long each time
KEPT = 30 * DAY  # after the last document of a request is closed
ANSWERED_WITHIN = DAY  # later nobody waits for an answer any more, and the telephone is forgotten
_PHONE = re.compile(r"\+?[0-9]{9,15}")


def plain(phone: str) -> str:
    """A telephone number as it is kept, with its country; '' for what no person has: a name, or an operator's."""
    bare = re.sub(r"[ ()./-]", "", phone)
    if not _PHONE.fullmatch(bare):
        return ""
    return "+62" + bare[1:] if bare.startswith("0") else "+" + bare.removeprefix("+")


async def keep(tx: Tx, phone: str, lang: str, now: int, *, chosen: bool = False) -> int:
    """The id of a telephone, which is kept from now on. `chosen`: it has said in which language it is written to."""
    row = await tx.one("keep_phone", id=new_id(now), phone=phone, lang=lang, now=now, chosen=int(chosen))
    if row is None:
        raise LookupError("a telephone that was kept a moment ago is gone")
    return int(row[0])


async def known(tx: Tx, phone: str) -> tuple[int, str] | None:
    """The id of a telephone and its language, if it is kept."""
    for id, lang in await tx.all("phone_id", phone=phone):
        return int(id), str(lang)
    return None


async def get(tx: Tx, id: int) -> tuple[str, str] | None:
    """The number of a telephone and its language, if it is still kept."""
    for phone, lang in await tx.all("phone", id=id):
        return str(phone), str(lang)
    return None


async def follows(tx: Tx, id: int) -> list[str]:
    """The receipts that a telephone follows."""
    return [str(number) for (number,) in await tx.all("sms_numbers", phone=id)]


async def followers(tx: Tx, number: str) -> int:
    """How many telephones follow a receipt."""
    [(count,)] = await tx.all("sms_followers", number=number)
    return int(count)


async def follow(tx: Tx, id: int, number: str, now: int) -> None:
    """From now on a telephone is told of a receipt."""
    await tx.all("follow_by_sms", phone=id, number=number, now=now)


async def stop(tx: Tx, id: int) -> None:
    """A telephone is forgotten, at once, and what is owed to it stays unsaid."""
    await tx.all("stop_sms", phone=id)
    await tx.all("withdraw_sms", phone=id, priority=outbox.SMS)
    await tx.all("drop_phone", phone=id)
    tx.shred()


# What is owed


async def tell(tx: Tx, act: int, due_at: int, now: int, *, freed: bool = False) -> int:
    """Owe the news of an act to each telephone that follows its receipts; to how many. Of one that only lets something
    go on (`freed`), to those alone that were told that it stands still.
    """
    found = await (tx.long("freed_by_sms", act=act) if freed else tx.all("told_by_sms", act=act))
    rows = [(int(phone), int(request)) for phone, request in found]
    await _owe(tx, act, rows, due_at, now)
    return len({phone for phone, _ in rows})


async def regret(tx: Tx, done: int, back: int, requests: Collection[int], now: int) -> None:
    """An act was taken back by another: whoever heard of it, or may have, or of what stood still and goes on, hears how
    it is.
    """
    found = [*await tx.all("heard_by_sms", act=done), *await tx.long("freed_by_sms", act=back)]
    heard = dict.fromkeys((int(phone), int(request)) for phone, request in found)
    await _owe(tx, back, [(phone, request) for phone, request in heard if request in requests], now, now)


async def _owe(tx: Tx, act: int, rows: Iterable[tuple[int, int]], due_at: int, now: int) -> None:
    dues = [
        Due(f"sms:{act}:{request}:{phone}", phone, NEWS, outbox.SMS, due_at, act=act, request=request)
        for phone, request in rows
    ]
    await outbox.owe(tx, dues, now)


async def answer(tx: Tx, id: int, event: str, text: str, now: int) -> None:
    """Owe the answer to an SMS, which is this `event` of the gateway."""
    due = Due(f"sms_answer:{event}", id, ANSWER, outbox.SMS, now, facts={"text": text})
    await outbox.owe(tx, [due], now)


async def told_held(tx: Tx, id: int, request: int) -> frozenset[int]:
    """Of which documents of a request a telephone was told that they stand still, and not yet that they go on."""
    rows = await tx.all("told_held", phone=id, request=request)
    return frozenset(int(document) for (held,) in rows for document in held.split())


async def note_held(tx: Tx, id: int, request: int, held: Collection[int]) -> None:
    """A telephone was told that these documents of a request stand still, and no others, if it follows that."""
    text = "".join(f" {document} " for document in sorted(held))
    await tx.all("note_told_held", phone=id, request=request, held=text)


async def is_claimed(tx: Tx) -> bool:
    """True if something is in the hands of whoever sends it; or was, as they died."""
    return await tx.one("sms_claimed", priority=outbox.SMS) is not None


async def is_overtaken(tx: Tx, owed: Owed, now: int) -> bool:
    """True if later news of the same request is due as well: it tells how it is, and this would say the same."""
    values = {"phone": owed.chat, "request": owed.request, "id": owed.ids[-1], "now": now}
    return owed.kind == NEWS and await tx.one("newer_sms", **values) is not None


# What came of it


async def settle(tx: Tx, done: Iterable[Owed], now: int) -> None:
    """The gateway has these. Of an answer nothing stays, nor of a telephone that follows nothing."""
    for owed in done:
        await (outbox.sent(tx, owed.ids, now) if owed.kind == NEWS else outbox.answered(tx, owed.ids))
        await forget_idle(tx, owed.chat)


async def forget_idle(tx: Tx, id: int) -> None:
    """Nothing stays of a telephone that follows nothing, and to which nothing is owed."""
    await tx.all("forget_phone", id=id, priority=outbox.SMS)


async def doubt(tx: Tx, owed: Owed) -> None:
    """Nobody knows whether the gateway has it: it is asked before it is sent again."""
    await tx.many("sms_unclear", [{"id": id} for id in owed.ids])


async def later(tx: Tx, owed: Owed, due_at: int) -> None:
    """Not before this time."""
    await tx.many("sms_later", [{"id": id, "due_at": due_at} for id in owed.ids])


async def failed(tx: Tx, id: int, tries: int, reason: str, now: int) -> bool:
    """The mobile network did not take what the gateway had, at the try with this count: owe it again, and after
    `MOST_FAILURES` set it aside (`jekduk stuck`). False if it is not written down yet that the gateway has it.
    """
    due_at = now + FAILED_WAIT * 2**tries
    values = {"id": id, "tries": tries, "due_at": due_at, "error": reason, "most": MOST_FAILURES, "now": now}
    if await tx.one("sms_failed", **values):
        return True
    return await tx.one("sms_in_hand", id=id, tries=tries) is None


async def purge(tx: Tx, now: int) -> None:
    """Forget telephones 30 days after the hand-over, and those whose answer could not leave for a day."""
    await tx.long("purge_sms_follows", before=now - KEPT)
    await tx.long("purge_phones", before=now - ANSWERED_WITHIN)
