from math import inf
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.keyed_queue import PASSES, KeyedQueue

URGENT, REST = 0, 1


class Item(NamedTuple):
    number: int
    key: int = 1
    urgency: int = REST


def empty(at_once: int = 20) -> KeyedQueue[int, Item]:
    return KeyedQueue(at_once, lambda item: item.key, lambda item: (item.urgency, item.number))


def queue(*items: Item, at_once: int = 20) -> KeyedQueue[int, Item]:
    found = empty(at_once)
    for item in items:
        found.add(item)
    return found


def taken(found: KeyedQueue[int, Item], now: float = 0.0) -> list[int]:
    """The numbers of all whose turn it is at this moment."""
    return [item.number for item in iter(lambda: found.take(now), None)]


def one_by_one(found: KeyedQueue[int, Item]) -> list[int]:
    """The numbers in the order in which they go if each is done with before the next is taken."""
    order = []
    while item := found.take(inf):
        order.append(item.number)
        found.free(item.key)
    return order


def test_keys_go_side_by_side_each_one_at_a_time():
    found = queue(Item(1, key=1), Item(2, key=1), Item(3, key=2))
    assert taken(found) == [1, 3]
    found.free(1)
    assert taken(found) == [2]


def test_no_more_than_the_places_there_are():
    assert taken(queue(*(Item(i, key=i) for i in range(9)), at_once=4)) == [0, 1, 2, 3]


def test_whoever_had_a_turn_stands_at_the_end():
    assert one_by_one(queue(Item(1, key=1), Item(2, key=1), Item(3, key=2), Item(4, key=2))) == [1, 3, 2, 4]


def test_whoever_gets_more_keeps_the_place():
    found = queue(Item(1, key=1), Item(2, key=2))
    found.add(Item(3, key=1))
    assert taken(found) == [1, 2]


def test_within_a_key_the_more_urgent_goes_first_and_then_the_older():
    assert one_by_one(queue(Item(4), Item(3), Item(2, urgency=URGENT), Item(1, urgency=URGENT))) == [1, 2, 3, 4]


def test_the_urgent_go_first_and_others_are_not_kept_for_ever():
    found = queue(*(Item(i, i, URGENT) for i in range(20)), *(Item(i, i) for i in range(100, 110)))
    order = one_by_one(found)
    turns = [i for i, number in enumerate(order) if number >= 100]
    assert turns[:4] == [PASSES, 2 * PASSES + 1, 3 * PASSES + 2, 4 * PASSES + 3]
    assert order[-6:] == [104, 105, 106, 107, 108, 109]  # once nothing is urgent


def test_what_comes_back_is_the_next_of_its_key():
    found = queue(Item(1), Item(2))
    taken(found)
    found.put_back(1)
    assert taken(found) == [1]


def test_a_key_that_sleeps_takes_no_place_and_keeps_its_order():
    found = queue(Item(1, key=1), Item(2, key=1), Item(3, key=2), at_once=1)
    found.take(0.0)
    found.put_back(1)
    found.sleep(1, until=10.0)
    found.add(Item(4, 1, URGENT))
    assert taken(found) == [3]
    found.free(2)
    assert (taken(found, 9.9), found.next_at) == ([], 10.0)
    assert taken(found, 10.0) == [4]
    found.free(1)
    assert (taken(found, 10.0), found.next_at) == ([1], inf)


def test_a_sleep_can_be_made_shorter_and_longer():
    found = queue(Item(1))
    for until in (5.0, 9.0, 7.0):
        found.sleep(1, until)
    assert (taken(found, 6.9), taken(found, 7.0), taken(found, 9.0)) == ([], [1], [])


def test_what_is_dropped_is_handed_back_and_the_one_that_is_taken_stays():
    found = queue(Item(1), Item(2), Item(3))
    taken(found)
    assert [item.number for item in found.drop(1)] == [2, 3]
    assert (found.of(1), found.is_empty) == ([Item(1)], False)
    found.free(1)
    assert (found.is_empty, found.drop(1), taken(found)) == (True, [], [])


