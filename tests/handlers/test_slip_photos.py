"""A family sends a photo of its slip: the number on it is looked up, and the photo is kept nowhere."""

import asyncio
from dataclasses import replace

import pytest

from handlers.throttle import AN_HOUR, OF_ALL, Throttle
from handlers.wording.layout import grouped
from handlers.wording.links import number_link
from storage.db.migrate import available
from storage.db.tables import tables_of
from storage.records import HOUR
from tests.desk import Moody
from tests.handlers.test_photographs import BOT, sheet, shows, slips
from tests.storage.cast import ask
from tests.town import Town


async def test_a_photo_of_the_slip_is_looked_up_and_can_be_followed(town: Town):
    (card,) = await town.files("KK")
    assert grouped(card.number) in await shows(town.sari, slips([card]))
    await town.sari.taps("Kabari saya")
    assert (town.sari.chat,) in await ask(town.storage, "select chat from follow")
    (other,) = await town.files("KTP")
    both = await shows(town.sari, slips([card, other]), "sudah jadi?")
    assert grouped(other.number) in "".join(town.sari.buttons) + both


@pytest.mark.parametrize("texts", [[], ["https://example.org"], [number_link("another_bot", "200000000008")]])
async def test_what_is_no_slip_of_ours_says_what_else_to_do(town: Town, texts: list[str]):
    assert "12 angka" in await shows(town.sari, sheet(texts))
    assert "file_id" not in repr(await ask(town.storage, "select body from inbox"))


async def test_a_photo_of_a_card_is_answered_with_a_warning_and_is_in_no_table(town: Town):
    said = await shows(town.sari, sheet([]), "KTP ibu saya")
    assert "jangan kirim foto kartu" in said
    kept = [await ask(town.storage, f"select * from {table.name}") for table in tables_of(available()[-1][0])]
    assert [word for word in ("file_id", "KTP ibu", "\\xff\\xd8") if word in repr(kept)] == []


async def test_of_an_album_what_is_no_slip_is_said_once(town: Town):
    (card,) = await town.files("KK")
    town.sari.phone.album([sheet([]), sheet(["https://example.org"]), slips([card]), sheet([])])
    await town.settled()
    refused, shown = town.sari.heard
    assert ("12 angka" in refused, grouped(card.number) in shown) == (True, True)
    await shows(town.sari, sheet([]))  # by itself
    town.sari.phone.album([sheet([])] * 9)  # all of which are too many
    await town.settled()
    assert ["Terlalu banyak foto" in said for said in town.sari.heard[2:]] == [False, True]


async def test_each_number_of_an_album_that_is_mistyped_is_named(town: Town):
    photo = {"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}
    for caption in ("563185915429", "563185915942", "563185915429"):
        town.sari.phone.write({"photo": [photo], "media_group_id": "77", "caption": caption})
    await town.settled()
    assert ["5429" in said for said in town.sari.heard] == [True, False]
    assert "5942" in town.sari.screen


async def test_numbers_in_pictures_are_guesses_as_typed_ones_are(town: Town):
    guesses = ["200000000008", "200000001377", "200000002740", "200000004113", "200000005482", "200000006856"]
    await shows(town.sari, sheet(number_link(BOT, one) for one in guesses[:5]))
    (card,) = await town.files("KK")
    assert "Terlalu banyak nomor" in await town.sari.says(card.number)


async def test_one_who_sends_many_pictures_types_for_a_while_and_others_are_read(town: Town):
    (card,) = await town.files("KK")
    for _ in range(AN_HOUR):
        town.services.pictures.take(town.sari.chat, town.clock)
    assert "Terlalu banyak foto" in await shows(town.sari, slips([card]))
    assert grouped(card.number) in await town.sari.says(card.number)
    assert "Family card" in await shows(town.emma, slips([card]))
    town.clock += HOUR
    assert grouped(card.number) in await shows(town.sari, slips([card]))


async def test_however_many_pictures_strangers_send_a_family_that_has_sent_none_is_read(town: Town):
    (card,) = await town.files("KK")
    for stranger in range(OF_ALL):
        town.services.pictures.take(stranger // AN_HOUR, town.clock)
    assert grouped(card.number) in await shows(town.sari, slips([card]))
    assert "Terlalu banyak foto" in await shows(town.sari, slips([card]))
    for _ in range(2):  # who works here does not pay for strangers
        assert grouped(card.number) in await shows(town.hadi, slips([card]))


@pytest.mark.parametrize("when_full", [0, 1])
def test_once_there_are_so_many_of_all_together_each_has_fewer(when_full: int):
    throttle = Throttle("pictures", when_full=when_full)
    assert all(throttle.take(chat, 1000) for chat in range(OF_ALL))
    for chat in range(OF_ALL, OF_ALL + 3):
        assert [throttle.take(chat, 1000 + HOUR - 1) for _ in range(2)] == [bool(when_full), False]
    assert [throttle.take(-1, 1000 + HOUR - 1, is_known=True) for _ in range(AN_HOUR + 1)] == [True] * 5 + [False]
    assert all(throttle.take(0, 1000 + HOUR) for _ in range(AN_HOUR))


def test_what_was_done_by_a_clock_that_has_been_set_back_does_not_count():
    throttle = Throttle("pictures")
    assert [throttle.take(1, 2 * HOUR) for _ in range(AN_HOUR + 1)][-2:] == [True, False]
    assert throttle.take(1, HOUR - 1)


async def test_a_picture_that_did_not_reach_us_is_said_to_be_lost_and_none_of_the_five(town: Town):
    (card,) = await town.files("KK")
    words, tries = "Bad Request: file is temporarily unavailable", AN_HOUR + 1
    town.sandbox.fault("status", "getFile", code=400, words=words, times=tries)
    for _ in range(tries):
        assert "tidak sampai kepada kami" in await shows(town.sari, slips([card]))
    assert grouped(card.number) in await shows(town.sari, slips([card]))


async def test_a_picture_that_is_looked_at_once_more_as_the_register_was_away_is_one(town: Town):
    await town.kill()
    away = Moody(town.storage)
    town.services = replace(town.services, storage=away)
    await town.start()
    town.sari.phone.photo(sheet([number_link(BOT, "200000000008")]))
    while not town.services.pictures._done:  # noqa: ASYNC110  # nobody tells
        await asyncio.sleep(0.001)
    away.refuses = 1  # as the miss is to be counted
    await town.settled()
    assert (away.refuses, len(town.services.pictures._done)) == (0, 1)
    assert "tidak ada di catatan" in town.sari.screen


def test_that_there_are_many_of_all_is_logged_once_an_hour(caplog: pytest.LogCaptureFixture):
    throttle, now = Throttle("pictures"), 10 * HOUR
    for after in (0, 0, HOUR - 1, HOUR):
        for chat in range(OF_ALL + 1):
            throttle.take(chat, now + after)
    assert caplog.messages == ["pictures are many: each chat has fewer"] * 2
