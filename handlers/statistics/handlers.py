"""/statistik: the figures of a month, for the head; and as a file of its own, drawn as it leaves."""

from handlers import downloads
from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head
from handlers.statistics.buttons import SendMonth, ShowMonth
from handlers.statistics.screens import number
from handlers.statistics.views import FILES, MonthView
from handlers.view import Answer, Refused, View, head_only
from locales import _, moments
from storage.heads import looks


async def month(request: Request) -> View:
    """/statistik: the month that it is, or the one behind it."""
    head_only(request.person)
    if not request.update.arguments:
        return MonthView()
    today = request.workflow.calendar.day(request.now)
    found = moments.month(request.update.arguments, today)
    if found is None:
        raise Refused("behind", number=f"/statistik {today:%m/%Y}")
    return MonthView(number(found))


async def send_month(request: Request, button: SendMonth) -> Answer:
    """A month as a file. A double tap draws once."""
    head_only(request.person)
    if button.kind not in FILES:
        raise Refused("not_yours")
    async with request.storage.transaction() as tx:
        await looks.note(tx, request.workflow, request.person, looks.MONTH, [str(button.month)], request.now)
        return await downloads.owe(tx, request, FILES[button.kind](button.month), str(button.month))


STATISTICS = Feature(
    commands=(Command(("statistik", "statistics"), month, _("how long things take"), may=is_head, is_read=True),),
    buttons={ShowMonth: for_heads(MonthView), SendMonth: send_month},
)
