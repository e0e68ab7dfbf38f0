"""What can be printed, and what is said of a PDF that comes."""

from collections.abc import Sequence

from handlers.paper.buttons import NewBooklet, PrintBoard, PrintBooklet, PrintChoice, PrintPoster
from handlers.reply import Paper, Screen
from handlers.wording import layout, names
from handlers.wording.layout import bold, button, column, page
from locales import Words, dates
from storage.paper.booklets import Booklet
from storage.workflow import Workflow

NUMBERS = 20  # of a booklet from the chat: five sheets


def choice_screen(workflow: Workflow, villages: Sequence[str], page_no: int, t: Words) -> Screen:
    """In which village, and the poster, which is for all."""
    shown, page_no, last = layout.paged(villages, page_no, layout.MANY)
    buttons = [button(names.village_name(workflow, village), PrintChoice(village)) for village in shown]
    turning = layout.turning(page_no, last, lambda to: PrintChoice("", to))
    poster = (button(t("Poster with the bot's code"), PrintPoster()),)
    return Screen(page(bold(t("Print")), t("For which village?")), (*layout.abreast(buttons), *turning, poster))


def village_screen(
    workflow: Workflow, village: str, booklets: Sequence[Booklet], new: int, t: Words, now: int
) -> Screen:
    """What can be printed for one village; `new` is the id of a booklet to be made, 0 for those who may not."""
    about = t("A booklet holds numbers for families where there is no signal: papers are registered under them later.")
    shown = booklets[-layout.ROWS :]
    again = column(button(_left(workflow, one, t, now), PrintBooklet(one.id)) for one in shown) if new else ()
    made = ((button(t("New booklet ({n} numbers)", n=NUMBERS), NewBooklet(new, village)),),) if new else ()
    return Screen(
        page(
            bold(t("Print · {village} village", village=names.village_name(workflow, village))),
            t("The board lists the numbers at each stage, for the wall of the village office."),
            about if new else "",
            *(_used(workflow, one, t, now) for one in shown if new),
        ),
        (
            (button(t("Board of the village"), PrintBoard(village)),),
            *made,
            *again,
            (button(t("Poster with the bot's code"), PrintPoster()),),
        ),
    )


def _used(workflow: Workflow, one: Booklet, t: Words, now: int) -> str:
    day = dates.date(one.made_at, now, workflow.zone, t.lang)
    return t("Booklet of {day}: {n} numbers, {used} of them registered.", day=day, n=one.count, used=one.used)


def _left(workflow: Workflow, one: Booklet, t: Words, now: int) -> str:
    day = dates.date(one.made_at, now, workflow.zone, t.lang)
    return t("Booklet of {day}: {n} left", day=day, n=one.count - one.used)


def paper_screen(said: str, paper: Paper) -> Screen:
    """A PDF, and what it is."""
    return Screen(page(said), paper=paper)
