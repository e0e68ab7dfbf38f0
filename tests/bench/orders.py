"""What the rivals' bots are told to send in bulk, by a message; and where they find their Telegram."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

URL, TOKEN = os.environ.get("API_URL", ""), os.environ.get("TOKEN", "")
BULK = "/bulk"
Send = Callable[[int, str], Awaitable[Any]]


async def carry_out(order: str, send: Send) -> None:
    """`/bulk {"at_once": …, "chats": […], "each": …, "text": …}`: so many to each chat, so many under way at most."""
    asked = json.loads(order.removeprefix(BULK))
    letters = iter([(chat, asked["text"].format(n)) for n in range(asked["each"]) for chat in asked["chats"]])

    async def work() -> None:
        for chat, text in letters:
            await send(chat, text)

    await asyncio.gather(*(work() for _ in range(asked["at_once"])))
