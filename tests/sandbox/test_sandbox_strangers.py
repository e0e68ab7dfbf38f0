"""A plain python-telegram-bot bot, written as its manual says, runs against the sandbox unchanged."""

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.sandbox.server import serve
from tests.sandbox.stage import JPEG, TOKEN

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Tap", callback_data="tap")]])


async def start(update, context):
    await update.message.reply_html(f"<b>Halo</b> {context.args[0]}", reply_markup=KEYBOARD)


async def tapped(update, _context):
    await update.callback_query.answer("Baik.", show_alert=True)
    await update.callback_query.edit_message_text("edited")


async def photo(update, _context):
    file = await update.message.photo[-1].get_file()
    await update.message.reply_text(f"{len(await file.download_as_bytearray())} bytes")


async def anything(update, _context):
    await update.message.reply_document(update.message.text.encode(), filename="a.txt", caption="caption")


HANDLERS = [
    CommandHandler("start", start),
    CallbackQueryHandler(tapped),
    MessageHandler(filters.PHOTO, photo),
    MessageHandler(filters.TEXT, anything),
]


async def test_a_plain_ptb_bot_polls_answers_edits_and_sends_files(stage):
    window = stage.window
    window.start("563185915492")
    async with asyncio.timeout(20), await serve(stage.sandbox, 0, 0) as runner:
        urls = ApplicationBuilder().token(TOKEN).base_url(f"{runner.url}/bot").base_file_url(f"{runner.url}/file/bot")
        async with urls.build() as app:
            app.add_handlers(HANDLERS)
            await stage.call("getUpdates", offset=stage.bot.queue.next_id - 1)  # the bare /start of the stage
            assert app.updater
            await app.start()
            await app.updater.start_polling()
            await stage.sandbox.until(lambda: [seen.text for seen in window.heard] == ["Halo 563185915492"])
            tap = window.tap("Tap")
            await stage.sandbox.until(lambda: window.heard[0].text == "edited" and tap.answer is not None)
            window.say("halo")
            await stage.sandbox.until(lambda: window.heard[-1].file is not None)
            window.photo(JPEG)
            await stage.sandbox.until(lambda: window.heard[-1].text == f"{len(JPEG)} bytes")
            await app.updater.stop()
            await app.stop()
    assert (window.alert, window.toasts[0].alert) == ("Baik.", True)
