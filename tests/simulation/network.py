"""The way to Telegram and back. What is on its way when a process dies arrives all the same."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO

from bot.sandbox import File, Sandbox
from bot.telegram import http
from bot.telegram.connections import NotSent, Unknown
from bot.telegram.http import Reply
from handlers.wording.layout import NO_BREAK
from tests.simulation.loop import WORLD
from tests.simulation.machine import Machine, Process, here
from tests.simulation.watched import FATE
from tests.simulation.weather import EDIT, POLL, Fate
from tests.town import TOKEN

CONNECT = 10.0  # seconds that a client waits beside those for the answer
SENDS, EDITS = frozenset({"sendMessage", "sendPhoto"}), frozenset({EDIT})
NEVER_THERE = frozenset({"refused", "lost", "swallowed"})  # kinds of fates


@dataclass(slots=True)
class Arrival:
    """A message that Telegram took, `at` what time (unix seconds). By the loop's time: when it left whom, when it came,
    when the answer was back, and since when they know that it is out.
    """

    at: float
    left_at: float
    came_at: float
    chat: int
    text: str
    process: int
    answered_at: float | None = None
    known_at: float | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """One call on its way. Whoever called gives up at `until`."""

    at: float
    until: float
    process: Process
    method: str
    fields: Mapping[str, str]
    files: Mapping[str, File]
    fate: Fate
    answer: "asyncio.Future[Reply]"

    def settle(self, reply: Reply) -> None:
        if not self.answer.done():
            self.answer.set_result(reply)

    def fail(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class Wire:
    """A process's HttpClient."""

    def __init__(self, _url: str, _token: str, **_options: object) -> None:
        self._process = here()

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def post(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, http.File], seconds: float
    ) -> Reply:
        process, loop = self._process, asyncio.get_running_loop()
        uploads = {name: File(title, _content(body), kind) for name, (title, body, kind) in files.items()}
        fate = process.machine.network.fate(process, method, int(fields.get("chat_id", 0)))
        at, until = loop.time(), loop.time() + seconds + CONNECT
        sending = Sending(at, until, process, method, dict(fields), uploads, fate, loop.create_future())
        process.machine.journal(process.number, f"calls {method}", fields)
        if method in {POLL, EDIT} or method in SENDS:
            process.machine.begins(process)
        process.machine.network.carry(sending)
        try:
            async with asyncio.timeout_at(until):
                return await sending.answer
        except TimeoutError:
            raise Unknown("TimeoutError") from None

    async def get(self, path: str, most: int, seconds: float) -> Reply:  # noqa: ARG002  # a client has this shape
        raise Unknown("nobody sends pictures here")


def _content(body: bytes | IO[bytes]) -> bytes:
    return body if isinstance(body, bytes) else body.read()


class Network:
    """Carries calls to the sandbox and answers back. `toasts` are the taps that a process tried to answer; `polled`
    says in which update each was that was given out.
    """

    def __init__(self, machine: Machine, sandbox: Sandbox) -> None:
        self._machine, self._sandbox = machine, sandbox
        self.arrivals: list[Arrival] = []
        self._sendings: list[Sending] = []
        self.toasts: set[str] = set()
        self.polled: dict[str, int] = {}
        self._edited: dict[tuple[int, int], float] = {}  # when the newest edit of a message left
        self.overwritten: set[tuple[int, int]] = set()  # chat and message: one that left before came after it
        # What happens just as a message comes to a chat, and for how many seconds the answer is late then.
        self.at_message: Callable[[int], float] = lambda _: 0.0
        self.late: dict[int, Callable[[], None]] = {}  # by chat, what lets the answer that is late come at once

    def fate(self, process: Process, method: str, chat: int) -> Fate:
        """What becomes of a call: the weather knows, unless it is a message whose fate is decided."""
        fate, decided = self._machine.weather.fate(process.slot, method, chat), FATE.get()
        if decided is None or self._machine.weather.is_calm or method not in (EDITS if decided.of_edit else SENDS):
            return fate
        FATE.set(None)
        return decided

    def carry(self, sending: Sending) -> None:
        loop, fate = asyncio.get_running_loop(), sending.fate
        if sending.method in SENDS:
            self._sendings.append(sending)
        elif sending.method == "answerCallbackQuery":
            self.toasts.add(sending.fields["callback_query_id"])
        match fate.kind:
            case "refused":
                loop.call_later(fate.there, sending.fail, NotSent("ECONNREFUSED"), context=WORLD)
            case "lost":
                loop.call_later(fate.there, sending.fail, Unknown("ECONNRESET"), context=WORLD)
            case "swallowed":
                pass
            case _:
                loop.call_later(fate.there, self._arrive, sending, context=WORLD)

    def _arrive(self, sending: Sending) -> None:
        loop, fate = asyncio.get_running_loop(), sending.fate
        if fate.refusal:
            loop.call_later(fate.back, sending.settle, fate.refusal)
        else:
            loop.create_task(self._serve(sending))

    async def _serve(self, sending: Sending) -> None:
        loop, fate = asyncio.get_running_loop(), sending.fate
        late = self.at_message(int(sending.fields["chat_id"])) if sending.method in SENDS else 0.0
        status, body = await self._sandbox.raw(TOKEN, sending.method, sending.fields, sending.files)
        self._machine.journal(0, f"answers {sending.method} {status}", sending.fields)
        arrival = _arrival(sending) if sending.method in SENDS and status == 200 else None
        self.arrivals += [arrival] if arrival else []
        if sending.method == "editMessageText" and status == 200:
            self._note_edit(sending)
        if sending.method == POLL and status == 200:
            updates = json.loads(body)["result"]
            self.polled |= {one["callback_query"]["id"]: one["update_id"] for one in updates if "callback_query" in one}
        if fate.kind == "answer lost":
            loop.call_later(fate.back + late, sending.fail, Unknown("ECONNRESET"))
        elif fate.kind != "answer swallowed":
            loop.call_later(fate.back + late, self._reach, sending, (status, body), arrival)
            if late and not arrival:
                self.late[int(sending.fields["chat_id"])] = partial(sending.settle, (status, body))

    def _note_edit(self, sending: Sending) -> None:
        key = int(sending.fields["chat_id"]), int(sending.fields["message_id"])
        is_newest = sending.at >= self._edited.get(key, 0)
        self._edited[key] = max(sending.at, self._edited.get(key, 0))
        (self.overwritten.discard if is_newest else self.overwritten.add)(key)

    def _reach(self, sending: Sending, reply: Reply, arrival: Arrival | None) -> None:
        now = asyncio.get_running_loop().time()
        if arrival and now < sending.until:  # later nobody waits for it
            arrival.answered_at = now
            if sending.process.runs and not sending.answer.done():
                arrival.known_at = arrival.answered_at
        sending.settle(reply)
        # While others are under way it is not written down at once.
        others = sum(one.process is sending.process and not one.answer.done() for one in self._sendings[-9:])
        if arrival:
            sending.process.hears_news(others)


def _arrival(sending: Sending) -> Arrival:
    fields, now = sending.fields, asyncio.get_running_loop().time()
    words = fields.get("text") or fields.get("caption", "")
    text, number = words.replace(NO_BREAK, " "), sending.process.number
    return Arrival(time.time(), sending.at, now, int(fields["chat_id"]), text, number)
