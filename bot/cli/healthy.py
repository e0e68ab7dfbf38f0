"""Asks the health page of the bot that runs here, for containers: is there a reason to start it again?"""

import json
import os
from http.client import HTTPConnection, HTTPException

from bot import addresses
from bot.config import Settings, WrongSettings

PATIENCE = 10.0  # seconds; the page itself waits 5 for the register
RESTART = {"lag", "poll_age"}  # what a new start may mend, as docs/operations.md says


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.errno:
        return f"{os.strerror(error.errno)}; does the bot run, and with these settings?"
    return "what answers there is not the bot"


def look(settings: Settings, *, every: bool = False) -> tuple[bool, str]:
    """Whether it may go on, and what is wrong. With `every` fault it may not. Raises WrongSettings without a PORT."""
    if not settings.port:
        raise WrongSettings(
            "PORT: not set; write a number such as 8765, here and for the bot, which then serves a page"
        )
    connection = HTTPConnection(addresses.near(settings.health_host), settings.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        faults = json.loads(connection.getresponse().read())["faults"]
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        return False, f"no health page at port {settings.port} of {settings.health_host}: {_why(error)}"
    finally:
        connection.close()
    return not (faults if every else RESTART & set(faults)), ", ".join(faults) or "all is well"
