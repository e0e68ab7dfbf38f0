"""Backup, restore and a move, typed beside a bot that runs."""

import asyncio

from tests.cli.test_main import answer


async def stopped(process) -> str:
    process.terminate()
    return b"".join(await asyncio.wait_for(process.communicate(), 20)).decode()


async def test_a_backup_is_made_while_the_bot_runs_and_restored_once_it_is_stopped(shell, telegram, reached):
    process = await shell.start("run", **reached)
    await answer(telegram.person("Sari").chat())
    code, said = await shell.run("backup", "one.db")
    assert (code, said.startswith("one.db: version ")) == (0, True)
    code, said = await shell.run("restore", "one.db", **reached)
    assert (code, "the bot is running; stop it" in said) == (2, True)
    await stopped(process)
    code, said = await shell.run("restore", "one.db", **reached)
    assert (code, said.startswith("restored one.db: version ")) == (0, True)
    assert sorted(path.name for path in shell.folder.iterdir()) == ["before-restore.db", "jekduk.db", "one.db"]
    process = await shell.start("run", **reached)
    await shell.hears(process, "started")
    assert "told to" in await stopped(process)


async def test_backups_go_where_the_settings_say_and_so_many_stay(shell):
    await shell.run("migrate")
    assert "write a FILE, or --to" in (await shell.run("backup"))[1]
    assert (await shell.run("backup", BACKUP_DIR="kept", BACKUP_KEEP="1"))[0] == 0
    await asyncio.sleep(1)  # a backup is named by its second
    assert (await shell.run("backup", BACKUP_DIR="kept", BACKUP_KEEP="1"))[0] == 0
    assert len(list((shell.folder / "kept").iterdir())) == 1


async def test_the_bot_goes_on_with_the_register_that_was_moved(shell, telegram, reached):
    process = await shell.start("run", **reached)
    await answer(telegram.person("Sari").chat())
    await stopped(process)
    code, said = await shell.run("move-to", "sqlite:///other.db")
    assert (code, "copied and compared" in said) == (0, True)
    reached |= {"DATABASE_URL": "sqlite:///other.db"}
    process = await shell.start("run", **reached)
    await shell.hears(process, "started")
    await stopped(process)


async def test_what_is_no_backup_is_a_sentence_and_code_2(shell):
    assert await shell.run("restore", "none.db") == (2, "none.db: No such file or directory\n")
    (shell.folder / "letter.db").write_bytes(b"a letter" * 99)
    code, said = await shell.run("restore", "letter.db")
    assert (code, "letter.db: it cannot be read as a backup" in said) == (2, True)
