"""Another bot's token on this register: whoever has it meant well, and nobody may be thought lost for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import database
from bot.exits import ExitCode
from bot.sandbox import Window
from handlers.view import SorryView
from storage import migrate, open_storage, outbox, people
from storage.db import owner
from storage.outbox import ANSWER, Due
from tests.crash import stage as stages
from tests.crash.process import Process
from tests.crash.scene import FIRST_FAMILY
from tests.crash.stage import Stage

OTHER = "8123456799:AAother-token-of-another-bot"
NOBODYS = "710000001:AAother-token-of-no-bot-there-is"
WRONG = 2


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A town, and a Telegram that knows another bot as well, to which nobody there ever spoke."""
    async with stages.opened(tmp_path, f"sqlite:///{tmp_path}/town.db") as stage:
        stage.sandbox.bot(OTHER, "other_bot", "Another")
        yield stage


def other(stage: Stage, token: str = OTHER, register: str = "") -> Process:
    """The same settings, but for the token, and perhaps the register."""
    return stage.hire(Path(stage.bot.env["DISTRICT_FILE"]).parent / "other", register or stage.bot.env["DATABASE_URL"],
                      DISTRICT_FILE=stage.bot.env["DISTRICT_FILE"], TELEGRAM_BOT_TOKEN=token)  # fmt: skip


def sari(stage: Stage) -> Window:
    return stage.phones[FIRST_FAMILY]


async def away(stage: Stage) -> dict[str, int]:
    async with stage.storage.reading() as tx:
        return await people.away(tx)


async def answers(stage: Stage, text: str = "/bantuan") -> None:
    before = len(sari(stage).heard)
    sari(stage).say(text)
    await stage.until(lambda: len(sari(stage).heard) > before)


async def owe(stage: Stage) -> None:
    """The bot died before it could say something to a family."""
    async with stage.storage.transaction() as tx:
        due = Due("owed", FIRST_FAMILY, "answer", ANSWER, stage.now(), facts=SorryView().facts())
        await outbox.owe(tx, [due], stage.now())


async def test_one_start_with_another_bots_token_silences_nobody(stage):
    await stage.bot.start()
    await answers(stage)
    await stage.bot.kill()
    await owe(stage)
    wrong = other(stage)
    await wrong.start()
    assert await wrong.ended() == WRONG
    assert "it is that of bot 8123456799, and the database is bot 710000000's" in wrong.log
    assert "run jekduk adopt" in wrong.log
    assert (await away(stage), "Traceback" in wrong.log, OTHER in wrong.log) == ({}, False, False)
    before = len(sari(stage).heard)
    await stage.bot.start()
    await stage.until(lambda: len(sari(stage).heard) > before)


async def test_it_is_refused_beside_a_bot_that_leads_and_while_telegram_is_away(stage):
    await stage.bot.start()
    await answers(stage)
    wrong = other(stage)
    await wrong.start()
    assert await wrong.ended() == WRONG
    await answers(stage)
    await stage.runner.refuse()
    await wrong.start()
    assert await wrong.ended() == WRONG


async def test_a_token_that_telegram_refuses_takes_no_register(stage):
    wrong = other(stage, NOBODYS)
    await wrong.start()
    assert await wrong.ended() == ExitCode.TOKEN
    await stage.bot.start()
    await answers(stage)


async def test_check_and_invite_refuse_it_as_well(stage, tmp_path):
    await stage.bot.start()
    await answers(stage)
    wrong = other(stage)
    assert "WRONG  database: TELEGRAM_BOT_TOKEN: it is that of bot 8123456799" in await wrong.says("check")
    assert "https://" not in await wrong.says("invite", "head")
    booklet = "print", "booklet", "--village", "Simego", "--out", str(tmp_path / "slips.pdf")
    assert "it is that of bot 8123456799" in await wrong.says(*booklet)
    assert "WRONG" not in await stage.bot.says("check")


@pytest.mark.parametrize("upto", [1, 40])
async def test_a_register_of_an_older_version_is_refused_as_it_is(stage, tmp_path, upto):
    register = await open_storage(f"sqlite:///{tmp_path}/older.db")
    await migrate(register, stage.now(), upto=upto)
    before = await database.version(register, stage.now())
    async with register.transaction() as tx:
        await owner.claim(tx, 7)
    wrong = other(stage, register=f"sqlite:///{tmp_path}/older.db")
    booklet = "print", "booklet", "--village", "Simego", "--out", str(tmp_path / "slips.pdf")
    for command in (("run",), ("migrate",), ("invite", "head"), booklet):
        assert "it is that of bot 8123456799, and the database is bot 7's" in await wrong.says(*command)
        assert await database.version(register, stage.now()) == before
    await register.close()


async def test_another_bot_may_take_the_place_for_good_and_believes_nothing_that_the_first_was_told(stage):
    await stage.bot.start()
    await answers(stage)
    new = other(stage)
    assert "stop it" in await new.says("adopt")
    sari(stage).block()
    await stage.settled()
    await stage.bot.stop()
    assert await away(stage) == {"blocked": 1}
    assert "@other_bot's; people to be tried again: 1" in await new.says("adopt")
    assert await away(stage) == {}
    await stage.bot.start()
    assert await stage.bot.ended() == WRONG
    await new.start()
    await stage.until(lambda: stage.sandbox.calls[-1].method == "getUpdates")
    assert new.alive
