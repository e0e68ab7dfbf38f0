"""getUpdates: offsets, long polls, what perishes, who is sent away."""

import asyncio
import json

import pytest

from bot.sandbox import Sandbox, Settings
from tests.sandbox.stage import DAY, NOON, TOKEN, Stage, settled

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def ids(updates):
    return [update["update_id"] for update in updates]


async def test_ids_start_above_two_million_and_count_up(stage):
    stage.window.say("dua")
    first, second = ids(await stage.updates())
    assert (first > 2_000_000, second) == (True, first + 1)


async def test_a_lost_answer_loses_nothing(stage):
    first = await stage.updates()
    stage.sandbox.advance(1)
    assert await stage.updates() == first


async def test_a_larger_offset_confirms_all_before_it(stage):
    stage.window.say("dua")
    first, second = ids(await stage.updates())
    assert ids(await stage.updates(second)) == [second]
    assert await stage.updates(0, limit=100) == (await stage.updates(second))
    assert first not in ids(stage.bot.queue.ready(100, NOON))


async def test_confirming_happens_before_the_answer_is_ready(stage):
    (first,) = ids(await stage.updates())
    poll = asyncio.create_task(stage.updates(first + 1, timeout=50))
    await settled()
    assert len(stage.bot.queue) == 0
    stage.sandbox.advance(51)
    assert await poll == []


async def test_a_negative_offset_keeps_the_last_few(stage):
    for word in "abcd":
        stage.window.say(word)
    texts = [update["message"]["text"] for update in await stage.updates(-2)]
    assert (texts, len(stage.bot.queue)) == (["c", "d"], 2)


@pytest.mark.parametrize("ahead, left", [(1, 0), (11, 0), (12, 3)], ids=["all", "just within", "absurd, so ignored"])
async def test_an_offset_beyond_the_tail(stage, ahead, left):
    stage.window.say("dua")
    stage.window.say("tiga")
    last = ids(await stage.updates())[-1]
    await stage.sandbox.call(TOKEN, "getUpdates", {"offset": str(last + ahead)})
    assert len(stage.bot.queue) == left


async def test_limits_are_clamped(stage):
    for number in range(150):
        stage.window.say(str(number))
    assert len(await stage.updates(limit=1000)) == 100
    stage.sandbox.advance(1)
    assert len(await stage.updates(limit=0)) == 1


async def test_a_long_poll_wakes_with_the_first_update(stage):
    (first,) = ids(await stage.updates())
    poll = asyncio.create_task(stage.updates(first + 1, timeout=50))
    await settled()
    stage.window.say("halo")
    assert ids(await poll) == [first + 1]


async def test_updates_that_come_together_go_together(stage):
    (first,) = ids(await stage.updates())
    poll = asyncio.create_task(stage.updates(first + 1, timeout=50))
    await settled()
    stage.window.say("halo")
    stage.window.say("halo?")
    assert len(await poll) == 2


async def test_a_poll_waits_50_seconds_at_most(stage):
    (first,) = ids(await stage.updates())
    poll = asyncio.create_task(stage.updates(first + 1, timeout=3600))
    await settled()
    stage.sandbox.advance(49)
    await settled()
    assert not poll.done()
    stage.sandbox.advance(2)
    assert await poll == []


async def test_polls_that_repeat_an_offset_are_braked(stage):
    stage.window.say("dua")
    await stage.updates()
    assert len(await stage.updates()) == 1
    stage.sandbox.advance(0.6)
    assert len(await stage.updates()) == 2
    await stage.updates(-1)
    empty = stage.bot.queue.next_id
    await stage.updates(empty, timeout=0)
    braked = asyncio.create_task(stage.updates(empty, timeout=0))
    await settled()
    assert not braked.done()
    stage.sandbox.advance(3.1)
    assert await braked == []


@pytest.mark.parametrize("age, arrives", [(149, True), (151, False)])
async def test_a_tap_lives_150_seconds(stage, age, arrives):
    await stage.send("Tugas", "Satu")
    stage.window.tap("Satu")
    stage.sandbox.advance(age)
    assert any("callback_query" in update for update in await stage.updates()) == arrives


@pytest.mark.parametrize("age, arrives", [(DAY - 1, True), (DAY + 1, False)])
async def test_a_message_lives_a_day(stage, age, arrives):
    stage.sandbox.advance(age)
    assert bool(await stage.updates()) == arrives


