"""How the process ends: the code tells whoever supervises it what happened."""

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """Exit codes. 1 and 2 are taken: Python ends with them by itself, and so does the command line."""

    OK = 0
    TOKEN = 3
    OTHER_POLLER = 4
    LEASE = 5
    ZOMBIE = 6
    DATABASE_GONE = 7


ADVICE: Mapping[ExitCode, str] = {
    ExitCode.OK: "",
    ExitCode.TOKEN: "compare the token with what @BotFather shows for this bot; if it was revoked, write the new one",
    ExitCode.OTHER_POLLER: "stop the other bot that has this token; if nobody knows of one, have @BotFather revoke it",
    ExitCode.LEASE: "start it again if you want one that takes over; for the work one is enough",
    ExitCode.ZOMBIE: "start it again",
    ExitCode.DATABASE_GONE: "restore a backup, or put back what was there; a start may go on without what is gone",
}


class Stop(Exception):
    """The process must end: going on would do nothing, or harm."""

    def __init__(self, code: ExitCode, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


async def to_its_end(clean_up: Coroutine[Any, Any, None]) -> None:
    """Clean up to the end, however often we are told to stop meanwhile: why it began stays why we stop."""
    task = asyncio.create_task(clean_up)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    task.result()
