"""Follow numbers, and stop."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.lookup.handlers import numbers_answer, sound, usable
from handlers.refused import Refused
from handlers.reply import Answer
from locales import _
from storage import documents, numbers, people


async def follow(request: Request) -> Answer:
    """/daftar: follow the numbers given."""
    if not request.rest:
        return Answer("note", {"key": "follow_how"})
    found = numbers.find(request.rest)
    usable(found)
    for number in found.good:
        await _follow(request, number, shown=False)
    return await numbers_answer(request, found.good, found.typos)


async def tap_follow(request: Request, button: FollowNumber) -> Answer:
    """Tell me of each step: the consent is this tap."""
    (number,) = sound(button.number)
    known = await _follow(request, number, shown=True)
    answer = await numbers_answer(request, (number,), ())
    return Answer(answer.view, answer.args, toast=_promise(request, known=known), alert=True, ready=answer.ready)


async def _follow(request: Request, number: str, *, shown: bool) -> bool:
    """True if the number is known. One that is not, and was not on a card (`shown`) that counted it, is a guess."""
    async with request.services.storage.transaction() as tx:
        look = await documents.status(tx, number, request.chat, request.now)
        known = people.open_to(look, request.person)
        if not known and not request.person.posts:
            until = await people.may_guess(tx, request.chat, request.now)
            if until:
                raise Refused("too_many", until=until)
            if not shown and not await people.follow_of(tx, request.chat, number):
                await people.missed(tx, request.chat, number, request.now)
        await people.follow(
            tx, request.chat, number, request.code, request.t.lang, known=bool(look.documents), now=request.now
        )
    return known


def _promise(request: Request, *, known: bool) -> str:
    t = request.t
    if not known:
        return t("You will be told when it is filed. We wait 30 days.")
    return t("You will be told at each stage. We keep only this number and this chat's ID. Delete it any time: /hapus.")


async def unfollow(request: Request) -> Answer:
    """/berhenti: the numbers given, or the choice."""
    found = numbers.find(request.rest).good
    if not found:
        return Answer("stop_which")
    for number in found:
        await _unfollow(request, number)
    return Answer("note", {"key": "stopped"})


async def tap_unfollow(request: Request, button: UnfollowNumber) -> Answer:
    """Tell me no more."""
    stopped = request.t("No more notices.")
    if not button.number:
        await _unfollow(request, None)
        return Answer("note", {"key": "stopped"}, toast=stopped)
    # Looked up while it is followed, lest it counts as a guess; shown as it is afterwards.
    answer = await numbers_answer(request, sound(button.number), ())
    await _unfollow(request, button.number)
    return Answer(answer.view, answer.args, toast=stopped)


async def _unfollow(request: Request, number: str | None) -> None:
    async with request.services.storage.transaction() as tx:
        await people.unfollow(tx, request.chat, number, request.now)


FOLLOW = Feature(
    commands=(
        Command(("daftar", "follow"), follow),
        Command(("berhenti", "unfollow"), unfollow, _("stop notices")),
    ),
    buttons={FollowNumber: tap_follow, UnfollowNumber: tap_unfollow},
)
