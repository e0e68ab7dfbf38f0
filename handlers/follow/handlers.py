"""Follow numbers, and stop."""

from dataclasses import replace

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.follow.views import StopWhichView
from handlers.lookup.handlers import look_up, look_up_sound, sound
from handlers.view import Answer, NoteView, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, numbers, people
from storage.records import DAY

WORD = 7 * DAY  # after a reserved number lapsed, in which whoever waits for it hears that

SENTENCES |= {
    "follow_how": _("Send a receipt number (12 digits) and tap Notify me."),
    "stopped": _("No more notices."),
    "follow_promise": _(
        "You will be told at each stage. We keep only this number and this chat's ID. Delete it any time: /hapus."
    ),
    "wait_promise": _("You will be told when it is filed. We wait 30 days."),
}


async def follow(request: Request) -> View:
    """/daftar: follow the numbers behind it."""
    wanted = request.update.arguments
    if not wanted:
        return NoteView("follow_how")
    found = numbers.find(wanted)
    allowed = await look_up(request, found)
    for number in (*allowed.numbers, *allowed.unknown):
        await _follow(request, number)
    return await look_up(request, found)


async def tap_follow(request: Request, button: FollowNumber) -> Answer:
    """Tell me of each step: the consent is this tap."""
    number = sound(button.number)
    allowed = await look_up_sound(request, (number,))
    if allowed.paused:
        raise Refused("too_many", until=allowed.paused)
    promise = NoteView("follow_promise" if await _follow(request, number) else "wait_promise")
    return Answer(await look_up_sound(request, (number,)), alert=promise)


async def _follow(request: Request, number: str) -> bool:
    """Follow a number that this person may look up. True if it is in the register."""
    chat, code, lang, now = request.person.chat, request.update.language_code, request.t.lang, request.now
    async with request.storage.transaction() as tx:
        look = await documents.status(tx, number, chat, now)
        is_known = bool(look.documents)
        until = look.reserved_until + WORD if look.reserved_until else None
        await people.follow(tx, chat, number, code, lang, known=is_known, now=now, until=until)
    return is_known


async def unfollow(request: Request) -> View:
    """/berhenti: the numbers behind it, or the choice."""
    found = numbers.find(request.update.arguments).good
    if not found:
        return StopWhichView()
    for number in found:
        await _unfollow(request, number)
    return NoteView("stopped")


async def tap_unfollow(request: Request, button: UnfollowNumber) -> Answer:
    """Tell me no more."""
    view: View = StopWhichView() if button.listed else NoteView("stopped")
    if button.number and not button.listed:
        # Looked up while it is followed, lest it counts as a guess; shown as it is afterwards.
        view = replace(await look_up_sound(request, (sound(button.number),)), looks=None)
    await _unfollow(request, button.number or None)
    return Answer(view, toast=request.t("No more notices."))


async def _unfollow(request: Request, number: str | None) -> None:
    async with request.storage.transaction() as tx:
        await people.unfollow(tx, request.person.chat, number, request.now)


FOLLOW = Feature(
    commands=(
        Command(("daftar", "follow"), follow),
        Command(("berhenti", "unfollow"), unfollow, _("stop notices")),
    ),
    buttons={FollowNumber: tap_follow, UnfollowNumber: tap_unfollow},
)
