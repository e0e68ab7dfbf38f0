"""Play a month and print what it shows: `python -m tests.month 7` is seed 7; `--days 3 --documents 40` a short one."""

import argparse
import asyncio
import sys
import time

from tests.month import promised, tally
from tests.month.month import DAYS, DOCUMENTS
from tests.month.register import played


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.month", description=__doc__)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    asked, begun = parser.parse_args(), time.perf_counter()
    register = asyncio.run(played(asked.seed, asked.days, asked.documents))
    for name, figure in {**tally.table(register), **tally.forecasts()}.items():
        print(f"{name:<40} {figure}")
    for promise, wrong in promised.faults(register).items():
        print(f"\nNot kept: {promise} ({len(wrong)})", *wrong[:5], sep="\n  ")
    print(f"{time.perf_counter() - begun:.0f} s")
    return 1 if promised.faults(register) else 0


if __name__ == "__main__":
    sys.exit(main())
