"""What is owed arrives: at least once, in the order of each chat, and nobody waits for another's trouble."""

import asyncio
import io
import time

import pytest
import segno

from bot.pacing import Pace
from bot.transport import Transport
from handlers.answers import Screen
from storage import outbox
from storage.outbox import ANSWER, BULK, NOTICE
from tests.mail import Mail, chat_of, heard, mail
from tests.town import SandboxWire, migrated

HOUR = 3600


@pytest.fixture
async def post(tmp_path):
    url = f"sqlite:///{tmp_path / 'mail.db'}"
    await migrated(url)
    async with mail(url) as post:
        post.opens()
        yield post


@pytest.fixture
async def any_post(database_url):
    async with mail(database_url) as post:
        post.opens()
        yield post


def numbered(n: int) -> list[str]:
    return [f"{i}" for i in range(n)]


# It arrives


async def test_what_is_owed_arrives_once(any_post: Mail):
    people = [any_post.person(f"Warga {i}") for i in range(60)]
    for person in people:
        await any_post.owes(person, "Halo", "lagi")
    await any_post.settled()
    assert [heard(person) for person in people] == [["Halo", "lagi"]] * 60
    assert await any_post.unsent() == 0


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


async def test_whoever_wakes_it_need_not_wait(post: Mail):
    sari = post.person("Sari")
    await post.settled()
    await post.owes(sari, "Halo")
    post.sender.wake()
    await asyncio.wait_for(post.until(lambda: heard(sari)), 2)  # by itself it would look after ten seconds


async def test_a_picture_is_sent_with_its_words(post: Mail):
    sari = post.person("Sari")
    picture = io.BytesIO()
    segno.make("563185915492").save(picture, kind="png", scale=8)
    post.renders["qr"] = lambda: (Screen("<b>Resi</b>", photo=picture.getvalue()), True)
    await post.owes(sari, "qr")
    await post.settled()
    assert [(seen.text, seen.file is not None, seen.silent) for seen in sari.heard] == [("Resi", True, True)]


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


async def test_a_sender_that_never_ran_can_be_drained(post: Mail):
    await post.dies()
    async with asyncio.timeout(2):
        await post.sender.drain(1)


async def test_draining_waits_no_longer_than_it_was_told(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("delay", "sendMessage", seconds=HOUR)
    await post.owes(sari, "Halo")
    post.sender.wake()
    await post.until(lambda: post.sender.flying)
    async with asyncio.timeout(2):
        await post.sender.drain(0.05)
    assert await post.unsent() == 1


# More than one chat can take


async def test_a_chat_with_hundreds_of_messages_keeps_nobody_waiting(post: Mail):
    busy, sari = post.person("Warni"), post.person("Sari")
    await post.owes(busy, *numbered(300))
    await post.owes(sari, "Halo")
    await post.settled()
    assert post.sends.index("Halo") < 20
    for _ in range(300 // 8):
        await post.passes(5)
    assert heard(busy) == numbered(300)


async def test_a_chat_that_has_to_wait_takes_no_place_from_others(post: Mail):
    await post.dies()
    pace = Pace(private_rate=10, private_burst=1, margin=0)
    post.opens(Transport(SandboxWire(post.sandbox), pace), pace=pace, at_once=1, clock=time.monotonic)
    sari, paijo = post.person("Sari"), post.person("Paijo")
    await post.owes(sari, "s1", "s2", "s3")
    await post.owes(paijo, "p1", "p2", "p3")
    await post.settled()
    assert post.sends == ["s1", "p1", "s2", "p2", "s3", "p3"]


async def test_a_chat_in_a_long_penalty_gives_back_what_is_in_hand(post: Mail):
    await post.dies()
    pace = Pace()
    post.opens(Transport(SandboxWire(post.sandbox), pace), pace=pace)
    sari = post.person("Sari")
    pace.penalise(chat_of(sari), 600)
    await post.owes(sari, "Halo")
    await post.settled()
    wait = await post.next_due()
    assert heard(sari) == []
    assert wait is not None
    assert 590_000 < wait <= 600_000


async def test_answers_go_before_notices_and_notices_before_bulk(post: Mail):
    await post.dies()
    for priority in (BULK, NOTICE, ANSWER):
        for i in range(8):
            await post.owes(post.person(f"{priority} {i}"), str(priority), priority=priority)
    post.opens(at_once=1)
    await post.settled()
    assert "".join(post.sends) == "0" * 8 + "1" * 8 + "2" * 8


async def test_bulk_has_places_of_its_own_while_more_urgent_ones_wait(post: Mail):
    await post.dies()
    for priority in (BULK, NOTICE):
        for i in range(60):
            await post.owes(post.person(f"{priority} {i}"), str(priority), priority=priority)
    post.opens(at_once=6)
    await post.settled()
    assert 10 <= "".join(post.sends)[:60].count("2") <= 30
