"""An update as a handler meets it: what somebody sent, read from the body that the inbox keeps."""

import json
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "command", "other", "edit", "tap", "blocked", "returned"]


@dataclass(frozen=True, slots=True)
class Update:
    """What one person sent from their private chat.

    `message` is the id of their message, or of the card whose button they tapped. `text` is what they wrote, the data
    of the button, or the kind of a message without text (photo, voice, …). `command` is what stands behind the slash of
    a text that begins with one. `tap` is the id of the callback query.
    """

    kind: Kind
    chat: int
    language_code: str | None = None
    message: int = 0
    text: str = ""
    command: str = ""
    tap: str = ""

    @property
    def rest(self) -> str:
        """What follows the command."""
        return re.sub(r"^\S+\s*", "", self.text, count=1)

    def names(self, bot_name: str) -> str:
        """The command in small letters; nothing if it is meant for another bot."""
        name, _, bot = self.command.lower().partition("@")
        return name if bot in ("", bot_name.lower()) else ""


def read(body: str) -> Update:
    """The update in a body of the inbox. Raises ValueError or KeyError for a body that no recorder of ours wrote."""
    fields = json.loads(body)
    (kind,) = fields.keys() & {"callback_query", "my_chat_member", "edited_message", "message"}
    fact = fields[kind]
    sender = fact["from"]["id"], fact["from"].get("language_code")
    match kind:
        case "callback_query":
            return Update("tap", *sender, fact["message"]["message_id"], fact["data"], tap=fact["id"])
        case "my_chat_member":
            is_member = fact["new_chat_member"]["status"] == "member"
            return Update("returned" if is_member else "blocked", *sender)
        case "edited_message":
            return Update("edit", *sender, fact["message_id"], fact.get("text", ""))
    if "text" not in fact:
        return Update("other", *sender, fact["message_id"], fact["was"])
    for command in fact.get("entities", ()):  # of all entities only the command at the beginning is kept
        return Update("command", *sender, fact["message_id"], fact["text"], fact["text"][1 : command["length"]])
    return Update("text", *sender, fact["message_id"], fact["text"])
