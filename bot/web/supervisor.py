"""Tells systemd, or whoever supervises processes in its manner, that this one is ready and that its loop turns."""

import asyncio
import logging
import os
import re
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from bot.logs import told

LOOK = 1.0  # seconds between two looks whether it is ready
WATCH = re.compile("[1-9][0-9]{3,15}")  # microseconds: less than a thousand nobody waits for, more no clock counts
log = logging.getLogger(__name__)


class Supervisor:
    """Sends datagrams to NOTIFY_SOCKET; without one it does nothing (sd_notify(3))."""

    def __init__(self, environ: Mapping[str, str], look: float = LOOK) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        watch = environ.get("WATCHDOG_USEC", "") if environ.get("WATCHDOG_PID") in {None, str(os.getpid())} else ""
        self._pause, self._is_unheard = look, False
        if WATCH.fullmatch(watch):
            self._pause = min(look, int(watch) / 3_000_000)
        elif watch.strip("0"):
            log.warning("WATCHDOG_USEC is no number of microseconds to go by, so it is ignored")

    @asynccontextmanager
    async def told(self, is_ready: Callable[[], bool], status: Callable[[], str]) -> AsyncIterator[None]:
        """Within the block the supervisor hears once that we are ready, what we do, and that our loop turns."""
        telling = asyncio.create_task(self._tell(is_ready, status)) if self._address else None
        try:
            yield
        finally:
            if telling:
                telling.cancel()
                self._send("STOPPING=1")

    async def _tell(self, is_ready: Callable[[], bool], status: Callable[[], str]) -> None:
        was_ready, was_told = False, ""
        while True:
            # What was not heard is said again.
            if (now := status()) != was_told and self._send(f"STATUS={now}"):
                was_told = now
            if not was_ready and is_ready():
                was_ready = self._send("READY=1")
            self._send("WATCHDOG=1")
            await asyncio.sleep(self._pause)

    def _send(self, what: str) -> bool:
        """Whether it was taken. That nobody takes it is told once, and once that somebody does again."""
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
                end.setblocking(False)  # noqa: FBT003  # the library takes no name
                end.sendto(what.encode(), address)
        except OSError as error:
            if not self._is_unheard:
                log.warning(
                    "the supervisor cannot be told anything", extra={"set": "NOTIFY_SOCKET", "error": told(error)}
                )
            self._is_unheard = True
            return False
        if self._is_unheard:
            log.info("the supervisor can be told again", extra={"set": "NOTIFY_SOCKET"})
        self._is_unheard = False
        return True
