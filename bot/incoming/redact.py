"""What of an update is kept (no names, no pictures, no sixteen digits), and how a handler gets it."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.incoming import attached, in_groups
from handlers import callbacks
from handlers.update import Kind, Update
from storage.masking.asides import left_out
from storage.numbers import NIK_LENGTH, STRUCK, doubtful, find, mask
from storage.records import StoredUpdate
from storage.road import tails

Json = dict[str, Any]

BIGGEST = 2**63  # what both databases can hold
LATEST = 2**33  # seconds: the year 2242, and datetime can still count it
LONGEST_ID = 64  # characters of a tap's id
# The first that fits counts: an animation is a document too, a venue a location.
OTHER_THAN_TEXT = (
    "live_photo photo voice audio video video_note animation sticker document paid_media contact venue location poll "
    "checklist rich_message dice game story invoice giveaway giveaway_winners gift unique_gift users_shared "
    "chat_shared web_app_data".split()
)
MORE = re.compile(rf'{STRUCK}|"was":"(?:photo|document)"')  # in a body: more of it may be kept
GLUED = re.compile(r"[A-Za-z]+(?=_?\d+$)")  # a command with digits right behind it
IMAGES = ("image/jpeg", "image/png", "image/webp")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{2,4}|\d{3})){,2}")  # "id", "pt-br", "es-419"
LONGEST_FILE = 256  # characters of the id of a file
Filed = Collection[str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """An update of which more may be kept than of anybody's, as it came: receipt numbers and last digits that may be
    among the digits that were struck out, and where Telegram has a picture.
    """

    person: int
    update: Any
    numbers: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    picture: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer of getUpdates: what to keep, what nobody can read (id and kind of error), and where to go on.

    `doubts`, by update id, are for the recorder, who can ask which numbers are filed. They must not be stored.
    """

    arrivals: tuple[StoredUpdate, ...]
    poison: tuple[tuple[int, str], ...]
    offset: int | None
    doubts: Mapping[int, Doubt] = field(default_factory=dict)


def read(updates: Sequence[object], offset: int | None) -> Batch:
    """Read each update by itself. `offset` is the one they were asked for with."""
    arrivals: dict[int, StoredUpdate] = {}
    poison: list[tuple[int, str]] = []
    doubts: dict[int, Doubt] = {}
    ids = []
    for update in updates:
        id = update.get("update_id") if isinstance(update, dict) else None
        if type(id) is not int or not 0 <= id < BIGGEST:
            continue
        ids.append(id)
        try:
            if kept := arrival(update):
                arrivals[id] = kept
                if MORE.search(kept.body) and (doubt := _doubt(kept, update)):
                    doubts[id] = doubt
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one update, its neighbours go on
            poison.append((id, type(error).__name__))
    if ids:
        offset = max(ids) + 1
    elif updates and offset:
        # A batch without a single id would come for ever. One step passes it and can skip nothing: ids only grow.
        offset += 1
    return Batch(tuple(arrivals.values()), tuple(poison), offset, doubts)


def _doubt(kept: StoredUpdate, update: Any) -> Doubt | None:
    message: Json = update.get("message") or update.get("edited_message") or {}
    picture = _picture(message)
    if STRUCK not in kept.body:
        return Doubt(kept.person, update, picture=picture) if picture else None
    text = message.get("text") or message.get("caption") or ""
    numbers, ends = doubtful(text), tails.tails(text)
    return Doubt(kept.person, update, numbers, ends, picture) if numbers or ends or picture else None


def update_of(body: str) -> Update:
    """The update in a body of the inbox. Raises ValueError or KeyError for a body that was not made here."""
    fields = json.loads(body)
    (kind,) = fields.keys() & {"callback_query", "my_chat_member", "edited_message", "message"}
    fact = fields[kind]
    sender = fact["from"]["id"], fact["from"].get("language_code")
    if group := fact.get("group"):
        return Update(group["kind"], *sender, text=group["text"], command=group["command"], group=group["chat"])
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
    if glued := GLUED.match(command):
        command = glued[0]
    written: Kind = "command" if command else "text" if text else "other"
    said = "edit" if kind == "edited_message" else written
    picture = fact.get("file", {})
    return Update(
        said, *sender, fact["message_id"], text, command, fact.get("was", ""), date=fact.get("date", 0),
        file=picture.get("id", ""), size=picture.get("size", 0), album=picture.get("album", ""),
        card=fact.get("card", ""), referred=fact.get("referred", ""),
    )  # fmt: skip


def arrival(update: Any, filed: Filed = ()) -> StoredUpdate | None:
    """What is kept of one update, None if it is nothing to us. Raises whatever its shape provokes.

    Of digits that may hold a NIK those are kept that are a number that is `filed`, or the last digits of one.
    """
    for kind, keep in KEEP.items():
        if kind in update:
            kept = keep(update[kind], filed)
            id = _whole(update["update_id"])
            return StoredUpdate(id, kept["from"]["id"], _compact({"update_id": id, kind: kept})) if kept else None
    return None


def _message(message: Json, filed: Filed) -> Json | None:
    if not _is_private(message):
        said = None if "edit_date" in message else in_groups.command_or_move(message)  # what is mended acts on nothing
        return _in_group(message, *said) if said else None
    if (content := _content(message, filed)) is None:
        return None
    edited = {"edit_date": _whole(message["edit_date"], 0, LATEST)} if "edit_date" in message else {}
    card = _card(message) if "reply_to_message" in message and content.get("text") else {}
    return {**_place(message), **edited, "from": _person(message["from"]), **content, **card}


