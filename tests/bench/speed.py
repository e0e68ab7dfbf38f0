"""Updates a second: the rivals' echo, our /status and an officer's tap, in turns; and one tap's way to a notice."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bot.sandbox import Bot, Window
from bot.sandbox.world import Call
from handlers.documents.buttons import TakeLeg
from tests.bench import registers
from tests.bench.bots import AIOGRAM, FAIR_PTB, OURS, PTB, Process
from tests.bench.registers import FIRST_CITIZEN, FIRST_OFFICER, Paper
from tests.bench.scales import Result, percentile, ratios, spread, times
from tests.bench.stage import Flow, Pace, Stage, by_chat

CROWD = 100  # in flight
LEGS = ("to_registry", "at_registry", "issued", "from_registry")  # nobody is told of these but who follows
EACH = 60  # papers in the hands of one officer
FOLLOWERS = 3
PAPERS = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int
    seconds: float
    taps: int


@dataclass(slots=True)
class Officers:
    """Couriers who take one paper after the other along its road, each with three followers of their own."""

    windows: list[Window]
    numbers: list[str]
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

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder
        self.bots: dict[str, tuple[Process, Bot]] = {}

    async def enter(self, stack: AsyncExitStack) -> None:
        for i, breed in enumerate((PTB, FAIR_PTB, AIOGRAM, OURS)):
            bot = self.stage.bot(f"90{i}:bench", f"bench{i}_bot")
            process = Process(breed, self.stage.url, bot.token, self.folder)
            stack.push_async_callback(process.kill)
            await process.start()
            (window,) = self.stage.windows(bot, [1])
            await self.stage.settled(process, window, "/bantuan")
            self.bots[breed.name] = process, bot

    def crowd(self, name: str, text: Callable[[], str]) -> Flow:
        """People who write to this bot and wait for its answer."""
        _, bot = self.bots[name]
        windows = self.stage.windows(bot, range(740_000_000, 740_000_000 + CROWD))
        return Flow(self.stage, bot, CROWD, lambda i: windows[i].say(text()), by_chat(windows))

    async def officers(self, stage: Stage, numbers: list[str]) -> Officers:
        _, bot = self.bots["ours"]
        windows = stage.windows(bot, range(FIRST_OFFICER, FIRST_OFFICER + CROWD))
        stage.windows(bot, range(FIRST_CITIZEN, FIRST_CITIZEN + CROWD * FOLLOWERS))
        for window in windows:  # a card that the taps belong to
            await stage.call(bot.token, "sendMessage", {"chat_id": str(window.chat.id), "text": "card"})
        return Officers(windows, numbers)


async def speed(folder: Path, plan: Plan) -> list[Result]:
    """Rows: /status, the officer's tap, and its way to the first notice."""
    registers.district_file(folder)
    filed = papers()
    await registers.create(folder / "register.db", filed, PAPERS, couriers=CROWD)
    async with Stage.open() as stage, AsyncExitStack() as stack:
        company = Company(stage, folder)
        await company.enter(stack)
        officers = await company.officers(stage, [paper.number for paper in filed])
        tap = Flow(stage, company.bots["ours"][1], CROWD, officers.tap, officers.belongs, calls=2 + FOLLOWERS)
        status = company.crowd("ours", lambda: f"/status {random.choice(filed).number}")
        echoes = {name: company.crowd(name, lambda: "hello") for name in ("ptb", "ptb+", "aiogram")}
        turns = [*echoes.items(), ("status", status), ("tap", tap)]
        found: dict[str, list[Pace]] = {name: [] for name, _ in turns}
        for _ in range(plan.rounds):
            for name, flow in turns:
                process, _ = company.bots.get(name) or company.bots["ours"]
                found[name].append(await flow.measure(process, plan.seconds))
        latency = await notice_after_tap(stage, company.bots["ours"][1], officers, plan)
    return [*rates(found), latency]


def rates(found: dict[str, list[Pace]]) -> list[Result]:
    echo = [pace.rate for pace in found["aiogram"]]
    status, tap = (ratios([pace.rate for pace in found[name]], echo) for name in ("status", "tap"))
    rivals = {f"{b.title}, echo": told(found[b.name]) for b in (PTB, FAIR_PTB, AIOGRAM)}
    note = f"{CROWD} people, each writes again when answered; ours on uvloop; medians (lowest-highest) of the rounds"
    return [
        Result(
            "/status with database, updates/s",
            {**rivals, "ours, /status": told(found["status"])},
            f"{times(status)} aiogram's echo; at least 1.3", median(status) >= 1.3, [note],
        ),
        Result(
            "officer's tap: durable move, 3 notices, card edited, tap answered; taps/s (5 calls each)",
            {"aiogram, uvloop, echo": told(found["aiogram"]), "ours, tap": told(found["tap"])},
            f"{times(tap)} aiogram's echo; at least 0.35", median(tap) >= 0.35,
        ),
    ]  # fmt: skip


def told(paces: Sequence[Pace]) -> str:
    rate, cpu = spread([pace.rate for pace in paces]), spread([pace.cpu for pace in paces], " ms", 2)
    return f"{rate}   CPU {cpu} each   server {100 * median([pace.server for pace in paces]):.0f} % busy"


async def notice_after_tap(stage: Stage, bot: Bot, officers: Officers, plan: Plan) -> Result:
    """Taps one by one, with rests between them; how long until the first follower's message arrives."""
    rounds = [[await _one(stage, bot, officers, k % CROWD) for k in range(plan.taps)] for _ in range(plan.rounds)]
    middle, late = ([1000 * percentile(waits, share) for waits in rounds] for share in (0.5, 0.99))
    return Result(
        "tap → first notice at Telegram, idle, grace 0, ms",
        {"ours, p50": spread(middle, digits=1), "ours, p99": spread(late, digits=1)},
        f"p99 {median(late):.1f} ms; under 50", median(late) < 50,
        [f"{plan.taps} taps a round, a rest of 20 to 60 ms after each"],
    )  # fmt: skip


async def _one(stage: Stage, bot: Bot, officers: Officers, i: int) -> float:
    await asyncio.sleep(random.uniform(0.02, 0.06))
    told: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def watch(event: str, facts: dict[str, Any]) -> None:
        if event == "call" and facts["call"].method == "sendMessage" and not told.done():
            told.set_result(time.perf_counter())

    stage.watchers.append(watch)
    start = time.perf_counter()
    officers.tap(i)
    try:
        async with asyncio.timeout(10):
            return await told - start
    finally:
        stage.watchers.remove(watch)