async def test_a_message_a_day_old_is_never_queued(stage):
    stage.window.say("lama", born=NOON - DAY - 1)
    assert len(stage.bot.queue) == 1


async def test_a_full_queue_drops_what_comes_silently():
    stage = Stage(Settings(queue_updates=2))
    stage.window.say("dua")
    stage.window.say("tiga")
    assert [update["message"]["text"] for update in await stage.updates()] == ["/start", "dua"]


async def test_what_is_allowed_sticks_until_told_otherwise(stage):
    await stage.updates(allowed_updates=["callback_query"])
    stage.window.say("unheard")
    await stage.updates()
    await stage.updates(allowed_updates="nonsense")
    assert stage.bot.queue.allowed == {"callback_query"}
    await stage.updates(allowed_updates=[])
    stage.window.say("heard")
    assert (await stage.updates(-1))[0]["message"]["text"] == "heard"


async def test_the_older_of_two_waiting_polls_is_sent_away(stage):
    (first,) = ids(await stage.updates())
    older = asyncio.create_task(stage.updates(first + 1, timeout=50))
    await settled()
    newer = asyncio.create_task(stage.updates(first + 1, timeout=50))
    assert await asyncio.wait_for(older, 5) == (409, OTHER)
    stage.window.say("halo")
    assert len(await newer) == 1


async def test_further_conflicts_come_three_seconds_late(stage):
    (first,) = ids(await stage.updates())
    polls = []
    for _ in range(3):
        polls.append(asyncio.create_task(stage.updates(first + 1, timeout=50)))
        await settled()
    assert [poll.done() for poll in polls] == [True, False, False]
    stage.sandbox.advance(3.1)
    await settled()
    assert [poll.done() for poll in polls] == [True, True, False]
    stage.sandbox.advance(50)
    await polls[2]


async def test_with_a_backlog_two_pollers_share_without_a_word(stage):
    for number in range(3):
        stage.window.say(str(number))
    first = await stage.updates(timeout=50, limit=2)
    second = await stage.updates(first[-1]["update_id"] + 1, timeout=50)
    assert len(first) == len(second) == 2


async def test_a_webhook_sends_the_waiting_poll_away(stage):
    (first,) = ids(await stage.updates())
    poll = asyncio.create_task(stage.updates(first + 1, timeout=50))
    await settled()
    await stage.call("setWebhook", url="http://127.0.0.1:9/")
    assert await asyncio.wait_for(poll, 5) == (409, "Conflict: terminated by setWebhook request")


async def test_a_cancelled_poll_leaves_no_trace(stage):
    (first,) = ids(await stage.updates())
    poll = asyncio.create_task(stage.updates(first + 1, timeout=50))
    await settled()
    poll.cancel()
    await settled()
    assert stage.bot.polling.parked is None


async def test_confirmed_updates_can_come_again_with_their_old_ids(stage):
    (first,) = ids(await stage.updates())
    await stage.updates(first + 1)
    stage.bot.queue.redeliver()
    stage.sandbox.advance(1)
    assert ids(await stage.updates(first + 1)) == [first]


async def test_poison_is_handed_out_as_it_is(stage):
    stage.bot.queue.add_raw({"message": {"date": "yesterday"}}, NOON + DAY)
    assert (await stage.updates())[-1]["message"] == {"date": "yesterday"}


async def test_every_token_is_a_bot_unless_some_are_named():
    anyone, somebody = Sandbox(), Sandbox(Settings(tokens=frozenset({TOKEN})))
    assert (await anyone.call("7:x", "getMe", {}))[0] == 200
    assert [(await somebody.call(token, "getMe", {}))[0] for token in (TOKEN, "7:x")] == [200, 401]


async def test_a_revoked_token_is_refused_and_the_new_one_keeps_the_queue(stage):
    stage.sandbox.revoke(stage.bot, "110201543:fresh")
    assert (await stage.call("getMe"))[0] == 401
    _, answer = await stage.sandbox.call("110201543:fresh", "getUpdates", {})
    assert len(answer["result"]) == 1


async def test_json_bodies_come_out_as_bytes(stage):
    status, body = await stage.sandbox.raw(TOKEN, "getMe", {})
    assert (status, json.loads(body)["result"]["username"]) == (200, "jekduk_bot")
