"""Taking back: for ten minutes, by whoever did it, exactly as it was; who was told hears of it."""

import pytest

from storage import ledger, outbox
from tests.storage.cast import AGUS, BUDI, HADI, JOKO, MINUTE, NOW, RINI, SARI, SECOND, WATI, YANTI, Register
from tests.storage.holding import hold


async def test_a_move_is_taken_back_by_an_event_of_its_own(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    result = await register.move(WATI, "to_district", kk)
    register.now += 3 * SECOND
    back = await register.undo(WATI, result.act)
    assert back
    assert back.moved == (await register.get(kk),) == (kk._replace(version=3),)
    async with register.storage.reading() as tx:
        event = (await ledger.history(tx, kk.id))[-1]
        act = await ledger.act_of(tx, result.act or 0)
    assert (event.kind, event.from_stage, event.to_stage, event.at) == ("undo", "to_district", "filed", register.now)
    assert (event.act, event.role, event.village) == (back.act, "village_officer", "tlogopakis")
    assert act
    assert act.undone_by == back.act


async def test_nobody_is_told_of_what_was_taken_back(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    result = await register.move(WATI, "to_district", kk)
    assert len(await register.owed()) == 1
    await register.undo(WATI, result.act)
    assert await register.owed() == []


async def test_nor_is_the_village_told_of_several_requests_that_were_taken_back_together(register: Register):
    cards = [await register.brought(await register.one(), "from_registry") for _ in range(2)]
    before = await register.owed(WATI)
    result = await register.move(JOKO, "ready_at_district", *cards)
    assert [row[1] for row in await register.owed(WATI)] == [*[row[1] for row in before], "staff"]
    await register.undo(JOKO, result.act)
    assert await register.owed(WATI) == before


async def test_a_document_taken_back_twice_still_knows_since_when(register: Register):
    kk = await register.one()
    for _ in range(2):
        register.now += MINUTE
        result = await register.move(WATI, "to_district", await register.get(kk))
        await register.undo(WATI, result.act)
    assert await register.get(kk) == kk._replace(version=5)


async def test_a_hold_comes_back_with_its_dates_and_the_holder_with_their_post(register: Register):
    kk = await register.brought(await register.one(), "at_registry")
    await register.ask(
        f"update document set hold = 'sign', hold_since = 7, hold_review = 9 where id = {kk.id} returning 1"
    )
    held = await register.get(kk)
    result = await register.move(JOKO, "issued", held)
    assert (result.moved[0].hold, result.moved[0].hold_since, (await register.get(kk)).hold_review) == (
        None,
        None,
        None,
    )
    await register.undo(JOKO, result.act)
    assert await register.get(kk) == held._replace(version=held.version + 2)
    assert held.holder


async def test_a_closed_request_opens_again(register: Register):
    kk = await register.brought(await register.one(), "ready_at_district")
    result = await register.move(YANTI, "handed_over", kk)
    assert await register.ask("select closed_at from request") == [(NOW,)]
    await register.undo(YANTI, result.act)
    assert await register.ask("select r.closed_at, d.closed_at from request r, document d") == [(None, None)]


@pytest.mark.parametrize("later, taken_back", [(10 * MINUTE - 1, True), (10 * MINUTE, False)])
async def test_it_can_be_taken_back_for_ten_minutes(register: Register, later, taken_back):
    kk = await register.one()
    result = await register.move(WATI, "to_district", kk)
    register.now += later
    assert bool(await register.undo(WATI, result.act)) is taken_back
    assert (await register.get(kk)).stage == ("filed" if taken_back else "to_district")


async def test_it_is_taken_back_once(register: Register):
    kk = await register.one()
    result = await register.move(WATI, "to_district", kk)
    assert await register.undo(WATI, result.act)
    assert await register.undo(WATI, result.act) is None
    assert (await register.get(kk)).version == 3


@pytest.mark.parametrize("chat", [AGUS, SARI], ids=["colleague", "citizen"])
async def test_only_whoever_did_it_can_take_it_back(register: Register, chat):
    kk = await register.brought(await register.one(), "to_district")
    result = await register.move(JOKO, "at_district", kk)
    assert await register.undo(chat, result.act) is None
    assert (await register.get(kk)).stage == "at_district"


async def test_whoever_was_dismissed_in_between_takes_nothing_back(register: Register):
    kk = await register.brought(await register.one(), "to_district")
    result = await register.move(JOKO, "at_district", kk)
    await register.ask(f"update post set until = {NOW} where chat = {JOKO} returning id")
    assert await register.undo(JOKO, result.act) is None


async def test_whoever_keeps_such_a_post_for_another_village_takes_nothing_back_in_this_one(register: Register):
    kk = await register.one()
    result = await register.move(RINI, "to_district", kk)
    await register.ask(f"update post set until = {NOW} where chat = {RINI} and village = 'tlogopakis' returning id")
    assert await register.undo(RINI, result.act) is None
    assert (await register.get(kk)).stage == "to_district"


async def test_an_undo_and_a_filing_cannot_be_taken_back(register: Register):
    kk = await register.one()
    [(filing,)] = await register.ask("select id from act")
    back = await register.undo(WATI, (await register.move(WATI, "to_district", kk)).act)
    assert back
    assert await register.undo(WATI, filing) is None
    assert await register.undo(WATI, back.act) is None
    assert await register.undo(WATI, 404) is None


async def test_what_others_moved_on_stays_and_they_are_named(register: Register):
    kk, akl = [await register.brought(one, "to_district") for one in await register.filed("KK", "AKL")]
    await register.follow(BUDI, kk.number)
    result = await register.move(JOKO, "at_district", kk, akl)
    register.now += SECOND
    await register.move(YANTI, "at_district", kk)  # changes nothing
    await register.move(AGUS, "to_registry", result.moved[0])
    register.now += SECOND
    back = await register.undo(JOKO, result.act)
    assert back
    assert [(one.type, one.stage) for one in back.moved] == [("AKL", "to_district")]
    [overtaken] = back.overtaken
    assert (overtaken.document.type, overtaken.document.stage, overtaken.role) == ("KK", "to_registry", "courier")
    assert overtaken.at == NOW + SECOND
    assert [row[2] for row in await register.owed(BUDI)] != [result.act]


async def test_who_was_told_is_owed_a_correction_and_who_was_not_yet_hears_nothing(register: Register):
    kk, akl = [await register.brought(one, "to_district") for one in await register.filed("KK", "AKL")]
    other = await register.brought(await register.one(), "to_district")
    for number in (kk.number, other.number):
        await register.follow(SARI, number)
    result = await register.move(JOKO, "at_district", kk, akl, other)
    first, second = await register.ask(f"select id, request from outbox where chat = {SARI} order by id")
    await register.ask(f"update outbox set sent_at = {NOW} where id = {first[0]} returning id")
    back = await register.undo(JOKO, result.act)
    assert back
    assert await register.ask(f"select kind, act, request from outbox where chat = {SARI} and sent_at is null") == [
        ("regret", back.act, first[1])
    ]
    assert await register.ask(f"select count(*) from outbox where request = {second[1]}") == [(0,)]


@pytest.mark.parametrize("gather, said", [(0, [None]), (SECOND, [None]), (6 * SECOND, ["blank", "blank"])])
async def test_a_hold_is_told_with_its_step_in_its_own_time_alone_and_corrected_if_it_was(
    register: Register, gather: int, said: list[str | None]
):
    card = await register.brought(await register.one("KTP"), "to_registry")
    await register.follow(SARI, card.number)
    async with register.storage.transaction() as tx:
        await outbox.lose(tx, SARI, "blocked", register.now)
    (moved,) = (await register.move(JOKO, "at_registry", card)).moved
    register.now += 5 * SECOND
    held = await hold(register, HADI, "blank", moved)
    register.now += 6 * SECOND + (gather if len(said) == 2 else 0)
    async with register.storage.transaction() as tx:
        await outbox.find(tx, SARI, register.now)
        [owed] = [one for one in await outbox.claim(tx, outbox.NOTICE, register.now, 50, gather) if one.chat == SARI]
        await outbox.sent(tx, owed.ids, register.now)
    assert [stop.hold for stop in owed.stops] == said
    await register.undo(HADI, held.act)
    assert [kind for _, kind, *_ in await register.owed(SARI)] == ["regret"] * (len(said) - 1)


async def test_a_hold_counts_as_told_with_the_step_that_met_it_and_with_no_other(register: Register):
    card = await register.brought(await register.one("KTP"), "at_district")
    await register.follow(SARI, card.number)
    await register.move(JOKO, "to_registry", card)
    register.now += 5 * SECOND
    (moved,) = (await register.move(JOKO, "at_registry", await register.get(card))).moved
    await hold(register, HADI, "blank", moved)
    register.now += 6 * SECOND
    async with register.storage.transaction() as tx:
        assert [len(one.ids) for one in await outbox.claim(tx, outbox.NOTICE, register.now, 50)] == [1]


async def test_of_a_document_that_was_moved_on_the_news_stands(register: Register):
    kk, akl = [await register.brought(one, "to_district") for one in await register.filed("KK", "AKL")]
    other = await register.brought(await register.one(), "to_district")
    for number in (kk.number, other.number):
        await register.follow(SARI, number)
    result = await register.move(JOKO, "at_district", kk, akl, other)
    await register.ask(f"update outbox set sent_at = {NOW} returning id")
    await register.move(AGUS, "to_registry", result.moved[2])
    back = await register.undo(JOKO, result.act)
    assert back
    assert await register.ask("select request from outbox where kind = 'regret'") == [(kk.request,)]


async def test_of_a_document_that_was_moved_on_the_news_is_owed_as_before(register: Register):
    kk, other = [await register.brought(await register.one(), "to_district") for _ in range(2)]
    for number in (kk.number, other.number):
        await register.follow(SARI, number)
    result = await register.move(JOKO, "at_district", kk, other)
    await register.move(AGUS, "to_registry", result.moved[1])
    assert await register.undo(JOKO, result.act)
    assert await register.ask(f"select request from outbox where act = {result.act}") == [(other.request,)]


async def test_what_is_told_together_overtakes_no_correction(register: Register):
    other, card = await register.one(), await register.one()
    for one in (other, card):
        await register.follow(SARI, one.number)
    mistaken = await register.move(WATI, "to_district", card)
    async with register.storage.transaction() as tx:
        for owed in await outbox.claim(tx, outbox.NOTICE, NOW + 10 * SECOND, 50):
            await outbox.sent(tx, owed.ids, NOW + 10 * SECOND)
        await outbox.lose(tx, SARI, "blocked", NOW + 10 * SECOND)
    for step in ("other", "back", "again"):
        register.now += MINUTE
        if step == "back":
            await register.undo(WATI, mistaken.act)
        else:
            await register.move(WATI, "to_district", await register.get(other if step == "other" else card))
    register.now += MINUTE
    async with register.storage.transaction() as tx:
        await outbox.find(tx, SARI, register.now)
        found = await outbox.claim(tx, outbox.NOTICE, register.now, 50, 2 * MINUTE)
    told = [(one.kind, one.number) for one in sorted(found, key=lambda one: one.ids)]
    assert told == [("act", other.number), ("regret", card.number), ("act", card.number)]


async def test_what_is_gathered_of_one_request_overtakes_nothing_that_another_tells_by_itself(register: Register):
    kk, other = await register.one(), await register.one()
    for one in (kk, other):
        await register.follow(SARI, one.number)
    await register.move(WATI, "to_district", kk)
    register.now += MINUTE
    moved = await register.move(WATI, "to_district", other)
    await register.ask(f"update outbox set facts = '{{\"asks\":1}}' where act = {moved.act} returning id")
    register.now += MINUTE
    await register.move(JOKO, "at_district", await register.get(kk))
    async with register.storage.transaction() as tx:
        found = await outbox.claim(tx, outbox.NOTICE, register.now + 10 * SECOND, 50, MINUTE)
    told = [(one.number, [stop.stage for stop in one.stops]) for one in sorted(found, key=lambda one: one.ids)]
    assert told == [(kk.number, ["to_district"]), (other.number, ["to_district"]), (kk.number, ["at_district"])]


async def test_what_is_gathered_of_a_request_overtakes_no_correction_of_it_nor_what_comes_behind_that(
    register: Register,
):
    kk, other = await register.one(), await register.one()
    for one in (kk, other):
        await register.follow(SARI, one.number)
    for document, stage, by in ((kk, "to_district", WATI), (kk, "at_district", JOKO), (other, "to_district", WATI)):
        await register.move(by, stage, await register.get(document))
        register.now += MINUTE
    put_right = "select max(act) from event where to_stage = 'at_district'"
    await register.ask(f"update outbox set kind = 'regret' where act = ({put_right}) returning id")
    await register.move(JOKO, "to_registry", await register.get(kk))
    async with register.storage.transaction() as tx:
        found = await outbox.claim(tx, outbox.NOTICE, register.now + 10 * SECOND, 50, MINUTE)
    told = [(one.kind, one.number, len(one.ids)) for one in sorted(found, key=lambda one: one.ids)]
    assert told == [("act", kk.number, 1), ("regret", kk.number, 1), ("act", other.number, 2)]  # the last is of both
