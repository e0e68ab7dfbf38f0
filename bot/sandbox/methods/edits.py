"""Changing and removing what was sent."""

import json

from bot.sandbox import access, keyboards
from bot.sandbox.args import Json, Params
from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad
from bot.sandbox.methods.messages import CAPTION_LENGTH, TEXT_LENGTH, admitted
from bot.sandbox.people import Bot, Chat, Message
from bot.sandbox.world import Ask

IDS_MOST = 100
DELETABLE_SECONDS = 48 * 3_600


def edit_message_text(ask: Ask) -> Json:
    if not ask.params.get("text"):
        raise bad("message text is empty")
    text, entities = formatted(ask.params, "text")
    edit = Edit(ask)
    if "text" not in edit.message.body:
        raise bad("there is no text in the message to edit")
    if not text:
        raise bad("text must be non-empty")
    if len(text) > TEXT_LENGTH:
        raise bad("MESSAGE_TOO_LONG")
    return edit.apply({"text": text, "entities": entities})


def edit_message_caption(ask: Ask) -> Json:
    caption, entities = formatted(ask.params, "caption", entities_name="caption_entities")
    edit = Edit(ask)
    if not {"photo", "document", "voice"} & edit.message.body.keys():
        raise bad("there is no caption in the message to edit")
    if len(caption) > CAPTION_LENGTH:
        raise bad("MEDIA_CAPTION_TOO_LONG")
    return edit.apply({"caption": caption, "caption_entities": entities})


def edit_message_reply_markup(ask: Ask) -> Json:
    return Edit(ask).apply({})


class Edit:
    """A message about to change. Making one does the checks up to whether it may be edited at all."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        markup = keyboards.parse(ask.params.get("reply_markup"))
        self.chat, self.message = target(ask)
        if self.message.author != ask.bot.id or self.message.keyboard:
            raise bad("message can't be edited")
        self.markup = keyboards.inline_only(markup)

    def apply(self, parts: Json) -> Json:
        """Past the server, into the chat, unless nothing would change."""
        ask, old = self.ask, self.message.body
        guesses = ask.world.settings.guesses
        if self.chat.blocked and not guesses.blocked_refuses_edits:
            ask.world.flood.take(ask.bot.id, self.chat, ask.world.clock.now())
        else:
            admitted(ask, self.chat, self.markup)
        new = {
            name: value
            for name, value in old.items()
            if name not in parts and name not in ("reply_markup", "edit_date")
        }
        new.update((name, value) for name, value in parts.items() if value)
        markup = self.markup
        if "reply_markup" not in ask.params and not guesses.edit_without_markup_removes_it:
            markup = old.get("reply_markup")
        if markup:
            new["reply_markup"] = markup
        if new == {name: value for name, value in old.items() if name != "edit_date"}:
            raise bad("MESSAGE_NOT_MODIFIED")
        new["edit_date"] = ask.world.now()
        ask.world.replace(self.chat, self.message, new)
        return new


def target(ask: Ask) -> tuple[Chat, Message]:
    id_ = access.message_id(ask.params)
    if not ask.params.get("chat_id") and not id_:
        if ask.params.get("inline_message_id"):
            raise bad("MESSAGE_ID_INVALID")  # the sandbox has no inline mode, so it knows no such message
        raise bad("message identifier is not specified")
    chat = access.writable(ask)
    return chat, access.message_in(chat, id_, "message to edit")


def delete_message(ask: Ask) -> bool:
    if not ask.params.get("chat_id"):
        raise bad("chat identifier is not specified")
    id_ = access.message_id(ask.params)
    if not id_:
        raise bad("message identifier is not specified")
    chat = access.writable(ask)
    message = access.message_in(chat, id_, "message to delete")
    if message.body["date"] < ask.world.now() - DELETABLE_SECONDS:
        everyone = "" if chat.type in ("supergroup", "channel") else " for everyone"
        raise bad(f"message can't be deleted{everyone}")
    if not may_delete(ask.bot, chat, message):
        raise bad("MESSAGE_DELETE_FORBIDDEN")
    ask.world.remove(chat, id_)
    return True


def may_delete(bot: Bot, chat: Chat, message: Message) -> bool:
    return chat.private or message.author == bot.id or chat.members.get(bot.id) in {"administrator", "creator"}


def delete_messages(ask: Ask) -> bool:
    if not ask.params.get("chat_id"):
        raise bad("chat identifier is not specified")
    ids = message_ids(ask.params)
    chat = access.writable(ask)
    for id_ in ids:
        message = chat.messages.get(id_)
        if message and may_delete(ask.bot, chat, message):
            ask.world.remove(chat, id_)
    return True


def message_ids(params: Params) -> list[int]:
    try:
        ids = json.loads(params.get("message_ids") or "[]")
    except ValueError:
        raise bad("can't parse message identifiers JSON object") from None
    if not isinstance(ids, list):
        raise bad("expected an Array of message identifiers")
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > IDS_MOST:
        raise bad("too many message identifiers specified")
    return [int(id_) for id_ in ids if isinstance(id_, int | str) and str(id_).isdigit()]
