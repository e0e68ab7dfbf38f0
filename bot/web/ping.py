"""Tells somebody elsewhere, each minute, that nothing is wrong here: who hears no more of it raises the alarm."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

import aiohttp

EVERY, PATIENCE = 60.0, aiohttp.ClientTimeout(total=15)
log = logging.getLogger(__name__)


async def keep(
    url: str, look: Callable[[], Awaitable[Iterable[str]]], proxy: str | None = None, every: float = EVERY
) -> None:
    """Ask for the address as long as there is no fault. That it cannot be reached is logged once, and so is its end."""
    was_away = False
    async with aiohttp.ClientSession(timeout=PATIENCE) as client:
        while True:
            if not list(await look()):
                why = await _ask(client, url, proxy)
                if why and not was_away:
                    log.warning("nobody hears that all is well", extra={"error": why})
                if was_away and not why:
                    log.info("somebody hears again that all is well")
                was_away = bool(why)
            await asyncio.sleep(every)


async def _ask(client: aiohttp.ClientSession, url: str, proxy: str | None) -> str:
    """Why nobody heard it; nothing if somebody did. The address is as good as a password, and is not told."""
    try:
        async with client.get(url, proxy=proxy) as answer:
            return "" if answer.ok else str(answer.status)
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__
