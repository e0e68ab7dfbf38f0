"""What is asked to be answered later is answered at the address of whoever asked, once it is taken; and how it stands
is told meanwhile.
"""

import asyncio

import pytest

from bot.feeds.notifier import Notifier
from storage.feeds import deferred, systems
from tests.feeds.conftest import Feed
from tests.feeds.crvs import ACKNOWLEDGED, REFUSED, SEARCHED, STANDS, sent
from tests.feeds.neighbour import asks, is_signed, search, stands, subscribe, where
from tests.feeds.schema import faults


async def asked(feed: Feed, path: str, message: object) -> str:
    """What is asked under which id of ours."""
    status, answer = await feed.posts(path, message)
    assert (status, list(faults(ACKNOWLEDGED, answer)), answer["message"]["ack_status"]) == (202, [], "ACK")
    return str(answer["message"]["correlation_id"])


async def standing(feed: Feed, kind: str, by: str, value: object) -> dict[str, object]:
    status, answer = await feed.posts("sync/txn/status", stands(kind, by, value))
    assert (status, list(faults(sent("txn-on-status", STANDS[kind]), answer))) == (200, [])
    return dict(answer["message"]["txnstatus_response"]["txn_status"])


async def test_a_search_is_answered_later_as_it_would_be_at_once(feed: Feed):
    await feed.register.filed("KTP", "KK")
    message = search("predicate", where(document_type="KTP"))
    id = await asked(feed, "search", message)
    assert await asked(feed, "search", message) == id
    assert feed.neighbour.bodies == []
    _, at_once = await feed.posts("sync/search", message)
    await feed.tell()
    [heard] = feed.neighbour.heard
    assert feed.neighbour.paths == ["on-search"]
    assert list(faults(sent("on-search", SEARCHED), heard)) == []
    assert (heard["message"]["transaction_id"], heard["message"]["correlation_id"]) == ("t1", id)
    [[now], [then]] = ([one["data"] for one in answer["message"]["search_response"]] for answer in (at_once, heard))
    assert (len(now["reg_records"]), now) == (1, then)
    assert is_signed(feed.neighbour.bodies[0], feed.keys.signing)
    await feed.tell()
    assert len(feed.neighbour.bodies) == 1


async def test_a_process_that_is_killed_before_it_knows_answers_again_under_the_same_id(feed: Feed):
    await asked(feed, "search", search("predicate", []))
    feed.neighbour.hangs = True
    telling = asyncio.create_task(Notifier(feed.services, lambda: True).run())
    await feed.neighbour.came.wait()
    telling.cancel()
    await asyncio.gather(telling, return_exceptions=True)
    feed.neighbour.hangs = False
    await feed.tell()
    first, second = (one["header"]["message_id"] for one in feed.neighbour.heard)
    assert first == second


async def test_while_a_system_is_away_its_answer_waits_and_is_said_to(feed: Feed):
    id = await asked(feed, "search", search("predicate", []))
    feed.neighbour.status = 503
    await feed.tell()
    for by, value in (("transaction_id", "t1"), ("correlation_id", id)):
        found = await standing(feed, "search", by, value)
        assert [one["status"] for one in found["search_response"]] == ["pdng"]  # type: ignore[attr-defined]  # JSON
    feed.neighbour.status = 200
    feed.register.now += 3_600_000
    await feed.tell()
    assert len(feed.neighbour.bodies) == 1
    found = await standing(feed, "search", "transaction_id", "t1")
    assert [one["status"] for one in found["search_response"]] == ["succ"]  # type: ignore[attr-defined]  # JSON


async def test_how_a_subscription_stands_is_told_up_to_its_end(feed: Feed):
    code = await asked(feed, "subscribe", subscribe([]))
    for by, value in (("transaction_id", "t1"), ("correlation_id", code), ("subscription_code_list", [code])):
        found = await standing(feed, "subscribe", by, value)
        assert [one["status"] for one in found["subscribe_response"]] == ["pdng"]  # type: ignore[attr-defined]  # JSON
    await feed.tell()
    found = await standing(feed, "subscribe", "correlation_id", code)
    assert [one["status"] for one in found["subscribe_response"]] == ["succ"]  # type: ignore[attr-defined]  # JSON
    for status in ("pdng", "succ"):
        assert (await standing(feed, "unsubscribe", "subscription_code_list", [code]))["status"] == status
        await feed.posts("unsubscribe", asks("unsubscribe", {"subscription_codes": [code]}))


