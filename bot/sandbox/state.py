"""The sandbox's in-memory half: `call` is a Bot API server, `person` a human being with a phone."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.args import File, Json
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refusal, flooded
from bot.sandbox.faults import Fault, Garbled, Lost, Refused
from bot.sandbox.flood import ALL
from bot.sandbox.group import Group
from bot.sandbox.methods import METHODS, WAITING
from bot.sandbox.methods.webhooks import Described
from bot.sandbox.people import Bot, User
from bot.sandbox.settings import Settings
from bot.sandbox.sight import Unable
from bot.sandbox.window import Window
from bot.sandbox.world import Ask, Call, World

NO_FILES: Mapping[str, File] = {}
PROXY_PAGE = (
    b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


class Sandbox(World):
    """A pretend Telegram."""

    def __init__(self, settings: Settings | None = None, clock: Clock | None = None) -> None:
        super().__init__(settings, clock)

    # the bots' side

    async def call(
        self, token: str, method: str, params: Mapping[str, str], files: Mapping[str, File] = NO_FILES
    ) -> tuple[int, Json]:
        """Answer one Bot API call: HTTP status and JSON. Raises Lost, Refused or Garbled if a fault wants it."""
        self.call_count += 1
        call = Call(self.call_count, self.clock.now(), 0, method, params)
        self.calls.append(call)
        struck = self.faults.striking(method.lower(), params) if self.faults else ()
        status, answer = await self._before(struck, token, call) or await self._answered(token, call, files)
        call.status, call.answer = status, answer
        try:
            if struck:
                await self._after(struck, status, answer)
            call.delivered = True
        finally:
            if self.watchers:
                self.tell("call", call=call)
        return status, answer

    async def raw(
        self, token: str, method: str, params: Mapping[str, str], files: Mapping[str, File] = NO_FILES
    ) -> tuple[int, bytes]:
        """The same as bytes, as they would come over the wire; raises Lost or Refused if a fault wants it."""
        try:
            status, answer = await self.call(token, method, params, files)
        except Garbled as garbled:
            return garbled.status, garbled.body
        return status, json.dumps(answer).encode()

    async def _answered(self, token: str, call: Call, files: Mapping[str, File]) -> tuple[int, Json]:
        try:
            bot = self.bots.get(token)
            if bot is None or bot.logged_out:
                bot = self.admit(token)
            call.bot = bot.id
            name = call.method.lower()
            if method := METHODS.get(name):
                result = method(Ask(self, bot, call.params, files))
            elif waiting := WAITING.get(name):
                result = await waiting(Ask(self, bot, call.params, files))
            else:
                return Refusal(404, "Not Found: method not found").answer()
        except Refusal as refusal:
            return refusal.answer()
        return 200, said(result)

    async def _before(self, struck: "list[Fault] | tuple[()]", token: str, call: Call) -> tuple[int, Json] | None:
        """What faults do to a call before it is carried out; an answer if it never is."""
        for fault in struck:
            match fault.kind:
                case "refuse":
                    raise Refused("connection refused")
                case "drop":
                    raise Lost("connection closed before the call was read")
                case "delay":
                    await self.clock.sleep(fault.seconds)
                case "status":
                    return fault.code, {"ok": False, "error_code": fault.code, "description": fault.words}
                case "html" | "raw":
                    body = PROXY_PAGE if fault.kind == "html" else fault.words.encode()
                    raise Garbled(fault.code, body, "text/html")
                case "flood":
                    return self._flooded(fault, token, call)
        return None

    def _flooded(self, fault: Fault, token: str, call: Call) -> tuple[int, Json]:
        """From now on, until the time is up, this chat (or every one) is refused."""
        bot, seconds = self.admit(token), int(fault.seconds) or 1
        chat_id = call.params.get("chat_id", "")
        chat = ALL if fault.wide or not chat_id.lstrip("-").isdigit() else int(chat_id)
        self.flood.penalise(bot.id, chat, seconds, self.clock.now())
        return flooded(seconds).answer()

    async def _after(self, struck: "list[Fault] | tuple[()]", status: int, answer: Json) -> None:
        """What faults do to an answer that is ready."""
        for fault in struck:
            if fault.kind == "lose":
                await self.clock.sleep(fault.seconds)
                raise Lost("connection closed after the call was carried out")
            if fault.kind == "truncate":
                text = json.dumps(answer).encode()
                raise Garbled(status, text[: len(text) // 2], "application/json")

    # the people's side

    def bot(self, token: str, username: str = "", name: str = "", *, privacy: bool = True) -> Bot:
        """The bot with this token, made known if it is new."""
        return self.bots.get(token) or self.add_bot(token, username, name, privacy=privacy)

    def person(
        self, name: str, language: str = "", username: str = "", id_: int | None = None, last_name: str = ""
    ) -> "Person":
        """A new human being."""
        user = User(id_ or self.free_id(), name, last_name, username, language)
        return Person(self, self.add_user(user))

    def group(self, title: str, type_: str = "group", username: str = "") -> Group:
        """A new group, supergroup or channel, empty."""
        return Group(self, self.add_group(title, type_, username))

    def group_by_id(self, id_: int) -> Group:
        if id_ not in self.groups:
            raise Unable(f"there is no group {id_}")
        return Group(self, self.groups[id_])

    def fault(self, kind: str, method: str = "*", chat: int | None = None, **how: Any) -> Fault:
        """Order a bad day; see `faults.Fault` for what there is."""
        return self.faults.add(Fault(kind, method, chat, **how))

    def advance(self, seconds: float) -> None:
        """Skip time: queues expire, buckets fill, penalties end, parked polls time out."""
        self.clock.advance(seconds)


class Person:
    """A human being with a phone; `chat` opens the window to a bot, `joined` the one to a group."""

    def __init__(self, sandbox: World, user: User) -> None:
        self.sandbox, self.user = sandbox, user

    @property
    def id(self) -> int:
        return self.user.id

    def chat(self, bot: Bot | None = None) -> Window:
        """The chat with a bot: this one, or the only (first) one there is. Nothing is started by looking."""
        bot = bot or next(iter(self.sandbox.bots.values()), None)
        if bot is None:
            raise Unable("there is no bot yet; it appears with its first call")
        return Window(self.sandbox, self.user, self.sandbox.private_chat(bot, self.user, started=False))

    def in_group(self, group: Group) -> Window:
        return Window(self.sandbox, self.user, group.chat)


def said(result: Any) -> Json:
    if isinstance(result, Described):
        return {"ok": True, "result": True, "description": result.words}
    return {"ok": True, "result": result}
