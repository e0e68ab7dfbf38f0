"""A pooler before PostgreSQL, as PgBouncer is with pool_mode = transaction: whoever asks gets any free connection."""

import asyncio
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

Connection = tuple[StreamReader, StreamWriter]
SSL_ASKED, CANCEL, VERSION_3 = 80877103, 80877102, 196608
READY, NOTHING_BEGUN, GOODBYE = b"Z", b"I", b"X"
ROLLBACK = b"Q" + struct.pack("!i", 13) + b"rollback\0"


@asynccontextmanager
async def before(url: str, size: int = 3, *, in_turn: bool = False, says: bool = True) -> AsyncIterator[str]:
    """The address of a pooler with so many connections to the server at an address: the one that was used last is given
    out, or each `in_turn`. Not all pass on what the server `says` of itself.
    """
    pooler = Pooler(url, asyncio.Queue() if in_turn else asyncio.LifoQueue(), says=says)
    for _ in range(size):
        await pooler.connect()
    server = await asyncio.start_server(pooler.serve, "127.0.0.1", 0)
    async with server:
        yield "postgresql://postgres@127.0.0.1:{1}{0}".format(urlsplit(url).path, *server.sockets[0].getsockname()[1:2])
    for _, writer in pooler.all:
        writer.close()


class Pooler:
    def __init__(self, url: str, free: "asyncio.Queue[Connection]", *, says: bool) -> None:
        self._url, self._says = urlsplit(url), says
        self.all: list[Connection] = []
        self._free = free
        self._greeting = b""

    async def connect(self) -> None:
        """One more connection to the server. What it says at the beginning is what each client hears."""
        folder = parse_qs(self._url.query)["host"][0]
        reader, writer = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        who = f"user\0postgres\0database\0{self._url.path[1:]}\0client_encoding\0utf-8\0\0".encode()
        writer.write(struct.pack("!ii", len(who) + 8, VERSION_3) + who)
        self._greeting = b"".join(
            [one async for one in messages(reader) if self._says or b"server_encoding" not in one]
        )
        self.all.append((reader, writer))
        self._free.put_nowait((reader, writer))

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One client, to its end."""
        try:
            while (asked := struct.unpack("!i", (await self._first(reader))[:4])[0]) == SSL_ASKED:
                writer.write(b"N")
            if asked == CANCEL:  # which is not passed on
                writer.close()
                return
            writer.write(self._greeting)
            while True:
                await self._transaction(reader, writer)
        except asyncio.IncompleteReadError:
            writer.close()

    async def _first(self, reader: StreamReader) -> bytes:
        (length,) = struct.unpack("!i", await reader.readexactly(4))
        return await reader.readexactly(length - 4)

    async def _transaction(self, reader: StreamReader, writer: StreamWriter) -> None:
        """From the first message of one to where none has begun, on one connection."""
        first = await message(reader)
        if first[:1] == GOODBYE:
            raise asyncio.IncompleteReadError(b"", None)
        answers, asks = connection = await self._free.get()
        asks.write(first)
        forwards = asyncio.create_task(_forward(reader, asks))
        async for answer in messages(answers):
            writer.write(answer)
        forwards.cancel()
        await asyncio.wait([forwards])
        self._free.put_nowait(connection)


async def _forward(reader: StreamReader, writer: StreamWriter) -> None:
    """What the client asks. One that goes away in a transaction has it taken back."""
    try:
        while (asked := await message(reader))[:1] != GOODBYE:
            writer.write(asked)
    except asyncio.IncompleteReadError:
        pass
    writer.write(ROLLBACK)


async def message(reader: StreamReader) -> bytes:
    head = await reader.readexactly(5)
    return head + await reader.readexactly(struct.unpack("!i", head[1:])[0] - 4)


async def messages(reader: StreamReader) -> AsyncIterator[bytes]:
    """What the server says, until nothing is begun any more."""
    while True:
        yield (found := await message(reader))
        if found[:1] == READY and found[5:] == NOTHING_BEGUN:
            return
