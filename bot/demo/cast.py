"""The cast of the demo and of the tests: people of Petungkriyono who do not exist, and the files they filed."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from storage import Storage, documents, outbox, people
from storage.db.protocol import Tx
from storage.district import Calendar
from storage.records import HOUR, Actor, Person, Seen
from storage.workflow import Workflow

_LEG = 2 * HOUR  # of working time
_LONG = 20  # hours of working time for which each fifth stands longer: late, whatever the weekday
_FIRST_CHAT = 710_000_001


class Member(NamedTuple):
    """Somebody of the cast. `role` is empty for a citizen."""

    key: str
    chat: int
    name: str
    lang: str
    role: str = ""
    village: str = ""


def _cast() -> Iterator[Member]:
    speaking = [
        ("sari", "Sari", "id", "", ""),
        ("paijo", "Mbah Paijo", "jv", "", ""),
        ("emma", "Emma", "en", "", ""),
        ("warni", "Bu Warni", "id", "village_officer", "tlogopakis"),
        ("ningsih", "Bidan Ningsih", "id", "reporter", "tlogopakis"),
        ("joko", "Joko", "id", "courier", ""),
        ("slamet", "Slamet", "jv", "courier", ""),
        ("rina", "Rina", "id", "district_desk", ""),
        ("budi", "Budi", "id", "registry_desk", ""),
        ("hadi", "Pak Hadi", "id", "head", ""),
    ]
    others = ["simego", "gumelem", "tlogohendro", "yosorejo", "curugmuncar", "songgodadi", "kasimpar", "kayupuring"]
    speaking += [(village, f"Perangkat {village.capitalize()}", "id", "village_officer", village) for village in others]
    for i, (key, name, lang, role, village) in enumerate(speaking):
        yield Member(key, _FIRST_CHAT + i, name, lang, role, village)


CAST = {member.key: member for member in _cast()}
_MIXES = (
    ("KK",),
    ("KTP",),
    ("AKL", "KK", "KIA"),
    ("KK", "KTP"),
    ("AKM", "KK"),
    ("KIA",),
    ("PINDAH",),
    ("DATANG", "KK"),
)
_STAGES_OFTEN = (
    "ready_at_district", "to_registry", "at_district", "filed", "at_registry", "ready_at_village", "issued",
    "to_district", "from_registry", "filed", "at_district", "handed_over", "ready_at_district", "ready_at_village",
)  # fmt: skip


async def settle_in(storage: Storage, now: int) -> None:
    """Everybody takes up their post, and speaks their language."""
    async with storage.transaction() as tx:
        for member in CAST.values():
            if member.lang == "jv":  # no Telegram says jv by itself: it is chosen
                await people.choose_language(tx, member.chat, member.lang)
            if member.role:
                await people.give_post(tx, member.chat, member.role, member.village, member.lang, now)


async def fill(storage: Storage, workflow: Workflow, now: int, requests: int = 36) -> list[str]:
    """Some 60 documents at all stages, filed and moved by the cast over the last days; their receipt numbers."""
    dice = random.Random(34)  # noqa: S311  # the same town each time, no secret in it
    filed = []
    for i in range(requests):
        village = list(workflow.villages)[i % len(workflow.villages)]
        goal = _STAGES_OFTEN[i % len(_STAGES_OFTEN)]
        stood = dice.uniform(0.2, 5) + (_LONG if i % 5 == 0 else 0)
        last = earlier(workflow.calendar, now, int(stood * HOUR))
        async with storage.transaction() as tx:
            filed.append(await walk(tx, workflow, village, _MIXES[i % len(_MIXES)], goal, last, f"town:{i}"))
    await nobody_waits(storage, now)
    return filed


async def walk(
    tx: Tx, workflow: Workflow, village: str, types: tuple[str, ...], goal: str, last: int, draft: str
) -> str:
    """File a request and carry it to a stage while the counters are open, so that the last step is at `last`."""
    steps = max(len(_road(workflow, type, goal)) for type in types)
    times = [earlier(workflow.calendar, last, _LEG * (steps - step)) for step in range(steps + 1)]
    officer = await people.get(tx, _officer(village))
    filed = await documents.file(tx, workflow, village, types, draft, Actor(officer, times[0]))
    for document in await documents.of_request(tx, filed.request):
        version = document.version
        for i, stage in enumerate(_road(workflow, document.type, goal), 1):
            doer = await _doer(tx, workflow, document.type, village, stage)
            await documents.move(tx, workflow, [Seen(document.id, version)], stage, Actor(doer, times[i]))
            version += 1
    return filed.number


def earlier(calendar: Calendar, at: int, span: int) -> int:
    """The time that lies so much working time before another; while the counters are closed none passes."""
    day = calendar.day(at)
    while True:
        if calendar.is_working(day):
            end = min(calendar.closing(day), at)
            if (worked := end - calendar.opening(day)) >= span:
                return end - span
            span -= max(worked, 0)
        day -= timedelta(days=1)


def _road(workflow: Workflow, type: str, goal: str) -> tuple[str, ...]:
    route = workflow.route(type)
    return route[1 : route.index(goal) + 1] if goal in route else ()


def _officer(village: str) -> int:
    return next(m.chat for m in CAST.values() if m.role == "village_officer" and m.village == village)


async def _doer(tx: Tx, workflow: Workflow, type: str, village: str, stage: str) -> Person:
    route = workflow.route(type)
    origin = route[route.index(stage) - 1]
    for member in CAST.values():
        person = await people.get(tx, member.chat)
        if workflow.doer(person, type, village, origin, stage):
            return person
    raise LookupError(stage)


async def nobody_waits(storage: Storage, now: int) -> None:
    """What the officers would have been told over the last days is told already."""
    async with storage.transaction() as tx:
        while owed := await outbox.claim(tx, outbox.NOTICE, now, 500):
            await outbox.sent(tx, [id for one in owed for id in one.ids], now)
