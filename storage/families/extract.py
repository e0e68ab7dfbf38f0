"""All that is kept about a chat, table by table, for its person to read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from storage.db.protocol import Tx

Record = Mapping[str, object]

# What each query tells, in its order. What is named `…_at` is a time, and told as UTC.
PARTS: Mapping[str, Sequence[str]] = {
    "person": (
        "language_chosen",
        "language_of_telegram",
        "news",
        "out_of_reach",
        "out_of_reach_at",
        "snoozed",
        "rang_at",
    ),
    "follows": ("number", "own_name", "since_at", "ends_at"),
    "consents": ("given_at", "wording", "language", "withdrawn_at"),
    "posts": ("role", "village", "label", "since_at", "until_at", "last_act_at"),
    "messages": ("kind", "facts", "owed_at", "sent_at", "given_up_at"),
    "questions": ("number", "language", "asked_at", "refused_at"),
    "asked_for_money": ("village", "by", "paid", "told_at"),
    "open_questions": ("number", "what", "asked_of", "asked_at", "answered_at"),
    "lines": ("number", "line", "written_at"),
    "lists": ("from_stage", "to_stage", "village", "made_at", "done"),
    "invitations": ("role", "village", "used_at"),
    "cards": ("number", "message"),
    "updates": ("received_at",),
}


async def of(tx: Tx, chat: int) -> dict[str, object]:
    """What is kept about a chat: each part with its records, none left out. What is kept under a hash has no owner."""
    rows = {
        "person": await tx.all("my_person", chat=chat),
        "follows": await tx.all("my_follows", chat=chat),
        "consents": await tx.all("my_consents", chat=chat),
        "posts": await tx.all("my_posts", chat=chat),
        "messages": await tx.all("my_messages", chat=chat),
        "questions": await tx.all("my_questions", chat=chat),
        "asked_for_money": await tx.all("my_demands", chat=chat),
        "open_questions": await tx.all("my_open_questions", chat=chat),
        "lines": await tx.all("my_lines", chat=chat),
        "lists": await tx.all("my_lists", chat=chat),
        "invitations": await tx.all("my_invitations", chat=chat),
        "cards": await tx.all("my_cards", chat=chat),
        "updates": await tx.all("my_updates", chat=chat),
    }
    return {"chat": chat, **{part: [_record(PARTS[part], row) for row in found] for part, found in rows.items()}}


def _record(names: Sequence[str], row: Sequence[object]) -> Record:
    return {name: _told(name, value) for name, value in zip(names, row, strict=True) if value not in (None, "")}


def _told(name: str, value: object) -> object:
    if name.endswith("_at") and isinstance(value, int):
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="seconds")
    return value


async def affected(tx: Tx, since: int) -> Mapping[str, set[int]]:
    """Whose chats were in the register at some time since then, families and staff; not who was forgotten since."""
    found: dict[str, set[int]] = {"families": set(), "staff": set()}
    for whose, chat in await tx.all("affected", since=since):
        found[whose].add(chat)
    return found
