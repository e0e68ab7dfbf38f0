"""Sentences that are known by a key: why something is refused, and short confirmations. Features add their own."""

from typing import NamedTuple

from handlers.wording.layout import grouped
from locales import Words, _, dates
from storage.numbers import EXAMPLE

SENTENCES = {
    "not_staff": _("This is for officers. If you are one, ask the head of the district for a link."),
    "choose": _("Choose at least one document first."),
    "changed": _("This has changed. Here is the latest."),
    "behind": _("We do not know what stands behind it. Please send, for example: {number}."),
    "nothing_behind": _("{number} reads nothing that stands behind it. Please send it alone and use its buttons."),
    "old_button": _("This button no longer works. Please send the number again, or see /bantuan."),
    "sorry": _("Sorry, there is a problem with this service. We know about it. Please try again later."),
}


class Until(NamedTuple):
    """Until when (epoch ms, 0 for never), on the clocks of which zone."""

    at: int
    zone: str


def sentence(key: str, t: Words, now: int, number: str = "", until: Until | None = None) -> str:
    """The sentence, with the places filled that it has: a number, what to send, or `until` when. That is a day and a
    time, never how long from now: it may be read tomorrow. Raises KeyError for a key that has none.
    """
    date = time = ""
    if until and until.at:
        at = until.at + dates.MINUTE - 1  # so that nobody comes back too early
        date, time = dates.date(at, now, until.zone, t.lang), dates.moment(at, now, until.zone, t.lang)
    shown = grouped(number) if number.isdecimal() else number
    return t(SENTENCES[key], number=shown, date=date, time=time, example=grouped(EXAMPLE))
