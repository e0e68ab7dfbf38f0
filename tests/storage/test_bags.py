"""What waits for an officer, and the bag that one tap completes."""

import pytest

from storage import bags
from storage.records import Bag, MoveResult
from tests.storage.cast import (
    AGUS,
    DAY,
    DEWI,
    HADI,
    JOKO,
    MINUTE,
    NOW,
    RINI,
    SARI,
    SECOND,
    WATI,
    YANTI,
    Register,
)


async def waiting(register: Register, chat: int) -> list[tuple[str, str, int, int]]:
    async with register.storage.reading() as tx:
        return await bags.waiting(tx, register.workflow, await register.person(chat))


async def bag_of(register: Register, id: int | None) -> Bag:
    async with register.storage.reading() as tx:
        bag = await bags.get(tx, id or 0)
    assert bag
    return bag


async def tick(register: Register, bag: Bag, *places: int, chat: int, ticked: bool) -> Bag:
    async with register.storage.transaction() as tx:
        await bags.tick(tx, bag.id, places, chat, ticked=ticked)
    return await bag_of(register, bag.id)


async def complete(register: Register, bag: Bag, stage: str, chat: int) -> MoveResult:
    actor = await register.actor(chat)
    async with register.storage.transaction() as tx:
        return await bags.complete(tx, register.workflow, bag, stage, actor)


async def newcomers(register: Register, bag: Bag, chat: int) -> int:
    async with register.storage.reading() as tx:
        return await bags.newcomers(tx, register.workflow, await register.person(chat), bag)


# What waits


async def test_what_waits_is_grouped_by_leg_with_counts_and_the_oldest(register: Register):
    await register.brought(await register.one(), "at_district")
    register.now += MINUTE
    for stage in ("at_district", "issued", "handed_over"):
        await register.brought(await register.one(), stage)
    assert await waiting(register, JOKO) == [
        ("at_district", "to_registry", 2, NOW),
        ("issued", "from_registry", 1, NOW + MINUTE),
    ]


async def test_each_role_sees_its_own_legs(register: Register):
    for stage in ("filed", "to_district", "at_registry", "ready_at_district", "ready_at_village", "handed_over"):
        await register.brought(await register.one(), stage)
    legs = {chat: [leg[:2] for leg in await waiting(register, chat)] for chat in (WATI, YANTI, HADI, SARI)}
    assert legs == {
        WATI: [
            ("filed", "to_district"),
            ("ready_at_district", "to_village"),
            ("ready_at_village", "handed_over"),
        ],
        YANTI: [("to_district", "at_district"), ("ready_at_district", "handed_over")],
        HADI: [("at_registry", "issued")],
        SARI: [],
    }


async def test_a_village_officer_sees_their_own_village_and_one_of_two_sees_both(register: Register):
    await register.one()
    await register.one(village="simego", by=DEWI)
    assert [await waiting(register, chat) for chat in (WATI, RINI)] == [
        [("filed", "to_district", count, NOW)] for count in (1, 2)
    ]


# Packing


async def test_a_bag_holds_what_waits_now_oldest_first_everything_ticked(register: Register):
    young = await register.brought(await register.one(), "at_district")
    register.now -= MINUTE
    old = await register.brought(await register.one("KTP"), "at_district")
    bag = await bag_of(register, await register.pack(JOKO, "at_district", "to_registry"))
    assert (bag.chat, bag.from_stage, bag.to_stage, bag.act) == (
        JOKO, "at_district", "to_registry", None,
    )  # fmt: skip
    assert [(i.place, i.document, i.seen, i.ticked, i.number, i.type, i.village, i.stage) for i in bag.items] == [
        (0, old.id, old.version, 1, old.number, "KTP", "tlogopakis", "at_district"),
        (1, young.id, young.version, 1, young.number, "KK", "tlogopakis", "at_district"),
    ]


@pytest.mark.parametrize("chat, origin, to", [(JOKO, "issued", "from_registry"), (SARI, "filed", "to_district")])
async def test_no_bag_without_anything_to_put_into_it(register: Register, chat, origin, to):
    await register.one()
    assert await register.pack(chat, origin, to) is None


async def test_a_bag_holds_500_documents_at_most_which_move_as_one_act(register: Register):
    for _ in range(63):
        await register.filed(*register.workflow.types)
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    assert len(bag.items) == bags.MOST == 500
    assert await newcomers(register, bag, WATI) == 63 * len(register.workflow.types) - bags.MOST
    async with register.storage.transaction() as tx:
        result = await bags.complete(tx, register.workflow, bag, "to_district", await register.actor(WATI))
    assert len(result.moved) == bags.MOST
    assert await register.ask("select count(distinct act) from event where kind = 'move'") == [(1,)]


async def test_others_documents_do_not_crowd_ours_out(register: Register, monkeypatch):
    monkeypatch.setattr(bags, "MOST", 3)
    for _ in range(4):
        await register.one(village="simego", by=DEWI)
    register.now += SECOND
    ours = [await register.one(type) for type in ("KTP", "KK", "KTP", "KK")]
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    assert [item.document for item in bag.items] == [one.id for one in ours[:3]]


