"""A town to tell stories about: the cast, a real database, the real bot, and a Telegram that is only pretended."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.demo.cast import CAST, Member, settle_in
from bot.outgoing.sender import Sender
from bot.parts import Parts, join
from bot.sandbox import Clock, File, Lost, Refused, Sandbox, Seen, Settings
from bot.telegram import http
from bot.telegram.connections import NotSent, Unknown
from handlers.callbacks import Callback
from handlers.context import Services
from storage import Storage, district, documents, inbox, ledger, migrate, open_storage, people
from storage.news import cards
from storage.records import Actor, Document, Person
from storage.records import Seen as SeenDocument
from storage.workflow import Workflow

TOKEN = "710000000:AAtest-token-of-no-bot-there-is"
TUESDAY = 1_795_482_600_000  # Tue 24 Nov 2026, 08.10 WIB
PATIENCE = 20.0
DISTRICT = district.parse(district.SHIPPED.read_text("utf-8").replace("gather = 120 ", "gather = 0 "))
WORKFLOW = Workflow(DISTRICT)
_files: list[bytes] = []  # a migrated SQLite file, once there is one


async def migrated(url: str) -> None:
    """Bring a new database up to the code, with the cast at their posts. A file is a copy of the first one."""
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and _files:
        await asyncio.to_thread(file.write_bytes, _files[0])
        return
    storage = await open_storage(url)
    await migrate(storage, TUESDAY)
    await settle_in(storage, TUESDAY)
    await storage.close()
    if url.startswith("sqlite"):
        _files.append(await asyncio.to_thread(file.read_bytes))


class SandboxWire:
    """A wire that ends in the sandbox's memory."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def post(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, http.File], _seconds: float
    ) -> tuple[int, bytes]:
        sent = {
            name: File(title, body if isinstance(body, bytes) else body.read(), kind)
            for name, (title, body, kind) in files.items()
        }
        try:
            return await self.sandbox.raw(TOKEN, method, fields, sent)
        except Refused as error:
            raise NotSent from error
        except Lost as error:
            raise Unknown from error

    async def get(self, path: str, most: int, _seconds: float) -> tuple[int, bytes]:
        stored = self.sandbox.files.at(path)
        return (200, stored.file.body[: most + 1]) if stored else (404, b"")


class Inhabitant:
    """Somebody of the cast, with a phone."""

    def __init__(self, town: "Town", member: Member) -> None:
        self.town, self.member = town, member
        self.person = town.sandbox.person(member.name, language=member.lang, id_=member.chat)
        self.phone = self.person.chat()
        self.phone.chat.started = True  # they opened the bot long ago
        self._before = 0

    @property
    def chat(self) -> int:
        return self.member.chat

    async def says(self, text: str) -> str:
        """Write, wait for the answer, and return the newest message on the phone."""
        self.phone.say(text)
        await self.town.settled()
        return self.screen

    async def taps(self, *labels: str, times: int = 1) -> str:
        """Tap buttons by what they say, each on the screen that the one before has brought."""
        for label in labels:
            self.phone.tap(label, times=times)
            await self.town.settled()
        return self.screen

    async def forges(self, data: Callback | str) -> str:
        """Send callback data that no button on the phone has."""
        self.phone.forge(data if isinstance(data, str) else data.pack())
        await self.town.settled()
        return self.screen

    @property
    def heard(self) -> list[str]:
        """The bot's messages, oldest first, as they are read: a space is a space."""
        return [seen.text.replace("\u00a0", " ") for seen in self.phone.heard[self._before :]]

    @property
    def screen(self) -> str:
        """The bot's newest message."""
        return self.heard[-1] if self.heard else ""

    @property
    def last(self) -> Seen:
        """The bot's newest message with its buttons."""
        return self.phone.heard[-1]

    @property
    def buttons(self) -> list[str]:
        """What the buttons under the newest message say."""
        return list(self.last.buttons)

    @property
    def alert(self) -> str:
        """The newest words over a card."""
        return self.phone.alert

    def forgets(self) -> None:
        """Look away from everything heard so far (tests that count)."""
        self._before = len(self.phone.heard)


