"""What of a group chat is kept: which command of a bot, a village behind the one that asks for it, and that the group
has moved, or we came or went. No number, and nothing that people say to each other.
"""

import re

from bot.incoming.pieces import Json, person, whole
from handlers.update import Kind

GROUPS = ("group", "supergroup")
COMMAND = re.compile(r"/(\w{1,32}(?:@\w{1,32})?)(?:\s+(.*))?", re.DOTALL)
ASKS = ("desa", "village")  # which village's group it is
NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")  # what may be the name of a village


def command_or_move(message: Json) -> Json | None:
    """Of a message in a group what is kept, None if nothing is."""
    if message["chat"]["type"] not in GROUPS or "from" not in message or message["from"]["is_bot"]:
        return None
    if "migrate_to_chat_id" in message:
        return told(message, "group_moved", str(whole(message["migrate_to_chat_id"])))
    found = COMMAND.fullmatch(message.get("text", ""))
    if found is None:
        return None
    command, behind = found[1], (found[2] or "").strip()
    is_village = command.partition("@")[0].lower() in ASKS and NAME.fullmatch(behind)
    return told(message, "group", f"/{command} {behind}" if is_village else f"/{command}", command)


def told(fact: Json, kind: Kind, text: str = "", command: str = "") -> Json:
    """What is kept, in its group."""
    group = {"chat": whole(fact["chat"]["id"]), "kind": kind, "text": text, "command": command}
    return {"from": person(fact["from"]), "group": group}
