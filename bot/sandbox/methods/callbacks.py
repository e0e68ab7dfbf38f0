"""Answers to taps on inline buttons."""

from bot.sandbox.args import truth
from bot.sandbox.errors import bad
from bot.sandbox.people import Toast
from bot.sandbox.world import Ask

TOAST_LENGTH = 200


def answer_callback_query(ask: Ask) -> bool:
    tap = ask.bot.taps.get(ask.params.get("callback_query_id", ""))
    if tap is None or ask.world.clock.now() - tap.at > ask.world.settings.guesses.callback_answer_seconds:
        raise bad("QUERY_ID_INVALID")
    text = ask.params.get("text", "")
    if len(text) > TOAST_LENGTH:
        raise bad("MESSAGE_TOO_LONG")
    tap.answer = Toast(text, truth(ask.params, "show_alert"), ask.params.get("url", ""))
    del ask.bot.taps[tap.id]
    if text or tap.answer.url:
        tap.chat.toasts.setdefault(tap.person.id, []).append(tap.answer)
    ask.world.tell("toast", chat=tap.chat, tap=tap)
    return True
