"""What could not be done is listed without a word of its content, and can be tried again."""

import pytest

from bot.cli import stuck
from bot.config import WrongSettings
from storage import inbox, open_storage, outbox
from storage.records import StoredUpdate

NOW = 1_795_482_600_000
SECOND = 1000


@pytest.fixture
async def storage(database_url):
    """A handler failed on 11, nobody could read 12, and a notice was given up."""
    storage = await open_storage(database_url)
    async with storage.transaction() as tx:
        await inbox.store(tx, [StoredUpdate(11, 7, '{"text": "5631 8591 5492"}')], NOW)
        await inbox.quarantine(tx, 11, "KeyError", NOW)
        await inbox.poison(tx, 12, "TypeError", NOW + SECOND)
        await outbox.owe(tx, [outbox.Due("a", 7, "act", outbox.NOTICE, NOW)], NOW)
        [owed] = await outbox.claim(tx, outbox.NOTICE, NOW, 1)
        await outbox.give_up(tx, owed, NOW, "keyboard")
    yield storage
    await storage.close()


async def ids(storage) -> list[int]:
    return [one.id for one in await stuck.listed(storage)]


async def test_each_is_a_line_with_id_time_tries_and_kind(storage):
    update, poison, notice = map(str, await stuck.listed(storage))
    assert update == "update 11  2026-11-24 01:10:00Z  tries 1  KeyError"
    assert poison.startswith("update 12  2026-11-24 01:10:01Z")
    assert notice.endswith("act: keyboard")


async def test_nothing_that_somebody_wrote_is_listed(storage):
    assert "5631" not in " ".join(map(str, await stuck.listed(storage)))


async def test_one_is_tried_again(storage):
    assert await stuck.retry(storage, "11", NOW) == [11]
    assert (await ids(storage))[0] == 12
    async with storage.reading() as tx:
        assert [update.update_id for update in await inbox.unfinished(tx, 0, 9)] == [11]


async def test_all_that_can_be_is_tried_again(storage):
    *_, notice = await ids(storage)
    assert await stuck.retry(storage, "all", NOW + SECOND) == [11, notice]
    assert await ids(storage) == [12]  # nobody could read it, so it was not kept
    async with storage.transaction() as tx:
        assert len(await outbox.claim(tx, outbox.NOTICE, NOW + SECOND, 9)) == 1


async def test_what_was_not_kept_is_not_retried(storage):
    assert await stuck.retry(storage, "12", NOW) == []
    assert len(await ids(storage)) == 3


@pytest.mark.parametrize("which", ["99", "none", ""])
async def test_what_is_not_there_is_named(storage, which):
    with pytest.raises(WrongSettings, match="jekduk stuck lists those there are"):
        await stuck.retry(storage, which, NOW)


async def test_people_who_are_away_are_counted_by_reason_and_tried_again_at_once(storage):
    assert await stuck.away(storage) == ""
    async with storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("b", 8, "act", outbox.NOTICE, NOW)], NOW)
        for chat, reason in ((8, "not found"), (9, "not found"), (10, "blocked")):
            await outbox.lose(tx, chat, reason, NOW)
    assert await stuck.away(storage) == "away: 3 people (blocked 1, not found 2), messages kept for them: 1"
    assert await stuck.retry_away(storage, NOW + SECOND) == 3
    assert await stuck.away(storage) == ""
    async with storage.transaction() as tx:
        assert [owed.chat for owed in await outbox.claim(tx, outbox.NOTICE, NOW + SECOND, 9)] == [8]
