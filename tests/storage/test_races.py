"""Two at once, each held between look and write: on PostgreSQL one wins, on SQLite the second waits outside."""

import asyncio
from typing import Any

import pytest

from storage import bags, documents, inbox, ledger, marks, outbox, people
from storage.db import leases
from storage.heads import pausing
from storage.mistakes import taking_back
from storage.records import Document, StoredUpdate
from tests.storage.cast import AGUS, BUDI, CAMAT, HOUR, JOKO, NOW, SARI, SEKCAM, WATI, YANTI, Register, seen
from tests.storage.race import A_MOMENT, PATIENCE, Work, race


async def mover(register: Register, chat: int, stage: str, *found: Document) -> Work:
    actor = await register.actor(chat)
    return lambda tx: documents.move(tx, register.workflow, seen(*found), stage, actor)


async def test_of_two_officers_one_moves_a_document_and_one_is_told(register: Register, engine):
    kk = await register.brought(await register.one(), "at_district")
    await register.follow(SARI, kk.number)
    works = [await mover(register, chat, "to_registry", kk) for chat in (JOKO, AGUS)]
    one, other = await race(register.storage, engine, *works, before="move_document")
    winner, loser = sorted((one, other), key=lambda result: -len(result.moved))
    assert (len(winner.moved), len(loser.moved), [overtaken.role for overtaken in loser.overtaken]) == (
        1,
        0,
        ["courier"],
    )
    assert (await register.get(kk)).version == kk.version + 1
    assert [row[2] for row in await register.owed(SARI)] == [winner.act]


async def test_a_double_tap_moves_once_and_both_are_a_success(register: Register, engine):
    kk = await register.one()
    work = await mover(register, WATI, "to_district", kk)
    results = await race(register.storage, engine, work, work, before="add_act")
    assert sorted((len(result.moved), len(result.repeated), result.act is None) for result in results) == [
        (0, 1, True),
        (1, 0, False),
    ]
    assert await register.ask("select count(*) from act") == [(2,)]


async def test_bags_that_share_documents_do_not_block_each_other(register: Register, engine):
    found = [await register.brought(await register.one(), "at_district") for _ in range(3)]
    works = [
        await mover(register, JOKO, "to_registry", *found),
        await mover(register, AGUS, "to_registry", *reversed(found)),
    ]
    results = await race(register.storage, engine, *works, before="move_document")
    assert sorted(len(result.moved) for result in results) == [0, 3]


async def test_a_draft_confirmed_twice_at_once_is_filed_once(register: Register, engine):
    actor = await register.actor(WATI)

    def work(tx: Any) -> Any:
        return documents.file(tx, register.workflow, "tlogopakis", ["KK", "AKL"], "2001:9", actor)

    one, other = await race(register.storage, engine, work, work, before="add_act", losing=ledger.Twice)
    if engine == "postgres":
        assert sorted(type(outcome).__name__ for outcome in (one, other)) == ["Filed", "Twice"]
    else:
        assert (one.request, one.new, other.new) == (other.request, True, False)
    assert await register.ask("select count(*) from document") == [(2,)]
    assert not (await register.file("KK", draft="2001:9")).new


async def test_the_last_two_documents_of_a_request_close_it_together(register: Register, engine):
    one, other = [await register.brought(found, "ready_at_district") for found in await register.filed("KK", "AKL")]
    works = [await mover(register, YANTI, "handed_over", one), await mover(register, WATI, "handed_over", other)]
    await race(register.storage, engine, *works, before="close_request" if engine == "sqlite" else "lock_request")
    assert await register.ask("select closed_at from request") == [(NOW,)]


async def test_two_undos_of_one_act_take_it_back_once(register: Register, engine):
    kk = await register.one()
    act = (await register.move(WATI, "to_district", kk)).act or 0
    actor = await register.actor(WATI)
    backs = await race(
        register.storage,
        engine,
        *[lambda tx: taking_back.undo(tx, register.workflow, act, actor)] * 2,
        before="mark_undone",
    )
    assert sorted(back is None for back in backs) == [False, True]
    assert (await register.get(kk)).version == 3


