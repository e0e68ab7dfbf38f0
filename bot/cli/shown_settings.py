"""The settings as they are in force, as lines for a file .env, without what is secret."""

import re
from collections.abc import Iterator

from bot import addresses
from bot.config import Secret, Settings
from bot.config.environ import quoted
from bot.config.readers import TOKEN

HIDDEN = "…"
_BARE = re.compile(r"[^\s'\"#]*")  # what needs no quotes


def lines(settings: Settings) -> Iterator[str]:
    """A line for each setting; what is not set stands there as a remark."""
    for name, value in vars(settings).items():
        if value is None:
            yield f"# {name.upper()}="
        else:
            shown = _shown(value)
            yield f"{name.upper()}={shown if _BARE.fullmatch(shown) else quoted(shown)}"


def _shown(value: object) -> str:
    if isinstance(value, Secret):
        number, colon, _ = value.reveal().partition(":")
        is_token = colon and TOKEN.fullmatch(value.reveal())
        return f"{number}:{HIDDEN}" if is_token else HIDDEN  # the number of the account is no secret
    return addresses.concealed(value) if isinstance(value, str) and "://" in value else str(value)
