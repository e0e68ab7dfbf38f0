"""What the demo adds to the control API: the town as its page draws it, and buttons for time and for bad luck.

The bot knows nothing of it: the register is read beside the bot, and nobody is shown by name.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from aiohttp import web

from bot.demo.cast import CAST
from bot.demo.town import USERNAME, Demo
from bot.sandbox.world import Call
from storage import documents, ledger, numbers, overview, people
from storage.db.protocol import Tx
from storage.holds.returns import IN_PERSON
from storage.overview import Told
from storage.records import ROLES, VILLAGE_ROLES, Document, Event

Json = dict[str, Any]
LANGUAGES = ("id", "en")  # the page's own
LOOK_EVERY = 0.2  # seconds
WARM_AFTER = 4.0
PULSE_EVERY = 1.0
TOO_MANY = 429
LONGEST = 90 * 24 * 3600  # seconds to skip at once


def routes(town: Demo) -> list[web.RouteDef]:
    """Beside the control API, on the same port."""
    desk = _Desk(town)
    return [
        web.get("/demo/town", desk.show),
        web.get(r"/demo/document/{id:\d{1,19}}", desk.document),
        web.get("/demo/slip/{number}", desk.slip),
        web.post("/demo/time", desk.time),
        web.post("/demo/bot", desk.bot),
        web.post("/demo/invite", desk.invite),
    ]


class _Desk:
    def __init__(self, town: Demo) -> None:
        self._town = town

    async def show(self, _: web.Request) -> web.Response:
        """All that the page needs to begin."""
        town, rules = self._town, self._town.workflow.district
        async with town.storage.reading() as tx:
            found, posts = await overview.everything(tx, 0), await _posts(tx)
            missing = await _missing(tx, town, found)
        return web.json_response(
            {
                "bot": USERNAME,
                "zone": town.workflow.zone,
                "page": town.page,
                "stages": [_noun(stage, "place", "sound", "ready") for stage in rules.stages],
                "exits": [_noun(exit, "ends") for exit in rules.exits],
                "holds": [_noun(hold) for hold in rules.holds],
                "types": [_noun(type, "short", "mourning") for type in rules.types],
                "villages": {village.key: village.name for village in rules.villages},
                "roles": [{"key": role, "village": role in VILLAGE_ROLES} for role in ROLES],
                "cast": [member._asdict() for member in CAST.values()],
                "posts": posts,
                "documents": [_document(town, one, missing) for one in found],
                "pulse": await pulse(town),
            }
        )

    async def document(self, request: web.Request) -> web.Response:
        """The history of one document, and who was told what."""
        town, id = self._town, int(request.match_info["id"])
        async with town.storage.reading() as tx:
            found = await documents.get(tx, id) if id < 2**63 else None
            if found is None:
                raise web.HTTPNotFound
            history, told = await ledger.history(tx, id), await overview.told(tx, id)
            missing = await _missing(tx, town, [found])
        said = json.dumps(missing.get(id, ""))
        steps = [self._step(found, event, [one for one in told if one.act == event.act], said) for event in history]
        return web.json_response({**_document(town, found, missing), "steps": steps})

    def _step(self, document: Document, event: Event, told: list[Told], said: str) -> Json:
        words = _own_words().told
        return {
            "kind": event.kind,
            "stage": event.to_stage,
            "at": event.at,
            "role": event.deputy_role or event.role,  # who did it, and not in whose place
            "village": event.deputy_village if event.deputy_role else event.village,
            "told": [one._asdict() | {"act": str(one.act)} for one in told],
            "words": {lang: words(self._town, document, event, lang, said) for lang in LANGUAGES} if told else {},
            "silent": self._is_silent(document, event),
        }

    def _is_silent(self, document: Document, event: Event) -> bool:
        workflow = self._town.workflow
        if event.kind in ledger.STANDSTILL:
            return event.kind == "release" or not workflow.stops_clock(document.hold)
        return event.to_stage in workflow.stages and not workflow.stages[event.to_stage].sound

    async def slip(self, request: web.Request) -> web.Response:
        """The QR code of a receipt slip, as the village office prints it."""
        number = request.match_info["number"]
        if not numbers.is_number(number):
            raise web.HTTPNotFound
        return web.Response(body=_own_words().slip(number), content_type="image/png")

    async def time(self, request: web.Request) -> web.Response:
        """Skip `seconds`, or to the next working `morning`."""
        town, wish = self._town, await _wish(request)
        now = town.now()
        seconds = wish.get("seconds", 0)
        if wish.get("until") == "morning":
            seconds = (town.workflow.calendar.next_opening(now) - now) / 1000 + 1
        if not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST:
            raise web.HTTPBadRequest
        town.pass_time(seconds)
        return web.json_response({"now": town.now(), "skipped": seconds})

    async def bot(self, request: web.Request) -> web.Response:
        """`kill` it, as a power cut would, or `start` it."""
        wish = (await _wish(request)).get("do")
        if wish not in ("kill", "start"):
            raise web.HTTPBadRequest
        if wish == "kill":
            self._town.keeper.kill()
        else:
            self._town.keeper.revive()
        return web.json_response(await pulse(self._town))

    async def invite(self, request: web.Request) -> web.Response:
        """A one-time link, as `python -m bot invite` makes it."""
        wish = await _wish(request)
        try:
            link = await _own_words().invitation(self._town, str(wish.get("role")), str(wish.get("village", "")))
        except ValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response({"link": link})


def _own_words() -> Any:
    return import_module("bot.demo.words")


async def warm_up() -> None:
    """Bring the bot's words once page and bot have begun, so that nobody waits for them later."""
    await asyncio.sleep(WARM_AFTER)
    await asyncio.to_thread(_own_words)


