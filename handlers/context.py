"""What handlers and views are handed: where they work, who asks, and in which words to answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from telegram.error import BadRequest

from handlers.albums import Albums
from handlers.reply import Call
from handlers.throttle import Throttle
from handlers.update import Update
from locales import Words, negotiate, words
from storage import NotLeading, Storage, Tx, outbox, people
from storage.records import Person
from storage.workflow import Workflow

Fetch = Callable[[str, int], Awaitable[bytes]]  # the content of a file by its id, of so many bytes at most


async def no_files(file: str, most: int) -> bytes:
    """No file can be had. Raises BadRequest."""
    raise BadRequest("no files here")


class LedStorage:
    """The register as whoever leads works in it. Once `leads` says no a transaction raises NotLeading: who stood still
    amid an update does not finish what another process may have done by now.
    """

    def __init__(self, storage: Storage, leads: Callable[[], bool]) -> None:
        self._storage, self._leads = storage, leads
        self.remote, self.is_shared = storage.remote, storage.is_shared
        self.reading, self.writes_end, self.at_risk = storage.reading, storage.writes_end, storage.at_risk
        self.tidy, self.close = storage.tidy, storage.close

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """As the register's own. Raises NotLeading."""
        async with self._storage.transaction() as tx:
            if not self._leads():  # once it has begun: that may have taken long
                raise NotLeading
            yield tx


@dataclass(frozen=True, slots=True)
class Services:
    """Where handlers work. `now()` is epoch milliseconds, UTC; what `fetch` raises is a TelegramError. Browsers
    find pages at `page_url`, if there are any. It `speaks` where a status can be read aloud.
    """

    storage: Storage
    workflow: Workflow
    now: Callable[[], int]
    fetch: Fetch = no_files
    pictures: Throttle = field(default_factory=partial(Throttle, "pictures"))
    voices: Throttle = field(default_factory=partial(Throttle, "voices"))
    albums: Albums = field(default_factory=Albums)
    page_url: str = ""
    speaks: bool = False

    async def are_open(self) -> bool:
        """True while the counters are open. In a thread: a year whose holidays are not known yet takes a moment."""
        return await asyncio.to_thread(self.workflow.calendar.is_open, self.now())


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a view is made: who they are, in which words, and when (`now` is epoch milliseconds, UTC)."""

    services: Services
    storage: Storage
    workflow: Workflow
    now: int
    person: Person
    t: Words
    bot_name: str


@dataclass(frozen=True, slots=True)
class Request(Viewer):
    """One update being answered: who asks, and what they sent. `behind` tells what they have sent since."""

    call: Call
    update: Update
    behind: Callable[[], Iterable[Update]]


async def viewer_of(
    services: Services, bot_name: str, chat: int, code: str | None, known: Person | None = None
) -> Viewer:
    """Somebody as they are `known`, or else as they are now. `code` is the language of their Telegram, for those who
    chose none.
    """
    now, person, t = await _asker(services, chat, code, known)
    return Viewer(services, services.storage, services.workflow, now, person, t, bot_name)


async def _asker(
    services: Services, chat: int, code: str | None, known: Person | None = None
) -> tuple[int, Person, Words]:
    """When it is, who they are, and in which words to answer."""
    now, person = services.now(), known
    if person is None:
        async with services.storage.reading() as tx:
            person = await people.get(tx, chat, now)
    return now, person, words(negotiate(person.lang, code or person.code))


async def request_of(
    services: Services, bot_name: str, call: Call, update: Update, behind: Callable[[], Iterable[Update]]
) -> Request:
    """An update with who sent it, looked up now: posts and language as they are at this tap."""
    now, person, t = await _asker(services, update.chat, update.language_code)
    if person.away and update.kind != "blocked" and not update.group:
        # Whoever writes can be reached: Telegram may have been wrong, or word of their return got lost.
        async with services.storage.transaction() as tx:
            await outbox.find(tx, update.chat, now)
    return Request(services, services.storage, services.workflow, now, person, t, bot_name, call, update, behind)
