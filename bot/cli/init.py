"""The first steps on a new machine: asks what must be known, writes it down, tries it, and invites the head."""

import io
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

import segno
from telegram.error import TelegramError

from bot import config
from bot.cli import check, connect, invite, printing
from bot.config import Settings, WrongSettings
from bot.config.environ import quoted
from storage import district

ENV, DISTRICT, POSTER = Path(".env"), Path("district.toml"), Path("poster.pdf")
USUAL = ("PORT=8765", "BACKUP_DIR=backups")
TRIES = 3
NAME = re.compile(r'^name = ".*"$', re.MULTILINE)  # the first is that of the district itself


class Ask(Protocol):
    """Puts a question to whoever sits there."""

    def __call__(self, question: str, *, default: str = "", hidden: bool = False) -> str:
        """The answer."""


async def init(ask: Ask, now: int) -> AsyncIterator[str]:
    """What was done, line after line. Raises WrongSettings when it cannot go on; what was written then stays."""
    for file in (ENV, DISTRICT):
        if file.exists():
            raise WrongSettings(f"{file} is there already; change it by hand, or move it away")
    settings = config.read(token=False)
    written = [] if settings.token else [f"TELEGRAM_BOT_TOKEN={await _token(ask, settings)}"]
    written += [line for line in USUAL if getattr(settings, line.partition("=")[0].lower()) is None]
    ours = district.load().district.name
    name = ours if settings.district_file else ask("Which kecamatan", default=ours).strip()
    if name != ours:
        _write(DISTRICT, _renamed(name))
        written.append(f"DISTRICT_FILE={DISTRICT}")
        yield f"{DISTRICT} is Petungkriyono's under another name: write your villages into it, then type jekduk check"
    _write(ENV, "".join(f"{line}\n" for line in written))
    yield f"{ENV} is written, for you alone to read"
    async for line in _tried(now):
        yield line
    yield await _described(config.read())
    await printing.into(POSTER, config.read(), printing.Wanted("poster"), now)
    yield f"{POSTER} is for the walls of offices"
    link = await invite.link(config.read(), "head", "", now)
    yield f"\nWho opens this within 48 hours is the head:\n{link}\n{_drawn(link)}\nStart the bot with: jekduk run"


async def _described(settings: Settings) -> str:
    """Whether Telegram shows what the bot is for. It is useful without."""
    try:
        await connect.describe(settings, district.load(settings.district_file))
    except TelegramError as error:
        return f"Telegram does not show yet what the bot is for ({error.message}); tell @BotFather: /setdescription"
    return "Telegram shows what the bot is for, in each language of the district"


async def _token(ask: Ask, settings: Settings) -> str:
    for left in reversed(range(TRIES)):
        token = ask("The token that @BotFather gave you (it is not shown)", hidden=True).strip()
        try:
            await connect.username(config.elsewhere(settings, telegram_bot_token=token))
        except WrongSettings as wrong:
            if not left:
                raise
            ask(f"{wrong}. Press Enter to try again", default=" ")
        else:
            return token
    raise AssertionError


def _renamed(name: str) -> str:
    try:
        text = NAME.sub(lambda _: f"name = {quoted(name)}", district.SHIPPED.read_text("utf-8"), count=1)
        district.parse(text)
    except district.WrongFile as wrong:
        first = str(wrong).splitlines()[0].partition("district.name: ")  # lines are of a file that is not there yet
        raise WrongSettings(f"a kecamatan cannot have that name: {first[2] or first[0]}") from None
    return text


def _write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)


async def _tried(now: int) -> AsyncIterator[str]:
    faults: list[str] = []
    async for finding in check.findings(now):
        faults += finding.faults
        yield str(finding)
    if faults:
        raise WrongSettings("mend what is WRONG, and type jekduk check; then jekduk invite head")


def _drawn(link: str) -> str:
    drawn = io.StringIO()
    segno.make(link, error="l").terminal(out=drawn, compact=True)
    return drawn.getvalue()
