"""Asks Telegram who the bot is, for the commands that need to know, and tells why it does not say."""

from telegram.error import InvalidToken, TelegramError

from bot import addresses
from bot.config import Settings, WrongSettings
from bot.telegram.api import BotApi
from bot.telegram.http import AiohttpClient, NotSent

WAIT = 10.0  # seconds for Telegram to say who the bot is


async def username(settings: Settings) -> str:
    """Ask Telegram who the bot is. Raises WrongSettings with what to mend."""
    api = BotApi(AiohttpClient(settings.telegram_api_url, settings.token, proxy=settings.proxy))
    await api.initialize()
    try:
        return str((await api.call("getMe", {}, seconds=WAIT))["username"])
    except TelegramError as error:
        raise WrongSettings(_no_answer(error, settings)) from None
    finally:
        await api.shutdown()


def way(settings: Settings) -> str:
    """How the Bot API server is reached, if not directly."""
    return f" by way of the proxy {addresses.shown(settings.proxy)}" if settings.proxy else ""


def _no_answer(error: TelegramError, settings: Settings) -> str:
    host = addresses.shown(settings.telegram_api_url)
    if isinstance(error, InvalidToken):
        return "TELEGRAM_BOT_TOKEN: it is refused; copy it from @BotFather once more, or ask there for a new one"
    if isinstance(error.__cause__, NotSent):
        mend = "the proxy lets us through" if settings.proxy else "this machine has network and may go there"
        return f"no connection to {host}{way(settings)} ({error.__cause__}); see whether {mend}"
    return f"{host} does not answer as a Bot API server ({error.message}); look at TELEGRAM_API_URL, or try again later"
