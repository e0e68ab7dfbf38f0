"""What a command reaches out for, database and Telegram; when it cannot, it says what to mend."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError

from bot.config import Settings, WrongSettings
from bot.telegram.api import BotApi
from bot.telegram.http import AiohttpClient, NotSent
from storage import Storage, is_transient, open_storage
from storage.db.migrate import available, migrate, version_of

WAIT = 10.0  # seconds for Telegram to say who the bot is


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Storage]:
    """The register, open. Raises WrongSettings with the engine's own reason if it cannot be used."""
    try:
        register = await open_storage(settings.database_url)
    except Exception as error:
        raise _unusable(settings, error) from error
    try:
        yield register
    except Exception as error:
        if is_transient(error):
            raise _unusable(settings, error) from error
        raise
    finally:
        await register.close()


def _unusable(settings: Settings, error: Exception) -> WrongSettings:
    if settings.database_url.startswith("sqlite"):
        mend = "name a file in a folder where the bot may write, on a disk with room"
    else:
        mend = "see whether the server runs, and whether host, name, user and password are right"
    reason = str(error) or type(error).__name__
    secret = urlsplit(settings.database_url).password
    shown = reason.replace(secret, "…") if secret else reason
    return WrongSettings(f"DATABASE_URL: the database cannot be used ({shown}); {mend}")


async def version(register: Storage, now: int) -> tuple[int, int]:
    """The migrations applied, 0 for an empty database, and those this code knows."""
    await migrate(register, now, upto=0)  # nothing but the book of migrations, so that it can be asked
    async with register.reading() as tx:
        return await version_of(tx), available()[-1][0]


async def same_version(register: Storage, now: int) -> None:
    """Raises WrongSettings unless database and code fit together as they are."""
    present, known = await version(register, now)
    if present != known:
        mend = "run python -m bot migrate" if present < known else "start a newer version of the bot"
        raise WrongSettings(f"the database is at version {present}, this code knows {known}; {mend}")


async def username(settings: Settings) -> str:
    """Ask Telegram who the bot is. Raises WrongSettings with what to mend."""
    api = BotApi(AiohttpClient(settings.telegram_api_url, settings.token))
    await api.initialize()
    try:
        return str((await api.call("getMe", {}, seconds=WAIT))["username"])
    except TelegramError as error:
        raise WrongSettings(_no_answer(error, urlsplit(settings.telegram_api_url).netloc.rpartition("@")[2])) from None
    finally:
        await api.shutdown()


def _no_answer(error: TelegramError, host: str) -> str:
    if isinstance(error, InvalidToken):
        return "TELEGRAM_BOT_TOKEN: it is refused; copy it from @BotFather once more, or ask there for a new one"
    if isinstance(error.__cause__, NotSent):
        return f"no connection to {host} ({error.__cause__}); see whether this machine has network and may go there"
    return f"{host} does not answer as a Bot API server ({error.message}); look at TELEGRAM_API_URL, or try again later"
