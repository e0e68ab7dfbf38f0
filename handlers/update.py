"""An update as a handler meets it: what somebody sent, read from the body that the inbox keeps."""

import json
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "command", "other", "edit", "tap", "blocked", "returned"]


@dataclass(frozen=True, slots=True)
class Update:
    """What one person sent from their private chat.

    `message` is the id of their message, or of the card whose button they tapped. `text` is what they wrote, if only
    under a picture, or the data of the button. `command` is what stands behind the slash of a text that begins with
    one. `attached` is the kind of a message that is more than text (photo, voice, …). `tap` is the id of the callback
    query.
    """

    kind: Kind
    chat: int
    language_code: str | None = None
    message: int = 0
    text: str = ""
    command: str = ""
    attached: str = ""
    tap: str = ""

    @property
    def arguments(self) -> str:
        """What follows the command; the whole text if there is none."""
        return self.text[len(self.command) + 1 :].lstrip() if self.command else self.text

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
    text = fact.get("text", fact.get("caption", ""))
    entities = fact.get("entities", fact.get("caption_entities", ()))
    # Of all entities only the command at the beginning is kept.
    command = text[1 : entities[0]["length"]] if entities else ""
    written: Kind = "command" if command else "text" if text else "other"
    said = "edit" if kind == "edited_message" else written
    return Update(said, *sender, fact["message_id"], text, command, fact.get("was", ""))
