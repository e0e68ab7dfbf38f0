"""Faults on order and the flood model."""

import asyncio
import json

import aiohttp
import pytest

from bot.sandbox import Fault, Garbled, Limits, Lost, Refused, Settings
from bot.sandbox.server import serve
from tests.sandbox.stage import TOKEN, Stage


async def refusals(stage: Stage, count: int, chat: int | None = None) -> list[int]:
    """The status of each of so many sends."""
    params = {"chat_id": str(chat or stage.sari.id), "text": "x"}
    return [(await stage.sandbox.call(TOKEN, "sendMessage", params))[0] for _ in range(count)]


async def test_a_lost_answer_leaves_the_message(stage):
    stage.sandbox.fault("lose", "sendMessage")
    with pytest.raises(Lost):
        await stage.send("once")
    assert [seen.text for seen in stage.window.heard] == ["once"]
    assert [call.delivered for call in stage.sandbox.calls] == [False]


async def test_a_dropped_call_leaves_nothing(stage):
    stage.sandbox.fault("drop", "sendMessage")
    with pytest.raises(Lost):
        await stage.send("never")
    assert stage.window.heard == []


async def test_a_refused_connection_is_known_to_have_done_nothing(stage):
    stage.sandbox.fault("refuse")
    with pytest.raises(Refused):
        await stage.send("never")


async def test_the_nth_call_is_hit_and_so_many_after_it(stage):
    stage.sandbox.fault("status", "sendMessage", nth=2, times=2, code=500)
    assert await refusals(stage, 4) == [200, 500, 500, 200]
    assert list(stage.sandbox.faults) == []


async def test_a_fault_may_stay_until_it_is_removed(stage):
    fault = stage.sandbox.fault("html", times=None, code=502)
    for _ in range(3):
        with pytest.raises(Garbled):
            await stage.send("x")
    stage.sandbox.faults.remove(fault)
    assert await refusals(stage, 1) == [200]


async def test_a_fault_hits_its_method_and_chat_only(stage):
    other = stage.sandbox.person("Budi").chat()
    other.start()
    stage.sandbox.fault("status", "sendmessage", stage.sari.id, code=500)
    assert await refusals(stage, 1, other.person.id) == [200]
    assert await stage.call("getMe")
    assert await refusals(stage, 1) == [500]


@pytest.mark.parametrize(
    "code, words",
    [
        (400, "Bad Request: PEER_ID_INVALID"), (400, "USER_IS_BLOCKED"), (401, "Unauthorized"), (404, "Not Found"),
        (409, "Conflict: elsewhere"), (420, "FLOOD_WAIT_7"), (500, "Internal Server Error: restart"),
    ],
)  # fmt: skip
async def test_a_status_comes_word_for_word(stage, code, words):
    stage.sandbox.fault("status", code=code, words=words)
    assert await stage.call("getUpdates") == (code, words)


@pytest.mark.parametrize("words", ["", "<h1>Log in to the hotel's network</h1>"])
async def test_a_body_comes_as_it_is_ordered(stage, words):
    stage.sandbox.fault("raw", code=200, words=words)
    assert await stage.sandbox.raw(TOKEN, "getMe", {}) == (200, words.encode())


async def test_delay_goes_by_the_virtual_clock(stage):
    stage.sandbox.fault("delay", seconds=30)
    sending = asyncio.create_task(stage.send("late"))
    await asyncio.sleep(0)
    assert stage.window.heard == []
    stage.sandbox.advance(31)
    assert (await sending)["text"] == "late"


async def test_an_ordered_flood_lasts_its_seconds_for_its_chat(stage):
    stage.sandbox.fault("flood", chat=stage.sari.id, seconds=40)
    assert await stage.send("x") == (429, "Too Many Requests: retry after 40")
    stage.sandbox.advance(30)
    assert await stage.send("x") == (429, "Too Many Requests: retry after 10")
    stage.sandbox.advance(10)
    assert await refusals(stage, 1) == [200]


async def test_a_wide_flood_stops_every_chat(stage):
    other = stage.sandbox.person("Budi").chat()
    other.start()
    stage.sandbox.fault("flood", "sendMessage", seconds=5, wide=True)
    await stage.send("x")
    assert await refusals(stage, 1, other.person.id) == [429]


async def test_an_unknown_kind_is_refused_when_ordered():
    with pytest.raises(ValueError, match="no fault of kind"):
        Fault("earthquake")


async def test_raw_gives_what_a_proxy_or_a_cut_wire_gives(stage):
    stage.sandbox.fault("html", code=504)
    stage.sandbox.fault("truncate", nth=2)
    status, page = await stage.sandbox.raw(TOKEN, "getMe", {})
    assert (status, page[:6]) == (504, b"<html>")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
        json.loads((await stage.sandbox.raw(TOKEN, "getMe", {}))[1])


