"""Who stands in for whom: asked at each tap from the row and the two posts, ended in one place, and never a chain."""

import pytest

from storage import bags, people
from storage.deputies import carried, stand_ins
from storage.deputies.stand_ins import StandIn, Unfit
from storage.records import Actor, Post
from tests.storage.cast import AGUS, CAMAT, DAY, HADI, HOUR, JOKO, NOW, SEKCAM, WATI, YANTI, Register
from tests.storage.race import Work, race

UNTIL = NOW + 3 * DAY


async def own(register: Register, chat: int) -> Post:
    return (await register.person(chat)).own[0]


async def asked(register: Register, away: int, deputy: int, until: int = UNTIL) -> StandIn:
    lent, colleague = await own(register, away), await own(register, deputy)
    async with register.storage.transaction() as tx:
        return await stand_ins.ask(tx, lent, colleague, until, lent.id, register.now)


async def lent(register: Register, away: int, deputy: int, until: int = UNTIL) -> StandIn:
    one = await asked(register, away, deputy, until)
    async with register.storage.transaction() as tx:
        assert await stand_ins.accept(tx, one, register.now)
    return one


async def held(register: Register, chat: int) -> list[tuple[str, str]]:
    return [(post.role, post.village) for post in (await register.person(chat)).posts]


async def news(register: Register) -> list[tuple[int, str]]:
    rows = await register.ask("select chat, key from outbox where kind = 'stand_in' order by id")
    return [(chat, key.split(":")[2]) for chat, key in rows]


async def test_what_is_lent_stands_behind_what_is_ones_own_until_the_moment_it_ends(register: Register):
    one = await lent(register, WATI, JOKO)
    joko = await register.person(JOKO)
    assert [(post.role, post.deputy, post.chat) for post in joko.posts] == [
        ("courier", 0, JOKO),
        ("village_officer", one.deputy.id, WATI),
    ]
    assert [post.covered for post in (await register.person(WATI)).posts] == [1]
    register.now = UNTIL - 1
    assert len(await held(register, JOKO)) == 2
    register.now = UNTIL
    assert await held(register, JOKO) == [("courier", "")]
    assert [post.covered for post in (await register.person(WATI)).posts] == [0]


@pytest.mark.parametrize(("away", "deputy"), [(AGUS, JOKO), (JOKO, AGUS)])  # whosever post is older
async def test_work_is_marked_as_lent_if_all_of_it_is(register: Register, away: int, deputy: int):
    one, other = [await register.one() for _ in range(2)]
    await register.move(away, "to_district", one)
    await lent(register, away, deputy)
    assert await carried_by(register, deputy) == [(1, True)]
    await register.move(deputy, "to_district", other)
    assert await carried_by(register, deputy) == [(2, False)]


async def carried_by(register: Register, chat: int) -> list[tuple[int, bool]]:
    """How much they carry to the district, and whether it is marked."""
    async with register.storage.reading() as tx:
        legs = await bags.legs(tx, register.workflow, await register.person(chat), "to_district")
    return [(one.count, one.lent) for one in legs if one.mine]


async def test_without_a_time_nobody_stands_in(register: Register):
    await lent(register, WATI, JOKO)
    async with register.storage.reading() as tx:
        assert (await people.get(tx, JOKO)).roles == ("courier",)


async def test_what_is_only_asked_gives_nothing(register: Register):
    await asked(register, WATI, JOKO)
    assert await held(register, JOKO) == [("courier", "")]


async def test_on_duty_is_who_stands_in_and_not_who_is_away(register: Register):
    await lent(register, WATI, JOKO)
    async with register.storage.reading() as tx:
        duty = {person.chat: [post.role for post in person.posts] for person in await people.on_duty(tx, NOW)}
    assert duty[JOKO] == ["courier", "village_officer"]
    assert WATI not in duty


async def test_a_menu_is_that_of_the_posts_and_of_what_is_lent(register: Register):
    await lent(register, WATI, JOKO)
    for now, roles in ((NOW, {"courier", "village_officer"}), (UNTIL, {"courier"})):
        async with register.storage.reading() as tx:
            found = {person.chat: set(person.roles) for person, _ in await people.menus(tx, now)}
        assert found[JOKO] == roles


async def test_an_act_is_by_the_post_and_done_by_the_deputy(register: Register):
    await lent(register, WATI, HADI)
    kk = await register.brought(await register.one(), "ready_at_district")
    register.now += HOUR
    moved = await register.move(HADI, "to_village", kk)
    [event] = await register.ask(f"select role, chat, deputy_role from event_told where act = {moved.act}")
    assert tuple(event) == ("village_officer", HADI, "registry_desk")
    assert [(await own(register, chat)).last_act_at for chat in (WATI, HADI)] == [NOW, NOW + HOUR]
    assert await register.undo(WATI, moved.act) is None
    assert await register.undo(HADI, moved.act)


