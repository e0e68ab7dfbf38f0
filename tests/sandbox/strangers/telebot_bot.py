"""A pyTelegramBotAPI bot as its manual says: polling, or a webhook when WEBHOOK_PORT is set."""

import asyncio
import os
from io import BytesIO

from aiohttp import web
from telebot import asyncio_helper, types
from telebot.async_telebot import AsyncTeleBot

TOKEN, API, SECRET = os.environ["TOKEN"], os.environ["API"], "a-secret_1"
asyncio_helper.API_URL = API + "/bot{0}/{1}"
asyncio_helper.FILE_URL = API + "/file/bot{0}/{1}"
bot = AsyncTeleBot(TOKEN, parse_mode="HTML")


@bot.message_handler(commands=["start"])
async def start(message):
    keyboard = types.InlineKeyboardMarkup([[types.InlineKeyboardButton("Tap", callback_data="tap")]])
    await bot.send_message(message.chat.id, f"<b>Halo</b> {message.text.split()[1]}", reply_markup=keyboard)


@bot.callback_query_handler(func=lambda _query: True)
async def tapped(query):
    await bot.answer_callback_query(query.id, "Baik.", show_alert=True)
    await bot.edit_message_text("edited", query.message.chat.id, query.message.message_id)


@bot.message_handler(content_types=["photo"])
async def photo(message):
    file = await bot.get_file(message.photo[-1].file_id)
    content = await bot.download_file(file.file_path)
    await bot.send_message(message.chat.id, f"{len(content)} bytes")


@bot.message_handler(content_types=["text"])
async def anything(message):
    file = types.InputFile(BytesIO(message.text.encode()), file_name="a.txt")
    await bot.send_document(message.chat.id, file, caption="caption")


async def take(request):
    if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
        return web.Response(status=403)
    await bot.process_new_updates([types.Update.de_json(await request.json())])
    return web.Response()


async def hooked(port: int):
    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET)
    await asyncio.Event().wait()


if port := os.environ.get("WEBHOOK_PORT"):
    asyncio.run(hooked(int(port)))
else:
    asyncio.run(bot.infinity_polling())
