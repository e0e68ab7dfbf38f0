"""The control API: another process plays the people, the clock and bad luck."""

import asyncio
import base64
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import serve
from tests.sandbox.stage import JPEG, TOKEN


class Remote:
    """The control API and the Bot API as another process sees them."""

    def __init__(self, runner, session, stage) -> None:
        self.runner, self.session, self.stage = runner, session, stage
        self.sari = stage.sari.id

    async def post(self, verb: str, **body):
        async with self.session.post(
            f"{self.runner.control_url}/sim/{verb}", json={"user": self.sari, **body}
        ) as answer:
            told = await answer.json()
            return told["result"] if told["ok"] else (answer.status, told["error"])

    async def get(self, path: str):
        async with self.session.get(f"{self.runner.control_url}/sim/{path}") as answer:
            return await answer.json()

    async def transcript(self):
        return await self.get(f"transcript/{self.sari}")

    async def texts(self):
        return [message["text"] for message in (await self.transcript())["messages"]]


@pytest.fixture
async def remote(stage):
    async with await serve(stage.sandbox, 0, 0) as runner, aiohttp.ClientSession() as session:
        yield Remote(runner, session, stage)


async def test_a_new_person_starts_the_bot_and_writes(remote):
    person = await remote.post("user", name="Joko <b> ё", language="jv")
    await remote.post("start", user=person["id"], payload="abc")
    sent = await remote.post("text", user=person["id"], text="halo")
    transcript = await remote.get(f"transcript/{person['id']}")
    assert (sent["text"], [message["text"] for message in transcript["messages"]]) == ("halo", ["/start abc", "halo"])


async def test_a_tap_by_label_and_its_answer(remote):
    await remote.stage.send("Tugas", "Satu")
    tap = await remote.post("tap", label="Satu")
    assert [waiting["tap"] for waiting in await remote.get("unanswered")] == [tap["tap"]]
    await remote.stage.call("answerCallbackQuery", callback_query_id=tap["tap"], text="Sudah.", show_alert=True)
    told = await remote.transcript()
    assert (told["toasts"], told["unanswered"]) == ([{"text": "Sudah.", "alert": True, "url": ""}], [])


async def test_a_double_tap_comes_with_its_gap(remote):
    await remote.stage.send("Tugas", "Satu")
    await remote.post("tap", label="Satu", times=2, gap_ms=50)
    assert len(remote.stage.bot.taps) == 1
    await remote.post("clock", advance=0.06)
    assert len(remote.stage.bot.taps) == 2
    assert len(await remote.post("resend_unanswered")) == 2


async def test_the_second_of_two_taps_finds_no_button_and_stops_no_clock(remote):
    sent = await remote.stage.send("Tugas", "Satu")
    await remote.post("tap", label="Satu", times=2, gap_ms=50)
    await remote.stage.call("editMessageText", chat_id=remote.sari, message_id=sent["message_id"], text="Sudah")
    assert isinstance(await remote.post("clock", advance=0.06), float)
    assert len(remote.stage.bot.taps) == 1


async def test_a_stale_tap_needs_no_button(remote):
    await remote.stage.send("Tugas", "Satu")
    assert (await remote.post("tap", stale_data="old", message_id=2))["data"] == "old"


@pytest.mark.parametrize(
    "verb, body, words",
    [
        ("tap", {"label": "Nothing"}, "there is no button"),
        ("text", {"user": 1, "text": "x"}, "there is no user 1"),
        ("text", {}, "the field 'text' is missing"),
        ("fault", {"kind": "earthquake"}, "no fault of kind"),
        ("migrate", {"chat": -5}, "there is no group -5"),
        ("dance", {}, "there is no verb 'dance'"),
    ],
)
async def test_what_cannot_be_done_is_said(remote, verb, body, words):
    status, error = await remote.post(verb, **body)
    assert (status in (400, 404), words in error) == (True, True)


