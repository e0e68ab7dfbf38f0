"""getUpdates as Client.cpp does it: long poll, offsets, the brake on repeats, and the fight between two pollers."""

import asyncio
import json

from bot.sandbox.args import Json, whole
from bot.sandbox.clock import finish
from bot.sandbox.errors import Refusal
from bot.sandbox.people import Bot
from bot.sandbox.updates import DEFAULT, KINDS
from bot.sandbox.world import Ask, World

LONGEST_POLL = 50
CONFLICT_EVERY = 3.0
BRAKE_SECONDS = 3
BRAKE_HARD_SECONDS = 0.5
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"

Parked = asyncio.Future[str | None]


async def get_updates(ask: Ask) -> list[Json]:
    if ask.bot.webhook:
        raise Refusal(409, WEBHOOK_ACTIVE)
    offset, limit = whole(ask.params, "offset"), whole(ask.params, "limit", 100, 1, 100)
    timeout = whole(ask.params, "timeout", 0, 0, LONGEST_POLL)
    allow(ask.bot, ask.params.get("allowed_updates"))
    limit, timeout = braked(ask.world, ask.bot, offset, limit, timeout)
    if offset:
        ask.bot.queue.start(offset)
    ask.world.tell("poll", bot=ask.bot.id, offset=offset, limit=limit, timeout=timeout)
    updates = ask.bot.queue.ready(limit, ask.world.clock.now())
    return updates if updates or not timeout else await parked(ask.world, ask.bot, limit, timeout)


def allow(bot: Bot, text: str | None) -> None:
    """Absent or unreadable keeps what was asked before; an empty list means the usual kinds."""
    try:
        asked = json.loads(text) if text else None
    except ValueError:
        return
    if isinstance(asked, list):
        bot.queue.allowed = frozenset(kind for kind in asked if kind in KINDS) or DEFAULT


def braked(world: World, bot: Bot, offset: int, limit: int, timeout: int) -> tuple[int, int]:
    """A poll that repeats its offset too soon waits longer and gets less."""
    polling, now = bot.polling, world.clock.now()
    if world.settings.poll_spacing and offset == polling.offset:
        if timeout < BRAKE_SECONDS and now < polling.began + BRAKE_SECONDS:
            timeout = BRAKE_SECONDS
        if now < polling.began + BRAKE_HARD_SECONDS:
            limit = 1
    polling.offset, polling.began = offset, now
    return limit, timeout


async def parked(world: World, bot: Bot, limit: int, timeout: int) -> list[Json]:
    """Wait for the first update. A poll that already waits is sent away."""
    await displace(bot, OTHER_POLL)
    deadline = world.clock.now() + timeout
    updates: list[Json] = []
    while not updates and (left := deadline - world.clock.now()) > 0:
        if words := await park(world, bot, left):
            await conflict(world, bot, words)
        updates = bot.queue.ready(limit, world.clock.now())
    return updates


async def park(world: World, bot: Bot, seconds: float) -> str | None:
    """Sleep until there may be updates; words if another request sent this poll away."""
    waiting: Parked = asyncio.get_running_loop().create_future()
    bot.polling.parked = waiting
    bot.queue.grew = lambda: wake(world, bot)
    try:
        await world.clock.wait(waiting, seconds)
    finally:
        if bot.polling.parked is waiting:
            bot.polling.parked = None
    return waiting.result()


async def displace(bot: Bot, words: str) -> None:
    """Send the poll that waits away, if one does."""
    waiting, bot.polling.parked = bot.polling.parked, None
    if waiting and not waiting.done():
        waiting.set_result(words)
        await asyncio.sleep(0)


async def conflict(world: World, bot: Bot, words: str) -> None:
    """One 409 at once per three seconds; further ones come late."""
    now = world.clock.now()
    late, bot.polling.next_conflict = now < bot.polling.next_conflict, now + CONFLICT_EVERY
    if late:
        await world.clock.sleep(CONFLICT_EVERY)
    raise Refusal(409, words)


def wake(world: World, bot: Bot) -> None:
    """Let the parked poll look, a moment later, so that updates that come together go together."""
    waiting = bot.polling.parked
    if waiting and not waiting.done():
        asyncio.get_running_loop().call_later(world.settings.wake_seconds, finish, waiting)
