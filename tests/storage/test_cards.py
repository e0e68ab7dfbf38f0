"""The status cards that are kept up to date: one of each receipt in a chat, and only while it is followed."""

from storage import people
from storage.news import cards
from tests.storage.cast import BUDI, DAY, NOW, SARI, Register


async def kept(register: Register) -> list[tuple[int, int]]:
    return [(chat, message) for chat, message in await register.ask("select chat, message from card order by chat")]


async def test_of_each_receipt_the_newest_card_of_a_chat_is_kept_and_of_whoever_follows_alone(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    async with register.storage.transaction() as tx:
        for chat, message in ((SARI, 7), (SARI, 9), (SARI, 9), (BUDI, 8), (SARI, 8)):
            await cards.keep(tx, chat, cards.Status(kk.request, kk.version), message, NOW)
    assert await kept(register) == [(SARI, 9)]


async def test_a_card_that_was_under_way_while_something_happened_is_owed_that(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    for message, steps in ((7, kk.version - 1), (8, kk.version)):
        async with register.storage.transaction() as tx:
            await cards.keep(tx, SARI, cards.Status(kk.request, steps), message, NOW)
    assert [key for (key,) in await register.ask("select key from outbox")] == [f"card:{SARI}:{kk.request}:7"]


async def test_no_card_outlives_the_following(register: Register):
    one, other = await register.one(), await register.one("KTP")
    for number in (one.number, other.number):
        await register.follow(SARI, number)
    async with register.storage.transaction() as tx:
        await cards.keep(tx, SARI, cards.Status(one.request, 1), 1, NOW)
        await cards.keep(tx, SARI, cards.Status(other.request, 1), 2, NOW)
        await people.unfollow(tx, SARI, one.number, NOW)
    assert await kept(register) == [(SARI, 2)]
    async with register.storage.transaction() as tx:
        await tx.all("unfollow_all", chat=SARI)  # as the purge does, 30 days after the end
        await people.purge(tx, NOW + DAY)
    assert await kept(register) == []


async def test_whoever_is_forgotten_leaves_no_card_and_no_choice(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    async with register.storage.transaction() as tx:
        await cards.choose(tx, SARI, cards.EVERY_STAGE)
        await cards.keep(tx, SARI, cards.Status(kk.request, 1), 1, NOW)
    assert (await register.person(SARI)).news == cards.EVERY_STAGE
    async with register.storage.transaction() as tx:
        await people.forget(tx, SARI)
    assert (await kept(register), (await register.person(SARI)).news) == ([], "")
