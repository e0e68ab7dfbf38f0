"""`run` as a process: what it says of itself, what it waits for, and what ends it."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from contextlib import closing
from typing import Any

import aiohttp
import pytest

from bot.exits import ExitCode
from bot.sandbox import Window
from tests import postgres
from tests.cli.proxy import proxied
from tests.cli.shell import Shell
from tests.cli.test_main import answer
from tests.town import migrated
from tests.web.serving import free_port


async def health(port: int, written: float = 0) -> dict[str, Any]:
    """What /healthz says, as soon as it is served and nothing was written for so many seconds."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as client:
        while True:
            try:
                async with client.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    found: dict[str, Any] = await answer.json()
                    if found["write_age"] >= written:
                        return found
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.05)


def events(said: str) -> dict[str, dict[str, Any]]:
    """The lines of a log in JSON, by their events."""
    lines = [json.loads(line) for line in said.splitlines()]
    return {line["event"]: line for line in lines}


async def test_a_start_and_a_stop_are_a_line_each(shell, telegram, reached):
    process = await shell.start("run", LOG_FORMAT="json", **reached)
    await answer(telegram.person("Sari").chat())
    process.terminate()
    said = events((await process.communicate())[1].decode())
    assert [event for event in said if event != "reminders are owed"] == [
        "a new database is made",
        "started",
        "stopped",
    ]
    assert {"version", "pid"} < set(said["started"])
    assert (said["started"]["bot"], said["started"]["district"]) == ("@jekduk_bot", "Petungkriyono")
    assert (said["started"]["engine"], said["stopped"]["code"]) == ("sqlite", 0)


async def test_a_second_process_in_the_same_folder_waits_and_gets_both_lease_and_port(shell, telegram, reached):
    settings = reached | {"PORT": str(port := free_port())}
    first = await shell.start("run", **settings)
    await answer(telegram.person("Sari").chat())
    second = await shell.start("run", **settings)
    await shell.hears(second, "waiting for its lease")
    first.send_signal(signal.SIGKILL)
    await first.communicate()
    assert "took over" in await shell.hears(second, "health page served")
    assert (await health(port))["leads"]


async def test_a_port_that_another_program_has_keeps_nobody_from_work(shell, telegram, reached):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = await shell.start("run", PORT=str(taken.getsockname()[1]), **reached)
        assert "Jek-Duk" in await answer(telegram.person("Sari").chat())
        process.terminate()
        assert b"no health page yet" in (await process.communicate())[1]
        assert process.returncode == 0


async def test_a_server_that_is_not_there_yet_is_waited_for(shell, telegram, reached):
    async with postgres.database(migrated) as url:
        async with postgres.outage(url):
            process = await shell.start("run", **reached | {"DATABASE_URL": url})
            said = await shell.hears(process, "tries=1")
        assert "see whether the server runs" in said
        assert "Jek-Duk" in await answer(telegram.person("Sari").chat())
        assert "started" in await shell.hears(process, "started")


async def ends(shell: Shell, reached: dict[str, str], phone: Window, harm: Any) -> str:
    """What a bot says whose database was harmed while it ran."""
    process = await shell.start("run", "--haste", "10", **reached)
    await answer(phone)
    harm()
    said = (await asyncio.wait_for(process.communicate(), 15))[1].decode()
    assert process.returncode == ExitCode.DATABASE_GONE
    return said


@pytest.mark.parametrize("part", ["jekduk.db", "jekduk.db-wal"])
async def test_a_database_that_is_deleted_ends_it(shell, telegram, reached, tmp_path, part):
    said = await ends(shell, reached, telegram.person("Sari").chat(), (tmp_path / part).unlink)
    assert f"{part} was deleted while it was open" in said


async def test_a_database_that_is_replaced_ends_it(shell, telegram, reached, tmp_path):
    def restore() -> None:
        other = tmp_path / "backup.db"
        sqlite3.connect(tmp_path / "jekduk.db").execute("vacuum into ?", [str(other)]).connection.close()
        other.replace(tmp_path / "jekduk.db")

    assert "was replaced" in await ends(shell, reached, telegram.person("Sari").chat(), restore)


async def test_a_log_that_is_emptied_ends_it_before_the_gap_is_written_into_the_file(
    shell, telegram, reached, tmp_path
):
    def empty() -> None:
        os.truncate(tmp_path / "jekduk.db-wal", 0)

    said = await ends(shell, reached, telegram.person("Sari").chat(), empty)
    assert "jekduk.db-wal was " in said
    with closing(sqlite3.connect(tmp_path / "jekduk.db")) as left:
        assert left.execute("pragma integrity_check").fetchall() == [("ok",)]


