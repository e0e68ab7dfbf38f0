"""A district that wants a second factor: a stranger with a number reads where it is; the pickup code opens more."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.follow.buttons import ChooseNews, FollowNumber, TypeProof
from handlers.lookup.buttons import ShowHistory
from storage.counter import pickup
from storage.news.cards import EVERY_STAGE
from tests.handlers.wants_codes import WANTS_CODES, filed, wrong
from tests.storage.cast import ask
from tests.town import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Town.open(tmp_path, WANTS_CODES) as town:
        yield town


async def test_a_stranger_reads_the_place_alone(town: Town):
    card, _ = await filed(town)
    said = await town.sari.says(card.number)
    assert "Berkas di kantor desa Tlogopakis." in said
    assert "Kartu Keluarga" not in said
    assert "KK" not in said
    assert town.sari.buttons == ["Saya punya kode ambil", "Tanya / lapor …"]


@pytest.mark.parametrize(
    "button",
    [ShowHistory, FollowNumber, lambda number: ChooseNews(number, EVERY_STAGE)],
    ids=["history", "follow", "news"],
)
async def test_no_forged_button_opens_it(town: Town, button):
    card, _ = await filed(town)
    await town.sari.says(card.number)
    await town.sari.forges(button(card.number))
    assert "Kartu Keluarga" not in town.sari.screen
    assert await ask(town.storage, "select count(*) from follow") == [(0,)]
    await town.sari.says(f"/daftar {card.number}")
    assert await ask(town.storage, "select count(*) from follow") == [(0,)]


async def test_the_code_is_tapped_and_opens_the_number(town: Town):
    card, code = await filed(town)
    await town.sari.says(card.number)
    await town.sari.taps("Saya punya kode ambil")
    for digit in code:
        await town.sari.taps(digit)
    assert "/privasi" in town.sari.alert
    assert "Kartu Keluarga" in town.sari.screen
    assert "Kartu Keluarga" in await town.sari.says(card.number)


async def test_the_code_is_written_as_an_answer_to_the_card(town: Town):
    card, code = await filed(town)
    await town.sari.says(card.number)
    town.sari.phone.say(code, reply_to=town.sari.last.id)
    await town.settled()
    assert "Kartu Keluarga" in town.sari.screen
    assert "/privasi" in town.sari.screen


async def test_a_wrong_code_is_a_guess(town: Town):
    card, code = await filed(town)
    await town.sari.says(card.number)
    for by in range(1, 6):
        await town.sari.forges(TypeProof(card.number, wrong(code, by)))
        assert "bukan kode ambil" in town.sari.alert
    await town.sari.forges(TypeProof(card.number, code))
    assert "Kartu Keluarga" not in town.sari.screen
    async with town.storage.reading() as tx:
        assert await pickup.left(tx, card.request) == pickup.TRIES  # at the counter nothing is used up


async def test_staff_and_who_follows_are_asked_nothing(town: Town):
    card, _ = await filed(town)
    await town.follows(town.sari, card.number)
    assert "Kartu Keluarga" in await town.sari.says(card.number)
    assert "Kartu Keluarga" in await town.joko.says(card.number)


async def test_what_is_said_of_swindlers_is_true_where_a_code_is_asked_for(town: Town):
    card, _ = await filed(town)
    await town.sari.says(card.number)
    assert "kode ambil" in (await town.sari.taps("Saya punya kode ambil")).lower()
    assert "atau kode lewat telepon, SMS atau WhatsApp." in await town.sari.says("/asli")
