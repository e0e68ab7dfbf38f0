"""An echo as python-telegram-bot's manual begins with. `fair`: on uvloop, eight updates side by side.

With more of them its httpx gets slower, not faster.
"""

import asyncio
import sys
from datetime import timedelta

import uvloop
from telegram import Update
from telegram.error import RetryAfter
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.bench.orders import BULK, TOKEN, URL, carry_out


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def bulk(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    async def send(chat: int, text: str) -> None:
        while True:
            try:
                await context.bot.send_message(chat, text, parse_mode="HTML")
                return
            except RetryAfter as flood:
                await asyncio.sleep(seconds(flood.retry_after))

    if update.message and update.message.text:
        context.application.create_task(carry_out(update.message.text, send))


def seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def main(*, fair: bool) -> None:
    builder = Application.builder().token(TOKEN).base_url(f"{URL}/bot").base_file_url(f"{URL}/file/bot")
    if fair:
        asyncio.set_event_loop(uvloop.new_event_loop())
        builder = builder.concurrent_updates(8)
    app = builder.build()
    app.add_handler(MessageHandler(filters.Regex(f"^{BULK}"), bulk))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling(close_loop=False)


if __name__ == "__main__":
    main(fair="fair" in sys.argv)
