"""Listens to every sandbox of this process: each call of our bot, each answer and each update must fit the Bot API.

So whatever journey a test walks, it also tests the shapes: tests/conftest.py asks after each test what did not fit.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from bot.sandbox.args import File, Json
from bot.sandbox.state import Sandbox
from bot.sandbox.updates import Queue, Update
from bot.sandbox.world import Call
from tests.telegram.shapes import METHODS, answer_misfits, call_misfits, misfits

faults: list[str] = []
heard: Counter[str] = Counter()  # calls by method, updates by kind


def listen(patch: pytest.MonkeyPatch, token: str) -> None:
    """Listen from now on. What is said with any other token than ours may be nonsense, its answers may not."""
    answered, add = Sandbox._answered, Queue.add

    async def answer(self: Sandbox, by: str, call: Call, files: Mapping[str, File]) -> tuple[int, Json]:
        if by == token:
            heard[call.method] += 1
            faults.extend(call_misfits(call.method, call.params, files))
        status, said = await answered(self, by, call, files)
        if call.method.lower() in METHODS:  # an update that a test made by hand is no answer of the sandbox
            faults.extend(answer_misfits(call.method, status, said | _without_updates(call.method, said)))
        return status, said

    def put(self: Queue, kind: str, fact: Json, born: float, now: float, key: str) -> Update | None:
        heard[kind] += 1
        faults.extend(misfits("Update", {"update_id": self.next_id, kind: fact}))
        return add(self, kind, fact, born, now, key)

    patch.setattr(Sandbox, "_answered", answer)
    patch.setattr(Queue, "add", put)


def _without_updates(method: str, said: Json) -> dict[str, Any]:
    return {"result": []} if method.lower() == "getupdates" and "result" in said else {}


def taken() -> list[str]:
    """What did not fit since the last time, each once."""
    found = list(dict.fromkeys(faults))
    faults.clear()
    return found
