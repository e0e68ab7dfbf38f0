"""What each handler is handed: the office (storage, workflow, now) and who asks."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handlers.reply import Call
from handlers.update import Update
from locales import Words, negotiate, words
from storage import Storage, outbox, people
from storage.records import Person
from storage.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Services:
    """Where handlers work. `now()` is epoch milliseconds, UTC."""

    storage: Storage
    workflow: Workflow
    now: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a view is made: who they are now, and in which words."""

    services: Services
    person: Person
    t: Words
    bot_name: str

    @property
    def chat(self) -> int:
        """The private chat, which is also the person."""
        return self.person.chat

    @property
    def workflow(self) -> Workflow:
        """The rules of the district."""
        return self.services.workflow

    @property
    def now(self) -> int:
        """Epoch milliseconds, UTC."""
        return self.services.now()


@dataclass(frozen=True, slots=True)
class Request(Viewer):
    """One update being answered: who asks, and what they sent. `behind` tells what they have sent since."""

    call: Call
    update: Update
    behind: Callable[[], Iterable[Update]]

    @property
    def code(self) -> str | None:
        """Telegram's language code of the moment."""
        return self.update.language_code

    @property
    def text(self) -> str:
        """The words of the message, masked already."""
        return self.update.text

    @property
    def rest(self) -> str:
        """What follows the command."""
        return re.sub(r"^\S+\s*", "", self.text, count=1)


async def request_of(
    services: Services, bot_name: str, call: Call, update: Update, behind: Callable[[], Iterable[Update]]
) -> Request:
    """Who asks, looked up now: posts and language as they are at this tap."""
    async with services.storage.reading() as tx:
        person = await people.get(tx, update.chat)
    if person.away and update.kind != "blocked":
        # Whoever writes can be reached: Telegram may have been wrong, or word of their return got lost.
        async with services.storage.transaction() as tx:
            await outbox.find(tx, update.chat, services.now())
    t = words(language_of(person, update.language_code))
    return Request(services, person, t, bot_name, call, update, behind)


def language_of(person: Person, code: str | None = None) -> str:
    """The language a person is spoken to in."""
    return negotiate(person.lang, code or person.code)
