"""`check --mend` mends what needs nobody to decide anything, and leaves the rest to `check`."""

import os

import pytest

from bot import database
from bot.cli import mending
from storage import migrate, open_storage
from storage.db import owner
from tests.cli.test_check import NOW, faults, shell, telegram

__all__ = ["shell", "telegram"]


async def test_what_needs_no_decision_is_mended(shell, tmp_path):
    shell.setenv("BACKUP_DIR", "kept/backups")
    (tmp_path / ".env").write_text("LOG_LEVEL=info\n")
    (tmp_path / ".env").chmod(0o644)
    register = await open_storage("sqlite:///jekduk.db")
    await migrate(register, NOW, upto=5)
    await register.close()
    assert await faults() == {".env": "others on this machine may read what is secret in it; type chmod 600 .env"}
    (tmp_path / "jekduk.db").chmod(0o640)
    mended = [line.partition(":")[0] async for line in mending.mend(NOW)]
    assert mended == ["kept/backups", ".env", f"{tmp_path}/jekduk.db", "the register", "Telegram"]
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in (".env", "kept/backups")] == [0o600, 0o700]
    assert await faults() == {}
    assert [line.partition(":")[0] async for line in mending.mend(NOW)] == ["Telegram"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
async def test_what_root_took_is_given_back(shell, tmp_path):
    register = await open_storage("sqlite:///jekduk.db")
    await register.close()
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (backups := elsewhere / "backups").mkdir()
    (secret := elsewhere / "secret").touch(0o600)
    os.chown(backups, 1234, 1234)
    shell.setenv("BACKUP_DIR", str(backups))
    (tmp_path / ".env").symlink_to(secret)
    os.chown(tmp_path, 1234, 1234)
    assert f"{tmp_path}/jekduk.db: its owner is that of its folder" in [line async for line in mending.mend(NOW)]
    assert [path.stat().st_uid for path in (tmp_path / "jekduk.db", backups, secret)] == [1234, 1234, 0]


@pytest.mark.parametrize("upto", [1, 40, None])
async def test_what_the_bot_of_another_register_is_for_is_not_changed_and_no_more_is_that(shell, upto):
    register = await open_storage("sqlite:///jekduk.db")
    await migrate(register, NOW, upto=upto)
    before = await database.version(register, NOW)
    async with register.transaction() as tx:
        await owner.claim(tx, 7)
    assert [line async for line in mending.mend(NOW)] == []
    assert await database.version(register, NOW) == before
    await register.close()
    assert upto or "the database is bot 7's" in (await faults())["database"]


async def test_what_cannot_be_mended_is_left_to_the_check(shell, tmp_path):
    shell.setenv("DATABASE_URL", "sqlite:///notes.txt")
    (tmp_path / "notes.txt").write_text("no register")
    (tmp_path / "notes.txt").chmod(0o644)
    assert [line async for line in mending.mend(NOW)] == []
    assert (tmp_path / "notes.txt").stat().st_mode & 0o777 == 0o644
    assert "is no database" in (await faults())["database"]
