"""The verbs of the control API: each takes the sandbox and a JSON object and returns what to show."""

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from typing import Any

from bot.sandbox import shown
from bot.sandbox.args import Json
from bot.sandbox.faults import Fault
from bot.sandbox.people import Bot, Message, Tap, User
from bot.sandbox.settings import Limits
from bot.sandbox.sight import Unable
from bot.sandbox.state import Sandbox
from bot.sandbox.window import Window

Verb = Callable[[Sandbox, Json], Any]
FAULT_FIELDS = {field.name for field in fields(Fault) if field.init}


# whom a request means


def the_bot(sandbox: Sandbox, body: Json) -> Bot:
    """By its id, else the first there is."""
    bot = sandbox.bot_by_id(int(body["bot"])) if body.get("bot") else next(iter(sandbox.bots.values()), None)
    if bot is None:
        raise Unable("there is no such bot yet; it appears with its first call, or by POST /sim/bot")
    return bot


def the_user(sandbox: Sandbox, body: Json) -> User:
    user = sandbox.people.get(int(body["user"]))
    if user is None:
        raise Unable(f"there is no user {body['user']}")
    return user


def window(sandbox: Sandbox, body: Json) -> Window:
    """The person's window: to a group if `chat` is one, else to the bot."""
    user, chat = the_user(sandbox, body), int(body.get("chat") or 0)
    if chat < 0 and chat not in sandbox.groups:
        raise Unable(f"there is no chat {chat}")
    if chat < 0:
        return Window(sandbox, user, sandbox.groups[chat])
    return Window(sandbox, user, sandbox.private_chat(the_bot(sandbox, body), user, started=False))


# what people do


def said(act: Callable[[Window, Json], Message | None]) -> Verb:
    """A verb of a person whose outcome is a message."""

    def verb(sandbox: Sandbox, body: Json) -> Json | None:
        message = act(window(sandbox, body), body)
        return shown.message_json(message) if message else None

    return verb


def done(act: Callable[[Window, Json], object]) -> Verb:
    """A verb of a person without an outcome worth showing."""

    def verb(sandbox: Sandbox, body: Json) -> bool:
        act(window(sandbox, body), body)
        return True

    return verb


def tap(sandbox: Sandbox, body: Json) -> Json | None:
    """By `label` or `data`; `stale_data` needs no button; `times` and `gap_ms` make it a double tap."""
    mine, message = window(sandbox, body), body.get("message_id")
    times, gap = int(body.get("times", 1)), float(body.get("gap_ms", 0)) / 1000

    def press() -> Tap | None:
        if "stale_data" in body:
            return mine.forge(str(body["stale_data"]), message)
        return mine.tap_data(str(body["data"]), message) if "data" in body else mine.tap(str(body["label"]), message)

    def press_again() -> None:
        with suppress(Unable):  # the button may be gone by then
            press()

    pressed = press()
    for number in range(1, times):
        sandbox.clock.call_at(sandbox.clock.now() + gap * number, press_again)
    return shown.tap_json(pressed) if pressed else None


def resend_unanswered(sandbox: Sandbox, body: Json) -> list[Json]:
    return [shown.tap_json(tap) for tap in window(sandbox, body).resend_unanswered()]


def content(body: Json) -> bytes:
    return base64.b64decode(body["base64"])


# who there is


def add_user(sandbox: Sandbox, body: Json) -> Json:
    wanted = {name: str(body[name]) for name in ("name", "language", "username", "last_name") if body.get(name)}
    wanted.setdefault("name", "Somebody")
    return shown.user_json(sandbox.person(**wanted, id_=body.get("id")).user)


def add_bot(sandbox: Sandbox, body: Json) -> Json:
    bot = sandbox.bot(body["token"], body.get("username", ""), body.get("name", ""), privacy=body.get("privacy", True))
    return shown.bot_json(sandbox, bot)


def add_group(sandbox: Sandbox, body: Json) -> Json:
    return sandbox.group(body["title"], body.get("type", "group"), body.get("username", "")).chat.facts


def join(sandbox: Sandbox, body: Json) -> bool:
    """A user joins a group; with `bot`, the user adds that bot."""
    group, user = sandbox.group_by_id(int(body["chat"])), the_user(sandbox, body)
    if body.get("bot"):
        group.add_bot(the_bot(sandbox, body), user, body.get("status", "member"))
    else:
        group.add_person(user, body.get("status", "member"))
    return True


