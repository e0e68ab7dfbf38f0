"""What is set and does not go together with the rest: told by `check`, by the log of a start and by the health page."""

import json
from pathlib import Path

import aiohttp
import pytest

from bot import database
from bot.cli import check
from bot.cli.register.backup import backup
from bot.config import Secret, Settings
from storage import district, migrate
from tests.cli.shell import TOKEN
from tests.web.serving import free_port, once_served

NOW = 1_795_482_600_000
PAGE = {"PAGE_URL": "https://jekduk.example.id", "PAGE_PORT": "8799"}
SMS = {"SMS_GATEWAY": "http://127.0.0.1:9", "SMS_USER": "x", "SMS_PASSWORD": "x", "SMS_SIGNING_KEY": "x"}
PUBLIC, TEXTED = "public_page = true", 'sms = "'


def own(folder: Path, *lines: str) -> str:
    """A district file in which these lines are no remarks."""
    text = district.SHIPPED.read_text("utf-8")
    for line in lines:
        assert f"\n# {line}" in text
        text = text.replace(f"\n# {line}", f"\n{line}")
    (folder / "own.toml").write_text(text, "utf-8")
    return str(folder / "own.toml")


@pytest.mark.parametrize(
    ("lines", "settings", "told"),
    [
        ([PUBLIC], {}, "public_page: nobody can open that page; set PAGE_URL"),
        ([PUBLIC], PAGE, "PAGE_PROXY: missing"),
        ([], {"PAGE_PROXY": "127.0.0.1"}, "PAGE_PROXY: it has no effect without PAGE_URL"),
        ([], {"PAGE_PORT": "8799"}, "PAGE_PORT: it has no effect without PAGE_URL"),
        ([], {"SMS_PASSWORD": "x"}, "SMS_PASSWORD: it has no effect without SMS_GATEWAY"),
        ([TEXTED], {}, "sms: nobody reads what is sent there"),
        ([], SMS, "SMS_GATEWAY is set and sms is not"),
    ],
)
def test_check_tells_what_does_not_go_together(typed, tmp_path, lines, settings, told):
    _, said = typed("check", DISTRICT_FILE=own(tmp_path, *lines), **settings)
    assert f"WRONG  district file: {told}" in said


def test_what_goes_together_is_well(typed, tmp_path):
    settings = {**PAGE, "PAGE_PROXY": "127.0.0.1", **SMS, "PAGE_HOST": "0.0.0.0"}  # noqa: S104  # a container's
    _, said = typed("check", DISTRICT_FILE=own(tmp_path, PUBLIC, TEXTED), **settings)
    assert "ok     district file" in said
    _, said = typed("check", PAGE_HOST="0.0.0.0", SMS_HOST="0.0.0.0")  # noqa: S104  # as the compose file has it
    assert "ok     district file" in said


async def test_the_log_of_a_start_and_the_health_page_tell_it(shell, reached):
    port = free_port()
    bot = await shell.start("run", DISTRICT_FILE=own(shell.folder, PUBLIC), PORT=str(port), **reached)
    assert "nobody can open that page" in await shell.hears(bot, "settings do not go together")

    async def asked() -> int:
        async with aiohttp.request("GET", f"http://127.0.0.1:{port}/healthz") as answer:
            return int(json.loads(await answer.text())["clashes"])

    assert await once_served(asked) == 1


async def test_backups_of_another_bot_are_told(tmp_path):
    settings = Settings(
        telegram_bot_token=Secret(TOKEN), database_url=f"sqlite:///{tmp_path}/a.db", backup_dir=tmp_path / "kept"
    )
    async with database.opened(settings, new=True) as register:
        await migrate(register, NOW)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/jekduk-20261101T000000Z-8.db").touch()
    (tmp_path / "kept/jekduk-20261031T000000Z.db").touch()  # from before they said whose they are
    told = "backups of bot 8 and some that may be anybody's (jekduk-20261031T000000Z.db"
    assert f"there are {told}) in" in str(await check._try("backups", check._backups(settings, NOW)))
    said = await backup(settings, None, None, 1, NOW)
    assert f"{told}, jekduk-" in said
    assert said.endswith(".db) are there, too, and stay: give each a folder of its own")
    assert len(list((tmp_path / "kept").iterdir())) == 3
