"""Serves the head's page: a link of the chat opens it once, a cookie keeps it open, and the chat ends it."""

from collections.abc import Iterable
from http import HTTPStatus

from aiohttp import web

from bot.addresses import LOOPBACK
from bot.web.kept import Kept
from bot.web.public_page import PublicPage
from bot.web.rendering import LANGUAGES, file, guarded, shown
from bot.web.site import Site
from handlers.attestations.screens import checked
from handlers.context import Services
from handlers.pages import board
from handlers.wording.sentences import sentence
from locales import Words, words
from storage.attestations import letters
from storage.db.sealing import Forged
from storage.pages import opened
from storage.pages.opened import SESSION_LASTS
from storage.statistics import months
from storage.statistics.figures import Summary

PATIENCE = 1.0  # seconds for which a page waits for the figures of the month: it has the rest already
MOST = 65_536  # bytes of what a browser or another system may send


class Pages:
    """The pages at `/`: whoever has a session sees the board, everyone else how it is opened, or the public page if the
    district wants one. `proxies` are those that may say where a visitor comes from. What other rooms serve stands
    `beside` them.
    """

    def __init__(
        self, services: Services, port: int, host: str = LOOPBACK, proxies: str | None = None,
        beside: Iterable[web.RouteDef] = (),
    ) -> None:  # fmt: skip
        self._services = services
        self._facts, self._month = Kept(self._read_facts), Kept(self._read_month)
        is_safe = services.page_url.startswith("https:")
        self._cookie = {"httponly": True, "samesite": "Strict", "secure": is_safe, "max_age": SESSION_LASTS // 1000}
        self._key = "__Host-page" if is_safe else "page"
        app = web.Application(middlewares=[guarded], client_max_size=MOST)
        app.add_routes(
            [
                web.get("/", self._board),
                *(web.get(f"/{name}", file(name)) for name in ("page.css", "page.js")),
                web.get("/favicon.ico", _nothing),
                web.get("/verify/{reference:[a-p_]{1,62}}", self._check),
                web.get("/{token:[a-z0-9]{12}}", self._door),
                web.post("/{token:[a-z0-9]{12}}", self._open),
                *beside,
            ]
        )
        self._public = PublicPage(services, proxies) if services.workflow.district.district.public_page else None
        if self._public:
            app.add_routes(self._public.routes)
        app.on_cleanup.append(self._stop)
        self.site = Site(app, port, "head's", host=host)

    async def _stop(self, _: web.Application) -> None:
        self._facts.stop()
        self._month.stop()
        if self._public:
            self._public.stop()

    async def _board(self, request: web.Request) -> web.StreamResponse:
        if self._public and self._key not in request.cookies:
            return await self._public.page(request)
        async with self._services.storage.reading() as tx:
            page = await opened.of_session(tx, request.cookies.get(self._key, ""), self._services.now())
        if page is None:
            t = _language(request, None)
            said = t("This page is not open here. The head of the district gets a link in the chat: /halaman")
            return shown("said.html", t, HTTPStatus.FORBIDDEN, said=said)
        t = _language(request, page.lang)
        found = board.board(self._services.workflow, await self._facts.get(), await self._month.soon(PATIENCE), t)
        return shown(
            "board.html", t, page=found, asof=t("As of {moment}", moment=found.moment), languages=LANGUAGES,
            lost=t("No connection: what stands here is not new any more."),
        )  # fmt: skip

    async def _door(self, request: web.Request) -> web.StreamResponse:
        """A link is opened by a tap, not by being looked at: messengers look at links by themselves."""
        t = _language(request, None)
        opens = t("The page opens on this device for 30 days. The chat can end it at any time: /halaman")
        return shown("door.html", t, opens=opens, open=t("Open the page"))

    async def _open(self, request: web.Request) -> web.StreamResponse:
        async with self._services.storage.transaction() as tx:
            key = await opened.open(tx, request.match_info["token"], self._services.now())
        if key is None:
            t = _language(request, None)
            said = t("This link was used or its time is over. Please ask the district office for a new one.")
            return shown("said.html", t, HTTPStatus.FORBIDDEN, said=said)
        answer = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/"})
        answer.set_cookie(self._key, key, **self._cookie)  # type: ignore[arg-type]  # one mapping of several kinds
        return answer

    async def _check(self, request: web.Request) -> web.StreamResponse:
        """What the code on a letter leads to: whoever holds the letter needs no session."""
        t, reference = _language(request, None), request.match_info["reference"]
        try:
            async with self._services.storage.reading() as tx:
                found = await letters.issued(tx, reference)
        except Forged:
            return shown("said.html", t, HTTPStatus.NOT_FOUND, said=sentence("forged_letter", t, self._services.now()))
        blocks = checked(self._services.workflow, found, t, self._services.now())
        return shown("checked.html", t, blocks=blocks)

    async def _read_facts(self) -> board.Standing:
        async with self._services.storage.reading() as tx:
            return await board.facts(tx, self._services.workflow, self._services.now())

    async def _read_month(self) -> Summary:
        workflow = self._services.workflow
        async with self._services.storage.reading() as tx:
            return (await months.until(tx, workflow, workflow.calendar.day(self._services.now()), 1))[-1]


def _language(request: web.Request, of_page: str | None) -> Words:
    return words(request.query.get("lang") or of_page)


async def _nothing(_: web.Request) -> web.StreamResponse:
    return web.Response(status=HTTPStatus.NO_CONTENT)
