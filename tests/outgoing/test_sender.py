"""What is owed arrives: at least once, in the order of each chat, and nobody waits for another's trouble."""

import asyncio
import io

import pytest
import segno

from handlers.reply import Screen
from storage import outbox
from tests.mail import ANSWER, NOTICE, Mail, chat_of, heard, mail
from tests.outgoing.test_sender_order import Slow, answer_comes

HOUR = 3600


@pytest.fixture
async def any_post(database_url):
    async with mail(database_url) as post:
        post.opens()
        yield post


# It arrives


async def test_what_is_owed_arrives_once(any_post: Mail):
    people = [any_post.person(f"Warga {i}") for i in range(60)]
    for person in people:
        await any_post.owes(person, "Halo", "lagi")
    await any_post.settled()
    assert [heard(person) for person in people] == [["Halo", "lagi"]] * 60
    assert await any_post.unsent() == 0


async def test_answers_that_are_out_are_owed_no_more(post: Mail):
    sari = post.person("Sari")
    await post.owes(sari, "Halo", "lagi", priority=ANSWER)
    await post.settled()
    assert (heard(sari), await post.unsent()) == (["Halo", "lagi"], 0)


async def test_what_was_put_down_twice_arrives_once(post: Mail):
    sari = post.person("Sari")
    due = outbox.Due("the same", chat_of(sari), "note", NOTICE, post.clock, facts={"says": "Halo"})
    for _ in range(2):
        async with post.storage.transaction() as tx:
            await outbox.owe(tx, [due, due], post.clock)
        await post.settled()
    assert heard(sari) == ["Halo"]


async def test_what_is_not_due_waits(post: Mail):
    sari = post.person("Sari")
    await post.owes(sari, "sore", after=6 * HOUR * 1000)
    await post.owes(sari, "pagi")
    await post.settled()
    assert heard(sari) == ["pagi"]
    await post.passes(6 * HOUR)
    assert heard(sari) == ["pagi", "sore"]


async def test_what_falls_due_is_sent_though_nobody_says_so(post: Mail):
    sari = post.person("Sari")
    await post.owes(sari, "Halo", after=50)
    await post.settled()
    post.clock += 51
    await post.until(lambda: heard(sari))


@pytest.mark.parametrize(
    "kind, how, wait",
    [("drop", {}, 750), ("refuse", {}, 750), ("html", {"code": 502}, 750), ("flood", {"seconds": 1}, 2000)],
    ids=["no answer", "no connection", "a proxy speaks", "a flood of a second"],
)
async def test_what_has_to_be_sent_again_is_when_it_is_due_though_nobody_says_so(post: Mail, kind, how, wait):
    sari = post.person("Sari")
    post.sandbox.fault(kind, "sendMessage", **how)
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: post.sandbox.calls and post.idle)
    assert await post.next_due() == wait
    post.clock += wait
    await post.until(lambda: heard(sari))


async def test_whoever_wakes_it_need_not_wait(post: Mail):
    sari = post.person("Sari")
    await post.settled()
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: heard(sari))


async def test_a_picture_is_sent_with_its_words(post: Mail):
    sari = post.person("Sari")
    picture = io.BytesIO()
    segno.make("563185915492").save(picture, kind="png", scale=8)
    post.renders["qr"] = lambda: (Screen("<b>Resi</b>", photo=picture.getvalue()), True)
    await post.owes(sari, "qr")
    await post.settled()
    assert [(seen.text, seen.file is not None, seen.silent) for seen in sari.heard] == [("Resi", True, True)]


@pytest.mark.parametrize(
    "hours, rings", [(11.8, True), (11.9, False), (21.8, False), (21.9, True)], ids=["19:58", "20:04", "05:58", "06:04"]
)
async def test_nothing_rings_in_quiet_hours(post: Mail, hours, rings):
    sari = post.person("Sari")
    await post.passes(hours * 3600)
    await post.owes(sari, "Siap diambil")
    await post.settled()
    assert [(seen.text, seen.silent) for seen in sari.heard] == [("Siap diambil", not rings)]


async def test_what_there_is_nothing_to_say_about_is_settled(post: Mail):
    sari = post.person("Sari")
    post.renders["gone"] = lambda: None
    await post.owes(sari, "gone", "Halo")
    await post.settled()
    assert (heard(sari), await post.unsent()) == (["Halo"], 0)


# Whatever happens to it on the way


async def test_an_answer_that_got_lost_is_sent_again_until_one_arrives(any_post: Mail):
    sari = any_post.person("Sari")
    any_post.sandbox.fault("lose", "sendMessage", times=2)
    await any_post.owes(sari, "satu", "dua")
    await any_post.settled()
    await any_post.passes(60)
    await any_post.passes(60)
    assert heard(sari) == ["satu", "satu", "satu", "dua"]
    await any_post.passes(HOUR)
    assert len(heard(sari)) == 4


async def test_an_hour_without_telegram_delays_and_drops_nothing(post: Mail):
    people = [post.person(f"Warga {i}") for i in range(30)]
    fault = post.sandbox.fault("refuse", times=None)
    for person in people:
        await post.owes(person, "satu", "dua")
    for _ in range(60):
        await post.passes(60)
    assert not any(map(heard, people))
    post.sandbox.faults.remove(fault)
    await post.passes(61)
    assert [heard(person) for person in people] == [["satu", "dua"]] * 30