class Town:
    """The whole: `clock` is the district's time in epoch milliseconds, and stands still unless a test moves it."""

    def __init__(self, storage: Storage, workflow: Workflow) -> None:
        self.clock = TUESDAY
        self.storage, self.workflow = storage, workflow
        self.sandbox = Sandbox(Settings(poll_spacing=False), Clock(lambda: self.clock / 1000))
        self.telegram = self.sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
        self.services = Services(storage, workflow, lambda: self.clock)
        self.people = {key: Inhabitant(self, member) for key, member in CAST.items()}
        self.leads = True  # or another process may
        self.parts: Parts = self._join()
        self._tasks: list[asyncio.Task[Any]] = []
        self._ends: set[str] = set()  # of numbers

    def __getattr__(self, name: str) -> Inhabitant:
        """One of the cast: `town.sari`."""
        people_: dict[str, Inhabitant] = self.__dict__["people"]
        if name not in people_:
            raise AttributeError(name)
        return people_[name]

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str | Path, workflow: Workflow = WORKFLOW) -> AsyncIterator["Town"]:
        if isinstance(url, Path):  # a folder, for a town of its own
            await migrated(url := f"sqlite:///{url / 'town.db'}")
        storage = await open_storage(url)
        town = cls(storage, workflow)
        await town.start()
        try:
            yield town
        finally:
            await town.stop()
            await storage.close()

    def _join(self) -> Parts:
        return join(self.services, SandboxWire(self.sandbox), lambda: self.leads, seconds=50)

    async def start(self) -> None:
        """Start the bot, as after a restart: new parts on the same database."""
        self.parts = self._join()
        await self.parts.bot.initialize()
        running = (self.parts.dispatcher.run(), self.parts.sender.run(), self.parts.poller.run())
        self._tasks = [asyncio.create_task(work) for work in running]

    async def stop(self) -> None:
        """Stop the bot in order."""
        self._tasks[2].cancel()
        await self.parts.dispatcher.drain(2)
        await self.parts.sender.drain(2)
        await self.kill()

    async def kill(self) -> None:
        """Stop the bot as a power cut would."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def settled(self) -> None:
        """Wait until the bot has nothing left to do: no update unhandled, no due notice unsent."""
        end = time.monotonic() + PATIENCE
        while not await self._quiet():
            self._look_for_death()
            if time.monotonic() > end:
                raise TimeoutError("the bot does not come to rest")
            await asyncio.sleep(0.002)

    async def _quiet(self) -> bool:
        if len(self.telegram.queue) or self.parts.dispatcher.held:
            return False
        async with self.storage.reading() as tx:
            if (await inbox.oldest(tx))[1]:
                return False
        await at_rest(self.parts.sender)
        return not self.parts.dispatcher.held and not len(self.telegram.queue)

    def _look_for_death(self) -> None:
        for task in self._tasks:
            if task.done() and not task.cancelled() and task.exception():
                raise AssertionError("the bot died") from task.exception()

    async def passes(self, seconds: float) -> None:
        """Time goes by, and what falls due is sent."""
        self.clock += int(seconds * 1000)
        self.sandbox.advance(0)
        self.parts.sender.wake()
        await self.settled()

    async def grace(self) -> None:
        """The grace of the last tap runs out."""
        await self.passes(self.workflow.grace / 1000)

    async def chores(self) -> None:
        """Each job of the timetable has its turn."""
        for row in self.parts.timetable.rows:
            if await row.job():
                self.parts.sender.wake()

    # Shortcuts through the register, for what a story does not tell
    async def person(self, who: Inhabitant) -> Person:
        async with self.storage.reading() as tx:
            return await people.get(tx, who.chat, self.clock)

    async def files(self, *types: str, village: str = "tlogopakis", by: str = "warni") -> list[Document]:
        """A request filed by an officer, at this moment; its documents. No two end alike: so they are told apart."""
        while True:
            with suppress(ledger.Twice):
                async with self.storage.transaction() as tx:
                    officer = await people.get(tx, self.people[by].chat)
                    draft, doing = f"test:{time.monotonic_ns()}", Actor(officer, self.clock)
                    filed = await documents.file(tx, self.workflow, village, types or ("KK",), draft, doing)
                    if filed.number[-4:] in self._ends:
                        raise ledger.Twice
                    self._ends.add(filed.number[-4:])
                    return await documents.of_request(tx, filed.request)

    async def carries(self, found: Document, to: str) -> Document:
        """Carry a document along its road to a stage, by whoever may, without anyone being told of the steps before."""
        while found.stage != to:
            found = await self._step(found)
        return found

    async def _step(self, found: Document) -> Document:
        to = self.workflow.following(found.type, found.stage)
        assert to is not None
        async with self.storage.transaction() as tx:
            for member in CAST.values():
                person = await people.get(tx, member.chat)
                if self.workflow.doer(person, found.type, found.village, found.stage, to):
                    seen = SeenDocument(found.id, found.version)
                    await documents.move(tx, self.workflow, [seen], to, Actor(person, self.clock))
                    return (await documents.get(tx, found.id)) or found
        raise LookupError(to)

    async def document(self, found: Document) -> Document:
        """A document as it is now."""
        async with self.storage.reading() as tx:
            return (await documents.get(tx, found.id)) or found

    async def follows(self, who: Inhabitant, number: str, news: str = cards.EVERY_STAGE) -> None:
        """Somebody follows a number, and wants to hear of every stage."""
        async with self.storage.transaction() as tx:
            await cards.choose(tx, who.chat, news)
            await people.follow(tx, who.chat, number, who.member.lang, who.member.lang, known=True, now=self.clock)


async def at_rest(sender: Sender) -> None:
    """Wait until nothing that is due is left, nothing is under way and everything is written down."""
    sender.wake()
    while sender._bell.is_set() or not sender.hand.is_empty:
        if sender._stopping.is_set() and sender._stopped.is_set():
            return  # it ended
        await asyncio.sleep(0.001)