async def test_an_undo_does_not_take_back_what_is_moved_on_at_that_moment(register: Register, engine):
    kk = await register.brought(await register.one(), "to_district")
    act = (await register.move(JOKO, "at_district", kk)).act or 0
    actor = await register.actor(JOKO)
    on = await mover(register, AGUS, "to_registry", await register.get(kk))
    result, back = await race(
        register.storage,
        engine,
        on,
        lambda tx: taking_back.undo(tx, register.workflow, act, actor),
        before="move_document",
        losing=taking_back.GoneOn,
    )
    moved = await register.get(kk)
    assert (moved.stage, moved.version) in [("to_registry", 4), ("to_district", 4)]
    assert len(result.moved) + (0 if isinstance(back, taking_back.GoneOn) else len(back.moved)) == 1


@pytest.mark.parametrize(
    "first, before", [("sender", ("claimed", "withdraw_notices")), ("undo", ("claim_due", "told_of_act"))]
)
async def test_news_that_is_taken_back_while_it_leaves_is_put_right_or_never_leaves(
    register: Register, engine, first, before
):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    act = (await register.move(WATI, "to_district", kk)).act or 0
    register.now += 11_000
    actor = await register.actor(WATI)
    works = {
        "sender": lambda tx: outbox.claim(tx, outbox.NOTICE, register.now, 10),
        "undo": lambda tx: taking_back.undo(tx, register.workflow, act, actor),
    }
    second = "undo" if first == "sender" else "sender"
    done = dict(
        zip(
            (first, second),
            await race(register.storage, engine, works[first], works[second], before=before),
            strict=True,
        )
    )
    assert done["undo"].moved
    if first == "sender":  # it is on its way, and a word of regret behind it
        assert ([one.kind for one in done["sender"]], [row[1] for row in await register.owed(SARI)]) == (
            ["act"],
            ["act", "regret"],
        )
    else:
        assert (done["sender"], await register.owed(SARI)) == ([], [])


async def test_an_invitation_is_taken_by_one_of_two_chats(register: Register, engine):
    async with register.storage.transaction() as tx:
        token = await people.invite(tx, "courier", "", None, NOW)
    one, other = await race(
        register.storage,
        engine,
        lambda tx: people.accept(tx, token, SARI, None, NOW),
        lambda tx: people.accept(tx, token, BUDI, None, NOW),
        before="spend_invite",
    )
    assert sorted(invite is None for invite in (one, other)) == [False, True]
    assert sorted([len((await register.person(chat)).posts) for chat in (SARI, BUDI)]) == [0, 1]


async def test_two_who_get_the_same_role_at_once_both_hold_it(register: Register, engine):
    await race(
        register.storage,
        engine,
        lambda tx: people.give_post(tx, SARI, "courier", "", None, NOW),
        lambda tx: people.give_post(tx, BUDI, "courier", "", None, NOW),
        before="give_post",
    )
    posts = [(await register.person(chat)).posts[0].ordinal for chat in (SARI, BUDI)]
    assert sorted(posts) == [3, 4]


async def test_two_heads_who_dismiss_each_other_leave_one(register: Register, engine):
    heads = {post.chat: post.id for chat in (CAMAT, SEKCAM) for post in (await register.person(chat)).posts}
    ended = await race(
        register.storage,
        engine,
        lambda tx: people.dismiss(tx, heads[SEKCAM], NOW),
        lambda tx: people.dismiss(tx, heads[CAMAT], NOW),
        before="lock_heads",
    )
    assert sorted(ended) == [False, True]


async def test_of_two_processes_one_gets_the_lease(register: Register, engine):
    got = await race(
        register.storage,
        engine,
        lambda tx: leases.take(tx, "bot", "one", NOW, 15),
        lambda tx: leases.take(tx, "bot", "other", NOW, 15),
        before="take_lease",
    )
    assert sorted(got) == [False, True]


