"""What can be printed, and what is said of a PDF that comes."""

from collections.abc import Sequence

from handlers.paper.buttons import PrintBoard, PrintChoice, PrintPoster
from handlers.reply import Paper, Screen
from handlers.wording import layout, names
from handlers.wording.layout import bold, button, page
from locales import Words
from storage.workflow import Workflow


def choice_screen(workflow: Workflow, villages: Sequence[str], page_no: int, t: Words) -> Screen:
    """In which village, and the poster, which is for all."""
    shown, page_no, last = layout.paged(villages, page_no, layout.MANY)
    buttons = [button(names.village_name(workflow, village), PrintChoice(village)) for village in shown]
    turning = layout.turning(page_no, last, lambda to: PrintChoice("", to))
    poster = (button(t("Poster with the bot's code"), PrintPoster()),)
    return Screen(page(bold(t("Print")), t("For which village?")), (*layout.abreast(buttons), *turning, poster))


def village_screen(workflow: Workflow, village: str, t: Words) -> Screen:
    """What can be printed for one village."""
    return Screen(
        page(
            bold(t("Print · {village} village", village=names.village_name(workflow, village))),
            t("The board lists the numbers at each stage, for the wall of the village office."),
        ),
        (
            (button(t("Board of the village"), PrintBoard(village)),),
            (button(t("Poster with the bot's code"), PrintPoster()),),
        ),
    )


def paper_screen(said: str, paper: Paper) -> Screen:
    """A PDF, and what it is."""
    return Screen(page(said), paper=paper)
