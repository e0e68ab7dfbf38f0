"""What is restored is whole, is the bot's own, and knows what has happened since as far as that can be known."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.register.backup import backup
from bot.cli.register.move import move
from bot.cli.register.restore import ASIDE, restore
from bot.config import Secret, Settings, WrongSettings
from storage import Storage, migrate, open_storage, outbox, people
from storage.copies.backups import NoBackup
from storage.copies.rows import held
from storage.db import leases, marks
from storage.records import Owed
from tests import postgres
from tests.copies.filled import contents, fill
from tests.town import TUESDAY, migrated

SARI, BUDI = 101, 102
HOUR = 3_600_000


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(database_url=database_url, backup_dir=tmp_path / "backups")


@pytest.fixture
async def register(settings):
    opened = await open_storage(settings.database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def made(settings, register):
    """A backup in the folder, from when Sari and Budi followed a number and were owed a message each."""
    async with register.transaction() as tx:
        for chat in (SARI, BUDI):
            await people.follow(tx, chat, "563185915492", None, "id", known=False, now=TUESDAY)
            await outbox.owe(tx, [outbox.Due(f"news:{chat}", chat, "reminder", outbox.NOTICE, TUESDAY)], TUESDAY)
    return await backed_up(settings)


async def backed_up(settings, now=TUESDAY) -> Path:
    before = set(settings.backup_dir.glob("*"))
    await backup(settings, None, None, 9, now)
    [file] = set(settings.backup_dir.glob("*")) - before
    return Path(file)


async def owed(settings) -> dict[int, Owed]:
    opened = await open_storage(settings.database_url)
    async with opened.transaction() as tx:
        found = await outbox.claim(tx, outbox.NOTICE, TUESDAY + HOUR // 10, 9)
    await opened.close()
    return {one.chat: one for one in found}


async def followed(settings, chat) -> int:
    opened = await open_storage(settings.database_url)
    async with opened.reading() as tx:
        found = await people.follows(tx, chat)
    await opened.close()
    return len(found)


async def send(register: Storage, chat: int) -> None:
    async with register.transaction() as tx:
        claimed = await outbox.claim(tx, outbox.NOTICE, TUESDAY, 9)
        await outbox.sent(tx, [id for one in claimed if one.chat == chat for id in one.ids], TUESDAY + 1)
        await outbox.let_go(tx, [one for one in claimed if one.chat != chat])


async def lost(settings, register) -> None:
    """The register is gone, and so is all it knew."""
    if settings.database_file:
        await register.close()
        for path in settings.database_file.parent.glob("town.db*"):
            path.unlink()
    else:
        async with register.transaction() as tx:
            await tx.script("drop schema public cascade")
            await tx.script("create schema public")


async def test_everything_is_there_again_after_the_register_was_lost(settings, register):
    await fill(settings.database_url)
    file, before = await backed_up(settings), await contents(settings.database_url)
    await lost(settings, register)
    await restore(settings, file, TUESDAY)
    found = await contents(settings.database_url)
    changed = {"lease", "outbox", "mark", "migration"}
    assert {name: rows for name, rows in found.items() if name not in changed} == {
        name: rows for name, rows in before.items() if name not in changed
    }
    assert found["lease"] == []


async def test_who_is_owed_a_message_that_went_out_meanwhile_is_not_told_twice(settings, register, made):
    await send(register, SARI)
    await restore(settings, made, TUESDAY)
    assert {chat: one.repeated for chat, one in (await owed(settings)).items()} == {BUDI: False}


async def test_where_nobody_knows_what_went_out_it_says_so_itself(settings, register, made):
    await send(register, SARI)
    await lost(settings, register)
    assert "may come twice: 2" in await restore(settings, made, TUESDAY + HOUR)
    assert {chat: one.repeated for chat, one in (await owed(settings)).items()} == {SARI: True, BUDI: True}


async def test_a_later_backup_beside_it_knows_as_well(settings, register, made):
    await send(register, SARI)
    await backed_up(settings, TUESDAY + HOUR)
    await lost(settings, register)
    await restore(settings, made, TUESDAY + 2 * HOUR)
    assert list(await owed(settings)) == [BUDI]


async def forget(register: Storage, chat: int) -> None:
    async with register.transaction() as tx:
        await people.forget(tx, chat)


@pytest.mark.parametrize("is_lost", [False, True], ids=["register", "later backup"])
async def test_who_asked_to_be_forgotten_since_is_forgotten_again(settings, register, made, is_lost):
    await forget(register, SARI)
    async with register.transaction() as tx:
        await tx.script(f"update forgotten set at = {TUESDAY + 5}")
    if is_lost:
        await backed_up(settings, TUESDAY + HOUR)
        await lost(settings, register)
    assert "people forgotten again: 1" in await restore(settings, made, TUESDAY)
    assert [await followed(settings, chat) for chat in (SARI, BUDI)] == [0, 1]
    assert [at for _, at in (await contents(settings.database_url))["forgotten"]] == [TUESDAY + 5]
    assert str(SARI) not in repr((await contents(settings.database_url))["outbox"])


async def test_who_was_forgotten_before_the_backup_and_came_back_stays(settings, register):
    await forget(register, SARI)
    async with register.transaction() as tx:
        await people.follow(tx, SARI, "563185915492", None, "id", known=False, now=TUESDAY)
        later = await tx.clock() + HOUR
    file = await backed_up(settings, later)
    await restore(settings, file, later)
    assert await followed(settings, SARI) == 1


async def test_what_happens_once_a_day_has_happened(settings, register, made):
    async with register.transaction() as tx:
        await marks.mark_once(tx, "reminders:2026-11-24", TUESDAY)
    await restore(settings, made, TUESDAY)
    assert ("once:reminders:2026-11-24", TUESDAY) in (await contents(settings.database_url))["mark"]


async def test_a_restore_can_be_taken_back(settings, register, made):
    await forget(register, SARI)
    before = await contents(settings.database_url)
    await register.close()
    await restore(settings, made, TUESDAY)
    aside = (settings.database_file or made).parent / ASIDE
    await restore(settings, aside, TUESDAY)
    assert (await contents(settings.database_url))["follow"] == before["follow"]


async def test_nothing_is_restored_or_moved_while_a_bot_runs(settings, register, made, tmp_path):
    async with register.transaction() as tx:
        await leases.take(tx, "lead", "somebody", await tx.clock(), 15)
    before = await contents(settings.database_url)
    with pytest.raises(WrongSettings, match="the bot is running"):
        await restore(settings, made, TUESDAY)
    with pytest.raises(WrongSettings, match="the bot is running"):
        await move(settings, f"sqlite:///{tmp_path}/other.db", TUESDAY)
    assert await contents(settings.database_url) == before


async def test_a_damaged_backup_changes_nothing(settings, register, made):
    made.write_bytes(made.read_bytes()[:5000])
    before = await contents(settings.database_url)
    with pytest.raises(NoBackup):
        await restore(settings, made, TUESDAY)
    assert await contents(settings.database_url) == before


@pytest.mark.parametrize("harm", ["header", "page"])
async def test_in_the_place_of_a_damaged_register_a_backup_is_restored_once_that_is_moved_away(tmp_path, harm):
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'town.db'}", backup_dir=tmp_path / "backups")
    await migrated(settings.database_url)
    await fill(settings.database_url)
    file, made = tmp_path / "town.db", await backed_up(settings)
    damaged = file.read_bytes()
    pages = slice(0, 4096) if harm == "header" else slice(4096, 16 * 4096)
    file.write_bytes(damaged[: pages.start] + b"\xff" * (pages.stop - pages.start) + damaged[pages.stop :])
    with pytest.raises(WrongSettings, match=r"move (it|this one) away"):
        await restore(settings, made, TUESDAY)
    assert sorted(path.name for path in tmp_path.iterdir() if "town.db" not in path.name) == ["backups"]
    file.rename(tmp_path / "damaged.db")
    assert "restored" in await restore(settings, made, TUESDAY)


async def test_the_backup_of_another_bot_is_refused(settings, register, made):
    other = replace(settings, telegram_bot_token=None)
    async with register.transaction() as tx:
        await tx.script("insert into mark (name, at) values ('bot', 7)")
    file = await backed_up(other, TUESDAY + 1000)
    ours = Settings(database_url=settings.database_url, telegram_bot_token=Secret("8:AAsome-token"))
    with pytest.raises(WrongSettings, match="it is bot 7's"):
        await restore(ours, file, TUESDAY)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("is_lost", [False, True])
async def test_what_root_restores_is_the_bots_own_and_private(tmp_path, is_lost):
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 4321, 4321)
    settings = Settings(database_url=f"sqlite:///{home}/town.db", backup_dir=tmp_path / "backups")
    register = await open_storage(settings.database_url)
    await people_moved_in(register)
    os.chown(home / "town.db", 4321, 4321)
    file = await backed_up(settings)
    await register.close()
    if is_lost:
        (home / "town.db").unlink()
    await restore(settings, file, TUESDAY)
    found = {path.name: path.stat() for path in home.iterdir()}
    assert sorted(found) == ([] if is_lost else [ASIDE]) + ["town.db"]
    assert {(one.st_uid, one.st_mode & 0o777) for one in found.values()} == {(4321, 0o600)}


async def people_moved_in(register: Storage) -> None:
    await migrate(register, TUESDAY)


async def test_the_log_of_the_register_before_does_not_live_on_in_the_one_restored(tmp_path):
    settings = Settings(database_url=f"sqlite:///{tmp_path}/town.db", backup_dir=tmp_path / "backups")
    register = await open_storage(settings.database_url)
    await people_moved_in(register)
    file = await backed_up(settings)
    await register.close()
    for end in ("-wal", "-shm"):
        (tmp_path / f"town.db{end}").write_bytes(b"of a database that was killed")
    (tmp_path / "town.db").unlink()
    await restore(settings, file, TUESDAY)
    assert [path.name for path in tmp_path.glob("town.db*")] == ["town.db"]


async def test_the_register_itself_is_no_place_for_a_backup(settings):
    if not settings.database_file:
        pytest.skip("a server has no file")
    with pytest.raises(WrongSettings, match="the database itself"):
        await backup(settings, settings.database_file, None, 9, TUESDAY)


async def test_a_folder_that_cannot_be_is_a_sentence_about_that_folder(settings, register, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WrongSettings, match=f"{tmp_path}/file"):
        await backup(settings, None, tmp_path / "file", 9, TUESDAY)


async def test_a_register_moves_to_the_other_engine_and_back_but_not_onto_another(settings, register, tmp_path):
    await fill(settings.database_url)
    async with register.transaction() as tx:
        await tx.script("delete from lease")
    await register.close()
    before = await contents(settings.database_url)
    async with postgres.database() as url:
        there = url if settings.database_file else f"sqlite:///{tmp_path}/other.db"
        assert "copied and compared" in await move(settings, there, TUESDAY)
        assert same(await contents(there), before)
        with pytest.raises(WrongSettings, match="there is a register already"):
            await move(settings, there, TUESDAY)
        back = replace(settings, database_url=there)
        await freed(there)
        await move(back, f"sqlite:///{tmp_path}/back.db", TUESDAY)
        assert same(await contents(f"sqlite:///{tmp_path}/back.db"), before)
        assert await held(there) != []


def same(one, other) -> bool:
    return {name: rows for name, rows in one.items() if name != "lease"} == {
        name: rows for name, rows in other.items() if name != "lease"
    }


async def freed(url) -> None:
    """As if the 15 seconds were over for which the one before holds it."""
    opened = await open_storage(url)
    async with opened.transaction() as tx:
        await leases.end_all(tx)
    await opened.close()
