"""move(): check, document, event and notices, in one."""

import pytest

from storage import documents
from storage.records import MoveResult, Seen
from tests.storage.cast import DEWI, HADI, JOKO, NOW, RINI, SARI, SECOND, WATI, YANTI, Register, seen

GRACE = 10 * SECOND


async def test_a_document_moves_with_its_event(register: Register):
    kk = await register.one()
    deed = await register.move(WATI, "to_district", kk)
    [moved] = deed.moved
    assert (moved.stage, moved.since, moved.version) == ("to_district", NOW, 2)
    assert moved == await register.get(kk)
    async with register.storage.reading() as tx:
        _, event = await documents.history(tx, kk.id)
    assert (event.kind, event.from_stage, event.to_stage, event.version) == ("move", "filed", "to_district", 2)
    assert (event.act, event.at, event.role, event.village) == (deed.act, NOW, "village_officer", "tlogopakis")


async def test_several_documents_are_one_act(register: Register):
    found = await register.filed("KK", "AKL", "KIA")
    deed = await register.move(WATI, "to_district", *found)
    async with register.storage.reading() as tx:
        assert deed.act
        assert [event.document for event in await documents.events_of(tx, deed.act)] == [one.id for one in found]
        assert [one.id for one in await documents.of_act(tx, deed.act)] == [one.id for one in found]


async def test_an_act_says_by_which_post_how_and_until_when_it_can_be_taken_back(register: Register):
    deed = await register.move(WATI, "to_district", *await register.filed(), how="photo")
    async with register.storage.reading() as tx:
        act = await documents.act_of(tx, deed.act or 0)
    assert act
    assert (act.kind, act.role, act.village, act.chat) == ("move", "village_officer", "tlogopakis", WATI)
    assert (act.happened_at, act.grace_until, act.undone_by) == (NOW, NOW + GRACE, None)
    assert await register.ask(f"select how, key from act where id = {act.id}") == [("photo", None)]


async def test_who_acts_is_seen_at_their_post(register: Register):
    await register.move(WATI, "to_district", *await register.filed())
    [post] = (await register.person(WATI)).posts
    assert post.last_act_at == NOW


async def test_nothing_moves_without_a_transaction_that_commits(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    doing = await register.doing(WATI)
    with pytest.raises(ZeroDivisionError):
        async with register.storage.transaction() as tx:
            1 / len((await documents.move(tx, register.workflow, seen(kk), "to_district", doing)).overtaken)
    assert await register.get(kk) == kk
    assert await register.owed() == []
    assert await register.ask("select count(*) from event") == [(1,)]
    assert await register.ask("select count(*) from act") == [(1,)]


async def test_the_same_tap_again_is_a_success_and_changes_nothing(register: Register):
    kk = await register.one()
    await register.move(WATI, "to_district", kk)
    deed = await register.move(WATI, "to_district", kk)
    assert (deed.act, deed.moved, [one.id for one in deed.repeated]) == (None, (), [kk.id])
    assert (await register.get(kk)).version == 2


async def test_it_is_again_even_when_others_moved_it_on_since(register: Register):
    kk = await register.one()
    await register.move(WATI, "to_district", kk)
    await register.move(JOKO, "at_district", *await register.of(kk.request))
    deed = await register.move(WATI, "to_district", kk)
    assert [(one.id, one.stage) for one in deed.repeated] == [(kk.id, "at_district")]


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
    deed = await register.move(WATI, "ready_at_village", kk)
    assert [one.document.stage for one in deed.overtaken] == ["to_village"]


async def test_a_tap_that_was_taken_back_is_not_again(register: Register):
    kk = await register.one()
    deed = await register.move(WATI, "to_district", kk)
    await register.undo(WATI, deed.act)
    repeated = await register.move(WATI, "to_district", kk)
    assert (repeated.act, repeated.repeated, len(repeated.overtaken)) == (None, (), 1)


@pytest.mark.parametrize(
    "chat, stage",
    [(SARI, "to_district"), (DEWI, "to_district"), (HADI, "to_district"), (WATI, "at_district"), (WATI, "nowhere")],
    ids=["citizen", "other village", "registry", "too far", "no such stage"],
)
async def test_nobody_moves_what_they_may_not(register: Register, chat, stage):
    kk = await register.one()
    deed = await register.move(chat, stage, kk)
    assert (deed.act, deed.moved, deed.not_permitted) == (None, (), (kk,))
    assert await register.get(kk) == kk


async def test_of_a_mixed_bag_the_permitted_part_moves(register: Register):
    ours, theirs = await register.filed(), await register.filed(village="simego", by=DEWI)
    deed = await register.move(WATI, "to_district", *theirs, *ours)
    assert [one.village for one in deed.moved] == ["tlogopakis"]
    assert [one.village for one in deed.not_permitted] == ["simego"]


async def test_an_officer_of_two_villages_moves_both(register: Register):
    both = await register.filed() + await register.filed(village="simego", by=DEWI)
    assert len((await register.move(RINI, "to_district", *both)).moved) == 2


async def test_a_document_named_twice_moves_once(register: Register):
    kk = await register.one()
    deed = await register.move(WATI, "to_district", kk, kk)
    assert (len(deed.moved), len(deed.repeated)) == (1, 1)


@pytest.mark.parametrize("version", [3, 2**31, 2**63 - 1])
async def test_a_version_from_the_future_moves_nothing(register: Register, version):
    kk = await register.one()
    doing = await register.doing(WATI)
    async with register.storage.transaction() as tx:
        deed = await documents.move(tx, register.workflow, [Seen(kk.id, version)], "to_district", doing)
    assert (deed.act, len(deed.overtaken)) == (None, 1)


async def test_a_document_that_is_not_there_is_passed_over(register: Register):
    doing = await register.doing(WATI)
    async with register.storage.transaction() as tx:
        deed = await documents.move(tx, register.workflow, [Seen(77, 1)], "to_district", doing)
    assert deed == MoveResult(None)


async def test_under_a_key_a_deed_is_done_once(register: Register):
    one, other = await register.one(), await register.one()
    first = await register.move(WATI, "to_district", one, key="tap:1")
    second = await register.move(WATI, "to_district", one, other, key="tap:1")
    assert (first.act is None, second.act, [d.id for d in second.repeated]) == (False, None, [one.id])
    assert [d.id for d in second.not_permitted] == [other.id]
    assert (await register.get(other)).stage == "filed"
