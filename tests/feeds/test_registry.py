"""SPDCI over a socket: what is searched and subscribed to, in the shapes of the standard."""

import asyncio
import json
import random
from typing import Any

import pytest

from bot.feeds.spdci import EVENT, LETTER, MANY, RECORD, REFERENCE
from storage.attestations import letters
from storage.attestations.letters import GOOD_FOR
from storage.feeds import progress
from storage.feeds.progress import Progress
from storage.feeds.subscriptions import MOST
from storage.records import DAY
from tests.feeds.conftest import Feed
from tests.feeds.crvs import ACKNOWLEDGED, REFUSED, SEARCHED, sent
from tests.feeds.neighbour import asks, search, subscribe, where
from tests.feeds.schema import faults
from tests.storage.cast import ROAD


async def found(feed: Feed, kind: str, query: object, **more: object) -> list[dict[str, object]]:
    status, answer = await feed.posts("sync/search", search(kind, query, **more))
    assert (status, list(faults(sent("on-search", SEARCHED), answer))) == (200, [])
    [one] = answer["message"]["search_response"]
    return list(one["data"]["reg_records"]) if one["status"] == "succ" else [{"rjct": one["status_reason_code"]}]


async def test_records_are_searched_by_attributes_page_by_page_and_by_reference(feed: Feed):
    cards = [await feed.register.one("KTP" if i else "KK") for i in range(4)]
    await feed.register.move(*ROAD[0], cards[0])
    assert len(await found(feed, "predicate", where(document_type="KTP"))) == 3
    [card] = await found(feed, "predicate", where(stage="to_district", status="open"))
    assert (card["document_type"], card["village"]) == ("KK", "")
    assert {one["village"] for one in await found(feed, "predicate", where(village="tlogopakis"))} == {"tlogopakis"}
    pages = [await found(feed, "predicate", [], pagination={"page_size": 3, "page_number": n}) for n in (1, 2, 3)]
    assert list(map(len, pages)) == [3, 1, 0]
    reference = card["identifier"]["identifier_value"]  # type: ignore[index]  # JSON
    assert await found(feed, "idtype-value", {"type": REFERENCE, "value": reference}) == [card]
    assert await found(feed, "idtype-value", {"type": REFERENCE, "value": f"{reference}a"}) == []
    assert all(one.number not in json.dumps(pages) for one in cards)


async def test_a_letter_finds_its_documents_while_it_is_good(feed: Feed):
    (card, *_) = papers = await feed.register.filed("KTP", "KK")
    async with feed.register.storage.transaction() as tx:
        _, reference = await letters.issue(tx, papers, feed.register.now)
    query = {"type": LETTER, "value": reference}
    assert {one["document_type"] for one in await found(feed, "idtype-value", query)} == {"KTP", "KK"}
    assert card.number not in json.dumps(await found(feed, "idtype-value", query))
    feed.register.now += GOOD_FOR
    assert await found(feed, "idtype-value", query)
    feed.register.now += DAY
    assert await found(feed, "idtype-value", query) == []


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("graphql", {"type": "ns:org:QueryType:graphql", "value": {}}),
        ("idtype-value", {"type": "NIK", "value": "3326012345678901"}),
        ("predicate", where(name="Sari")),
        ("predicate", [{"condition": "or", **where(stage="filed")[0]}]),
        ("predicate", where(stage="filed")[0]),
        ("predicate", [{"expression1": ["stage", "eq", "filed"]}]),
    ],
    ids=["graphql", "nik", "name", "or", "no list", "no expression"],
)
async def test_what_is_not_known_here_is_rejected_in_the_codes_of_the_standard(feed: Feed, kind, query):
    assert await found(feed, kind, query) == [{"rjct": "rjct.search_criteria.invalid"}]


async def test_pages_that_are_none_are_rejected(feed: Feed):
    assert await found(feed, "predicate", [], pagination=[1]) == [{"rjct": "rjct.search_criteria.invalid"}]


async def test_the_register_is_read_once_however_many_searches_stand_in_a_message(feed: Feed, monkeypatch):
    await feed.register.filed("KTP", "KK")
    reads, requested = [], progress.requested

    async def counted(*args: Any) -> list[Progress]:
        reads.append(args)
        return await requested(*args)

    monkeypatch.setattr(progress, "requested", counted)
    message = search("predicate", where(document_type="KTP"))
    message["message"]["search_request"] *= MANY
    _, answer = await feed.posts("sync/search", message)
    assert [len(one["data"]["reg_records"]) for one in answer["message"]["search_response"]] == [1] * MANY
    assert len(reads) == 1


