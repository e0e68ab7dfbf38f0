"""The command menu, per language. Telegram is told when it has changed; the bot runs on if that fails."""

import json
import logging
from zlib import crc32

from telegram import Bot
from telegram.error import TelegramError

from bot.logs import told
from handlers import menu
from handlers.context import Services
from locales import LANGUAGES
from storage import is_transient, marks

log = logging.getLogger(__name__)


async def show(bot: Bot, services: Services) -> None:
    """Set the menu in every language, if it is not what was set last."""
    try:
        await _show(bot, services)
    except Exception as error:
        if not isinstance(error, TelegramError) and not is_transient(error):
            raise
        log.warning("menu not set", extra={"error": told(error)})


async def _show(bot: Bot, services: Services) -> None:
    menus = {lang: menu(lang) for lang in LANGUAGES}
    name = f"menu:{crc32(json.dumps(menus).encode())}"
    async with services.storage.reading() as tx:
        if await marks.marked(tx, name) is not None:
            return
    for lang, commands in menus.items():
        await bot.set_my_commands(commands, language_code=lang)
    await bot.set_my_commands(menus["id"])
    async with services.storage.transaction() as tx:
        await marks.mark(tx, name, services.now())
