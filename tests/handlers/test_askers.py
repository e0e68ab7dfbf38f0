"""How many follow and are followed: the 21st number, the sixth person, and a wait that ends."""

from handlers.follow.buttons import Decide
from handlers.privacy.buttons import Forget
from handlers.wording.layout import grouped
from storage import outbox, people
from storage.numbers import draw
from storage.records import DAY, Document
from tests.storage.cast import ask
from tests.town import Town

FAMILIES = range(9001, 9006)


async def told_to_five(town: Town) -> Document:
    (card,) = await town.files("KK")
    async with town.storage.transaction() as tx:
        for chat in FAMILIES:
            await people.follow(tx, chat, card.number, "id", "id", known=True, now=town.clock)
    return card


async def asks(town: Town, card: Document) -> None:
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")


async def test_a_chat_follows_twenty_numbers_and_hears_of_the_21st(town: Town):
    async with town.storage.transaction() as tx:
        for _ in range(20):
            await people.follow(tx, town.sari.chat, draw(), "id", "id", known=False, now=town.clock)
    (card,) = await town.files("KK")
    await asks(town, card)
    assert "20 nomor, tidak bisa lebih" in town.sari.alert
    assert "20 nomor, tidak bisa lebih" in await town.sari.says(f"/daftar {card.number}")
    assert await ask(town.storage, "select count(*) from follow") == [(20,)]
    assert len([label for label in (await taps_status(town)) if label[:4].isdigit()]) == 20


async def taps_status(town: Town) -> list[str]:
    await town.sari.says("/status")
    return town.sari.buttons


async def test_whether_a_sixth_is_told_the_village_decides_and_hears_of_nobody(town: Town):
    card = await told_to_five(town)
    await asks(town, card)
    assert "Kantor desa ditanya dulu" in town.sari.alert
    await town.passes(1)
    assert "5 orang sudah dikabari" in town.warni.screen
    assert town.warni.last.silent
    assert str(town.sari.chat) not in town.warni.screen
    assert not town.simego.heard  # of another village
    await town.warni.taps("Izinkan")
    await town.passes(1)
    assert "Kantor desa setuju" in town.sari.screen
    town.sari.forgets()
    await town.carries(card, "ready_at_district")
    await town.grace()
    assert "siap diambil" in town.sari.screen.lower()


async def test_whoever_is_refused_hears_it_and_asks_nobody_again(town: Town):
    card = await told_to_five(town)
    await asks(town, card)
    await town.passes(1)
    await town.warni.taps("Tolak")
    await town.passes(1)
    assert "tidak menyetujui" in town.sari.screen
    town.warni.forgets()
    assert "tidak menyetujui" in await town.sari.says(f"/daftar {card.number}")
    await town.passes(1)
    assert town.warni.heard == []
    await town.warni.forges(Decide((await ask(town.storage, "select id from asker"))[0][0], 1))
    assert "Sudah berubah" in town.warni.alert
    assert (town.sari.chat,) not in await ask(town.storage, "select chat from follow")


async def test_who_waits_for_a_village_that_never_answers_hears_so_once_and_may_ask_anew(any_town: Town):
    town = any_town
    card = await told_to_five(town)
    await asks(town, card)
    town.clock += 31 * DAY
    town.sari.forgets()
    for _ in range(2):
        await town.chores()
        await town.passes(1)
    assert [said for said in town.sari.heard if "belum menjawab" in said] == [
        f"{grouped(card.number)}: kantor desa belum menjawab apakah Bapak/Ibu boleh dikabari. Silakan tanya di sana."
    ]
    assert "Kantor desa ditanya dulu" in await town.sari.says(f"/daftar {card.number}")


async def test_of_a_number_that_is_done_nobody_who_waits_for_the_village_hears_anything(town: Town):
    card = await told_to_five(town)
    await asks(town, card)
    await town.carries(card, "handed_over")
    town.sari.forgets()
    town.clock += 31 * DAY
    await town.chores()
    await town.passes(1)
    assert town.sari.heard == []
    assert await ask(town.storage, "select count(*) from asker") == [(0,)]


async def test_who_follows_meanwhile_waits_for_nobodys_answer(any_town: Town):
    town = any_town
    card = await told_to_five(town)
    await asks(town, card)
    async with town.storage.transaction() as tx:
        await outbox.lose(tx, FAMILIES[0], "blocked", town.clock)
    await town.sari.says(f"/daftar {card.number}")
    assert (town.sari.chat,) in await ask(town.storage, "select chat from follow")
    assert await ask(town.storage, "select count(*) from asker") == [(0,)]


async def test_who_cannot_be_reached_takes_nobodys_place(town: Town):
    card = await told_to_five(town)
    async with town.storage.transaction() as tx:
        await outbox.lose(tx, FAMILIES[0], "blocked", town.clock)
    await asks(town, card)
    assert "/privasi" in town.sari.alert
    assert (town.sari.chat,) in await ask(town.storage, "select chat from follow")


async def test_only_the_village_decides(town: Town):
    card = await told_to_five(town)
    await asks(town, card)
    [(asker,)] = await ask(town.storage, "select id from asker")
    for who in (town.emma, town.simego, town.joko):
        await who.forges(Decide(asker, 1))
        assert who.alert
    assert await ask(town.storage, "select count(*) from asker") == [(1,)]
    await town.sari.says("/hapus")
    await town.sari.taps("Ya, hapus")
    assert await ask(town.storage, "select count(*) from asker") == [(0,)]


async def test_staff_follow_beside_the_families(town: Town):
    card = await told_to_five(town)
    await town.warni.says(card.number)
    await town.warni.taps("Kabari saya")
    assert (town.warni.chat,) in await ask(town.storage, "select chat from follow")


async def test_a_wait_ends_after_30_days_with_a_word_and_can_begin_anew(town: Town):
    number = draw()
    await town.sari.says(number)
    await town.sari.taps("Kabari bila sudah ada")
    town.sari.forgets()
    town.clock += 29 * DAY
    await town.chores()
    await town.passes(1)
    assert not [said for said in town.sari.heard if "30 hari" in said]
    town.clock += 2 * DAY
    for _ in range(2):
        await town.chores()
        await town.passes(1)
    [word] = [said for said in town.sari.heard if grouped(number) in said]
    assert "tidak didaftarkan dalam 30 hari" in word
    assert await ask(town.storage, "select count(*) from follow") == [(0,)]
    await town.sari.taps("Tunggu 30 hari lagi")
    assert await ask(town.storage, "select number from follow") == [(number,)]


async def test_whoever_deletes_everything_and_wants_to_be_told_again_rings_nobody_for_a_day(any_town: Town):
    town = any_town
    card = await told_to_five(town)
    await asks(town, card)
    await town.passes(1)
    await town.sari.forges(Forget(1))
    town.warni.forgets()
    assert "coba lagi sesudah Rabu 25 Nov" in await town.sari.says(f"/daftar {card.number}")
    await town.passes(1)
    assert (town.warni.heard, await ask(town.storage, "select count(*) from asker")) == ([], [(0,)])
    await town.sari.says(f"/daftar {draw()}")  # of what is not known yet nobody is asked
    assert len(await ask(town.storage, f"select number from follow where chat = {town.sari.chat}")) == 1
