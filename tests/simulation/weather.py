"""What goes wrong, and how long everything takes: drawn from the seed, call by call, until the weather is calm."""

import asyncio
import json
import sqlite3
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from bot.telegram.http import Reply

HOUR = 3600.0
GATHERS = (0, 5, 20, 120)  # seconds; the last as it ships
QUIET = 0.4  # how often nothing else goes wrong, and people do little
CLAIMS = (50, 3, 1)  # rows at once; the first as it ships
# How often what waits for its moment happens (`moments.Moments`).
MOMENTS = {
    "returns": 0.45, "amends": 0.3, "clings": 0.25, "late word": 0.25, "sleeps": 0.05,
    "crosses": 0.4, "piles": 0.5, "in words": 0.4, "queues": 0.2, "halves": 0.3, "onward": 0.2, "stops": 0.2,
}  # fmt: skip
RARE = "stops", "piles", "in words", "halves", "onward", "crosses", "returns", "late word"
ENCORES = {  # if news gathers
    True: ("beside", "behind", "further on", "ahead", "in words", "back"),
    False: ("in vain", "late card", "queue", "twice held", "otherwise", "over", "fuss"),
}
READS = ("select", "with", "pragma", "savepoint", "release", "rollback")
POLL, SEND, EDIT = "getUpdates", "sendMessage", "editMessageText"
LAPSE = 0.5  # how often a commit is forgotten while one lasts
PARTS = 3  # of Telegram
NOT_FOUND, UNAUTHORIZED, ONCE = "Bad Request: chat not found", "Unauthorized", 30.0  # seconds


