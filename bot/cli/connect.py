"""Asks Telegram who the bot is, for the commands that need to know, and tells why it does not say; tells it what the
bot is for.
"""

import re

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import addresses
from bot.config import Settings, WrongSettings
from bot.telegram.api import BotApi
from bot.telegram.connections import NotSent, Unknown
from bot.telegram.http import ServerClient
from bot.telegram.refusal import ApiRefusal, seconds_of
from locales import Words, words
from storage.district import District

WAIT = 10.0  # seconds for Telegram to say who the bot is


async def username(settings: Settings) -> str:
    """Ask Telegram who the bot is. Raises WrongSettings with what to mend."""
    api = BotApi(ServerClient(settings.telegram_api_url, settings.token, proxy=settings.proxy))
    await api.initialize()
    try:
        return str((await api.call("getMe", {}, seconds=WAIT))["username"])
    except TelegramError as error:
        raise WrongSettings(_no_answer(error, settings)) from None
    finally:
        await api.shutdown()


async def describe(settings: Settings, district: District) -> None:
    """Tell Telegram what the bot is for, in each language of its district; the first is for all others. Raises
    TelegramError.
    """
    languages, name = district.district.languages, district.district.name
    api = BotApi(ServerClient(settings.telegram_api_url, settings.token, proxy=settings.proxy))
    await api.initialize()
    try:
        for code in ("", *languages[1:]):
            long, short = _descriptions(name, words(code or languages[0]))
            await api.call("setMyDescription", {"description": long, "language_code": code}, seconds=WAIT)
            await api.call("setMyShortDescription", {"short_description": short, "language_code": code}, seconds=WAIT)
    finally:
        await api.shutdown()


def _descriptions(name: str, t: Words) -> tuple[str, str]:
    """What stands in an empty chat, and below the bot's picture."""
    what = t(
        "Papers from {district}: send the receipt number from your village office, and see where they are. "
        "You are told when they are ready.",
        district=name,
    )
    free = t(
        "We never ask for money, a NIK or a photo of a card, nor for a code by telephone, SMS or WhatsApp. "
        "The service is free."
    )
    return f"{what} {free}", t("Where papers from {district} are, and when they are ready. Free.", district=name)


def way(settings: Settings) -> str:
    """How the Bot API server is reached, if not directly."""
    return f" by way of the proxy {addresses.shown(settings.proxy)}" if settings.proxy else ""


def _refused(error: TelegramError, host: str) -> str:
    """What a Bot API server says that was reached, and does not say who the bot is."""
    if isinstance(error, RetryAfter):
        return f"{host} has too much to do for this bot; try again in {seconds_of(error):.0f} seconds"
    if "logged out" in error.message.lower():
        mend = "name that in TELEGRAM_API_URL; coming back takes ten minutes, or an hour"
        return f"the bot has left {host} for another Bot API server; {mend}"
    return f"{host} does not say who the bot is ({error.message}); try again later, or ask @BotFather for a new token"


def _no_answer(error: TelegramError, settings: Settings) -> str:
    host = addresses.shown(settings.telegram_api_url)
    if isinstance(error, InvalidToken):
        return "TELEGRAM_BOT_TOKEN: it is refused; copy it from @BotFather once more, or ask there for a new one"
    if isinstance(error.__cause__, NotSent) and re.search("SSL|Certificate", str(error.__cause__)):
        mend = (
            "http:// if the server speaks no TLS, and whether its certificate and the clock of this machine are right"
        )
        return f"no connection to {host}{way(settings)} that can be trusted ({error.__cause__}); see about {mend}"
    if isinstance(error.__cause__, NotSent):
        mend = "the proxy lets us through" if settings.proxy else "this machine has network and may go there"
        if "gaierror" in str(error.__cause__):  # the library's word for a name that is not known
            return (
                f"no connection to {host}{way(settings)}, as that name is not known; see whether it is right, or {mend}"
            )
        return f"no connection to {host}{way(settings)} ({error.__cause__}); see whether {mend}"
    if isinstance(error.__cause__, ApiRefusal):
        return _refused(error, host)
    look_at = "what stands between, and TELEGRAM_API_URL" if settings.proxy else "TELEGRAM_API_URL"
    if isinstance(error.__cause__, Unknown) and "Timeout" in str(error.__cause__):
        return f"{host}{way(settings)} gives no answer within {WAIT:.0f} seconds; look at {look_at}, or try again later"
    told = f"{host}{way(settings)} does not answer as a Bot API server ({error.message.removeprefix('Unknown: ')})"
    return f"{told}; look at {look_at}, or try again later"
