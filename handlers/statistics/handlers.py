"""/statistik: the figures of a month, for the head; and as a file of its own, drawn as it leaves."""

from handlers import downloads
from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head
from handlers.statistics.buttons import SendMonth, ShowMonth
from handlers.statistics.views import FILES, MonthView
from handlers.view import Answer, Refused, View, head_only
from locales import _
from storage.heads import looks


async def this_month(request: Request) -> View:
    """/statistik: the month that it is."""
    head_only(request.person)
    return MonthView()


async def send_month(request: Request, button: SendMonth) -> Answer:
    """A month as a file. A double tap draws once."""
    head_only(request.person)
    if button.kind not in FILES:
        raise Refused("not_yours")
    async with request.storage.transaction() as tx:
        await downloads.owe(tx, request, FILES[button.kind](button.month), str(button.month))
        await looks.note(tx, request.person, looks.MONTH, [str(button.month)], request.now)
    return Answer(None, toast=request.t("It comes in a moment."))


STATISTICS = Feature(
    commands=(Command(("statistik", "statistics"), this_month, _("how long things take"), may=is_head),),
    buttons={ShowMonth: for_heads(MonthView), SendMonth: send_month},
)