WAIT = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 12}}
FLOOD = 429, json.dumps(WAIT).encode()
FAILS = 500, json.dumps({"ok": False, "error_code": 500, "description": "Internal Server Error: restart"}).encode()


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one call: seconds there and back, and whether something happens on the way.

    `kind`: refused (no connection), lost (before it arrived, and noticed), swallowed (the same, unnoticed), answer
    lost, answer swallowed, or nothing. `refusal`: Telegram, or a proxy, says this instead of doing it. `of_edit`: if it
    is that of a message, it is that of the edit of its card which goes before.
    """

    there: float
    back: float
    kind: str = ""
    refusal: Reply | None = None
    of_edit: bool = False


@dataclass(frozen=True, slots=True)
class DiskFailure:
    """How a statement fails: with one of SQLite's codes, before it `is_done` or after, its transaction along or not."""

    code: int
    is_done: bool = False
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What a seed has in store. Rates are per call or per statement, skews in seconds for each of the two processes.

    How many `deeds` people do besides their volleys; how often a process is killed, told to stop, and stands still; a
    cable is pulled, the disk is full; Telegram hands out updates once more, or fails in one of its `parts`; a family
    blocks the bot and returns; and colleagues go on in `haste` with what is then taken back, and put on `holds` what is
    let go on soon. `moments` names what waits for its own, `encores` what is played when all that is over. How often an
    edit gets lost besides, and how often a message is long on its way, and the disk forgets commits meanwhile
    (`lapses`). For so many seconds news waits to `gather`,
    and so many rows a sender may `claim` at once.
    """

    seconds: float
    deeds: int
    kills: int
    stops: int
    stalls: int
    cuts: int
    loss: float
    refusals: float
    slow: float
    disk: float
    forgets: float
    outages: int
    repeats: int
    absences: int
    skews: tuple[float, float]
    limits: bool
    is_place_known: bool
    gather: float
    claim: int
    haste: int
    parts: int
    holds: int
    moments: tuple[str, ...]
    edits: float
    lapses: float
    encores: tuple[str, ...]

    @classmethod
    def of(cls, seed: int) -> "Plan":
        dice = Random(f"plan {seed}")
        if dice.random() < 0.04:
            return cls._of_clocks_an_hour_apart(dice)
        if (still := Random(f"still {seed}")).random() < QUIET:
            return cls._of_moments_alone(still)
        is_place_known = dice.random() < 0.7
        far = 0.0 if is_place_known else dice.choice((0.0, 0.5, 1.5))  # processes of one place have one clock
        gather = dice.choice(GATHERS)
        return cls(
            seconds=dice.uniform(20, 50) + gather, deeds=50,
            kills=dice.choice((0, 1, 2, 3, 4)), stops=dice.choice((0, 1, 2)), stalls=dice.choice((0, 0, 1)),
            cuts=dice.choice((0, 0, 1, 2)), loss=dice.choice((0.0, 0.03, 0.1, 0.4)),
            refusals=dice.choice((0.0, 0.02, 0.1)), slow=dice.choice((0.0, 0.02, 0.1)),
            disk=dice.choice((0.0, 0.0, 0.01, 0.04)), forgets=dice.choice((0.0, 0.0, 0.02, 0.1)),
            outages=dice.choice((0, 0, 1)),
            repeats=dice.choice((0, 1)), absences=dice.choice((0, 1, 2)),
            skews=(dice.uniform(-far, far), dice.uniform(-far, far)),
            limits=dice.random() < 0.5, is_place_known=is_place_known, gather=gather,
            haste=dice.choice((0, 1, 2)), parts=dice.choice((0, 0, 1, 2)), holds=dice.choice((0, 1)),
            claim=Random(f"claim {seed}").choice(CLAIMS),
            moments=tuple(name for name, rate in MOMENTS.items() if Random(f"has {name} {seed}").random() < rate),
            edits=Random(f"edits {seed}").choice((0.0, 0.0, 0.0, 0.0, 0.5)),
            lapses=Random(f"lapses {seed}").choice((0.0, 0.0, 0.0, 0.0, 0.1)), encores=(),
        )  # fmt: skip

    @classmethod
    def _of_clocks_an_hour_apart(cls, dice: Random) -> "Plan":
        skews = [0.0, dice.choice((-HOUR, HOUR))]
        dice.shuffle(skews)
        return replace(STILL, loss=0.03, refusals=0.02, slow=0.02, skews=(skews[0], skews[1]))

    @classmethod
    def _of_moments_alone(cls, dice: Random) -> "Plan":
        moments = tuple(dict.fromkeys((dice.choice(("piles", "returns", *RARE)), dice.choice(RARE))))
        # What is gathered with a step is told with it, and of what is told together nothing waits in a hand.
        gather = 0 if {"halves", "returns"}.intersection(moments) else STILL.gather
        claim = 50 if "returns" in moments else dice.choice((50, 1, 1))
        encores = tuple(dice.sample(ENCORES[bool(gather)], 2))
        return replace(STILL, deeds=10, claim=claim, gather=gather, moments=moments, encores=encores)

    @property
    def one_leads(self) -> bool:
        """True if nothing happens for which another process should ever lead."""
        return max(map(abs, self.skews)) >= HOUR


STILL = Plan(
    seconds=40, deeds=50, kills=0, stops=0, stalls=0, cuts=0, loss=0.0, refusals=0.0, slow=0.0, disk=0, forgets=0,
    outages=0, repeats=0, absences=0, skews=(0.0, 0.0), limits=False, is_place_known=True, gather=20, claim=50,
    haste=0, parts=0, holds=0, moments=(), edits=0.0, lapses=0.0, encores=(),
)  # fmt: skip


class Weather:
    """`is_calm`: nothing goes wrong any more. `cut` are the slots whose cable to Telegram is pulled, `down` those parts
    of Telegram that fail: a chat is in one of them.

    The disk is full until `full_until`, by the time of the loop.
    """

    def __init__(self, plan: Plan, seed: int) -> None:
        self.seed, self._plan, self._dice = seed, plan, Random(f"weather {seed}")
        self._editing, self._lapsing, self._lapse_until = Random(f"editing {seed}"), Random(f"lapsing {seed}"), 0.0
        self.is_calm = False
        self.cut, self.down = set[int](), set[int]()
        self.full_until, self._once = 0.0, dict[str, float]()  # until when that is not said once more

    def fate(self, slot: int, method: str, chat: int) -> Fate:
        """What becomes of a call about a chat, or about none (0)."""
        dice, plan = self._dice, self._plan
        there, back = dice.uniform(0.005, 0.06), dice.uniform(0.005, 0.06)
        if self.is_calm:
            return Fate(there, back)
        if slot in self.cut:
            return Fate(there, back, dice.choice(("refused", "lost", "swallowed", "answer swallowed")))
        there, back = self._delayed(there, back, method)
        if method == EDIT and self._editing.random() < plan.edits:
            return Fate(there, back, "lost")
        if chat and chat % PARTS in self.down:
            return Fate(there, back, refusal=FAILS)
        if dice.random() < plan.loss:
            kinds, weights = ("refused", "lost", "swallowed", "answer lost", "answer swallowed"), (4, 3, 1, 6, 1)
            return Fate(there, back, dice.choices(kinds, weights)[0])
        if dice.random() < plan.refusals:
            return Fate(there, back, refusal=self._refusal(method))
        return Fate(there, back)

    def _delayed(self, there: float, back: float, method: str) -> tuple[float, float]:
        """How many seconds a call takes there and back, which would take so many."""
        dice, plan = self._dice, self._plan
        if dice.random() < plan.slow:
            there, back = dice.expovariate(1.0), dice.expovariate(0.5)
            if dice.random() < 0.05:
                there = dice.uniform(20, 50)  # a call that arrives after its caller gave up
        if method == SEND and self._lapsing.random() < plan.lapses:
            back = self._lapsing.uniform(0.5, 4)
            self._lapse_until = asyncio.get_running_loop().time() + there + back
        return there, back

    def _refusal(self, method: str) -> Reply:
        seconds = self._dice.choice((1, 2, 5, 12))
        said = [
            (429, f"Too Many Requests: retry after {seconds}"),
            (500, "Internal Server Error: restart"),
            (502, ""),
            (403, ""),  # a proxy's: it knows nobody
            (401, UNAUTHORIZED),  # once, by a server that has just begun
        ]
        if "chat_id" in method or method.startswith("send"):
            said.append((400, NOT_FOUND))
        status, words = self._dice.choice(said)
        now = asyncio.get_running_loop().time()
        if now < self._once.get(words, 0.0):
            status, words = 502, ""  # who is not found once more is gone, and nobody here would write again
        elif words in {NOT_FOUND, UNAUTHORIZED}:
            self._once[words] = now + ONCE
        if not words:
            return status, b"<html><h1>Bad Gateway</h1></html>"
        answer: dict[str, Any] = {"ok": False, "error_code": status, "description": words}
        if status == 429:
            answer["parameters"] = {"retry_after": seconds}
        return status, json.dumps(answer).encode()

    def disk(self, statement: str) -> DiskFailure | None:
        """How a statement fails, if it does."""
        dice, plan = self._dice, self._plan
        if self.is_calm or not (plan.disk or plan.forgets or plan.lapses or self.full_until):
            return None
        word = statement.lstrip()[:9].lower()
        if (
            word == "commit"
            and asyncio.get_running_loop().time() < self._lapse_until
            and self._lapsing.random() < LAPSE
        ):
            return DiskFailure(sqlite3.SQLITE_IOERR, is_done=True)
        if word.startswith(READS):
            return None
        if not word.startswith("begin") and asyncio.get_running_loop().time() < self.full_until:
            return DiskFailure(sqlite3.SQLITE_FULL)
        if word == "commit" and dice.random() < plan.forgets:
            return DiskFailure(sqlite3.SQLITE_IOERR, is_done=True)
        if dice.random() >= plan.disk:
            return None
        if word.startswith("begin"):
            return DiskFailure(dice.choice((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR)), is_all=False)
        is_all = word == "commit" or dice.random() < 0.5
        return DiskFailure(dice.choice((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)), is_all=is_all)

    def disk_pause(self) -> float:
        """Seconds until a begin, a commit or whatever else goes by the thread is carried out."""
        dice = self._dice
        if not self.is_calm and dice.random() < self._plan.slow / 4:
            return dice.expovariate(2.0)
        return dice.uniform(0.0002, 0.004 if self._plan.limits else 0.03)  # of a good disk and of a card
