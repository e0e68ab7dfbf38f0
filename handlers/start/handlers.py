"""/start, help, and what somebody sends that no feature knows. Also whether they have blocked the bot."""

import re

from handlers.bags.views import TasksView
from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.filing.handlers import file_slip
from handlers.filing.views import FiledByMeView
from handlers.lookup.handlers import PICTURES, look_up
from handlers.lookup.views import FollowsView
from handlers.road.handlers import understood
from handlers.road.photographs import photographed
from handlers.search.views import FoundView
from handlers.staff.handlers import join
from handlers.start.buttons import Help
from handlers.start.views import HelpView, WelcomeView
from handlers.view import Answer, Refused, View
from handlers.wording.links import INVITE
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import numbers, outbox, people

_LAST_DIGITS = re.compile(r"[\s.…-]*(?:\d[\s.-]?){4,11}")  # alone in a message of staff they are a search
SENTENCES |= {
    "photo": _("Please send no photos or files; we did not store it. Send the receipt number (12 digits)."),
    "words_only": _("Please send the receipt number (12 digits) as text, or /bantuan for help."),
    "staff_words": _("Please send a number (12 digits, or its last 4), or open /tugas and use its buttons."),
    "command": _("We do not know this command. Please see /bantuan."),
}


async def start(request: Request) -> View:
    """/start: what the deep link asks for. Else staff see their work, who follows their numbers, others a welcome."""
    payload = request.update.arguments
    if payload.startswith(INVITE):
        return await join(request, payload.removeprefix(INVITE))
    return await _look_up(request, numbers.find(payload)) if payload else await _first_words(request)


async def _look_up(request: Request, found: numbers.Found) -> View:
    """Numbers that somebody sent: a slip that waits to be filed, for an officer; else where the documents are."""
    return await file_slip(request, found) or await look_up(request, found)


async def _first_words(request: Request) -> View:
    if request.person.posts:
        carries = request.workflow.waiting_stages(request.person) or request.person.holds("head")
        return TasksView() if carries else FiledByMeView()
    async with request.storage.reading() as tx:
        follows = await people.follows(tx, request.person.chat)
    return FollowsView() if follows else WelcomeView()


async def text(request: Request) -> View:
    """A message that is no command, or one that was mended: the numbers in it, or a word on how to go on."""
    if request.person.posts and (told := await photographed(request) or await understood(request)):
        return told
    found = numbers.find(request.update.arguments)
    if request.person.posts and not found.good and _LAST_DIGITS.fullmatch(request.update.arguments):
        return FoundView(numbers.digits_of(request.update.arguments))
    if found.is_meant:
        return await _look_up(request, found)
    return await other(request)


async def other(request: Request) -> View:
    """A photo, a voice message, a sticker: kept nowhere. Staff have the codes in a photo read; others hear that none
    is wanted.
    """
    if request.person.posts and (told := await photographed(request)):
        return told
    if request.update.attached in PICTURES:
        raise Refused("photo")
    raise Refused("staff_words" if request.person.posts else "words_only")


async def unknown_command(request: Request) -> View:
    """A command that we do not have, or a number right behind a slash."""
    found = numbers.find(request.update.text)
    if found.good:
        return await look_up(request, found)
    raise Refused("command")


async def help(request: Request) -> View:
    """/bantuan."""
    return HelpView()


async def tap_help(request: Request, button: Help) -> Answer:
    """Help, as a message of its own."""
    return Answer(HelpView(), fresh=True)


async def came_or_went(request: Request) -> None:
    """The person blocked the bot, or took it back."""
    async with request.storage.transaction() as tx:
        if request.update.kind == "blocked":
            await outbox.lose(tx, request.person.chat, "blocked", request.now)
        else:
            await outbox.find(tx, request.person.chat, request.now)


START = Feature(
    commands=(
        Command(("start",), start),
        Command(("bantuan", "help"), help, _("help"), in_help=False),
    ),
    buttons={Help: tap_help},
)
