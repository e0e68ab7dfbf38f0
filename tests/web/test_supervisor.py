"""Whoever supervises the process hears when it is ready, that its loop turns, and that it stops."""

import asyncio
import os
import socket
from itertools import takewhile

import pytest

from bot.web.supervisor import Supervisor
from tests.cli.conftest import reached, server, shell, telegram
from tests.cli.test_upkeep import stopped

__all__ = ["reached", "server", "shell", "telegram"]


class Systemd:
    """The socket on which systemd listens, at a path or at an abstract address."""

    def __init__(self, name: str) -> None:
        self.name, self.socket = name, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(f"\0{name[1:]}" if name.startswith("@") else name)
        self.socket.setblocking(False)

    async def hears(self) -> str:
        async with asyncio.timeout(60):
            return (await asyncio.get_running_loop().sock_recv(self.socket, 4096)).decode()

    def rest(self) -> list[str]:
        """What else has been said so far."""
        return list(takewhile(bool, iter(self._next, "")))

    def _next(self) -> str:
        try:
            return self.socket.recv(4096).decode()
        except BlockingIOError:
            return ""


@pytest.fixture(params=["path", "abstract"])
def systemd(request, tmp_path):
    name = str(tmp_path / "notify") if request.param == "path" else f"@jekduk-{os.getpid()}-{tmp_path.name}"
    one = Systemd(name)
    yield one
    one.socket.close()


async def test_it_hears_once_that_we_are_ready_and_always_that_the_loop_turns(systemd):
    ready: list[int] = []
    watched = {"NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "30000", "WATCHDOG_PID": str(os.getpid())}
    async with Supervisor(watched).told(lambda: bool(ready), lambda: "answers" if ready else "waits"):
        assert await systemd.hears() == "STATUS=waits"
        assert {await systemd.hears() for _ in range(3)} == {"WATCHDOG=1"}
        ready.append(1)
        heard = [await systemd.hears() for _ in range(9)]
    assert (heard.count("READY=1"), heard.count("STATUS=answers"), "STATUS=waits" in heard) == (1, 1, False)
    assert heard[-1] == "WATCHDOG=1"
    assert systemd.rest()[-1] == "STOPPING=1"


async def test_without_a_supervisor_nothing_happens(caplog):
    async with Supervisor({}).told(lambda: True, str):
        await asyncio.sleep(0)
    assert not caplog.records


async def test_one_that_cannot_be_reached_is_told_once(systemd, caplog):
    systemd.socket.close()
    async with Supervisor({"NOTIFY_SOCKET": systemd.name}).told(lambda: True, str):
        await asyncio.sleep(0)
    assert [one.message for one in caplog.records] == ["the supervisor cannot be told anything"]


async def test_one_that_is_back_hears_what_it_missed_and_each_turn_is_told_once(tmp_path, caplog):
    caplog.set_level("INFO", "bot")
    away, back = "the supervisor cannot be told anything", "the supervisor can be told again"
    name, heard = str(tmp_path / "notify"), list[set[str]]()
    async with Supervisor({"NOTIFY_SOCKET": name}, look=0.01).told(lambda: True, lambda: "answers"):
        while len(heard) < 2:
            while caplog.messages[-1:] != [away]:  # noqa: ASYNC110  # a log has no event to wait for
                await asyncio.sleep(0.01)
            systemd = Systemd(name)
            heard.append({await systemd.hears() for _ in range(3)})
            systemd.socket.close()
            os.unlink(name)  # noqa: PTH108  # at once
    assert heard == [{"STATUS=answers", "READY=1", "WATCHDOG=1"}, {"WATCHDOG=1"}]
    assert caplog.messages[:4] == [away, back, away, back]


@pytest.mark.parametrize("written", ["abc", "", "0", "-5", "1", "1e6", "²", "9" * 5000])
async def test_a_watch_that_is_no_number_to_go_by_is_ignored_with_a_line_in_the_log(systemd, caplog, written):
    watched = {"NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": written}
    async with Supervisor(watched, look=60).told(lambda: True, lambda: "answers"):
        assert [await systemd.hears() for _ in range(3)] == ["STATUS=answers", "READY=1", "WATCHDOG=1"]
        await asyncio.sleep(0)
    assert systemd.rest() == ["STOPPING=1"]
    assert ("WATCHDOG_USEC" in caplog.text) is bool(written.strip("0"))


async def test_the_bot_is_ready_once_it_has_polled_and_so_is_one_that_waits(shell, telegram, reached, systemd):
    async def ready() -> list[str]:
        heard = [await systemd.hears()]
        while heard[-1] != "READY=1":
            heard.append(await systemd.hears())
        return [one.removeprefix("STATUS=") for one in heard if one.startswith("STATUS=")]

    supervised = {"NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "1000000", **reached}
    first = await shell.start("run", **supervised)
    assert (await ready())[-1] == "polls Telegram"
    assert any(bot.polling for bot in telegram.bots.values())
    await shell.start("run", **supervised)
    assert "waits to take over" in await ready()
    await stopped(first)
    assert "STOPPING=1" in systemd.rest()
