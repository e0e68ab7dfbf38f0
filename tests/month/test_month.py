"""A few days of the simulated month; `python -m tests.month` plays all of it, `make bench` its row of the figures."""

import pytest

from tests.month import promised, tally
from tests.month.register import played


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_few_days_keep_every_promise(seed: int):
    register = await played(seed, days=3, documents=40)
    assert promised.faults(register) == {}
    assert len(register.documents) >= 40
    assert all(tally.table(register).values())
