"""An echo as aiogram's manual begins with, on uvloop. It handles updates side by side by itself."""

import asyncio

import uvloop
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import Message

from tests.bench.orders import BULK, TOKEN, URL, carry_out

tasks: "set[asyncio.Task[None]]" = set()


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def bulk(message: Message, bot: Bot) -> None:
    async def send(chat: int, text: str) -> None:
        while True:
            try:
                await bot.send_message(chat, text, parse_mode="HTML")
                return
            except TelegramRetryAfter as flood:
                await asyncio.sleep(flood.retry_after)

    tasks.add(asyncio.create_task(carry_out(message.text or "", send)))


async def main() -> None:
    dispatcher = Dispatcher()
    dispatcher.message.register(bulk, F.text.startswith(BULK))
    dispatcher.message.register(echo, F.text)
    bot = Bot(TOKEN, AiohttpSession(api=TelegramAPIServer.from_base(URL)))
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    uvloop.run(main())
