"""The parts of an update that are kept of every kind: whole numbers, who sent it, where it stands."""

from typing import Any

Json = dict[str, Any]

BIGGEST = 2**63  # what both databases can hold
LATEST = 2**33  # seconds: the year 2242, and datetime can still count it


def place(message: Json) -> Json:
    return {
        "message_id": whole(message["message_id"]),
        "date": whole(message["date"], 0, LATEST),
        "chat": {"id": whole(message["chat"]["id"]), "type": "private"},
    }


def person(user: Json) -> Json:
    code = user.get("language_code")
    # It goes into a column of its own, and no database holds half an emoji; PostgreSQL no NUL either.
    is_kept = isinstance(code, str) and code.isascii() and code.isprintable()
    spoken = {"language_code": str(code)[:16]} if is_kept else {}
    return {"id": whole(user["id"]), "is_bot": False, "first_name": "", **spoken}


def whole(value: object, least: int = -BIGGEST, beyond: int = BIGGEST) -> int:
    """A whole number that both databases can hold. Raises ValueError."""
    if type(value) is not int or not least <= value < beyond:
        raise ValueError
    return value
