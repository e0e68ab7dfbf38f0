"""What each handler is handed: the office (storage, workflow, now) and who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.reply import Call
from locales import Words, negotiate, words
from storage import Storage, people
from storage.records import Person
from storage.workflow import Workflow

Context = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Services:
    """Where handlers work. `now()` is epoch milliseconds, UTC."""

    storage: Storage
    workflow: Workflow
    now: Callable[[], int]


def provide(app: App, services: Services, call: Call) -> None:
    """Hand the office to every handler of an application, and the way to Telegram."""
    app.bot_data["office"] = services
    app.bot_data["call"] = call


def services_of(context: Context) -> Services:
    """The office an application works in."""
    services: Services = context.application.bot_data["office"]
    return services


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
    """One update being answered: who asks, and what they sent."""

    call: Call
    update: Update

    @property
    def code(self) -> str | None:
        """Telegram's language code of the moment."""
        user = self.update.effective_user
        return user.language_code if user else None

    @property
    def text(self) -> str:
        """The words of the message, masked already."""
        message = self.update.effective_message
        return (message.text or "") if message else ""


async def request_of(update: Update, context: Context) -> Request:
    """Who asks, looked up now: posts and language as they are at this tap."""
    services, user = services_of(context), update.effective_user
    if user is None:
        raise LookupError("an update from nobody")
    async with services.storage.reading() as tx:
        person = await people.get(tx, user.id)
    if person.away and not update.my_chat_member:
        # Whoever writes can be reached: Telegram may have been wrong, or word of their return got lost.
        async with services.storage.transaction() as tx:
            await people.back(tx, user.id, services.now())
    t = words(language_of(person, user.language_code))
    return Request(services, person, t, context.bot.username, context.application.bot_data["call"], update)


def language_of(person: Person, code: str | None = None) -> str:
    """The language a person is spoken to in."""
    return negotiate(person.lang, code or person.code)
