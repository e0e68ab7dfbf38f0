"""The first words: /start, help, and what somebody says that no feature knows. Also whether the bot is blocked."""

from handlers.context import Request
from handlers.lookup.handlers import look_up
from handlers.refused import Refused
from handlers.reply import Answer
from handlers.staff.handlers import join
from handlers.start.buttons import Help
from handlers.wording.layout import INVITE
from storage import numbers, outbox


async def start(asked: Request) -> Answer:
    """/start: welcome, or what the deep link asks for."""
    payload = asked.rest
    if payload.startswith(INVITE):
        return await join(asked, payload.removeprefix(INVITE))
    return await look_up(asked, numbers.find(payload)) if payload else Answer("welcome")


async def text(asked: Request) -> Answer:
    """A message that is no command: the numbers in it, or a word on how to go on."""
    found = numbers.find(asked.text)
    if found.good or found.typos or found.odd or found.nik:
        return await look_up(asked, found)
    raise Refused("words_only")


async def other(asked: Request) -> Answer | None:
    """A photo, a voice message, a sticker: kept nowhere; photos may be of papers, so we say so."""
    raise Refused("photo" if asked.text in ("photo", "document", "video") else "words_only")


async def unknown_command(asked: Request) -> Answer:
    """A command that we do not have."""
    raise Refused("command")


async def help(asked: Request) -> Answer:
    """/bantuan."""
    return Answer("help")


async def tap_help(asked: Request, button: Help) -> Answer:
    """Help, as a message of its own."""
    return Answer("help", fresh=True)


async def came_or_went(asked: Request) -> None:
    """The person blocked the bot, or took it back."""
    async with asked.services.storage.transaction() as tx:
        if asked.update.kind == "blocked":
            await outbox.lose(tx, asked.chat, "blocked", asked.now)
        else:
            await outbox.find(tx, asked.chat, asked.now)