def leave(sandbox: Sandbox, body: Json) -> bool:
    sandbox.group_by_id(int(body["chat"])).leave(the_user(sandbox, body))
    return True


def kick(sandbox: Sandbox, body: Json) -> bool:
    sandbox.group_by_id(int(body["chat"])).kick_bot(the_bot(sandbox, body), the_user(sandbox, body))
    return True


def migrate(sandbox: Sandbox, body: Json) -> Json:
    return sandbox.group_by_id(int(body["chat"])).upgrade(the_user(sandbox, body)).chat.facts


# time, limits, bad days


def clock(sandbox: Sandbox, body: Json) -> float:
    sandbox.advance(float(body.get("advance", 0)))
    return sandbox.clock.now()


def limits(sandbox: Sandbox, body: Json) -> bool:
    """`on`, and `factor` to halve or double them."""
    sandbox.flood.limits = Limits().scaled(float(body.get("factor", 1))) if body.get("on", True) else None
    sandbox.tell_trouble()
    return sandbox.flood.limits is not None


def fault(sandbox: Sandbox, body: Json) -> bool:
    sandbox.faults.add(Fault(**{name: value for name, value in body.items() if name in FAULT_FIELDS}))
    return True


def clear_faults(sandbox: Sandbox, body: Json) -> bool:
    """Those of `method` (and `kind`) only, if named."""
    for waiting in sandbox.faults:
        if all(getattr(waiting, name) == value for name, value in body.items() if name in ("method", "kind", "chat")):
            sandbox.faults.remove(waiting)
    return True


def redeliver(sandbox: Sandbox, body: Json) -> list[int]:
    return [update.id for update in the_bot(sandbox, body).queue.redeliver(int(body.get("count", 1)))]


def poison(sandbox: Sandbox, body: Json) -> int:
    """An update that no library can parse, or any given as `update`."""
    poisoned = body.get("update") or {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 1}}}
    queue, lives = the_bot(sandbox, body).queue, float(body.get("seconds", 86_400))
    return queue.add_raw(poisoned, sandbox.clock.now() + lives).id


def backlog(sandbox: Sandbox, body: Json) -> int:
    """`count` messages at once."""
    mine, text = window(sandbox, body), str(body.get("text", "{}"))
    for number in range(int(body["count"])):
        mine.say(text.replace("{}", str(number)))
    return int(body["count"])


def revoke(sandbox: Sandbox, body: Json) -> bool:
    sandbox.revoke(the_bot(sandbox, body), body["token"])
    return True


VERBS: dict[str, Verb] = {
    "user": add_user,
    "bot": add_bot,
    "group": add_group,
    "join": join,
    "leave": leave,
    "kick": kick,
    "migrate": migrate,
    "start": said(lambda mine, body: mine.start(str(body.get("payload", "")))),
    "open": said(lambda mine, body: mine.open(str(body["link"]))),
    "text": said(lambda mine, body: mine.say(str(body["text"]), body.get("reply_to"))),
    "photo": said(lambda mine, body: mine.photo(content(body), body.get("caption", ""))),
    "document": said(lambda mine, body: mine.document(content(body), body.get("name", "file"))),
    "sticker": said(lambda mine, body: mine.sticker(body.get("emoji", "👍"))),
    "voice": said(lambda mine, body: mine.voice(int(body.get("seconds", 3)))),
    "contact": said(lambda mine, body: mine.contact(str(body["phone"]))),
    "location": said(lambda mine, body: mine.location(float(body["latitude"]), float(body["longitude"]))),
    "content": said(lambda mine, body: mine.write(json.loads(json.dumps(body["content"])))),
    "edit": said(lambda mine, body: mine.edit(int(body["message_id"]), str(body["text"]))),
    "delete_message": done(lambda mine, body: mine.delete(int(body["message_id"]))),
    "tap": tap,
    "resend_unanswered": resend_unanswered,
    "block": done(lambda mine, _: mine.block()),
    "unblock": done(lambda mine, _: mine.unblock()),
    "deactivate": done(lambda mine, _: mine.deactivate()),
    "clock": clock,
    "limits": limits,
    "fault": fault,
    "clear_faults": clear_faults,
    "redeliver": redeliver,
    "poison": poison,
    "backlog": backlog,
    "revoke": revoke,
}
