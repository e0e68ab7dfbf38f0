"""What is measured is judged: a target that is missed fails the run."""

from pathlib import Path

import pytest

from tests.bench.__main__ import bench
from tests.bench.scales import Result


@pytest.mark.parametrize("verdicts, is_met", [((True, None), True), ((False, True), False)], ids=["met", "missed"])
async def test_a_target_that_is_missed_fails_the_run(verdicts, is_met):
    async def row(_folder: Path) -> list[Result]:
        return [Result("a row", {}, "", met) for met in verdicts]

    assert await bench({"start": row}) is is_met
