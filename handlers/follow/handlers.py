"""Follow numbers, and stop."""

from handlers.context import Request
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.lookup.handlers import numbers_answer, sound, usable
from handlers.refused import Refused
from handlers.reply import Answer
from storage import documents, numbers, people


async def follow(asked: Request) -> Answer:
    """/daftar: follow the numbers given."""
    if not asked.rest:
        return Answer("note", {"key": "follow_how"})
    found = numbers.find(asked.rest)
    usable(found)
    for number in found.good:
        await _follow(asked, number, shown=False)
    return await numbers_answer(asked, found.good, found.typos)


async def tap_follow(asked: Request, button: FollowNumber) -> Answer:
    """Tell me of each step: the consent is this tap."""
    (number,) = sound(button.number)
    known = await _follow(asked, number, shown=True)
    answer = await numbers_answer(asked, (number,), ())
    return Answer(answer.view, answer.args, toast=_promise(asked, known=known), alert=True, ready=answer.ready)


async def _follow(asked: Request, number: str, *, shown: bool) -> bool:
    """True if the number is known. One that is not, and was not on a card (`shown`) that counted it, is a guess."""
    async with asked.services.storage.transaction() as tx:
        look = await documents.status(tx, number, asked.chat, asked.now)
        known = people.open_to(look, asked.person)
        if not known and not asked.person.posts:
            until = await people.may_guess(tx, asked.chat, asked.now)
            if until:
                raise Refused("too_many", until=until)
            if not shown and not await people.follow_of(tx, asked.chat, number):
                await people.missed(tx, asked.chat, number, asked.now)
        await people.follow(tx, asked.chat, number, asked.code, asked.t.lang, known=bool(look.documents), now=asked.now)
    return known


def _promise(asked: Request, *, known: bool) -> str:
    t = asked.t
    if not known:
        return t("You will be told when it is filed. We wait 30 days.")
    return t("You will be told at each stage. We keep only this number and this chat's ID. Delete it any time: /hapus.")


async def unfollow(asked: Request) -> Answer:
    """/berhenti: the numbers given, or the choice."""
    found = numbers.find(asked.rest).good
    if not found:
        return Answer("stop_which")
    for number in found:
        await _unfollow(asked, number)
    return Answer("note", {"key": "stopped"})


async def tap_unfollow(asked: Request, button: UnfollowNumber) -> Answer:
    """Tell me no more."""
    stopped = asked.t("No more notices.")
    if not button.number:
        await _unfollow(asked, None)
        return Answer("note", {"key": "stopped"}, toast=stopped)
    # Looked up while it is followed, lest it counts as a guess; shown as it is afterwards.
    answer = await numbers_answer(asked, sound(button.number), ())
    await _unfollow(asked, button.number)
    return Answer(answer.view, answer.args, toast=stopped)


async def _unfollow(asked: Request, number: str | None) -> None:
    async with asked.services.storage.transaction() as tx:
        await people.unfollow(tx, asked.chat, number, asked.now)
