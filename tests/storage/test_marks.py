"""Marks, leases, and whose database it is."""

from storage import marks
from storage.db import leases, owner
from tests.storage.cast import DAY, NOW, SECOND, Register


async def test_a_mark_says_when_something_last_happened(register: Register):
    async with register.storage.transaction() as tx:
        assert await marks.marked(tx, "poll") is None
        await marks.mark(tx, "poll", NOW)
        await marks.mark(tx, "poll", NOW + 1)
        assert await marks.marked(tx, "poll") == NOW + 1


def by_hand(register: Register) -> list[object]:
    """What may stand where a moment should: PostgreSQL takes any number there, SQLite whatever it is given."""
    return [2**62, -5, *([] if register.storage.remote else ["'abc'", 1.5, "x'ff'"])]


async def test_what_is_no_moment_counts_as_none_and_is_written_anew(register: Register):
    for written in by_hand(register):
        async with register.storage.transaction() as tx:
            await marks.mark(tx, "poll", NOW)
            await tx.script(f"update mark set at = {written}")
            assert await marks.marked(tx, "poll") is None
            await marks.mark(tx, "poll", NOW)
            assert await marks.marked(tx, "poll") == NOW


async def test_a_lease_whose_end_is_none_leads_nobody(register: Register):
    for written in by_hand(register):
        async with register.storage.transaction() as tx:
            await leases.take(tx, "bot", "one", await tx.clock(), 15)
            assert await leases.leader(tx, "bot", 15) == "one"
            await tx.script(f"update lease set until = {written}")
            assert await leases.leader(tx, "bot", 15) is None
            await tx.script("delete from lease")


async def test_what_is_done_once_a_day_is_done_once(register: Register):
    async with register.storage.transaction() as tx:
        assert [await marks.mark_once(tx, day, NOW) for day in ("24", "24", "25", "24")] == [True, False, True, False]


async def test_only_marks_of_daily_jobs_are_forgotten(register: Register):
    async with register.storage.transaction() as tx:
        await marks.mark_once(tx, "old", NOW - DAY)
        await marks.mark_once(tx, "young", NOW)
        await marks.mark(tx, "poll", NOW - DAY)
        await marks.purge_marks(tx, NOW)
    assert await register.ask("select name from mark order by name") == [("once:young",), ("poll",)]


async def take(register: Register, holder: str, now: int) -> bool:
    async with register.storage.transaction() as tx:
        return await leases.take(tx, "bot", holder, now, 15)


async def test_a_lease_is_kept_by_its_holder_and_taken_by_another_only_after_its_end(register: Register):
    assert await take(register, "one", NOW)
    assert not await take(register, "other", NOW + 15 * SECOND)
    assert await take(register, "one", NOW + 10 * SECOND)
    assert not await take(register, "other", NOW + 25 * SECOND)
    assert await take(register, "other", NOW + 25 * SECOND + 1)
    assert not await take(register, "one", NOW + 26 * SECOND)


async def test_a_lease_given_back_is_free_at_once_and_nobody_gives_back_anothers(register: Register):
    assert await take(register, "one", NOW)
    async with register.storage.transaction() as tx:
        await leases.drop(tx, "bot", "other")
    assert not await take(register, "other", NOW)
    async with register.storage.transaction() as tx:
        await leases.drop(tx, "bot", "one")
    assert await take(register, "other", NOW)


async def test_whose_a_lease_is_can_be_asked(register: Register):
    async with register.storage.transaction() as tx:
        assert await leases.holder_of(tx, "bot") is None
        await leases.take(tx, "bot", "one", NOW, 15)
        assert await leases.holder_of(tx, "bot") == "one"


async def test_a_lease_from_before_the_clock_was_set_back_is_nobodys(register: Register):
    assert await take(register, "one", NOW + DAY)
    assert await take(register, "other", NOW)
    assert not await take(register, "third", NOW + SECOND)


async def test_a_database_is_the_bots_that_came_first_until_it_is_handed_over(register: Register):
    async with register.storage.transaction() as tx:
        assert await owner.owner(tx) is None
        assert [await owner.claim(tx, bot) for bot in (7, 8, 7)] == [7, 7, 7]
        await marks.purge_marks(tx, NOW + DAY)
        await owner.hand_over(tx, 8)
        assert await owner.owner(tx) == 8
