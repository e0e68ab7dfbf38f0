"""Polling: what it asks for, how it bears a Telegram in trouble, and what a supervisor can see of it."""

import asyncio
import json

import pytest

from bot.exits import ADVICE, ExitCode
from bot.incoming import poller, recorder
from storage import marks
from tests.desk import Desk, polls
from tests.incoming.test_redact import message
from tests.town import TUESDAY

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def asked(shop: Desk, method: str) -> int:
    return sum(call.method == method for call in shop.sandbox.calls)


async def test_every_poll_says_what_it_wants(small):
    await small.opens()
    await small.hears("Sari", "hello")
    wanted = json.dumps(["message", "edited_message", "callback_query", "my_chat_member"])
    assert {poll["allowed_updates"] for poll in polls(small)} == {wanted}


async def test_only_the_first_poll_does_not_wait(small):
    await small.opens()
    await small.hears("Sari", "hello")
    assert [poll["timeout"] for poll in polls(small)][:2] == ["0", "50"]


# Telegram in trouble


@pytest.mark.parametrize("kind", ["refuse", "drop", "html", "truncate", "status"])
async def test_a_telegram_that_is_away_is_asked_again_less_and_less_often(small, kind):
    small.sandbox.fault(kind, "getUpdates", times=7, code=502)
    small.person("Sari").say("hello")
    await small.opens()
    await small.settled()
    assert small.rests == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0]
    assert small.ended == ["hello"]


async def test_a_telegram_that_is_away_and_back_is_told_with_what_was_wrong(small, caplog):
    caplog.set_level("INFO")
    small.sandbox.fault("refuse", "getUpdates", times=2)
    small.person("Sari").say("hello")
    await small.opens()
    await small.settled()
    told = [record for record in caplog.records if record.name == "bot.incoming.poller"]
    assert [record.message for record in told] == ["poll failed", "poll failed", "polls succeed again"]
    assert told[0].__dict__["error"].startswith("NetworkError: NotSent")


async def test_after_trouble_a_poll_does_not_wait_so_that_its_end_is_seen_at_once(small):
    await small.opens()
    await small.hears("Sari", "hello")
    small.sandbox.fault("refuse", "getUpdates")
    await small.hears("Sari", "again")
    waits = [poll["timeout"] for poll in polls(small)]
    assert waits.count("0") == 2
    assert waits[-1] == "50"


async def test_chance_spreads_those_who_ask_again(small):
    small.sandbox.fault("refuse", "getUpdates", times=2)
    small.person("Sari").say("hello")
    await small.opens(chance=0.5)
    await small.settled()
    assert small.rests == [0.75, 1.5]


async def test_a_flood_of_polls_ends_when_telegram_says(small):
    small.sandbox.fault("flood", "getUpdates", seconds=37, times=1)
    small.person("Sari").say("hello")
    await small.opens()
    await small.settled()
    refused = sum(call.method == "getUpdates" and call.status == 429 for call in small.sandbox.calls)
    assert refused > 0
    assert sum(small.rests) >= 37 * refused


async def test_a_token_refused_once_is_a_hiccup(small):
    small.sandbox.fault("status", "getUpdates", code=401, words="Unauthorized")
    small.person("Sari").say("hello")
    await small.opens()
    await small.settled()
    assert (small.ended, small.stop) == (["hello"], None)


@pytest.mark.parametrize("code, words", [(401, "Unauthorized"), (404, "Not Found"), (400, "Logged out")])
async def test_a_token_that_was_good_is_refused_for_an_hour_and_the_bot_comes_back_by_itself(small, code, words):
    await small.opens()
    fault = small.sandbox.fault("status", code=code, words=words, times=None)
    small.person("Sari").say("hello")
    await small.until(lambda: small.seconds > 4600)
    assert small.stop is None
    small.sandbox.faults.remove(fault)
    await small.settled()
    assert small.ended == ["hello"]


async def test_that_the_token_is_refused_is_told_each_minute_with_what_to_do(small, caplog):
    await small.opens()
    small.sandbox.fault("status", code=401, words="Unauthorized", times=None)
    small.person("Sari").say("hello")
    await small.until(lambda: small.seconds > 1610)
    told = [record for record in caplog.records if record.levelname == "ERROR"]
    assert {record.__dict__["advice"] for record in told} == {ADVICE[ExitCode.TOKEN]}
    minutes = (small.seconds - 1000) / 60
    assert minutes / 2 <= len(told) <= minutes + 1


async def test_a_webhook_left_behind_is_removed_and_nothing_that_waits_with_it(small):
    await small.sandbox.call(small.telegram.token, "setWebhook", {"url": "http://127.0.0.1:9/hook"})
    small.person("Sari").say("hello")
    await small.opens()
    await small.settled()
    assert small.ended == ["hello"]
    [drop] = [call.params for call in small.sandbox.calls if call.method == "deleteWebhook"]
    assert drop == {"drop_pending_updates": "false"}


async def test_another_poller_ends_this_one(small):
    await small.opens()
    small.sandbox.fault("status", "getUpdates", code=409, words=OTHER)
    small.person("Sari").say("hello")
    await small.until(lambda: small.stop)
    assert small.stop.code == ExitCode.OTHER_POLLER


