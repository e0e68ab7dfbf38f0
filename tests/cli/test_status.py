"""What an operator reads and does without a chat: status, settings, posts, an export, health, a district file."""

import asyncio
import csv
import http.server
import os
import re
import threading
from pathlib import Path

import pytest

from bot.cli import healthy, shown_settings, staff, stuck
from bot.cli.register import outfile
from bot.cli.register.export import COLUMNS, export
from bot.cli.status import status
from bot.config import Secret, Settings, WrongSettings
from bot.demo.cast import CAST
from storage import marks, open_storage, outbox, people
from storage.copies.backups import MARK
from storage.db import leases, owner
from tests.town import TUESDAY, Town
from tests.web.test_health import Desk, desk

__all__ = ["desk"]
HOUR = 3_600_000


@pytest.fixture
async def settings(database_url):
    return Settings(database_url=database_url)


@pytest.fixture
async def register(settings):
    opened = await open_storage(settings.database_url)
    yield opened
    await opened.close()


async def said(settings, now=TUESDAY) -> dict[str, str]:
    lines = await status(settings, "1.2.3", now)
    return {line[:10].strip(): line[10:] for line in lines}


async def test_status_tells_how_everything_is(settings, register):
    async with Town.open(settings.database_url) as town:
        await town.files("KTP")
    async with register.transaction() as tx:
        await owner.claim(tx, 710000000)
        await leases.take(tx, "lead", "elsewhere/1:77:ab", await tx.clock(), 15)
        await marks.mark(tx, MARK, TUESDAY - 3 * HOUR)
        await outbox.owe(tx, [outbox.Due("a", 7, "reminder", outbox.NOTICE, TUESDAY)], TUESDAY)
        await outbox.lose(tx, 7, "blocked", TUESDAY)
    found = await said(settings)
    assert re.fullmatch(r"1\.2\.3, database at version \d+", found["version"])
    assert re.search(r", \d+\.\d MiB$", found["database"])
    assert found["bot"] == "710000000"
    assert found["leads"] == "process 77 elsewhere"
    assert "head 1" in found["posts"]
    assert found["open"] == "filed 1"
    assert found["owed"].endswith("and 1 to 1 people who are away")
    assert found["backup"] == "2026-11-23 22:10Z, 3 hours ago"


async def test_a_lease_that_ran_out_is_nobodys(settings, register):
    async with register.transaction() as tx:
        await leases.take(tx, "lead", "here/1:77:ab", await tx.clock() - HOUR, 15)
    found = await said(settings)
    assert (found["leads"], found["backup"]) == ("nobody", "none yet")


async def test_what_somebody_wrote_into_the_register_by_hand_is_no_traceback(settings, register):
    never = 2**62
    async with register.transaction() as tx:
        await marks.mark(tx, MARK, never)
        await leases.take(tx, "lead", "here/1:77:ab", never, 15)
        await tx.script(f"update post set since = {never}, last_act_at = {never}")
        await outbox.owe(tx, [outbox.Due("a", 7, "reminder", outbox.NOTICE, TUESDAY)], TUESDAY)
        await tx.script(f"update outbox set given_up_at = {never}")
    found = await said(settings)
    assert (found["leads"], found["backup"], found["stuck"]) == ("nobody", "none yet", "1")
    assert "since ?  last act ?" in (await staff.listed(settings, TUESDAY))[0]
    assert [str(one).split()[2] for one in await stuck.listed(register)] == ["?"]


async def test_settings_are_shown_without_a_secret():
    told = shown_settings.lines(
        Settings(
            telegram_bot_token=Secret("123456789:AAsecret-token"), database_url="postgresql://jekduk:hid%40den@host/name",
            https_proxy="http://me:hidden@proxy:3128", port=8765,
            sms_password=Secret("hidden"), sms_signing_key=Secret("se:cret"),
            district_file=Path("our district #1.toml"),
        )
    )  # fmt: skip
    lines = list(told)
    assert not re.search("hid|secret", "\n".join(lines))
    for line in (
        "TELEGRAM_BOT_TOKEN=123456789:…",
        "DATABASE_URL=postgresql://jekduk:…@host/name",
        "# BACKUP_DIR=",
        'DISTRICT_FILE="our district #1.toml"',
    ):
        assert line in lines


async def test_posts_are_listed_and_ended_and_the_person_is_told(settings, register):
    lines = await staff.listed(settings, TUESDAY)
    [courier] = [line.split()[0] for line in lines if " courier 1 " in line]
    assert str(CAST["joko"].chat) not in "\n".join(lines)
    assert (await staff.dismiss(settings, int(courier), TUESDAY)).startswith(f"ended: {courier}  courier 1")
    async with register.transaction() as tx:
        assert int(courier) not in {post.id for post in await people.posts(tx)}
        assert [(one.chat, one.kind) for one in await outbox.claim(tx, outbox.NOTICE, TUESDAY, 9)] == [
            (CAST["joko"].chat, "post")
        ]


async def test_the_last_head_and_a_post_that_is_not_there_are_refused(settings, register):
    async with register.reading() as tx:
        [head] = [post.id for post in await people.posts(tx) if post.role == "head"]
    with pytest.raises(WrongSettings, match="invite head"):
        await staff.dismiss(settings, head, TUESDAY)
    with pytest.raises(WrongSettings, match="staff list"):
        await staff.dismiss(settings, 1, TUESDAY)


