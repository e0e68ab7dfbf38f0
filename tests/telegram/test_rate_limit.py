import random
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.rate_limit import PATIENCE, SWEEP, Bucket, Crowded, Penalised, Priority, RateLimiter, Waiter

SARI, BUDI = 101, 102
ANSWER, NOTICE = Priority


@dataclass(frozen=True)
class Sent:
    at: float
    chat: int
    kind: Priority
    number: int  # as it asked


class Clock:
    """Virtual time around the limits of a real limiter: people ask by a script, the timer comes a little late."""

    def __init__(self, late=lambda: 0.0, **limits):
        self.limits = RateLimiter(**limits)._limits
        self.late = late
        self.now = 0.0
        self.asked: dict[Waiter, tuple[int, int]] = {}
        self.sent: list[Sent] = []

    def ask(self, chat: int, kind: Priority = NOTICE, patience: float = inf) -> Waiter:
        turn = self.limits.join(chat, kind, self.now, patience)
        self.asked[turn] = chat, len(self.asked)
        return turn

    def go(self) -> None:
        while turn := self.limits.grant(self.now):
            self.sent.append(Sent(self.now, self.asked[turn][0], turn.priority, self.asked[turn][1]))

    def quit(self, turn: Waiter) -> None:
        """Give up waiting, or a turn granted at this very moment."""
        used = [s for s in self.sent if s.number == self.asked[turn][1]]
        if not used or used[0].at == self.now:
            self.sent = [s for s in self.sent if s not in used]
            self.limits.leave(turn)

    def until(self, end: float) -> list[Sent]:
        self.go()
        while (at := self.limits.next_at()) is not None and at + (delay := self.late()) <= end:
            self.now = max(self.now, at + delay)
            self.go()
        self.now = max(self.now, end)
        return self.sent


def refused(sent: list[Sent], jitter: list[float] | None = None) -> int:
    """How many a server with Telegram's limits answers with 429 if each arrives early or late by its jitter."""
    late = jitter or [0.0] * len(sent)
    arrivals = sorted(((s.at + by, s.chat) for s, by in zip(sent, late, strict=True)), key=lambda arrival: arrival[0])
    everyone, chats = Bucket(1 / 30, 29 / 30), defaultdict[int, Bucket](lambda: Bucket(1, 2))
    count = 0
    for at, chat in arrivals:
        count += max(everyone.free_at, chats[chat].free_at) > at + 1e-9
        everyone.take(at)
        chats[chat].take(at)
    return count


def jitters(sent: list[Sent], seed: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.choice((-0.05, 0.05)) if seed % 2 else chance.uniform(-0.05, 0.05) for _ in sent]


@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_waiting_leave_at_the_full_rate_and_none_is_refused(seed):
    chance = random.Random(seed)
    clock = Clock(late=lambda: chance.uniform(0, 0.004))
    for i in chance.sample(range(10_000), 10_000):
        clock.ask(i % 500, NOTICE)
    sent = clock.until(1000)
    assert len(sent) == 10_000
    assert len(sent) / (sent[-1].at - sent[0].at) >= 0.99 * 28
    assert refused(sent, jitters(sent, seed)) == 0


def test_a_group_hears_no_more_than_twenty_in_any_minute_and_holds_up_nobody():
    clock = Clock()
    for _ in range(60):
        clock.ask(-SARI, NOTICE)
    clock.ask(BUDI, NOTICE)
    sent = clock.until(600)
    at = [one.at for one in sent if one.chat == -SARI]
    assert len(at) == 60
    assert max(sum(first <= other <= first + 60 for other in at) for first in at) <= 20
    assert next(one.at for one in sent if one.chat == BUDI) < 1


def refuses(clock: Clock, chat: int) -> bool:
    """True if who answers an update is told at once that its turn is too far away."""
    with suppress(Crowded):
        clock.ask(chat, ANSWER, PATIENCE)
        return False
    return True


def test_who_would_wait_too_long_for_a_group_is_told_at_once_and_is_not_overtaken():
    clock = Clock()
    assert [refuses(clock, -SARI) for _ in range(8)] == [False] * 4 + [True] * 4
    clock.until(5)
    assert refuses(clock, -SARI)  # there is a place soon, which is theirs
    clock.ask(-SARI, NOTICE)  # the sender waits as long as it takes
    clock.until(60)
    assert not refuses(clock, -SARI)


def test_a_private_chat_has_its_answer_and_its_card_without_a_detour():
    clock = Clock()
    assert not any(refuses(clock, SARI) for _ in range(7))
    assert len(clock.until(6)) == 7


Asking = st.tuples(
    st.sampled_from([0.0, 0.0, 0.02, 0.3, 1.1]),
    st.sampled_from([SARI, BUDI, 103, 104, 105, 106]),
    st.sampled_from(Priority),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(Asking, max_size=60), st.integers(0, 9))
def test_whoever_asks_no_limit_breaks_no_order_changes_and_nobody_waits_in_vain(script, seed):
    clock = Clock()
    for pause, chat, kind in script:
        clock.until(clock.now + pause)
        clock.ask(chat, kind)
    sent = clock.until(10_000)
    assert len(sent) == len(script)
    assert refused(sent, jitters(sent, seed)) == 0
    for chat, kind in {(s.chat, s.kind) for s in sent}:
        numbers = [s.number for s in sent if (s.chat, s.kind) == (chat, kind)]
        assert numbers == sorted(numbers)