async def test_a_real_second_poller_displaces_this_one(small):
    await small.opens()
    await small.until(lambda: len(polls(small)) > 1)
    rival = asyncio.create_task(small.sandbox.call(small.telegram.token, "getUpdates", {"timeout": "50"}))
    await small.until(lambda: small.stop)
    rival.cancel()
    assert small.stop.code == ExitCode.OTHER_POLLER


# Not too much at once


async def test_a_server_that_does_not_wait_is_asked_twice_a_second_and_that_is_told_once(small, caplog):
    await small.opens()
    hasty = small.sandbox.fault("raw", "getUpdates", times=None, code=200, words='{"ok":true,"result":[]}')
    small.person("Sari").say("hello")  # ends the poll that waits
    await small.until(lambda: hasty.seen > 30)
    assert set(small.rests) == {0.5}
    assert hasty.seen - 1 <= len(small.rests) <= hasty.seen
    assert [one.message for one in caplog.records] == ["polls are answered at once, with nothing new"]
    before = len(small.rests)
    small.sandbox.faults.remove(hasty)
    await small.hears("Sari", "again")
    assert (small.ended, len(small.rests) - before <= 1) == (["hello", "again"], True)


async def test_of_a_server_that_says_the_same_again_and_again_it_is_asked_twice_a_second_as_well(small):
    await small.opens()
    await small.hears("Sari", "hello")
    await small.until(lambda: "offset" in polls(small)[-1])
    said = {"ok": True, "result": [message(text="hello") | {"update_id": int(polls(small)[-1]["offset"]) - 1}]}
    small.sandbox.fault("raw", "getUpdates", times=None, code=200, words=json.dumps(said))
    small.person("Sari").say("again")
    await small.until(lambda: len(small.rests) > 20)
    assert set(small.rests) == {0.5}


async def test_what_brought_something_or_has_waited_is_followed_by_the_next_poll_at_once(small):
    polling = small.telegram.polling
    await small.opens()
    await small.until(lambda: polling.parked)
    await small.hears("Sari", "hello")
    await small.until(lambda: polling.parked)
    waited = polling.parked
    small.clock, small.seconds = small.clock + 50_000, small.seconds + 50
    waited.set_result(None)
    await small.until(lambda: polling.parked not in (None, waited))
    assert [poll["timeout"] for poll in polls(small)] == ["0", "50", "50", "50"]
    assert small.rests == []


async def test_whoever_may_lead_no_more_does_not_poll(small):
    small.person("Sari").say("hello")
    leads = False
    await small.opens()
    small.dispatcher.leads = lambda: leads
    await small.until(lambda: len(small.rests) > 3)
    assert (polls(small), len(small.telegram.queue)) == ([], 1)
    leads = True
    await small.settled()
    assert small.ended == ["hello"]


async def test_polling_waits_while_too_much_is_on_hand(small):
    gate = asyncio.Event()
    for number in range(150):
        small.does[str(number)] = gate.wait
        small.person(f"p{number}").say(str(number))
    await small.opens(most=60, deadline=30)
    await small.until(lambda: len(small.dispatcher.held) == 100)
    await asyncio.sleep(0.02)
    assert (len(small.dispatcher.held), len(polls(small))) == (100, 1)
    gate.set()
    await small.settled()
    assert len(small.ended) == 150


# What a supervisor sees


async def test_the_age_of_the_last_poll_grows_while_telegram_is_away_and_the_last_sign_stays_young(small):
    await small.opens()
    await small.hears("Sari", "hello")
    assert small.poller.last_poll.at == TUESDAY
    small.sandbox.fault("refuse", "getUpdates", times=None)
    small.person("Sari").say("again")
    await small.until(lambda: small.poller.last_poll.age() > 3600)
    assert small.poller.age_of_heartbeat() <= poller.SLICE


async def test_a_loop_that_is_stuck_gives_no_sign(small):
    await small.opens()
    await small.hears("Sari", "hello")
    small.seconds += 500
    assert small.poller.age_of_heartbeat() == 500


async def test_whoever_waited_long_to_lead_gives_a_sign_though_the_first_poll_hangs(small):
    hangs = small.sandbox.fault("delay", "getUpdates", times=None, seconds=60)
    await small.opens()
    small.seconds += 500  # until the other process ends
    await small.until(lambda: hangs.seen)
    assert small.poller.age_of_heartbeat() == 0


async def test_before_the_first_poll_the_age_counts_from_the_start(small):
    small.sandbox.fault("refuse", "getUpdates", times=None)
    await small.opens()
    await small.until(lambda: small.poller.last_poll.age() > 100)
    assert small.poller.last_poll.at is None


async def test_that_it_polled_is_written_down_twice_a_minute_at_most(small):
    await small.opens()
    found = []
    for step in range(4):
        small.clock, small.seconds = TUESDAY + step * 20_000, 1000.0 + step * 20
        await small.hears("Sari", "hello")
        async with small.storage.reading() as tx:
            found.append(await marks.marked(tx, recorder.POLL))
    assert found == [TUESDAY, TUESDAY, TUESDAY + 40_000, TUESDAY + 40_000]
