"""Knows until when browsers take the certificate of the page, by asking for it as they do."""

import asyncio
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

TIMEOUT = 10.0  # seconds for the page to answer
AGAIN = 3600.0  # seconds until it is asked once more
SOON = 120.0  # the same of one that is refused: it may be back, or mended, before the heads are told


class Certificate:
    """That of the page at a URL; `now` is epoch seconds, `clock` seconds that nobody sets."""

    def __init__(
        self,
        url: str,
        now: Callable[[], float] = time.time,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url, self._now, self._trust, self._clock = urlsplit(url), now, trust, clock
        self._ends: float | None = None
        self._ask_at = 0.0
        self._asking: asyncio.Task[None] | None = None

    def left(self) -> float | None:
        """Seconds for which it is good, 0 if browsers refuse it; None if nobody knows. It is asked for beside it."""
        if self._url.scheme == "https" and self._clock() >= self._ask_at:
            self._asking = asyncio.create_task(self.ask())
        return None if self._ends is None else max(0.0, self._ends - self._now())

    async def ask(self) -> None:
        """Ask for it now. What cannot be reached from here says nothing of it."""
        host, port = self._url.hostname, self._url.port or 443
        self._ask_at = self._clock() + AGAIN
        try:
            async with asyncio.timeout(TIMEOUT):
                trust = await asyncio.to_thread(self._trust)  # it reads all certificates of the machine
                _, writer = await asyncio.open_connection(host, port, ssl=trust, server_hostname=host)
            self._ends = ssl.cert_time_to_seconds(writer.get_extra_info("peercert")["notAfter"])
            writer.close()
        except ssl.SSLError:  # they refuse it; or there is none, as where the proxy has not got one yet
            self._ends, self._ask_at = 0.0, self._clock() + SOON
        except (OSError, TimeoutError):
            self._ends = None
