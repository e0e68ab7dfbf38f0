"""The page of phones: files as they are, no build; the headers see to it that it asks nobody but this server."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent
KINDS = {".html", ".css", ".js", ".svg"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        "media-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",  # what was edited is seen at the next reload
}


def routes() -> list[web.RouteDef]:
    """The page at `/`, its parts beside it."""
    return [web.get("/", index), web.get("/page/{name}", part)]


async def index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(FOLDER / "index.html", headers=HEADERS)


async def part(request: web.Request) -> web.FileResponse:
    """One of the files here, and nothing else of this machine."""
    name = request.match_info["name"]
    if name not in {file.name for file in FOLDER.iterdir() if file.suffix in KINDS}:
        raise web.HTTPNotFound
    return web.FileResponse(FOLDER / name, headers=HEADERS)
