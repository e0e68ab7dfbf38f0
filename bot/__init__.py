"""The process: it fetches what people send, lets the handlers answer, and carries what is owed."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot warns at each reading of retry_after without it


def version() -> str:
    """What is installed here, or run from its source."""
    from importlib import metadata  # noqa: PLC0415  # takes as long as all else that a command needs to begin

    try:
        return metadata.version("jekduk")
    except metadata.PackageNotFoundError:
        return "not installed"
