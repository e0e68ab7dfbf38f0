"""Backup, restore and a move, typed beside a bot that runs."""

import asyncio
import os
import sqlite3
from contextlib import closing

import pytest

from storage.numbers import EXAMPLE
from tests.cli.test_main import answer
from tests.copies import keys
from tests.storage.test_own_texts import with_own


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
    assert await shell.run("backup", "x.db", "--to", "y") == (2, "write either a FILE, or --to and a folder\n")
    assert (await shell.run("backup", BACKUP_DIR="kept", BACKUP_KEEP="1"))[0] == 0
    await asyncio.sleep(1)  # a backup is named by its second
    assert (await shell.run("backup", BACKUP_DIR="kept", BACKUP_KEEP="1"))[0] == 0
    assert len(list((shell.folder / "kept").iterdir())) == 1


@pytest.mark.parametrize(
    "typed, told",
    [
        (("backup", "--to", ""), "'--to': it is empty; write a name"), (("backup", ""), "it is empty; write a name"),
        (("restore", ""), "'FILE': it is empty; write a name"),
        (("backup", "a.db", "--recipient", ""), "public keys of age"),
    ],
)  # fmt: skip
async def test_what_a_variable_that_is_not_set_leaves_empty_is_refused(shell, typed, told):
    await shell.run("migrate")
    code, said = await shell.run(*typed)
    assert (code, told in said) == (2, True)
    assert [path.name for path in shell.folder.iterdir()] == ["jekduk.db"]


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
    assert await shell.run("restore", "none.db") == (
        2,
        "none.db: No such file or directory; name a backup that you may read\n",
    )
    (shell.folder / "letter.db").write_bytes(b"a letter" * 99)
    code, said = await shell.run("restore", "letter.db")
    assert (code, "letter.db: it cannot be read as a backup" in said) == (2, True)
    assert "name one that jekduk backup has made, and unpack what is packed" in said
    assert (await shell.run("migrate"))[0] == (await shell.run("backup", "newer.db"))[0] == 0
    with closing(sqlite3.connect(shell.folder / "newer.db")) as newer, newer:
        newer.execute("insert into migration values (999, 0)")
    code, said = await shell.run("restore", "newer.db")
    assert (code, "newer.db: the register is at version 999, this code knows" in said) == (2, True)


async def test_a_folder_that_is_not_there_is_not_blamed_on_the_backup(shell):
    assert (await shell.run("migrate"))[0] == (await shell.run("backup", "one.db"))[0] == 0
    away = shell.folder / "not-mounted"
    code, said = await shell.run("restore", "one.db", DATABASE_URL=f"sqlite:///{away}/jekduk.db")
    assert (code, said) == (2, f"DATABASE_URL: there is no folder {away}; mount it, or make it for the bot's user\n")


async def test_a_wrong_key_is_a_sentence_and_code_2(shell, tmp_path):
    ours, other = keys.of_age(tmp_path / "ours.txt"), keys.of_age(tmp_path / "other.txt")
    await shell.run("migrate")
    code, said = await shell.run("backup", "one.db", "--recipient", ours.public)
    assert (code, said.startswith("one.db.age: version ")) == (0, True)
    for identity, told in (
        (("--identity", str(other.secret[0])), "one.db.age: it cannot be opened (no identity matched"),
        ((), "one.db.age: name the file of the key that opens it, with --identity"),
        (("--identity", "none.txt"), "none.txt: No such file"),
    ):
        code, said = await shell.run("restore", "one.db.age", *identity)
        assert (code, said.startswith(told)) == (2, True)
    code, said = await shell.run("restore", "one.db.age", "--identity", str(ours.secret[0]))
    assert (code, said.startswith("restored one.db.age: version ")) == (0, True)