async def test_every_kind_of_content_arrives(remote):
    picture = base64.b64encode(JPEG).decode()
    contents: list[tuple[str, dict[str, Any]]] = [
        ("photo", {"base64": picture, "caption": "slip"}),
        ("document", {"base64": picture, "name": "a.jpg"}),
        ("sticker", {}),
        ("voice", {}),
        ("contact", {"phone": "+62"}),
        ("location", {"latitude": -7, "longitude": 109}),
        ("content", {"content": {"dice": {"emoji": "🎲", "value": 3}}}),
        ("edit", {"message_id": 1, "text": "changed"}),
    ]
    for verb, body in contents:
        assert (await remote.post(verb, **body))["id"]
    photo = (await remote.transcript())["messages"][1]["photo"][0]["file_id"]
    async with remote.session.get(f"{remote.runner.control_url}/sim/file/{photo}") as answer:
        assert await answer.read() == JPEG
    await remote.post("delete_message", message_id=2)
    assert (await remote.texts())[0] == "changed"


async def test_blocking_and_coming_back(remote):
    await remote.post("block")
    assert (await remote.stage.send("x"))[0] == 403
    await remote.post("unblock")
    assert (await remote.stage.send("x"))["text"] == "x"
    await remote.post("deactivate")
    assert (await remote.stage.send("x"))[0] == 403


async def test_a_phone_without_signal_shows_what_it_showed_and_keeps_what_is_done(remote):
    card = await remote.stage.send("Tugas", "Satu")
    await remote.post("signal", on=False)
    await remote.stage.send("late")
    await remote.stage.call("editMessageText", chat_id=remote.sari, message_id=card["message_id"], text="gone")
    assert await remote.post("tap", data="do:Satu", message_id=card["message_id"]) == {"waits": True}
    await remote.post("text", text="halo")
    dark = await remote.transcript()
    assert ([message["text"] for message in dark["messages"]], dark["signal"]) == (["/start", "Tugas"], False)
    assert [kept["verb"] for kept in dark["kept"]] == ["tap", "text"]
    assert len(await remote.stage.updates()) == 1
    came = await remote.post("signal", on=True)
    assert (came[0]["result"]["data"], came[1]["result"]["text"]) == ("do:Satu", "halo")
    assert await remote.texts() == ["/start", "gone", "late", "halo"]
    assert ((await remote.transcript())["signal"], (await remote.transcript())["kept"]) == (True, [])


async def test_what_cannot_be_done_late_is_said_and_the_rest_is_done(remote):
    await remote.post("signal", on=False)
    await remote.post("delete_message", message_id=99)
    await remote.post("photo", base64=base64.b64encode(JPEG).decode())
    assert "base64" not in (await remote.transcript())["kept"][1]
    came = await remote.post("signal", on=True)
    assert ("there is no message 99" in came[0]["error"], came[1]["verb"]) == (True, "photo")


async def test_faults_and_limits_on_order(remote):
    await remote.post("fault", kind="status", method="sendMessage", times=None, code=500)
    assert (await remote.stage.send("x"))[0] == 500
    assert [fault["kind"] for fault in await remote.get("faults")] == ["status"]
    await remote.post("clear_faults", kind="status")
    await remote.post("limits", on=True, factor=0.5)
    assert [type(await remote.stage.send("x")) for _ in range(2)] == [dict, tuple]
    await remote.post("limits", on=False)
    assert (await remote.get("state"))["limits"] is False
    await remote.post("fault", kind="delay", times=None, seconds=1)
    assert (await remote.get("state"))["faults"] == ["delay"]


async def test_backlog_poison_and_redelivery(remote):
    assert await remote.post("backlog", count=120, text="n{}") == 120
    poison = await remote.post("poison")
    updates = await remote.stage.updates()
    assert (len(updates), len(remote.stage.bot.queue)) == (100, 122)
    await remote.stage.updates(poison + 1)
    assert await remote.post("redeliver", count=2) == [poison - 1, poison]


async def test_groups_join_kick_and_grow(remote):
    group = await remote.post("group", title="Desa")
    await remote.post("join", chat=group["id"], bot=remote.stage.bot.id)
    await remote.post("text", chat=group["id"], text="/status")
    grown = await remote.post("migrate", chat=group["id"])
    await remote.post("kick", chat=grown["id"], bot=remote.stage.bot.id)
    kinds = [set(update) - {"update_id"} for update in await remote.stage.updates()]
    assert kinds[1:] == [{"my_chat_member"}, *[{"message"}] * 4, {"my_chat_member"}]
    seen = await remote.get(f"transcript/{group['id']}?user={remote.sari}")
    assert seen["messages"][1]["text"] == "/status"


