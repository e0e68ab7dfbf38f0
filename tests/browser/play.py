"""The demo as a process of its own, for whoever looks at it from outside."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

HOME = Path(__file__).parent.parent.parent
PATIENCE = 20.0


class Played:
    """`python -m bot demo`, from its first word to its last. `url` is the address that it prints.

    It begins on a Tuesday morning, so that a greeting, a holiday or the end of a day changes no test.
    """

    def __init__(self, port: int = 0, at: str = "2026-11-24T08:10") -> None:
        self.began = time.monotonic()
        command = [sys.executable, "-u", "-m", "bot", "demo", "--port", str(port), "--at", at]
        self.process = subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said: list[str] = []
        self._lines: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self.url = self._address()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            self._lines.put(line)

    def _address(self) -> str:
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except Empty:
                raise TimeoutError("".join(self.said)) from None
            if found := re.search(r"http://\S+", line):
                return found[0]

    def ask(self, path: str, body: Any = None) -> Any:
        """What the control API answers."""
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(self.url + path, data) as answer:  # noqa: S310  # the address is our own
            return json.load(answer)

    def until(self, done: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        """Ask until there is an answer."""
        end = time.monotonic() + seconds
        while not (value := done()):
            if time.monotonic() > end:
                raise TimeoutError("".join(self.said))
            time.sleep(0.05)
        return value

    def pulse(self) -> Any:
        """How things stand."""
        return self.ask("/demo/town")["pulse"]

    def at_rest(self) -> Any:
        """The pulse once the bot lives and nothing waits."""
        return self.until(lambda: rested(self.pulse()))

    def hears(self, chat: int, text: str, pattern: str) -> str:
        """What of the answer to a text is so."""
        self.ask("/sim/text", {"user": chat, "text": text})
        said = self.until(lambda: re.search(pattern, self.ask(f"/sim/transcript/{chat}")["messages"][-1]["text"]))
        return str(said[0])

    def wipe(self, chat: int, groups: list[Any]) -> None:
        """Somebody has signal again, has left every group, takes a blocked bot back, and deletes every message."""
        self.ask("/sim/signal", {"user": chat, "on": True})
        for group in groups:
            self.ask("/sim/leave", {"chat": group["id"], "user": chat})
        seen = self.ask(f"/sim/transcript/{chat}")
        if seen["blocked"]:
            self.ask("/sim/unblock", {"user": chat})
        for message in seen["messages"]:
            self.ask("/sim/delete_message", {"user": chat, "message_id": message["id"]})

    def stop(self, how: int = signal.SIGINT) -> float:
        """End it; the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()
        return time.monotonic() - began

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()


def rested(pulse: Any) -> Any:
    busy = pulse["waiting"] + pulse["updates"] + pulse["owed"]
    return pulse if pulse["bot"]["alive"] and not busy else None


def lives(pid: int) -> bool:
    """True while there is such a process (one that has ended and waits for its parent counts as gone)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
