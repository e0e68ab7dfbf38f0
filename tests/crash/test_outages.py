"""Bad days of a database server: what somebody does to it, under a bot that has begun."""

import asyncio
import random

import asyncpg

from tests import postgres
from tests.crash import stage as stages
from tests.crash.crowd import Crowd
from tests.crash.test_processes import answers, reckoned

OUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = $1"


async def test_a_server_that_does_not_let_it_in_any_more_delays_and_loses_nothing(tmp_path):
    async with (
        postgres.database() as url,
        postgres.role(url, "superuser login") as (role, theirs),
        stages.opened(tmp_path, url) as stage,
    ):
        admin = await asyncpg.connect(url)
        try:
            crowd, since = Crowd(stage, random.Random(11)), stage.now()
            bot = stage.bot = stage.hire(tmp_path, theirs, DISTRICT_FILE=stage.bot.env["DISTRICT_FILE"])
            await bot.start()
            await answers(stage)
            await admin.execute(f"alter role {role} nologin")
            await admin.fetch(OUT, role)
            for _ in range(25):
                crowd.act()
                await asyncio.sleep(0.1)
            await stage.until(lambda: "not permitted to log in" in bot.log)
            await admin.execute(f"alter role {role} login")
            await reckoned(stage, crowd, since)
            assert (bot.alive, "Traceback" in bot.log) == (True, False)
        finally:
            await admin.close()
