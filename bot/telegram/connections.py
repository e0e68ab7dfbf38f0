"""Connections to one server that are kept open: each takes a request, gives its answer, and takes the next.

For the small calls that a bot makes all day. aiohttp's client takes six times as long for one of them, most of it for
what the Bot API has no use for (redirects, cookies, compression); httptools reads the answers as carefully. And here
it is plain whether a request has left, on which it depends that nothing is lost and little is said twice.
"""

import asyncio
import errno
import socket
import ssl
import time
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import aiohappyeyeballs
from aiohappyeyeballs import AddrInfoType
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from yarl import URL

LARGEST = 64 * 2**20  # bytes of an answer: a hundred updates have a few
IDLE = 15.0  # seconds that a connection may be idle and still be used: later the server may be about to close it
NAMED = 300.0  # seconds that the addresses of a server's name are good for, unless no connection comes of them
OTHER_FAMILY_AFTER = 0.25  # seconds until another address is tried beside one that does not answer (RFC 8305)


class NotSent(Exception):
    """The request surely never reached the server: refused, no address, no connection in time, the client is closed."""


class Unknown(Exception):
    """The request may have been carried out: the answer was lost, late, cut short or not the Bot API's."""


class Response(NamedTuple):
    """Status, body, and the Date header as it came, or nothing."""

    status: int
    body: bytes
    date: bytes


class Connection(asyncio.Protocol):
    """One of them. `lost` is called when it has ended. What goes wrong once a request is written is Unknown."""

    transport: asyncio.Transport

    def __init__(self, lost: "Callable[[Connection], object]") -> None:
        self._lost, self._parser = lost, HttpResponseParser(self)
        self._answer: asyncio.Future[Response] | None = None
        self._body, self._date, self._has_length, self._heard = bytearray(), b"", False, 0
        self.used_at = time.monotonic()

    @property
    def is_fresh(self) -> bool:
        """True if it may take a request."""
        return not self.transport.is_closing() and time.monotonic() - self.used_at < IDLE

    async def ask(self, request: bytes, seconds: float) -> Response:
        """Write a request and wait so long for its answer. Raises Unknown, or NotSent if it has ended already."""
        if self.transport.is_closing():
            raise NotSent("ServerDisconnected")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Response] = loop.create_future()
        self._answer = answer
        self.transport.write(request)
        too_late = loop.call_later(seconds, self._fail, "TimeoutError")  # a third of what asyncio.timeout costs
        try:
            return await answer
        except asyncio.CancelledError:
            self.transport.abort()  # lest the next request be given this one's answer
            raise
        finally:
            too_late.cancel()
            self.used_at = time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]  # a stream has no other

    def data_received(self, data: bytes) -> None:
        self._heard += len(data)
        if self._heard > LARGEST:  # be it head or body
            self._fail("an answer without end")
            return
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self._fail(type(error).__name__)

    def connection_lost(self, error: Exception | None) -> None:
        self._lost(self)
        if self._body and not self._has_length and error is None:
            self._succeed()  # only an answer that told no length may end with its connection
        self._fail(described(error) if error else "ServerDisconnected")

    def on_message_begin(self) -> None:
        if self._answer is None:
            self.transport.abort()  # nobody has asked: what follows of it would be taken for the next answer

    def on_header(self, name: bytes, value: bytes) -> None:
        match name.lower():
            case b"content-length" | b"transfer-encoding":
                self._has_length = True
            case b"date":
                self._date = value

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() >= 200:  # noqa: PLR2004  # below that the answer is still to come
            self._succeed()
        if not self._parser.should_keep_alive():
            self.transport.close()

    def _succeed(self) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(Response(self._parser.get_status_code(), bytes(self._body), self._date))
        self._answer, self._body, self._date = None, bytearray(), b""
        self._has_length, self._heard = False, 0

    def _fail(self, why: str) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(Unknown(why))
        self._answer = None
        self.transport.abort()


