"""A village that has another key in its district file has it in all of the register."""

import json

import pytest

from bot.cli.register.rename import rename
from bot.config import Settings, WrongSettings
from storage import district, open_storage, outbox
from storage.copies.renames import Taken, rename_village
from storage.db import leases
from storage.db.tables import tables_of
from tests.copies.filled import NEWEST, contents, fill
from tests.town import TUESDAY

WITH_VILLAGES = [table.name for table in tables_of(NEWEST) if "village" in table.columns]
WANTS = {"transaction": "t", "reference": "r", "document": "", "attributes": [["village", ["lama", "doro"]]]}
FACTS = {"view": "dismissed", "args": {"role": "village_officer", "village": "lama"}}


@pytest.fixture
async def of_old(database_url):
    """A register in which each table has something of the village `lama`."""
    await fill(database_url)
    register = await open_storage(database_url)
    async with register.transaction() as tx:
        for name in WITH_VILLAGES:
            await tx.script(
                f'update "{name}" set village = \'lama\' where village = (select min(village) from "{name}")'
            )
        for name in ("pause", "announcement"):
            await tx.script(f"update {name} set scope = 'village', subject = 'lama'")
        await tx.script(f"update feed_subscription set criteria = '{json.dumps(WANTS)}'")
        await outbox.owe(tx, [outbox.Due("a", 101, "post", outbox.NOTICE, TUESDAY, facts=FACTS)], TUESDAY)
        await leases.end_all(tx)
    yield register
    await register.close()


async def test_nothing_of_the_old_key_is_left(of_old, database_url):
    before = repr(await contents(database_url))
    assert before.count("lama") > len(WITH_VILLAGES)
    async with of_old.transaction() as tx:
        assert await rename_village(tx, "lama", "baru")
    assert repr(await contents(database_url)) == before.replace("lama", "baru")


async def test_two_villages_do_not_become_one(of_old, database_url):
    async with of_old.transaction() as tx:
        await tx.script("update reserved set village = 'baru' where village <> 'lama'")
    before = await contents(database_url)
    with pytest.raises(Taken):
        async with of_old.transaction() as tx:
            await rename_village(tx, "lama", "baru")
    assert await contents(database_url) == before


async def test_the_district_file_has_the_new_key_first(database_url):
    register = await open_storage(database_url)
    async with register.transaction() as tx:
        await tx.script("delete from post where village = 'curugmuncar'")
    await register.close()
    settings = Settings(database_url=database_url)
    one, other, *_ = (village.key for village in district.load().villages)
    with pytest.raises(WrongSettings, match="'baru' is no village's key in the district file; write it there first"):
        await rename(settings, "lama", "baru", TUESDAY)
    with pytest.raises(WrongSettings, match=f"'{one}' is a village's key in the district file still"):
        await rename(settings, one, other, TUESDAY)
    with pytest.raises(WrongSettings, match="there are posts or documents of 'tlogopakis' already"):
        await rename(settings, "lama", "tlogopakis", TUESDAY)
    with pytest.raises(WrongSettings, match="'la-ma': a key has letters"):
        await rename(settings, "la-ma", "curugmuncar", TUESDAY)
    assert await rename(settings, "lama", "curugmuncar", TUESDAY) == "nothing was of 'lama'"