async def test_how_it_stands_is_told_later_too(feed: Feed):
    await asked(feed, "search", search("predicate", []))
    id = await asked(feed, "txn/status", stands("search", "transaction_id", "t1"))
    await feed.tell()
    assert sorted(feed.neighbour.paths) == ["on-search", "txn/on-status"]
    told = feed.neighbour.heard[feed.neighbour.paths.index("txn/on-status")]
    assert list(faults(sent("txn-on-status", STANDS["search"]), told)) == []
    assert (told["message"]["transaction_id"], told["message"]["correlation_id"]) == ("t9", id)


async def test_an_id_that_is_too_large_is_nobody_s(feed: Feed):
    large = "9999999999999999999"
    _, answer = await feed.posts("sync/txn/status", stands("search", "correlation_id", large))
    assert answer["message"]["error"]["code"] == "err.request.not_found"
    await asked(feed, "txn/status", stands("search", "correlation_id", large))
    await feed.tell()
    assert feed.neighbour.bodies == []
    _, answer = await feed.posts("unsubscribe", asks("unsubscribe", {"subscription_codes": [large]}))
    assert answer["message"]["error"]["code"] == "err.request.not_found"


async def test_of_what_is_not_understood_nothing_is_kept_until_it_is_answered(feed: Feed):
    await asked(feed, "search", search("idtype-value", {"type": "NIK", "value": "3326164505990003"}))
    [(kept,)] = await feed.register.ask("select message from feed_deferred")
    assert "3326164505990003" not in kept
    await feed.tell()
    [heard] = feed.neighbour.heard
    assert [one["status"] for one in heard["message"]["search_response"]] == ["rjct"]


async def test_nobody_is_told_how_it_stands_with_another_system(feed: Feed):
    id = await asked(feed, "search", search("predicate", []))
    async with feed.register.storage.transaction() as tx:
        bank = await systems.add(tx, "bank", "", feed.register.now)
    assert bank
    for by, value in (("transaction_id", "t1"), ("correlation_id", id)):
        status, answer = await feed.posts("sync/txn/status", stands("search", by, value), key=bank.api)
        assert (status, list(faults(ACKNOWLEDGED, answer))) == (200, [])
        assert answer["message"]["error"]["code"] == "err.request.not_found"


@pytest.mark.parametrize("path", ["search", "txn/status"])
async def test_answers_go_to_the_address_that_the_operator_wrote_down_alone(feed: Feed, path):
    elsewhere = {"sender_uri": "http://169.254.169.254/latest"}
    message = search("predicate", []) if path == "search" else stands("search", "transaction_id", "t1")
    message["header"].update(elsewhere)
    status, answer = await feed.posts(path, message)
    assert (status, answer["message"]["error"]["code"]) == (200, "err.sender_uri.invalid")
    assert await feed.register.ask("select count(*) from feed_deferred") == [(0,)]


@pytest.mark.parametrize(
    "message",
    [
        stands("receipt", "transaction_id", "t1"), stands("search", "reference_id_list", ["r1"]),
        stands("search", "transaction_id", ["t1"]), stands("subscribe", "subscription_code_list", "1"),
        asks("txn-status", {"txnstatus_request": []}), asks("txn-status", {"txnstatus_request": {"txn_type": [1]}}),
        search("predicate", []),
    ],
)  # fmt: skip
async def test_what_cannot_be_asked_about_is_refused(feed: Feed, message):
    status, answer = await feed.posts("sync/txn/status", message)
    assert (status, list(faults(REFUSED, answer))) == (400, [])


async def test_so_much_waits_at_most_and_what_is_old_is_forgotten(feed: Feed):
    for i in range(deferred.MOST + 1):
        message = search("predicate", [])
        message["message"]["transaction_id"] = f"t{i}"
        status, _ = await feed.posts("search", message)
        assert status == (202 if i < deferred.MOST else 400)
    feed.register.now += deferred.KEPT + 1
    async with feed.register.storage.transaction() as tx:
        await deferred.purge(tx, feed.register.now)
    assert await feed.register.ask("select count(*) from feed_deferred") == [(0,)]
