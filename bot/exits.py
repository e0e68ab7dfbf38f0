"""How the process ends: the code tells whoever supervises it what happened."""

from collections.abc import Mapping
from enum import IntEnum


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
    ExitCode.DATABASE_GONE: "put the database or a backup there first: started without one, the bot makes an empty one",
}


class Stop(Exception):
    """The process must end: going on would do nothing, or harm."""

    def __init__(self, code: ExitCode, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason
