import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from yarl import URL

from bot.telegram import connections
from bot.telegram.connections import NotSent, Pool, Unknown

REQUEST = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}"
Say = Callable[[asyncio.StreamWriter, int], Awaitable[None]]


def answer(body: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *headers, b"", body])


class Server:
    """Says to each request what `say` says, which is told which connection it is, from 1. `ended`: those that ended."""

    def __init__(self, say: Say) -> None:
        self._say, self.connections, self.ended, self.url = say, 0, asyncio.Semaphore(0), URL()
        self.serving: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.current_task())
        self.connections += 1
        mine = self.connections
        try:
            while await reader.readuntil(b"{}"):
                await self._say(writer, mine)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.ended.release()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@asynccontextmanager
async def serving(say: Say, connect: float = 5.0, at_once: int = 5) -> AsyncIterator[tuple[Server, Pool]]:
    playing = Server(say)
    server = await asyncio.start_server(playing.serve, "127.0.0.1", 0)
    async with server:
        playing.url = URL(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        pool = Pool(playing.url, at_once, connect)
        yield playing, pool
        pool.close()
        await asyncio.wait_for(asyncio.gather(*filter(None, playing.serving)), 5)


def saying(*pieces: bytes, closes: bool = False) -> Say:
    async def say(writer: asyncio.StreamWriter, _: int) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if closes:
            writer.close()

    return say


async def number(writer: asyncio.StreamWriter, connection: int) -> None:
    writer.write(answer(b"%d" % connection))


SHAPES = {
    "in one piece": saying(answer(b"body")),
    "letter by letter": saying(*(bytes([letter]) for letter in answer(b"body"))),
    "in chunks": saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n", b"2\r\ndy\r\n0\r\n\r\n"),
    "after a word that it is being read": saying(b"HTTP/1.1 100 Continue\r\n\r\n", answer(b"body")),
    "until the connection ends": saying(b"HTTP/1.1 200 OK\r\n\r\nbo", b"dy", closes=True),
    "of an old server": saying(b"HTTP/1.0 200 OK\r\ncontent-length: 4\r\n\r\nbody", closes=True),
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_an_answer_may_come_in_any_shape(shape):
    async with serving(SHAPES[shape]) as (_, pool):
        for _ in range(2):
            assert (await pool.ask(REQUEST, 5))[:2] == (200, b"body")


async def breaking(writer: asyncio.StreamWriter, _: int) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\nbo")
    await asyncio.sleep(0.05)  # so that it has come
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


CUT = {
    "of its end": breaking,
    "of its length": saying(answer(b"body")[:-1], closes=True),
    "of its chunks": saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n", closes=True),
    "of its head": saying(b"HTTP/1.1 200 OK\r\nContent-Le", closes=True),
    "of everything": saying(closes=True),
}


@pytest.mark.parametrize("short", CUT)
async def test_an_answer_that_is_cut_short_is_none(short):
    async with serving(CUT[short]) as (_, pool):
        with pytest.raises(Unknown):
            await pool.ask(REQUEST, 5)


ENDLESS = {
    "a line of its head": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100,
    "lines of its head": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20,
    "words that it is being read": b"HTTP/1.1 100 Continue\r\n\r\n" * 5,
    "the head of a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 100,
    "its body": b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100,
}


@pytest.mark.parametrize("endless", ENDLESS)
async def test_an_answer_without_end_is_given_up_be_it_head_or_body(monkeypatch, endless):
    monkeypatch.setattr(connections, "LARGEST", 100)
    async with serving(saying(ENDLESS[endless])) as (_, pool):
        with pytest.raises(Unknown, match="without end"):
            await pool.ask(REQUEST, 1)


async def test_the_connection_that_was_used_last_is_used_again():
    async with serving(number) as (server, pool):
        assert [(await pool.ask(REQUEST, 5)).body for _ in range(3)] == [b"1"] * 3
        assert server.connections == 1


async def test_a_connection_that_the_server_ends_is_not_used_again():
    async def say(writer: asyncio.StreamWriter, connection: int) -> None:
        writer.write(answer(b"%d" % connection, b"Connection: close"))
        writer.close()

    async with serving(say) as (_, pool):
        assert [(await pool.ask(REQUEST, 5)).body for _ in range(3)] == [b"1", b"2", b"3"]


async def test_an_answer_in_time_ends_the_wait_for_it():
    goes_on = asyncio.Event()

    async def say(writer: asyncio.StreamWriter, connection: int) -> None:
        writer.write(answer(b"%d" % connection))
        await goes_on.wait()

    async with serving(say) as (server, pool):
        await pool.ask(REQUEST, 0.05)
        second = asyncio.create_task(pool.ask(REQUEST, 60))
        asyncio.get_running_loop().call_later(0.2, goes_on.set)
        assert (await second).body == b"1"
        assert server.connections == 1


async def test_each_answer_has_an_end_of_its_own():
    shapes = iter(("in one piece", "until the connection ends"))

    async def say(*told: Any) -> None:
        await SHAPES[next(shapes)](*told)

    async with serving(say) as (server, pool):
        assert [(await pool.ask(REQUEST, 5)).body for _ in range(2)] == [b"body"] * 2
        assert server.connections == 1


async def test_a_connection_that_was_idle_for_long_is_not_used_again(monkeypatch):
    async with serving(number) as (server, pool):
        await pool.ask(REQUEST, 5)
        monkeypatch.setattr(connections, "IDLE", 0.0)
        assert (await pool.ask(REQUEST, 5)).body == b"2"
        await asyncio.wait_for(server.ended.acquire(), 5)  # and the server need not keep it


@pytest.mark.parametrize("ends", ["late", "cancelled"])
async def test_nobody_gets_the_answer_to_what_was_given_up(ends):
    heard, goes_on = asyncio.Event(), asyncio.Event()

    async def say(writer: asyncio.StreamWriter, connection: int) -> None:
        heard.set()
        if connection == 1:
            await goes_on.wait()
        await number(writer, connection)

    async with serving(say, at_once=1) as (server, pool):
        first = asyncio.create_task(pool.ask(REQUEST, 0.05 if ends == "late" else 60))
        await asyncio.wait_for(heard.wait(), 5)
        if ends == "cancelled":
            first.cancel()
        with pytest.raises(Unknown if ends == "late" else asyncio.CancelledError):
            await first
        goes_on.set()
        assert (await pool.ask(REQUEST, 5)).body == b"2"
        assert server.connections == 2


async def test_an_answer_that_nobody_asked_for_is_nobodys():
    async def twice(writer: asyncio.StreamWriter, connection: int) -> None:
        writer.write(answer(b"%d" % connection) + answer(b"not yours"))

    async with serving(twice) as (_, pool):
        assert [(await pool.ask(REQUEST, 5)).body for _ in range(3)] == [b"1", b"2", b"3"]


@pytest.mark.parametrize("idle", [False, True], ids=["behind an answer", "while it is idle"])
async def test_what_nobody_asked_for_is_no_part_of_the_next_answer(idle):
    async def say(writer: asyncio.StreamWriter, connection: int) -> None:
        begun = b"HTTP/1.1 408 Request Timeout\r\nContent-Le"
        if connection == 1:
            writer.write(answer(b"1") + (b"" if idle else begun))
            if idle:
                await asked_once.wait()
                writer.write(begun)
        else:
            await number(writer, connection)

    asked_once = asyncio.Event()
    async with serving(say) as (server, pool):
        assert (await pool.ask(REQUEST, 5)).body == b"1"
        asked_once.set()
        await asyncio.wait_for(server.ended.acquire(), 5)
        assert (await pool.ask(REQUEST, 5)).body == b"2"


@pytest.mark.parametrize("waits_for", ["a place", "a connection"])
async def test_who_waits_while_all_is_closed_has_sent_nothing(waits_for):
    heard = asyncio.Event()

    async def never(_: asyncio.StreamWriter, __: int) -> None:
        heard.set()

    async with serving(never, at_once=1) as (server, pool):
        first = asyncio.create_task(pool.ask(REQUEST, 60))
        if waits_for == "a place":
            await asyncio.wait_for(heard.wait(), 5)
            second = asyncio.create_task(pool.ask(REQUEST, 60))
        else:
            second = first
        await asyncio.sleep(0)
        pool.close()
        with pytest.raises(NotSent):
            await asyncio.wait_for(second, 5)
        await asyncio.gather(first, return_exceptions=True)
    assert heard.is_set() == (waits_for == "a place")
    assert server.connections <= 1


async def test_who_finds_no_connection_free_in_time_has_sent_nothing():
    async with serving(saying(), connect=0.05, at_once=1) as (server, pool):
        first = asyncio.create_task(pool.ask(REQUEST, 60))
        await asyncio.sleep(0)
        with pytest.raises(NotSent):
            await pool.ask(REQUEST, 60)
        assert server.connections == 1
        pool.close()
        with pytest.raises(Unknown):
            await first


async def test_a_server_that_speaks_no_tls_gets_nothing():
    async with serving(number) as (server, _):
        with pytest.raises(NotSent):
            await Pool(server.url.with_scheme("https"), 1, 1.0).ask(REQUEST, 5)


async def test_one_address_of_a_server_is_enough():
    async with serving(number) as (server, _):
        pool = Pool(server.url.with_host("localhost"), 1, 5.0)  # nobody listens at ::1
        assert (await pool.ask(REQUEST, 5)).body == b"1"
        pool.close()


async def test_a_name_is_looked_up_once_for_all_who_wait_and_anew_when_no_connection_comes_of_it(monkeypatch):
    loop, asked = asyncio.get_running_loop(), list[object]()
    lookup = loop.getaddrinfo

    async def counted(*args: Any, **kwargs: Any) -> Any:
        asked.append(args)
        return await lookup(*args, **kwargs)

    monkeypatch.setattr(loop, "getaddrinfo", counted)
    async with serving(number) as (server, pool):
        for at_once in (4, 5):  # the fifth has a connection of its own
            await asyncio.gather(*(pool.ask(REQUEST, 5) for _ in range(at_once)))
        assert (server.connections, len(asked)) == (5, 1)
    again = Pool(server.url, 1, 1.0)  # where nobody listens any more
    for tries in (1, 2):
        with pytest.raises(NotSent):
            await again.ask(REQUEST, 5)
        assert len(asked) == 1 + tries