@pytest.mark.parametrize(
    "file, said",
    [
        ("jekduk.db", "is the database itself; write another name"),
        ("jekduk.db-wal", "is the database itself"),
        ("/", "/: Is a directory; write the name of a file"),
        ("/nowhere/steps.csv", "/nowhere/steps.csv: No such file or directory; write another file"),
    ],
)
@pytest.mark.parametrize("command", ["export", "backup"])
async def test_nothing_is_written_over_the_register_or_where_it_cannot_be(shell, command, file, said):
    assert (await shell.run("migrate"))[0] == 0
    before = (shell.folder / "jekduk.db").read_bytes()
    code, told = await shell.run(command, file)
    assert (code, said.partition(";")[0] in told, "Traceback" in told) == (2, True, False), told
    assert (shell.folder / "jekduk.db").read_bytes()[:4096] == before[:4096]
    assert not list(shell.folder.glob(".*.part"))


async def test_a_pipe_does_not_become_a_file_and_a_link_stays_one(settings, tmp_path):
    pipe, link, file = (tmp_path / name for name in ("pipe", "link", "file"))
    os.mkfifo(pipe)
    link.symlink_to(file)
    with pytest.raises(WrongSettings, match="no file"), outfile.writing(settings, pipe):
        pass
    with outfile.writing(settings, link) as opened:
        opened.write(b"rows")
    assert (pipe.is_fifo(), link.is_symlink(), file.read_bytes()) == (True, True, b"rows")


async def test_that_the_register_is_lost_meanwhile_is_no_fault_of_the_file(settings, tmp_path):
    with pytest.raises(ConnectionError), outfile.writing(settings, tmp_path / "file"):
        raise ConnectionError("PostgreSQL cannot be reached")
    assert not list(tmp_path.glob("*file*"))


async def test_what_is_exported_is_every_step_and_nobody(settings, register, tmp_path):
    async with Town.open(settings.database_url) as town:
        number = await town.files("KTP", "KK")
    assert await export(settings, tmp_path / "steps.csv", TUESDAY) == 2
    text = (tmp_path / "steps.csv").read_text()
    header, *rows = csv.reader(text.splitlines())
    assert header == list(COLUMNS)
    assert sorted((row[1], row[3], row[6]) for row in rows) == [("file", "KK", "filed"), ("file", "KTP", "filed")]
    assert not any(str(secret) in text for secret in (number[0].number, *(one.chat for one in CAST.values())))


@pytest.mark.parametrize(
    "facts, every, is_well",
    [
        ({}, True, True), ({"owed_age": 999.0}, False, True), ({"owed_age": 999.0}, True, False),
        ({"poll_age": 99.0}, False, False), ({"lag": 9.0}, False, False),
    ],
)  # fmt: skip
async def test_a_container_is_healthy_unless_a_new_start_may_help(desk: Desk, facts, every, is_well):
    desk.changes(**facts)
    found, told = await asyncio.to_thread(healthy.look, Settings(port=desk.port), every=every)
    assert (found, told) == (is_well, ", ".join(facts) or "all is well")


async def test_a_container_whose_page_is_for_others_too_is_asked_nearby():
    desk = Desk()
    desk.host = "0.0.0.0"  # noqa: S104  # of a container
    async with desk.serves():
        await desk.answers()
        found, _ = await asyncio.to_thread(healthy.look, Settings(port=desk.port, health_host=desk.host))
    assert found


async def test_nobody_at_the_port_is_not_healthy_and_no_port_is_a_sentence():
    is_well, told = healthy.look(Settings(port=1))
    assert (is_well, told.partition("; ")[0]) == (False, "no health page at port 1 of 127.0.0.1: Connection refused")
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as another:
        threading.Thread(target=another.handle_request).start()
        is_well, told = await asyncio.to_thread(healthy.look, Settings(port=another.server_port))
    assert (is_well, told.partition(": ")[2]) == (False, "what answers there is not the bot")
    with pytest.raises(WrongSettings, match="PORT: not set"):
        healthy.look(Settings())


async def test_the_district_file_is_printed_and_checked(shell):
    code, printed = await shell.run("district", "print")
    (shell.folder / "own.toml").write_text(printed)
    assert code == 0
    code, told = await shell.run("district", "check", "own.toml")
    assert (code, told.startswith("own.toml: Petungkriyono, ")) == (0, True)
    (shell.folder / "own.toml").write_text(printed.replace("[district]", "[distrik]"))
    code, told = await shell.run("district", "check", "own.toml")
    assert (code, "distrik" in told) == (2, True)


async def test_the_commands_say_what_the_parts_found(shell):
    await shell.run("migrate")
    assert (await shell.run("status"))[1].startswith("version   ")
    assert await shell.run("staff", "list") == (0, "nobody has a post\n")
    assert await shell.run("export", "steps.csv") == (0, "rows: 0\n")
    assert "LOG_LEVEL=debug" in (await shell.run("config", LOG_LEVEL="debug"))[1]
    assert (await shell.run("healthy", PORT="1"))[0] == 1
