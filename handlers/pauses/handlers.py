"""A head pauses messages and lets them out again."""

from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head
from handlers.pauses.buttons import BeginPause, EndPause, PauseWhy, ShowPauses
from handlers.pauses.views import PausesView, PauseWhyView, refuse_unknown
from handlers.view import Answer, Refused, View, head_of, head_only
from locales import _
from storage.heads import pausing


async def pauses(request: Request) -> View:
    """/jeda: what is paused."""
    head_only(request.person)
    return PausesView()


async def begin(request: Request, button: BeginPause) -> Answer:
    """Pause it. What is on its way to Telegram at this moment still arrives."""
    refuse_unknown(request.workflow, button.scope, button.subject)
    if button.reason not in pausing.REASONS:
        raise Refused("changed", then=PausesView())
    async with request.storage.transaction() as tx:
        post = await head_of(tx, request)
        begun = await pausing.begin(tx, button.scope, button.subject, button.reason, post.id, request.now)
    return Answer(PausesView(), recorded=begun)


async def end(request: Request, button: EndPause) -> Answer:
    """Let it out again."""
    async with request.storage.transaction() as tx:
        await head_of(tx, request)
        ended = await pausing.end(tx, button.pause, request.now)
    return Answer(PausesView(), recorded=ended)


PAUSES = Feature(
    commands=(Command(("jeda", "pause"), pauses, _("pause messages"), may=is_head),),
    buttons={ShowPauses: for_heads(PausesView), PauseWhy: for_heads(PauseWhyView), BeginPause: begin, EndPause: end},
)
