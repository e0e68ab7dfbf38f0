import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retry import Backoff


@pytest.mark.parametrize("tries, seconds", [(0, 0.25), (1, 0.5), (2, 1), (4, 4), (5, 8), (6, 8), (10_000, 8)])
def test_each_pause_is_twice_the_one_before_it_up_to_the_longest(tries, seconds):
    assert Backoff(lambda: 1, first=0.25, longest=8).pause(tries) == seconds


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_chance_spreads_the_pauses_and_makes_none_too_short(tries, chance):
    whole = Backoff(lambda: 1).pause(tries)
    assert whole / 2 <= Backoff(lambda: chance).pause(tries) <= whole <= 30


async def test_what_is_not_the_databases_fault_climbs_at_once():
    tried = []

    async def work():
        tried.append(1)
        raise KeyError

    with pytest.raises(KeyError):
        await Backoff().until_database_is_back(work)
    assert len(tried) == 1


async def test_work_is_tried_until_the_database_is_back_and_both_are_told(caplog):
    caplog.set_level("INFO")
    answers, rests = [ConnectionError("PostgreSQL cannot be reached"), ConnectionError(), "done"], []

    async def work():
        if isinstance(found := answers.pop(0), Exception):
            raise found
        return found

    async def rest(seconds):
        rests.append(seconds)

    assert await Backoff(lambda: 1, rest).until_database_is_back(work) == "done"
    assert rests == [1, 2]
    assert [record.message for record in caplog.records] == [*2 * ["database trouble"], "the database is back"]
    assert caplog.records[0].__dict__["error"] == "ConnectionError: PostgreSQL cannot be reached"
