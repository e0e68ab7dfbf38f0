"""More than a chat, or all chats together, can take: who goes first, and who takes no place from others."""

import asyncio
import time
from math import inf

import pytest

from bot.outgoing.sender import DOUBLES
from bot.telegram.rate_limit import Priority, RateLimiter
from storage.outbox import ANSWER, NOTICE
from tests.mail import Mail, chat_of, heard, mail
from tests.town import migrated


@pytest.fixture
async def post(tmp_path):
    url = f"sqlite:///{tmp_path / 'mail.db'}"
    await migrated(url)
    async with mail(url) as post:
        yield post


def numbered(n: int) -> list[str]:
    return [f"{i}" for i in range(n)]


async def test_a_chat_with_hundreds_of_messages_keeps_nobody_waiting(post: Mail):
    post.opens()
    busy, sari = post.person("Warni"), post.person("Sari")
    await post.owes(busy, *numbered(300))
    await post.owes(sari, "Halo")
    await post.settled()
    assert post.sends.index("Halo") < 20
    for _ in range(300 // 8):
        await post.passes(5)
    assert heard(busy) == numbered(300)


async def test_a_chat_that_has_to_wait_takes_no_place_from_others(post: Mail):
    limiter = RateLimiter(chat_rate=0.5, chat_burst=1, margin=0)
    post.opens(limiter, at_once=1, clock=time.monotonic)
    sari, paijo = post.person("Sari"), post.person("Paijo")
    await post.owes(sari, "s1", "s2")
    post.sender.wake()
    await post.until(lambda: post.sends)
    await post.owes(paijo, "p1")
    post.sender.wake()
    await post.until(lambda: heard(paijo))
    assert post.sends == ["s1", "p1"]  # Sari's second waits for two seconds


async def test_a_chat_that_had_to_wait_goes_on_by_itself(post: Mail):
    limiter = RateLimiter(chat_rate=10, chat_burst=1, margin=0)
    post.opens(limiter, at_once=1, clock=time.monotonic)
    sari, paijo = post.person("Sari"), post.person("Paijo")
    await post.owes(sari, "s1", "s2", "s3")
    await post.owes(paijo, "p1", "p2", "p3")
    await post.settled()
    assert post.sends == ["s1", "p1", "s2", "p2", "s3", "p3"]


async def test_who_has_waited_while_there_is_no_room_wakes_nobody_again_and_again(post: Mail, monkeypatch):
    at, looks, wakes = [0.0], list[float](), list[float]()

    def clock() -> float:
        looks.extend(at)
        return at[0]

    def wakes_again() -> None:
        wakes.extend(at)
        wake()

    post.opens(RateLimiter(chat_rate=0.5, chat_burst=1, margin=0, clock=lambda: at[0]), clock=clock)
    hand, wake, sari = post.sender.hand, post.sender.wake, post.person("Sari")
    await post.owes(sari, "s1", "s2")
    wake()
    await post.until(lambda: post.sends and hand.next_at < inf and not (hand.unsettled or hand.out))
    monkeypatch.setattr(post.sender, "wake", wakes_again)
    hand.out, at[0] = DOUBLES, 3.0  # as if so many rows were yet to be written down
    wake()
    await post.until(lambda: looks.count(3.0) > 1)  # it has looked, and waits
    for _ in range(300):
        await asyncio.sleep(0)
    assert wakes == []
    hand.out = 0
    wake()
    await post.until(lambda: post.sends == ["s1", "s2"])


async def test_what_is_out_is_on_record_though_another_hangs(post: Mail):
    post.opens(clock=time.monotonic)
    sari, paijo = post.person("Sari"), post.person("Paijo")
    post.sandbox.fault("delay", "sendMessage", chat=chat_of(sari), seconds=25)
    await post.owes(sari, "Halo")
    await post.owes(paijo, "Halo")
    post.sender.wake()
    await post.until(lambda: heard(paijo))
    await asyncio.sleep(0.3)
    assert await post.unsent() == 1


@pytest.mark.parametrize("trouble", ["refuses", "forgets"])
async def test_a_commit_that_got_lost_while_one_hangs_holds_up_nobody(post: Mail, trouble: str):
    post.opens()
    sari, paijo = post.person("Sari"), post.person("Paijo")
    post.sandbox.fault("delay", "sendMessage", chat=chat_of(sari), seconds=130)
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    await post.owes(paijo, "Halo")
    setattr(post.storage, trouble, 1)
    post.sender.wake()
    await post.until(lambda: heard(paijo))
    assert (heard(sari), post.under_way) == ([], 1)
    post.sandbox.advance(130)
    await post.settled()
    assert (heard(sari), heard(paijo)) == (["Halo"], ["Halo"])


async def test_the_rate_limiter_knows_how_urgent_each_one_is(post: Mail):
    limiter = Noted()
    post.opens(limiter)
    for priority in (NOTICE, ANSWER):
        await post.owes(post.person(f"{priority}"), "Halo", priority=priority)
    await post.settled()
    assert sorted(limiter.asked) == [ANSWER, NOTICE]


class Noted(RateLimiter):
    """A limiter that remembers who asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    async def turn(self, chat: int, priority: Priority, patience: float = inf) -> None:
        self.asked.append(priority)
        await super().turn(chat, priority, patience)


async def test_a_chat_in_a_long_penalty_gives_back_what_is_in_hand(post: Mail):
    limiter = RateLimiter()
    post.opens(limiter)
    sari = post.person("Sari")
    limiter.penalise(chat_of(sari), 600)
    await post.owes(sari, "Halo")
    await post.settled()
    wait = await post.next_due()
    assert heard(sari) == []
    assert wait is not None
    assert 590_000 < wait <= 600_000


async def test_answers_go_before_notices(post: Mail):
    for priority in (NOTICE, ANSWER):
        for i in range(4):
            await post.owes(post.person(f"{priority} {i}"), str(priority), priority=priority)
    post.opens(at_once=1)
    await post.settled()
    assert "".join(post.sends) == "0" * 4 + "1" * 4


async def test_notices_have_turns_of_their_own_while_answers_wait(post: Mail):
    for priority in (ANSWER, NOTICE):
        for i in range(60):
            await post.owes(post.person(f"{priority} {i}"), str(priority), priority=priority)
    post.opens(at_once=6)
    await post.settled()
    assert 10 <= "".join(post.sends)[:60].count("1") <= 30
