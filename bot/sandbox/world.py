"""Everything this small Telegram holds, and the few things that happen in it whoever causes them."""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.sandbox.args import Files, Json, Params
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refusal
from bot.sandbox.faults import Faults
from bot.sandbox.files import Store
from bot.sandbox.flood import Flood
from bot.sandbox.people import Bot, Chat, Message, User
from bot.sandbox.settings import Settings
from bot.sandbox.updates import Queue

TOKEN = re.compile(r"[1-9]\d*:[^/]*")
TOKEN_LENGTH = 80
BOT_IDS = 2**54
FIRST_PERSON = 5_400_000_000
FIRST_SUPERGROUP = -1_002_000_000_000
FIRST_GROUP = -4_000_000_000

Watcher = Callable[[str, Json], None]


@dataclass(slots=True)
class Call:
    """One API call as it happened. `status` 0: no answer yet, or never one. `delivered`: the caller got the answer."""

    number: int
    at: float
    bot: int
    method: str
    params: Params
    status: int = 0
    answer: Json | None = None
    delivered: bool = False


@dataclass(slots=True)
class Ask:
    """What a method is asked: by which bot, with what."""

    world: "World"
    bot: Bot
    params: Params
    files: Files


class World:
    """The state itself. Bots and people come in, messages and updates pile up, watchers are told."""

    def __init__(self, settings: Settings | None = None, clock: Clock | None = None) -> None:
        self.settings = settings or Settings()
        self.clock = clock or Clock()
        self.random = Random(self.settings.seed)  # noqa: S311  # a sandbox that repeats itself can be debugged
        self.flood = Flood(self.settings.limits)
        self.faults = Faults()
        self.faults.watchers.append(self.tell_trouble)
        self.files = Store(self.settings)
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, User] = {}
        self.groups: dict[int, Chat] = {}
        self.calls: deque[Call] = deque(maxlen=self.settings.calls_kept)
        self.call_count = 0
        self._kept: deque[tuple[Chat, int]] = deque()
        self.watchers: list[Watcher] = []
        self.webhook_changed: Callable[[Bot], object] = lambda _: None

    # who is there

    def admit(self, token: str) -> Bot:
        """The bot a token belongs to; made on first sight if any token will do."""
        bot = self.bots.get(token)
        if bot is None:
            id_ = bot_id(token)
            known = self.settings.tokens
            if (known is not None and token not in known) or any(other.id == id_ for other in self.bots.values()):
                raise Refusal(401, "Unauthorized")
            bot = self.add_bot(token)
        if bot.logged_out:
            raise Refusal(400, "Logged out")
        return bot

    def add_bot(self, token: str, username: str = "", name: str = "", *, privacy: bool = True) -> Bot:
        id_ = bot_id(token)
        queue = Queue(self.random.randrange(2_000_001, 900_000_000), self.settings.queue_updates)
        bot = Bot(
            token,
            id_,
            username or f"sandbox{id_}_bot",
            name or f"Bot {id_}",
            queue,
            privacy,
            started_at=self.clock.now(),
        )
        self.bots[token] = bot
        return bot

    def bot_by_id(self, id_: int) -> Bot | None:
        return next((bot for bot in self.bots.values() if bot.id == id_), None)

    def revoke(self, bot: Bot, token: str) -> None:
        """Give the bot a new token, as @BotFather does; the old one is refused from now on."""
        del self.bots[bot.token]
        bot.token = token
        self.bots[token] = bot

    def add_user(self, user: User) -> User:
        self.people[user.id] = user
        self.tell("person", person=user)
        return user

    def free_id(self) -> int:
        return FIRST_PERSON + len(self.people) * 7 + 1

    def private_chat(self, bot: Bot, user: User, *, started: bool) -> Chat:
        """The chat of this person with this bot, made if there was none."""
        chat = bot.private.get(user.id)
        if chat is None:
            facts: Json = {"id": user.id, "first_name": user.first_name, "type": "private"}
            facts |= {
                name: value for name, value in (("last_name", user.last_name), ("username", user.username)) if value
            }
            chat = bot.private[user.id] = Chat(user.id, "private", facts, user, bot, started=started)
        return chat

    def add_group(self, title: str, type_: str, username: str = "") -> Chat:
        first = FIRST_GROUP if type_ == "group" else FIRST_SUPERGROUP
        facts: Json = {"id": first - len(self.groups) - 1, "title": title, "type": type_}
        if username:
            facts["username"] = username
        chat = Chat(facts["id"], type_, facts)
        self.groups[chat.id] = chat
        return chat

    # what happens

    def now(self) -> int:
        return int(self.clock.now())

    def tell(self, event: str, **facts: Any) -> None:
        """Whoever watches hears of it."""
        for watcher in self.watchers:
            watcher(event, facts)

    def tell_trouble(self) -> None:
        """The faults that wait have changed, or whether limits are enforced."""
        self.tell("trouble", faults=[fault.kind for fault in self.faults], limits=self.flood.limits is not None)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds. It is looked at whenever a watcher would be told of something."""
        happened = asyncio.Event()
        watcher: Watcher = lambda _event, _facts: happened.set()  # noqa: E731  # removed again by this very name
        self.watchers.append(watcher)
        try:
            while not holds():
                await happened.wait()
                happened.clear()
        finally:
            self.watchers.remove(watcher)

    def readers(self, chat: Chat) -> list[Bot]:
        """The bots that get updates from a chat."""
        if chat.bot:
            return [chat.bot]
        return [bot for bot in self.bots.values() if chat.members.get(bot.id) in {"member", "administrator", "creator"}]

    def update(self, bot: Bot, kind: str, fact: Json, key: str, born: float | None = None) -> int | None:
        """Queue an update for a bot; its id, or None if it was dropped."""
        now = self.clock.now()
        update = bot.queue.add(kind, fact, now if born is None else born, now, key)
        if update and self.watchers:
            self.tell("update", bot=bot.id, kind=kind, id=update.id)
        return update.id if update else None

    def post(self, chat: Chat, author: int, body: Json, *, silent: bool = False) -> Message:
        """Put a message into a chat. `body` lacks id, date and chat."""
        id_ = chat.next_id()
        message = Message(id_, author, {"message_id": id_, **body}, silent)
        chat.messages[id_] = message
        self._kept.append((chat, id_))
        if len(self._kept) > self.settings.messages_kept:
            oldest, gone = self._kept.popleft()
            oldest.messages.pop(gone, None)
        if self.watchers:
            self.tell("message", chat=chat, message=message)
        return message

    def replace(self, chat: Chat, message: Message, body: Json) -> None:
        message.body = body
        if self.watchers:
            self.tell("edit", chat=chat, message=message)

    def remove(self, chat: Chat, message_id: int) -> None:
        chat.messages.pop(message_id, None)
        if self.watchers:
            self.tell("delete", chat=chat, message_id=message_id)


def bot_id(token: str) -> int:
    """The number before the colon, or the refusal of a malformed token."""
    if len(token) > TOKEN_LENGTH or not TOKEN.fullmatch(token) or int(token.partition(":")[0]) >= BOT_IDS:
        raise Refusal(401, "Unauthorized: invalid token specified")
    return int(token.partition(":")[0])
