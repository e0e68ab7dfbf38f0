"""What a bot asks about or does to chats and to its own session."""

import json

from bot.sandbox import access
from bot.sandbox.args import Json, number
from bot.sandbox.errors import bad, flooded
from bot.sandbox.people import Chat, standing
from bot.sandbox.world import Ask

ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice record_audio upload_audio upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
ACTION_SECONDS = 5
CLOSE_AFTER = 600


def get_me(ask: Ask) -> Json:
    return ask.bot.me()


def get_chat(ask: Ask) -> Json:
    chat = access.readable(ask)
    return {
        **chat.facts,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def send_chat_action(ask: Ask) -> bool:
    chat = access.writable(ask)
    action = ask.params.get("action", "")
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    refusal = access.unreachable(chat)
    if refusal and ask.world.settings.guesses.blocked_refuses_actions:
        raise refusal
    chat.action = (action, ask.world.clock.now() + ACTION_SECONDS)
    ask.world.tell("action", chat=chat, action=action)
    return True


def pin_chat_message(ask: Ask) -> bool:
    chat = access.writable(ask)
    message = access.message_in(chat, access.message_id(ask.params), "message to pin")
    if not chat.private and chat.members.get(ask.bot.id) not in {"administrator", "creator"}:
        raise bad("not enough rights to manage pinned messages in the chat")
    chat.pinned = message.id
    ask.world.tell("pin", chat=chat, message_id=message.id)
    return True


def unpin_chat_message(ask: Ask) -> bool:
    access.writable(ask).pinned = 0
    return True


def get_chat_member(ask: Ask) -> Json:
    chat = access.readable(ask)
    id_ = number(ask.params.get("user_id", ""))
    someone = ask.world.bot_by_id(id_) or ask.world.people.get(id_)
    if someone is None:
        raise bad("user not found" if id_ > 0 else "invalid user_id specified")
    return standing(someone.json(), chat.members.get(id_, "member" if chat.private else "left"))


def leave_chat(ask: Ask) -> bool:
    chat = access.writable(ask)
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    chat.members[ask.bot.id] = "left"
    return True


def user_chat(ask: Ask) -> Chat | None:
    """The private chat a menu button is meant for; None is the button of all others."""
    if not ask.params.get("chat_id"):
        return None
    if number(ask.params["chat_id"]) <= 0:
        raise bad("invalid chat_id specified")
    return access.readable(ask)


def set_chat_menu_button(ask: Ask) -> bool:
    chat = user_chat(ask)
    button = menu_button(ask.params.get("menu_button"))
    if chat:
        chat.commands_button = button
    else:
        ask.bot.menu_button = button
    return True


def menu_button(text: str | None) -> Json:
    try:
        button = json.loads(text) if text else {"type": "default"}
    except ValueError:
        raise bad("can't parse menu button JSON object") from None
    if not isinstance(button, dict) or button.get("type") not in ("commands", "web_app", "default"):
        raise bad("can't parse menu button: MenuButton has unsupported type")
    if button["type"] == "web_app" and not str((button.get("web_app") or {}).get("url", "")).startswith("https://"):
        raise bad("menu button Web App URL is invalid: Only HTTPS links are allowed")  # [U]
    return {"type": "commands"} if button["type"] == "default" else button


def get_chat_menu_button(ask: Ask) -> Json:
    chat = user_chat(ask)
    return (chat and chat.commands_button) or ask.bot.menu_button


def close(ask: Ask) -> bool:
    """Refused in the first ten minutes, as the real one is."""
    open_for = ask.world.clock.now() - ask.bot.started_at
    if open_for < CLOSE_AFTER:
        raise flooded(int(CLOSE_AFTER - open_for) + 1)
    ask.bot.started_at = ask.world.clock.now()
    return True


def log_out(ask: Ask) -> bool:
    ask.bot.logged_out = True
    return True
