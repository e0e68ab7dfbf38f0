"""Which notices to stop."""

from collections.abc import Sequence

from handlers.follow.buttons import UnfollowNumber
from handlers.reply import Screen
from handlers.wording.layout import button, page
from locales import Words
from storage.numbers import grouped
from storage.records import Follow


def stop_which_screen(found: Sequence[Follow], t: Words) -> Screen:
    """Which notices to stop."""
    if not found:
        return Screen(page(t("You follow no number, so there is nothing to stop.")))
    rows = tuple((button(grouped(follow.number), UnfollowNumber(follow.number, listed=1)),) for follow in found)
    return Screen(page(t("Stop notices for which number?")), (*rows, (button(t("All of them"), UnfollowNumber()),)))
