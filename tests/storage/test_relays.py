"""What a village's officers have to tell families whom no message reaches."""

from collections.abc import Awaitable, Callable

import pytest

from storage import audience, outbox
from storage.holds import returns
from storage.news import relays
from storage.news.relays import Relay
from storage.records import Document
from tests.storage.cast import BUDI, DAY, DEWI, JOKO, MINUTE, NOW, RINI, ROAD, SARI, WATI, YANTI, Register, seen
from tests.storage.holding import give_back, hold, release

Step = Callable[[Register, Document], Awaitable[None]]


async def keep(register: Register, card: Document) -> None:
    async with register.storage.transaction() as tx:
        await relays.keep(tx, card.request, register.now, on=True)


async def go_on(register: Register, card: Document, stage: str) -> Document:
    """The document, taken further along the road."""
    stages = [to for _, to in ROAD]
    for chat, to in ROAD[stages.index(card.stage) + 1 : stages.index(stage) + 1]:
        card = (await register.move(chat, to, card)).moved[0]
    return card


async def to_tell(register: Register, who: int = WATI) -> list[Relay]:
    person = await register.person(who)
    async with register.storage.reading() as tx:
        return await relays.of_person(tx, register.workflow, person, register.now)


async def away(register: Register, who: int) -> None:
    async with register.storage.transaction() as tx:
        await outbox.lose(tx, who, "blocked", register.now)


async def take_up(register: Register) -> int:
    async with register.storage.transaction() as tx:
        return await relays.take_up_lost(tx, register.workflow, register.now)


async def confirm(register: Register, relay: Relay, who: int = WATI) -> bool:
    post = relays.teller(await register.person(who), relay.village)
    async with register.storage.transaction() as tx:
        return await relays.confirm(tx, relay.request, relay.act, post.id if post else 0, register.now)


async def test_a_milestone_of_a_family_without_telegram_is_one_task_of_its_village(register: Register):
    card = await register.one()
    await keep(register, card)
    await register.brought(card, "ready_at_village")
    assert [(one.number, one.lost) for one in await to_tell(register)] == [(card.number, False)]
    assert await to_tell(register, DEWI) == []
    told = [(row[0], row[1]) for row in await register.owed() if row[1] == "relay"]
    assert told == [(WATI, "relay"), (RINI, "relay")] * 2  # ready at the district, ready at the village


async def test_whoever_tells_a_family_hears_of_it_once_and_not_as_staff_too(register: Register):
    card = await register.brought(await register.one(), "from_registry")
    await keep(register, card)
    await register.move(JOKO, "ready_at_district", card)
    assert [(row[0], row[1]) for row in await register.owed()] == [(WATI, "relay"), (RINI, "relay")]


async def test_whoever_tells_a_family_what_it_lacks_does_not_hear_as_staff_that_it_stopped(register: Register):
    card = await register.brought(await register.one(), "at_district")
    await keep(register, card)
    await hold(register, YANTI, "incomplete", card)
    assert [(row[0], row[1]) for row in await register.owed()] == [(WATI, "relay"), (RINI, "relay")]


async def incomplete(register: Register, card: Document) -> None:
    await hold(register, YANTI, "incomplete", card)


async def let_go(register: Register, card: Document) -> None:
    await release(register, YANTI, card)


async def sent_back(register: Register, card: Document) -> None:
    await give_back(register, YANTI, card)


async def taken_up(register: Register, card: Document) -> None:
    actor, [wanted] = await register.actor(YANTI), seen(card)
    async with register.storage.transaction() as tx:
        await returns.take_up(tx, register.workflow, wanted, actor)


async def carried_on(register: Register, card: Document) -> None:
    await register.move(JOKO, "to_registry", card)


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "not_yet_told"])
@pytest.mark.parametrize("stop, go", [(incomplete, let_go), (incomplete, carried_on), (sent_back, taken_up)])
async def test_a_family_that_somebody_told_of_a_standstill_is_told_that_it_goes_on(
    register: Register, stop: Step, go: Step, *, is_told: bool
):
    card = await register.brought(await register.one(), "at_district")
    await keep(register, card)
    await stop(register, card)
    [relay] = await to_tell(register)
    if is_told:
        assert await confirm(register, relay)
    await go(register, await register.get(card))
    assert [one.act > relay.act for one in await to_tell(register)] == [is_told]


async def test_of_what_nobody_was_told_that_it_stood_still_nothing_is_told(register: Register):
    card = await register.brought(await register.one(), "at_registry")
    await keep(register, card)
    await hold(register, BUDI, "blank", card)
    await release(register, BUDI, await register.get(card))
    assert await to_tell(register) == []


async def test_what_is_no_milestone_is_not_told(register: Register):
    card = await register.one()
    await keep(register, card)
    await register.brought(card, "from_registry")
    assert await to_tell(register) == []


async def test_one_officer_confirms_for_all_and_once(register: Register):
    card = await register.one()
    await keep(register, card)
    await register.brought(card, "ready_at_district")
    [relay] = await to_tell(register)
    assert [await confirm(register, relay, who) for who in (RINI, WATI)] == [True, False]
    assert await to_tell(register) == []


