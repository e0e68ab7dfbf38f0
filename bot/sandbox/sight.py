"""What a person sees of one chat."""

from dataclasses import dataclass

from bot.sandbox import keyboards
from bot.sandbox.args import File, Json
from bot.sandbox.methods.profile import commands_shown
from bot.sandbox.people import Chat, Message, Tap, Toast, User
from bot.sandbox.world import World


class Unable(Exception):
    """A person cannot do this here: there is no such button, the chat is blocked, the message is gone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as the person sees it now."""

    id: int
    mine: bool
    text: str
    labels: tuple[tuple[str, ...], ...]
    silent: bool
    date: int
    edited: bool
    file: File | None
    message: Message

    @property
    def buttons(self) -> list[str]:
        return [label for row in self.labels for label in row]


class Sight:
    """One person looking at one chat."""

    def __init__(self, world: World, person: User, chat: Chat) -> None:
        self.world, self.person, self.chat = world, person, chat

    @property
    def seen(self) -> list[Seen]:
        """The chat from top to bottom, after edits and deletions."""
        return [self._seen(message) for message in self.chat.messages.values()]

    @property
    def heard(self) -> list[Seen]:
        """What others wrote."""
        return [seen for seen in self.seen if not seen.mine]

    @property
    def last(self) -> Seen | None:
        """The newest message of somebody else."""
        for message in self.chat.newest_first():
            if message.author != self.person.id:
                return self._seen(message)
        return None

    @property
    def toasts(self) -> list[Toast]:
        """What own taps were answered with, oldest first."""
        return self.chat.toasts.get(self.person.id, [])

    @property
    def alert(self) -> str:
        """The words of the newest toast or alert, or nothing."""
        return self.toasts[-1].text if self.toasts else ""

    @property
    def typing(self) -> str:
        """What the bot is seen doing, such as `typing`."""
        action, until = self.chat.action
        return action if self.world.clock.now() < until else ""

    @property
    def menu(self) -> list[Json]:
        """The commands offered here, in this person's language."""
        bots = self.world.readers(self.chat)
        return [
            command
            for bot in bots
            for command in commands_shown(bot, self.chat.id, self.chat.type, self.person.language)
        ]

    @property
    def unanswered(self) -> list[Tap]:
        """Own taps that still spin."""
        return [tap for bot in self.world.readers(self.chat) for tap in bot.taps.values() if self._mine(tap)]

    def _mine(self, tap: Tap) -> bool:
        return tap.chat is self.chat and tap.person is self.person and not tap.resent

    def _seen(self, message: Message) -> Seen:
        body = message.body
        return Seen(
            message.id,
            message.author == self.person.id,
            message.text,
            keyboards.labels(body.get("reply_markup")),
            message.silent,
            body["date"],
            "edit_date" in body,
            self._file(body),
            message,
        )

    def _file(self, body: Json) -> File | None:
        document = body["photo"][-1] if "photo" in body else body.get("document") or body.get("voice")
        stored = self.world.files.get(document["file_id"]) if document else None
        return stored.file if stored else None

    def message(self, message: "int | Message | Seen") -> Message:
        id_ = message if isinstance(message, int) else message.id
        if id_ not in self.chat.messages:
            raise Unable(f"there is no message {id_} in this chat")
        return self.chat.messages[id_]
