"""What is set up wrongly is a sentence and exit code 2, from every command, and never a traceback."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.cli.shell import TOKEN

COMMANDS = ["run", "check", "migrate", "invite head", "held", "stuck", "stuck retry all", "stuck retry away", "adopt"]
URL = "postgresql://jek:S3cr#t/pw@127.0.0.1/db"
ELSEWHERE = "write a place where there is room, and where you may write"
ALONE = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}  # nobody answers there


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_refuses_an_address_in_the_same_words_without_a_piece_of_it(typed, command):
    code, said = typed(command, TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=URL)
    assert code == 2
    assert "DATABASE_URL: some characters in a user or password mean something else" in said
    assert not any(piece in said for piece in ("S3cr", "t/pw", "jek:"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_a_misspelt_name(typed, tmp_path, command):
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nDATABSE_URL=postgresql://u:s3cret@h/d\n")
    code, said = typed(command)
    assert code == 2
    assert "DATABSE_URL: there is no such setting; write DATABASE_URL (.env, line 2)" in said
    assert "s3cret" not in said


@pytest.mark.parametrize("command", COMMANDS)
def test_in_a_folder_that_is_gone_every_command_says_so(typed, tmp_path, monkeypatch, command):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    said = "the folder you are in is gone; go to the one where the bot runs, and type it anew\n"
    assert typed(command, TELEGRAM_BOT_TOKEN=TOKEN) == (2, said)


@pytest.mark.parametrize("files", [8, 14, 20])
@pytest.mark.parametrize("command", ["run", "check", "stuck retry all"])
def test_a_process_that_may_open_too_few_files_says_so(tmp_path, command, files):
    limited = f"ulimit -n {files}; exec {sys.executable} -m bot {command}"
    done = subprocess.run(["sh", "-c", limited], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    said = f"this process may open {files} files, and needs 64; allow it more (ulimit -n 1024, LimitNOFILE=)\n"
    assert (done.returncode, done.stdout + done.stderr) == (2, said)


async def test_a_folder_in_which_nothing_can_be_made_is_no_fault_of_the_backup(strict_shell, tmp_path):
    for command in ("migrate", "backup kept.db"):
        assert (await strict_shell.run(*command.split()))[0] == 0
    tmp_path.chmod(0o500)
    code, said = await strict_shell.run("restore", "kept.db")
    tmp_path.chmod(0o700)
    assert code == 2
    assert f"may not write in {tmp_path}" in said


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize(
    "content, mode, told",
    [
        pytest.param(b"PORT=8765", 0o000, ".env: cannot be read (Permission denied)", id="not-ours"),
        pytest.param(b"# caf\xe9", 0o600, "line 1 is not text in UTF-8", id="latin-1"),
        pytest.param("PORT=8765".encode("utf-16"), 0o600, "line 1 is not text in UTF-8", id="utf-16"),
        pytest.param("PORT=8765".encode("utf-16-le"), 0o600, "line 1 is not text in UTF-8", id="utf-16-le"),
    ],
)
async def test_a_file_env_that_cannot_be_read_is_told(strict_shell, tmp_path, command, content, mode, told):
    (tmp_path / ".env").write_bytes(content)
    (tmp_path / ".env").chmod(mode)
    code, said = await strict_shell.run(command, TELEGRAM_BOT_TOKEN=TOKEN)
    assert (code, told in said, "TOKEN" in said) == (2, True, False)


@pytest.mark.parametrize("command", ["run", "check", "migrate", "stuck"])
async def test_a_database_of_another_user_is_told_with_what_to_do(strict_shell, tmp_path, reached, command):
    assert (await strict_shell.run("migrate"))[0] == 0
    (tmp_path / "jekduk.db").chmod(0o000)
    assert "may not write it); chmod u+rw" in (await strict_shell.run(command, **reached))[1]
    if os.geteuid() == 0:
        os.chown(tmp_path / "jekduk.db", 65534, -1)
        code, said = await strict_shell.run(command, **reached)
        assert code == 2
        assert "may not write it); as root: chown" in said


@pytest.mark.parametrize("command", ["run", "check"])
async def test_a_folder_of_another_user_is_told(strict_shell, tmp_path, reached, command):
    (tmp_path / "theirs").mkdir(mode=0o500)
    code, said = await strict_shell.run(command, **reached | {"DATABASE_URL": "sqlite:///theirs/jekduk.db"})
    assert code == 2
    assert "name a file in a folder where the bot may write" in said


@pytest.mark.parametrize("command", ["run", "check", "migrate", "stuck"])
def test_a_file_that_is_no_database_is_left_as_it_is(typed, tmp_path, command):
    file = tmp_path / ".bashrc"
    file.write_text("alias ll='ls -l'\n" * 100)
    file.chmod(0o644)
    code, said = typed(command, **ALONE | {"DATABASE_URL": "sqlite:///.bashrc"})
    assert (code, "no database" in said) == (2, True)
    assert (file.stat().st_mode & 0o777, file.read_text()[:5]) == (0o644, "alias")


@pytest.mark.parametrize("command", ["run", "check", "stuck"])
def test_a_database_of_another_program_is_left_as_it_is(typed, tmp_path, command):
    with closing(sqlite3.connect(tmp_path / "theirs.db")) as theirs:
        theirs.execute("create table person (name)")
    before = (tmp_path / "theirs.db").read_bytes()
    code, said = typed(command, **ALONE | {"DATABASE_URL": "sqlite:///theirs.db"})
    assert (code, "another program's database" in said, "Traceback" in said) == (2, True, False)
    assert ((tmp_path / "theirs.db").read_bytes(), len([*tmp_path.iterdir()])) == (before, 1)


@pytest.mark.parametrize("command", ["run", "check", "migrate", "restore kept.db", "backup kept.db", "export x"])
@pytest.mark.parametrize("file", ["loop.db", "gone/a.db", "loop.db/a.db"])
def test_a_link_that_leads_nowhere_is_told(typed, tmp_path, command, file):
    (tmp_path / "loop.db").symlink_to("loop.db")
    (tmp_path / "gone").symlink_to("nowhere")
    code, said = typed(command, **ALONE | {"DATABASE_URL": f"sqlite:///{file}"})
    link = tmp_path / file.partition("/")[0]
    assert (code, f"the link {link} leads nowhere); mount what it leads to" in said) == (2, True)


def test_a_link_that_leads_nowhere_is_told_of_the_place_where_it_stands(typed, tmp_path):
    typed("migrate")
    (tmp_path / "kept").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    for folder in ("kept", "kept/here", "loop"):
        nowhere = f"the link {tmp_path / folder.partition('/')[0]} leads nowhere; "
        code, said = typed("check", **ALONE, BACKUP_DIR=f"{tmp_path}/{folder}")
        assert (code, f"BACKUP_DIR: {nowhere}" in said) == (2, True)
        assert typed(f"backup --to {tmp_path}/{folder}") == (2, f"{tmp_path}/{folder}: {nowhere}{ELSEWHERE}\n")
    itself = "loop: it is a link that leads to itself; write another file\n"
    assert [typed(f"{command} loop") for command in ("backup", "export", "restore")] == [(2, itself)] * 3
    assert "leads nowhere" in typed("move-to sqlite:///loop")[1]


@pytest.mark.parametrize("command", ["stuck", "stuck retry all", "check"])
def test_in_a_wrong_folder_no_database_is_made(typed, tmp_path, command):
    code, said = typed(command, **ALONE)
    assert list(tmp_path.iterdir()) == []
    assert (code, str(tmp_path / "jekduk.db") in said) == (2, True)


@pytest.mark.parametrize("command", ["check", "migrate", "stuck"])
@pytest.mark.parametrize(
    "url, told",
    [
        ("postgresql://jek:s3cret@127.0.0.1:9/x", "see whether the server runs"),
        ("postgresql://jek:s3cret@/x?host=/nowhere", "see whether the server runs"),
        ("postgresql://jek:s3cret@no-such-host.invalid/x", "see whether the server runs"),
    ],
    ids=["refused", "no-socket", "no-host"],
)
def test_a_server_that_cannot_be_asked_is_told(typed, command, url, told):
    code, said = typed(command, **ALONE | {"DATABASE_URL": url})
    assert (code, "DATABASE_URL: the database cannot be used (" in said, told in said) == (2, True, True)
    assert "s3cret" not in said


async def test_a_port_of_the_sandbox_that_is_taken_is_told(shell):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = await shell.run("sandbox", "--port", port, "--control-port", "0")
    assert (code, f"port {port} cannot be had (Address already in use); write another" in said) == (2, True)


async def test_a_district_file_of_another_user_is_told(strict_shell, tmp_path, reached):
    (tmp_path / "own.toml").touch(mode=0o000)
    code, said = await strict_shell.run("check", **reached | {"DISTRICT_FILE": "own.toml"})
    assert (code, "DISTRICT_FILE: 'own.toml' cannot be read (Permission denied)" in said) == (2, True)


@pytest.mark.parametrize("command", ["backup", "export"])
async def test_a_file_in_a_folder_of_another_user_is_told(strict_shell, tmp_path, reached, command):
    assert (await strict_shell.run("migrate"))[0] == 0
    (tmp_path / "theirs").mkdir(mode=0o000)
    code, said = await strict_shell.run(*command.split(), "theirs/file", **reached)
    assert (code, "theirs/file: Permission denied; write another file" in said) == (2, True)


async def test_where_logs_are_read_by_machines_faults_are_json_too(shell):
    code, said = await shell.run("run", LOG_FORMAT="json", PORT="x")
    lines = [json.loads(line) for line in said.splitlines()]
    assert (code, [line["code"] for line in lines]) == (2, [2, 2])
    assert lines[1]["event"] == "PORT is 'x': write a number from 1 to 65535, such as 8765"


async def test_a_reader_that_goes_away_is_no_error(shell):
    process = await shell.start("check")
    assert process.stdout
    process.stdout._transport.close()  # what `head -1` does
    assert process.stderr
    assert (await process.stderr.read()).decode() == ""
    assert await process.wait() in (1, 2)


def test_what_is_no_backup_is_not_overwritten_by_one(typed, tmp_path):
    typed("migrate")
    (tmp_path / "letter.txt").write_text("Dear camat")
    code, said = typed("backup letter.txt")
    assert (code, said) == (2, "letter.txt is there already, and is no backup; write another name\n")
    assert (tmp_path / "letter.txt").read_text() == "Dear camat"
    assert [typed("backup one.db")[0] for _ in range(2)] == [0, 0]


def test_another_programs_database_is_not_overwritten_by_a_backup(typed, tmp_path):
    typed("migrate")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("create table letter (words)")
    code, said = typed("backup other.db")
    assert (code, said) == (2, "other.db is there already, and is no backup; write another name\n")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        assert other.execute("select count(*) from letter").fetchone() == (0,)


@pytest.mark.parametrize("name", ["one.db", "one.db.gpg"])
def test_what_is_no_encrypted_backup_is_not_overwritten_by_one(typed, tmp_path, name):
    typed("migrate")
    (tmp_path / "one.db.gpg").write_text("Dear camat")
    code, said = typed(f"backup {name}", BACKUP_RECIPIENT="0123456789ABCDEF0123456789ABCDEF01234567")
    assert (code, said) == (2, "one.db.gpg is there already, and is no backup; write another name\n")
    assert (tmp_path / "one.db.gpg").read_text() == "Dear camat"


@pytest.mark.parametrize("command", ["backup .env", "export .env", "print board --village Simego --out .env"])
def test_the_settings_are_not_overwritten(typed, tmp_path, command):
    typed("migrate")
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nTELEGRAM_API_URL=http://127.0.0.1:9\n")
    code, said = typed(command)
    assert (code, said) == (2, ".env holds what the bot is set up with; write another name\n")
    assert TOKEN in (tmp_path / ".env").read_text()


@pytest.mark.parametrize("url", ["sqlite:///jekduk.db", "sqlite:///./jekduk.db"])
def test_a_register_is_not_moved_to_where_it_is(typed, url):
    typed("migrate")
    code, said = typed(f"move-to {url}")
    assert (code, said) == (2, "the register is at that address already; name an empty database elsewhere\n")


@pytest.mark.parametrize(
    "command, told",
    [
        ("affected --since yesterday", "'yesterday' is not one; write it as 2026-11-24"),
        ("demo --at noon", "'noon' is not one; write it as 2026-11-24T08:10"),
        ("demo --port x", "'x' is not one; write a number from 0 to 65535"),
        ("backup --keep 0", "'0' is not one; write a number from 1 to 90"),
        ("staff dismiss x", "'x' is not one; write a number from 1 to "),
    ],
)
def test_what_is_no_number_or_day_says_how_one_is_written(typed, command, told):
    code, said = typed(command)
    assert (code, told in said) == (2, True)


@pytest.mark.parametrize(
    "address",
    ["nonsense", "postgresql://jek:s3cret%00@h/db", "postgresql://jek:s3cret@127.0.0.1:9/db", "sqlite:////dev/null"],
)
def test_what_is_wrong_where_a_register_is_moved_to_is_not_told_of_where_it_is(typed, address):
    typed("migrate")
    code, said = typed(f"move-to {address}")
    assert (code, said.startswith("ADDRESS: "), "DATABASE_URL" in said, "s3cret" in said) == (2, True, False, False)


@pytest.mark.parametrize(
    "name, value",
    [
        ("PGPORT", "Hunter2"), ("PGHOST", "Hunter2..x"), ("PGHOST", "[::Hunter2"),
        ("PGSSLMODE", "Hunter2"), ("PGSSLMODE", ""), ("PGSSLNEGOTIATION", "Hunter2"), ("PGSSLCERT", "/no/Hunter2"),
        ("PGTARGETSESSIONATTRS", "Hunter2"), ("PGSSLMINPROTOCOLVERSION", "Hunter2"), ("PGGSSLIB", "Hunter2"),
    ],
)  # fmt: skip
def test_a_variable_of_postgresql_that_cannot_be_read_is_named_and_not_repeated(typed, name, value):
    code, said = typed("migrate", **{"DATABASE_URL": "postgresql://u@/x", "PGHOST": "127.0.0.1", name: value})
    assert (code, f"mend or unset {name}, which is in the environment: " in said) == (2, True)
    assert "Hunter2" not in said


@pytest.mark.parametrize("zone", [".", ":/proc/version", "Nowhere/Bad"])
async def test_what_a_machine_says_of_its_zone_does_not_matter(shell, zone):
    assert (await shell.run("migrate"))[0] == 0
    assert (await shell.run("affected", "--since", "2026-01-01", TZ=zone))[0] == 0
