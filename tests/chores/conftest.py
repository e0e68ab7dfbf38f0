"""Mornings: one on which documents lie ready in some villages, and one on which nothing waits."""

import pytest

from storage import open_storage
from tests.chores.stage import Morning


@pytest.fixture
async def morning(database_url):
    storage = await open_storage(database_url)
    morning = Morning(storage)
    await morning.lies("tlogopakis", "ready_at_district")
    await morning.lies("kayupuring", "ready_at_village", "KK", "KTP")
    await morning.lies("simego", "at_district")
    await morning.lies("gumelem", "handed_over")
    yield morning
    await storage.close()


@pytest.fixture
async def quiet_morning(database_url):
    storage = await open_storage(database_url)
    yield Morning(storage)
    await storage.close()
