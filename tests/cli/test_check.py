"""`check` says what to mend before anything depends on it."""

import asyncio
import socket
from pathlib import Path

import pytest
from aiohttp import web

from bot import app, database
from bot.cli import check
from bot.cli.register.backup import backup
from bot.config import NAMES, Secret, Settings
from bot.database import disk
from bot.sandbox import Sandbox
from bot.sandbox import Settings as Rules
from bot.sandbox.server import serve
from storage import district, migrate, open_storage, people
from tests import pooler, postgres
from tests.cli.proxy import proxied, served
from tests.web.test_health import Desk

TOKEN = "710000000:AAtest-token-of-no-bot-there-is"
NOW = 1_795_482_600_000


@pytest.fixture
async def telegram():
    """The address of a pretend Telegram that knows one bot."""
    sandbox = Sandbox(Rules(tokens=frozenset({TOKEN})))
    sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
    runner = await serve(sandbox, port=0, control_port=0)
    yield runner.url
    await runner.close()


@pytest.fixture
def shell(monkeypatch, tmp_path, telegram):
    """A shell in which everything is as it should be."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("DYNO", "WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", telegram)
    return monkeypatch


async def faults() -> dict[str, str]:
    return {one.name: " ".join(one.faults) async for one in check.findings(NOW) if one.faults}


async def test_all_is_well_and_no_database_is_made(shell, tmp_path):
    found = [str(one) async for one in check.findings(NOW)]
    assert [line.split(":")[0] for line in found] == [
        "ok     settings", "ok     district file", "ok     words", "ok     disk", "ok     database", "ok     voice",
        "ok     Telegram",
    ]  # fmt: skip
    assert found[-1].endswith("the bot is @jekduk_bot")
    assert list(tmp_path.iterdir()) == []


async def test_all_that_is_wrong_is_found_in_one_go(shell, tmp_path):
    (tmp_path / "district.toml").write_text("[district]\n")
    shell.setenv("DISTRICT_FILE", "district.toml")
    shell.setenv("DATABASE_URL", f"sqlite:///{tmp_path}")
    shell.delenv("TELEGRAM_BOT_TOKEN")
    assert list(await faults()) == ["settings", "district file", "database"]


@pytest.mark.parametrize(
    "name, value, where, told",
    [
        pytest.param("TELEGRAM_BOT_TOKEN", "1:wrong", "Telegram", "copy it from @BotFather once more", id="token"),
        pytest.param(
            "TELEGRAM_API_URL", "http://127.0.0.1:9", "Telegram", "no connection to 127.0.0.1:9", id="network"
        ),
        pytest.param("DATABASE_URL", "sqlite:////proc/no/x.db", "database", "where the bot may write", id="sqlite"),
        pytest.param("DATABASE_URL", "postgresql://u:s3cret@127.0.0.1:9/x", "database", "server runs", id="postgres"),
        pytest.param("DATABASE_URL", "postgresql://u:s3cret@/x?host=/no", "database", "server runs", id="no-socket"),
        pytest.param("HTTP_PROXY", "127.0.0.1:9", "Telegram", "by way of the proxy 127.0.0.1:9", id="proxy"),
        pytest.param("DYNO", "worker.1", "disk", "add a PostgreSQL", id="disk"),
        pytest.param("PORT", "x", "settings", "write a number", id="settings"),
    ],
)
async def test_each_fault_says_what_to_mend(shell, name, value, where, told):
    shell.setenv(name, value)
    found = await faults()
    assert list(found) == [where]
    assert told in found[where]
    assert "s3cret" not in found[where]


async def test_a_wrong_district_file_is_told_line_by_line(shell, tmp_path):
    text = district.SHIPPED.read_text("utf-8")
    (tmp_path / "own.toml").write_text(text.replace('zone = "Asia/Jakarta"', 'zone = "Jawa"'))
    shell.setenv("DISTRICT_FILE", "own.toml")
    assert "line 11: district.zone: 'Jawa' is not a time zone" in (await faults())["district file"]


async def test_a_server_that_speaks_no_tls_is_told_as_such(shell):
    async with served(lambda _: page()) as url:
        shell.setenv("TELEGRAM_API_URL", url.replace("http:", "https:"))
        assert "http:// if the server speaks no TLS" in (await faults())["Telegram"]


async def test_a_server_that_is_no_bot_api_is_told(shell):
    async with served(lambda _: page()) as url:
        shell.setenv("TELEGRAM_API_URL", url)
        assert "does not answer as a Bot API server" in (await faults())["Telegram"]


async def test_what_stands_between_and_is_no_proxy_is_told(shell):
    async with served(lambda _: page()) as url:
        shell.setenv("HTTP_PROXY", url)
        told = (await faults())["Telegram"]
    assert f"by way of the proxy {url.removeprefix('http://')} does not answer" in told
    assert "look at what stands between, and TELEGRAM_API_URL" in told


async def page() -> web.Response:
    return web.Response(text="<html>Welcome</html>", status=404)


async def test_a_port_that_another_program_has_is_told(shell):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shell.setenv("PORT", str(taken.getsockname()[1]))
        assert "write another" in (await faults())["health page"]


async def test_a_port_at_which_a_bot_runs_is_as_it_should_be(shell):
    desk = Desk()
    shell.setenv("PORT", str(desk.port))
    assert await faults() == {}
    async with desk.serves():
        await desk.answers()
        assert "a bot that runs serves it" in " ".join([str(one) async for one in check.findings(NOW)])


async def test_a_proxy_is_asked_and_shown(shell, telegram):
    async with proxied(telegram) as (url, asked):
        shell.setenv("TELEGRAM_API_URL", "http://telegram.invalid")  # nobody but the proxy knows it
        shell.setenv("HTTP_PROXY", url.replace("://", "://jek:s3cret@"))
        *_, last = [str(one) async for one in check.findings(NOW)]
    assert last == f"ok     Telegram: the bot is @jekduk_bot by way of the proxy {url.removeprefix('http://')}"
    assert asked == ["http://telegram.invalid Basic amVrOnMzY3JldA=="]


async def test_a_database_is_left_as_it_was(shell, tmp_path):
    assert await faults() == {}
    storage = await open_storage(f"sqlite:///{tmp_path}/jekduk.db")
    applied = await migrate(storage, NOW)
    await storage.close()
    assert applied[:1] == [1]
    assert await faults() == {}


async def test_a_database_newer_than_the_code_is_told(shell, tmp_path):
    storage = await open_storage(f"sqlite:///{tmp_path}/jekduk.db")
    await migrate(storage, NOW)
    async with storage.transaction() as tx:
        await tx.one("record_migration", version=999, applied_at=NOW)
    await storage.close()
    assert "start a newer version of the bot" in (await faults())["database"]


async def _a_village_of_the_past(tmp_path: Path) -> Path:
    """A district file without a village in which somebody holds a post."""
    opened = await open_storage(f"sqlite:///{tmp_path / 'jekduk.db'}")
    await migrate(opened, NOW)
    async with opened.transaction() as tx:
        await people.give_post(tx, 1, "village_officer", "simego", "id", NOW)
    await opened.close()
    text = district.SHIPPED.read_text("utf-8")
    file = tmp_path / "district.toml"
    file.write_text(text.replace('[[villages]]\nkey = "simego"\nname = "Simego"\n', ""), "utf-8")
    return file


async def test_a_register_that_no_longer_fits_the_district_file_is_told(shell, tmp_path):
    shell.setenv("DISTRICT_FILE", str(await _a_village_of_the_past(tmp_path)))
    assert "the village 'simego' of a post" in (await faults())["database"]


async def test_with_such_a_file_the_bot_does_not_start(telegram, tmp_path):
    file = await _a_village_of_the_past(tmp_path)
    wrong = Settings(
        telegram_bot_token=Secret(TOKEN), telegram_api_url=telegram, district_file=file,
        database_url=f"sqlite:///{tmp_path / 'jekduk.db'}",
    )  # fmt: skip
    with pytest.raises(district.WrongFile, match="simego"):
        await asyncio.wait_for(app.run(wrong), 10)  # it would serve for ever


async def test_postgresql_is_tried_too(shell):
    async with postgres.database() as url:
        shell.setenv("DATABASE_URL", url)
        assert await faults() == {}


async def test_a_pooler_that_shares_connections_is_told(shell):
    async with postgres.database() as url, pooler.before(url) as pooled:
        shell.setenv("DATABASE_URL", pooled)
        found = [str(one) async for one in check.findings(NOW)]
    assert any(line.startswith("ok     database: ") and "through a pooler" in line for line in found)


async def test_a_full_disk_of_the_backups_is_told(shell, monkeypatch, tmp_path):
    shell.setenv("BACKUP_DIR", str(tmp_path / "backups"))
    assert "backups" not in await faults()
    monkeypatch.setattr(disk, "LOW", 1 << 62)
    monkeypatch.setattr(disk, "LOW_SHARE", 2)  # of a disk as it is here
    assert (await faults())["backups"].startswith("BACKUP_DIR: only ")


@pytest.mark.parametrize("place", ["/proc", "/proc/backups", "a-file", "a-file/backups"])
async def test_a_place_where_no_backup_can_be_made_is_told(shell, tmp_path, place):
    (tmp_path / "a-file").touch()
    shell.setenv("BACKUP_DIR", place)
    assert (await faults())["backups"].startswith("BACKUP_DIR: no file can be made in /")


async def test_backups_that_are_not_where_they_were_made_are_told(shell, tmp_path):
    shell.setenv("BACKUP_DIR", "kept")
    async with database.opened(Settings(), new=True) as register:
        await migrate(register, NOW)
    settings = Settings(backup_dir=Path("kept"))
    await backup(settings, None, None, 2, NOW)
    assert await faults() == {}
    (tmp_path / "kept").rename(tmp_path / "elsewhere")
    assert "not in kept; mount its disk, or type jekduk backup" in (await faults())["backups"]
    await backup(settings, None, None, 2, NOW + 1000)
    assert await faults() == {}


async def test_a_server_that_may_forget_is_told(shell):
    async with postgres.database() as url:
        shell.setenv("DATABASE_URL", url)
        found = [str(one) async for one in check.findings(NOW)]
    assert any("database: " in line and "lose what was done last" in line and "fsync = off" in line for line in found)


async def test_sentences_that_are_missing_are_counted(shell, monkeypatch):
    known = check._sentences
    monkeypatch.setattr(check, "_sentences", lambda lang: known(lang) - {"help"} if lang == "jv" else known(lang))
    assert "sentences are missing: 1 in jv" in (await faults())["words"]


def test_the_catalogs_are_read_as_they_are_spoken():
    assert "help" in check._sentences("jv")


async def test_only_trouble_with_the_database_is_told_as_such(tmp_path):
    with pytest.raises(KeyError):
        async with database.opened(Settings(database_url=f"sqlite:///{tmp_path}/a.db")):
            raise KeyError


async def test_a_telephone_for_sms_and_a_gateway_go_together(shell, tmp_path):
    own = tmp_path / "own.toml"
    shell.setenv("DISTRICT_FILE", str(own))
    shipped = district.SHIPPED.read_text("utf-8")
    own.write_text(shipped.replace('\n# sms = "', '\nsms = "'), "utf-8")
    assert (await faults())["district file"].startswith("sms: nobody reads what is sent there")
    for name, value in {"GATEWAY": "http://127.0.0.1:1", "USER": "u", "PASSWORD": "p", "SIGNING_KEY": "k"}.items():
        shell.setenv(f"SMS_{name}", value)
    assert "district file" not in await faults()
    own.write_text(shipped, "utf-8")
    assert "families do not know where to write" in (await faults())["district file"]
