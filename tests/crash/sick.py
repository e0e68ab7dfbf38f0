"""`python -m bot` on a bad day: CRASH_SICK says what is wrong with it."""

import logging
import os
import sys
from typing import Any

from bot import logs
from bot.cli.main import main
from handlers.context import Request
from handlers.start import handlers
from handlers.view import View


def fail_at_help() -> None:
    """/bantuan has a bug; its message quotes what nobody may read in a log."""

    async def help(request: Request) -> View:
        raise KeyError(request.update.text)

    handlers.help.__code__ = help.__code__


def talk_much() -> None:
    """Every library says all it can."""
    begin = logs.begin

    def debug(form: Any, level: str = "info") -> None:
        begin(form, level)
        logging.getLogger().setLevel(logging.DEBUG)
        for name in logs.QUIET:
            logging.getLogger(name).setLevel(logging.DEBUG)

    logs.begin = debug


if __name__ == "__main__":
    for illness in os.environ.get("CRASH_SICK", "").split():
        {"help": fail_at_help, "chatter": talk_much}[illness]()
    main(sys.argv[1:])
