"""Bad days of a real process: told to stop, started twice, without network, token, disk or database."""

import asyncio
import random
import resource
import signal
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing, suppress
from pathlib import Path

import pytest

from bot.exits import ADVICE, ExitCode
from bot.lease import EVERY, LASTS
from bot.sandbox import Window
from storage.numbers import draw
from tests import postgres
from tests.crash import stage as stages
from tests.crash.accounts import Accounts
from tests.crash.crowd import Crowd
from tests.crash.news import News
from tests.crash.repeats import doubles
from tests.crash.scene import FIRST_FAMILY
from tests.crash.stage import Stage
from tests.crash.truths import uninformed

OTHER = "710000001:AAother-token-of-no-bot-there-is"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A town on SQLite whose bot is not started yet."""
    async with stages.opened(tmp_path, f"sqlite:///{tmp_path}/town.db") as stage:
        yield stage


def sari(stage: Stage) -> Window:
    return stage.phones[FIRST_FAMILY]


async def answers(stage: Stage, text: str = "/bantuan", seconds: float = 20) -> float:
    """Somebody writes; seconds until the answer."""
    phone = sari(stage)
    before = len(phone.heard)
    phone.say(text)
    return await stage.until(lambda: len(phone.heard) > before, seconds)


async def reckoned(stage: Stage, crowd: Crowd, since: int) -> News:
    """Nothing is lost and nothing done twice."""
    await stage.settled()
    accounts = await Accounts(stage, crowd.deeds, since).open()
    news = News(accounts)
    faults = [*accounts.unanswered(), *await accounts.undone_deeds(), *accounts.twice_moved(), *news.untold()]
    assert [*faults, *uninformed(accounts), *await accounts.twice_filed()] == []
    assert (await stage.load()).stuck == 0
    return news


# Told to stop


async def test_told_to_stop_it_finishes_what_it_holds_and_says_nothing_twice(stage):
    crowd, since = Crowd(stage, random.Random(7)), stage.now()
    for _ in range(2):
        await stage.bot.start()
        await answers(stage)
        for _ in range(25):
            crowd.act()
        await asyncio.sleep(0.05)
        stage.sandbox.fault("delay", "sendMessage", times=8, seconds=0.5)
        await asyncio.sleep(0.1)
        assert (await stage.load()).updates + len(stage.telegram.queue) > 0  # it is in the middle of its work
        assert await stage.bot.stop() == 0
    await stage.bot.start()
    news = await reckoned(stage, crowd, since)
    assert sum(doubles(news, [])) == 0


async def test_told_to_stop_while_telegram_hangs_it_ends_all_the_same(stage):
    await stage.bot.start()
    await answers(stage)
    fault = stage.sandbox.fault("delay", "sendMessage", times=None, seconds=60)
    sari(stage).say("/bantuan")
    await stage.until(lambda: fault.seen)
    assert await stage.bot.stop() == 0
    stage.sandbox.faults.clear()
    await stage.bot.start()
    await stage.settled()
    assert sum("/status" in seen.text for seen in sari(stage).heard) >= 2


# Started twice

UNHURRIED = 5  # a lease lasts three seconds: a busy machine keeps it


async def stands_still(stage: Stage, register: Path) -> None:
    """Stop the bot between two transactions: one that stops within holds the file, and nobody can take over."""
    with closing(sqlite3.connect(register, timeout=0, isolation_level=None)) as other:
        while True:
            stage.bot.signal(signal.SIGSTOP)
            try:
                other.execute("begin immediate")
            except sqlite3.OperationalError:
                stage.bot.signal(signal.SIGCONT)
                await asyncio.sleep(0.01)
            else:
                other.execute("rollback")
                return


async def test_a_second_process_waits_and_takes_over_from_a_dead_one(stage, tmp_path):
    await stage.bot.start(haste=1)
    await answers(stage)
    second = stage.hire(tmp_path / "second", f"sqlite:///{tmp_path}/town.db")
    await second.start(haste=1)
    await stage.until(lambda: "waiting for its lease" in second.log)
    await answers(stage)
    assert second.log.count("\n") == 1
    await stage.bot.kill()
    await answers(stage, seconds=LASTS - EVERY)  # a dead one's lease is not waited out
    assert await second.stop() == 0


async def test_a_process_that_waits_ends_when_told(stage, tmp_path):
    await stage.bot.start(UNHURRIED)
    await answers(stage)
    second = stage.hire(tmp_path / "second", f"sqlite:///{tmp_path}/town.db")
    await second.start(UNHURRIED)
    await stage.until(lambda: "waiting for its lease" in second.log)
    assert await second.stop() == 0
    await answers(stage)


async def test_one_that_stood_still_too_long_gives_way_to_the_one_that_took_over(stage, tmp_path):
    await stage.bot.start(UNHURRIED)
    await answers(stage)
    second = stage.hire(tmp_path / "second", f"sqlite:///{tmp_path}/town.db")
    await second.start(UNHURRIED)
    await stage.until(lambda: "waiting for its lease" in second.log)
    await stands_still(stage, tmp_path / "town.db")
    await answers(stage)
    stage.bot.signal(signal.SIGCONT)
    assert await stage.bot.ended() in (ExitCode.LEASE, ExitCode.OTHER_POLLER)
    phone = sari(stage)
    before = len(phone.heard)
    phone.say("/bantuan")
    async with asyncio.timeout(30):
        while len(phone.heard) == before:
            if not second.alive:  # the first polled once more, and whoever is sent away by that must believe it
                assert await second.ended() == ExitCode.OTHER_POLLER
                await second.start(UNHURRIED)
            await asyncio.sleep(0.05)
    await stage.settled()


async def test_two_bots_with_one_token_and_two_databases_end_in_a_word_of_advice(stage, tmp_path):
    await stage.bot.start()
    await answers(stage)
    second = stage.hire(tmp_path / "second", f"sqlite:///{tmp_path}/second.db")
    await second.start()
    assert await stage.bot.ended() == ExitCode.OTHER_POLLER
    assert ADVICE[ExitCode.OTHER_POLLER] in stage.bot.log
    await answers(stage)
    assert await second.stop() == 0


# Two machines, whose clocks are never the same

HOUR = 3_600_000


@pytest.fixture(params=["sqlite", "postgres"])
async def shared(request, tmp_path: Path) -> AsyncIterator[tuple[Stage, str]]:
    """A town on either engine, and the address of its database."""
    async with AsyncExitStack() as stack:
        sqlite = f"sqlite:///{tmp_path}/town.db"
        url = sqlite if request.param == "sqlite" else await stack.enter_async_context(postgres.database())
        yield await stack.enter_async_context(stages.opened(tmp_path, url)), url


@pytest.mark.parametrize("ahead", [HOUR, -HOUR], ids=["ahead", "behind"])
async def test_two_whose_clocks_are_an_hour_apart_do_not_throw_each_other_out(shared, tmp_path, ahead):
    stage, url = shared
    await stage.bot.start(UNHURRIED)
    await answers(stage)
    second = stage.hire(tmp_path / "second", url)
    await second.start(UNHURRIED, ahead=ahead)
    await stage.until(lambda: "waiting for its lease" in second.log)
    assert (f"not the database's seconds={ahead / 1000:.1f}" in second.log) == ("sqlite" not in url)
    await asyncio.sleep(2 * 15 / UNHURRIED)
    assert (stage.bot.alive, second.alive, second.log.count("\n")) == (True, True, 1 + 2 * ("sqlite" not in url))
    await answers(stage)
    await stage.bot.kill()
    await answers(stage)
    assert second.alive


async def test_who_may_not_guess_any_more_may_not_by_the_clock_of_another_machine(tmp_path):
    async with postgres.database() as url, stages.opened(tmp_path, url) as stage:
        await stage.bot.start(UNHURRIED)
        for _ in range(6):
            await answers(stage, draw())
        assert "Terlalu banyak" in sari(stage).heard[-1].text
        await stage.bot.stop()
        await stage.bot.start(UNHURRIED, ahead=2 * HOUR)
        await answers(stage, draw())
        assert "Terlalu banyak" in sari(stage).heard[-1].text


# No token, no network


async def test_a_wrong_token_ends_it_with_a_word_of_advice(stage, tmp_path):
    bot = stage.hire(tmp_path / "wrong", f"sqlite:///{tmp_path}/town.db", TELEGRAM_BOT_TOKEN=OTHER)
    await bot.start()
    assert await bot.ended() == ExitCode.TOKEN
    assert [call.method for call in stage.sandbox.calls] == ["getMe"] * 3
    assert "Telegram refuses the token asked=1" in bot.log  # at once, not only when it ends
    assert ADVICE[ExitCode.TOKEN] in bot.log
    assert OTHER not in bot.log


async def test_a_good_token_that_is_refused_for_a_while_ends_nothing_and_loses_no_answer(stage):
    await stage.bot.start()
    await answers(stage)
    fault = stage.sandbox.fault("status", code=404, words="Not Found", times=None)
    sari(stage).say("/privasi")
    await stage.until(lambda: "Telegram refuses the token" in stage.bot.log and fault.seen > 5)
    stage.sandbox.faults.remove(fault)
    assert await answers(stage) < 20
    await stage.settled()
    assert len(sari(stage).heard) == 3
    assert stage.bot.alive


async def test_without_a_network_at_the_start_it_keeps_trying(stage):
    await stage.runner.refuse()
    await stage.bot.start()
    await stage.until(lambda: "Telegram cannot be reached" in stage.bot.log)
    await stage.runner.admit()
    await answers(stage)


# No database, no disk


async def test_a_database_locked_for_eight_seconds_delays_and_loses_nothing(stage, tmp_path):
    crowd, since = Crowd(stage, random.Random(8)), stage.now()
    await stage.bot.start()
    await answers(stage)
    other = sqlite3.connect(tmp_path / "town.db", isolation_level=None)
    other.execute("begin immediate")
    began = time.monotonic()
    while time.monotonic() - began < 8:
        crowd.act()
        await asyncio.sleep(0.2)
    assert len(stage.telegram.queue) > 0  # Telegram has not been told to forget them
    other.execute("rollback")
    other.close()
    await reckoned(stage, crowd, since)


async def test_a_full_disk_delays_and_does_nothing_by_halves(stage):
    crowd, since = Crowd(stage, random.Random(9)), stage.now()
    await stage.bot.start()
    await answers(stage)
    for _ in range(10):
        crowd.act()
    await stage.settled()
    before = resource.prlimit(stage.bot.pid, resource.RLIMIT_FSIZE, (16384, resource.RLIM_INFINITY))
    for _ in range(25):
        crowd.act()
        await asyncio.sleep(0.1)
    await stage.until(lambda: "database trouble" in stage.bot.log)
    assert (stage.bot.alive, len(stage.telegram.queue) > 0) == (True, True)
    resource.prlimit(stage.bot.pid, resource.RLIMIT_FSIZE, before)
    await reckoned(stage, crowd, since)


async def test_a_postgres_that_restarts_delays_and_loses_nothing(tmp_path):
    async with postgres.database() as url, stages.opened(tmp_path, url) as stage:
        crowd, since = Crowd(stage, random.Random(10)), stage.now()
        await stage.bot.start()
        await answers(stage)
        streaming = asyncio.create_task(crowd.run())
        await asyncio.sleep(1)
        async with postgres.outage(url):
            await asyncio.sleep(1.5)
        await asyncio.sleep(1)
        streaming.cancel()
        with suppress(asyncio.CancelledError):
            await streaming
        news = await reckoned(stage, crowd, since)
        assert sum(doubles(news, [])) <= 30
