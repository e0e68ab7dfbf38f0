"""A group in which many write at once: it waits for its turns, and nobody else waits with it."""

import asyncio

from bot.parts import Parts, join
from bot.telegram.rate_limit import RateLimiter
from storage import inbox
from tests.handlers.test_groups import group_of, joined, posted
from tests.town import SandboxWire, Town, migrated

MEMBERS, TURNS = 40, 3


class Slow(Town):
    """A town whose group hears one message a minute, after the first three."""

    def _join(self) -> Parts:
        limiter = RateLimiter(group_rate=1 / 60)
        return join(self.services, SandboxWire(self.sandbox), lambda: True, limiter, seconds=50)


async def test_forty_who_write_in_a_group_at_once_hold_no_worker_and_a_stranger_is_answered(tmp_path):
    await migrated(f"sqlite:///{tmp_path / 'town.db'}")
    async with Slow.open(f"sqlite:///{tmp_path / 'town.db'}") as town:
        group = group_of(town, town.warni)
        await joined(town, group)
        for n in range(MEMBERS):
            group.add_person(town.sandbox.person(f"Warga {n}").user).say("/status@jekduk_bot")
        stranger = town.sandbox.person("Tamu").chat()
        stranger.say("/start")
        async with asyncio.timeout(10):  # of a minute that each of the group's turns takes
            while town.telegram.queue or town.parts.dispatcher.held or not stranger.heard:  # noqa: ASYNC110  # no event
                await asyncio.sleep(0.01)
        async with town.storage.reading() as tx:
            assert await inbox.failed(tx) == []
            rows = await tx.all("oldest_owed", never=1 << 61, sms=2)
        assert len(posted(group, town.warni)) == TURNS
        assert rows[0][1] == 1  # what they all ask for is owed once