async def test_a_database_that_fails_at_settling_makes_nobody_hear_twice(post: Mail):
    people = [post.person(f"Warga {i}") for i in range(40)]
    for person in people:
        await post.owes(person, "Halo")
    post.sender.wake()
    await post.until(lambda: post.sends)
    post.storage.refuses = 3
    await post.settled()
    assert [heard(person) for person in people] == [["Halo"]] * 40


@pytest.mark.parametrize("forgotten", range(4))
async def test_a_commit_whose_answer_is_lost_loses_nothing(post: Mail, forgotten):
    people = [post.person(f"Warga {i}") for i in range(120)]
    await post.settled()
    for person in people:
        await post.owes(person, "Halo")
    before = post.storage.commits
    post.sender.wake()
    await post.until(lambda: post.storage.commits >= before + forgotten)
    post.storage.forgets = 1
    await post.settled()
    assert [heard(person) for person in people] == [["Halo"]] * 120


async def test_a_lost_commit_makes_nobody_hear_twice_whose_answer_comes_meanwhile(post: Mail):
    sari, paijo = post.person("Sari"), post.person("Paijo")
    post.sandbox.fault("delay", "sendMessage", seconds=5)
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    await post.owes(paijo, "Halo")
    before, post.storage.forgets = post.storage.commits, 1
    post.sender.wake()
    await post.until(lambda: post.storage.commits > before and not post.storage.forgets)
    post.storage.inner = Slow(post.storage.inner, lambda: answer_comes(post))
    await asyncio.sleep(0.2)  # it would have tried again by now, and what it holds would be claimed a second time
    post.sandbox.advance(5)
    await post.settled()
    assert (heard(sari), heard(paijo)) == (["Halo"], ["Halo"])


async def test_words_that_cannot_be_found_are_given_up_and_hold_nobody_up(post: Mail):
    sari = post.person("Sari")
    post.renders["broken"] = lambda: 1 / 0
    await post.owes(sari, "broken", "Halo")
    await post.settled()
    assert (heard(sari), await post.dead_letters()) == (["Halo"], ["ZeroDivisionError"])


async def test_words_that_wait_for_the_database_are_tried_again(post: Mail):
    sari = post.person("Sari")
    answers = [ConnectionError(), (Screen("Halo"), False)]

    def render():
        found = answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    post.renders["moody"] = render
    await post.owes(sari, "moody")
    await post.settled()
    await post.passes(2)
    assert (heard(sari), await post.dead_letters()) == (["Halo"], [])


async def test_words_that_wait_for_the_database_for_long_are_told_now_and_then(post: Mail, caplog):
    def render():
        raise ConnectionError("gone")

    post.renders["wrong"] = render
    await post.owes(post.person("Sari"), "wrong")
    for _ in range(9):
        await post.passes(60)
    told = [vars(record) for record in caplog.records if record.message == "a notice waits"]
    assert [(one["tries"], one["error"]) for one in told] == [(tries, "ConnectionError: gone") for tries in (1, 3, 7)]


# Restarts


async def test_a_new_sender_sends_what_a_dead_one_had_claimed(any_post: Mail):
    people = [any_post.person(f"Warga {i}") for i in range(200)]
    for person in people:
        await any_post.owes(person, "Halo")
    any_post.sender.wake()
    await any_post.until(lambda: len(any_post.sends) >= 70)
    await any_post.dies()
    any_post.opens()
    await any_post.settled()
    assert [set(heard(person)) for person in people] == [{"Halo"}] * 200
    assert len(any_post.sends) <= 200 + 30


async def test_what_another_process_claimed_and_left_behind_is_sent_by_the_one_that_runs(any_post: Mail):
    sari = any_post.person("Sari")
    await any_post.settled()
    await any_post.owes(sari, "Halo")
    async with any_post.storage.inner.transaction() as tx:
        assert await outbox.claim(tx, NOTICE, any_post.clock, 10)
    any_post.seconds += 60
    await any_post.settled()
    assert (heard(sari), any_post.repeats) == (["Halo"], ["Halo"])


async def test_a_sender_that_is_drained_finishes_what_is_under_way_and_leaves_the_rest(post: Mail):
    people = [post.person(f"Warga {i}") for i in range(200)]
    for person in people:
        await post.owes(person, "Halo")
    post.sender.wake()
    await post.until(lambda: len(post.sends) >= 30)
    await post.sender.drain(2)
    arrived = len(post.sends)
    assert arrived < 200
    assert await post.unsent() == 200 - arrived
    post.opens()
    await post.settled()
    assert [heard(person) for person in people] == [["Halo"]] * 200


async def test_a_sender_that_is_drained_waits_for_what_is_under_way(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("delay", "sendMessage", seconds=5)
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    draining = asyncio.create_task(post.sender.drain(5))
    await asyncio.sleep(0.05)
    post.sandbox.advance(5)
    await draining
    assert (heard(sari), await post.unsent()) == (["Halo"], 0)


async def test_a_sender_that_never_ran_can_be_drained(post: Mail):
    await post.dies()
    async with asyncio.timeout(2):
        await post.sender.drain(1)


async def test_draining_waits_no_longer_than_it_was_told(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("delay", "sendMessage", seconds=HOUR)
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: post.under_way)
    async with asyncio.timeout(2):
        await post.sender.drain(0.05)
    assert await post.unsent() == 1
