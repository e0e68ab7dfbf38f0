"""A whole town for a bot that is run beside it: people with phones, files along the road, and all that arrives."""

import time
from dataclasses import dataclass
from typing import Any, Protocol

from bot.demo.cast import CAST, fill, settle_in
from bot.sandbox import Bot, Sandbox, Window
from bot.sandbox.world import Call
from storage import Storage, migrate, outbox, overview, people
from storage.holds import papers, queues, returns
from storage.holds.queues import Queue
from storage.news import cards
from storage.news.cards import CONCERNS, EVERY_STAGE
from storage.overview import Load
from storage.records import DAY, Actor, Seen
from storage.workflow import Workflow

FAMILIES = 24
FIRST_FAMILY = 720_000_001
FOLLOWED = 5  # numbers that each family follows all along
REQUESTS = 36
TOO_OLD = "query is too old"
SENDS = frozenset({"sendmessage", "sendphoto", "editmessagetext"})


class Message(Protocol):
    """What arrived, and when (seconds)."""

    @property
    def at(self) -> float: ...
    @property
    def chat(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """Something the bot said, as it arrived: when (unix seconds), to whom, how, and the words on the wire."""

    at: float
    chat: int
    method: str
    text: str


class Scene:
    """`numbers` are all receipt numbers of the town, `followed` who follows what all along, `sent` all that arrived.

    Families hear of every stage; `concerned` are those that hear what concerns them, and have a card for the rest.
    """

    def __init__(self, sandbox: Sandbox, telegram: Bot, storage: Storage, workflow: Workflow) -> None:
        self.sandbox, self.telegram = sandbox, telegram
        self.storage, self.workflow = storage, workflow
        self.phones: dict[int, Window] = {}
        self.numbers: list[str] = []
        self.followed: dict[int, list[str]] = {}
        self.concerned: set[int] = set()
        self.sent: list[Sent] = []
        self.too_late: set[str] = set()  # taps that were answered when Telegram took no answer any more
        sandbox.watchers.append(self._hear)

    def _hear(self, event: str, facts: dict[str, Any]) -> None:
        call = facts.get("call")
        if event != "call" or not isinstance(call, Call):
            return
        params, method = call.params, call.method.lower()
        if call.status == 200 and method in SENDS:
            words = params.get("text") or params.get("caption", "")
            self.sent.append(Sent(time.time(), int(params["chat_id"]), method, words))
        elif method == "answercallbackquery" and TOO_OLD in str(call.answer):
            self.too_late.add(params["callback_query_id"])

    def now(self) -> int:
        """Epoch milliseconds."""
        return int(time.time() * 1000)

    async def people_move_in(
        self, families: int = FAMILIES, requests: int = REQUESTS, followed: int = FOLLOWED, concerned: int = 0
    ) -> None:
        """The cast takes up its posts, files lie everywhere along the road, and families follow some of them."""
        now = self.now()
        await migrate(self.storage, now)
        await settle_in(self.storage, now)
        self.numbers = await fill(self.storage, self.workflow, now, requests)
        await self._some_stand_still(now)
        self.people_show_up(families, followed, concerned)
        async with self.storage.transaction() as tx:
            for chat, numbers in self.followed.items():
                lang = self.phones[chat].person.language
                await cards.choose(tx, chat, CONCERNS if chat in self.concerned else EVERY_STAGE)
                for number in numbers:
                    await people.follow(tx, chat, number, lang, lang, known=True, now=now)

    async def _some_stand_still(self, now: int) -> None:
        """The head holds up a queue and two papers and returns a third, before anybody follows them."""
        async with self.storage.transaction() as tx:
            head = Actor(await people.get(tx, CAST["hadi"].chat), now)
            await queues.hold(tx, self.workflow, Queue("at_registry", "KK"), "blank", None, head)
            lying: dict[str, Seen] = {}
            for one in await overview.everything(tx, now):
                if one.hold is None:
                    lying.setdefault(one.stage, Seen(one.id, one.version))
            lost = [lying[stage] for stage in ("to_district", "ready_at_district") if stage in lying]
            await papers.hold(tx, self.workflow, lost, "tracing", None, head)
            if faulty := lying.get("at_district"):
                await returns.give_back(tx, self.workflow, [faulty], "returned", {"id": ["KK lama bila ada"]}, head)
            while owed := await outbox.claim(tx, outbox.NOTICE, now + DAY, 500):
                await outbox.sent(tx, [id for one in owed for id in one.ids], now)

    def people_show_up(self, families: int, followed: int, concerned: int) -> None:
        """Everybody with a phone; the register knows them, or is going to."""
        for member in CAST.values():
            self._phone(member.name, member.chat, member.lang)
        for i in range(families):
            chat = FIRST_FAMILY + i
            self._phone(f"Keluarga {i + 1}", chat, "en" if i % 4 == 3 else "id")
            mine = [self.numbers[(i * 5 + step * 7) % len(self.numbers)] for step in range(followed)]
            self.followed[chat] = list(dict.fromkeys(mine))
        self.concerned |= set([*self.followed][len(self.followed) - concerned :])

    def _phone(self, name: str, chat: int, lang: str) -> None:
        code = "id" if lang == "jv" else lang  # no Telegram says jv by itself
        self.phones[chat] = self.sandbox.person(name, language=code, id_=chat).chat()
        self.phones[chat].chat.started = True

    async def load(self) -> Load:
        """What the register has on hand."""
        async with self.storage.reading() as tx:
            return await overview.load(tx)
