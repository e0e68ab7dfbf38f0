"""Open311 over a socket: its shapes, who may ask, and what nobody can find out by asking."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.feeds.quota import A_MINUTE, Quota
from storage.feeds import progress, systems
from storage.feeds.progress import Progress
from tests.feeds.conftest import Feed
from tests.feeds.georeport import DISCOVERY, ERRORS, REQUESTS, SERVICES
from tests.feeds.schema import faults
from tests.storage.cast import DAY, HOUR, ROAD

ALL = "/open311/v2/requests.json"


async def test_what_is_told_is_as_the_specification_has_it(feed: Feed):
    for types in (("KK",), ("KTP", "KK"), ("KK",)):
        await feed.register.filed(*types)
    for path, schema in (
        (ALL, REQUESTS), ("/open311/v2/services.json", SERVICES), ("/open311/discovery.json", DISCOVERY),
        ("/open311/v2/discovery.json", DISCOVERY),
    ):  # fmt: skip
        status, found = await feed.asks(path)
        assert (status, list(faults(schema, found))) == (200, [])
    assert len(await feed.requests()) == 4


async def test_each_stage_and_hold_is_told_so(feed: Feed):
    card = await feed.register.one()
    [told] = await feed.requests()
    for chat, to in ROAD:
        feed.register.now += HOUR
        card = (await feed.register.move(chat, to, card)).moved[0]
        [told] = await feed.requests()
        assert list(faults(REQUESTS["items"], told)) == []
        assert (told["status"] == "open", bool(told["expected_datetime"])) == (
            to != "handed_over",
            to not in ("ready_at_village", "handed_over"),
        )
    assert told["updated_datetime"] > told["requested_datetime"]


@pytest.mark.parametrize("key", ["", "jd_none", "sekolah"])
async def test_nobody_asks_without_a_key(feed: Feed, key):
    card = await feed.register.one()
    [told] = await feed.requests()
    for path in (ALL, f"/open311/v2/requests/{told['service_request_id']}.json"):
        status, found = await feed.asks(path, key)
        assert (status, list(faults(ERRORS, found)), card.number in str(found)) == (403, [], False)


async def test_references_are_counted_together_however_many_are_asked_for(feed: Feed, monkeypatch):
    for _ in range(4):
        feed.register.now += DAY
        await feed.register.one()
    every = await feed.requests()
    counts, shown = [], progress._shown

    async def counted(*args: Any) -> list[Progress]:
        counts.append(args)
        return await shown(*args)

    monkeypatch.setattr(progress, "_shown", counted)
    found = await feed.requests(service_request_id=",".join(one["service_request_id"] for one in every))
    assert sorted(found, key=str) == sorted(every, key=str)
    assert len(counts) == 1


async def test_a_key_is_taken_from_the_query_as_well_and_opens_nothing_once_it_is_revoked(feed: Feed):
    assert (await feed.asks(ALL, "", api_key=feed.keys.api))[0] == 200
    async with feed.register.storage.transaction() as tx:
        assert await systems.revoke(tx, "sekolah", feed.register.now)
    assert (await feed.asks(ALL))[0] == 403


async def test_only_a_hash_of_a_key_is_kept(feed: Feed):
    [(kept,)] = await feed.register.ask("select key from feed_system")
    assert feed.keys.api not in kept
    assert feed.keys.signing not in kept


async def test_a_reference_is_no_receipt_number_and_finds_its_document_alone(feed: Feed):
    card, _ = await feed.register.one(), await feed.register.one()
    told = next(one for one in await feed.requests())
    assert card.number not in str(await feed.requests())
    status, found = await feed.asks(f"/open311/v2/requests/{told['service_request_id']}.json")
    assert (status, found) == (200, [told])
    forged = told["service_request_id"][:-1] + ("a" if told["service_request_id"][-1] != "a" else "b")
    status, found = await feed.asks(f"/open311/v2/requests/{forged}.json")
    assert (status, list(faults(ERRORS, found))) == (404, [])
    assert await feed.requests(service_request_id=f"{forged},{told['service_request_id']}") == [told]


async def test_a_village_is_named_where_three_families_filed_the_same(feed: Feed):
    for _ in range(2):
        await feed.register.filed("KK")
    await feed.register.filed("KTP")
    assert {one["address"] for one in await feed.requests()} == {"Petungkriyono"}
    assert "Tlogopakis" not in str(await feed.requests())
    await feed.register.filed("KK")
    told = {one["service_code"]: (one["address"], one["status_notes"]) for one in await feed.requests()}
    assert told["KK"] == ("Tlogopakis, Petungkriyono", "Berkas di kantor desa Tlogopakis.")
    assert told["KTP"] == ("Petungkriyono", "Berkas di kantor desa setempat.")


async def test_it_is_searched_by_kind_status_and_day(feed: Feed):
    old = await feed.register.one("KTP")
    feed.register.now += 2 * DAY
    await feed.register.one("KK")
    for chat, to in ROAD:
        old = (await feed.register.move(chat, to, old)).moved[0]
    assert {one["service_code"] for one in await feed.requests()} == {"KK", "KTP"}
    for query, kinds in (
        ({"service_code": "KK"}, {"KK"}),
        ({"service_code": "KK,KTP"}, {"KK", "KTP"}),
        ({"service_code": ""}, {"KK", "KTP"}),
        ({"service_code": "K_"}, set()),
        ({"status": "closed"}, {"KTP"}),
        ({"status": "open"}, {"KK"}),
        ({"status": "open,closed"}, {"KK", "KTP"}),
        ({"start_date": "2026-11-25T00:00:00Z"}, {"KK"}),
        ({"end_date": "2026-11-25T00:00:00Z"}, {"KTP"}),
        ({"start_date": "2026-11-24T00:00:00+07:00", "end_date": "2026-11-25T00:00:00+07:00"}, {"KTP"}),
    ):
        assert {one["service_code"] for one in await feed.requests(**query)} == kinds, query


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "yesterday"},
        {"start_date": "2026-11-24T00:00:00"},
        {"status": "lost"},
        {"service_code": "KTP,\0"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-24T00:00:00Z"},
    ],
    ids=["words", "no zone", "status", "zero", "span"],
)
async def test_what_cannot_be_asked_is_told_why(feed: Feed, query):
    status, found = await feed.asks(ALL, **query)
    assert (status, list(faults(ERRORS, found))) == (400, [])


async def test_a_system_asks_sixty_times_a_minute_and_keeps_no_other_from_it(feed: Feed):
    now = 0.0
    quota = Quota(lambda: now)
    assert [quota.take(1) for _ in range(A_MINUTE + 1)] == [True] * A_MINUTE + [False]
    assert quota.take(2)
    now = 60.0
    assert quota.take(1)
    answers = [(await feed.asks(ALL))[0] for _ in range(A_MINUTE + 1)]
    assert (answers.count(200), answers.count(429)) == (A_MINUTE, 1)
    assert (await feed.posts("sync/search", {}))[0] == 429


async def test_xml_says_the_same(feed: Feed):
    await feed.register.one()
    [told] = await feed.requests()
    status, found = await feed.asks("/open311/v2/requests.xml")
    top = tree(found)
    assert (status, top.tag, [one.tag for one in top]) == (200, "service_requests", ["request"])
    assert {one.tag: one.text for one in top[0]} == told
    services = tree((await feed.asks("/open311/v2/services.xml"))[1])
    assert {one.findtext("metadata") for one in services} == {"false"}
    discovery = tree((await feed.asks("/open311/discovery.xml"))[1])
    assert discovery.findtext("endpoints/endpoint/formats/format") == "application/json"


def tree(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # we wrote it
