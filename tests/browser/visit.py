"""A visitor of the demo's page: what they see on a phone, and what they can press there."""

import asyncio
from typing import Any, Self
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it tells none
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, Request, expect

LATE = 15_000  # milliseconds
SCROLLS = 0.7  # seconds


class Phone:
    """One phone of the row."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.at = page.get_by_role("article", name=name, exact=True)

    async def says(self, text: str) -> None:
        """Write and send."""
        field = self.at.get_by_role("textbox")
        await field.fill(text)
        await field.press("Enter")

    async def taps(self, label: str) -> None:
        """Tap the newest button that says so."""
        await self.at.locator(".msg .key", has_text=label).last.click()

    async def hears(self, words: str) -> Locator:
        """Wait until the bot has said it; the newest such message."""
        said = self.at.locator(".msg.in", has_text=words)
        await expect(said.last).to_be_visible(timeout=LATE)
        return said.last

    async def is_at_its_end(self) -> None:
        """The newest message is in view, and stays there once nothing moves any more."""
        await asyncio.sleep(SCROLLS)
        assert await self.at.locator(".log").evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2

    async def scrolls_up(self) -> None:
        """As a finger does, to the very first message."""
        await self.at.locator(".log").hover()
        await self.page.mouse.wheel(0, -9000)
        await asyncio.sleep(SCROLLS)

    async def closes_alert(self) -> str:
        """Read what popped up over the chat, and close it."""
        box = self.at.get_by_role("alertdialog")
        words = await box.locator("p").inner_text(timeout=LATE)
        await box.get_by_role("button").click()
        return words

    async def moves(self, number: str, leg: str, done: str) -> None:
        """Look a number up, complete a leg, and see it recorded."""
        await self.says(number)
        await self.taps(f"✅ {leg}")  # a reminder has a button of the same words
        await self.hears(done)


class Visit:
    """The page, with everything on it that went wrong."""

    def __init__(self, context: BrowserContext, page: Page, url: str) -> None:
        self.context, self.page, self.url = context, page, url
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", self._failed)
        page.on("request", self._asked)

    @classmethod
    async def begin(
        cls, browser: Browser, url: str, *, toured: bool = True, width: int = 1280, height: int = 900,
        language: str = "en", scheme: Any = "light", motion: Any = "reduce",
    ) -> Self:  # fmt: skip
        # Without motion nothing needs to come to rest before it can be pressed.
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale=language, color_scheme=scheme, reduced_motion=motion
        )
        if toured:
            await context.add_init_script("localStorage.setItem('toured', 'yes')")
        visit = cls(context, await context.new_page(), url)
        await visit.opens()
        return visit

    async def opens(self) -> None:
        await self.page.goto(self.url)
        await expect(self.page.locator("body[data-ready]")).to_be_visible(timeout=LATE)

    async def another_tab(self) -> Self:
        """A second window of the same browser."""
        visit = type(self)(self.context, await self.context.new_page(), self.url)
        visit.complaints = self.complaints
        await visit.opens()
        return visit

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(self.url):
            self.complaints.append(f"asked {request.url}")

    async def end(self) -> None:
        await self.context.close()

    def phone(self, name: str) -> Phone:
        return Phone(self.page, name)

    async def presses(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).click()

    async def card(self, words: str) -> Locator:
        """A document on the road."""
        card = self.page.locator(".cards .card").and_(self.page.get_by_role("button", name=words))
        await expect(card).to_be_visible(timeout=LATE)
        return card

    async def reads(self, where: str, words: str) -> None:
        """Wait until a place of the page says so."""
        await expect(self.page.locator(where)).to_contain_text(words, timeout=LATE)

    async def faults(self) -> list[str]:
        """What axe-core calls serious or worse."""
        found = await Axe().run(self.page, options={"resultTypes": ["violations"]})
        grave = [one for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in grave for node in one["nodes"]]