async def test_a_stage_from_which_kinds_go_different_ways_is_packed_by_leg(register: Register, monkeypatch):
    monkeypatch.setattr(bags, "MOST", 2)
    for type in ("KK", "KK", "PINDAH"):
        await register.brought(await register.one(type), "issued")
    bag = await bag_of(register, await register.pack(YANTI, "issued", "ready_at_district"))
    assert [item.type for item in bag.items] == ["PINDAH"]


async def test_what_comes_later_is_counted_and_not_looked_at(register: Register, monkeypatch):
    first = await register.one()
    bag = await bag_of(register, await register.pack(JOKO, "filed", "to_district"))
    await register.filed("KK", "AKL")
    await register.one(village="simego", by=DEWI)
    monkeypatch.setattr(bags, "_present", None)
    assert await newcomers(register, bag, JOKO) == 3
    await register.move(WATI, "to_district", first)
    assert await newcomers(register, await bag_of(register, bag.id), JOKO) == 3


# Ticking


async def test_a_tick_says_what_is_wanted_and_saying_it_again_changes_nothing(register: Register):
    await register.filed("KK", "AKL")
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    for _ in range(2):
        bag = await tick(register, bag, 0, chat=WATI, ticked=False)
        assert [item.ticked for item in bag.items] == [0, 1]
    bag = await tick(register, bag, 0, 1, chat=WATI, ticked=True)
    assert [item.ticked for item in bag.items] == [1, 1]


async def test_nobody_ticks_in_somebody_elses_bag_or_completes_it(register: Register):
    await register.one()
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    assert (await tick(register, bag, 0, chat=RINI, ticked=False)).items[0].ticked
    with pytest.raises(PermissionError):
        await complete(register, bag, "to_district", RINI)


@pytest.mark.parametrize("place", [-1, 9, 2**40])
async def test_a_line_that_is_not_there_changes_nothing(register: Register, place):
    await register.one()
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    assert await tick(register, bag, place, chat=WATI, ticked=False) == bag


# Completing


async def test_completing_moves_the_ticked_lines_as_one_act(register: Register):
    kk, akl = await register.filed("KK", "AKL")
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    bag = await tick(register, bag, 1, chat=WATI, ticked=False)
    result = await complete(register, bag, "to_district", WATI)
    assert [one.id for one in result.moved] == [kk.id]
    assert (await register.get(akl)).stage == "filed"
    assert (await bag_of(register, bag.id)).act == result.act


async def test_an_old_card_neither_moves_nor_ticks_anything_more(register: Register):
    await register.filed("KK", "AKL")
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    bag = await tick(register, bag, 1, chat=WATI, ticked=False)
    first = await complete(register, bag, "to_district", WATI)
    assert [item.ticked for item in (await tick(register, bag, 1, chat=WATI, ticked=True)).items] == [1, 0]
    repeated = await complete(register, bag, "to_district", WATI)
    assert (repeated.act, repeated.moved, len(repeated.repeated)) == (None, (), 1)
    assert (await bag_of(register, bag.id)).act == first.act


async def test_what_comes_later_is_counted_and_stays_behind(register: Register):
    await register.one()
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    await register.filed("KK", "AKL")
    await register.one(village="simego", by=DEWI)
    assert await newcomers(register, bag, WATI) == 2
    assert len((await complete(register, bag, "to_district", WATI)).moved) == 1
    assert await waiting(register, WATI) == [("filed", "to_district", 2, NOW)]


async def test_two_bags_with_the_same_documents_move_each_once(register: Register):
    for _ in range(3):
        await register.brought(await register.one(), "at_district")
    joko, agus = [await bag_of(register, await register.pack(c, "at_district", "to_registry")) for c in (JOKO, AGUS)]
    joko = await tick(register, joko, 2, chat=JOKO, ticked=False)
    assert len((await complete(register, joko, "to_registry", JOKO)).moved) == 2
    result = await complete(register, agus, "to_registry", AGUS)
    assert (len(result.moved), [overtaken.role for overtaken in result.overtaken]) == (1, ["courier", "courier"])


async def test_a_way_past_a_stage_can_be_taken_by_the_whole_bag(register: Register):
    kk = await register.brought(await register.one(), "ready_at_district")
    bag = await bag_of(register, await register.pack(WATI, "ready_at_district", "to_village"))
    result = await complete(register, bag, "ready_at_village", WATI)
    assert [(one.id, one.stage) for one in result.moved] == [(kk.id, "ready_at_village")]


async def test_lines_show_their_document_as_it_is_now(register: Register):
    kk = await register.one()
    bag = await bag_of(register, await register.pack(WATI, "filed", "to_district"))
    await register.move(RINI, "to_district", kk)
    [item] = (await bag_of(register, bag.id)).items
    assert (item.seen, item.version, item.stage) == (1, 2, "to_district")


async def test_old_bags_are_forgotten(register: Register):
    await register.one()
    old = await register.pack(WATI, "filed", "to_district")
    register.now += DAY
    young = await register.pack(WATI, "filed", "to_district")
    async with register.storage.transaction() as tx:
        await bags.purge(tx, NOW + DAY)
        assert await bags.get(tx, old or 0) is None
        assert await bags.get(tx, young or 0)
    assert await register.ask("select count(*) from bag_item") == [(1,)]
