"""What is committed is told to whoever subscribed to it: in order, signed, at least once, under ids that stay."""

import asyncio
import json

import pytest

from bot.cli.register import admitted
from bot.config import Settings
from bot.feeds.notifier import LONGEST_AWAY_S, Notifier
from storage.feeds import systems
from tests.feeds.conftest import Feed
from tests.feeds.crvs import NOTIFIED, SUBSCRIBED, sent
from tests.feeds.neighbour import Neighbour, asks, is_signed, subscribe, where
from tests.feeds.schema import faults
from tests.storage.cast import DAY, HOUR, ROAD, WATI
from tests.town import WORKFLOW

STAGES = [stage for _, stage in ROAD]


async def subscribed(feed: Feed, *filters: object) -> str:
    status, answer = await feed.posts("subscribe", subscribe(list(filters)))
    assert status == 202
    return str(answer["message"]["correlation_id"])


async def goes(feed: Feed, legs: int) -> None:
    """A new document goes some legs of its road."""
    card = await feed.register.one()
    for chat, to in ROAD[:legs]:
        feed.register.now += HOUR
        card = (await feed.register.move(chat, to, card)).moved[0]


async def test_each_step_is_told_in_order_in_the_shapes_of_the_standard_and_signed(feed: Feed):
    await goes(feed, 2)
    code = await subscribed(feed)
    await goes(feed, len(ROAD))
    await feed.tell()
    first, *notices = feed.neighbour.heard
    assert list(faults(sent("on-subscribe", SUBSCRIBED), first)) == []
    assert first["message"]["subscribe_response"][0]["subscriptions"][0]["code"] == code
    assert [fault for one in notices for fault in faults(sent("notify", NOTIFIED), one)] == []
    assert feed.neighbour.stages() == ["filed", *STAGES]
    assert all(is_signed(body, feed.keys.signing) for body in feed.neighbour.bodies)
    assert not is_signed(feed.neighbour.bodies[1].replace(b'"filed"', b'"issued"'), feed.keys.signing)
    assert not is_signed(feed.neighbour.bodies[1], "00" * 16)


async def test_no_receipt_number_and_no_chat_goes_out(feed: Feed):
    await subscribed(feed)
    card = await feed.register.one()
    await feed.tell()
    said = b"".join(feed.neighbour.bodies).decode()
    assert (card.number in said, str(WATI) in said, len(feed.neighbour.notices())) == (False, False, 1)


async def test_nothing_is_told_before_its_grace_is_over(feed: Feed):
    await subscribed(feed)
    await feed.register.one()
    notifier = Notifier(feed.services, lambda: True)
    assert not await notifier.tell_due(feed.client)
    assert feed.neighbour.notices() == []


async def test_only_what_was_asked_for_is_told(feed: Feed):
    await subscribed(feed, *where(document_type="KTP"))
    await feed.register.one("KK")
    await feed.register.filed("KTP", "KK")
    await feed.tell()
    [one] = feed.neighbour.notices()
    assert [event["data"]["reg_records"]["document_type"] for event in one["message"]["notify_event"]] == ["KTP"]


async def test_a_process_that_is_killed_between_commit_and_notice_loses_nothing(feed: Feed):
    await subscribed(feed)
    await feed.tell()
    await goes(feed, 3)
    feed.register.now += WORKFLOW.grace + 1
    feed.neighbour.hangs = True
    feed.neighbour.came.clear()
    telling = asyncio.create_task(Notifier(feed.services, lambda: True).run())
    await feed.neighbour.came.wait()  # the other side has it, and we do not know
    telling.cancel()
    await asyncio.gather(telling, return_exceptions=True)
    feed.neighbour.hangs = False
    await feed.tell()
    assert feed.neighbour.stages() == ["filed", *STAGES[:3]]
    ids = [one["header"]["message_id"] for one in feed.neighbour.notices()]
    assert (len(ids), len(set(ids)), ids[0]) == (5, 4, ids[1])


async def test_while_the_other_side_is_away_all_waits_in_order(feed: Feed):
    await subscribed(feed)
    await feed.tell()
    feed.neighbour.status = 503
    await goes(feed, 2)
    for _ in range(3):
        await feed.tell()
        feed.register.now += int(LONGEST_AWAY_S * 1000)
    feed.register.now += 3 * DAY
    await goes(feed, 1)
    feed.neighbour.status = 200
    await feed.tell()
    assert feed.neighbour.stages() == ["filed", *STAGES[:2], "filed", *STAGES[:1]]
    assert await feed.register.ask("select tries, error from feed_subscription") == [(0, "")]


