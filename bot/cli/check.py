"""Tries everything the bot will need, before it needs it, and says what to mend."""

import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from errno import EADDRINUSE, EADDRNOTAVAIL, EINVAL
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import NamedTuple

import aiohttp
from babel.messages.mofile import read_mo

from bot import addresses, database
from bot.cli import connect, mending
from bot.config import PORTS, Settings, WrongSettings, read
from bot.config.clashes import clashes
from bot.database import disk, ownership, sqlite_file
from bot.press.voice import PROGRAMS, can_speak
from locales import CATALOGS, LANGUAGES, words
from locales.heard import WrongWords, vocabulary
from storage import Storage, district, marks
from storage.copies import backups, encryption
from storage.copies.encryption import WrongKey
from storage.workflow import Workflow


class Finding(NamedTuple):
    """One thing that was tried: what was found, or the sentences that say what to mend."""

    name: str
    found: str = ""
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.faults:
            return f"ok     {self.name}: {self.found}"
        return "\n".join(f"WRONG  {self.name}: {fault}" for fault in self.faults)


async def findings(now: int) -> AsyncIterator[Finding]:
    """Try one thing after the other. A token that is missing stops only what needs it."""
    try:
        settings = read()
        yield Finding("settings", "all can be used")
    except WrongSettings as wrong:
        yield Finding("settings", faults=wrong.faults)
        try:
            settings = read(token=False)
        except WrongSettings:
            return
    if mending.open_to_others(mending.ENV):
        yield Finding(".env", faults=("others on this machine may read what is secret in it; type chmod 600 .env",))
    backups = settings.backup_dir or settings.backup_recipient
    asked = {
        _telegram: settings.token, _health: settings.port, _backups: backups, _page: settings.page_url,
        _sms: settings.sms_gateway,
    }  # fmt: skip
    left_out = {step for step, wanted in asked.items() if not wanted}
    for name, step in STEPS.items():
        if step not in left_out:
            yield await _try(name, step(settings, now))


async def _try(name: str, step: Awaitable[str]) -> Finding:
    try:
        return Finding(name, await step)
    except (WrongSettings, WrongKey, WrongWords, district.WrongFile) as wrong:
        return Finding(name, faults=tuple(str(wrong).splitlines()))
    except OSError as error:
        return Finding(name, faults=(f"{error.filename or 'this machine'}: {error.strerror}",))


async def _district(settings: Settings, _: int) -> str:
    found = district.load(settings.district_file)
    if wrong := [*clashes(settings, found)]:
        raise WrongSettings(*wrong)
    return f"{found.district.name}, {len(found.villages)} villages, {len(found.types)} kinds of documents"


async def _words(_: Settings, __: int) -> str:
    heard = sum(map(len, vocabulary().values()))
    return f"{_complete({lang: _sentences(lang) for lang in LANGUAGES})}; {heard} words and phrases are heard"


def _complete(spoken: Mapping[str, frozenset[str]]) -> str:
    every = frozenset[str]().union(*spoken.values())
    if gaps := {lang: len(every - known) for lang, known in spoken.items() if every - known}:
        where = ", ".join(f"{count} in {lang}" for lang, count in gaps.items())
        raise WrongSettings(f"sentences are missing: {where}; install the bot anew, or run make words and translate")
    return f"{len(every)} sentences in {', '.join(spoken)}"


def _sentences(lang: str) -> frozenset[str]:
    words(lang)  # compiles what is outdated
    with (CATALOGS / lang / "LC_MESSAGES" / "jekduk.mo").open("rb") as compiled:
        return frozenset(str(message.id) for message in read_mo(compiled) if message.id and message.string)


async def _disk(settings: Settings, _: int) -> str:
    if fault := disk.vanishing(settings.database_url, os.environ):
        raise WrongSettings(fault)
    if not (file := settings.database_file):
        return "the database server's own"
    room = disk.room(file)
    if room.is_low:
        raise WrongSettings(f"only {room} where {file.absolute()} lies; make some room")
    return str(room)


async def _database(settings: Settings, now: int) -> str:
    sqlite_file.look_at(settings)
    if (file := settings.database_file) and not file.exists():
        return f"none yet; the bot will make {file.absolute()}"
    async with database.opened(settings) as register:
        present, known = await database.version(register, now)
        if present > known:
            await database.same_version(register, now)
        if present > 0:
            async with register.transaction() as tx:
                await marks.mark(tx, "check", now)
        if present == known:
            await _fits(settings, register)
            if settings.token:
                await ownership.check(register, settings.token)
        risk = await register.at_risk()
        way = ", through a pooler that shares its connections, which is slower" if register.is_shared else ""
    later = f" and will be brought to {known}" if present < known else ""
    lost = f"; a crash of its server may lose what was done last, as there {risk}" if risk else ""
    return f"it can be written, at version {present}{later}{way}{lost}"


