"""Groups, supergroups and channels: who joins, who is thrown out, and the move to a supergroup."""

from bot.sandbox.args import Json
from bot.sandbox.people import Bot, Chat, User
from bot.sandbox.window import Window, membership
from bot.sandbox.world import World


class Group:
    """One of them, seen from outside: the verbs of its administrators."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world, self.chat = world, chat

    @property
    def id(self) -> int:
        return self.chat.id

    def window(self, person: User) -> Window:
        return Window(self.world, person, self.chat)

    def add_person(self, person: User, status: str = "member") -> Window:
        self.chat.members[person.id] = status
        self._tell_members()
        return self.window(person)

    def leave(self, person: User) -> None:
        """Somebody goes, and the group is told."""
        if self.chat.members.pop(person.id, None):
            self._tell_members()
            self._service(person, {"left_chat_member": person.json()})

    def add_bot(self, bot: Bot, by: User, status: str = "member") -> None:
        """The bot is told twice: its own membership, and the service message."""
        old = self.chat.members.get(bot.id, "left")
        self.chat.members[bot.id] = status
        self._tell_members()
        membership(self.world, bot, self.chat, by, old, status)
        if old not in ("member", "administrator") and self.chat.type != "channel":
            self._service(by, {"new_chat_members": [bot.json()]})

    def kick_bot(self, bot: Bot, by: User) -> None:
        old = self.chat.members.get(bot.id, "left")
        membership(self.world, bot, self.chat, by, old, "kicked")
        self.chat.members[bot.id] = "kicked"
        self._tell_members()

    def delete(self) -> None:
        self.chat.deleted = True

    def upgrade(self, by: User) -> "Group":
        """Become a supergroup: two service messages, a new id, and the old one refuses from now on."""
        new = self.world.add_group(str(self.chat.facts["title"]), "supergroup")
        new.members = dict(self.chat.members)
        self._service(by, {"migrate_to_chat_id": new.id})
        self.chat.migrated_to = new.id
        grown = Group(self.world, new)
        self._tell_members()
        grown._tell_members()
        grown._service(by, {"migrate_from_chat_id": self.chat.id})
        return grown

    def _tell_members(self) -> None:
        self.world.tell("members", group=self.chat.json())

    def _service(self, by: User, content: Json) -> None:
        body: Json = {"from": by.json(), "chat": self.chat.facts, "date": self.world.now(), **content}
        message = self.world.post(self.chat, by.id, body)
        for bot in self.world.readers(self.chat):
            self.world.update(bot, "message", message.body, f"chat {self.chat.id}")