async def test_a_confirmation_says_nothing_of_what_happened_since(register: Register):
    card = await register.one()
    await keep(register, card)
    card = await register.brought(card, "ready_at_district")
    [relay] = await to_tell(register)
    await go_on(register, card, "ready_at_village")
    assert await confirm(register, relay)
    assert [one.act > relay.act for one in await to_tell(register)] == [True]


async def test_a_task_is_as_old_as_its_first_milestone_and_goes_on_to_the_district(register: Register):
    card = await register.one()
    await keep(register, card)
    card = await register.brought(card, "ready_at_district")
    register.now += 2 * DAY
    await go_on(register, card, "ready_at_village")
    async with register.storage.reading() as tx:
        back = await relays.in_village(tx, register.workflow, "tlogopakis", register.now, relays.COMES_BACK)
    assert [one.days for one in back] == [2]
    assert await to_tell(register, YANTI) == []
    register.now += 4 * DAY  # over a weekend
    assert [one.number for one in await to_tell(register, YANTI)] == [card.number]


async def test_who_is_gone_is_such_a_task_by_itself_until_they_return(register: Register):
    card = await register.one()
    await register.follow(SARI, card.number)
    await register.brought(card, "ready_at_district")
    assert await to_tell(register) == []
    await away(register, SARI)
    assert [await take_up(register) for _ in range(2)] == [1, 0]
    assert [(one.number, one.lost) for one in await to_tell(register)] == [(card.number, True)]
    async with register.storage.transaction() as tx:
        await outbox.find(tx, SARI, register.now)
    assert await to_tell(register) == []


async def test_of_whoever_is_gone_already_the_next_milestone_is_a_task_at_once(register: Register):
    card = await register.one()
    await register.follow(SARI, card.number)
    await away(register, SARI)
    await register.brought(card, "ready_at_district")
    assert [one.number for one in await to_tell(register)] == [card.number]


async def test_those_are_counted_who_can_be_reached(register: Register):
    card = await register.brought(await register.one(), "from_registry")
    for who in (SARI, BUDI):
        await register.follow(who, card.number)
    assert (await register.move(JOKO, "ready_at_district", card)).told == 2
    other = await register.brought(await register.one(), "from_registry")
    for who in (SARI, BUDI):
        await register.follow(who, other.number)
    await away(register, SARI)
    moved = await register.move(JOKO, "ready_at_district", other)
    assert moved.told == 2  # Budi, and Sari's family by the village
    async with register.storage.reading() as tx:
        assert await audience.told(tx, moved.act or 0) == 2


async def test_what_is_taken_back_is_no_task_and_who_told_it_puts_it_right(register: Register):
    for told in (False, True):
        card = await register.brought(await register.one(), "from_registry")
        await keep(register, card)
        act = (await register.move(JOKO, "ready_at_district", card)).act
        if told:
            assert await confirm(register, (await to_tell(register))[0])
        await register.undo(JOKO, act)
        assert [one.number for one in await to_tell(register)] == [card.number] * told


@pytest.mark.parametrize("village, hearing", [("tlogopakis", [WATI, RINI]), ("kasimpar", [YANTI])])
async def test_where_no_officer_is_the_district_hears(register: Register, village: str, hearing: list[int]):
    card = await register.one(village=village, by=YANTI)
    await keep(register, card)
    await go_on(register, card, "ready_at_district")
    assert [row[0] for row in await register.owed() if row[1] == "relay"] == hearing


async def test_once_it_is_handed_over_nobody_need_be_told(register: Register):
    card = await register.one()
    await keep(register, card)
    await register.brought(card, "handed_over")
    assert await to_tell(register) == []


async def test_a_hand_over_that_is_taken_back_leaves_the_family_to_be_told(register: Register):
    card = await register.one()
    await keep(register, card)
    card = await register.brought(card, "ready_at_village")
    register.now += MINUTE
    act = (await register.move(WATI, "handed_over", card)).act
    assert await to_tell(register) == []
    register.now += MINUTE
    await register.undo(WATI, act)
    assert [one.number for one in await to_tell(register)] == [card.number]


async def test_of_each_family_that_is_gone_its_village_hears(register: Register):
    cards = [await register.brought(await register.one(), "from_registry") for _ in range(2)]
    for who, card in zip((SARI, BUDI), cards, strict=True):
        await register.follow(who, card.number)
    await register.move(JOKO, "ready_at_district", *cards)
    for who in (SARI, BUDI):
        await away(register, who)
        await take_up(register)
    told = [(row[0], row[3]) for row in await register.owed() if row[1] == "relay"]
    assert sorted(told) == sorted((chat, card.request) for chat in (WATI, RINI) for card in cards)


async def test_what_is_long_over_is_forgotten(register: Register):
    card = await register.one()
    await keep(register, card)
    await register.brought(card, "handed_over")
    async with register.storage.transaction() as tx:
        await relays.purge(tx, NOW + relays.KEPT)
    assert await register.ask("select count(*) from relay") != [(0,)]
    async with register.storage.transaction() as tx:
        await relays.purge(tx, NOW + relays.KEPT + DAY)
    assert await register.ask("select count(*) from relay union all select count(*) from proxy") == [(0,), (0,)]