@pytest.mark.parametrize("kind, arrived", [("lose", ["x"]), ("drop", []), ("refuse", [])])
async def test_over_http_the_connection_breaks(stage, kind, arrived):
    stage.sandbox.fault(kind, "sendMessage")
    async with await serve(stage.sandbox, 0, 0) as runner, aiohttp.ClientSession() as session:
        url = f"{runner.url}/bot{TOKEN}/sendMessage"
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(url, data={"chat_id": stage.sari.id, "text": "x"})
    assert [seen.text for seen in stage.window.heard] == arrived


async def test_the_door_can_be_closed_and_opened(stage):
    async with await serve(stage.sandbox, 0, 0) as runner:
        await runner.refuse()
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(f"{runner.url}/bot{TOKEN}/getMe")
            await runner.admit()
            assert (await session.get(f"{runner.url}/bot{TOKEN}/getMe")).status == 200


async def test_whoever_refuses_every_call_closes_the_port_until_it_is_cleared(stage):
    seen = (await stage.updates())[-1]["update_id"]
    async with await serve(stage.sandbox, 0, 0) as runner, aiohttp.ClientSession() as session:
        url = f"{runner.url}/bot{TOKEN}/"
        parked = asyncio.create_task(session.post(url + "getUpdates", data={"offset": seen + 1, "timeout": 9}))
        await asyncio.sleep(0.05)
        stage.sandbox.fault("refuse", times=None)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await parked
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url + "getMe")
        stage.sandbox.faults.clear()
        await asyncio.sleep(0.05)
        assert (await session.get(url + "getMe")).status == 200


# the flood model


def limited(**limits: object) -> Stage:
    return Stage(Settings(limits=Limits(**limits)))  # type: ignore[arg-type]  # the tests name real fields


async def test_a_private_chat_takes_a_burst_of_three_then_one_a_second():
    stage = limited()
    assert await refusals(stage, 4) == [200, 200, 200, 429]
    stage.sandbox.advance(1)
    assert await refusals(stage, 2) == [200, 429]


async def test_repeating_the_offence_within_a_minute_doubles_the_penalty():
    stage = limited()
    await refusals(stage, 3)
    seconds = []
    for _ in range(3):
        _, answer = await stage.sandbox.call(TOKEN, "sendMessage", {"chat_id": str(stage.sari.id), "text": "x"})
        seconds.append(answer["parameters"]["retry_after"])
        stage.sandbox.advance(seconds[-1])
        await refusals(stage, 3)
        stage.sandbox.advance(4)
        await refusals(stage, 3)
    assert seconds[0] == 1
    assert seconds == sorted(seconds)
    assert seconds[-1] >= 4


async def test_a_request_during_the_penalty_extends_it_only_when_strict():
    for strict, after_first in ((False, 200), (True, 429)):
        stage = limited(strict=strict)
        await refusals(stage, 4)
        stage.sandbox.advance(0.5)
        await refusals(stage, 1)
        stage.sandbox.advance(0.6)
        assert await refusals(stage, 1) == [after_first]


async def test_all_chats_share_thirty_a_second():
    stage = limited()
    chats = []
    for number in range(35):
        window = stage.sandbox.person(f"P{number}").chat()
        window.start()
        chats.append(window.person.id)
    statuses = [(await refusals(stage, 1, chat))[0] for chat in chats]
    assert (statuses[:30], statuses[30:]) == ([200] * 30, [429] * 5)


async def test_a_group_takes_twenty_a_minute():
    stage = limited()
    group = stage.sandbox.group("Desa")
    group.add_bot(stage.bot, stage.sari.user)
    assert (await refusals(stage, 21, group.id))[-2:] == [200, 429]


async def test_edits_count_and_answers_do_not():
    stage = limited()
    card = await stage.send("0", "ok")
    for number in range(1, 3):
        await stage.call("editMessageText", chat_id=stage.sari.id, message_id=card["message_id"], text=str(number))
    edited = await stage.call("editMessageText", chat_id=stage.sari.id, message_id=card["message_id"], text="3")
    assert edited[0] == 429
    taps = [stage.window.forge("x", card["message_id"]) for _ in range(5)]
    assert all([await stage.call("answerCallbackQuery", callback_query_id=tap.id) for tap in taps])


async def test_halved_limits_halve_the_burst():
    stage = Stage(Settings(limits=Limits(private_burst=4).scaled(0.5)))
    assert await refusals(stage, 3) == [200, 200, 429]


async def test_changing_the_profile_has_a_limit_of_its_own():
    stage = limited()
    commands = [await stage.call("setMyCommands", commands=[]) for _ in range(11)]
    assert (commands[:10], commands[10][0]) == ([True] * 10, 429)
    assert await refusals(stage, 1) == [200]


async def test_without_limits_nothing_is_counted(stage):
    assert set(await refusals(stage, 500)) == {200}
