"""Which chat or message a call means, and whether the bot may touch it (Client.cpp, check_chat and check_message)."""

from bot.sandbox.args import INT32, Params, number, whole
from bot.sandbox.errors import Refusal, bad
from bot.sandbox.people import Bot, Chat, Message
from bot.sandbox.world import Ask, World

KIND = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
INSIDE = frozenset({"member", "administrator", "creator"})


def chat_named(world: World, bot: Bot, name: str) -> Chat:
    """The chat behind a chat_id, however the bot stands in it."""
    if not name:
        raise bad("chat_id is empty")
    if name.startswith("@"):
        return by_username(world, name[1:])
    id_ = number(name)
    chat = bot.private.get(id_)
    if chat is None or not chat.started:
        chat = world.groups.get(id_) or acquaintance(world, bot, id_)
    if chat is None:
        raise bad("chat not found")
    return chat


def by_username(world: World, username: str) -> Chat:
    """Public groups and channels only: people are never found by name."""
    for chat in world.groups.values():
        if str(chat.facts.get("username", "")).lower() == username.lower():
            return chat
    raise bad("chat not found")


def acquaintance(world: World, bot: Bot, id_: int) -> Chat | None:
    """Somebody the bot has met in a group but who never started it."""
    person = world.people.get(id_)
    if person and any(id_ in group.members and bot.id in group.members for group in world.groups.values()):
        return world.private_chat(bot, person, started=False)
    return None


def readable(ask: Ask) -> Chat:
    chat = chat_named(ask.world, ask.bot, ask.params.get("chat_id", ""))
    if not chat.private:
        check_member(ask.bot, chat)
    return chat


def writable(ask: Ask) -> Chat:
    name = ask.params.get("chat_id", "")
    chat = chat_named(ask.world, ask.bot, name)
    if chat.person is not None:
        if chat.person.deactivated:
            raise Refusal(403, "INPUT_USER_DEACTIVATED")
        return chat
    if chat.migrated_to:
        raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    check_member(ask.bot, chat)
    return chat


def check_member(bot: Bot, chat: Chat) -> None:
    if chat.deleted:
        raise Refusal(403, f"the {KIND[chat.type]} was deleted")
    status = chat.members.get(bot.id, "left")
    if status == "kicked":
        raise Refusal(403, f"bot was kicked from the {KIND[chat.type]}")
    if status not in INSIDE:
        raise Refusal(403, f"bot is not a member of the {KIND[chat.type]}")


def message_in(chat: Chat, message_id: int, what: str) -> Message:
    message = chat.messages.get(message_id)
    if message is None:
        raise bad(f"{what} not found")
    return message


def message_id(params: Params, name: str = "message_id") -> int:
    return whole(params, name, 0, 0, INT32)


def unreachable(chat: Chat) -> Refusal | None:
    """Why the server behind the Bot API would not let this bot write here."""
    if chat.blocked:
        return Refusal(403, "USER_IS_BLOCKED")
    if not chat.started:
        return Refusal(403, "PEER_ID_INVALID")
    return None
