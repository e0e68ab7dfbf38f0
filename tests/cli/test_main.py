"""The commands, as processes of their own."""

import asyncio
import gc
import os
import re
import shutil
import signal
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from bot.app import _spare_the_collector
from bot.cli.command import explain
from bot.cli.main import main
from bot.exits import ADVICE, ExitCode, Stop
from bot.sandbox import Window
from storage import inbox, migrate, open_storage, outbox
from storage.records import StoredUpdate
from tests.cli.shell import TOKEN
from tests.web.serving import free_port

HOME = Path(__file__).parent.parent.parent
COMMANDS = """
    adopt affected backup check config demo district export files healthy held init invite migrate move-to print reserve
    restore run sandbox staff status stuck systems
""".split()
# What every start loads of the libraries; any other is loaded when somebody needs it, or by a process of its own.
AT_ONCE = {
    "telegram", "httpx", "idna", "aiohttp", "aiohappyeyeballs", "aiosignal", "attr", "frozenlist", "multidict",
    "propcache", "yarl", "httptools", "aiosqlite", "apscheduler", "tzlocal", "babel", "click", "typing_extensions",
}  # fmt: skip
# And what it leaves for those who need it: of ours, and of what Python brings.
LATER = (
    "bot.sms", "handlers.sms", "bot.web.pages", "bot.web.server", "bot.web.health", "bot.press.slip_pages", "bot.demo",
    "bot.feeds", "bot.sandbox", "storage.copies", "pydoc", "unittest",
)  # fmt: skip
NOW = 1_795_482_600_000


async def test_help_lists_every_command_in_a_line(shell):
    code, said = await shell.run("--help")
    listed = dict(re.findall(r"^  ([a-z-]+) +(.+)$", said.partition("Commands:")[2], re.MULTILINE))
    assert (code, sorted(listed)) == (0, COMMANDS)
    assert [words for words in listed.values() if words.endswith("...")] == []


@pytest.mark.parametrize(
    "command",
    [
        *COMMANDS,
        "stuck retry",
        "staff list",
        "staff dismiss",
        "systems add",
        "systems list",
        "systems revoke",
        "district print",
        "district check",
        "district texts",
    ],
)
def test_each_command_explains_itself(command):
    result = CliRunner().invoke(main, [*command.split(), "--help"], prog_name="python -m bot")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: python -m bot {command}")


@pytest.mark.parametrize("haste", ["0", "nan", "inf", "-1"])
def test_a_haste_that_is_none_is_a_sentence(typed, haste):
    code, said = typed(f"run --haste {haste}")
    assert (code, "'--haste'" in said) == (2, True)


async def test_wrong_settings_are_sentences_and_code_2(shell):
    code, said = await shell.run("run", PORT="x")
    assert code == 2
    assert [line.split(":")[0] for line in said.splitlines()] == ["TELEGRAM_BOT_TOKEN", "PORT is 'x'"]


async def test_a_wrong_district_file_is_a_sentence_and_code_2(shell, reached, tmp_path):
    (tmp_path / "own.toml").write_text("[district]\nkey = 1\n")
    code, said = await shell.run("run", DISTRICT_FILE="own.toml", **reached)
    assert code == 2
    assert "line 2: district.key" in said


@pytest.mark.parametrize("command", ["run", "check"])
async def test_words_that_cannot_be_heard_are_a_sentence_and_code_2(shell, reached, tmp_path, command):
    shutil.copytree(HOME / "locales", tmp_path / "locales")
    (tmp_path / "locales/jv/heard.toml").unlink()
    code, said = await shell.run(command, **reached)
    assert code == 2
    assert "locales/jv/heard.toml: No such file or directory; install the bot anew" in said


async def test_a_database_newer_than_the_code_is_code_2(shell, tmp_path):
    storage = await open_storage(f"sqlite:///{tmp_path}/jekduk.db")
    await migrate(storage, NOW)
    async with storage.transaction() as tx:
        await tx.one("record_migration", version=999, applied_at=NOW)
    await storage.close()
    code, said = await shell.run("migrate")
    assert code == 2
    assert "start a newer version" in said


def test_a_reason_to_stop_is_told_with_its_code(capsys):
    assert explain(Stop(ExitCode.TOKEN, "Telegram refuses the token")) == ExitCode.TOKEN
    assert capsys.readouterr().err == f"Telegram refuses the token; {ADVICE[ExitCode.TOKEN]}\n"


def test_what_nobody_expected_is_logged_and_code_1(caplog):
    assert explain(LookupError("a mistake of ours")) == 1
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]


async def test_migrations_are_applied_once(shell):
    assert (await shell.run("migrate"))[1].startswith("applied: 1")
    assert await shell.run("migrate") == (0, "nothing to apply\n")


async def test_check_fails_when_something_is_wrong(shell, reached):
    assert (await shell.run("check"))[0] == 2
    code, said = await shell.run("check", **reached)
    assert (code, said.count("ok ")) == (0, 7)


async def test_the_first_head_is_invited(shell, reached):
    code, said = await shell.run("invite", "head", **reached)
    assert code == 0
    assert re.fullmatch(r"https://t\.me/jekduk_bot\?start=i_[\w-]{24}\n", said)


