"""What of a group chat is kept: which command of a bot, a village behind the one that asks for it, and that the group
has moved, or we came or went. No number, and nothing that people say to each other.
"""

import re
from typing import Any

from handlers.update import Kind
from storage.numbers import LENGTH, digits_of, mask

GROUPS = ("group", "supergroup")
COMMAND = re.compile(r"/(\w{1,32}(?:@\w{1,32})?)(?:\s+(.*))?", re.DOTALL)
ASKS = ("desa", "village")  # which village's group it is
NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")  # what may be the name of a village


def change_of(change: dict[str, Any]) -> Kind:
    """What has become of us in a group: we were taken in, are out, or may do other things there than before."""
    if not _is_in(change["new_chat_member"]):
        return "group_left"
    return "group_changed" if _is_in(change.get("old_chat_member", {})) else "group_joined"


def _is_in(member: dict[str, Any]) -> bool:
    status = member.get("status", "left")
    return bool(member.get("is_member", True)) if status == "restricted" else status not in ("left", "kicked")


def is_unsigned(message: dict[str, Any]) -> bool:
    """True for what is written in the name of a chat: as an administrator who stays anonymous, or as a channel."""
    return "sender_chat" in message


def command_or_move(message: dict[str, Any]) -> tuple[Kind, str, str] | None:
    """Of a message in a group the kind, the text and the command that are kept, None if nothing is."""
    if message["chat"]["type"] not in GROUPS or "from" not in message:
        return None
    if message["from"]["is_bot"] and not is_unsigned(message):
        return None
    if "migrate_to_chat_id" in message:
        return "group_moved", f"{message['migrate_to_chat_id']:d}", ""
    found = COMMAND.fullmatch(message.get("text", ""))
    if found is None:
        return None
    command, behind = found[1], (found[2] or "").strip()
    if len(digits_of(command)) >= LENGTH or mask(command) != command:  # a number or a NIK behind a slash, or an @
        return None
    is_village = command.partition("@")[0].lower() in ASKS and NAME.fullmatch(behind) and mask(behind) == behind
    return "group", f"/{command} {behind}" if is_village else f"/{command}", command
