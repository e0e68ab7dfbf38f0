"""The HTTP under the Bot API: the only place that knows the token, so that nothing else can tell it."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import IO, Protocol

import aiohttp
from yarl import URL

from bot.telegram.connections import LARGEST, NotSent, Pool, Response, Unknown, described

# File name, content, content type: what PTB's RequestData hands over for an upload.
File = tuple[str, bytes | IO[bytes], str]
Reply = tuple[int, bytes]

JSON = {"Content-Type": "application/json"}
UNASKED = ("Accept", "Accept-Encoding", "User-Agent")  # headers that say nothing here and cost time in each call
NEVER_LEFT = (
    aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ServerFingerprintMismatch,
    aiohttp.ClientHttpProxyError,  # the proxy let nothing through
)  # fmt: skip


class HttpClient(Protocol):
    """Status and body of one call, or of one file; raises NotSent or Unknown and nothing else."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def post(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, File], seconds: float
    ) -> Reply: ...

    async def get(self, path: str, most: int, seconds: float) -> Reply: ...


class ServerClient:
    """A Bot API server at `api_url`: Telegram's, a self-hosted one, or the sandbox.

    `connect` seconds to get one of `at_once` connections; polling has a connection of its own, and whoever wants to is
    `told` the date of each of its answers. By way of a `proxy`, if there is one, and with files, calls are aiohttp's.
    """

    def __init__(
        self, api_url: str, token: str, *, proxy: str | None = None, connect: float = 10.0, at_once: int = 100,
        told: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        self._root = root = URL(api_url)
        if root.scheme not in {"http", "https"} or not root.host:
            raise ValueError(f"not the address of a Bot API server: {api_url!r}")
        self._token = token.encode()
        self._url: Callable[[str], URL] = cache((root / f"bot{token}").joinpath)
        self._head = cache(self._head_of)
        self._files = root / "file" / f"bot{token}"
        self._limits = cache(lambda seconds: aiohttp.ClientTimeout(total=connect + seconds, connect=connect))
        self._at_once, self._connect, self._proxy, self._told = at_once, connect, proxy, told
        self._pools: dict[bool, Pool] = {}  # True: of polls
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def open(self) -> None:
        if not self._pools:
            for polls, at_once in ((True, 1), (False, self._at_once)):
                self._pools[polls] = Pool(self._root, at_once, self._connect)
                self._sessions[polls] = _session(at_once, self._proxy)

    async def close(self) -> None:
        pools, sessions, self._pools, self._sessions = self._pools, self._sessions, {}, {}
        for pool in pools.values():
            pool.close()
        for session in sessions.values():
            await session.close()

    async def post(self, method: str, fields: Mapping[str, str], files: Mapping[str, File], seconds: float) -> Reply:
        polls = method == "getUpdates"
        if not self._pools:
            raise NotSent("the client is closed")
        if self._proxy or files:
            status, body, date = await self._by_session(method, fields, files, seconds)
        else:
            data = json.dumps(dict(fields)).encode()
            request = b"%b%d\r\n\r\n%b" % (self._head(method), len(data), data)
            status, body, date = await self._pools[polls].ask(request, seconds)
        if self._told and polls:
            self._told(date.decode("latin-1"))
        # A proxy's error page likes to quote the path it was asked for.
        return status, body if status == 200 else body.replace(self._token, b"<token>")  # noqa: PLR2004 - plain OK

    def _head_of(self, method: str) -> bytes:
        url = self._url(method)
        lines = [
            f"POST {url.raw_path} HTTP/1.1",
            f"Host: {url.host_port_subcomponent}",
            "Content-Type: application/json",
        ]
        if url.user is not None:
            lines.append(f"Authorization: {aiohttp.encode_basic_auth(url.user, url.password or '')}")
        return "\r\n".join([*lines, "Content-Length: "]).encode()

    async def _by_session(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, File], seconds: float
    ) -> Response:
        data, headers = (_multipart(fields, files), None) if files else (json.dumps(dict(fields)).encode(), JSON)
        try:
            async with self._sessions[method == "getUpdates"].post(
                self._url(method), data=data, headers=headers, timeout=self._limits(seconds), allow_redirects=False
            ) as response:
                date = response.headers.get("Date", "").encode()
                return Response(response.status, await _read(response, LARGEST), date)
        except Exception as error:  # noqa: BLE001 - whatever it is, its text or its chain may quote the address
            failure = _failure(error)
        raise failure  # outside the except: an exception keeps those it was raised among

    async def get(self, path: str, most: int, seconds: float) -> Reply:
        """A file; of one that is larger the first `most` bytes and one."""
        if not self._sessions:
            raise NotSent("the client is closed")
        timeout = self._limits(seconds)
        try:
            async with self._sessions[False].get(
                self._files / path, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await _read(response, most)
        except Exception as error:  # noqa: BLE001 - as above
            failure = _failure(error)
        raise failure


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The body of an answer; of one that is larger the first `most` bytes and one."""
    body = bytearray()
    async for piece in response.content.iter_chunked(1 << 16):
        body += piece
        if len(body) > most:
            break
    return bytes(body[: most + 1])


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
    return (NotSent if isinstance(error, NEVER_LEFT) else Unknown)(described(error))
