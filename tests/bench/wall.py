"""The pages on a large register: how long a browser waits for the head's, the public one, and what its form answers."""

import asyncio
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import aiohttp

from bot.web.pages import Pages
from handlers.context import Services
from storage import Storage, district, open_storage, people
from storage.numbers import draw
from storage.pages import opened
from storage.workflow import Workflow
from tests.bench.million import built
from tests.bench.registers import FIRST_OFFICER, NOW
from tests.bench.scales import Result, percentile
from tests.web.serving import free_port

LIMIT = 50.0  # milliseconds
MAKING = "sedang dihitung"  # the page without the figures of its month
MONTH = "Langkah · "  # the public page with the figures of its own
PROXY = "127.0.0.1"


async def wall(folder: Path, total: int, times: int) -> Result:
    """One request after the other: while the figures are made, and then as a wall asks all day; visitors likewise."""
    copy = folder / "wall.db"
    await asyncio.to_thread(shutil.copyfile, await built(total), copy)  # guesses of the last run would count
    port, storage = free_port(), await open_storage(f"sqlite:///{copy}")
    ours = district.load()
    workflow = Workflow(replace(ours, district=replace(ours.district, public_page=True)))
    services = replace(Services(storage, workflow, lambda: NOW), page_url=f"http://127.0.0.1:{port}")
    cookies = {"page": await _session(storage)}
    try:
        async with Pages(services, port, proxies=PROXY).site.served(), aiohttp.ClientSession() as browser:
            url = services.page_url
            first, text = await _waited(browser, url, cookies=cookies)
            busy = [first]
            while MAKING in text:
                wait, text = await _waited(browser, url, cookies=cookies)
                busy.append(wait)
            waits = [(await _waited(browser, url, cookies=cookies))[0] for _ in range(times)]
            while MONTH not in (await _waited(browser, f"{url}/cek"))[1]:
                pass
            public = [(await _waited(browser, f"{url}/cek"))[0] for _ in range(times)]
            forms = list(_forms(times))
            asked = [(await _waited(browser, f"{url}/cek", **one))[0] for one in forms]
    finally:
        await storage.close()
    found = {
        **({"while figures are made": busy[1:]} if busy[1:] else {}),  # of a small register they are there at once
        "the head's": waits,
        "the public one": public,
        "a wrong number and code": asked,
    }
    worst = max(1000 * percentile(one, 0.95) for one in found.values())
    figures = {"the first": f"{first:.1f} s"} | {
        f"{name}: median, p95": f"{1000 * percentile(one, 0.5):.1f}, {1000 * percentile(one, 0.95):.1f} ms"
        for name, one in found.items()
    }
    return Result(
        f"the pages on {total:,} documents", figures, f"p95 {worst:.1f} ms; at most {LIMIT:.0f}", worst <= LIMIT
    )


async def _session(storage: Storage) -> str:
    """The key of a head's page."""
    async with storage.transaction() as tx:
        await people.give_post(tx, FIRST_OFFICER, "head", "", "id", NOW)
        head = next(one.id for one in (await people.get(tx, FIRST_OFFICER, NOW)).posts if one.role == "head")
        return str(await opened.open(tx, await opened.link(tx, head, "id", NOW), NOW))


def _forms(times: int) -> Iterator[Mapping[str, object]]:
    """What visitors ask in vain, each from another address."""
    for i in range(times):
        address = f"10.{i // 65536}.{i // 256 % 256}.{i % 256}"
        yield {"data": {"number": draw(), "code": "1234"}, "headers": {"X-Forwarded-For": address}}


async def _waited(browser: aiohttp.ClientSession, url: str, **asked: object) -> tuple[float, str]:
    """Seconds until the page is there, and the page."""
    ask = browser.post if "data" in asked else browser.get
    async with asyncio.timeout(120):
        while True:
            begun = time.perf_counter()
            try:
                async with ask(url, **asked) as answer:  # type: ignore[arg-type]  # any
                    text = await answer.text()
                    answer.raise_for_status()
                    return time.perf_counter() - begun, text
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.02)
