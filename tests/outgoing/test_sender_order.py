"""Whatever goes wrong for whom and when: each chat hears everything, in order, and nobody waits for another."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from storage import Storage, Tx, outbox
from tests.mail import ANSWER, NOTICE, Mail, chat_of, heard, mail
from tests.town import migrated

KINDS = ("lose", "drop", "refuse", "truncate", "html", "flood", "status")
SEEDS = range(4)


@pytest.fixture
async def post(tmp_path):
    url = f"sqlite:///{tmp_path / 'mail.db'}"
    await migrated(url)
    async with mail(url) as post:
        yield post


def once(texts: list[str]) -> list[str]:
    """Without the repetitions that an unknown outcome brings: only right behind each other are they allowed."""
    return [text for i, text in enumerate(texts) if texts[i - 1 : i] != [text]]


async def bad_days(post: Mail, chance: random.Random, chats: list[int]) -> None:
    for _ in range(chance.randrange(1, 6)):
        how = {"seconds": chance.choice([1, 7, 90])} if (kind := chance.choice(KINDS)) == "flood" else {}
        post.sandbox.fault(kind, "sendMessage", chat=chance.choice(chats), nth=chance.randrange(1, 4), **how)


@pytest.mark.parametrize("seed", SEEDS)
async def test_each_chat_hears_everything_in_order_whatever_fails(post: Mail, seed):
    chance = random.Random(seed)
    people = [post.person(f"Warga {i}") for i in range(6)]
    await post.knows(*people[:3])  # strangers can be owed an answer, too
    post.opens(chance=chance.random, at_once=chance.choice([1, 3, 20]))
    told = {chat_of(person): 0 for person in people}
    for _ in range(25):
        for person in chance.choices(people, k=5):
            await post.owes(person, *(f"{told[chat_of(person)] + i}" for i in range(3)))
            told[chat_of(person)] += 3
        await bad_days(post, chance, list(told))
        post.storage.refuses = chance.choice([0, 0, 0, 1])
        await post.passes(chance.choice([0, 0.5, 5]))
    await post.passes(3600)
    post.sandbox.faults.clear()
    for _ in range(20):
        await post.passes(120)
    assert [once(heard(person)) for person in people] == [[f"{i}" for i in range(n)] for n in told.values()]


@pytest.mark.parametrize("seed", SEEDS)
async def test_each_chat_hears_everything_in_order_however_often_we_die(post: Mail, seed):
    chance = random.Random(seed)
    people = [post.person(f"Warga {i}") for i in range(30)]
    post.opens()
    for person in people:
        await post.owes(person, *(f"{i}" for i in range(8)))
    for _ in range(10):
        await sends(post, min(240, len(post.sends) + chance.randrange(1, 25)))
        await post.dies()
        post.opens()
    await post.settled()
    assert [in_order(heard(person)) for person in people] == [True] * 30
    assert len(post.sends) <= 240 + 10 * 30


async def sends(post: Mail, limit: int) -> None:
    post.sender.wake()
    await post.until(lambda: len(post.sends) >= limit)


def in_order(texts: list[str]) -> bool:
    """True if every number was heard, none before the one before it; after a restart some come once more."""
    known = -1
    for text in texts:
        if int(text) > known + 1:
            return False
        known = max(known, int(text))
    return known == 7


async def test_one_chat_in_trouble_holds_up_nobody(post: Mail):
    post.opens()
    sari, others = post.person("Sari"), [post.person(f"Warga {i}") for i in range(30)]
    post.sandbox.fault("flood", "sendMessage", chat=chat_of(sari), seconds=3600)
    await post.owes(sari, "satu", "dua")
    for other in others:
        await post.owes(other, "satu", "dua")
    await post.settled()
    assert [heard(other) for other in others] == [["satu", "dua"]] * 30
    assert post.sends.count("satu") + post.sends.count("dua") == 61  # Sari's second was not even tried
    await post.passes(3601)
    assert heard(sari) == ["satu", "dua"]


async def test_a_chat_that_hangs_holds_up_nobody(post: Mail):
    post.opens(at_once=2)
    sari, paijo = post.person("Sari"), post.person("Paijo")
    post.sandbox.fault("delay", "sendMessage", chat=chat_of(sari), seconds=25)
    await post.owes(sari, "satu", "dua")
    await post.owes(paijo, *(f"{i}" for i in range(8)))
    post.sender.wake()
    await post.until(lambda: len(heard(paijo)) == 8)
    assert heard(sari) == []
    post.sandbox.advance(25)
    await post.settled()
    assert heard(sari) == ["satu", "dua"]


async def test_what_is_put_down_while_a_chat_waits_comes_behind(post: Mail):
    post.opens()
    sari = post.person("Sari")
    post.sandbox.fault("refuse", "sendMessage", chat=chat_of(sari))
    await post.owes(sari, "satu")
    await post.settled()
    await post.owes(sari, "dua")
    await post.settled()
    assert heard(sari) == []
    await post.owes(sari, "tiga")
    await post.passes(1)
    assert heard(sari) == ["satu", "dua", "tiga"]


@pytest.mark.parametrize("trouble", ["drop", "block"])
async def test_what_is_claimed_while_the_one_before_it_fails_goes_back(post: Mail, trouble):
    post.opens()
    sari = post.person("Sari")
    post.sandbox.fault("delay", "sendMessage", seconds=5)
    post.sandbox.fault("drop" if trouble == "drop" else "status", "sendMessage", **BLOCKED[trouble])
    await post.owes(sari, "satu")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    await post.owes(sari, "dua")
    post.storage.inner = Slow(post.storage.inner, lambda: answer_comes(post))
    await post.settled()
    assert heard(sari) == []
    async with post.storage.transaction() as tx:
        await outbox.find(tx, chat_of(sari), post.clock)
    await post.passes(1)
    assert heard(sari) == ["satu", "dua"]


BLOCKED: dict[str, dict[str, Any]] = {
    "drop": {},
    "block": {"code": 403, "words": "Forbidden: bot was blocked by the user"},
}


async def answer_comes(post: Mail) -> None:
    """The answer to what is under way comes in."""
    post.sandbox.advance(5)
    await post.until(lambda: not post.under_way)


class Slow:
    """A database in which something happens between the last query and the commit of a transaction."""

    def __init__(self, inner: Storage, happens: Callable[[], Awaitable[None]]) -> None:
        self.inner, self.happens = inner, happens

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with self.inner.transaction() as tx:
            yield tx
            await self.happens()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


async def test_one_of_many_that_fails_lets_nothing_pass_the_rest(post: Mail):
    post.opens()
    warni = post.person("Warni")
    await post.knows(warni)
    post.sandbox.fault("refuse", "sendMessage", nth=3)
    await post.owes(warni, *(f"{i}" for i in range(100)))
    await post.settled()
    await post.owes(warni, "100")
    for _ in range(40):
        await post.passes(1)
        await post.passes(4)
    assert heard(warni) == [f"{i}" for i in range(101)]


async def test_what_was_owed_first_goes_first_though_it_falls_due_later(post: Mail):
    sari = post.person("Sari")
    await post.owes(sari, "satu", after=500)
    await post.owes(sari, "dua")
    post.clock += 1000
    post.opens()
    await post.settled()
    assert heard(sari) == ["satu", "dua"]


async def test_an_answer_passes_the_notices_of_its_chat(post: Mail):
    sari = post.person("Sari")
    await post.owes(sari, "kabar", "kabar lagi", priority=NOTICE)
    await post.owes(sari, "jawaban", priority=ANSWER)
    post.opens()
    await post.settled()
    assert heard(sari) == ["jawaban", "kabar", "kabar lagi"]


async def test_whoever_leaves_and_is_back_at_once_hears_nothing_twice(post: Mail):
    sari = post.person("Sari")
    await post.knows(sari)
    post.opens()
    post.sandbox.fault("delay", "sendMessage", chat=chat_of(sari), seconds=3)
    await post.owes(sari, "1", "2", "3")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    async with post.storage.inner.transaction() as tx:  # as the lanes write it, while all three are in hand
        await outbox.lose(tx, chat_of(sari), "blocked", post.clock)
        await outbox.find(tx, chat_of(sari), post.clock)
    post.sender.wake()
    for _ in range(100):
        await asyncio.sleep(0.001)
    for _ in range(3):
        await post.passes(10)
    assert heard(sari) == ["1", "2", "3"]


async def test_a_refusal_that_comes_after_the_return_of_its_person_keeps_nothing_from_them(post: Mail):
    sari = post.person("Sari")
    await post.knows(sari)
    post.opens()
    post.sandbox.fault("delay", "sendMessage", chat=chat_of(sari), seconds=3)
    post.sandbox.fault("status", "sendMessage", chat=chat_of(sari), **BLOCKED["block"])
    await post.owes(sari, "1", "2")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    async with post.storage.inner.transaction() as tx:
        await outbox.find(tx, chat_of(sari), post.clock)
    await answer_comes(post)
    await post.settled()
    assert heard(sari) == ["1", "2"]