async def test_whoever_is_slow_keeps_no_other_system_waiting(feed: Feed, monkeypatch):
    monkeypatch.setattr("bot.feeds.notifier.LOOK_S", 0.05)
    await subscribed(feed)
    async with Neighbour().on() as bank:
        async with feed.register.storage.transaction() as tx:
            keys = await systems.add(tx, "bank", bank.url, feed.register.now)
        assert keys
        assert (await feed.posts("subscribe", subscribe([]), key=keys.api))[0] == 202
        feed.neighbour.hangs = True
        await goes(feed, 2)
        feed.register.now += WORKFLOW.grace + 1
        telling = asyncio.create_task(Notifier(feed.services, lambda: True).run())
        async with asyncio.timeout(10):
            while bank.stages() != ["filed", *STAGES[:2]]:  # noqa: ASYNC110  # over sockets
                await asyncio.sleep(0.01)
            await goes(feed, 1)
            feed.register.now += WORKFLOW.grace + 1
            while len(bank.stages()) != 5:  # noqa: ASYNC110  # as above
                await asyncio.sleep(0.01)
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)
    assert len(feed.neighbour.heard) == 1


async def test_what_nobody_foresaw_keeps_one_system_waiting_and_no_other(feed: Feed):
    await subscribed(feed)
    await feed.register.ask("update feed_subscription set criteria = 'no criteria' returning id")
    async with Neighbour().on() as bank:
        async with feed.register.storage.transaction() as tx:
            keys = await systems.add(tx, "bank", bank.url, feed.register.now)
        assert keys
        await feed.posts("subscribe", subscribe([]), key=keys.api)
        await goes(feed, 1)
        await feed.tell()
        assert bank.stages() == ["filed", *STAGES[:1]]
    waits = await feed.register.ask("select tries, error from feed_subscription order by id")
    assert waits == [(1, "JSONDecodeError"), (0, "")]


async def test_an_address_that_cannot_be_looked_up_is_one_that_is_away(feed: Feed):
    await subscribed(feed)
    await feed.register.ask("update feed_system set url = 'https://sekolah..id' returning id")
    await feed.tell()
    assert await feed.register.ask("select tries, error from feed_subscription") == [(1, "UnicodeError")]


async def test_it_is_not_tried_again_at_once(feed: Feed):
    await subscribed(feed)
    feed.neighbour.status = 500
    await feed.tell()
    feed.neighbour.status = 200
    assert not await Notifier(feed.services, lambda: True).tell_due(feed.client)
    assert feed.neighbour.heard == []
    assert await feed.register.ask("select tries, error from feed_subscription") == [(1, "answered 500")]
    [line] = await admitted.listed(Settings(database_url=feed.database), feed.register.now)
    assert line == f"sekolah  {feed.neighbour.url}  subscriptions: 1  answered 500 (1 times)"


async def test_a_password_in_a_systems_address_is_not_listed(feed: Feed):
    settings = Settings(database_url=feed.database)
    await admitted.add(settings, "bank", "https://we:Hunter2@bank.example.id/spdci", feed.register.now)
    listed = await admitted.listed(settings, feed.register.now)
    assert "bank  https://we:…@bank.example.id/spdci" in listed


async def test_what_is_done_by_a_clock_that_was_set_back_is_told_as_well(feed: Feed):
    await subscribed(feed)
    await feed.register.one()
    await feed.tell()
    hour = 3_600_000 << 20  # in ids: as if the last act had been told by a process with another clock
    await feed.register.ask(f"update feed_subscription set upto = upto + {hour} returning id")
    await goes(feed, 1)
    await feed.tell()
    assert feed.neighbour.stages() == ["filed", "filed", "to_district"]


async def test_who_was_away_when_the_clock_was_set_back_does_not_wait_for_it(feed: Feed):
    await subscribed(feed)
    feed.neighbour.status = 503
    await feed.tell()
    feed.neighbour.status = 200
    feed.register.now -= DAY
    await feed.tell()
    assert len(feed.neighbour.heard) == 1


async def test_whoever_does_not_lead_tells_nothing(feed: Feed):
    await subscribed(feed)
    await feed.register.one()
    await feed.tell(Notifier(feed.services, lambda: False))
    assert feed.neighbour.heard == []


@pytest.mark.parametrize("by", ["unsubscribe", "revoke"])
async def test_once_it_is_over_nothing_more_is_told(feed: Feed, by):
    code = await subscribed(feed)
    await feed.tell()
    if by == "unsubscribe":
        status, answer = await feed.posts("unsubscribe", asks("unsubscribe", {"subscription_codes": [code]}))
        assert (status, answer["message"]["ack_status"]) == (200, "NACK")
        status, answer = await feed.posts("unsubscribe", asks("unsubscribe", {"subscription_codes": [code]}))
        assert answer["message"]["ack_status"] == "ERR"
    else:
        async with feed.register.storage.transaction() as tx:
            assert await systems.revoke(tx, "sekolah", feed.register.now)
    await feed.register.one()
    await feed.tell()
    assert feed.neighbour.notices() == []


async def test_nobody_ends_the_subscription_of_another(feed: Feed):
    code = await subscribed(feed)
    async with feed.register.storage.transaction() as tx:
        other = await systems.add(tx, "bank", "", feed.register.now)
    assert other
    message = asks("unsubscribe", {"subscription_codes": [code]})
    assert json.dumps((await feed.posts("unsubscribe", message, key=other.api))[1]).count("ERR") == 1
    await feed.register.one()
    await feed.tell()
    assert len(feed.neighbour.notices()) == 1
