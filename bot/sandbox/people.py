"""Who and what there is in this small Telegram: people, bots, chats, messages, taps."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.args import Json
from bot.sandbox.updates import Queue

Profile = dict[str, str]

# What the Bot API says of a member beyond user and status. Who runs a group here may do everything in it.
RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
    "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories".split()
)
MUTED = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes "
    "can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_react_to_messages "
    "can_edit_tag can_change_info can_invite_users can_pin_messages can_manage_topics".split()
)
STANDING: dict[str, Json] = {
    "creator": {"is_anonymous": False},
    "administrator": {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(RIGHTS, True)},
    "restricted": {"is_member": True, "until_date": 0, **dict.fromkeys(MUTED, False)},
    "kicked": {"until_date": 0},
}


@dataclass(slots=True)
class Outage:
    """A phone without signal: what it showed when the signal went, by bot and chat, and the verbs that wait on it."""

    shown: dict[tuple[int, int], Json]
    kept: list[tuple[str, Json]] = field(default_factory=list)


@dataclass(slots=True)
class User:
    """A human being with an account, and a phone."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    phone: str = ""
    deactivated: bool = False
    outage: Outage | None = None
    _json: Json | None = None

    def json(self) -> Json:
        if self._json is None:
            told = {"first_name": self.first_name, "last_name": self.last_name}
            told |= {"username": self.username, "language_code": self.language}
            self._json = {
                "id": self.id,
                "is_bot": False,
                **{name: value for name, value in told.items() if value or name == "first_name"},
            }
        return self._json

    def rename(self, **facts: str) -> None:
        """Change what others see: first_name, last_name, username, language."""
        for name, value in facts.items():
            setattr(self, name, value)
        self._json = None


@dataclass(slots=True)
class Message:
    """One message in a chat. `body` is what the Bot API shows; an edit replaces it, nothing changes it in place."""

    id: int
    author: int
    body: Json
    silent: bool = False
    keyboard: bool = False  # carries a reply keyboard, so it can never be edited

    @property
    def text(self) -> str:
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def buttons(self) -> list[list[Json]]:
        rows: list[list[Json]] = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return rows


@dataclass(slots=True)
class Chat:
    """A conversation: between one person and one bot, or a group or channel with members."""

    id: int
    type: str
    facts: Json
    person: User | None = None
    bot: "Bot | None" = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    started: bool = True
    blocked: bool = False
    deleted: bool = False
    migrated_to: int = 0
    members: dict[int, str] = field(default_factory=dict)
    pinned: int = 0
    action: tuple[str, float] = ("", 0.0)
    reply_keyboard: Json | None = None
    toasts: dict[int, list["Toast"]] = field(default_factory=dict)
    commands_button: Json | None = None

    @property
    def private(self) -> bool:
        return self.type == "private"

    def json(self) -> Json:
        """The group as its members see it."""
        return {**self.facts, "members": self.members, "migrated_to": self.migrated_to or None}

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def newest_first(self) -> Iterator[Message]:
        return reversed(self.messages.values())


def header(chat: Chat, author: Json, date: int) -> Json:
    """Who wrote a message, where and when; in a channel the channel itself did."""
    if chat.type == "channel":
        return {"sender_chat": chat.facts, "chat": chat.facts, "date": date}
    return {"from": author, "chat": chat.facts, "date": date}


def standing(user: Json, status: str) -> Json:
    """Somebody as a member of a chat, or as one no more."""
    return {"user": user, "status": status, **STANDING.get(status, {})}


def quoted(message: Message) -> Json:
    """A message as a reply shows it: without what it replied to itself."""
    return {name: value for name, value in message.body.items() if name != "reply_to_message"}


@dataclass(frozen=True, slots=True)
class Toast:
    """What a tap's answer showed: a line that fades, or an alert that must be closed."""

    text: str
    alert: bool = False
    url: str = ""


@dataclass(slots=True)
class Tap:
    """One press of an inline button, until the bot answers it."""

    id: str
    person: User
    chat: Chat
    message_id: int
    data: str
    at: float
    answer: Toast | None = None
    resent: bool = False


@dataclass(slots=True)
class Webhook:
    """Where a bot wants its updates, and how delivering them goes."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error: tuple[float, str] | None = None


@dataclass(slots=True)
class Polling:
    """What the server remembers of a bot's getUpdates calls."""

    offset: int = -1
    began: float = 0.0
    parked: Any = None
    next_conflict: float = 0.0


@dataclass(slots=True)
class Bot:
    """A bot's account, and all that Telegram keeps for it."""

    token: str
    id: int
    username: str
    name: str
    queue: Queue
    privacy: bool = True
    webhook: Webhook | None = None
    webhook_set_at: float = 0.0
    polling: Polling = field(default_factory=Polling)
    private: dict[int, Chat] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    profile: dict[str, Profile] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    logged_out: bool = False
    started_at: float = 0.0
    _json: Json | None = None

    def json(self) -> Json:
        if self._json is None:
            self._json = {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}
        return self._json

    def me(self) -> Json:
        return {
            **self.json(),
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
