"""A head closes days, by buttons or in a line, and takes it back."""

from handlers.closures.buttons import Close, CloseUntil, CloseWhy, Reopen, ShowClosures
from handlers.closures.views import CloseUntilView, CloseWhyView, ClosuresView, refuse_unsound
from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head
from handlers.view import Answer, Refused, View, head_of, head_only
from handlers.wording.sentences import SENTENCES
from locales import _, days
from storage.heads import closed_days

SENTENCES |= {
    "close_when": _(
        "Please write the days as day and month: /tutup 24/12, or from and to: /tutup 24/12 31/12. "
        "Days that lie apart: each by itself."
    ),
    "close_past": _("These days are over. Please choose days from today on."),
    "close_long": _("At most 30 days can be closed at once. Please choose fewer."),
    "close_twice": _("Some of these days are closed already. Please open those first, or choose others."),
}


async def closures(request: Request) -> View:
    """/tutup: what is closed; with one day or two, why they are."""
    head_only(request.person)
    if not request.update.arguments:
        return ClosuresView()
    found = days.named(request.update.arguments, request.workflow.calendar.day(request.now)) or []
    if len(found) not in (1, 2):
        raise Refused("close_when")
    return CloseWhyView(found[0].toordinal(), found[-1].toordinal())


async def close(request: Request, button: Close) -> Answer:
    """Close them; from now on everything that counts working days knows it."""
    refuse_unsound(request, button.first, button.last)
    if button.reason not in closed_days.REASONS:
        raise Refused("changed", then=ClosuresView())
    async with request.storage.transaction() as tx:
        post = await head_of(tx, request)
        closed = await closed_days.close(tx, button.first, button.last, button.reason, post.id, request.now)
        if closed is None:
            raise Refused("close_twice", then=ClosuresView())
    await _learn(request)
    return Answer(ClosuresView(), recorded=True)


async def reopen(request: Request, button: Reopen) -> Answer:
    """Open them after all."""
    async with request.storage.transaction() as tx:
        await head_of(tx, request)
        done = await closed_days.reopen(tx, button.closure, request.now)
    await _learn(request)
    return Answer(ClosuresView(), recorded=done)


async def _learn(request: Request) -> None:
    async with request.storage.reading() as tx:
        await closed_days.learn(tx, request.workflow, request.now)


CLOSURES = Feature(
    commands=(
        Command(
            ("tutup", "closed"), closures, _("extra days on which the counters stay closed"), may=is_head, is_read=True
        ),
    ),
    buttons={
        ShowClosures: for_heads(ClosuresView),
        CloseUntil: for_heads(CloseUntilView),
        CloseWhy: for_heads(CloseWhyView),
        Close: close,
        Reopen: reopen,
    },
)