async def _wish(request: web.Request) -> Json:
    try:
        wish = await request.json()
    except ValueError:
        wish = None
    if not isinstance(wish, dict):
        raise web.HTTPBadRequest
    return wish


def _noun(one: Any, *facts: str) -> Json:
    """Something of the district file, with its words in the page's languages."""
    said = {lang: getattr(one, lang) for lang in LANGUAGES}
    words = {lang: said[lang] if isinstance(said[lang], str) else asdict(said[lang]) for lang in LANGUAGES}
    return {"key": one.key, **{fact: getattr(one, fact) for fact in facts}, **words}


async def _missing(tx: Tx, town: Demo, found: list[Document]) -> dict[int, Json]:
    """What lacks of the documents that were returned, by language."""
    left = {one.request for one in found if one.stage in town.workflow.exits and one.closed_at is None}
    remarks = [remark for request in left for remark in await ledger.remarks_of(tx, request)]
    said = {remark.document: json.loads(remark.words) for remark in remarks}
    return {
        document: {lang: [*one.get(lang, ()), *one.get(lang + IN_PERSON, ())] for lang in LANGUAGES}
        for document, one in said.items()
    }


def _document(town: Demo, one: Document, missing: Mapping[int, Json] = {}) -> Json:
    # A browser's numbers are too short for our ids.
    return {
        "id": str(one.id),
        "number": one.number,
        "type": one.type,
        "village": one.village,
        "stage": one.stage,
        "since": one.since,
        "version": one.version,
        "late_from": late_from(town, one),
        "hold": one.hold,
        "review": one.hold_review,
        "missing": missing.get(one.id),
    }


def late_from(town: Demo, one: Document) -> int | None:
    """From when a document stands longer than the district file allows, in whole working days: that day's opening."""
    rules, calendar = town.workflow, town.workflow.calendar
    coming = rules.following(one.type, one.stage)
    if coming is None or rules.stops_clock(one.hold):
        return None
    since = one.since + one.stopped
    at = calendar.next_opening(since)
    while calendar.working_days(since, at) <= max(rules.stages[coming].target or 1, 1):
        at = calendar.next_opening(at)
    return at


async def _posts(tx: Tx) -> list[Json]:
    """Who holds a post now, by chat."""
    return [{"chat": post.chat, "role": post.role, "village": post.village} for post in await people.posts(tx)]


async def pulse(town: Demo) -> Json:
    """How things stand: what time it is, whether the bot lives, what waits where."""
    async with town.storage.reading() as tx:
        load = await overview.load(tx)
    keeper = town.keeper
    polls = town.telegram.polling.began > keeper.began  # a newcomer waits for the lease of one that was killed
    bot = {"alive": keeper.alive and polls, "wanted": keeper.wanted, "starts": keeper.starts, "pid": keeper.pid}
    counts = {**load._asdict(), "sent": town.count_sent(load.sent)}
    return {"now": town.now(), "bot": bot, "waiting": len(town.telegram.queue), **counts}


class Watch:
    """Looks at the register, and tells the page's event stream what has changed."""

    def __init__(self, town: Demo) -> None:
        self._town = town
        self._mark = (0, 0)
        self._known: Mapping[str, Json] = {}
        self._posts: list[Json] = []
        self._refused = 0
        self._pulse: Json = {}
        self._pulse_at = 0.0
        town.sandbox.watchers.append(self._heed)

    def _heed(self, event: str, facts: Json) -> None:
        call = facts.get("call")
        if event == "call" and isinstance(call, Call) and call.status == TOO_MANY:
            self._refused += 1

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._register()
            await self._beat()
            await asyncio.sleep(LOOK_EVERY)

    async def _register(self) -> None:
        town = self._town
        async with town.storage.reading() as tx:
            mark, posts = await overview.newest(tx), await _posts(tx)
            found = await overview.everything(tx, 0) if mark != self._mark else None
            missing = await _missing(tx, town, found or [])
        if posts != self._posts:
            self._posts = posts
            town.sandbox.tell("posts", posts=posts)
        if found is not None:
            self._documents(mark, {str(one.id): _document(town, one, missing) for one in found})

    def _documents(self, mark: tuple[int, int], known: Mapping[str, Json]) -> None:
        town = self._town
        changed = [one for id, one in known.items() if one != self._known.get(id)]
        gone = [id for id in self._known if id not in known]
        self._mark, self._known = mark, known
        town.sandbox.tell("road", documents=changed, gone=gone)

    async def _beat(self) -> None:
        facts = {**await pulse(self._town), "refused": self._refused}
        now, beat = facts.pop("now"), asyncio.get_running_loop().time()
        if facts != self._pulse or beat >= self._pulse_at + PULSE_EVERY:
            self._pulse, self._pulse_at = facts, beat
            self._town.sandbox.tell("pulse", pulse={**facts, "now": now})
