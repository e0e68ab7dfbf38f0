"""Posts and invitations: who may do what, given once, ended by a head."""

import pytest

from storage import people
from storage.records import Person, Post
from tests.storage.cast import AGUS, BUDI, CAMAT, DAY, HOUR, JOKO, NOW, POSTS, RINI, SARI, SEKCAM, WATI, Register


async def invited(register: Register, role: str = "courier", village: str = "") -> str:
    async with register.storage.transaction() as tx:
        return await people.invite(tx, role, village, CAMAT, register.now)


async def accepts(register: Register, chat: int, token: str) -> bool:
    async with register.storage.transaction() as tx:
        return await people.accept(tx, token, chat, "id", register.now) is not None


async def test_a_stranger_is_a_person_with_nothing(register: Register):
    assert await register.person(SARI) == Person(SARI)


async def test_a_person_holds_all_their_posts(register: Register):
    assert [(post.role, post.village, post.chat) for post in (await register.person(RINI)).posts] == [
        ("village_officer", "tlogopakis", RINI),
        ("village_officer", "simego", RINI),
    ]


async def test_a_link_gives_the_post_it_names(register: Register):
    assert await accepts(register, SARI, await invited(register, "village_officer", "gumelem"))
    sari = await register.person(SARI)
    [post] = sari.posts
    assert (sari.code, post.role, post.village, post.ordinal, post.since, post.last_act_at) == (
        "id", "village_officer", "gumelem", 1, NOW, None,
    )  # fmt: skip


async def test_a_link_works_once(register: Register):
    token = await invited(register)
    assert await accepts(register, SARI, token)
    assert not await accepts(register, BUDI, token)
    assert (await register.person(BUDI)).posts == ()


async def test_whoever_took_it_may_open_it_again(register: Register):
    token = await invited(register)
    assert await accepts(register, SARI, token)
    register.now += 3 * DAY
    assert await accepts(register, SARI, token)
    assert len((await register.person(SARI)).posts) == 1


async def test_a_used_link_does_not_bring_a_dismissed_officer_back(register: Register):
    token = await invited(register)
    await accepts(register, SARI, token)
    async with register.storage.transaction() as tx:
        assert await people.dismiss(tx, (await people.get(tx, SARI)).posts[0].id, NOW)
    assert not await accepts(register, SARI, token)
    assert (await register.person(SARI)).posts == ()


@pytest.mark.parametrize("hours, works", [(47.99, True), (48, False)])
async def test_a_link_lasts_48_hours(register: Register, hours, works):
    token = await invited(register)
    register.now += int(hours * HOUR)
    assert await accepts(register, SARI, token) is works


async def test_a_token_that_nobody_made_is_refused(register: Register):
    assert not await accepts(register, SARI, "made-up")


@pytest.mark.parametrize("made_by", [CAMAT, None], ids=["by a head", "by the command"])
async def test_each_link_is_another_invitation_and_all_of_them_work(register: Register, made_by):
    async with register.storage.transaction() as tx:
        tokens = [await people.invite(tx, "courier", "", made_by, NOW) for _ in range(2)]
    assert [await accepts(register, chat, token) for chat, token in zip((SARI, BUDI), tokens, strict=True)] == [
        True,
        True,
    ]


async def test_only_a_digest_of_the_link_is_kept(register: Register):
    token = await invited(register)
    assert token not in repr(await register.ask("select * from invite"))
    assert token != await invited(register)


async def test_a_post_held_already_changes_nothing(register: Register):
    before = (await register.person(JOKO)).posts
    async with register.storage.transaction() as tx:
        await people.give_post(tx, JOKO, "courier", "", None, NOW)
    assert (await register.person(JOKO)).posts == before


async def test_ordinals_count_up_and_are_never_given_again(register: Register):
    async with register.storage.transaction() as tx:
        await people.dismiss(tx, (await people.get(tx, AGUS)).posts[0].id, NOW)
        await people.give_post(tx, SARI, "courier", "", None, NOW)
        await people.give_post(tx, AGUS, "courier", "", None, NOW)
    assert [(await register.person(chat)).posts[0].ordinal for chat in (JOKO, SARI, AGUS)] == [1, 3, 4]


async def test_a_dismissed_officer_holds_nothing_and_is_dismissed_once(register: Register):
    [post] = (await register.person(WATI)).posts
    async with register.storage.transaction() as tx:
        assert await people.dismiss(tx, post.id, NOW)
        assert not await people.dismiss(tx, post.id, NOW)
        assert await people.post(tx, post.id) is None
        assert not await people.dismiss(tx, 404, NOW)
    assert (await register.person(WATI)).posts == ()


async def test_the_last_head_stays(register: Register):
    posts = [(await register.person(chat)).posts[0].id for chat in (CAMAT, SEKCAM)]
    async with register.storage.transaction() as tx:
        assert [await people.dismiss(tx, post, NOW) for post in posts] == [True, False]
    assert (await register.person(SEKCAM)).holds("head")


async def test_all_posts_by_role_village_and_ordinal(register: Register):
    async with register.storage.reading() as tx:
        posts = await people.posts(tx)
        assert posts == sorted(posts, key=lambda post: (post.role, post.village, post.ordinal))
        assert {(post.chat, post.role, post.village) for post in posts} == set(POSTS)
        assert await people.post(tx, posts[0].id) == posts[0]
        assert isinstance(posts[0], Post)


async def test_who_has_been_active_is_known(register: Register):
    await register.move(WATI, "to_district", await register.one())
    async with register.storage.reading() as tx:
        assert await people.active_staff(tx, NOW) == [WATI]
        assert await people.active_staff(tx, NOW + 1) == []


async def test_a_language_once_chosen_is_kept_and_the_code_is_the_last_one_seen(register: Register):
    async with register.storage.transaction() as tx:
        await people.choose_language(tx, SARI, "jv")
        await people.give_post(tx, SARI, "courier", "", "en", NOW)
        await people.give_post(tx, SARI, "reporter", "simego", None, NOW)
    sari = await register.person(SARI)
    assert (sari.lang, sari.code) == ("jv", "en")
