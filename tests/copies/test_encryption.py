"""An encrypted backup is opened by its key alone, and a restore does with it what it does with a plain one."""

import os
import pty
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import check
from bot.cli.register.backup import backup
from bot.cli.register.restore import restore
from bot.config import Settings
from storage import migrate, open_storage, people
from storage.copies import backups, encryption
from storage.copies.encryption import WrongKey
from tests.copies import keys
from tests.copies.filled import contents, fill
from tests.copies.keys import Key
from tests.copies.test_restore import backed_up, followed, forget
from tests.town import TUESDAY

SARI = 101
HOUR = 3_600_000


@pytest.fixture
def keyring(monkeypatch):
    keys.needs("gpg")
    with tempfile.TemporaryDirectory(prefix="g", dir="/tmp") as home:  # a socket's name must be short
        monkeypatch.setenv("GNUPGHOME", home)
        yield
        keys.end_agent()


@pytest.fixture
def key(request, tmp_path, keyring) -> Key:
    return keys.of_gpg("camat@example.id") if "gpg" in request.node.name else keys.of_age(tmp_path / "key.txt")


@pytest.fixture
def settings(tmp_path, key):
    url = f"sqlite:///{tmp_path}/town.db"
    return Settings(database_url=url, backup_dir=tmp_path / "backups", backup_recipient=key.public)


@pytest.fixture
async def register(settings):
    opened = await open_storage(settings.database_url)
    await migrate(opened, TUESDAY)
    yield opened
    await opened.close()


BOTH = pytest.mark.parametrize("program", ["age", "gpg"])


@BOTH
async def test_an_encrypted_backup_is_one_private_file_that_its_key_opens(settings, register, key, tmp_path, program):
    await fill(settings.database_url)
    file, before = await backed_up(settings), await contents(settings.database_url)
    assert (file.name, file.stat().st_mode & 0o777) == (f"jekduk-20261124T011000Z.db.{program}", 0o600)
    assert b"SQLite" not in file.read_bytes()
    assert [path.name for path in settings.backup_dir.iterdir()] == [file.name]
    await register.close()
    for path in tmp_path.glob("town.db*"):
        path.unlink()
    await restore(settings, file, TUESDAY + HOUR, key.secret)
    assert (await contents(settings.database_url))["event"] == before["event"]
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


@BOTH
async def test_an_encrypted_backup_takes_the_place_of_the_one_before(settings, register, key, tmp_path, program):
    for _ in range(2):
        told = await backup(settings, tmp_path / "one.db", None, 1, TUESDAY)
        assert f"one.db.{program}" in told


@BOTH
async def test_another_key_is_told_and_changes_nothing(settings, register, key, tmp_path, program):
    file, before = await backed_up(settings), await contents(settings.database_url)
    if key.secret:
        key = keys.of_age(tmp_path / "other.txt")
    else:
        keys.forget_gpg(key.public)
    with pytest.raises(WrongKey, match=r"cannot be opened .*(no identity matched|No secret key)"):
        await restore(settings, file, TUESDAY, key.secret)
    assert await contents(settings.database_url) == before


async def test_a_key_that_is_not_there_is_not_blamed_on_the_backup(settings, register, key, tmp_path):
    if not key.secret:
        pytest.skip("gpg finds its own")
    file = await backed_up(settings)
    with pytest.raises(WrongKey, match=r"lost\.txt: No such file or directory; name the file of the key that opens"):
        await restore(settings, file, TUESDAY, [tmp_path / "lost.txt"])


async def test_a_terminal_that_was_hung_up_is_none(settings, register, key, tmp_path, monkeypatch):
    file = await backed_up(settings)
    typed, terminal = pty.openpty()
    os.close(typed)
    real = os.open
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", lambda path, *how: terminal if path == "/dev/tty" else real(path, *how))
        async with encryption.opened(file, tmp_path, key.secret) as plain:
            assert backups.look_into(plain).made_at == TUESDAY
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(terminal)


async def test_what_a_later_encrypted_one_knows_is_put_right(settings, register, key, tmp_path):
    async with register.transaction() as tx:
        await people.follow(tx, SARI, "563185915492", None, "id", known=False, now=TUESDAY)
    file = await backed_up(settings)
    await forget(register, SARI)
    await backed_up(settings, TUESDAY + HOUR)
    await register.close()
    for path in tmp_path.glob("town.db*"):
        path.unlink()
    assert "people forgotten again: 1" in await restore(settings, file, TUESDAY + 2 * HOUR, key.secret)
    assert await followed(settings, SARI) == 0


async def test_what_a_later_backup_of_another_key_knows_is_told_to_be_missing(tmp_path):
    ours, other = keys.of_age(tmp_path / "ours.txt"), keys.of_age(tmp_path / "other.txt")
    here = Settings(database_url=f"sqlite:///{tmp_path}/town.db", backup_dir=tmp_path / "backups")
    opened = await open_storage(here.database_url)
    await migrate(opened, TUESDAY)
    await opened.close()
    early, file, late = [
        await backed_up(replace(here, backup_recipient=key.public), TUESDAY + hour * HOUR)
        for hour, key in enumerate((other, ours, other))
    ]
    said = await restore(here, file, TUESDAY + 3 * HOUR, ours.secret)
    assert (f"{late}: it cannot be opened" in said, early.name in said) == (True, False)
    anothers = late.with_name(late.name.replace(".db", "-8.db"))
    anothers.write_bytes(late.read_bytes())
    assert anothers.name not in await restore(here, file, TUESDAY + 3 * HOUR, ours.secret)
    assert "cannot be opened" not in await restore(here, file, TUESDAY + 3 * HOUR, ours.secret + other.secret)


async def test_the_newest_stay_of_plain_and_encrypted_ones(settings, register):
    plain = await backed_up(replace(settings, backup_recipient=None))
    url, folder = settings.database_url, settings.backup_dir
    made = await backups.backup_into(url, folder, 1, TUESDAY + HOUR, settings.backup_recipient)
    assert (backups.in_folder(folder), plain.exists()) == ([made.file], False)


async def test_what_cannot_be_encrypted_is_no_backup(settings, register, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(WrongKey, match=r"there is no program (age|gpg) here; install it"):
        await backed_up(settings)
    assert list(settings.backup_dir.iterdir()) == []


@pytest.mark.parametrize(
    "public, told", [("age1nobody", "malformed recipient"), ("nobody@example.id", "No public key")]
)
async def test_check_says_if_nobody_could_open_a_backup(public, told, tmp_path, monkeypatch, keyring):
    keys.needs("age")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKUP_RECIPIENT", public)
    [fault] = [one.faults async for one in check.findings(TUESDAY) if one.name == "backups"]
    assert (told in fault[0], public in fault[0]) == (True, True)


async def test_what_is_not_encrypted_at_all_is_told(tmp_path):
    key, file = keys.of_age(tmp_path / "key.txt"), tmp_path / "letter"
    file.write_text("a letter")
    here = Settings(database_url=f"sqlite:///{tmp_path}/town.db")
    (tmp_path / "letter.db.age").write_bytes(b"not even age's")
    sqlite3.connect(tmp_path / "town.db").close()
    with pytest.raises(WrongKey, match=r"letter.db.age: it cannot be opened"):
        await restore(here, Path(tmp_path / "letter.db.age"), TUESDAY, key.secret)
