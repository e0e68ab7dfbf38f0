"""Readers of what is written for a setting. Each raises ValueError for what it cannot use, most with what to write."""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from bot import addresses
from bot.addresses import quotable
from storage import check_url

Level = Literal["debug", "info", "warning", "error"]
LONGEST = 4096  # signs of a file with a token; one of more holds something else, or has no end
TOKEN = re.compile(r"[1-9]\d*:[\w-]+", re.ASCII)


class Secret:
    """What is told to nobody by accident: whoever needs it asks to `reveal` it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"


def token(text: str) -> Secret:
    """A bot token."""
    if not TOKEN.fullmatch(text):
        raise ValueError("this is not a bot token; write it as @BotFather gave it, such as 123456789:AAE…")
    return Secret(text)


def token_in(file: str) -> Secret:
    """The token that stands in a file."""
    try:
        opened = os.open(file, os.O_RDONLY | os.O_NONBLOCK)  # a pipe to which nobody writes is not waited for
        with os.fdopen(opened, encoding="utf-8-sig") as reads:
            os.set_blocking(opened, True)
            text = reads.read(LONGEST)
            if not text and stat.S_ISFIFO(os.fstat(opened).st_mode):
                raise ValueError("it is a pipe to which nobody writes; name a file with nothing but the token in it")
    except (OSError, UnicodeDecodeError) as error:
        # The name is not repeated: it may be the token itself, written into the wrong setting.
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ValueError(f"cannot be read ({reason}); name a file with nothing but the token in it") from None
    return token(text.strip() if len(text) < LONGEST else "")


def number(least: int, most: int) -> Callable[[str], int]:
    """A whole number between these, both of them included."""

    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    """One of these words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return read


def level(text: str) -> str:
    """How much is told, in small letters or large ones."""
    return one_of(*get_args(Level))(text.lower())


def database(url: str) -> str:
    """The address of a database."""
    return addresses.database(check_url(addresses.lowered(url)))


def district_file(name: str) -> Path:
    """A file that can be read."""
    path, shown, other = Path(name), quotable(name), "name a district file, or leave it out for Petungkriyono's"
    try:
        if path.exists() and not path.is_file():
            raise ValueError(f"{shown} is no file; {other}")  # a pipe would be waited for
        path.open("rb").close()
    except FileNotFoundError:
        raise ValueError(f"{shown} is not there; {other}") from None
    except OSError as error:
        raise ValueError(f"{shown} cannot be read ({error.strerror}); {other}") from None
    return path


def recipients(text: str) -> str:
    """Public keys, for whom backups are encrypted."""
    if "SECRET" in text.upper() or "PRIVATE" in text.upper():
        raise ValueError("this is the key that opens backups; write the public one that belongs to it, such as age1…")
    if any(not one.strip() or one.strip().startswith("-") for one in text.split(",")):
        raise ValueError("write public keys of age, or what gpg knows of a key, with commas between them")
    return text


def pinged(text: str) -> Secret:
    """An address that tells who we are to whoever knows it."""
    if not addresses.is_http(text):
        raise ValueError("write a whole address, such as https://hc-ping.com/ and what identifies you there")
    return Secret(text)