@pytest.mark.parametrize("by_file", [False, True], ids=["environment", "file"])
async def test_a_password_that_is_not_typed_is_taken_from_where_postgresql_looks(shell, tmp_path, by_file):
    heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size = int.from_bytes(await reader.readexactly(4))
        asked = await reader.readexactly(size - 4)
        if len(asked) == 4:  # for encryption
            writer.write(b"N")
            await reader.readexactly(int.from_bytes(await reader.readexactly(4)) - 4)
        writer.write(b"R" + (8).to_bytes(4) + (3).to_bytes(4))  # the password, please
        said = await reader.read(100)
        if not heard.done():
            heard.set_result(said)
        writer.close()

    async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        (file := tmp_path / "pgpass").write_text(f"127.0.0.1:{port}:jekduk:jekduk:s3cret")
        file.chmod(0o600)
        how = {"PGPASSFILE": str(file)} if by_file else {"PGPASSWORD": "s3cret"}
        await shell.run("migrate")
        process = await shell.start("move-to", f"postgresql://jekduk@127.0.0.1:{port}/jekduk", **how)
        said = await asyncio.wait_for(heard, 30)
        process.kill()
        await process.wait()
    assert b"s3cret" in said


def test_a_number_on_paper_that_nobody_knows_any_more_is_kept_for_its_village(typed):
    typed("migrate")
    for none in ("563185915493", EXAMPLE):  # a slip of the pen; the one that every hint tells, and that is nobody's
        assert typed(f"reserve 234567890123 {none} --village Tlogopakis") == (
            2, f"no receipt number: {none}; compare it with the paper, digit by digit\n",
        )  # fmt: skip
    code, said = typed("reserve 2345-6789-0123 234567890123 --village Tlogopakis")
    assert (code, said.startswith("kept for Tlogopakis: 1;")) == (0, True)
    assert typed("reserve 234567890123 --village Tlogopakis") == (2, "known already: 2345 6789 0123; leave these out\n")


@pytest.mark.parametrize("command", ["restore", "district check"])
def test_no_command_waits_for_a_pipe(typed, tmp_path, command):
    os.mkfifo(tmp_path / "pipe")
    code, said = typed(f"{command} {tmp_path / 'pipe'}")
    assert (code, "is no file" in said) == (2, True)


@pytest.mark.parametrize("command", ["backup", "export", "restore"])
@pytest.mark.parametrize("place", ["a" * 300, "b" * 250, "a-file/x", "loop"])
def test_a_place_where_no_file_can_be_is_a_sentence(typed, tmp_path, command, place):
    (tmp_path / "a-file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    typed("migrate")
    code, said = typed(f"{command} {place}")
    assert (code, place in said) == (2, True)


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_demo_is_played_in_a_year_that_calendars_have(typed, at):
    assert typed(f"demo --at {at}") == (2, "--at: write a year from 2020 to 2099\n")


def test_own_sentences_are_printed_as_their_readers_have_them(typed, tmp_path):
    assert typed("district texts") == (0, "the district has no sentences of its own: the bot's are said\n")
    (tmp_path / "own.toml").write_text(
        with_own('[sentences]\nclosing = { id = "Gratis.", en = "It is free." }'), "utf-8"
    )
    code, said = typed("district texts", DISTRICT_FILE="own.toml")
    assert code == 0
    assert said.splitlines() == ["closing, id: Gratis.", "closing, jv: Gratis.", "closing, en: It is free."]


@pytest.mark.parametrize("command", ["systems revoke \udcff", "print slip \udcff --out x.pdf"])
def test_what_is_typed_in_another_encoding_is_a_sentence(typed, command):
    typed("migrate")
    assert typed(command) == (2, "what stands behind the command is not text in UTF-8; type it anew\n")


@pytest.mark.parametrize("how", ["text", "json"])
def test_a_file_may_have_a_name_in_another_encoding(typed, tmp_path, how):
    typed("migrate")
    for command in ("backup --to \udcff", "backup \udcff.db", "export \udcff.xlsx", "restore \udcff.db"):
        assert typed(command, LOG_FORMAT=how)[0] == 0, ascii(command)
    assert {"\udcff", "\udcff.db", "\udcff.xlsx"} <= {path.name for path in tmp_path.iterdir()}
    assert typed("backup --to \udcff", LOG_FORMAT=how)[0] == 0
    for command in ("restore \udcfe", "district check \udcfe", "backup \udcff", "print booklet Simego --out \udcfe/x"):
        assert typed(command, LOG_FORMAT=how)[0] == 2, ascii(command)
