"""Thousands of SIGKILLs at random moments, on each engine, while a district writes and taps."""

import random
from collections.abc import Sequence
from pathlib import Path

from tests.bench.scales import Result
from tests.crash.ordeal import Kills, Ordeal, both

AT_ONCE = 50  # kills of one town; then the accounts are opened, and another one has its turn
SOONEST, LATEST = 0.1, 1.3  # seconds after the bot begins to answer: it has to catch up, or there would be no stream
DOUBLES = 0.5  # a kill, at most


async def soak(folder: Path, kills: int) -> Result:
    """Both engines side by side: starting a process takes longer than anything else here."""
    seed = random.SystemRandom().randrange(10**6)
    ordeals: dict[str, list[Ordeal]] = {"sqlite": [], "postgres": []}
    for n in range(0, kills, AT_ONCE):
        town = folder / str(n)
        town.mkdir()
        for ordeal in await both(town, f"{seed} {n}", Kills(min(AT_ONCE, kills - n), SOONEST, LATEST)):
            ordeals[ordeal.engine].append(ordeal)
            print(f"{n} {ordeal}", *_faults([ordeal]), sep="\n", flush=True)
    every = [ordeal for found in ordeals.values() for ordeal in found]
    faults = _faults(every)
    return Result(
        f"{kills} SIGKILLs on each engine, while messages and taps stream (seed {seed})",
        {engine: _figures(found) for engine, found in ordeals.items()},
        f"{len(faults)} lost, moved twice or stuck, {max(map(_doubled, ordeals.values())):.2f} doubled a kill; "
        f"0, at most {DOUBLES}",
        not faults and all(_doubled(found) <= DOUBLES for found in ordeals.values()),
        faults[:10],
    )  # fmt: skip


def _doubled(ordeals: Sequence[Ordeal]) -> float:
    """What was said twice, for each kill."""
    return sum(sum(one.doubles) for one in ordeals) / sum(len(one.kills) for one in ordeals)


def _faults(ordeals: Sequence[Ordeal]) -> list[str]:
    return [
        f"{one.engine}: {rule}: {fault}" for one in ordeals for rule, found in one.faults.items() for fault in found
    ]


def _figures(ordeals: Sequence[Ordeal]) -> str:
    kills, seconds = sum(len(one.kills) for one in ordeals), sum(one.seconds for one in ordeals)
    deeds, moves = sum(one.deeds.count for one in ordeals), sum(one.moves for one in ordeals)
    told = sum(one.told for one in ordeals)
    return (
        f"{kills} kills in {seconds:.0f} s, {deeds:,} messages and taps, {moves:,} moves, {told:,} notices; "
        f"{_doubled(ordeals):.2f} doubled a kill"
    )
