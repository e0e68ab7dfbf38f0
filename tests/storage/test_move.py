"""move(): check, document, event and notices, in one."""

import pytest

from storage import documents, ledger
from storage.records import MoveResult, Seen
from tests.storage.cast import DEWI, HADI, JOKO, MINUTE, NOW, RINI, SARI, SECOND, WATI, YANTI, Register, seen

REGRET = 10 * MINUTE


async def test_a_document_moves_with_its_event(register: Register):
    kk = await register.one()
    result = await register.move(WATI, "to_district", kk)
    [moved] = result.moved
    assert (moved.stage, moved.since, moved.version) == ("to_district", NOW, 2)
    assert moved == await register.get(kk)
    async with register.storage.reading() as tx:
        _, event = await ledger.history(tx, kk.id)
    assert (event.kind, event.from_stage, event.to_stage, event.version) == ("move", "filed", "to_district", 2)
    assert (event.act, event.at, event.role, event.village) == (result.act, NOW, "village_officer", "tlogopakis")


async def test_several_documents_are_one_act(register: Register):
    found = await register.filed("KK", "AKL", "KIA")
    result = await register.move(WATI, "to_district", *found)
    async with register.storage.reading() as tx:
        assert result.act
        assert [event.document for event in await ledger.events_of(tx, result.act)] == [one.id for one in found]
        assert [one.id for one in await documents.of_act(tx, result.act)] == [one.id for one in found]


async def test_an_act_says_by_which_post_and_until_when_it_can_be_taken_back(register: Register):
    result = await register.move(WATI, "to_district", *await register.filed())
    async with register.storage.reading() as tx:
        act = await ledger.act_of(tx, result.act or 0)
    assert act
    assert (act.kind, act.role, act.village, act.chat) == ("move", "village_officer", "tlogopakis", WATI)
    assert (act.happened_at, act.grace_until, act.undone_by) == (NOW, NOW + REGRET, None)
    assert await register.ask(f"select how, key from act where id = {act.id}") == [("button", None)]


async def test_who_acts_is_seen_at_their_post(register: Register):
    await register.move(WATI, "to_district", *await register.filed())
    [post] = (await register.person(WATI)).posts
    assert post.last_act_at == NOW


async def test_nothing_moves_without_a_transaction_that_commits(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    actor = await register.actor(WATI)
    with pytest.raises(ZeroDivisionError):
        async with register.storage.transaction() as tx:
            1 / len((await documents.move(tx, register.workflow, seen(kk), "to_district", actor)).overtaken)
    assert await register.get(kk) == kk
    assert await register.owed() == []
    assert await register.ask("select count(*) from event") == [(1,)]
    assert await register.ask("select count(*) from act") == [(1,)]


async def test_the_same_tap_again_is_a_success_and_changes_nothing(register: Register):
    kk = await register.one()
    await register.move(WATI, "to_district", kk)
    result = await register.move(WATI, "to_district", kk)
    assert (result.act, result.moved, [one.id for one in result.repeated]) == (None, (), [kk.id])
    assert (await register.get(kk)).version == 2


async def test_it_is_again_even_when_others_moved_it_on_since(register: Register):
    kk = await register.one()
    await register.move(WATI, "to_district", kk)
    await register.move(JOKO, "at_district", *await register.of(kk.request))
    result = await register.move(WATI, "to_district", kk)
    assert [(one.id, one.stage) for one in result.repeated] == [(kk.id, "at_district")]


async def test_whoever_is_slower_is_told_which_role_was_faster_and_when(register: Register):
    kk = await register.brought(await register.one(), "to_district")
    register.now += SECOND
    await register.move(YANTI, "at_district", kk)
    register.now += SECOND
    [overtaken] = (await register.move(JOKO, "at_district", kk)).overtaken
    assert (overtaken.document.stage, overtaken.role, overtaken.at) == ("at_district", "district_desk", NOW + SECOND)


async def test_a_document_that_went_elsewhere_is_no_success(register: Register):
    kk = await register.brought(await register.one(), "ready_at_district")
    await register.move(WATI, "to_village", kk)
    result = await register.move(WATI, "ready_at_village", kk)
    assert [one.document.stage for one in result.overtaken] == ["to_village"]


async def test_a_tap_that_was_taken_back_is_not_again(register: Register):
    kk = await register.one()
    result = await register.move(WATI, "to_district", kk)
    await register.undo(WATI, result.act)
    repeated = await register.move(WATI, "to_district", kk)
    assert (repeated.act, repeated.repeated, len(repeated.overtaken)) == (None, (), 1)


@pytest.mark.parametrize(
    "chat, stage",
    [(SARI, "to_district"), (DEWI, "to_district"), (HADI, "to_district"), (WATI, "at_district"), (WATI, "nowhere")],
    ids=["citizen", "other village", "registry", "too far", "no such stage"],
)
async def test_nobody_moves_what_they_may_not(register: Register, chat, stage):
    kk = await register.one()
    result = await register.move(chat, stage, kk)
    assert (result.act, result.moved, result.not_permitted) == (None, (), (kk,))
    assert await register.get(kk) == kk


async def test_of_a_mixed_bag_the_permitted_part_moves(register: Register):
    ours, theirs = await register.filed(), await register.filed(village="simego", by=DEWI)
    result = await register.move(WATI, "to_district", *theirs, *ours)
    assert [one.village for one in result.moved] == ["tlogopakis"]
    assert [one.village for one in result.not_permitted] == ["simego"]


async def test_an_officer_of_two_villages_moves_both(register: Register):
    both = await register.filed() + await register.filed(village="simego", by=DEWI)
    assert len((await register.move(RINI, "to_district", *both)).moved) == 2


async def test_a_document_named_twice_moves_once(register: Register):
    kk = await register.one()
    result = await register.move(WATI, "to_district", kk, kk)
    assert (len(result.moved), len(result.repeated)) == (1, 1)


@pytest.mark.parametrize("version", [3, 2**31, 2**63 - 1])
async def test_a_version_from_the_future_moves_nothing(register: Register, version):
    kk = await register.one()
    actor = await register.actor(WATI)
    async with register.storage.transaction() as tx:
        result = await documents.move(tx, register.workflow, [Seen(kk.id, version)], "to_district", actor)
    assert (result.act, len(result.overtaken)) == (None, 1)


async def test_a_document_that_is_not_there_is_passed_over(register: Register):
    actor = await register.actor(WATI)
    async with register.storage.transaction() as tx:
        result = await documents.move(tx, register.workflow, [Seen(77, 1)], "to_district", actor)
    assert result == MoveResult(None)
