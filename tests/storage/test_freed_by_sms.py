"""Of what goes on those telephones hear that were told that it stands still, on either engine."""

from storage.holds.queues import Queue
from storage.news import phones
from storage.records import Document
from storage.road import legs
from tests.storage.cast import HADI, JOKO, YANTI, Register
from tests.storage.holding import hold, hold_queue, release, release_queue
from tests.storage.test_corrections import put_right


async def followed(register: Register) -> tuple[Document, int]:
    """What stands still at the registry, and a telephone that was told so; another one that was not follows, too."""
    card = await register.brought(await register.one("KTP"), "at_registry")
    async with register.storage.transaction() as tx:
        told, other = [await phones.keep(tx, f"+62812{n:07}", "id", register.now) for n in range(2)]
        for id in (told, other):
            await phones.follow(tx, id, card.number, register.now)
        await phones.note_held(tx, told, card.request, [card.id, card.id + 1])
        await phones.note_held(tx, other, card.request, [card.id + 1])
        assert await phones.told_held(tx, told, card.request) == {card.id, card.id + 1}
    return card, told


async def by_sms(register: Register) -> list[int]:
    return [chat for chat, kind, *_ in await register.owed() if kind == "sms"]


async def test_a_document_that_is_let_go(register: Register):
    card, told = await followed(register)
    held = (await hold(register, HADI, "sign", card)).moved
    assert await by_sms(register) == []
    result = await release(register, HADI, *held)
    assert (await by_sms(register), result.told) == ([told], 1)


async def test_a_queue_that_is_let_go_and_one_of_which_the_hold_is_taken_back(register: Register):
    card, told = await followed(register)
    await hold_queue(register, HADI, Queue("at_registry"), "sign")
    await release_queue(register, HADI, card)
    assert await by_sms(register) == [told]
    result = await hold_queue(register, HADI, Queue("at_registry"), "sign")
    assert result
    await register.undo(HADI, result.act)
    assert await by_sms(register) == [told, told]


async def test_what_moves_on_though_it_is_held_and_then_moves_without(register: Register):
    card, told = await followed(register)
    held = (await hold(register, HADI, "sign", card)).moved
    issued = (await register.move(HADI, "issued", *held)).moved
    assert await by_sms(register) == [told]
    await register.move(JOKO, "from_registry", *issued)
    assert await by_sms(register) == [told]


async def test_what_is_told_afterwards_to_have_moved_on(register: Register):
    card, told = await followed(register)
    await hold(register, HADI, "sign", card)
    actor = (await register.actor(HADI))._replace(at=register.now, how="message")
    async with register.storage.transaction() as tx:
        await legs.record(tx, register.workflow, [card.id], "issued", actor)
    assert await by_sms(register) == [told]


async def test_what_is_put_right_to_be_elsewhere(register: Register):
    card, told = await followed(register)
    await hold(register, HADI, "sign", card)
    await put_right(register, YANTI, "at_district", await register.get(card))
    assert await by_sms(register) == [told]