async def _fits(settings: Settings, register: Storage) -> None:
    try:
        workflow = Workflow(district.load(settings.district_file))
    except district.WrongFile:
        return  # told already
    await database.fits(register, workflow)


async def _backups(settings: Settings, now: int) -> str:
    """Whether one can be written, and encrypted, by encrypting nothing."""
    for_whom = settings.backup_recipient
    if for_whom:
        with NamedTemporaryFile() as written:
            await encryption.encrypt(Path(os.devnull), Path(written.name), for_whom)
    how = f", encrypted by {encryption.program(for_whom)}" if for_whom else ""
    if not (folder := settings.backup_dir):
        return f"none by itself{how}"
    there = _made_in(folder)
    if (room := disk.room(folder)).is_low:
        raise WrongSettings(f"BACKUP_DIR: only {room} in {there}; make some room")
    if await _are_gone(settings, folder, now):
        mend = "mount its disk, or type jekduk backup if they are to be gone"
        raise WrongSettings(f"BACKUP_DIR: the backups that were made before are not in {folder}; {mend}")
    if folder.is_dir() and settings.token:
        account = ownership.account_of(settings.token)
        if (found := backups.whose(folder, account)).others:
            mend = "name one for this bot alone, or delete those of one that is no more once there are enough new ones"
            raise WrongSettings(f"BACKUP_DIR: there are {found} in {folder}, too; {mend}")
    return f"one each day in {folder}, {settings.backup_keep} stay{how}"


def _made_in(folder: Path) -> Path:
    """The folder that is there, in which the others will be made. Raises WrongSettings if nothing can be made in it."""
    if link := backups.leads_nowhere(folder):
        mend = "mount what it leads to, or name another folder"
        raise WrongSettings(f"BACKUP_DIR: the link {link} leads nowhere; {mend}")
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    try:
        TemporaryFile(dir=there).close()  # by the mode of a folder nobody knows: root may make none in /proc
    except OSError:
        raise WrongSettings(
            f"BACKUP_DIR: no file can be made in {there}; name a folder where the bot may write"
        ) from None
    return there


async def _are_gone(settings: Settings, folder: Path, now: int) -> bool:
    with suppress(WrongSettings):  # what is wrong with the database is told already
        async with database.fitting(settings, now) as register:
            return await backups.is_bare(register, folder)
    return False


async def _health(settings: Settings, _: int) -> str:
    async def is_ours(answer: aiohttp.ClientResponse) -> bool:
        return "leads" in await answer.json()

    return await _served("PORT", settings.health_host, settings.port or 0, "/healthz", is_ours)


async def _page(settings: Settings, _: int) -> str:
    async def is_ours(answer: aiohttp.ClientResponse) -> bool:
        return answer.content_type == "text/css"

    return await _served("PAGE_PORT", settings.page_host, settings.page_port, "/page.css", is_ours)


async def _sms(settings: Settings, _: int) -> str:
    async def is_ours(answer: aiohttp.ClientResponse) -> bool:
        return answer.headers.get("Allow") == "POST"

    return await _served("SMS_PORT", settings.sms_host, settings.sms_port, "/sms", is_ours)


async def _served(
    setting: str, host: str, port: int, path: str, is_ours: Callable[[aiohttp.ClientResponse], Awaitable[bool]]
) -> str:
    """Whether a page can be served: by trying, or by asking whoever serves it already."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        near = addresses.near(host)
        url, patience = f"http://{f'[{near}]' if ':' in near else near}:{port}{path}", aiohttp.ClientTimeout(total=3)
        with suppress(aiohttp.ClientError, ValueError, TypeError, TimeoutError):
            async with aiohttp.ClientSession(timeout=patience) as client, client.get(url) as answer:
                if error.errno == EADDRINUSE and await is_ours(answer):
                    return f"a bot that runs serves it at port {port}"
        raise WrongSettings(_not_served(setting, host, port, error)) from None
    return f"it can be served at port {port}"


def _not_served(setting: str, host: str, port: int, error: OSError) -> str:
    reason = addresses.why_not_had(error)
    if error.errno in {EADDRNOTAVAIL, EINVAL}:
        name = next(its_host.upper() for port_of, its_host, _ in PORTS if port_of == setting.lower())
        return f"{name}: {host} is no address at which this machine can listen ({reason}); write another"
    return f"{setting}: {port} on {host} cannot be had ({reason}); write another"


async def _voice(_: Settings, __: int) -> str:
    if can_speak():
        return "a status can be heard"
    return f"none, so that a status can only be read: {' or '.join(PROGRAMS)} is not on the PATH"


async def _telegram(settings: Settings, _: int) -> str:
    return f"the bot is @{await connect.username(settings)}{connect.way(settings)}"


STEPS: Mapping[str, Callable[[Settings, int], Awaitable[str]]] = {
    "district file": _district,
    "words": _words,
    "disk": _disk,
    "database": _database,
    "backups": _backups,
    "health page": _health,
    "voice": _voice,
    "page": _page,
    "SMS": _sms,
    "Telegram": _telegram,
}
