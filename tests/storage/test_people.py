"""Following, consent, forgetting: what is kept about a chat, and for how long."""

from pathlib import Path

import pytest

from storage import guesses, inbox, ledger, outbox, people
from storage.numbers import EXAMPLE
from storage.outbox import Due
from storage.records import Person, StoredUpdate
from tests.storage.cast import BUDI, DAY, JOKO, MINUTE, NOW, SARI, SECOND, WATI, YANTI, Register

UNKNOWN = EXAMPLE


# Following


async def test_following_keeps_consent_with_wording_and_language(register: Register):
    kk = await register.one()
    assert await register.follow(SARI, kk.number)
    assert not await register.follow(SARI, kk.number)
    assert await register.ask("select chat, given_at, wording, lang, withdrawn_at from consent") == [
        (SARI, NOW, people.CONSENT_WORDING, "id", None)
    ]


async def test_one_consent_stands_for_all_that_is_followed(register: Register):
    kept, other = await register.one(), await register.one()
    await register.follow(SARI, kept.number)
    for _ in range(3):
        await register.follow(SARI, other.number)
        async with register.storage.transaction() as tx:
            await people.unfollow(tx, SARI, other.number, register.now)
    assert await register.ask("select count(*), max(withdrawn_at) from consent") == [(1, None)]


async def test_what_i_follow_newest_first(register: Register):
    numbers = [(await register.one()).number for _ in range(3)]
    for number in numbers:
        await register.follow(SARI, number)
        register.now += SECOND
    async with register.storage.reading() as tx:
        assert [follow.number for follow in await people.follows(tx, SARI)] == numbers[::-1]
        assert await people.follows(tx, BUDI) == []


async def test_a_wait_ends_when_it_is_told_to(register: Register):
    async with register.storage.transaction() as tx:
        assert await people.follow(tx, SARI, UNKNOWN, "id", "id", known=False, now=NOW, until=NOW + 5)
        followed = await people.follow_of(tx, SARI, UNKNOWN)
    assert followed
    assert followed.expires_at == NOW + 5


async def test_a_wait_ends_after_30_days_and_can_begin_anew(register: Register):
    await register.follow(SARI, UNKNOWN, known=False)
    register.now += 29 * DAY
    assert not await register.follow(SARI, UNKNOWN, known=False)
    register.now += 2 * DAY
    assert await register.follow(SARI, UNKNOWN, known=False)
    async with register.storage.reading() as tx:
        follow = await people.follow_of(tx, SARI, UNKNOWN)
    assert follow
    assert (follow.since, follow.expires_at) == (register.now, register.now + 30 * DAY)


async def test_unfollowing_one_leaves_the_other_and_the_consent(register: Register):
    one, other = await register.one(), await register.one()
    for kk in (one, other):
        await register.follow(SARI, kk.number)
    async with register.storage.transaction() as tx:
        await people.unfollow(tx, SARI, one.number, NOW)
    assert await register.ask("select number from follow") == [(other.number,)]
    assert await register.ask("select count(*) from consent where withdrawn_at is not null") == [(0,)]


async def test_unfollowing_all_withdraws_every_consent(register: Register):
    for kk in (await register.one(), await register.one()):
        await register.follow(SARI, kk.number)
        await register.follow(BUDI, kk.number)
    async with register.storage.transaction() as tx:
        await people.unfollow(tx, SARI, None, NOW + 1)
    assert await register.ask("select distinct chat from follow") == [(BUDI,)]
    assert await register.ask("select distinct chat from consent where withdrawn_at is not null") == [(SARI,)]


@pytest.mark.parametrize("which", ["one", "all"])
async def test_whoever_unfollows_hears_no_more_of_it(register: Register, which):
    kk = await register.one()
    for chat in (SARI, BUDI):
        await register.follow(chat, kk.number)
    await register.move(WATI, "to_district", kk)
    async with register.storage.transaction() as tx:
        await people.unfollow(tx, SARI, kk.number if which == "one" else None, NOW)
    assert [row[0] for row in await register.owed()] == [BUDI]


async def test_an_officer_who_unfollows_still_hears_what_their_post_hears(register: Register):
    kk = await register.brought(await register.one(), "from_registry")
    await register.follow(WATI, kk.number)
    await register.move(JOKO, "ready_at_district", kk)
    async with register.storage.transaction() as tx:
        await people.unfollow(tx, WATI, kk.number, NOW)
    assert len(await register.owed(WATI)) == 1


# Forgetting


async def busy(register: Register) -> None:
    """Sari in every table in which a citizen can be."""
    kk = await register.one()
    await register.follow(SARI, kk.number)
    await register.follow(SARI, UNKNOWN, known=False)
    await register.move(WATI, "to_district", kk)
    async with register.storage.transaction() as tx:
        await people.choose_language(tx, SARI, "jv")
        await guesses.count(tx, SARI, [UNKNOWN], NOW)
        for kind in ("answer", "picture", "notice", "sent"):
            await outbox.owe(tx, [Due(f"{kind}:{SARI}", SARI, kind, outbox.ANSWER, NOW)], NOW)
        [sent, *_] = await outbox.claim(tx, outbox.ANSWER, NOW, 1)
        await outbox.sent(tx, sent.ids, NOW)
        await outbox.give_up(tx, (await outbox.claim(tx, outbox.ANSWER, NOW, 1))[0], NOW, "bad request")
        await outbox.pause(tx, SARI, NOW + MINUTE)
        await inbox.store(tx, [StoredUpdate(7, SARI, f'{{"from": {SARI}}}')], NOW)
        await inbox.quarantine(tx, 7, "KeyError", NOW)


