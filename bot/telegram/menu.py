"""The command menus, per language and for each of the staff. The bot runs on if Telegram takes none."""

import asyncio
import json
import logging
from zlib import crc32

from telegram import Bot, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.logs import told
from handlers import menu
from handlers.context import Services
from locales import LANGUAGES, negotiate
from storage import is_transient, marks, people
from storage.records import Person

FIRST, EVERY = 3.0, 60.0  # seconds: whoever waits at a start is answered before
log = logging.getLogger(__name__)


async def keep(bot: Bot, services: Services) -> None:
    """See to it for ever that everybody's menu is right: it changes with one's posts and language."""
    await asyncio.sleep(FIRST)
    while True:
        await show(bot, services)
        await asyncio.sleep(EVERY)


async def show(bot: Bot, services: Services) -> None:
    """Set the menus that are not what was set last: everybody's in each language, and that of each of the staff."""
    try:
        await _show_all(bot, services)
        await _show_staff(bot, services)
    except Exception as error:
        if not isinstance(error, TelegramError) and not is_transient(error):
            raise
        log.warning("menu not set", extra={"error": told(error)})


async def _show_all(bot: Bot, services: Services) -> None:
    menus = {lang: menu(services.workflow, Person(0), lang) for lang in LANGUAGES}
    name = f"menu:{_fingerprint(menus)}"
    async with services.storage.reading() as tx:
        if await marks.marked(tx, name) is not None:
            return
    for lang, commands in menus.items():
        await bot.set_my_commands(commands, language_code=lang)
    await bot.set_my_commands(menus["id"])
    async with services.storage.transaction() as tx:
        await marks.mark(tx, name, services.now())


async def _show_staff(bot: Bot, services: Services) -> None:
    async with services.storage.reading() as tx:
        found = await people.menus(tx, services.now())
    for person, shown in found:
        commands = menu(services.workflow, person, negotiate(person.lang, person.code)) if person.posts else []
        wanted = _fingerprint(commands) if commands else 0
        if wanted != shown:
            await _show_one(bot, person.chat, commands)
            async with services.storage.transaction() as tx:
                await people.menu_shown(tx, person.chat, wanted)


async def _show_one(bot: Bot, chat: int, commands: list[tuple[str, str]]) -> None:
    scope = BotCommandScopeChat(chat)
    try:
        if commands:
            await bot.set_my_commands(commands, scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except (BadRequest, Forbidden) as error:  # of this chat alone; to ask again each minute would not mend it
        log.warning("menu of one chat not set", extra={"error": told(error)})


def _fingerprint(menus: object) -> int:
    return crc32(json.dumps(menus).encode())
