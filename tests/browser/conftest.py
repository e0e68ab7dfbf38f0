"""The demo's page in a real browser: Debian's Chromium, driven by Playwright, which downloads none of its own."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.play import Played
from tests.browser.visit import Visit

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "there is no Chromium (Debian: apt-get install chromium; elsewhere: CHROMIUM=path/to/it make test)"
SHOTS = Path(__file__).parent / "shots"
# As root there is no sandbox to be had; the rest keeps it from calling home.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def running() -> Iterator[Played]:
    """The demo, as `make demo` starts it."""
    with Played() as demo:
        demo.at_rest()
        yield demo


@pytest.fixture
def played(running: Played) -> Played:
    """The demo in fine weather and with empty chats, whatever the last visitor did."""
    running.ask("/sim/clear_faults", {})
    running.ask("/sim/limits", {"on": False})
    running.ask("/demo/bot", {"do": "start"})
    state = running.ask("/sim/state")
    for person in state["people"]:
        running.wipe(person["id"], state["groups"])
    running.at_rest()
    return running


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)  # one loop, for one browser serves all


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if BROWSER is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(request: pytest.FixtureRequest, browser: Browser, played: Played) -> AsyncIterator[Visit]:
    """A visitor who reads English and has seen the tour. Nothing they do may log an error or ask another machine."""
    visitor = await Visit.begin(browser, played.url, **getattr(request, "param", {}))
    yield visitor
    SHOTS.mkdir(exist_ok=True)
    await visitor.page.screenshot(path=SHOTS / f"{request.node.name}.png")
    await visitor.end()
    assert visitor.complaints == []
