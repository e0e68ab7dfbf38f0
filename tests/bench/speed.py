"""Updates a second: the rivals' echo, our /status and an officer's tap, in turns; and one tap's way to a notice."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bot.sandbox import Bot, Window
from bot.sandbox.world import Call
from handlers.documents.buttons import TakeLeg
from tests.bench import registers
from tests.bench.bots import AIOGRAM, OURS, OURS_POSTGRES, Breed, Process
from tests.bench.registers import FIRST_CITIZEN, FIRST_OFFICER, Paper
from tests.bench.scales import Result, percentile, ratios, spread, times
from tests.bench.stage import Flow, Pace, Stage, by_chat

CROWD = 100  # in flight
LEGS = ("to_registry", "at_registry", "issued", "from_registry")  # nobody is told of these but who follows
EACH = 90  # papers in the hands of one officer
FOLLOWERS = 3
PAPERS = 10_000


TAP = "officer's tap: durable move, 3 notices, card edited, tap answered; taps/s (5 calls each)"
LATEST = 6  # times as long as an echo, which waits for no disk
Paces = Mapping[Breed, Sequence[Pace]]


@dataclass(frozen=True, slots=True)
class Plan:
    """aiogram is among the echoes. `ours` begins with this checkout on SQLite; what follows is measured beside it."""

    rounds: int
    seconds: float
    taps: int
    echoes: tuple[Breed, ...]
    ours: tuple[Breed, ...]


@dataclass(slots=True)
class Officers:
    """Couriers who take one paper after the other along its road, each with three followers of their own."""

    windows: list[Window]
    _steps: list[int] = field(default_factory=lambda: [0] * CROWD)
    _taps: dict[str, int] = field(default_factory=dict)

    def tap(self, i: int) -> None:
        step = self._steps[i]
        self._steps[i] += 1
        paper, leg = divmod(step, len(LEGS))
        if paper >= EACH:
            raise RuntimeError("no papers left: fill the register with more")
        button = TakeLeg(registers.document_id(i * EACH + paper, PAPERS), leg + 1, LEGS[leg])
        self._taps[self.windows[i].forge(button.pack()).id] = i

    def belongs(self, call: Call) -> int | None:
        """Whose tap a call comes from: the card, the toast, or a notice to a follower."""
        if call.method == "answerCallbackQuery":
            return self._taps.pop(call.params["callback_query_id"])
        chat = int(call.params.get("chat_id", 0))
        if chat >= FIRST_CITIZEN:
            return (chat - FIRST_CITIZEN) // FOLLOWERS if chat < FIRST_CITIZEN + CROWD * FOLLOWERS else None
        return chat - FIRST_OFFICER if chat >= FIRST_OFFICER else None


def papers() -> list[Paper]:
    """The officers' papers first, then as many others as the register needs."""
    drawn = registers.numbers()
    mine = [
        Paper(next(drawn), "simego", "at_district", [FIRST_CITIZEN + i * FOLLOWERS + k for k in range(FOLLOWERS)])
        for i in range(CROWD)
        for _ in range(EACH)
    ]
    return mine + [Paper(next(drawn), "gumelem", "filed") for _ in range(PAPERS - len(mine))]


class Company:
    """All bots of the row, alive and idle but for the one whose turn it is."""

    def __init__(self, stage: Stage, folder: Path, filed: list[Paper]) -> None:
        self.stage, self._folder, self._filed = stage, folder, filed
        self.bots: dict[str, tuple[Process, Bot]] = {}

    async def enter(self, stack: AsyncExitStack, breed: Breed) -> None:
        folder = self._folder / breed.name
        folder.mkdir()
        database = await self._database(stack, breed, folder)
        bot = self.stage.bot(f"90{len(self.stage.bots)}:bench", f"bench{len(self.stage.bots)}_bot")
        process = Process(breed, self.stage.url, bot.token, folder, database)
        stack.push_async_callback(process.kill)
        await process.start()
        (window,) = self.stage.windows(bot, [1])
        await self.stage.settled(process, window, "/bantuan")
        self.bots[breed.name] = process, bot

    async def _database(self, stack: AsyncExitStack, breed: Breed, folder: Path) -> str:
        registers.district_file(folder, home=breed.home)
        if breed is OURS_POSTGRES:
            from tests import postgres  # noqa: PLC0415  # tests bring a server, and who only benches may have none

            url = await stack.enter_async_context(postgres.database())
            await registers.create_on_postgres(url, self._filed, PAPERS, couriers=CROWD)
            return url
        if breed.command == OURS.command:
            await registers.create(folder / "register.db", self._filed, PAPERS, couriers=CROWD, home=breed.home)
        return ""

    def crowd(self, breed: Breed, text: Callable[[], str]) -> Flow:
        """People who write to this bot and wait for its answer."""
        _, bot = self.bots[breed.name]
        windows = self.stage.windows(bot, range(740_000_000, 740_000_000 + CROWD))
        return Flow(self.stage, bot, CROWD, lambda i: windows[i].say(text()), by_chat(windows))

    def status(self, breed: Breed) -> Flow:
        return self.crowd(breed, lambda: f"/status {random.choice(self._filed).number}")

    async def officers(self, breed: Breed) -> Officers:
        _, bot = self.bots[breed.name]
        windows = self.stage.windows(bot, range(FIRST_OFFICER, FIRST_OFFICER + CROWD))
        self.stage.windows(bot, range(FIRST_CITIZEN, FIRST_CITIZEN + CROWD * FOLLOWERS))
        for window in windows:  # a card that the taps belong to
            await self.stage.call(bot.token, "sendMessage", {"chat_id": str(window.chat.id), "text": "card"})
        return Officers(windows)

    def taps(self, breed: Breed, officers: Officers) -> Flow:
        return Flow(self.stage, self.bots[breed.name][1], CROWD, officers.tap, officers.belongs, calls=2 + FOLLOWERS)


