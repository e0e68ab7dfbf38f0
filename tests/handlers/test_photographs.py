"""One photograph completes a bag: what is read in it, what is not, and pictures that say nothing or too much."""

import asyncio
import sys
from collections.abc import Iterable
from io import BytesIO

import pytest
import segno
from PIL import Image

from handlers.albums import KEPT, Albums
from handlers.road import codes, photographs
from handlers.update import Update
from handlers.wording.links import number_link
from storage import inbox
from storage.numbers import EXAMPLE
from storage.records import Document
from tests.handlers.test_told_legs import at_district, tail
from tests.town import Inhabitant, Town

BOT = "jekduk_bot"


def sheet(texts: Iterable[str], kind: str = "PNG") -> bytes:
    """A picture with a QR of each text."""
    every = list(texts)
    drawn = Image.new("L", (1000, 200 * (len(every) // 5 + 1)), 255)
    for place, text in enumerate(every):
        made = BytesIO()
        segno.make(text, error="m", micro=False).save(made, kind="png", scale=4, border=2)
        with Image.open(made) as code:
            drawn.paste(code.convert("L"), (10 + place % 5 * 195, 10 + place // 5 * 195))
    kept = BytesIO()
    drawn.save(kept, kind)
    return kept.getvalue()


def slips(papers: Iterable[Document], bot: str = BOT) -> bytes:
    return sheet(number_link(bot, one.number) for one in papers)


async def shows(who: Inhabitant, picture: bytes, caption: str = "") -> str:
    """Somebody sends a photograph: the bot's answer."""
    who.phone.photo(picture, caption)
    await who.town.settled()
    return who.screen


async def test_one_photograph_completes_the_bag(any_town: Town):
    town = any_town
    papers = await at_district(town, 12)
    card = await shows(town.joko, slips(papers))
    assert card.startswith("Bawa ke Disdukcapil · 12 dari 12 dipilih")
    assert "12 dari 12 resi terbaca." in card
    done = await town.joko.taps("✅ 12 berkas")
    assert done.startswith("12 berkas dibawa ke Disdukcapil")
    assert {(await town.document(one)).stage for one in papers} == {"to_registry"}


async def test_what_was_not_read_is_named_and_stays(town: Town):
    papers = await at_district(town, 12)
    card = await shows(town.joko, slips(papers[1:]))
    assert "11 dari 12 resi terbaca." in card
    assert f"Tidak ada di foto: …{tail(papers[0])}." in card
    await town.joko.taps("✅ 11 berkas")
    assert (await town.document(papers[0])).stage == "at_district"


async def test_of_a_courier_the_bag_is_what_they_carry(town: Town):
    papers = await at_district(town, 3)
    await shows(town.joko, slips(papers))
    await town.joko.taps("✅ 3 berkas")
    town.clock += 60_000
    card = await shows(town.joko, slips(papers[:2]))
    assert card.startswith("Serahkan di Disdukcapil · 2 dari 3 dipilih")
    assert f"Tidak ada di foto: …{tail(papers[2])}." in card


async def test_a_caption_says_when(town: Town):
    papers = await at_district(town, 2)
    assert "Selasa 24 Nov pukul 09.00" in await shows(town.joko, slips(papers), "tadi pagi jam 9")
    assert "Pukul berapa?" in await shows(town.joko, slips(papers), "tadi pagi")


async def test_a_picture_is_stored_nowhere(town: Town):
    (one,) = await at_district(town)
    await shows(town.joko, slips([one]))
    async with town.storage.reading() as tx:
        assert await inbox.unfinished(tx, -1, 10) == []


@pytest.mark.parametrize(
    "who, picture, answer",
    [
        ("joko", sheet([]), "Kode QR tidak terlihat"),
        ("slamet", sheet([]), "Kode QR mboten ketingal"),
        ("joko", sheet(["https://example.org", "WIFI:S:x;;"]), "Kode QR ini bukan dari resi kami"),
        ("joko", sheet([number_link("jekduk_lebakbarang_bot", EXAMPLE)]), "Kode QR ini bukan dari resi kami"),
        ("joko", sheet([number_link(BOT, "563185915493")]), "Kode QR ini bukan dari resi kami"),  # check digit
        ("joko", sheet([number_link(BOT, EXAMPLE)]), "tidak ada berkas terbuka yang berakhiran …5492"),  # forged
        ("slamet", sheet([number_link(BOT, EXAMPLE)]), "mboten wonten berkas"),
        ("joko", b"\xff\xd8 no picture", "Gambar ini tidak dapat kami buka"),
        ("joko", b"", "Gambar ini tidak dapat kami buka"),
    ],
    ids="none none-jv foreign another-district slip-in-it forged forged-jv broken empty".split(),
)
async def test_a_picture_that_says_nothing_is_answered(town: Town, who: str, picture: bytes, answer: str):
    await at_district(town)
    assert answer in await shows(town.people[who], picture)
    assert not any("✅" in label for label in town.people[who].buttons)


async def test_foreign_codes_among_ours_are_counted(town: Town):
    papers = await at_district(town, 2)
    texts = [number_link(BOT, one.number) for one in papers]
    card = await shows(town.joko, sheet([*texts, "https://example.org", number_link(BOT, EXAMPLE)]))
    assert "2 dari 2 resi terbaca." in card
    assert "1 kode QR bukan dari resi kami." in card
    assert "…5492" in card


async def test_forty_slips_are_read(town: Town):
    papers = await at_district(town, 40)
    assert "40 dari 40 resi terbaca." in await shows(town.joko, slips(papers))


async def test_a_slip_of_another_village_says_nothing_to_an_officer(town: Town):
    (one,) = await at_district(town)
    assert f"…{tail(one)}" in await shows(town.simego, slips([one]))
    assert town.simego.buttons == []


async def test_an_album_is_one_bag(any_town: Town):
    town = any_town
    papers = await at_district(town, 9)
    town.joko.phone.album([slips(papers[:4]), slips(papers[4:7]), slips(papers[7:])])
    await town.settled()
    assert "9 dari 9 resi terbaca." in town.joko.screen
    await town.joko.taps("✅ 9 berkas")
    assert {(await town.document(one)).stage for one in papers} == {"to_registry"}


async def test_of_an_album_what_cannot_be_read_is_said_once(town: Town):
    papers = await at_district(town, 2)
    town.joko.phone.album([sheet([]), slips(papers), sheet([])])
    await town.settled()
    assert ["Kode QR tidak terlihat" in said for said in town.joko.heard] == [True, False]
    assert "2 dari 2 resi terbaca." in town.joko.screen


async def test_what_is_said_once_of_an_album_is_said_again_to_whoever_was_not_answered(town: Town):
    albums = Albums()
    [one, *others] = [Update("other", 7, message=n, album="77") for n in (1, 1, 2)]
    assert [albums.told_before(update, "no_slip") for update in (one, *others)] == [False, False, True]
    assert not albums.told_before(others[-1], "many_pictures")
    assert not albums.told_before(others[-1]._replace(kind="edit"), "no_slip")
    for album in range(KEPT):
        albums.told_before(one._replace(album=f"{album}", chat=8), "no_slip")
    assert not albums.told_before(others[-1], "no_slip")  # it is forgotten by then


async def test_a_picture_sent_as_a_file_is_read(town: Town):
    (one,) = await at_district(town)
    town.joko.phone.document(slips([one]), "resi.png", "image/png")
    await town.settled()
    assert "1 dari 1 resi terbaca." in town.joko.screen


async def test_a_video_or_another_file_is_not(town: Town):
    await at_district(town)
    for kind in ("video/mp4", "application/pdf"):
        town.joko.phone.document(b"%PDF", "resi", kind)
        await town.settled()
        assert "bukan video atau yang lain" in town.joko.screen


async def test_a_picture_beyond_what_telegram_gives_back_is_refused(town: Town):
    (one,) = await at_district(town)
    town.joko.phone.document(slips([one]) + bytes(photographs.MOST), "resi.png", "image/png")
    await town.settled()
    assert "terlalu besar" in town.joko.screen


async def test_a_picture_that_telegram_has_no_longer_is_asked_for_again(town: Town):
    (one,) = await at_district(town)
    town.joko.phone.photo(slips([one]))
    town.sandbox.files._files.clear()
    await town.settled()
    assert "Gambar tidak sampai kepada kami" in town.joko.screen


async def test_a_picture_that_no_process_can_look_at_is_asked_for_again(town: Town, monkeypatch):
    papers = await at_district(town, 1)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "Gambar tidak sampai kepada kami" in await shows(town.joko, slips(papers))


async def test_by_photograph_and_by_tap_is_once(any_town: Town):
    town = any_town
    papers = await at_district(town, 2)
    await shows(town.joko, slips(papers))
    await town.slamet.says("/tugas")
    await town.slamet.taps("Disdukcapil (2)", "✅")
    versions = {(await town.document(one)).version for one in papers}
    assert "Sudah berubah" in (await town.joko.taps("✅ 2 berkas"), town.joko.alert)[1]
    assert {(await town.document(one)).version for one in papers} == versions
    assert {(await town.document(one)).stage for one in papers} == {"to_registry"}


async def test_two_photographs_from_two_phones_are_once(any_town: Town):
    town = any_town
    papers = await at_district(town, 3)
    for courier in (town.joko, town.slamet):
        await shows(courier, slips(papers))
    await town.joko.taps("✅ 3 berkas")
    await town.slamet.taps("✅")
    assert "Joko" not in town.slamet.screen
    assert "petugas Jek-Duk" in town.slamet.screen
    assert {(await town.document(one)).version for one in papers} == {papers[0].version + 1}


async def test_a_bomb_hurts_nobody(town: Town):
    await at_district(town)
    bomb = BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    town.joko.phone.document(bomb.getvalue(), "resi.png", "image/png")
    await town.settled()
    assert "Gambar ini tidak dapat kami buka" in town.joko.screen


async def test_whoever_looks_for_too_long_is_ended():
    with pytest.raises(codes.Unseen):
        await codes.read(sheet([]), seconds=0)


async def test_who_stops_waiting_leaves_no_process_behind():
    looking = asyncio.create_task(codes.read(sheet(map(str, range(100)))))
    await asyncio.sleep(0)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking


async def test_whatever_pictures_of_others_are_in_hand_whoever_carries_documents_finds_a_place(town: Town):
    papers = await at_district(town, 2)
    held = {object() for _ in range(photographs.FAMILIES)}
    photographs._in_hand.update(held)
    try:
        town.sari.phone.photo(slips(papers))
        while not town.parts.counts.answers["Retry"]:  # noqa: ASYNC110  # looks at a phone
            await asyncio.sleep(0.001)
        town.joko.phone.photo(slips(papers))
        while not town.joko.heard:  # noqa: ASYNC110  # as above
            await asyncio.sleep(0.001)
        assert town.sari.heard == []
    finally:
        photographs._in_hand.difference_update(held)
    await town.settled()
    assert "2 dari 2 resi terbaca." in town.joko.screen
    assert papers[0].number[-4:] in town.sari.screen


async def test_while_pictures_are_in_hand_others_are_answered(any_town: Town):
    town = any_town
    papers = await at_district(town, 2)
    held = {object() for _ in range(photographs.AT_ONCE)}
    photographs._in_hand.update(held)
    try:
        town.joko.phone.photo(slips(papers))
        town.sari.phone.say(papers[0].number)
        while not (town.sari.heard and town.parts.counts.answers["Retry"]):  # noqa: ASYNC110  # looks at a phone
            await asyncio.sleep(0.001)
        assert town.joko.heard == []
        await town.kill()  # with the picture unread
    finally:
        photographs._in_hand.difference_update(held)
    await town.start()
    await town.settled()
    assert "2 dari 2 resi terbaca." in town.joko.screen