def test_a_key_dropped_in_its_sleep_can_come_again():
    found = queue(Item(1))
    found.sleep(1, until=10.0)
    found.drop(1)
    found.add(Item(2))
    assert taken(found) == [2]
    found.free(1)
    assert (taken(found, 10.0), found.is_empty) == ([], True)


def test_what_is_taken_out_makes_way_for_what_stands_behind_it():
    found = queue(Item(1, 1, URGENT), Item(2, 1), Item(3, 2, URGENT))
    found.discard(Item(1, 1, URGENT))
    found.discard(Item(9, 7))
    assert taken(found) == [3, 2]


def test_it_tells_how_many_are_ready():
    found = queue(*(Item(i, key=i) for i in range(4)), Item(5, key=0))
    found.sleep(1, until=9.0)
    found.take(0.0)
    assert (found.ready(REST), found.ready(URGENT), found.taken) == (2, 0, 1)


class Walk(RuleBasedStateMachine):
    """Nothing is lost, doubled or out of order, and nobody who may go is forgotten, whatever happens."""

    keys, seconds = st.integers(0, 3), st.integers(0, 2)

    @initialize(at_once=st.integers(1, 4))
    def begins(self, at_once):
        self.found, self.at_once, self.at, self.numbers = empty(at_once), at_once, 0.0, 0
        self.waiting: list[Item] = []
        self.under_way: dict[int, Item] = {}
        self.asleep: dict[int, float] = {}
        self.through: list[Item] = []

    @rule(key=keys, urgency=st.integers(0, 1))
    def add(self, key, urgency):
        self.numbers += 1
        self.waiting.append(Item(self.numbers, key, urgency))
        self.found.add(self.waiting[-1])

    @rule()
    def take(self):
        item = self.found.take(self.at)
        could = [
            one for one in self.waiting if one.key not in self.under_way and self.asleep.get(one.key, 0) <= self.at
        ]
        if item is None:
            assert not could or len(self.under_way) == self.at_once
            return
        assert item == min((one for one in could if one.key == item.key), key=lambda one: (one.urgency, one.number))
        self.waiting.remove(item)
        self.under_way[item.key] = item

    @rule(key=keys)
    def free(self, key):
        if key in self.under_way:
            self.through.append(self.under_way.pop(key))
            self.found.free(key)
            self.forget(key)

    @rule(key=keys)
    def put_back(self, key):
        if item := self.under_way.pop(key, None):
            self.waiting.append(item)
            self.found.put_back(key)

    @rule(key=keys, seconds=seconds)
    def sleep(self, key, seconds):
        self.found.sleep(key, self.at + seconds)
        self.asleep[key] = self.at + seconds
        self.forget(key)

    @rule(seconds=seconds)
    def wait(self, seconds):
        self.at += seconds

    @rule(key=keys)
    def drop(self, key):
        assert sorted(self.found.drop(key)) == sorted(one for one in self.waiting if one.key == key)
        self.waiting = [one for one in self.waiting if one.key != key]
        self.forget(key)

    @rule(number=st.integers(0, 50))
    def discard(self, number):
        for item in [one for one in self.waiting if one.number == number]:
            self.found.discard(item)
            self.waiting.remove(item)
            self.forget(item.key)

    def forget(self, key):
        """What is gone sleeps no more."""
        if key not in self.under_way and all(one.key != key for one in self.waiting):
            self.asleep.pop(key, None)

    @invariant()
    def places_are_kept(self):
        assert self.found.taken == len(self.under_way) <= self.at_once
        assert self.found.is_empty == (not self.waiting and not self.under_way)
        for key in range(4):
            here = [one for one in (*self.under_way.values(), *self.waiting) if one.key == key]
            assert sorted(self.found.of(key)) == sorted(here)

    def teardown(self):
        """Let everyone through: nothing is left behind."""
        for key in list(self.under_way):
            self.free(key)
        assert sorted(one_by_one(self.found)) == sorted(one.number for one in self.waiting)
        assert self.found.is_empty


TestWalk = Walk.TestCase
