"""Asks Telegram who the bot is, before anything else is asked of it."""

import asyncio
import logging
from itertools import count

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.exits import ExitCode, Stop
from bot.retry import Backoff
from bot.telegram.outage import Outage
from bot.telegram.refusal import summary

log = logging.getLogger(__name__)


async def greet(bot: Bot, outage: Outage, haste: float) -> None:
    """As long as it takes; refused three times over 30 s, the token is wrong, and it raises Stop."""
    refused = 0
    backoff = Backoff(first=1.0 / haste, longest=30.0 / haste)
    for tries in count():
        pause = backoff.pause(tries)
        try:
            await bot.initialize()
        except InvalidToken as error:
            refused += 1
            if refused == 3:  # noqa: PLR2004  # as the docstring says
                raise Stop(ExitCode.TOKEN, "Telegram refuses the token") from None
            pause = 15.0 / haste
            outage.failed("poll", summary(error))
            log.warning("Telegram refuses the token", extra={"asked": refused})
        except TelegramError as error:
            outage.failed("poll", summary(error))
            log.warning("Telegram cannot be reached", extra={"error": summary(error)})
        else:
            return
        await asyncio.sleep(pause)
