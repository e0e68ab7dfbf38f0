"""The PostgreSQL that other tests stand on."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests import postgres

# What asyncpg raises depends on what it was doing when the connection ended.
CUT_OFF = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def with_a_village(url: str) -> None:
    await ask(url, "create table village as select 'Yosorejo' as name")


async def test_each_database_is_nobody_elses():
    async with postgres.database() as one, postgres.database() as other:
        await with_a_village(one)
        assert await ask(other, "select count(*) from pg_tables where tablename = 'village'") == 0


async def test_what_was_prepared_is_in_every_copy():
    async with postgres.database(with_a_village) as one, postgres.database(with_a_village) as other:
        assert [await ask(url, "select name from village") for url in (one, other)] == ["Yosorejo", "Yosorejo"]


async def test_text_sorts_as_in_sqlite():
    async with postgres.database() as url:
        assert await ask(url, "select 'Z' < 'a'")


async def test_a_database_is_dropped_while_somebody_uses_it():
    url = await postgres.fresh_database()
    connection = await asyncpg.connect(url)
    await postgres.drop(url)
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await ask(url, "select 1")
    connection.terminate()


async def test_after_an_outage_the_data_is_there_again():
    async with postgres.database(with_a_village) as url:
        connection = await asyncpg.connect(url)
        async with postgres.outage(url):
            with pytest.raises((OSError, asyncpg.PostgresError)):
                await ask(url, "select 1")
        with pytest.raises(CUT_OFF):
            await connection.fetchval("select 1")
        assert await ask(url, "select name from village") == "Yosorejo"


async def test_a_server_that_is_not_ours_is_cut_off_instead(monkeypatch):
    async with postgres.database() as url:
        monkeypatch.setenv("TEST_POSTGRES_URL", await postgres.fresh_database())
        connection = await asyncpg.connect(url)
        async with postgres.outage(url):
            with pytest.raises(asyncpg.PostgresError):
                await ask(url, "select 1")
        with pytest.raises(CUT_OFF):
            await connection.fetchval("select 1")
        assert await ask(url, "select 1") == 1


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder outside of pytest's own, which every pytest that starts closes to the user that the server runs as."""
    folder = Path(tempfile.mkdtemp(prefix="jekduk-home-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize(
    "ending, status, left", [("", 0, 0), ("; os.kill(os.getpid(), 9)", -9, 1)], ids=["exit", "kill"]
)
async def test_nothing_is_left_of_a_server_once_the_next_one_starts(home, ending, status, left):
    assert await run(home, ending) == status
    assert len(list(home.glob("*/"))) == left
    assert await run(home, "") == 0
    assert list(home.glob("*/")) == []


async def test_it_starts_in_a_folder_with_a_space(home):
    (home / "a folder").mkdir()
    assert await run(home / "a folder", "") == 0


async def test_it_starts_although_another_user_came_first(home):
    home.chmod(0o777)
    (home / ".lockfile").touch(0o000)
    # Root may open anything, so it becomes somebody else, once all is imported: others may not see where Python lies.
    somebody = "os.geteuid() or (os.setgroups([]), os.setgid(65534), os.setuid(65534)); "
    assert await run(home, "", f"asyncio.run(asyncio.to_thread(int)); {somebody}") == 0


async def run(home: Path, ending: str, beginning: str = "") -> int:
    program = (
        f"import asyncio, os; from tests import postgres; {beginning}asyncio.run(postgres.fresh_database()){ending}"
    )
    environment = {
        key: value for key, value in os.environ.items() if key not in ("TEST_POSTGRES_URL", "XDG_RUNTIME_DIR")
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-c", program, env=environment | {"TMPDIR": str(home)}
    )
    return await process.wait()
