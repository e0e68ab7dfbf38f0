"""Sending: sendMessage and what every send has in common, with its checks in the server's order."""

import json

from bot.sandbox import access, keyboards
from bot.sandbox.args import Json, Params, truth, utf16, whole
from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad
from bot.sandbox.people import Chat, Message, header, quoted
from bot.sandbox.world import Ask

TEXT_LENGTH = 4_096
CAPTION_LENGTH = 1_024


def send_message(ask: Ask) -> Json:
    if not ask.params.get("text"):
        raise bad("message text is empty")
    text, entities = formatted(ask.params, "text")
    envelope = Envelope(ask)
    if not text:
        raise bad("text must be non-empty")
    if len(text) > TEXT_LENGTH:
        raise bad("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    return envelope.send(content)


class Envelope:
    """Where a message goes and what goes with it. Making one does the checks that come before those of the content."""

    __slots__ = ("ask", "chat", "markup", "quote", "reply_to")

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        params = ask.params
        reply = reply_parameters(params) if "reply_parameters" in params or "reply_to_message_id" in params else None
        self.markup = keyboards.parse(params.get("reply_markup"))
        self.chat = access.writable(ask)
        if not self.chat.private and whole(params, "message_thread_id"):
            raise bad("message thread not found")
        self.reply_to = replied(self.chat, reply) if reply else None
        self.quote = quote_of(self.reply_to, reply) if reply and self.reply_to else None

    def send(self, content: Json) -> Json:
        """Past the server, into the chat."""
        ask, world, chat = self.ask, self.ask.world, self.chat
        admitted(ask, chat, self.markup)
        body = header(chat, ask.bot.json(), world.now())
        if self.reply_to:
            body["reply_to_message"] = quoted(self.reply_to)
        if self.quote:
            body["quote"] = self.quote
        body.update(content)
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        elif self.markup:
            chat.reply_keyboard = self.markup if "keyboard" in self.markup else None
        chat.action = ("", 0.0)
        message = world.post(chat, ask.bot.id, body, silent=truth(ask.params, "disable_notification"))
        message.keyboard = self.markup is not None and "inline_keyboard" not in self.markup
        return message.body


def admitted(ask: Ask, chat: Chat, markup: Json | None) -> None:
    """What the server behind the Bot API says to a send or an edit: too fast, not welcome, no such keyboard."""
    ask.world.flood.take(ask.bot.id, chat, ask.world.clock.now())
    if refusal := access.unreachable(chat):
        raise refusal
    if markup:
        keyboards.check(markup, ask.params.get("reply_markup"), ask.world.settings.guesses)


def reply_parameters(params: Params) -> Json:
    text = params.get("reply_parameters")
    if not text:
        lenient = truth(params, "allow_sending_without_reply")
        return {"message_id": whole(params, "reply_to_message_id"), "allow_sending_without_reply": lenient}
    try:
        reply = json.loads(text)
    except ValueError:
        raise bad("can't parse reply parameters JSON object") from None
    if not isinstance(reply, dict):
        raise bad("object expected as reply parameters")
    return reply


def replied(chat: Chat, reply: Json) -> Message | None:
    message = chat.messages.get(reply.get("message_id") or 0)
    if message is None and reply.get("message_id") and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return message


def quote_of(message: Message, reply: Json) -> Json | None:
    """The part of a message that a reply quotes."""
    quote = str(reply.get("quote") or "")
    if quote not in message.text:
        raise bad("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": utf16(message.text[: message.text.index(quote)])} if quote else None
