"""The settings as they are in force, as lines for a file .env, without what is secret."""

from collections.abc import Iterator

from bot import addresses
from bot.config import Secret, Settings
from bot.config.readers import TOKEN

HIDDEN = "…"


def lines(settings: Settings) -> Iterator[str]:
    """A line for each setting; what is not set stands there as a remark."""
    for name, value in vars(settings).items():
        if value is None:
            yield f"# {name.upper()}="
        else:
            yield f"{name.upper()}={_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, Secret):
        number, colon, _ = value.reveal().partition(":")
        is_token = colon and TOKEN.fullmatch(value.reveal())
        return f"{number}:{HIDDEN}" if is_token else HIDDEN  # the number of the account is no secret
    return addresses.concealed(value) if isinstance(value, str) and "://" in value else str(value)
