"""One bot, one person who started it, a clock that stands still; and a cast in every state a chat can be in."""

import asyncio
import json
import re
from typing import Any

from bot.sandbox import Clock, File, Sandbox, Settings, Window

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
NOON = 1_800_000_000.0
JPEG = b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x20"
DAY = 86_400


class Stage:
    def __init__(self, settings: Settings | None = None) -> None:
        self.sandbox = Sandbox(settings, Clock(lambda: NOON))
        self.bot = self.sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
        self.sari = self.sandbox.person("Sari", "id", "sari_p")
        self.window: Window = self.sari.chat()
        self.window.start()

    async def call(self, method: str, files: dict[str, File] | None = None, **params: Any) -> Any:
        """The result, or status and description."""
        status, answer = await self.sandbox.call(TOKEN, method, wire(params), files or {})
        return answer["result"] if status == 200 else (status, answer["description"])

    async def send(self, text: str, *labels: str, **params: Any) -> Any:
        """A message to Sari, with a row of buttons."""
        if labels:
            row = [{"text": label, "callback_data": f"do:{label}"} for label in labels]
            params["reply_markup"] = {"inline_keyboard": [row]}
        return await self.call("sendMessage", chat_id=self.sari.id, text=text, **params)

    async def updates(self, offset: int = 0, **params: Any) -> Any:
        return await self.call("getUpdates", offset=offset, **params)


def wire(params: dict[str, Any]) -> dict[str, str]:
    """As a client would write them: text as it is, everything else as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}


async def settled() -> None:
    """Let every task that can run do so; no time passes."""
    for _ in range(10):
        await asyncio.sleep(0)


async def full_stage(state: str = "") -> tuple[Stage, dict[str, str]]:
    """The cast of golden.toml, and the names its lines may use."""
    stage = Stage(Settings(tokens=frozenset({TOKEN}), local=state != "public"))
    names = {"sari": stage.sari.id, **await messages(stage), **await people(stage), **groups(stage)}
    names |= {"tap": stage.window.tap_data("ok").id, **long_lists()}
    if state == "hooked":
        await stage.call("setWebhook", url="http://127.0.0.1:1/")
    if state == "flooded":
        stage.sandbox.flood.penalise(stage.bot.id, stage.sari.id, 7, stage.sandbox.clock.now())
    return stage, {name: str(value) for name, value in names.items()}


async def messages(stage: Stage) -> dict[str, Any]:
    old = await stage.send("old")
    stage.sandbox.advance(2 * DAY + 1)
    stage.bot.started_at = stage.sandbox.clock.now()
    photo = await stage.call("sendPhoto", {"photo": File("slip.jpg", JPEG)}, chat_id=stage.sari.id, caption="slip")
    document = await stage.call("sendDocument", {"document": File("a.pdf", b"%PDF")}, chat_id=stage.sari.id)
    keyboard = await stage.send("choose", reply_markup={"keyboard": [["Status"]]})
    card = await stage.send("card", reply_markup={"inline_keyboard": [[{"text": "ok", "callback_data": "ok"}]]})
    return {
        "old": old["message_id"],
        "photo": photo["message_id"],
        "photo_id": photo["photo"][0]["file_id"],
        "document_id": document["document"]["file_id"],
        "with_reply_keyboard": keyboard["message_id"],
        "card": card["message_id"],
        "sari_said": stage.window.say("halo").id,
    }


async def people(stage: Stage) -> dict[str, Any]:
    blocker, gone = stage.sandbox.person("Budi").chat(), stage.sandbox.person("Tini").chat()
    met, stranger = stage.sandbox.person("Joko"), stage.sandbox.person("Wati")
    blocker.start()
    gone.start()
    card = await stage.call("sendMessage", chat_id=blocker.person.id, text="x")
    blocker.block()
    gone.deactivate()
    group = stage.sandbox.group("Desa")
    group.add_bot(stage.bot, stage.sari.user)
    said = group.add_person(met.user).say("halo semua")
    return {
        "blocker": blocker.person.id,
        "blockers_card": card["message_id"],
        "gone": gone.person.id,
        "met": met.id,
        "stranger": stranger.id,
        "group": group.id,
        "group_said": said.id,
    }


def groups(stage: Stage) -> dict[str, Any]:
    ids = {}
    for name, kind in (
        ("upgraded", "group"),
        ("deleted", "group"),
        ("kicked", "group"),
        ("super_kicked", "supergroup"),
    ):
        group = stage.sandbox.group(name, kind)
        group.add_bot(stage.bot, stage.sari.user)
        ids[name] = group.id
        match name:
            case "upgraded":
                group.upgrade(stage.sari.user)
            case "deleted":
                group.delete()
            case _:
                group.kick_bot(stage.bot, stage.sari.user)
    for name, kind in (("left", "group"), ("super_left", "supergroup"), ("channel_left", "channel")):
        ids[name] = stage.sandbox.group(name, kind).id
    return ids


def long_lists() -> dict[str, str]:
    buttons = [[{"text": str(number), "callback_data": str(number)}] for number in range(101)]
    return {
        "hundred_one_buttons": json.dumps({"inline_keyboard": buttons}),
        "hundred_one_ids": json.dumps(list(range(1, 102))),
        "hundred_one_commands": json.dumps([{"command": f"c{number}", "description": "x"} for number in range(101)]),
    }


def filled(text: str, names: dict[str, str]) -> str:
    """`{sari}` becomes her number, `{x*3}` becomes xxx."""
    text = re.sub(r"\{(\w)\*(\d+)\}", lambda match: match[1] * int(match[2]), text)
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text