class Pool:
    """`at_once` connections to a server. Whoever asks has one within `connect` seconds: a free one, or a new one."""

    def __init__(self, server: URL, at_once: int, connect: float) -> None:
        self._server, self._connect = server, connect
        self._places, self._is_closed = asyncio.Semaphore(at_once), False
        self._open: set[Connection] = set()
        self._idle: dict[Connection, None] = {}  # the one that was used last is taken first
        self._tls: ssl.SSLContext | None = None
        self._lookup: asyncio.Task[list[AddrInfoType]] | None = None
        self._named_until = 0.0

    async def ask(self, request: bytes, seconds: float) -> Response:
        """The answer to a request, if it comes within so many seconds. Raises NotSent and Unknown, and nothing else."""
        by = asyncio.get_running_loop().time() + self._connect
        await self._place(by)
        try:
            if self._is_closed:
                raise NotSent("the client is closed")
            connection = self._fresh() or await self._connected(by)
            answer = await connection.ask(request, seconds)
            self._idle[connection] = None
            return answer
        finally:
            self._places.release()

    def close(self) -> None:
        """End all of them, whatever they wait for. Who waits for one has sent nothing."""
        self._is_closed = True
        for connection in self._open:
            connection.transport.abort()

    async def _place(self, by: float) -> None:
        if not self._places.locked():
            await self._places.acquire()  # does not wait
            return
        try:
            async with asyncio.timeout_at(by):
                await self._places.acquire()
        except TimeoutError:
            raise NotSent("no connection was free") from None

    def _fresh(self) -> Connection | None:
        while self._idle:
            connection, _ = self._idle.popitem()
            if connection.is_fresh:
                return connection
            connection.transport.close()
        return None

    async def _connected(self, by: float) -> Connection:
        loop, host = asyncio.get_running_loop(), self._server.raw_host
        try:
            async with asyncio.timeout_at(by):
                if self._server.scheme == "https" and not self._tls:
                    self._tls = await asyncio.to_thread(_certificates)
                joined = await aiohappyeyeballs.start_connection(
                    await self._addresses(), happy_eyeballs_delay=OTHER_FAMILY_AFTER, interleave=1
                )
                _, connection = await loop.create_connection(
                    lambda: Connection(self._gone), sock=joined, ssl=self._tls,
                    server_hostname=host if self._tls else None,
                )  # fmt: skip
        except Exception as error:  # noqa: BLE001  # whatever it is, no request was written
            self._named_until = 0.0
            raise NotSent(described(error)) from None
        self._open.add(connection)
        if self._is_closed:  # while it was made
            connection.transport.abort()
        return connection

    async def _addresses(self) -> list[AddrInfoType]:
        """Of the server's name. One lookup is for all who wait: one that gets no answer holds a thread for long."""
        loop = asyncio.get_running_loop()
        if self._lookup is None or (self._lookup.done() and loop.time() >= self._named_until):
            found = loop.getaddrinfo(self._server.raw_host, self._server.port, type=socket.SOCK_STREAM)
            self._lookup = loop.create_task(found)  # type: ignore[arg-type]  # its name for that is wider
            self._lookup.add_done_callback(
                lambda done: done.cancelled() or done.exception()
            )  # somebody may have given up
            self._named_until = loop.time() + NAMED
        return await asyncio.shield(self._lookup)

    def _gone(self, connection: Connection) -> None:
        self._open.discard(connection)
        self._idle.pop(connection, None)


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def described(error: Exception) -> str:
    """Its kind, and its number or what is wrong with a certificate. Not its text: that may quote an address."""
    if isinstance(error, ssl.SSLError):  # its number is OpenSSL's
        wrong = getattr(getattr(error, "certificate_error", error), "verify_message", "")
        return f"{type(error).__name__} {wrong.partition(',')[0]}".strip()
    number = error.errno if isinstance(error, OSError) else None
    return " ".join(filter(None, (type(error).__name__, errno.errorcode.get(number or 0))))
