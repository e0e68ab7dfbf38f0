"""Every polite no, in words: what is wrong, and what to do next."""

from typing import Any

from handlers.reply import Screen
from handlers.wording.layout import page
from locales import Words, dates
from storage.numbers import EXAMPLE, grouped


def refusal(key: str, args: dict[str, Any], t: Words, now: int) -> str:
    """The sentence for a refusal. Raises KeyError for a key that has none."""
    simple = {
        "format": t("A receipt number has 12 digits, for example {example}.", example=grouped(EXAMPLE)),
        "nik": t("Do not send a NIK. We did not store your message. Send only the receipt number (12 digits)."),
        "photo": t("Please send no photos or files; we did not store it. Send the receipt number (12 digits)."),
        "words_only": t("Please send the receipt number (12 digits) as text, or /bantuan for help."),
        "too_long": t("One message may hold up to 10 numbers. Please send them in several messages."),
        "command": t("We do not know this command. Please see /bantuan."),
        "not_staff": t("This is for officers. If you are one, ask the head of the district for a link."),
        "not_yours": t("This is not your task."),
        "too_late": t("Too late to take it back: people have been told. Please tell the district desk."),
        "link": t("This link has been used or is too old. Please ask for a new one."),
        "last_head": t("The last head cannot be dismissed. Invite another head first."),
        "choose": t("Choose at least one document first."),
        "changed": t("This has changed. Here is the latest."),
        "old_button": t("This button is too old. Please send the number again, or see /bantuan."),
        "sorry": t("Something went wrong here; it has been noted. Please try again later."),
        "find": t("Please send /cari with the last 3 to 12 digits, for example /cari 5492."),
    }
    return simple[key] if key in simple else _with_places(key, args, t, now)


def _with_places(key: str, args: dict[str, Any], t: Words, now: int) -> str:
    if key == "typo":
        return t("{number}: one digit looks wrong. Please check again.", number=grouped(args["number"]))
    if key == "too_many":
        left = dates.left(now, args["until"], t.lang)
        return t("Too many tries. Try again in {left}. Numbers you follow still answer: /status.", left=left)
    raise KeyError(key)


def refusal_screen(key: str, args: dict[str, Any], t: Words, now: int) -> Screen:
    """A refusal as a message of its own."""
    return Screen(page(refusal(key, args, t, now)))