ZERO = json.dumps(search("idtype-value", {"type": "DOCUMENT_REFERENCE", "value": "\0"}))


@pytest.mark.parametrize(
    "message",
    [
        b"", b"[]", b'{"header": 1, "message": 2}', b"[" * 50_000,
        asks("subscribe", {}), asks("search", {}), asks("search", {"search_request": [1]}),
        asks("search", {}, version="2.0.0"), asks("search", {}, is_msg_encrypted=True),
        asks("search", {}, message_ts="now"),
        asks("search", {"transaction_id": "\ud800"}), ZERO.encode(), ZERO.encode("utf-16"),
    ],
)  # fmt: skip
async def test_what_is_no_message_is_refused(feed: Feed, message):
    status, answer = await feed.posts("sync/search", message)
    assert (status, list(faults(REFUSED, answer))) == (400, [])


@pytest.mark.parametrize("path", ["sync/search", "search", "sync/txn/status", "txn/status", "subscribe", "unsubscribe"])
async def test_nobody_is_told_anything_without_a_key(feed: Feed, path):
    status, answer = await feed.posts(path, search("predicate", []), key="jd_none")
    assert (status, list(faults(REFUSED, answer))) == (401, [])


async def test_a_key_of_strange_signs_is_none(feed: Feed):
    async with feed.client.get(f"{feed.url}/open311/v2/requests.json?api_key=%C3%A9") as answer:
        assert answer.status == 403
    reader, writer = await asyncio.open_connection("127.0.0.1", int(feed.url.rpartition(":")[2]))
    writer.write(b"GET /open311/v2/requests.json HTTP/1.0\r\nAuthorization: Bearer \xff\r\n\r\n")
    assert b" 403 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_who_has_no_key_stands_in_no_line_with_those_who_write(feed: Feed):
    async with feed.register.storage.transaction(), asyncio.timeout(5):
        assert (await feed.posts("subscribe", subscribe([]), key="jd_none"))[0] == 401


async def test_what_has_ended_is_not_subscribed_to_again_as_if_it_were_told(feed: Feed):
    _, answer = await feed.posts("subscribe", subscribe([]))
    await feed.posts("unsubscribe", asks("unsubscribe", {"subscription_codes": [answer["message"]["correlation_id"]]}))
    status, answer = await feed.posts("subscribe", subscribe([]))
    assert (status, list(faults(REFUSED, answer)), "ended" in str(answer)) == (400, [], True)


async def test_a_subscription_asked_twice_is_one_and_there_are_so_many_at_most(feed: Feed):
    ids = set()
    for reference in ["r1", "r1", *(f"r{i}" for i in range(2, MOST + 1))]:
        status, answer = await feed.posts("subscribe", subscribe([], reference))
        assert (status, list(faults(ACKNOWLEDGED, answer)), answer["message"]["ack_status"]) == (202, [], "ACK")
        ids.add(answer["message"]["correlation_id"])
    assert len(ids) == MOST
    assert (await feed.posts("subscribe", subscribe([], "one too many")))[0] == 400


@pytest.mark.parametrize(
    "message",
    [
        subscribe([], reg_event_type="spdci-common:RegistryEventType:LiveBirth"),
        subscribe([], notify_record_type="spdci-extensions-dci:Person"),
        subscribe({"type": LETTER, "value": "a_a"}),
        subscribe(where(name="Sari")),
    ],
    ids=["event", "record", "letter", "name"],
)
async def test_what_nobody_can_be_told_is_not_subscribed_to(feed: Feed, message):
    status, answer = await feed.posts("subscribe", message)
    assert (status, list(faults(REFUSED, answer))) == (400, [])
    assert EVENT in str(answer) or RECORD in str(answer) or "letter" in str(answer) or "attribute" in str(answer)


async def test_a_name_of_their_own_that_no_index_holds_is_refused(feed: Feed):
    reference = random.Random(7).randbytes(5_000).hex()  # what no index can make short
    status, answer = await feed.posts("subscribe", subscribe([], reference))
    assert (status, list(faults(REFUSED, answer)), "99 signs" in str(answer)) == (400, [], True)
    assert (await feed.posts("subscribe", subscribe([], reference[:99])))[0] == 202


async def test_notices_go_to_the_address_that_the_operator_wrote_down_alone(feed: Feed):
    message = subscribe([])
    message["header"]["sender_uri"] = "http://169.254.169.254/latest"
    status, answer = await feed.posts("subscribe", message)
    assert (status, answer["message"]["error"]["code"]) == (200, "err.sender_uri.invalid")
    assert list(faults(ACKNOWLEDGED, answer)) == []
    assert await feed.register.ask("select count(*) from feed_subscription") == [(0,)]