async def everything(register: Register) -> str:
    """All rows of all tables."""
    tables = (
        "person consent post invite act request number document event follow bag bag_item miss inbox outbox mark lease"
    )
    return "\n".join([repr(row) for table in tables.split() for row in await register.ask(f"select * from {table}")])


async def test_nothing_is_left_of_whoever_asks_to_be_forgotten(register: Register):
    await busy(register)
    assert str(SARI) in await everything(register)
    async with register.storage.transaction() as tx:
        await people.forget(tx, SARI)
    assert str(SARI) not in await everything(register)
    async with register.storage.reading() as tx:
        assert await people.get(tx, SARI) == Person(SARI)


@pytest.mark.parametrize("engine", ["sqlite"])  # PostgreSQL's files are its administrator's
async def test_not_even_in_the_files(register: Register, tmp_path: Path):
    chat = 0x5A5B5C5D5E  # five bytes that nothing else in there has
    await register.follow(chat, (await register.one()).number)
    for number in range(200):
        await register.follow(chat + 0x0100000000 * number, UNKNOWN, known=False)
    assert chat.to_bytes(5) in on_disk(tmp_path)
    async with register.storage.transaction() as tx:
        await people.forget(tx, chat)
    assert chat.to_bytes(5) not in on_disk(tmp_path)


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm"))


async def test_forgetting_takes_nothing_from_anybody_else(register: Register):
    await busy(register)
    await register.follow(BUDI, UNKNOWN, known=False)
    before = [row for row in (await everything(register)).splitlines() if str(SARI) not in row]
    async with register.storage.transaction() as tx:
        await people.forget(tx, SARI)
    assert set(before) <= set((await everything(register)).splitlines())


async def test_an_officer_keeps_the_post_and_what_is_owed_to_it(register: Register):
    kk = await register.one()
    await register.follow(WATI, kk.number)
    async with register.storage.transaction() as tx:
        await people.choose_language(tx, WATI, "jv")
        await outbox.owe(tx, [Due("reminder", WATI, "reminder", outbox.NOTICE, NOW)], NOW)
        await people.forget(tx, WATI)
    wati = await register.person(WATI)
    assert (wati.lang, wati.code, [post.role for post in wati.posts]) == (None, None, ["village_officer"])
    assert [row[1] for row in await register.owed(WATI)] == ["reminder"]
    assert await register.ask(f"select count(*) from follow where chat = {WATI}") == [(0,)]


async def test_of_a_post_that_has_ended_the_record_stays_and_whose_it_was_goes(register: Register):
    chat = 9_876_543_210
    async with register.storage.transaction() as tx:
        token = await people.invite(tx, "village_officer", "simego", None, NOW)
        assert await people.accept(tx, token, chat, "id", NOW)
        (post,) = (await people.get(tx, chat)).posts
    kk = (await register.filed(village="simego", by=chat))[0]
    await register.pack(chat, "filed", "to_district")
    await register.move(chat, "to_district", kk)
    async with register.storage.transaction() as tx:
        await people.dismiss(tx, post.id, NOW)
        await people.forget(tx, chat)
    assert str(chat) not in await everything(register)
    async with register.storage.reading() as tx:
        steps = await ledger.history(tx, kk.id)
    assert [(step.role, step.village) for step in steps] == [("village_officer", "simego")] * 2


# What ends by itself


async def test_follows_end_30_days_after_the_last_document_and_30_days_later_nothing_is_kept(register: Register):
    kk = await register.brought(await register.one(), "ready_at_district")
    await register.follow(SARI, kk.number)
    await register.move(YANTI, "handed_over", kk)
    kept = []
    for days in (29, 31, 62):
        async with register.storage.transaction() as tx:
            await people.purge(tx, NOW + days * DAY)
        kept.append(
            [
                (await register.ask(f"select count(*) from {t} where chat = {SARI}"))[0][0]
                for t in ("follow", "consent", "person")
            ]
        )
    assert kept == [[1, 1, 1], [0, 1, 1], [0, 0, 0]]


async def test_waits_and_old_invitations_end(register: Register):
    await register.follow(SARI, UNKNOWN, known=False)
    async with register.storage.transaction() as tx:
        await people.invite(tx, "courier", "", None, NOW)
        await people.purge(tx, NOW + 29 * DAY)
    assert await register.ask("select (select count(*) from follow), (select count(*) from invite)") == [(1, 1)]
    async with register.storage.transaction() as tx:
        await people.purge(tx, NOW + 33 * DAY)
    assert await register.ask("select (select count(*) from follow), (select count(*) from invite)") == [(0, 0)]


async def test_who_chose_a_language_or_holds_a_post_is_kept(register: Register):
    async with register.storage.transaction() as tx:
        await people.choose_language(tx, SARI, "jv")
        await outbox.lose(tx, BUDI, "blocked", NOW)
        await people.purge(tx, NOW + 400 * DAY)
    assert (await register.person(SARI)).lang == "jv"
    assert (await register.person(WATI)).posts
    assert await register.ask(f"select count(*) from person where chat = {BUDI}") == [(0,)]


async def test_whoever_is_away_and_owed_something_is_kept(register: Register):
    async with register.storage.transaction() as tx:
        await outbox.lose(tx, BUDI, "blocked", NOW)
        await outbox.owe(tx, [Due("a", BUDI, "act", outbox.NOTICE, NOW)], NOW)
        await people.purge(tx, NOW + 400 * DAY)
        assert await outbox.find(tx, BUDI, NOW + 400 * DAY)
