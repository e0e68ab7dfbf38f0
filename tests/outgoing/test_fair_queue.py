from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.outgoing.fair_queue import FairQueue
from storage.records import Owed


def owed(id: int, chat: int = 1, priority: int = 1) -> Owed:
    return Owed((id,), chat, priority, "note", None, "", "", "{}", 0, 0, None, None)


def turns(*rows: Owed, at_once: int = 20) -> FairQueue:
    found = FairQueue(at_once)
    for row in rows:
        found.add(row)
    return found


def taken(found: FairQueue) -> list[int]:
    """The ids of all whose turn it is at this moment."""
    return [row.ids[0] for row in iter(found.take, None)]


def test_chats_go_side_by_side_each_one_at_a_time():
    found = turns(owed(1, chat=1), owed(2, chat=1), owed(3, chat=2))
    assert taken(found) == [1, 3]
    found.free(1)
    assert taken(found) == [2]


def test_no_more_than_the_places_there_are():
    assert taken(turns(*(owed(i, chat=i) for i in range(9)), at_once=4)) == [0, 1, 2, 3]


def test_whoever_had_a_turn_stands_at_the_end():
    found = turns(owed(1, chat=1), owed(2, chat=1), owed(3, chat=2), owed(4, chat=2), at_once=1)
    order = []
    while row := found.take():
        order.append(row.ids[0])
        found.free(row.chat)
    assert order == [1, 3, 2, 4]


def test_within_a_chat_the_more_urgent_goes_first():
    found = turns(owed(1, priority=2), owed(2, priority=1), owed(3, priority=0), owed(4, priority=0), at_once=1)
    order = []
    while row := found.take():
        order.append(row.ids[0])
        found.free(row.chat)
    assert order == [3, 4, 2, 1]


def test_each_kind_has_two_places_however_many_more_urgent_ones_there_are():
    found = turns(*(owed(i, chat=i, priority=i // 100) for i in range(300)), at_once=10)
    assert sorted(taken(found)) == [0, 1, 2, 3, 4, 5, 100, 101, 200, 201]


def test_what_comes_back_is_the_next_of_its_chat():
    found = turns(owed(1), owed(2))
    taken(found)
    found.back(1)
    assert taken(found) == [1]


def test_a_chat_that_sleeps_takes_no_place_and_keeps_its_order():
    found = turns(owed(1, chat=1), owed(2, chat=1), owed(3, chat=2), at_once=1)
    found.take()
    found.sleep(1, until=10.0)
    found.add(owed(4, chat=1, priority=0))
    assert taken(found) == [3]
    found.free(2)
    assert found.wake(9.9) == 10.0
    assert taken(found) == []
    assert found.wake(10.0) is None
    assert taken(found) == [4]
    found.free(1)
    assert taken(found) == [1]


def test_what_is_dropped_is_handed_back_and_the_one_under_way_stays():
    found = turns(owed(1), owed(2), owed(3))
    taken(found)
    assert [row.ids[0] for row in found.drop(1)] == [2, 3]
    assert (found.of_chat(1), found.is_empty) == (1, False)
    found.free(1)
    assert (found.is_empty, found.drop(1), taken(found)) == (True, [], [])


def test_a_chat_dropped_in_its_sleep_can_come_again():
    found = turns(owed(1))
    found.take()
    found.sleep(1, until=10.0)
    found.drop(1)
    found.add(owed(2))
    assert taken(found) == [2]
    found.free(1)
    found.wake(10.0)
    assert (taken(found), found.is_empty) == ([], True)


def test_it_asks_for_more_while_less_is_ready_than_there_are_places():
    found = turns(*(owed(i, chat=i) for i in range(4)), at_once=4)
    assert (found.lacks(1), found.lacks(0)) == (False, True)
    found.take()
    assert found.lacks(1)


class Walk(RuleBasedStateMachine):
    """Nothing is lost, doubled or out of order, whatever happens."""

    chats, kinds = st.integers(0, 3), st.integers(0, 2)

    @initialize(at_once=st.integers(1, 4))
    def begins(self, at_once):
        self.found, self.at_once, self.at, self.ids, self.dropped = FairQueue(at_once), at_once, 0.0, 0, 0
        self.under_way: dict[int, Owed] = {}
        self.through: list[Owed] = []

    @rule(chat=chats, kind=kinds)
    def add(self, chat, kind):
        self.ids += 1
        self.found.add(owed(self.ids, chat, kind))

    @rule()
    def take(self):
        if row := self.found.take():
            assert row.chat not in self.under_way
            self.under_way[row.chat] = row

    @rule(chat=chats)
    def free(self, chat):
        if chat in self.under_way:
            self.through.append(self.under_way.pop(chat))
            self.found.free(chat)

    @rule(chat=chats)
    def back(self, chat):
        if self.under_way.pop(chat, None):
            self.found.back(chat)

    @rule(chat=chats, seconds=kinds)
    def sleep(self, chat, seconds):
        if self.under_way.pop(chat, None):
            self.found.sleep(chat, self.at + seconds)

    @rule(seconds=kinds)
    def wake(self, seconds):
        self.at += seconds
        self.found.wake(self.at)

    @rule(chat=chats)
    def drop(self, chat):
        self.dropped += len(self.found.drop(chat))

    @invariant()
    def places_are_kept(self):
        assert self.found.under_way == len(self.under_way) <= self.at_once

    def teardown(self):
        """Let everyone through, and look back."""
        for chat in list(self.under_way):
            self.free(chat)
        self.found.wake(1e9)
        while row := self.found.take():
            self.through.append(row)
            self.found.free(row.chat)
        ids = [row.ids[0] for row in self.through]
        assert self.found.is_empty
        assert len(ids) == len(set(ids)) == self.ids - self.dropped
        for of_line in {(row.chat, row.priority) for row in self.through}:
            line = [row.ids[0] for row in self.through if (row.chat, row.priority) == of_line]
            assert line == sorted(line)


TestWalk = Walk.TestCase
