"""The story of a month: who is up when, and what goes wrong meanwhile."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.logs import ORDINARY
from storage.records import DAY, HOUR, MINUTE
from tests.month.wired import WiredTown
from tests.month.workday import MIXES, Workdays, officers
from tests.town import WORKFLOW

BEGINS = date(2027, 2, 22)  # a Monday; from 8 to 15 March everything is closed, for Nyepi and Idul Fitri
ZONE = ZoneInfo(WORKFLOW.zone)
DAYS, DOCUMENTS = 20, 300
FILED_UNTIL = 0.6  # of the days; then what is under way comes to its end
ROUNDS: tuple[tuple[float, str, str], ...] = (
    (8.5, "budi", "issued"), (10, "joko", "to_district"), (10.5, "rina", "at_district"),
    (11.5, "slamet", "to_registry"), (12.5, "budi", "at_registry"), (14, "joko", "from_registry"),
    (15, "rina", "ready_at_district"),
)  # fmt: skip
GRIEF = ("flood", "lose", "drop", "status", "html", "truncate")  # what calls meet
ROUGH = 5  # so often at most something goes wrong on a day
CALLS = ("sendMessage", "sendPhoto", "editMessageText", "answerCallbackQuery")

Deed = Callable[[], Awaitable[object]]


class Month:
    """So many working days in which so many documents are filed, under a seed."""

    def __init__(self, town: WiredTown, seed: int, days: int, documents: int) -> None:
        self.town, self._dice, self._left = town, Random(seed), documents
        self.people = Workdays(town, self._dice)
        self.days = working_days(days)
        self._each_day = -(-documents // max(1, round(days * FILED_UNTIL)))
        self.kills = self.faults = 0
        self.errors: list[str] = []

    @classmethod
    @asynccontextmanager
    async def of(cls, folder: Path, seed: int, days: int = DAYS, documents: int = DOCUMENTS) -> AsyncIterator["Month"]:
        async with WiredTown.built(f"sqlite:///{folder / 'month.db'}", at(BEGINS, 6)) as town:
            yield cls(town, seed, days, documents)

    async def passes(self) -> None:
        """All of it; at the end a quiet day, after which nothing is to be owed."""
        ear = Ear(self.errors)
        logging.getLogger("bot").addHandler(ear)
        try:
            await self._story()
        finally:
            logging.getLogger("bot").removeHandler(ear)

    async def _story(self) -> None:
        for day in self.days:
            for when, deed in self._plan(day):
                await self.town.until(when)
                await deed()
        self.town.sandbox.faults.clear()
        for who in (*officers("village_officer"), *officers("district_desk")):
            await self.people.answers(self.town.people[who])
            await self.people.tells(self.town.people[who])
        await self.town.until(self.town.clock + DAY)

    def _plan(self, day: date) -> list[tuple[int, Deed]]:
        """When who does what."""
        plan = [*self._villages(), *self._counters(), *self._families(), *self._troubles()]
        spread = [(at(day, hour) + self._dice.randrange(20 * MINUTE), deed) for hour, deed in plan]
        return sorted(spread, key=lambda row: row[0])

    def _villages(self) -> Iterator[tuple[float, Deed]]:
        """They file each day, and come down on one in two."""
        dice, people, cast, villages = self._dice, self.people, self.town.people, officers("village_officer")
        for mix in self._filings():
            yield dice.uniform(7, 9.5), partial(people.files, cast[dice.choice(villages)], mix)
        for village in villages:
            if dice.random() < 0.5:
                yield 9.5, partial(people.works, cast[village], "to_district", "to_village")
                yield 10.5, partial(people.works, cast[village], "ready_at_village")
                yield 11, partial(people.hands_over, cast[village])
            if dice.random() < 0.1:
                yield 20.5, partial(people.works, cast[village], "ready_at_village")
            if dice.random() < 0.4:
                yield 12, partial(people.tells, cast[village])
                yield 12.5, partial(people.answers, cast[village])
            elif dice.random() < 0.2:
                yield 8.2, partial(people.puts_off, cast[village])

    def _counters(self) -> Iterator[tuple[float, Deed]]:
        """Couriers come and go, the desks receive and issue; some of it stands still, and goes on."""
        dice, people, cast = self._dice, self.people, self.town.people
        for hour, key, leg in ROUNDS:
            if dice.random() < 0.9:
                yield hour, partial(people.works, cast[key], leg)
        if dice.random() < 0.5:
            yield 20.2, partial(people.stops, cast["budi"], "at_registry")  # in quiet hours
        for hour, key, stage in ((11, "rina", "at_district"), (13, "budi", "at_registry")):
            if dice.random() < 0.8:
                yield hour, partial(people.stops, cast[key], stage)
            if dice.random() < 0.5:
                yield hour + 1, partial(people.goes_on, cast[key])

    def _families(self) -> Iterator[tuple[float, Deed]]:
        for _ in range(self._dice.randrange(6)):
            yield self._dice.uniform(7, 22), self.people.asks
        for _ in range(self._dice.randrange(3)):
            yield self._dice.uniform(7, 22), self.people.asks_office

    def _troubles(self) -> Iterator[tuple[float, Deed]]:
        for _ in range(self._dice.randint(0, ROUGH)):
            yield self._dice.uniform(7, 16), self._grief
        if self._dice.random() < 0.5:
            yield self._dice.uniform(7, 16), self._kill

    def _filings(self) -> list[tuple[str, ...]]:
        """What families ask for today."""
        wanted: list[tuple[str, ...]] = []
        filed = 0
        while self._left > 0 and filed < self._each_day:
            mix = self._dice.choice(MIXES)
            wanted.append(mix)
            filed += len(mix)
            self._left -= len(mix)
        return wanted

    async def _grief(self) -> None:
        """Some of the next calls go wrong, of all or to one family."""
        dice, self.faults = self._dice, self.faults + 1
        kind = dice.choice(GRIEF)
        method = "sendMessage" if kind == "flood" else dice.choice(CALLS)
        family = dice.choice(self.people.families).who.chat if self.people.families and dice.random() < 0.6 else None
        seconds = dice.randint(1, 40) if kind == "flood" else 0
        fault = self.town.sandbox.fault
        fault(kind, "sendMessage" if family else method, family, times=dice.randint(1, 3), seconds=seconds)

    async def _kill(self) -> None:
        """Amid somebody's work."""
        self.kills += 1
        who = self.town.people[self._dice.choice(("rina", "budi", "joko"))]
        await self.people.says(who, "/tugas")  # it polled just now: time goes in leaps here, and nobody was cut off
        who.phone.say("/tugas")
        await self.town.dies(self._dice.randrange(60))


class Ear(logging.Handler):
    """Keeps what the bot logs as an error."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        facts = {name: value for name, value in vars(record).items() if name not in ORDINARY}
        self._heard.append(f"{self.format(record)} {facts}")


def at(day: date, hour: float) -> int:
    """Epoch ms of an hour of a day in the district."""
    return round(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp() * 1000 + hour * HOUR)


def working_days(count: int) -> list[date]:
    """The first so many of the month."""
    found: list[date] = []
    day = BEGINS
    while len(found) < count:
        if WORKFLOW.calendar.is_working(day):
            found.append(day)
        day += timedelta(days=1)
    return found
