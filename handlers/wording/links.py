"""Deep links into the bot, and what stands in them."""

INVITE = "i_"  # how the payload of an invitation begins; a receipt number begins with a digit


def bot_link(bot_name: str) -> str:
    """Opens the bot."""
    return f"https://t.me/{bot_name}"


def number_link(bot_name: str, number: str) -> str:
    """Shows where the documents of a receipt number are."""
    return f"{bot_link(bot_name)}?start={number}"


def invitation_link(bot_name: str, token: str) -> str:
    """Gives its first reader the post that was meant for them."""
    return f"{bot_link(bot_name)}?start={INVITE}{token}"
