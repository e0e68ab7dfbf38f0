"""An aiogram bot as its manual says: polling, or a webhook when WEBHOOK_PORT is set."""

import asyncio
import os

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

TOKEN, API, SECRET = os.environ["TOKEN"], os.environ["API"], "a-secret_1"
dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def start(message: Message, command: CommandObject):
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Tap", callback_data="tap")]])
    await message.answer(f"<b>Halo</b> {command.args}", reply_markup=keyboard)


@dispatcher.callback_query()
async def tapped(query: CallbackQuery):
    await query.answer("Baik.", show_alert=True)
    await query.message.edit_text("edited")


@dispatcher.message(F.photo)
async def photo(message: Message, bot: Bot):
    content = await bot.download(message.photo[-1])
    await message.answer(f"{len(content.read())} bytes")


@dispatcher.message(F.text)
async def anything(message: Message):
    await message.answer_document(BufferedInputFile(message.text.encode(), "a.txt"), caption="caption")


async def polling(bot: Bot):
    await dispatcher.start_polling(bot)


def webhook(bot: Bot, port: int):
    async def hook() -> None:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET)

    dispatcher.startup.register(hook)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


bot = Bot(TOKEN, AiohttpSession(api=TelegramAPIServer.from_base(API)), DefaultBotProperties(parse_mode="HTML"))
if port := os.environ.get("WEBHOOK_PORT"):
    webhook(bot, int(port))
else:
    asyncio.run(polling(bot))
