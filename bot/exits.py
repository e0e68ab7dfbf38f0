"""How the process ends: the code tells whoever supervises it what happened."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes. 1 and 2 are taken: Python ends with them by itself, and so does the command line."""

    OK = 0
    TOKEN = 3
    OTHER_POLLER = 4
    LEASE = 5
    ZOMBIE = 6


class Stop(Exception):
    """The process must end: going on would do nothing, or harm."""

    def __init__(self, code: Exit, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason
