"""More than a chat, or all chats together, can take: who goes first, and who takes no place from others."""

import time

import pytest

from bot.telegram.api import BotApi
from bot.telegram.rate_limit import Priority, RateLimiter
from storage.outbox import ANSWER, BULK, NOTICE
from tests.mail import Mail, chat_of, heard, mail
from tests.town import SandboxWire, migrated


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
    pace = RateLimiter(private_rate=0.5, private_burst=1, margin=0)
    post.opens(BotApi(SandboxWire(post.sandbox), pace), pace=pace, at_once=1, clock=time.monotonic)
    sari, paijo = post.person("Sari"), post.person("Paijo")
    await post.owes(sari, "s1", "s2")
    post.sender.wake()
    await post.until(lambda: post.sends)
    await post.owes(paijo, "p1")
    post.sender.wake()
    await post.until(lambda: heard(paijo))
    assert post.sends == ["s1", "p1"]  # Sari's second waits for two seconds


async def test_a_chat_that_had_to_wait_goes_on_by_itself(post: Mail):
    pace = RateLimiter(private_rate=10, private_burst=1, margin=0)
    post.opens(BotApi(SandboxWire(post.sandbox), pace), pace=pace, at_once=1, clock=time.monotonic)
    sari, paijo = post.person("Sari"), post.person("Paijo")
    await post.owes(sari, "s1", "s2", "s3")
    await post.owes(paijo, "p1", "p2", "p3")
    await post.settled()
    assert post.sends == ["s1", "p1", "s2", "p2", "s3", "p3"]


async def test_the_pace_knows_how_urgent_each_one_is(post: Mail):
    pace = Noted()
    post.opens(BotApi(SandboxWire(post.sandbox), pace), pace=pace)
    for priority in (BULK, ANSWER, NOTICE):
        await post.owes(post.person(f"{priority}"), "Halo", priority=priority)
    await post.settled()
    assert sorted(pace.asked) == [ANSWER, NOTICE, BULK]


class Noted(RateLimiter):
    """A pace that remembers who asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    async def turn(self, chat: int | str, kind: Priority) -> None:
        self.asked.append(kind)
        await super().turn(chat, kind)


async def test_a_chat_in_a_long_penalty_gives_back_what_is_in_hand(post: Mail):
    pace = RateLimiter()
    post.opens(BotApi(SandboxWire(post.sandbox), pace), pace=pace)
    sari = post.person("Sari")
    pace.penalise(chat_of(sari), 600)
    await post.owes(sari, "Halo")
    await post.settled()
    wait = await post.next_due()
    assert heard(sari) == []
    assert wait is not None
    assert 590_000 < wait <= 600_000


async def test_answers_go_before_notices_and_notices_before_bulk(post: Mail):
    for priority in (BULK, NOTICE, ANSWER):
        for i in range(8):
            await post.owes(post.person(f"{priority} {i}"), str(priority), priority=priority)
    post.opens(at_once=1)
    await post.settled()
    assert "".join(post.sends) == "0" * 8 + "1" * 8 + "2" * 8


async def test_bulk_has_places_of_its_own_while_more_urgent_ones_wait(post: Mail):
    for priority in (BULK, NOTICE):
        for i in range(60):
            await post.owes(post.person(f"{priority} {i}"), str(priority), priority=priority)
    post.opens(at_once=6)
    await post.settled()
    assert 10 <= "".join(post.sends)[:60].count("2") <= 30
