"""Deep links into the bot, and what stands in them."""

from io import BytesIO

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


def qr(link: str) -> bytes:
    """A link as a picture, to be shown or printed."""
    import segno  # noqa: PLC0415  # 1 MiB that few ask for

    picture = BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()
