"""The sandbox's HTTP half: a Bot API server on one port, the control API on another."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import unquote

from aiohttp import hdrs, web

from bot.sandbox import wire
from bot.sandbox.args import Json
from bot.sandbox.control import control_app
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import Refusal
from bot.sandbox.faults import Garbled, Lost
from bot.sandbox.state import Sandbox

UPLOAD_ROOM = 51 * 1024 * 1024

encode = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


class Gate:
    """Turns HTTP requests into calls, and what they answer (or fail to) into HTTP."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        try:
            if path.startswith("/file/bot"):
                return self.file(path)
            status, answer = await self.call(path, request)
        except Refusal as refusal:
            status, answer = refusal.answer()
        except web.HTTPRequestEntityTooLarge:
            status, answer = Refusal(413, "Request Entity Too Large").answer()
        except Garbled as garbled:
            return web.Response(body=garbled.body, status=garbled.status, content_type=garbled.type)
        except Lost:
            return hung_up(request)
        return said(status, answer)

    async def call(self, path: str, request: web.BaseRequest) -> tuple[int, Json]:
        if not path.startswith("/bot"):
            raise Refusal(404, "Not Found")
        token, method = split(path)
        params, files = await wire.read(request)
        return await self.sandbox.call(token, method or params.get("method", ""), params, files)

    def file(self, path: str) -> web.Response:
        """A file by the path that getFile told."""
        token, _, place = unquote(path).removeprefix("/file/bot").partition("/")
        self.sandbox.admit(token)
        stored = self.sandbox.files.at(place)
        if stored is None:
            raise Refusal(404, "Not Found")
        return web.Response(body=stored.file.body, content_type="application/octet-stream")


def split(path: str) -> tuple[str, str]:
    """Token and method of `/bot<token>[/test]/<method>`."""
    token, _, method = unquote(path).removeprefix("/bot").partition("/")
    return token, method.removeprefix("test/").rstrip("/")


def said(status: int, answer: Json) -> web.Response:
    response = web.Response(body=encode(answer).encode(), status=status, content_type="application/json")
    if "parameters" in answer and "retry_after" in answer["parameters"]:
        response.headers[hdrs.RETRY_AFTER] = str(answer["parameters"]["retry_after"])
    return response


def hung_up(request: web.BaseRequest) -> web.Response:
    """Nothing reaches the caller: the connection is gone before this response could be written."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


@dataclass(slots=True)
class Runner:
    """A running sandbox server. `url` is what goes before `/bot<token>`."""

    host: str
    port: int
    control_port: int
    _gate: web.ServerRunner
    _control: web.AppRunner
    _site: web.TCPSite | None
    _delivery: Delivery
    _sandbox: Sandbox
    _turning: asyncio.Lock = field(default_factory=asyncio.Lock)
    _turns: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def control_url(self) -> str:
        return f"http://{self.host}:{self.control_port}"

    async def refuse(self) -> None:
        """Listen no more, so that new connections are refused; those that stand are cut."""
        async with self._turning:
            if self._site is None:
                return
            await self._site.stop()
            self._site = None
            for connection in self._gate.server.connections if self._gate.server else ():
                if connection.transport:
                    connection.transport.abort()

    async def admit(self) -> None:
        """Listen again on the same port."""
        async with self._turning:
            if self._site is None:
                self._site = web.TCPSite(self._gate, self.host, self.port, reuse_address=True)
                await self._site.start()

    def follow_faults(self) -> None:
        """Listen or not, as the faults have it."""
        task = asyncio.get_running_loop().create_task(self._follow_faults())
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)

    async def _follow_faults(self) -> None:
        await (self.refuse() if self._sandbox.faults.refuse_all else self.admit())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        self._sandbox.faults.watchers.remove(self.follow_faults)
        await asyncio.gather(*self._turns)
        await self._delivery.close()
        await self._control.cleanup()
        await self._gate.cleanup()


async def serve(
    sandbox: Sandbox,
    port: int = 8081,
    control_port: int = 8082,
    host: str = "127.0.0.1",
    more: Iterable[web.RouteDef] = (),
) -> Runner:
    """Start both halves in the running loop; port 0 takes a free one. Close the Runner, or use `async with`.

    `more` are routes that a demo adds to the control API.
    """
    gate = web.ServerRunner(
        web.Server(Gate(sandbox), request_factory=room_for_files, access_log=None), shutdown_timeout=0.1
    )
    control = web.AppRunner(control_app(sandbox, more), access_log=None, shutdown_timeout=0.1)
    delivery = Delivery(sandbox)
    await gate.setup()
    await control.setup()
    site, control_site = web.TCPSite(gate, host, port), web.TCPSite(control, host, control_port)
    await site.start()
    await control_site.start()
    runner = Runner(host, bound(gate), bound(control), gate, control, site, delivery, sandbox)
    sandbox.faults.watchers.append(runner.follow_faults)
    if sandbox.faults.refuse_all:
        await runner.refuse()
    return runner


def room_for_files(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=UPLOAD_ROOM)


def bound(runner: web.BaseRunner) -> int:
    return int(runner.addresses[0][1])
