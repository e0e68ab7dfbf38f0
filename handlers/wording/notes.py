"""Short confirmations."""

from handlers.reply import Screen
from handlers.wording.layout import page
from locales import Words


def note_screen(button: str, t: Words) -> Screen:
    """A short confirmation."""
    said = {
        "stopped": t("No more notices."),
        "deleted": t("Deleted. Nothing about this chat is kept."),
        "deleted_staff": t("Deleted. Only your post remains; the head of the district can end it."),
        "dropped": t("Not filed. Nothing was kept."),
        "follow_how": t("Send a receipt number (12 digits) and tap Notify me."),
    }
    return Screen(page(said[button]))
