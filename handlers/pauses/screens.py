"""What is paused, since when and why; and the way to pause more."""

from collections.abc import Sequence

from handlers.bags.buttons import ShowTasks
from handlers.pauses.buttons import BeginPause, EndPause, PauseWhy, ShowPauses
from handlers.reply import Screen
from handlers.wording import layout, standstill
from handlers.wording.layout import button, card, column
from locales import Words
from storage.heads.pausing import ALL, KIND, KINDS, REASONS, VILLAGE, Pause
from storage.workflow import Workflow


def pauses_screen(
    workflow: Workflow, pauses: Sequence[Pause], waiting: int, page_no: int, t: Words, now: int
) -> Screen:
    """Each pause, to be ended; and what may be paused besides."""
    lines = [standstill.pause(workflow, one, t, now) for one in pauses] or [t("Nothing is paused.")]
    held = t.n("{n} message waits. It is not lost.", "{n} messages wait. None is lost.", waiting) if pauses else ""
    end = column(
        button(t("Resume: {what}", what=standstill.paused(workflow, one, t)), EndPause(one.id)) for one in pauses
    )
    standing = {(one.scope, one.subject) for one in pauses}
    shown, page_no, last = layout.paged(list(workflow.villages), page_no, layout.MANY)
    offered = [(ALL, ""), *((KIND, kind) for kind in KINDS), *((VILLAGE, village) for village in shown)]
    buttons = [
        button(layout.capital(standstill.paused_name(workflow, *one, t)), PauseWhy(*one))
        for one in offered
        if one not in standing
    ]
    text = [
        t("Pause messages"),
        *layout.listed(lines, t),
        held,
        layout.GAP,
        t("What shall pause? Answers to questions go on, and so does what heads are told."),
    ]
    return card(text, (*end, *layout.abreast(buttons), *layout.turning(page_no, last, ShowPauses)), ShowTasks(), t)


def why_screen(workflow: Workflow, scope: str, subject: str, t: Words) -> Screen:
    """The reasons, and what a pause does."""
    rows = layout.abreast(
        [button(standstill.paused_why(reason, t), BeginPause(scope, subject, reason)) for reason in REASONS]
    )
    lines = [
        t("Pause {what}. Why?", what=standstill.paused_name(workflow, scope, subject, t)),
        t("Messages wait until you resume. Then they leave in their order; what is told late is told at once."),
    ]
    return card(lines, rows, ShowPauses(), t)