async def test_a_log_that_is_emptied_just_before_a_stop_leaves_the_file_whole_too(shell, telegram, reached, tmp_path):
    process = await shell.start("run", **reached)
    await answer(telegram.person("Sari").chat())
    os.truncate(tmp_path / "jekduk.db-wal", 0)
    process.terminate()
    await asyncio.wait_for(process.communicate(), 15)
    assert process.returncode == ExitCode.DATABASE_GONE
    with closing(sqlite3.connect(tmp_path / "jekduk.db")) as left:
        assert left.execute("pragma integrity_check").fetchall() == [("ok",)]


async def test_somebody_else_who_writes_for_long_is_seen_and_told_in_sqlites_own_words(
    shell, telegram, reached, tmp_path
):
    process = await shell.start("run", "--haste", "10", PORT=str(port := free_port()), **reached)
    await answer(telegram.person("Sari").chat())
    assert (await health(port))["faults"] == []
    other = sqlite3.connect(tmp_path / "jekduk.db", isolation_level=None)
    other.execute("begin immediate")
    assert (await health(port, written=3))["ok"]  # only 20 s are a fault
    telegram.person("Paijo").chat().start()
    said = await shell.hears(process, "database trouble")
    assert "OperationalError: database is locked SQLITE_BUSY" in said
    other.close()
    assert "the database is back" in await shell.hears(process, "the database is back")


async def test_metrics_are_there_while_the_database_is_not(shell, telegram, reached):
    async with postgres.database(migrated) as url:
        process = await shell.start("run", PORT=str(port := free_port()), **reached | {"DATABASE_URL": url})
        await answer(telegram.person("Sari").chat())
        page = f"http://127.0.0.1:{port}/metrics"
        async with postgres.outage(url), aiohttp.ClientSession() as client, client.get(page) as found:
            assert (found.status, "jekduk_database_up 0.0" in await found.text()) == (200, True)
            telegram.person("Paijo").chat().start()
            await shell.hears(process, "database trouble")
        await shell.hears(process, "the database is back")


async def test_debugging_tells_nothing_that_people_wrote(shell, telegram, reached):
    process = await shell.start("run", LOG_LEVEL="DEBUG", **reached)
    phone = telegram.person("Sari").chat()
    await answer(phone)
    phone.say("the secret of Sari")
    while len(phone.heard) < 2:  # noqa: ASYNC110  # as above
        await asyncio.sleep(0.01)
    process.terminate()
    said = (await process.communicate())[1].decode()
    assert "started" in said
    assert "secret" not in said
    assert "aiosqlite" not in said


async def test_a_proxy_is_asked(shell, telegram, reached):
    async with proxied(reached["TELEGRAM_API_URL"]) as (url, asked):
        settings = reached | {"TELEGRAM_API_URL": "http://telegram.invalid", "http_proxy": url}
        await shell.start("run", **settings)
        assert "Jek-Duk" in await answer(telegram.person("Sari").chat())
        await shell.close()
    assert set(asked) == {"http://telegram.invalid"}


STANDS_STILL = """
import time
from bot import app
from bot.cli.main import main
from bot.telegram import menu

async def show(*_):
    time.sleep(60)

menu.keep, app.ZOMBIE_AFTER, app.WATCH_EVERY = show, 1.0, 0.1
main(["run"])
"""


async def test_a_loop_that_no_longer_turns_says_where_it_stands_and_ends(shell, reached):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STANDS_STILL, cwd=shell.folder, env=shell.env | reached, stderr=asyncio.subprocess.PIPE
    )
    said = (await asyncio.wait_for(process.communicate(), 20))[1].decode()
    assert (process.returncode, " in show" in said) == (1, True)


FILE_IS_GONE = """
from bot.cli.main import main
from bot.telegram import menu

async def show(*_):
    open("catalog.mo")

menu.keep = show
main(["run"])
"""


async def test_a_file_that_is_gone_under_a_bot_that_ran_is_no_setting(shell, reached):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", FILE_IS_GONE, cwd=shell.folder, env=shell.env | reached, stderr=asyncio.subprocess.PIPE
    )
    said = (await asyncio.wait_for(process.communicate(), 20))[1].decode()
    assert (process.returncode, "stopped by an error nobody expected" in said, "catalog.mo" in said) == (1, True, True)