@settings(max_examples=300, deadline=None)
@given(st.lists(Asking, min_size=1, max_size=40), st.randoms(use_true_random=False), st.sampled_from([1, 3]))
def test_no_turn_is_idle_while_somebody_could_go_whoever_changes_their_mind(script, chance, burst):
    clock = Clock(chat_burst=burst)
    turns, left = [], set[Waiter]()
    for pause, chat, kind in script:
        clock.until(clock.now + pause)
        turns.append(clock.ask(chat, kind))
        for turn in chance.sample(turns, k=min(2, len(turns))):
            clock.quit(turn)
            left.add(turn)
        clock.go()
        waiting = [turn for turn in turns if not turn.granted and turn not in left]
        answers = {turn.chat for turn in waiting if turn.priority is ANSWER}
        for ready in {turn.chat for turn in waiting if clock.limits.wait(turn.chat, clock.now) == 0}:
            assert clock.limits._all.free_at + (0 if ready in answers else 1 / 28) > clock.now
    sent = clock.until(10_000)
    assert all(turn.granted or turn in left for turn in turns)
    assert refused(sent, jitters(sent, 1)) == 0


def test_a_private_chat_hears_two_at_once_a_third_soon_and_then_one_a_second():
    clock = Clock()
    for _ in range(6):
        clock.ask(SARI)
    assert [round(s.at, 1) for s in clock.until(60)] == [0.0, 0.0, 0.2, 1.2, 2.2, 3.2]


def test_answers_go_before_notices():
    clock = Clock()
    for kind in (NOTICE, ANSWER):
        clock.ask(10 * kind + 1, kind)
        clock.ask(10 * kind + 2, kind)
    assert [s.kind for s in clock.until(60)] == [ANSWER, ANSWER, NOTICE, NOTICE]


def test_an_answer_goes_at_once_while_notices_leave_at_the_full_rate():
    clock, asked = Clock(), [0.5 + 0.317 * n for n in range(20)]
    _ = [clock.ask(chat) for chat in range(1, 281)]
    for at in asked:
        clock.until(at)
        clock.ask(SARI + int(at * 1000), ANSWER)
    sent = clock.until(300 / 28 + 0.1)
    assert [s.at for s in sent if s.kind is ANSWER] == pytest.approx(asked)
    assert len(sent) == 300


def test_notices_go_on_under_a_flood_of_answers():
    clock = Clock()
    for chat in range(1, 600):
        for kind in Priority:
            clock.ask(1000 * kind + chat, kind)
    per_kind = Counter(s.kind for s in clock.until(20))
    assert per_kind[NOTICE] >= 5 * 20
    assert per_kind[ANSWER] > per_kind[NOTICE] * 2


def test_a_chat_at_its_limit_holds_up_nobody():
    clock = Clock()
    for _ in range(50):
        clock.ask(SARI, ANSWER)
    for chat in range(1000, 1028):
        clock.ask(chat, NOTICE)
    assert sum(s.chat != SARI for s in clock.until(1.1)) == 28


def test_a_late_timer_costs_no_rate():
    clock = Clock(late=lambda: 0.03)
    for chat in range(1, 281):
        clock.ask(chat)
    assert clock.until(60)[-1].at <= 10.1


def test_a_chat_in_penalty_is_refused_until_it_ends_and_starts_without_a_burst():
    clock = Clock()
    turns = [clock.ask(SARI) for _ in range(4)]
    clock.go()
    assert clock.limits.penalise(SARI, 5, clock.now) == turns[2:]
    with pytest.raises(Penalised, match="0:00:05"):
        clock.ask(SARI)
    assert clock.limits.wait(SARI, clock.now) == 5
    clock.until(5)
    for _ in range(3):
        clock.ask(SARI)
    assert [round(s.at, 3) for s in clock.until(60)] == [0, 0, 5, 6, 7]


def test_who_gives_up_makes_room():
    clock = Clock()
    turns = [clock.ask(SARI) for _ in range(4)]
    clock.go()
    clock.limits.leave(turns[2])  # still waiting
    clock.limits.leave(turns[1])  # granted
    assert [s.number for s in clock.until(0.3)] == [0, 1, 3]


def test_a_turn_is_given_back_once():
    clock = Clock()
    first, *_ = [clock.ask(SARI) for _ in range(5)]
    clock.go()
    for _ in range(3):
        clock.limits.leave(first)
    assert [round(s.at, 1) for s in clock.until(60)] == [0.0, 0.0, 0.0, 0.2, 1.2]


def test_who_stands_behind_one_that_gives_up_moves_up():
    clock = Clock()
    *_, quitter, patient = [clock.ask(chat) for chat in (1, 2, 3, 3)]
    clock.go()
    clock.limits.leave(quitter)
    clock.until(1)
    assert patient.granted


def test_a_turn_given_back_may_be_taken_at_once_but_only_once():
    clock = Clock(chat_burst=1)
    first, *_ = [clock.ask(SARI) for _ in range(4)]
    clock.go()
    clock.quit(first)
    assert clock.limits.wait(SARI, clock.now) == pytest.approx(0.2)
    clock.now = 1.0  # the timer is late
    assert [round(s.at, 1) for s in clock.until(60)] == [1.0, 2.2, 3.4]


def test_chats_long_silent_are_forgotten():
    clock = Clock(rate=1e6)
    for chat in range(1, 5000):
        clock.now += 1
        clock.ask(chat)
        clock.go()
    assert len(clock.limits._buckets) <= SWEEP


def test_chats_that_wait_are_not_forgotten():
    clock = Clock()
    for chat in range(1, 2000):
        clock.ask(chat)
    assert len(clock.limits._buckets) == 1999
