"""The rate limiter on the real clock: who waits, who is told, and whose turn is given back."""

import asyncio
import time

import pytest

from bot.telegram.rate_limit import Penalised, Priority, RateLimiter

SARI, BUDI = 101, 102
ANSWER, NOTICE = Priority


async def test_turns_are_spaced_on_the_real_clock():
    limiter, began = RateLimiter(rate=100, burst=1), time.monotonic()
    await asyncio.gather(*(limiter.turn(chat, NOTICE) for chat in range(1, 11)))
    assert time.monotonic() - began >= 0.09


async def test_those_who_wait_for_a_penalised_chat_are_told_at_once_and_others_go_on():
    limiter = RateLimiter(rate=1000, chat_burst=1)
    await limiter.turn(SARI, ANSWER)
    waiting = asyncio.create_task(limiter.turn(SARI, ANSWER))
    await asyncio.sleep(0)
    limiter.penalise(SARI, 30)
    with pytest.raises(Penalised, match="0:00:30"):
        await waiting
    await asyncio.wait_for(limiter.turn(BUDI, NOTICE), 20)
    assert 29 < limiter.wait(SARI) <= 30
    assert limiter.wait(999) == 0


async def test_a_cancelled_wait_leaves_its_turn_to_the_next():
    now = 0.0
    limiter = RateLimiter(rate=1, burst=1, clock=lambda: now)
    await limiter.turn(1, NOTICE)
    quitter = asyncio.create_task(limiter.turn(2, NOTICE))
    patient = asyncio.create_task(limiter.turn(3, NOTICE))
    await asyncio.sleep(0)
    quitter.cancel()
    await asyncio.sleep(0)
    now = 1.0  # when one may go
    limiter._grant()
    await asyncio.wait_for(patient, 20)
    assert quitter.cancelled()


@pytest.mark.parametrize("first", ["grant", "cancel"])
async def test_a_turn_granted_to_somebody_just_cancelled_is_given_back(first):
    now = 0.0
    limiter = RateLimiter(rate=1, burst=1, clock=lambda: now)
    await limiter.turn(1, NOTICE)
    quitter = asyncio.create_task(limiter.turn(2, NOTICE))
    await asyncio.sleep(0)
    now = 1.0
    for step in sorted(["grant", "cancel"], key=first.__ne__):
        limiter._grant() if step == "grant" else quitter.cancel()
    await asyncio.gather(quitter, return_exceptions=True)
    assert quitter.cancelled()
    await asyncio.wait_for(limiter.turn(2, NOTICE), 20)