async def test_a_lease_that_ran_out_goes_to_one_of_two(register: Register, engine):
    async with register.storage.transaction() as tx:
        await leases.take(tx, "bot", "dead", NOW - HOUR, 15)
    got = await race(
        register.storage,
        engine,
        lambda tx: leases.take(tx, "bot", "one", NOW, 15),
        lambda tx: leases.take(tx, "bot", "other", NOW, 15),
        before="take_lease",
    )
    assert sorted(got) == [False, True]


async def test_a_daily_job_is_done_by_one_of_two(register: Register, engine):
    done = await race(
        register.storage,
        engine,
        *[lambda tx: marks.mark_once(tx, "reminders:2026-11-24", NOW)] * 2,
        before="set_mark_once",
    )
    assert sorted(done) == [False, True]


async def test_a_notice_is_claimed_by_one_of_two(register: Register, engine):
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("a", SARI, "answer", outbox.ANSWER, NOW)], NOW)
    claims = await race(
        register.storage, engine, *[lambda tx: outbox.claim(tx, outbox.ANSWER, NOW, 50)] * 2, before="claim_due"
    )
    assert sorted(map(len, claims)) == [0, 1]


async def test_an_update_that_comes_twice_at_once_is_stored_once(register: Register, engine):
    arrival = StoredUpdate(1, SARI, "{}")
    await race(register.storage, engine, *[lambda tx: inbox.store(tx, [arrival], NOW)] * 2, before="store_update")
    assert await register.ask("select count(*) from inbox") == [(1,)]


async def test_a_bag_completed_twice_at_once_is_one_act(register: Register, engine):
    kk = await register.brought(await register.one(), "at_district")
    packed = await register.pack(JOKO, "at_district", "to_registry")
    actor = await register.actor(JOKO)
    async with register.storage.reading() as tx:
        bag = await bags.get(tx, packed or 0)
    assert bag
    results = await race(
        register.storage,
        engine,
        *[lambda tx: bags.complete(tx, register.workflow, bag, "to_registry", actor)] * 2,
        before="add_act",
    )
    assert sorted(len(result.moved) for result in results) == [0, 1]
    assert await register.ask("select count(*) from act where kind = 'move'") == [(kk.version,)]


async def test_following_twice_at_once_is_one_follow_and_one_consent(register: Register, engine):
    kk = await register.one()
    got = await race(
        register.storage,
        engine,
        *[lambda tx: people.follow(tx, SARI, kk.number, "id", "id", known=True, now=NOW)] * 2,
        before="follow",
    )
    assert sorted(got) == [False, True]
    assert await register.ask("select count(*) from consent") == [(1,)]


async def test_whoever_begins_to_follow_while_a_document_moves_is_told_of_it(register: Register):
    kk, begun, gate = await register.one(), asyncio.Event(), asyncio.Event()

    async def follows() -> None:
        async with register.storage.transaction() as tx:
            await people.follow(tx, SARI, kk.number, "id", "id", known=True, now=register.now)
            begun.set()
            await asyncio.wait_for(gate.wait(), PATIENCE)

    following = asyncio.create_task(follows())
    await begun.wait()
    moving = asyncio.create_task(register.move(WATI, "to_district", kk))
    await asyncio.sleep(A_MOMENT)
    gate.set()
    await following
    result = await moving
    assert [row[2] for row in await register.owed(SARI)] == [result.act]


async def test_a_pause_that_ends_amid_a_claim_leaves_nothing_behind(register: Register, engine):
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("a", SARI, "reminder", outbox.NOTICE, NOW)], NOW)
        await pausing.begin(tx, "all", "", "wrong", 1, NOW)
        [pause] = await pausing.pauses(tx)
    works: list[Work] = [lambda tx: outbox.claim(tx, outbox.NOTICE, NOW, 9), lambda tx: pausing.end(tx, pause.id, NOW)]
    assert await race(register.storage, engine, *works, before=("hold_back", "end_pause")) == ([], True)
    async with register.storage.transaction() as tx:
        assert len(await outbox.claim(tx, outbox.NOTICE, NOW, 9)) == 1
