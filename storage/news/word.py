"""A word that several people get, each in a message of their own."""

from collections.abc import Iterable, Mapping
from typing import Any

from storage import outbox
from storage.db.protocol import Tx


async def owe(tx: Tx, kind: str, key: str, chats: Iterable[int], facts: Mapping[str, Any], now: int) -> None:
    """Owe it to these chats, from now on; under the same key each hears it once."""
    dues = [outbox.Due(f"{key}:{chat}", chat, kind, outbox.NOTICE, now, facts=facts) for chat in chats]
    await outbox.owe(tx, dues, now)
