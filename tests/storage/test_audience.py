"""Who is told of an act, and when."""

from dataclasses import replace

from storage import audience, outbox, people
from storage.outbox import Due
from tests.storage.cast import BUDI, DAY, DEWI, JOKO, LASTRI, MINUTE, NOW, RINI, SARI, SECOND, WATI, YANTI, Register

GRACE = 10 * SECOND


async def test_followers_are_told_when_the_grace_ends(register: Register):
    kk, other = await register.one(), await register.one()
    await register.follow(SARI, kk.number)
    await register.follow(BUDI, other.number)
    result = await register.move(WATI, "to_district", kk)
    assert await register.owed() == [(SARI, "act", result.act, kk.request, NOW + GRACE)]


async def test_one_notice_per_act_request_and_chat(register: Register):
    kk, akl = await register.filed("KK", "AKL")
    ktp = await register.one("KTP")
    for number in (kk.number, ktp.number):
        await register.follow(SARI, number)
        await register.follow(BUDI, number)
    result = await register.move(WATI, "to_district", kk, akl, ktp)
    assert sorted((row[0], row[3]) for row in await register.owed()) == sorted(
        (chat, request) for chat in (SARI, BUDI) for request in (kk.request, ktp.request)
    )
    async with register.storage.reading() as tx:
        assert await audience.told(tx, result.act or 0) == 2


async def test_whoever_acts_is_not_told_of_it(register: Register):
    kk = await register.one()
    await register.follow(WATI, kk.number)
    await register.follow(SARI, kk.number)
    await register.move(WATI, "to_district", kk)
    assert [row[0] for row in await register.owed()] == [SARI]


async def test_whoever_acts_is_not_told_of_it_by_their_other_post_either(register: Register):
    kk = await register.brought(await register.one(), "from_registry")
    async with register.storage.transaction() as tx:
        await people.give_post(tx, JOKO, "village_officer", "tlogopakis", None, NOW)
    await register.move(JOKO, "ready_at_district", kk)
    assert sorted(row[0] for row in await register.owed()) == [WATI, RINI]


async def test_officers_of_the_village_are_told_when_something_is_ready_for_them(register: Register):
    ours = await register.brought(await register.one(), "from_registry")
    await register.move(JOKO, "ready_at_district", ours)
    assert sorted(row[0] for row in await register.owed()) == [WATI, RINI]


async def test_an_officer_who_also_follows_is_told_once(register: Register):
    kk = await register.brought(await register.one(), "from_registry")
    await register.follow(WATI, kk.number)
    await register.move(JOKO, "ready_at_district", kk)
    assert sorted(row[0] for row in await register.owed()) == [WATI, RINI]


async def test_of_what_comes_in_together_staff_are_told_once(register: Register):
    three = [await register.brought(await register.one(), "from_registry") for _ in range(3)]
    await register.follow(SARI, three[0].number)
    result = await register.move(JOKO, "ready_at_district", *three)
    told = {chat: (kind, request) for chat, kind, act, request, _ in await register.owed() if act == result.act}
    assert told == {SARI: ("act", three[0].request), WATI: ("staff", None), RINI: ("staff", None)}


async def test_staff_hear_as_followers_of_what_they_follow_and_once_of_the_rest(register: Register):
    three = [await register.brought(await register.one(), "from_registry") for _ in range(3)]
    await register.follow(WATI, three[0].number)
    await register.move(JOKO, "ready_at_district", *three)
    assert [(row[1], row[3]) for row in await register.owed(WATI)] == [("act", three[0].request), ("staff", None)]


async def test_a_role_without_villages_can_be_told_too(register: Register):
    stages = [
        replace(s, tell=("district_desk",)) if s.key == "issued" else s for s in register.workflow.district.stages
    ]
    register.workflow = type(register.workflow)(replace(register.workflow.district, stages=tuple(stages)))
    kk = await register.brought(await register.one(), "at_registry")
    await register.move(JOKO, "issued", kk)
    assert [row[0] for row in await register.owed()] == [YANTI]


async def test_a_dismissed_officer_is_not_told(register: Register):
    kk = await register.brought(await register.one(), "from_registry")
    await register.ask(f"update post set until = {NOW} where chat = {RINI} returning id")
    await register.move(JOKO, "ready_at_district", kk)
    assert [row[0] for row in await register.owed()] == [WATI]


async def test_a_wait_that_has_run_out_is_not_told(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number, known=False)
    register.now += 31 * DAY
    await register.move(WATI, "to_district", kk)
    assert await register.owed() == []


async def test_for_a_paused_chat_it_falls_due_behind_what_is_owed_already(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    first = await register.move(WATI, "to_district", kk)
    async with register.storage.transaction() as tx:
        await outbox.pause(tx, SARI, NOW + MINUTE)
    second = await register.move(JOKO, "at_district", *first.moved)
    assert [(row[2], row[4]) for row in await register.owed()] == [
        (first.act, NOW + MINUTE),
        (second.act, NOW + MINUTE),
    ]


async def test_for_a_chat_that_is_away_it_waits_until_they_return_and_the_grace_is_over(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    async with register.storage.transaction() as tx:
        await outbox.lose(tx, SARI, "blocked", NOW)
    result = await register.move(WATI, "to_district", kk)
    assert await register.owed() == [(SARI, "act", result.act, kk.request, None)]
    async with register.storage.transaction() as tx:
        assert await outbox.find(tx, SARI, NOW + SECOND)
        assert not await outbox.find(tx, SARI, NOW + SECOND)
    assert await register.owed() == [(SARI, "act", result.act, kk.request, NOW + GRACE)]


async def test_the_midwife_is_told_what_she_follows_and_nothing_else(register: Register):
    kk = await register.brought(await register.one(by=LASTRI), "from_registry")
    other = await register.brought(await register.one(by=DEWI, village="simego"), "filed")
    await register.follow(LASTRI, other.number)
    await register.move(JOKO, "ready_at_district", kk)
    await register.move(DEWI, "to_district", other)
    assert [row[3] for row in await register.owed(LASTRI)] == [other.request]


async def test_what_is_put_down_under_a_key_stays_as_it_is(register: Register):
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, [Due("a", SARI, "answer", outbox.ANSWER, NOW, facts={"view": "first"})], NOW)
        await outbox.owe(tx, [Due("a", BUDI, "answer", outbox.ANSWER, NOW + 1, facts={"view": "second"})], NOW)
    assert await register.ask("select chat, facts from outbox") == [(SARI, '{"view":"first"}')]
