"""A python-telegram-bot bot as its manual says: polling, or a webhook when WEBHOOK_PORT is set."""

import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

TOKEN, API = os.environ["TOKEN"], os.environ["API"]


async def start(update, context):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Tap", callback_data="tap")]])
    await update.message.reply_html(f"<b>Halo</b> {context.args[0]}", reply_markup=keyboard)


async def tapped(update, _context):
    await update.callback_query.answer("Baik.", show_alert=True)
    await update.callback_query.edit_message_text("edited")


async def photo(update, _context):
    file = await update.message.photo[-1].get_file()
    await update.message.reply_text(f"{len(await file.download_as_bytearray())} bytes")


async def anything(update, _context):
    await update.message.reply_document(update.message.text.encode(), filename="a.txt", caption="caption")


app = ApplicationBuilder().token(TOKEN).base_url(f"{API}/bot").base_file_url(f"{API}/file/bot").build()
app.add_handler(CommandHandler("start", start))
app.add_handler(CallbackQueryHandler(tapped))
app.add_handler(MessageHandler(filters.PHOTO, photo))
app.add_handler(MessageHandler(filters.TEXT, anything))

if port := os.environ.get("WEBHOOK_PORT"):
    url = f"http://127.0.0.1:{port}/hook"
    app.run_webhook("127.0.0.1", int(port), "hook", webhook_url=url, secret_token="a-secret_1")  # a test's
else:
    app.run_polling()
