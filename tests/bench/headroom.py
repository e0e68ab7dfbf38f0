"""Is the pretend Telegram fast enough to measure others by? A bare client of its own process finds out."""

import asyncio
import os
import sys
import time
from functools import partial
from typing import cast

from tests.bench.scales import Result
from tests.bench.stage import Stage

CONNECTIONS = 64
BODY = b"chat_id=%d&text=%%3Cb%%3E2000+0000+0018%%3C%%2Fb%%3E+Dibawa+petugas+Jek-Duk&parse_mode=HTML"


class Hammer(asyncio.Protocol):
    """Sends the next request as soon as the answer to the last one is there."""

    answered = 0

    def __init__(self, request: bytes) -> None:
        self._request = request

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"HTTP/1.1 200"):
            Hammer.answered += 1
            self._transport.write(self._request)


async def hammer(host: str, port: int, token: str, seconds: float) -> None:
    """Print how many messages a second were taken."""
    for i in range(CONNECTIONS):
        body = BODY % (750_000_000 + i)
        head = f"POST /bot{token}/sendMessage HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n"
        request = head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body
        await asyncio.get_running_loop().create_connection(partial(Hammer, request), host, port)
    await asyncio.sleep(0.5)
    before, start = Hammer.answered, time.perf_counter()
    await asyncio.sleep(seconds)
    print((Hammer.answered - before) / (time.perf_counter() - start))


async def headroom(seconds: float) -> Result:
    async with Stage.open() as stage:
        bot = stage.bot("910:bench", "hammered_bot")
        stage.windows(bot, range(750_000_000, 750_000_000 + CONNECTIONS))
        assert stage.runner
        command = ("-m", "tests.bench.headroom", stage.runner.host, str(stage.runner.port), bot.token, str(seconds))
        client = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdout=asyncio.subprocess.PIPE, env=dict(os.environ)
        )
        told, _ = await client.communicate()
    rate = float(told)
    figures = {"sandbox server": f"{rate:,.0f} sendMessage/s on one core, uvloop, {CONNECTIONS} connections"}
    return Result("headroom of the pretend Telegram", figures, "how busy it was stands beside each figure below", None)


if __name__ == "__main__":
    import uvloop

    uvloop.run(hammer(sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])))
