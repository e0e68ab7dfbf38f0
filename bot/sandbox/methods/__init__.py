"""The table of methods this Telegram knows, by their lower-case names."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.methods import callbacks, chats, edits, media, messages, polling, profile, webhooks
from bot.sandbox.world import Ask

Method = Callable[[Ask], Any]
Waiting = Callable[[Ask], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getme": chats.get_me,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "leavechat": chats.leave_chat,
    "sendchataction": chats.send_chat_action,
    "pinchatmessage": chats.pin_chat_message,
    "unpinchatmessage": chats.unpin_chat_message,
    "setchatmenubutton": chats.set_chat_menu_button,
    "getchatmenubutton": chats.get_chat_menu_button,
    "close": chats.close,
    "logout": chats.log_out,
    "sendmessage": messages.send_message,
    "sendphoto": media.send_photo,
    "senddocument": media.send_document,
    "sendvoice": media.send_voice,
    "getfile": media.get_file,
    "editmessagetext": edits.edit_message_text,
    "editmessagecaption": edits.edit_message_caption,
    "editmessagereplymarkup": edits.edit_message_reply_markup,
    "deletemessage": edits.delete_message,
    "deletemessages": edits.delete_messages,
    "answercallbackquery": callbacks.answer_callback_query,
    "getwebhookinfo": webhooks.get_webhook_info,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": profile.set_my_name,
    "getmyname": profile.get_my_name,
    "setmydescription": profile.set_my_description,
    "getmydescription": profile.get_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "getmyshortdescription": profile.get_my_short_description,
}

WAITING: dict[str, Waiting] = {
    "getupdates": polling.get_updates,
    "setwebhook": webhooks.set_webhook,
    "deletewebhook": webhooks.delete_webhook,
}
