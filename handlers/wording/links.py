"""Deep links into the bot, what stands in them, and the SMS in their place."""

import re
from io import BytesIO

from locales import Words
from storage.workflow import Workflow

FOLLOW_BY_SMS = {"IKUT": "id", "IKUTI": "id", "TUMUT": "jv", "FOLLOW": "en"}  # each says in which language to write
INVITE = "i_"  # how the payload of an invitation begins; a receipt number begins with a digit


def bot_link(bot_name: str) -> str:
    """Opens the bot."""
    return f"https://t.me/{bot_name}"


def number_link(bot_name: str, number: str) -> str:
    """Shows where the documents of a receipt number are."""
    return start_link(bot_name, number)


def invitation_link(bot_name: str, token: str) -> str:
    """Gives its first reader the post that was meant for them."""
    return start_link(bot_name, f"{INVITE}{token}")


def start_link(bot_name: str, payload: str) -> str:
    """Opens the bot with what is to be said to it."""
    return f"{bot_link(bot_name)}?start={payload}"


def sms_to(workflow: Workflow, number: str, t: Words) -> str:
    """What a family without Telegram writes, and where to; nothing if the district has no telephone for SMS."""
    phone = workflow.district.district.sms
    word = next(word for word, lang in FOLLOW_BY_SMS.items() if lang == t.lang)
    return t("No Telegram? Send an SMS to {phone}: {words}", phone=phone, words=f"{word} {number}") if phone else ""


def typed(workflow: Workflow, page_url: str) -> str:
    """What somebody without Telegram types into a browser; nothing if there is no public page."""
    return page_url.partition("://")[2] if workflow.district.district.public_page else ""


def check_link(bot_name: str, page_url: str, reference: str) -> str:
    """Says whether a letter is from us: in a browser if there are pages, as banks have no Telegram, or in the bot."""
    return f"{page_url}/verify/{reference}" if page_url else start_link(bot_name, reference)


def said_by_link(bot_name: str, text: str) -> str:
    """What a link to this bot in a text says to it, other than a number; nothing if there is none."""
    found = re.search(rf"\.me/{re.escape(bot_name)}\?start=([a-z]_[\w-]+)", text, re.ASCII | re.IGNORECASE)
    return found[1] if found else ""


def qr(link: str) -> bytes:
    """A link as a picture, to be shown or printed."""
    import segno  # noqa: PLC0415  # 1 MiB that few ask for

    picture = BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()
