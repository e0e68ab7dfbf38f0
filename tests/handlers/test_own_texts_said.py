"""A district's own sentences stand where ours would, and its announcements are ready for the head."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.announcements.buttons import TakeReady
from storage import district
from storage.records import Document
from storage.workflow import Workflow
from tests.storage.cast import ask
from tests.storage.test_own_texts import with_own
from tests.town import Town

OWN = """
[sentences]
opening = { id = "Loket buka {hours}, istirahat siang.", en = "Open {hours}, closed for lunch." }
closing = { id = "Keluhan? Telepon (0285) 123456." }
[announcements.fasting]
id = "Selama Ramadan loket {district} buka pukul 08.00–12.00."
"""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Town.open(tmp_path, Workflow(district.parse(with_own(OWN)))) as town:
        yield town


async def ready(town: Town) -> Document:
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.follows(town.emma, card.number)
    return await town.carries(card, "ready_at_district")


async def test_a_status_and_what_says_that_it_can_be_fetched_have_them(town: Town):
    card = await ready(town)
    await town.passes(600)
    for said in (town.sari.screen, await town.sari.says(card.number)):
        assert "Loket buka Senin sampai Kamis 08.00–14.00, Jumat 08.00–10.30, istirahat siang. Bawa resi." in said
        assert said.count("Keluhan? Telepon (0285) 123456.") == 1
    assert "closed for lunch" in (in_english := await town.emma.says(card.number))
    assert "Keluhan? Telepon" in in_english
    assert "Keluhan?" not in await town.rina.says(card.number)


async def test_a_head_takes_a_text_that_is_ready_and_sees_it_as_it_arrives(town: Town):
    await town.hadi.says("/umumkan")
    assert "Siapa yang menerima?" in await town.hadi.taps("📝 Selama Ramadan loket Pet…")
    preview = await town.hadi.taps("Semua keluarga yang mengikuti")
    assert "Selama Ramadan loket Petungkriyono buka pukul 08.00–12.00." in preview


async def test_nobody_else_takes_it_and_one_that_has_left_the_file_is_told(town: Town):
    for key in ("fasting", "gone"):
        await town.rina.forges(TakeReady(key))
    assert "Pengumuman" not in town.rina.screen
    await town.hadi.forges(TakeReady("gone"))
    assert await ask(town.storage, "select count(*) from announcement") == [(0,)]
    assert "Pengumuman" in town.hadi.screen