async def speed(folder: Path, plan: Plan) -> list[Result]:
    """Rows: /status, the officer's tap, and its way to the first notice."""
    async with Stage.open() as stage, AsyncExitStack() as stack:
        company = Company(stage, folder, papers())
        await asyncio.gather(*(company.enter(stack, breed) for breed in (*plan.echoes, *plan.ours)))
        officers = {breed: await company.officers(breed) for breed in plan.ours}
        turns: list[tuple[str, Breed, Flow]] = [
            *(("echo", breed, company.crowd(breed, lambda: "hello")) for breed in plan.echoes),
            *(("status", breed, company.status(breed)) for breed in plan.ours),
            *(("tap", breed, company.taps(breed, officers[breed])) for breed in plan.ours),
        ]
        found: dict[str, dict[Breed, list[Pace]]] = {"echo": {}, "status": {}, "tap": {}}
        for _ in range(plan.rounds):
            for what, breed, flow in turns:
                process, _ = company.bots[breed.name]
                found[what].setdefault(breed, []).append(await flow.measure(process, plan.seconds))
        latency = await latencies(company, officers, plan)
    return [
        row("/status with database, updates/s", found["echo"], found["status"], 1.5),
        row(TAP, {AIOGRAM: found["echo"][AIOGRAM]}, found["tap"], 0.5),
        latency,
    ]


def row(title: str, echoes: Paces, ours: Paces, least: float) -> Result:
    """Ours, all of them, beside the echoes; what counts is this checkout on SQLite beside aiogram."""
    share = {breed: ratios(rates(paces), rates(echoes[AIOGRAM])) for breed, paces in ours.items()}
    told_of = [f"{times(share[OURS])} aiogram's echo; at least {least}"]
    told_of += [f"{times(ratios(rates(ours[OURS]), rates(ours[other])))} {other.title}" for other in [*ours][1:]]
    return Result(
        title,
        {f"{b.title}, echo": told(paces) for b, paces in echoes.items()}
        | {b.title: told(paces) for b, paces in ours.items()},
        ".  ".join(told_of), median(share[OURS]) >= least,
        [f"{CROWD} at once, each again when answered; medians (lowest-highest) of the rounds, ratios round by round"],
    )  # fmt: skip


def rates(paces: Sequence[Pace]) -> list[float]:
    return [pace.rate for pace in paces]


def told(paces: Sequence[Pace]) -> str:
    rate, cpu = spread([pace.rate for pace in paces]), spread([pace.cpu for pace in paces], " ms", 2)
    return f"{rate}   CPU {cpu} each   server {100 * median([pace.server for pace in paces]):.0f} % busy"


async def latencies(company: Company, officers: dict[Breed, Officers], plan: Plan) -> Result:
    """One by one, with rests between them: aiogram's echo, and from a tap to the first follower's message."""
    _, rival = company.bots[AIOGRAM.name]
    (echo,) = company.stage.windows(rival, [740_000_000])
    taken: dict[Breed, list[float]] = {breed: [] for breed in (AIOGRAM, *plan.ours)}
    for i in range(plan.taps):
        taken[AIOGRAM].append(await _until_sent(company.stage, rival, lambda: echo.say("hello")))
        for breed in plan.ours:
            taken[breed].append(
                await _until_sent(company.stage, company.bots[breed.name][1], partial(officers[breed].tap, i % CROWD))
            )
    middle, late = ({breed: 1000 * percentile(waits, share) for breed, waits in taken.items()} for share in (0.5, 0.99))
    ratio = middle[OURS] / middle[AIOGRAM]
    return Result(
        "tap → first notice at Telegram, idle, grace 0, ms",
        {b.title + (", echo" if b is AIOGRAM else ""): f"p50 {middle[b]:.1f}, p99 {late[b]:.1f}" for b in taken},
        f"{ratio:.1f} × aiogram's echo at p50; at most {LATEST}", ratio <= LATEST,
        [f"{plan.taps} of each in turns, a rest of 20 to 60 ms before each; a tap waits for the disk twice until then"],
    )  # fmt: skip


def _is_told(call: Call) -> bool:
    """Whether a citizen has the news: as a message, or in the card that is there already."""
    return call.method in {"sendMessage", "editMessageText"} and int(call.params["chat_id"]) >= FIRST_CITIZEN


async def _until_sent(stage: Stage, bot: Bot, ask: Callable[[], object]) -> float:
    await asyncio.sleep(random.uniform(0.02, 0.06))
    told: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def watch(event: str, facts: dict[str, Any]) -> None:
        if event == "call" and facts["call"].bot == bot.id and _is_told(facts["call"]) and not told.done():
            told.set_result(time.perf_counter())

    stage.watchers.append(watch)
    start = time.perf_counter()
    ask()
    try:
        async with asyncio.timeout(10):
            return await told - start
    finally:
        stage.watchers.remove(watch)
