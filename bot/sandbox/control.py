"""The control API: whatever a person, a clock or bad luck can do to the sandbox, over HTTP on a port of its own.

POST /sim/<verb> takes a JSON object and answers {"ok": true, "result": …} or 400 {"ok": false, "error": "…"}.
The verbs and their fields are in docs/sandbox.md.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox import outage, page, shown
from bot.sandbox.args import Json
from bot.sandbox.errors import Refusal
from bot.sandbox.sight import Unable
from bot.sandbox.state import Sandbox
from bot.sandbox.verbs import VERBS

EVENTS_WAITING = 10_000
CALLS_SHOWN = 1_000
PING_SECONDS = 15


class Streams(set["asyncio.Task[None] | None"]):
    """The event streams that are open."""


SANDBOX = web.AppKey("sandbox", Sandbox)
STREAMS = web.AppKey("streams", Streams)
DEMO = web.AppKey("demo", bool)


def control_app(sandbox: Sandbox, more: Iterable[web.RouteDef] = ()) -> web.Application:
    """The application, with the page at `/` and the routes that a demo adds."""
    more = list(more)
    app = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[at_home])
    app[SANDBOX] = sandbox
    app[STREAMS] = Streams()
    app[DEMO] = bool(more)
    app.add_routes(
        [
            web.post("/sim/{verb}", act),
            web.get("/sim/state", state),
            web.get("/sim/transcript/{chat}", transcript),
            web.get("/sim/calls", calls),
            web.get("/sim/unanswered", unanswered),
            web.get("/sim/faults", faults),
            web.get("/sim/file/{id}", file),
            web.get("/sim/events", events),
            *page.routes(),
            *more,
        ]
    )
    app.on_shutdown.append(end_streams)
    return app


@web.middleware
async def at_home(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pages of other sites that a visitor has open have no business here."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        return refused("this comes from another page", 403)
    return await handler(request)


async def act(request: web.Request) -> web.Response:
    """Do one verb."""
    verb = request.match_info["verb"]
    if verb not in (*VERBS, "signal"):
        return refused(f"there is no verb {verb!r}; there are {', '.join(VERBS)}, signal", 404)
    try:
        body = json.loads(await request.text() or "{}")
        return web.json_response({"ok": True, "result": outage.perform(request.app[SANDBOX], verb, body)})
    except KeyError as missing:
        return refused(f"the field {missing} is missing")
    except (Unable, ValueError, TypeError, AttributeError) as error:
        return refused(str(error))
    except Refusal as refusal:
        return refused(refusal.words)


def refused(words: str, status: int = 400) -> web.Response:
    return web.json_response({"ok": False, "error": words}, status=status)


async def state(request: web.Request) -> web.Response:
    sandbox = request.app[SANDBOX]
    return web.json_response(
        {
            "now": sandbox.clock.now(),
            "bots": [shown.bot_json(sandbox, bot) for bot in sandbox.bots.values()],
            "people": [shown.user_json(user) for user in sandbox.people.values()],
            "groups": [chat.json() for chat in sandbox.groups.values()],
            "limits": sandbox.flood.limits is not None,
            "faults": [fault.kind for fault in sandbox.faults],
            "calls": sandbox.call_count,
            "demo": request.app[DEMO],
        }
    )


async def transcript(request: web.Request) -> web.Response:
    """What a person sees now. A private chat's number is the person's; in a group `?user=` says whose eyes."""
    asked: Json = {"chat": int(request.match_info["chat"]), **request.query}
    asked.setdefault("user", asked["chat"])
    try:
        return web.json_response(outage.transcript(request.app[SANDBOX], asked))
    except Unable as error:
        return refused(str(error), 404)


async def calls(request: web.Request) -> web.Response:
    """The calls kept, oldest first; `?after=` a number, `?method=`, `?limit=`."""
    after, method = int(request.query.get("after", 0)), request.query.get("method", "").lower()
    kept = [call for call in request.app[SANDBOX].calls if call.number > after and method in ("", call.method.lower())]
    limit = int(request.query.get("limit", CALLS_SHOWN))
    return web.json_response([shown.call_json(call) for call in kept[:limit]])


async def unanswered(request: web.Request) -> web.Response:
    bots = request.app[SANDBOX].bots.values()
    return web.json_response([shown.tap_json(tap) for bot in bots for tap in bot.taps.values()])


async def faults(request: web.Request) -> web.Response:
    waiting = request.app[SANDBOX].faults
    return web.json_response([{"kind": f.kind, "method": f.method, "chat": f.chat, "seen": f.seen} for f in waiting])


async def file(request: web.Request) -> web.Response:
    """A file's content, by file_id."""
    stored = request.app[SANDBOX].files.get(request.match_info["id"])
    if stored is None:
        return refused("no such file", 404)
    # What a bot sends may be a page with a script in it: it is shown, never run.
    headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=stored.file.body, content_type=stored.file.type.partition(";")[0], headers=headers)


async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events, from now on, without those named in `?skip=`. Whoever falls too far behind is cut off."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await response.prepare(request)
    streams, task = request.app[STREAMS], asyncio.current_task()
    waiting: asyncio.Queue[Json] = asyncio.Queue(EVENTS_WAITING)
    watcher = watching(waiting, frozenset(request.query.get("skip", "").split(",")))
    request.app[SANDBOX].watchers.append(watcher)
    streams.add(task)
    try:
        await stream(waiting, response.write)
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        request.app[SANDBOX].watchers.remove(watcher)
        streams.discard(task)
    return response


def watching(waiting: "asyncio.Queue[Json]", skip: frozenset[str]) -> Callable[[str, Json], None]:
    def watcher(event: str, facts: Json) -> None:
        if event not in skip and not waiting.full():
            waiting.put_nowait(shown.event_json(event, facts))

    return watcher


async def stream(waiting: "asyncio.Queue[Json]", write: Callable[[bytes], Awaitable[None]]) -> None:
    await write(b": here\n\n")
    while not waiting.full():
        try:
            event = await asyncio.wait_for(waiting.get(), PING_SECONDS)
        except TimeoutError:
            await write(b": still here\n\n")
        else:
            await write(b"data: " + json.dumps(event).encode() + b"\n\n")


async def end_streams(app: web.Application) -> None:
    streams = app[STREAMS]
    for task in list(streams):
        if task:
            task.cancel()
