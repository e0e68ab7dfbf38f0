"""Which of what is sent again is a repeat: what may be out, and nothing else."""

from contextlib import asynccontextmanager

import pytest

from storage import outbox
from tests.mail import NOTICE, Mail, heard, mail


@pytest.fixture
async def any_post(database_url):
    async with mail(database_url) as post:
        post.opens()
        yield post


@pytest.mark.parametrize(
    "kind, how, repeats",
    [
        pytest.param("lose", {}, ["Halo"], id="the answer is lost"),
        pytest.param("drop", {}, ["Halo"], id="nobody knows"),
        pytest.param("truncate", {}, ["Halo"], id="half an answer"),
        pytest.param("html", {"code": 502}, ["Halo"], id="a proxy speaks"),
        pytest.param("refuse", {}, [], id="no connection"),
        pytest.param("html", {"code": 503}, [], id="it takes nothing"),
        pytest.param("flood", {"seconds": 1}, [], id="flood"),
        pytest.param("status", {"code": 400, "words": "Bad Request: PEER_ODD"}, [], id="refused"),
        pytest.param("status", {"code": 400, "words": "Bad Request: chat not found"}, [], id="not found"),
    ],
)
async def test_what_nobody_knows_the_end_of_is_a_repeat(post: Mail, kind, how, repeats):
    sari = post.person("Sari")
    post.sandbox.fault(kind, "sendMessage", **how)
    await post.owes(sari, "Halo", "lagi")
    await post.settled()
    await post.passes(60)
    assert (set(heard(sari)), post.repeats) == ({"Halo", "lagi"}, repeats)


async def test_once_it_may_be_out_it_stays_a_repeat(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("drop", "sendMessage")
    post.sandbox.fault("refuse", "sendMessage", nth=2)
    await post.owes(sari, "Halo")
    for _ in range(3):
        await post.passes(60)
    assert (heard(sari), post.repeats) == (["Halo"], ["Halo", "Halo"])


async def test_what_a_dead_sender_had_claimed_is_a_repeat_and_the_rest_is_not(any_post: Mail):
    people = [any_post.person(f"Warga {i}") for i in range(200)]
    for i, person in enumerate(people):
        await any_post.owes(person, f"Halo {i}")
    any_post.sender.wake()
    await any_post.until(lambda: len(any_post.sends) >= 70)
    await any_post.dies()
    any_post.opens()
    await any_post.settled()
    twice = {text for text in any_post.sends if any_post.sends.count(text) > 1}
    assert twice <= set(any_post.repeats)
    assert len(any_post.repeats) <= 100  # two claims


async def test_a_word_that_comes_while_it_claims_puts_off_no_look_at_what_another_left(any_post: Mail, monkeypatch):
    sari, budi = any_post.person("Sari"), any_post.person("Budi")
    await any_post.settled()
    await any_post.owes(sari, "Halo")
    async with any_post.storage.inner.transaction() as tx:
        assert await outbox.claim(tx, NOTICE, any_post.clock, 10)
    await any_post.owes(budi, "Halo juga")
    amid_the_next(monkeypatch, any_post, any_post.sender.wake)
    for _ in range(2):
        await any_post.settled()
    assert (heard(sari), any_post.repeats) == (["Halo"], ["Halo"])


async def test_claims_whose_commit_got_lost_are_no_repeats_after_a_minute_either(post: Mail, monkeypatch):
    await post.settled()
    await post.owes(post.person("Sari"), "Halo")
    amid_the_next(monkeypatch, post, lambda: setattr(post.storage, "forgets", 1))
    await post.settled()
    assert (post.sends, post.repeats) == (["Halo"], [])


def amid_the_next(monkeypatch, post: Mail, happens) -> None:
    """Amid the next transaction a minute goes by, and something happens."""
    begin, still = post.storage.transaction, [happens]

    @asynccontextmanager
    async def transaction():
        async with begin() as tx:
            yield tx
            if still:
                post.seconds += 60
                still.pop()()

    monkeypatch.setattr(post.storage, "transaction", transaction)


async def test_what_waits_when_the_sender_is_drained_is_no_repeat(any_post: Mail):
    for i in range(200):
        await any_post.owes(any_post.person(f"Warga {i}"), "Halo")
    any_post.sender.wake()
    await any_post.until(lambda: len(any_post.sends) >= 30)
    await any_post.sender.drain(2)
    any_post.opens()
    await any_post.settled()
    assert (len(any_post.sends), any_post.repeats) == (200, [])


async def test_what_was_on_its_way_when_the_grace_of_draining_ended_is_a_repeat(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("delay", "sendMessage", seconds=3600)
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    await post.sender.drain(0.05)
    post.opens()
    await post.settled()
    assert (heard(sari), post.repeats) == (["Halo"], ["Halo"])


@pytest.mark.parametrize("forgotten", range(4))
async def test_claims_whose_commit_got_lost_are_no_repeats(post: Mail, forgotten):
    await post.settled()
    for i in range(120):
        await post.owes(post.person(f"Warga {i}"), "Halo")
    before = post.storage.commits
    post.sender.wake()
    await post.until(lambda: post.storage.commits >= before + forgotten)
    post.storage.forgets = 1
    await post.settled()
    assert (len(post.sends), post.repeats) == (120, [])


async def test_what_waits_behind_a_repeat_is_none(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("drop", "sendMessage")
    await post.owes(sari, "satu", "dua", "tiga")
    await post.settled()
    await post.passes(60)
    assert (heard(sari), post.repeats) == (["satu", "dua", "tiga"], ["satu"])


async def test_one_that_may_lead_no_more_sends_nothing_of_what_it_holds_until_it_knows(post: Mail):
    sari, asked, leads = post.person("Sari"), [], True

    def does_lead() -> bool:
        asked.append(leads or not post.sender.hand.waiting())
        return asked[-1]

    await post.dies()
    post.opens(leads=does_lead)
    leads = False
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: False in asked)
    await post.until(post.sender.hand.waiting)
    assert post.sends == []
    leads = True
    post.seconds += 1
    await post.until(lambda: heard(sari) == ["Halo"])


async def test_one_that_may_lead_no_more_claims_nothing(post: Mail):
    asked: list[bool] = []

    def does_lead() -> bool:
        asked.append(False)
        return False

    await post.dies()
    await post.owes(post.person("Sari"), "Halo")
    post.opens(leads=does_lead)
    await post.until(lambda: len(asked) > 5)
    assert await post.next_due() == 0  # it is in nobody's hands
