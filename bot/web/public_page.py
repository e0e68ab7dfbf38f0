"""Serves the public page: counts and medians, and the look-up of a number with its pickup code. It sets no cookie."""

import asyncio
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web
from markupsafe import Markup

from bot.web import peers
from bot.web.kept import Kept
from bot.web.rendering import LANGUAGES, WITHOUT_SCRIPT, shown
from handlers.context import Services
from handlers.pages import public
from handlers.view import Refused
from handlers.wording.layout import grouped
from locales import Words, dates, words
from storage import overview
from storage.pages import visitors
from storage.pages.visitors import Visit
from storage.statistics import months
from storage.statistics.figures import Summary

PATH = "/cek"
PATIENCE = 1.0  # seconds for which the page waits for the figures of its month
HOUR = 3600.0  # seconds for which they are kept: a month that is over hardly changes
LONGEST = 1024  # bytes of a form, whose two fields have sixty letters
FORM = "application/x-www-form-urlencoded"


class PublicPage:
    """The page at `PATH`, and the answers to its form, one after the other: whoever asks many times at once has no more
    guesses for it.
    """

    def __init__(self, services: Services, proxies: str | None) -> None:
        self._services, self._proxies, self._turn = services, proxies, asyncio.Lock()
        self._open, self._month = Kept(self._read_open), Kept(self._read_month, fresh=HOUR, forgotten=HOUR)
        self.routes = [web.get(PATH, self._get), web.post(PATH, self._post)]

    def stop(self) -> None:
        """Make nothing any more."""
        self._open.stop()
        self._month.stop()

    async def _get(self, request: web.Request) -> web.StreamResponse:
        answer = await self.page(request)
        answer.headers.update({"Cache-Control": "max-age=60", "Vary": "Accept-Language"})
        return answer

    async def page(self, request: web.Request) -> web.Response:
        """The form and the figures, for whoever looks."""
        t, workflow = self._language(request), self._services.workflow
        return self._form(t, public.public(workflow, await self._open.get(), await self._figures(), t))

    def _form(self, t: Words, page: public.Public | None = None, said: str = "", number: str = "") -> web.Response:
        """The form, with what is `said` to what was typed before, and the figures below it."""
        about = self._services.workflow.district.district
        offered = [one for one in LANGUAGES if one[0] in about.languages]
        return self._shown(
            "public.html", t, form=public.form(t), page=page, name=about.name, said=said, number=number,
            languages=offered,
        )  # fmt: skip

    async def _post(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"} or request.content_type != FORM:
            raise web.HTTPForbidden  # another site's form would use up the guesses of whoever visits it
        form = await _typed(request)
        t, now = self._language(request), self._services.now()
        try:
            number, code = public.written(*form)
        except Refused as no:
            return self._form(t, said=public.refused(no, t, now))
        async with self._turn:
            seen = await self._look_up(request, number, code, now)
        if seen.found is None:
            answer = self._form(
                t, said=public.missed(seen.until, t, now, self._services.workflow.zone), number=grouped(number)
            )
            if seen.until:
                answer.set_status(HTTPStatus.TOO_MANY_REQUESTS)
                answer.headers["Retry-After"] = str((seen.until - now) // 1000 + 1)
            return answer
        told = Markup(public.status(self._services.workflow, seen.found, t, now))  # noqa: S704  # it is HTML
        asof = t("As of {moment}", moment=dates.moment(now, now, self._services.workflow.zone, t.lang))
        return self._shown("looked_up.html", t, told=told, asof=asof, another=t("Look up another number"))

    async def _look_up(self, request: web.Request, number: str, code: str, now: int) -> Visit:
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
        address = peers.visitor(request.remote or "", forwarded, self._proxies)
        async with self._services.storage.reading() as tx:
            seen = await visitors.look_up(tx, address, number, code, now)
        if seen.miss:
            async with self._services.storage.transaction() as tx:
                await visitors.count(tx, address, number, code, now)
        return seen

    def _shown(self, template: str, t: Words, **facts: Any) -> web.Response:
        answer = shown(template, t, path=PATH, **facts)
        answer.headers.update(WITHOUT_SCRIPT)
        return answer

    def _language(self, request: web.Request) -> Words:
        """The language that was chosen, or the best of the browser's that the district has, or the district's first."""
        offered = self._services.workflow.district.district.languages
        wanted = [request.query.get("lang", ""), *_accepted(request.headers.get("Accept-Language", ""))]
        return words(next((one for one in wanted if one in offered), offered[0]))

    async def _read_open(self) -> dict[str, tuple[int, int]]:
        async with self._services.storage.reading() as tx:
            return await overview.open_by_stage(tx)

    async def _figures(self) -> Summary | None:
        """Of the last month that is over; once the next one is, those kept are let go. None while they are made."""
        found = await self._month.soon(PATIENCE)
        if found is None or self._services.workflow.calendar.day(found.since) == self._last_month():
            return found
        self._month.let_go()
        return await self._month.soon(PATIENCE)

    def _last_month(self) -> date:
        return months.months_from(self._services.workflow.calendar.day(self._services.now()), -1)

    async def _read_month(self) -> Summary:
        """Of the last month that is over: no count in it tells what happened a moment ago."""
        async with self._services.storage.reading() as tx:
            return (await months.until(tx, self._services.workflow, self._last_month(), 1))[-1]


async def _typed(request: web.Request) -> tuple[str, str]:
    """What stands in the form: number and code. Long texts take long to be looked through, so none is."""
    length = request.content_length or 0  # a browser always tells it
    if not 0 < length <= LONGEST:
        raise web.HTTPRequestEntityTooLarge(LONGEST, length)
    try:
        fields = parse_qs(await request.text(), max_num_fields=4)
    except (ValueError, LookupError):  # no text, or one of a thousand fields
        raise web.HTTPBadRequest from None
    return fields.get("number", [""])[0], fields.get("code", [""])[0]


def _accepted(header: str) -> list[str]:
    """The languages of a browser, the one it likes best first."""
    ranked: list[tuple[float, str]] = []
    for part in header.lower().split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), tag.partition("-")[0]))
        except ValueError:
            continue
    return [tag for _, tag in sorted(ranked, key=lambda one: one[0])]