def _content(message: Json, filed: Filed) -> Json | None:
    if "text" in message:
        return _words(message, "text", "entities", filed)
    was = next((kind for kind in OTHER_THAN_TEXT if kind in message), "")
    if "caption" in message:
        written = _words(message, "caption", "caption_entities", filed)
        return {"was": was or "file", **written}
    if not was and not attached.is_unheard_of(message):
        return None
    digits = attached.digits(message)
    return {"was": was or "other", **({"text": digits} if digits else {})}


def _card(message: Json) -> Json:
    """Which card of ours is answered: the data of its first button. Nothing if it has none, or is of an odd shape."""
    try:
        rows = message["reply_to_message"]["reply_markup"]["inline_keyboard"]
        return {"card": next(filter(None, (_known(one.get("callback_data", "")) for row in rows for one in row)))}
    except (LookupError, TypeError, AttributeError, StopIteration):
        return {}


def _known(data: Any) -> str:
    """The data of a button of ours; of any other nothing is kept."""
    try:
        callbacks.parse(data)
    except callbacks.Unreadable:
        return ""
    return ":".join(mask(part) if len(part) >= NIK_LENGTH else part for part in data.split(":"))


def _picture(message: Json) -> Json:
    """Where Telegram has a picture, for the codes on it: not the picture. Nothing if it is none, or of an odd shape."""
    try:
        found = message["photo"][-1] if "photo" in message else message["document"]
        if "photo" not in message and found["mime_type"] not in IMAGES:
            return {}
        id, album = found["file_id"], message.get("media_group_id", "")
        if isinstance(id, str) and isinstance(album, str) and max(len(id), len(album)) <= LONGEST_FILE:
            return {"id": id, "size": _whole(found.get("file_size", 0)), "album": album}
    except (LookupError, TypeError, ValueError, AttributeError):
        pass
    return {}


def with_picture(kept: StoredUpdate, picture: Json) -> StoredUpdate:
    """The same with where Telegram has its picture. That is gone with the update, once it is answered."""
    body = json.loads(kept.body)
    (kind,) = body.keys() & {"message", "edited_message"}
    return kept._replace(body=_compact({**body, kind: {**body[kind], "file": picture}}))


def _words(message: Json, words: str, entities: str, filed: Filed) -> Json:
    """What was written, and of its entities the command it begins with: the only one whose place no mask can shift."""
    masked = tails.kept(message[words], filed) if filed else mask(message[words])
    said: Json = {words: masked}
    has_more = not attached.PARTS.isdisjoint(message) or "text_link" in str(message.get(entities))
    if has_more and not find(left_out(masked)).is_meant and (referred := attached.digits(message)):
        said["referred"] = referred
    found = (e for e in message.get(entities, ()) if e["type"] == "bot_command" and e["offset"] == 0)
    command = next(found, None)
    if command is not None:
        said[entities] = [{"length": min(_whole(command["length"]), len(masked))}]
    return said


def _tap(tap: Json, _filed: Filed) -> Json | None:
    message, id = tap.get("message"), tap["id"]
    if "data" not in tap or tap["from"]["is_bot"] or not (message and message["chat"]["type"] == "private"):
        return None
    if not isinstance(id, str) or len(id) > LONGEST_ID:
        raise ValueError
    data = ":".join(mask(part) if len(part) >= NIK_LENGTH else part for part in tap["data"].split(":"))
    try:
        callbacks.parse(tap["data"])
    except callbacks.Unreadable:
        data = ""  # no button of ours: it is answered as one that is too old, and nothing else of it is kept
    return {"id": id, "from": _person(tap["from"]), "data": data, "message": _place(message)}


def _membership(change: Json, _filed: Filed) -> Json | None:
    status = change["new_chat_member"]["status"]
    if change["chat"]["type"] in in_groups.GROUPS and "from" in change:
        return _in_group(change, in_groups.change_of(change))
    if not _is_private(change) or status not in MEMBERS:
        return None
    return {"from": _person(change["from"]), "new_chat_member": {"status": status}}


def _in_group(fact: Json, kind: Kind, text: str = "", command: str = "") -> Json:
    text = str(_whole(int(text))) if kind == "group_moved" else text
    group = {"chat": _whole(fact["chat"]["id"]), "kind": kind, "text": text, "command": command}
    # What is unsigned has one of Telegram's own bots for its sender, the same in every group.
    sender = {"id": group["chat"]} if in_groups.is_unsigned(fact) else _person(fact["from"])
    return {"from": sender, "group": group}


def _is_private(fact: Json) -> bool:
    return fact["chat"]["type"] == "private" and "from" in fact and not fact["from"]["is_bot"]


def _place(message: Json) -> Json:
    return {"message_id": _whole(message["message_id"]), "date": _whole(message["date"], 0, LATEST)}


def _person(user: Json) -> Json:
    code = user.get("language_code")
    spoken = {"language_code": code} if isinstance(code, str) and LANGUAGE.fullmatch(code) else {}
    return {"id": _whole(user["id"]), **spoken}


def _whole(value: object, least: int = -BIGGEST, beyond: int = BIGGEST) -> int:
    """A whole number that both databases can hold. Raises ValueError."""
    if type(value) is not int or not least <= value < beyond:
        raise ValueError
    return value


_compact = json.JSONEncoder(separators=(",", ":")).encode


MEMBERS = ("member", "kicked")  # in a private chat: the person has the bot, or has blocked it
KEEP: Mapping[str, Callable[[Json, Filed], Json | None]] = {
    "message": _message,
    "edited_message": _message,
    "callback_query": _tap,
    "my_chat_member": _membership,
}
ALLOWED_UPDATES = tuple(KEEP)
