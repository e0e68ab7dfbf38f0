"""The first words: /start, help, and what somebody says that no feature knows. Also whether the bot is blocked."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.lookup.handlers import look_up
from handlers.refused import Refused
from handlers.reply import Answer
from handlers.staff.handlers import join
from handlers.start.buttons import Help
from handlers.wording.layout import INVITE
from locales import _
from storage import numbers, outbox


async def start(request: Request) -> Answer:
    """/start: welcome, or what the deep link asks for."""
    payload = request.rest
    if payload.startswith(INVITE):
        return await join(request, payload.removeprefix(INVITE))
    return await look_up(request, numbers.find(payload)) if payload else Answer("welcome")


async def text(request: Request) -> Answer:
    """A message that is no command: the numbers in it, or a word on how to go on."""
    found = numbers.find(request.text)
    if found.good or found.typos or found.odd or found.nik:
        return await look_up(request, found)
    raise Refused("words_only")


async def other(request: Request) -> Answer | None:
    """A photo, a voice message, a sticker: kept nowhere; photos may be of papers, so we say so."""
    raise Refused("photo" if request.text in ("photo", "document", "video") else "words_only")


async def unknown_command(request: Request) -> Answer:
    """A command that we do not have."""
    raise Refused("command")


async def help(request: Request) -> Answer:
    """/bantuan."""
    return Answer("help")


async def tap_help(request: Request, button: Help) -> Answer:
    """Help, as a message of its own."""
    return Answer("help", fresh=True)


async def came_or_went(request: Request) -> None:
    """The person blocked the bot, or took it back."""
    async with request.services.storage.transaction() as tx:
        if request.update.kind == "blocked":
            await outbox.lose(tx, request.chat, "blocked", request.now)
        else:
            await outbox.find(tx, request.chat, request.now)


START = Feature(
    commands=(
        Command(("start",), start),
        Command(("bantuan", "help"), help, _("help"), in_help=False),
    ),
    buttons={Help: tap_help},
)
