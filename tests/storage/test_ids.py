"""Ids: small enough for a column, growing whatever the clock does, telling their time."""

from hypothesis import given
from hypothesis import strategies as st

from storage.db.ids import _Clockwork, new_id
from tests.storage.cast import NOW

times = st.lists(st.integers(0, 2**43 - 1), min_size=1, max_size=50)


@given(times)
def test_each_is_larger_than_the_one_before(clock):
    clockwork = _Clockwork()
    ids = [clockwork.next(now) for now in clock]
    assert ids == sorted(set(ids))
    assert 0 < ids[-1] < 2**63


def test_many_of_one_moment_are_all_different():
    assert len({new_id(NOW) for _ in range(10_000)}) == 10_000


def test_one_tells_when_it_was_made():
    assert _Clockwork().next(NOW) >> 20 == NOW


def test_two_processes_hardly_ever_make_the_same():
    assert len({_Clockwork().next(NOW) for _ in range(50)}) > 45
