"""How a page in a browser is answered: from a template, with the same strict headers on everything."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from locales import Words
from storage import is_transient

if TYPE_CHECKING:
    from jinja2 import Environment

LOOKS = Path(__file__).parent / "looks"
_POLICY = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    + _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
WITHOUT_SCRIPT = {"Content-Security-Policy": f"default-src 'none'; style-src 'self'; {_POLICY}"}
LANGUAGES = (("id", "Indonesia"), ("jv", "Jawa"), ("en", "English"))
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger(__name__)


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  # once somebody asks for a page

    return Environment(loader=FileSystemLoader(LOOKS), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def shown(template: str, t: Words, status: HTTPStatus = HTTPStatus.OK, **facts: Any) -> web.Response:
    """A page in somebody's language."""
    text = _templates().get_template(template).render(t=t, **facts)
    return web.Response(text=text, status=status, content_type="text/html")


def file(name: str) -> Handler:
    """A file that pages need."""

    async def send(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(LOOKS / name)

    return send


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The headers on everything, also on what cannot be answered; and no address of a visitor in the log."""
    try:
        answer = await handler(request)
    except web.HTTPException as error:
        answer = web.Response(status=error.status, text=error.reason)
    except Exception as error:  # noqa: BLE001  # aiohttp would log it with the visitor's address
        if is_transient(error):
            answer = web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "60"})
        else:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            at = f"{Path(frame.filename).name}:{frame.lineno}"
            log.error("a request cannot be answered", extra={"error": type(error).__name__, "at": at})  # noqa: TRY400  # a traceback may hold what was typed
            answer = web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