async def test_an_invitation_to_nowhere_lists_what_there_is(shell, reached):
    code, said = await shell.run("invite", "reporter", "--village", "Kajen", **reached)
    assert code == 2
    assert "Simego, Gumelem, Tlogohendro" in said


async def test_what_is_stuck_is_listed_and_tried_again(shell, tmp_path):
    storage = await open_storage(f"sqlite:///{tmp_path}/jekduk.db")
    await migrate(storage, NOW)
    async with storage.transaction() as tx:
        await inbox.store(tx, [StoredUpdate(11, 7, "{}")], NOW)
        await inbox.quarantine(tx, 11, "KeyError", NOW)
    await storage.close()
    assert (await shell.run("stuck"))[1].startswith("update 11  2026-11-24 01:10:00Z")
    assert await shell.run("stuck", "retry", "12") == (
        2,
        "there is no '12'; jekduk stuck lists those there are, or write all, or away\n",
    )
    assert await shell.run("stuck", "retry", "11") == (0, "to be tried again: 11\n")
    assert await shell.run("stuck") == (0, "nothing is stuck\n")


async def test_who_is_away_is_counted_and_tried_again(shell, tmp_path):
    storage = await open_storage(f"sqlite:///{tmp_path}/jekduk.db")
    await migrate(storage, NOW)
    async with storage.transaction() as tx:
        await outbox.lose(tx, 7, "not found", NOW)
    await storage.close()
    code, said = await shell.run("stuck")
    assert (code, said.splitlines()) == (
        0, ["nothing is stuck", "away: 1 people (not found 1), messages kept for them: 0"]
    )  # fmt: skip
    assert await shell.run("stuck", "retry", "away") == (0, "people to be tried again: 1\n")
    assert await shell.run("stuck") == (0, "nothing is stuck\n")


async def test_an_empty_database_is_migrated_before_anything_can_be_stuck(shell, tmp_path):
    (tmp_path / "jekduk.db").touch()
    code, said = await shell.run("stuck")
    assert code == 2
    assert said.endswith("run jekduk migrate\n")


async def test_the_sandbox_runs_alone(shell):
    process = await shell.start("sandbox", "--port", "0", "--control-port", "0")
    assert process.stdout
    url = (await process.stdout.readline()).decode().split()[-1]
    async with aiohttp.ClientSession() as client, client.get(f"{url}/bot{TOKEN}/getMe") as answer:
        assert (await answer.json())["ok"]
    process.send_signal(signal.SIGINT)
    await process.communicate()
    assert process.returncode == 130


async def answer(phone: Window) -> str:
    phone.start()
    async with asyncio.timeout(20):
        while not phone.heard:  # noqa: ASYNC110  # a phone has no event to wait for
            await asyncio.sleep(0.01)
    return phone.heard[-1].text


async def health(port: int) -> dict[str, object]:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}/healthz") as answer:
        state: dict[str, object] = await answer.json()
        return state


async def test_the_bot_answers_and_stops_when_told(shell, telegram, reached):
    process = await shell.start("run", PORT=str(port := free_port()), LOG_FORMAT="json", DYNO="worker.1", **reached)
    assert "Jek-Duk" in await answer(telegram.person("Sari").chat())
    assert (await health(port))["leads"]
    process.terminate()
    said = b"".join(await asyncio.wait_for(process.communicate(), 6)).decode()
    assert (process.returncode, "Traceback" in said, TOKEN in said) == (0, False, False)
    assert "a dyno loses its files" in said


def test_a_start_loads_only_what_every_bot_needs():
    code = "import sys, bot.__main__, bot.cli.main, bot.app; print(*sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], cwd=HOME, check=True, capture_output=True, text=True)
    loaded = set(asked.stdout.split())
    pinned = set(re.findall(r"^([\w-]+)==", (HOME / "requirements.txt").read_text(), re.MULTILINE))
    named = ((module, name) for module, names in packages_distributions().items() for name in names)
    libraries = {module for module, name in named if name.lower().replace("_", "-") in pinned}
    assert libraries >= {"PIL", "prometheus_client"}  # they are found by the names of their modules
    assert loaded & libraries <= AT_ONCE
    assert [name for name in loaded if name.startswith(LATER)] == []


def test_what_was_loaded_is_spared_by_the_collector_which_goes_on():
    gc.disable()
    _spare_the_collector()
    try:
        assert gc.isenabled()
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()
        gc.set_threshold(700, 10, 10)


async def test_the_procfile_migrates_and_runs(shell, telegram, reached, tmp_path):
    shutil.copy(HOME / "Procfile", tmp_path)
    reached |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    release = await shell.start("start", "release", module="honcho", **reached)
    assert b"applied: 1" in (await release.communicate())[0]
    process = await shell.start("start", "--port", str(port := free_port()), "worker", module="honcho", **reached)
    assert "Jek-Duk" in await answer(telegram.person("Sari").chat())
    assert (await health(port))["ok"]
    process.terminate()
    said = b"".join(await asyncio.wait_for(process.communicate(), 10))
    assert b"worker.1 stopped" in said