async def test_what_was_withdrawn_is_not_accepted(register: Register):
    one = await asked(register, WATI, JOKO)
    async with register.storage.transaction() as tx:
        assert await stand_ins.end(tx, one.id, WATI, NOW)
        assert not await stand_ins.accept(tx, one, NOW)
    assert await news(register) == [(JOKO, "asked"), (JOKO, "ended")]


async def test_it_is_over_once_and_both_are_told(register: Register):
    await lent(register, WATI, JOKO)
    register.now = UNTIL
    for any_ in (True, False):
        async with register.storage.transaction() as tx:
            assert await stand_ins.over(tx, register.now) == any_
    assert sorted(await news(register))[-2:] == [(JOKO, "asked"), (JOKO, "over")]
    assert (WATI, "over") in await news(register)


@pytest.mark.parametrize("whose, told", [(JOKO, {WATI, CAMAT, SEKCAM}), (WATI, {JOKO})], ids=["deputy", "away"])
async def test_it_ends_with_the_post_of_either(register: Register, whose: int, told: set[int]):
    await lent(register, WATI, JOKO)
    post = await own(register, whose)
    async with register.storage.transaction() as tx:
        assert await people.dismiss(tx, post.id, NOW)
    assert {chat for chat, what in await news(register) if what == "post_ended"} == told
    assert await register.ask("select count(*) from stand_in where ended_at is null") == [(0,)]


async def test_a_head_is_not_lent_and_nobody_stands_in_for_themselves(register: Register):
    for away, deputy in ((CAMAT, JOKO), (JOKO, JOKO)):
        with pytest.raises(Unfit):
            await asked(register, away, deputy)


async def test_nobody_stands_in_who_is_away_and_nobody_is_away_who_stands_in(register: Register):
    await lent(register, WATI, JOKO)
    with pytest.raises(Unfit, match="stands_in"):
        await asked(register, JOKO, AGUS)
    with pytest.raises(Unfit, match="is_away"):
        await asked(register, YANTI, WATI)


async def test_papers_are_handed_on_with_their_history_and_their_holds(register: Register):
    kk = await register.brought(await register.one(), "to_registry")
    giver, taker = await own(register, JOKO), await own(register, AGUS)
    async with register.storage.transaction() as tx:
        actor = Actor(await people.get(tx, JOKO, NOW), NOW)
        assert await carried.hand_on(tx, register.workflow, giver, taker, actor)
    now = await register.get(kk)
    assert (now.stage, now.since, now.holder, now.version) == ("to_registry", kk.since, taker.id, kk.version + 1)
    assert (await register.ask("select kind from event order by version desc limit 1")) == [("pass",)]


# Races


async def acceptance(register: Register, one: StandIn) -> Work:
    return lambda tx: stand_ins.accept(tx, one, NOW)


async def dismissal(register: Register, chat: int) -> Work:
    post = await own(register, chat)
    return lambda tx: people.dismiss(tx, post.id, NOW)


@pytest.mark.parametrize("first", [0, 1], ids=["acceptance first", "dismissal first"])
@pytest.mark.parametrize("whose", [WATI, JOKO], ids=["away", "deputy"])
async def test_an_acceptance_that_races_with_a_dismissal_leaves_nothing_lent(
    register: Register, engine, whose: int, first: int
):
    works = [await acceptance(register, await asked(register, WATI, JOKO)), await dismissal(register, whose)]
    await race(register.storage, engine, works[first], works[not first], before=("accept_stand_in", "end_stand_in"))
    assert await register.ask("select count(*) from stand_in where ended_at is null") == [(0,)]
    assert len(await held(register, JOKO)) == int(whose != JOKO)


async def test_of_two_who_ask_for_one_post_at_once_one_does(register: Register, engine):
    away, agus, yanti = await own(register, JOKO), await own(register, AGUS), await own(register, YANTI)
    works: list[Work] = [
        lambda tx, to=to: stand_ins.ask(tx, away, to, UNTIL, away.id, NOW)  # type: ignore[misc]  # mypy: a default
        for to in (agus, yanti)
    ]
    got = await race(register.storage, engine, *works, before="ask_stand_in", losing=Unfit, alone=True)
    assert [isinstance(one, Unfit) for one in got] == [False, True]


async def test_of_two_who_accept_each_other_at_once_one_is_away(register: Register, engine):
    works = [await acceptance(register, await asked(register, a, b)) for a, b in ((JOKO, AGUS), (AGUS, JOKO))]
    got = await race(register.storage, engine, *works, before="accept_stand_in", losing=Unfit, alone=True)
    assert [got[0], isinstance(got[1], Unfit)] == [True, True]


async def test_an_end_that_races_with_its_last_day_is_told_once(register: Register, engine):
    one = await lent(register, WATI, JOKO)
    register.now = UNTIL
    works: list[Work] = [lambda tx: stand_ins.end(tx, one.id, WATI, UNTIL), lambda tx: stand_ins.over(tx, UNTIL)]
    await race(register.storage, engine, *works, before="end_stand_in")
    ends = [(chat, what) for chat, what in await news(register) if what in ("ended", "over")]
    assert sum(chat == JOKO for chat, _ in ends) == 1
