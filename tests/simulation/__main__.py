"""Play seeds: `python -m tests.simulation 17` tells every step of seed 17, `--seeds 300` plays the first 300."""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import memory
from tests.simulation import substitutes

CHUNK = 250  # seeds of one process: each leaves half a megabyte behind, as what is kept for a workflow is kept for good


def main() -> int:
    asked = _asked()
    memory.write_there()
    if os.environ.get("PYTHONHASHSEED") != "0":  # sets of strings would be walked in another order each time
        command = [sys.executable, "-m", "tests.simulation", *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606  # ourselves
    if asked.seed is None and asked.seeds > CHUNK and not asked.until_wrong:
        return _shared_out(asked)
    substitutes.virtual_time_and_chance()
    substitutes.virtual_machine()
    with tempfile.TemporaryDirectory() as folder:
        return _play(Path(folder), asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.simulation", description=__doc__)
    parser.add_argument("seed", type=int, nargs="?", help="play this one, and tell every step")
    parser.add_argument("--seeds", type=int, default=300, help="play so many")
    parser.add_argument("--first", type=int, default=0, help="beginning with this one")
    parser.add_argument("--traces", action="store_true", help="tell the hash of each run")
    parser.add_argument("--until-wrong", action="store_true", help="stop at the first seed that is wrong")
    return parser.parse_args()


def _shared_out(asked: argparse.Namespace) -> int:
    """Have as many processes as there are cores play the seeds, a part at a time."""

    def part(first: int) -> int:
        seeds = min(CHUNK, asked.first + asked.seeds - first)
        command = [sys.executable, "-m", "tests.simulation", "--first", str(first), "--seeds", str(seeds)]
        command += ["--traces"] * asked.traces
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        print(done.stdout, end="", flush=True)
        return done.returncode

    with ThreadPoolExecutor(os.cpu_count()) as players:
        found = players.map(part, range(asked.first, asked.first + asked.seeds, CHUNK))
        return max(found)


def _play(folder: Path, asked: argparse.Namespace) -> int:
    from tests.simulation.run import Run
    from tests.simulation.town import Snapshot

    seeds: Sequence[int] = range(asked.first, asked.first + asked.seeds) if asked.seed is None else [asked.seed]
    began, wrong, sums = time.process_time(), 0, Counter[str]()
    snapshot = Snapshot(folder)
    gc.collect()
    gc.freeze()
    for seed in seeds:
        verdict = Run(seed, folder, snapshot).play(tell=asked.seed is not None)
        sums.update({name: round(figure) for name, figure in verdict.figures.items()})
        print(*verdict.lines, sep="\n", end="\n" * bool(verdict.lines))
        if asked.traces:
            print(seed, verdict.trace)
        if verdict.wrong:
            wrong += 1
            print(f"\nseed {seed} is wrong: python -m tests.simulation {seed}\n  {verdict.plan}")
            for rule, found in verdict.wrong.items():
                print(f"  {rule}:", *found[:5], sep="\n    ")
            if asked.until_wrong:
                break
    print(f"{wrong} wrong of {len(seeds)}, {time.process_time() - began:.0f} s; {dict(sums)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
