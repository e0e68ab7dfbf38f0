"""What is asked when somebody told of a time that is not sure."""

from collections.abc import Sequence

from handlers.reply import Screen
from handlers.road.buttons import ToldAt
from handlers.wording import layout, links
from handlers.wording.layout import bold, button, page
from locales import Words, _, dates
from storage.records import MINUTE
from storage.workflow import Workflow

QUESTIONS = {
    "hour": _("At what time was it?"),
    "half": _("In the morning or in the afternoon?"),
    "future": _("That is still to come. When was it really?"),
    "old": _("That is long ago. Was it really then?"),
    "closed": _("The counters are closed on that day. Was it really then?"),
    "unclear": _("On which day was it, and at what time?"),
}


def seal_screen(payload: str, count: int, bot: str, t: Words) -> Screen:
    """The QR of a bag, as a picture that stays on the phone."""
    head = t.n("QR of a bag with {n} paper.", "QR of a bag with {n} papers.", count)
    how = t("Without signal: whoever receives the bag photographs this, and sends it later with the time.")
    return Screen(page(bold(head), how), photo=links.qr(links.start_link(bot, payload)))


def when_screen(
    workflow: Workflow, bag: int, numbers: Sequence[str], key: str, choice: Sequence[int], t: Words, now: int
) -> Screen:
    """Which files are meant, and what is to be said of when it was."""
    moments = [(at, dates.moment(at, now, workflow.zone, t.lang)) for at in choice]
    rows = layout.abreast([button(said, ToldAt(bag, at // MINUTE)) for at, said in moments])
    present = dates.moment(now, now, workflow.zone, t.lang)  # named, as it may be tapped hours later
    at_once = (button(layout.either(" · ".join((t("Just now"), present)), present), ToldAt(bag, now // MINUTE)),)
    files = t.n("{n} file: {numbers}", "{n} files: {numbers}", len(numbers), numbers=layout.tails(numbers))
    again = t("Or send it again with day and time, for example: {example}", example=t("5492 yesterday 16:00"))
    return Screen(page(bold(t(QUESTIONS[key])), files, again), (*rows, *(() if choice else (at_once,))))
