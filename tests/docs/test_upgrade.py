"""What operations.md says of a new version: the one before goes on while the new one waits, and cannot come back."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox import Window
from storage.db.migrate import available
from tests.cli.conftest import reached, server, shell, telegram
from tests.docs.test_first_hour import answered

__all__ = ["reached", "server", "shell", "telegram"]

HOME = Path(__file__).parent.parent.parent
MIGRATIONS = HOME / "storage/migrations"
EXPANDED_SINCE = 20  # before, nobody had a database
TAKES_AWAY = re.compile(
    r"\bdrop (table|column|view)\b|\brename\b|add column (?!.*default)\w+ \w+ not null", re.IGNORECASE
)


@pytest.mark.parametrize("version, text", [one for one in available() if one[0] >= EXPANDED_SINCE])
def test_a_migration_leaves_what_the_version_before_needs(version, text):
    assert TAKES_AWAY.findall(text) == []


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """The code as it was before the newest migration came to it."""
    [newest] = MIGRATIONS.glob(f"{available()[-1][0]:04}_*.sql")
    named = f"storage/migrations/*_{newest.name.partition('_')[2]}"  # it may have had another number
    asked = ["git", "log", "--diff-filter=A", "--format=%H", "--", named]
    found = subprocess.run(asked, cwd=HOME, capture_output=True, text=True, check=False).stdout.split()[-1:]
    archive = ["git", "archive", f"{''.join(found)}^", "bot", "handlers", "storage", "locales", "pyproject.toml"]
    packed = subprocess.run(archive, cwd=HOME, capture_output=True, check=False)
    if not found or packed.returncode:
        pytest.skip("no history here")
    folder = tmp_path_factory.mktemp("older")
    subprocess.run(["tar", "-x"], cwd=folder, input=packed.stdout, check=True)
    subprocess.run([sys.executable, "-m", "locales.compile"], cwd=folder, env=path(folder), check=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def path(folder: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(folder)}


async def files(officer: Window) -> str:
    """The number under which an officer has just filed a card."""
    await answered(officer, "/baru")
    for label in ("KK", "✅"):
        await tapped(officer, label)
    [number] = re.findall(r"\d{4}\s\d{4}\s\d{4}", "\n".join(message.text for message in officer.heard))[-1:]
    return re.sub(r"\s", "", str(number))


async def tapped(officer: Window, label: str) -> str:
    """What the card says after a tap on it."""
    card, _ = officer.button(label)
    assert card is not None
    before = card.text
    officer.tap(label)
    async with asyncio.timeout(20):
        while card.text == before:  # noqa: ASYNC110  # a phone has no event to wait for
            await asyncio.sleep(0.05)
    return card.text


async def test_the_version_before_works_on_until_the_new_one_takes_over_and_does_not_come_back(
    shell, telegram, reached, older
):
    sari, wati = (telegram.person(name).chat() for name in ("Sari", "Wati"))
    old = {"PYTHONPATH": str(older), **reached}
    before = await shell.start("run", **old)
    await answered(sari, "/start")
    _, said = await shell.run("invite", "village_officer", "--village", "Tlogopakis", **old)
    await answered(wati, f"/start {said.strip().partition('start=')[2]}")
    after = await shell.start("run", **reached)
    await shell.hears(after, "another process leads")
    number = await files(wati)
    await answered(wati, number)
    assert "Berkas di kantor desa Tlogopakis" in await tapped(wati, "Riwayat")
    before.terminate()
    await before.wait()
    await shell.hears(after, "took over")
    assert "Tlogopakis" in await answered(sari, number)
    after.terminate()
    await after.wait()
    code, said = await shell.run("run", **old)
    assert (code, "start a newer version" in said) == (2, True)
