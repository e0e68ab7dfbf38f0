"""The head's page on a large register: how long a browser waits for it."""

import asyncio
import time
from dataclasses import replace

import aiohttp

from bot.web.pages import Pages
from handlers.context import Services
from storage import district, open_storage, people
from storage.pages import opened
from storage.workflow import Workflow
from tests.bench.million import built
from tests.bench.registers import FIRST_OFFICER, NOW
from tests.bench.scales import Result, percentile
from tests.web.test_health import free_port

LIMIT = 50.0  # milliseconds
MAKING = "sedang dihitung"  # the page without the figures of its month


async def wall(total: int, times: int) -> Result:
    """One request after the other: while the figures are made, and then as a wall asks all day."""
    path = await built(total)
    port, storage = free_port(), await open_storage(f"sqlite:///{path}")
    services = replace(Services(storage, Workflow(district.load()), lambda: NOW), page_url=f"http://127.0.0.1:{port}")
    async with storage.transaction() as tx:
        await people.give_post(tx, FIRST_OFFICER, "head", "", "id", NOW)
        head = next(one.id for one in (await people.get(tx, FIRST_OFFICER, NOW)).posts if one.role == "head")
        key = await opened.open(tx, await opened.link(tx, head, "id", NOW), NOW)
    try:
        async with Pages(services, port).site.served(), aiohttp.ClientSession(cookies={"page": str(key)}) as browser:
            first, text = await _waited(browser, services.page_url)
            busy = [first]
            while MAKING in text:
                wait, text = await _waited(browser, services.page_url)
                busy.append(wait)
            waits = [(await _waited(browser, services.page_url))[0] for _ in range(times)]
    finally:
        await storage.close()
    p95 = 1000 * percentile(waits, 0.95)
    while_made = f"{1000 * percentile(busy, 0.5):.1f}, {1000 * percentile(busy, 0.95):.1f} ms of {len(busy)} requests"
    figures = {
        "the first": f"{first:.1f} s",
        "while figures are made: median, p95": while_made,
        "median, p95": f"{1000 * percentile(waits, 0.5):.1f}, {p95:.1f} ms",
    }
    return Result(
        f"the head's page on {total:,} documents", figures, f"p95 {p95:.1f} ms; at most {LIMIT:.0f}", p95 <= LIMIT
    )


async def _waited(browser: aiohttp.ClientSession, url: str) -> tuple[float, str]:
    """Seconds until the page is there, and the page."""
    async with asyncio.timeout(120):
        while True:
            begun = time.perf_counter()
            try:
                async with browser.get(url) as answer:
                    text = await answer.text()
                    answer.raise_for_status()
                    return time.perf_counter() - begun, text
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.02)
