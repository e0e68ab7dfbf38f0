"""An update as a handler meets it: what somebody sent."""

from typing import Literal, NamedTuple

Kind = Literal[
    "text",
    "command",
    "other",
    "edit",
    "tap",
    "blocked",
    "returned",
    "group",
    "group_joined",
    "group_changed",
    "group_left",
    "group_moved",
]


class Update(NamedTuple):
    """What one person sent from their private chat; or, of kinds that say so, in a `group` (its chat).

    `message` is the id of their message, or of the card whose button they tapped. `text` is what they wrote, if only
    under a picture, or the data of the button. `command` is what stands behind the slash of a text that begins with
    one. `attached` is the kind of a message that is more than text (photo, voice, …). `tap` is the id of the callback
    query. `again`: it may have been answered before. `date` is when Telegram got it (epoch seconds); when a phone
    without signal sent it nobody knows. `file` is the id of a picture, of `size` bytes, perhaps of an `album`.
    `card` is the data of the first button on the card that is answered. `referred` are the receipt numbers in what is
    answered, quoted or linked to by words that have none of their own.
    Of a group that moved `text` is its new chat. Who wrote in the name of a group or channel is unknown: then `chat` is
    the group as well.
    """

    kind: Kind
    chat: int
    language_code: str | None = None
    message: int = 0
    text: str = ""
    command: str = ""
    attached: str = ""
    tap: str = ""
    again: bool = False
    date: int = 0
    file: str = ""
    size: int = 0
    album: str = ""
    card: str = ""
    group: int = 0
    referred: str = ""

    @property
    def arguments(self) -> str:
        """What follows the command; the whole text if there is none."""
        return self.text[len(self.command) + 1 :].lstrip() if self.command else self.text

    @property
    def is_unsigned(self) -> bool:
        """True if it does not say who wrote it."""
        return self.chat == self.group

    @property
    def sought(self) -> str:
        """Where its receipt numbers stand: in what was written, or else in what that refers to."""
        return self.referred or self.arguments

    def names(self, bot_name: str) -> str:
        """The command in small letters; nothing if it is meant for another bot."""
        name, _, bot = self.command.lower().partition("@")
        return name if bot in ("", bot_name.lower()) else ""