async def test_replies_and_quotes_are_shown_with_whom_and_what(remote):
    asked = await remote.post("text", text="ё: kapan jadi?")
    quote = {"message_id": asked["id"], "quote": "kapan"}
    answer = await remote.stage.send("Besok", reply_parameters=quote)
    await remote.post("text", text="Matur nuwun", reply_to=answer["message_id"])
    shown = (await remote.transcript())["messages"][-2:]
    assert [message["reply"] for message in shown] == [
        {"name": "Sari", "text": "kapan", "quoted": True},
        {"name": "Jek-Duk", "text": "Besok", "quoted": False},
    ]
    assert answer["quote"] == {"text": "kapan", "position": 3}


async def test_a_group_shows_who_writes_and_who_came(remote):
    group = await remote.post("group", title="Desa")
    joko = await remote.post("user", name="Joko")
    await remote.post("join", chat=group["id"], user=joko["id"])
    await remote.post("join", chat=group["id"], bot=remote.stage.bot.id)
    await remote.post("text", chat=group["id"], user=joko["id"], text="halo")
    seen = await remote.get(f"transcript/{group['id']}?user={joko['id']}")
    assert [message["name"] for message in seen["messages"]] == ["Sari", "Joko"]
    assert seen["messages"][0]["new_chat_members"][0]["first_name"] == "Jek-Duk"
    assert (seen["chat"]["title"], seen["members"]) == ("Desa", 2)
    assert str(joko["id"]) in (await remote.get("state"))["groups"][0]["members"]
    await remote.post("leave", chat=group["id"], user=joko["id"])
    assert str(joko["id"]) not in (await remote.get("state"))["groups"][0]["members"]
    left = (await remote.get(f"transcript/{group['id']}?user={remote.sari}"))["messages"][-1]
    assert left["left_chat_member"]["first_name"] == "Joko"


async def test_a_revoked_token_and_a_second_bot(remote):
    bot = await remote.post("bot", token="7:x", username="other_bot", name="Other")
    await remote.post("start", bot=bot["id"])
    await remote.post("revoke", token="110201543:fresh", bot=remote.stage.bot.id)
    assert [bot["username"] for bot in (await remote.get("state"))["bots"]] == ["other_bot", "jekduk_bot"]
    assert (await remote.stage.call("getMe"))[0] == 401


async def test_calls_are_told_without_the_token(remote):
    await remote.stage.send("satu")
    await remote.stage.send("dua")
    calls = await remote.get("calls?method=sendmessage&after=1")
    assert [(call["params"]["text"], call["status"], call["delivered"]) for call in calls] == [("dua", 200, True)]
    assert TOKEN not in json.dumps(calls)


async def test_events_tell_what_happens_as_it_happens(remote):
    async with remote.session.get(f"{remote.runner.control_url}/sim/events") as stream:
        assert (await stream.content.readline()).startswith(b":")
        await stream.content.readline()
        await remote.stage.send("Tugas", "Satu")
        heard = [json.loads((await read_event(stream)).removeprefix(b"data: ")) for _ in range(2)]
    assert [event["event"] for event in heard] == ["message", "call"]
    assert heard[0]["message"]["buttons"] == [[{"text": "Satu", "callback_data": "do:Satu"}]]


async def test_events_tell_of_people_blocking_signal_and_trouble(remote):
    async with remote.session.get(f"{remote.runner.control_url}/sim/events?skip=update") as stream:
        await stream.content.readline()
        await stream.content.readline()
        await remote.post("user", name="Joko")
        await remote.post("block")
        await remote.post("signal", on=False)
        await remote.post("limits", on=True)
        heard = [json.loads((await read_event(stream)).removeprefix(b"data: ")) for _ in range(4)]
    assert (heard[0]["event"], heard[0]["person"]["first_name"]) == ("person", "Joko")
    assert (heard[1]["event"], heard[1]["chat"], heard[1]["blocked"]) == ("block", remote.sari, True)
    assert heard[2] == {"event": "signal", "user": remote.sari, "on": False, "kept": []}
    assert heard[3] == {"event": "trouble", "faults": [], "limits": True}


async def read_event(stream: aiohttp.ClientResponse) -> bytes:
    line = await asyncio.wait_for(stream.content.readline(), 5)
    await stream.content.readline()
    return line
