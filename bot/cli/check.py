"""Tries everything the bot will need, before it needs it, and says what to mend."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass

from babel.messages.mofile import read_mo

from bot import ownership
from bot.cli import connect
from bot.config import Settings, WrongSettings, read, vanishing
from locales import CATALOGS, LANGUAGES, words
from storage import Storage, compat, district, marks
from storage.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Finding:
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
    for name, step in STEPS.items():
        if settings.token or step is not _telegram:
            yield await _try(name, step(settings, now))


async def _try(name: str, step: Awaitable[str]) -> Finding:
    try:
        return Finding(name, await step)
    except (WrongSettings, district.WrongFile) as wrong:
        return Finding(name, faults=tuple(str(wrong).splitlines()))


async def _district(settings: Settings, _: int) -> str:
    found = district.load(settings.district_file)
    return f"{found.district.name}, {len(found.villages)} villages, {len(found.types)} kinds of documents"


async def _words(_: Settings, __: int) -> str:
    return _complete({lang: _sentences(lang) for lang in LANGUAGES})


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
    if fault := vanishing(settings.database_url, os.environ):
        raise WrongSettings(fault)
    return "nothing speaks against it"


async def _database(settings: Settings, now: int) -> str:
    async with connect.database(settings) as register:
        present, known = await connect.version(register, now)
        if present > known:
            await connect.same_version(register, now)
        if present > 0:
            async with register.transaction() as tx:
                await marks.mark(tx, "check", now)
        if present == known:
            await _fits(settings, register)
            if settings.token:
                await ownership.check(register, settings.token)
    return f"it can be written, at version {present}" + (f" and will be brought to {known}" * (present < known))


async def _fits(settings: Settings, register: Storage) -> None:
    try:
        workflow = Workflow(district.load(settings.district_file))
    except district.WrongFile:
        return  # told already
    async with register.reading() as tx:
        if gone := await compat.misfits(tx, workflow):
            raise district.WrongFile("\n".join(gone))


async def _telegram(settings: Settings, _: int) -> str:
    return f"the bot is @{await connect.username(settings)}"


STEPS: Mapping[str, Callable[[Settings, int], Awaitable[str]]] = {
    "district file": _district,
    "words": _words,
    "disk": _disk,
    "database": _database,
    "Telegram": _telegram,
}
