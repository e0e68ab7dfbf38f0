"""What the control API shows: messages, chats and events as JSON for a page or a test in another process."""

from typing import Any

from bot.sandbox.args import Json
from bot.sandbox.people import Bot, Chat, Message, Tap, User
from bot.sandbox.sight import Sight
from bot.sandbox.world import Call, World

MEDIA = ("photo", "document", "sticker", "voice", "contact", "location")
# What a chat tells by itself, such as who came.
SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")


def message_json(message: Message) -> Json:
    """One message as everybody in the chat sees it now."""
    body = message.body
    shown: Json = {
        "id": message.id,
        "from": message.author,
        "name": author_name(body),
        "date": body["date"],
        "edited": body.get("edit_date"),
        "text": message.text,
        "entities": body.get("entities", body.get("caption_entities", [])),
        "buttons": message.buttons,
        "silent": message.silent,
    }
    for kind in (*MEDIA, *SERVICE):
        if kind in body:
            shown[kind] = body[kind]
    if replied := body.get("reply_to_message"):
        words = body.get("quote", {}).get("text") or replied.get("text", replied.get("caption", ""))
        shown["reply_to"] = replied["message_id"]
        shown["reply"] = {"name": author_name(replied), "text": words, "quoted": "quote" in body}
    return shown


def author_name(body: Json) -> str:
    author = body.get("from") or body.get("sender_chat") or {}
    return str(author.get("title") or f"{author.get('first_name', '')} {author.get('last_name', '')}".strip())


def chat_json(sight: Sight) -> Json:
    """A chat as this person sees it now."""
    chat = sight.chat
    return {
        "chat": chat.facts,
        "members": len(chat.members),
        "bot": chat.bot.id if chat.bot else None,
        "messages": [message_json(message) for message in chat.messages.values()],
        "reply_keyboard": chat.reply_keyboard,
        "toasts": [{"text": toast.text, "alert": toast.alert, "url": toast.url} for toast in sight.toasts],
        "typing": sight.typing,
        "menu": sight.menu,
        "pinned": chat.pinned or None,
        "started": chat.started,
        "blocked": chat.blocked,
        "unanswered": [tap_json(tap) for tap in sight.unanswered],
    }


def tap_json(tap: Tap) -> Json:
    answer = {"text": tap.answer.text, "alert": tap.answer.alert, "url": tap.answer.url} if tap.answer else None
    shown: Json = {"tap": tap.id, "user": tap.person.id, "chat": tap.chat.id, "message_id": tap.message_id}
    return {**shown, "data": tap.data, "at": tap.at, "answer": answer}


def user_json(user: User) -> Json:
    return {**user.json(), "deactivated": user.deactivated}


def bot_json(world: World, bot: Bot) -> Json:
    return {
        **bot.json(),
        "pending_updates": bot.queue.pending(world.clock.now()),
        "polling": bot.polling.parked is not None,
        "webhook": bot.webhook.url if bot.webhook else "",
        "menu_button": bot.menu_button,
    }


def call_json(call: Call) -> Json:
    """A call without its token, which nobody but its bot should know."""
    shown: Json = {"number": call.number, "at": call.at, "bot": call.bot, "method": call.method}
    return {
        **shown,
        "params": dict(call.params),
        "status": call.status,
        "answer": call.answer,
        "delivered": call.delivered,
    }


def event_json(event: str, facts: Json) -> Json:
    """An event of `World.tell`, its nouns turned into JSON."""
    shown: Json = {"event": event}
    for name, value in facts.items():
        shown |= fact_json(name, value)
    return shown


def fact_json(name: str, value: Any) -> Json:
    match value:
        case Chat():
            bot = value.bot.id if value.bot else None
            return {"chat": value.id, "bot": bot, "reply_keyboard": value.reply_keyboard}
        case Message():
            return {"message": message_json(value)}
        case Tap():
            return {"tap": tap_json(value)}
        case User():
            return {name: user_json(value)}
        case Call():
            return {"call": call_json(value)}
    return {name: value}
