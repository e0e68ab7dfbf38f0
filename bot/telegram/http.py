"""The HTTP under the Bot API: the only place that knows the token, so that nothing else can tell it."""

import errno
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import IO, Protocol

import aiohttp
from yarl import URL

# File name, content, content type: what PTB's RequestData hands over for an upload.
File = tuple[str, bytes | IO[bytes], str]
Reply = tuple[int, bytes]

JSON = {"Content-Type": "application/json"}
UNASKED = ("Accept", "Accept-Encoding", "User-Agent")  # headers that say nothing here and cost time in each call
NEVER_LEFT = (
    aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ServerFingerprintMismatch,
    aiohttp.ClientHttpProxyError,  # the proxy let nothing through
)  # fmt: skip


class NotSent(Exception):
    """The request surely never reached the server: refused, no address, no connection in time, the client is closed."""


class Unknown(Exception):
    """The request may have been carried out: the answer was lost, late, cut short or not the Bot API's."""


class HttpClient(Protocol):
    """Status and body of one call, or of one file; raises NotSent or Unknown and nothing else."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def post(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, File], seconds: float
    ) -> Reply: ...

    async def get(self, path: str, most: int, seconds: float) -> Reply: ...


class AiohttpClient:
    """A Bot API server at `api_url`: Telegram's, a self-hosted one, or the sandbox.

    `connect` seconds to get one of `at_once` connections, by way of `proxy` if there is one; polling has a connection
    of its own, and whoever wants to is `told` the date of each of its answers.
    """

    def __init__(
        self, api_url: str, token: str, *, proxy: str | None = None, connect: float = 10.0, at_once: int = 100,
        told: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        root = URL(api_url)
        if root.scheme not in {"http", "https"} or not root.host:
            raise ValueError(f"not the address of a Bot API server: {api_url!r}")
        self._token = token.encode()
        self._url: Callable[[str], URL] = cache((root / f"bot{token}").joinpath)
        self._files = root / "file" / f"bot{token}"
        self._limits = cache(lambda seconds: aiohttp.ClientTimeout(total=connect + seconds, connect=connect))
        self._at_once, self._proxy, self._told = at_once, proxy, told
        self._sending: aiohttp.ClientSession | None = None
        self._polling: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        if self._sending is None or self._polling is None:
            self._sending, self._polling = (_session(n, self._proxy) for n in (self._at_once, 1))

    async def close(self) -> None:
        sessions = self._sending, self._polling
        self._sending = self._polling = None
        for session in filter(None, sessions):
            await session.close()

    async def post(self, method: str, fields: Mapping[str, str], files: Mapping[str, File], seconds: float) -> Reply:
        session = self._polling if method == "getUpdates" else self._sending
        if session is None or session.closed:
            raise NotSent("the client is closed")
        data, headers = (_multipart(fields, files), None) if files else (json.dumps(dict(fields)).encode(), JSON)
        try:
            async with session.post(
                self._url(method), data=data, headers=headers, timeout=self._limits(seconds), allow_redirects=False
            ) as response:
                status, body = response.status, await response.read()
                if self._told and session is self._polling:
                    self._told(response.headers.get("Date", ""))
        except Exception as error:  # noqa: BLE001 - whatever it is, its text or its chain may quote the address
            failure = _failure(error)
        else:
            # A proxy's error page likes to quote the path it was asked for.
            return status, body if status == 200 else body.replace(self._token, b"<token>")  # noqa: PLR2004 - plain OK
        raise failure  # outside the except: an exception keeps those it was raised among

    async def get(self, path: str, most: int, seconds: float) -> Reply:
        """A file; of one that is larger the first `most` bytes and one."""
        if self._sending is None or self._sending.closed:
            raise NotSent("the client is closed")
        timeout = self._limits(seconds)
        try:
            async with self._sending.get(self._files / path, timeout=timeout, allow_redirects=False) as response:
                body = bytearray()
                async for piece in response.content.iter_chunked(1 << 16):
                    body += piece
                    if len(body) > most:
                        break
                return response.status, bytes(body[: most + 1])
        except Exception as error:  # noqa: BLE001 - as above
            failure = _failure(error)
        raise failure


def _session(connections: int, proxy: str | None) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit=connections, ttl_dns_cache=300)
    return aiohttp.ClientSession(
        connector=connector, proxy=proxy,
        cookie_jar=aiohttp.DummyCookieJar(), skip_auto_headers=UNASKED, auto_decompress=False,
    )  # fmt: skip


def _multipart(fields: Mapping[str, str], files: Mapping[str, File]) -> aiohttp.FormData:
    form = aiohttp.FormData(fields, quote_fields=False)
    for name, (filename, content, kind) in files.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _failure(error: Exception) -> NotSent | Unknown:
    kind = NotSent if isinstance(error, NEVER_LEFT) else Unknown
    number = error.errno if isinstance(error, OSError) else None
    return kind(" ".join(filter(None, (type(error).__name__, errno.errorcode.get(number or 0)))))
