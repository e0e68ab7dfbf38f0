"""Somebody asked for money: what a family is asked and told, and what the head reads."""

from collections.abc import Sequence

from handlers.bags.buttons import ShowTasks
from handlers.feedback import question_screens
from handlers.feedback.buttons import AskedBy, AskedForMoney, SeeDemand, SettleDemand, ShowFeedback, TellDemand
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names
from handlers.wording.layout import bold, button, capital, card, column, grouped, page
from locales import Words, dates
from storage.feedback.demands import PAID, WHO, Demand
from storage.workflow import Workflow


def feedback_screen(number: str, offered: Sequence[str], t: Words) -> Screen:
    """What can be asked and told of a number."""
    return card(
        [t("Ask or report · {number}", number=grouped(number))],
        (*question_screens.keys(number, offered, t), (button(t("Somebody asked for money"), AskedForMoney(number)),)),
        ShowStatus(number),
        t,
    )


def who_screen(number: str, t: Words) -> Screen:
    """Who asked for money."""
    rows = column(button(who_name(role, t), AskedBy(number, role)) for role in WHO)
    lines = [t("Who asked for money?"), t("The service is free. The village office does not read what you tell here.")]
    return card(lines, rows, ShowFeedback(number), t)


def paid_screen(number: str, role: str, t: Words) -> Screen:
    """What was paid. The last tap tells it."""
    rows = column(button(paid_words(paid, t), TellDemand(number, role, paid)) for paid in PAID)
    lines = [
        t("How much was paid?"),
        t("Asked by: {who}.", who=layout.small(who_name(role, t))),
        t("Your tap tells it to the head of the district. No name and no number goes along."),
    ]
    return card(lines, rows, AskedForMoney(number), t)


def who_name(role: str, t: Words) -> str:
    """Who asked for it: a role, or somebody else."""
    return t("Somebody else") if role == "other" else capital(names.role_name(role, t))


def paid_words(paid: str, t: Words) -> str:
    """About how much it was."""
    words = {
        "nothing": t("Nothing was paid"),
        "little": t("Up to Rp50,000"),
        "much": t("Rp50,000 to Rp200,000"),
        "more": t("More than Rp200,000"),
    }
    return words[paid]


def told_screen(workflow: Workflow, number: str, t: Words) -> Screen:
    """What becomes of it."""
    return Screen(
        page(
            t("Thank you. It is told to the head of the district, without your name and number."),
            t("What happens next: the head looks into it. This chat is told when it is settled."),
            t("The service is free. Please pay nothing."),
            inspectorate(workflow, t),
        ),
        ((button(t("Back"), ShowStatus(number)),),),
    )


def inspectorate(workflow: Workflow, t: Words) -> str:
    """Who else can be told, if the district file names them."""
    whom = workflow.district.district.inspectorate
    return t("You can also tell the inspectorate: {whom}.", whom=whom) if whom else ""


# The head


def demand_screen(workflow: Workflow, demand: Demand, t: Words, now: int) -> Screen:
    """One of them."""
    seen: Rows = () if demand.seen_at else ((button(t("Seen"), SeeDemand(demand.id)),),)
    return Screen(
        page(
            bold(t("A family was asked for money")),
            *_lines(workflow, demand, t, now),
            t("Told in confidence: {village} does not see this.", village=_village(workflow, demand)),
        ),
        (*seen, (button(t("Settled"), SettleDemand(demand.id)),)),
    )


def demands_screen(workflow: Workflow, found: Sequence[Demand], t: Words, now: int) -> Screen:
    """All that is not settled: the oldest first."""
    if not found:
        return card([t("Nothing is open: no family says that it was asked for money.")], (), ShowTasks(), t)
    shown = found[: layout.ROWS]
    blocks = [[f"{place}. {line}" if not i else line for i, line in enumerate(_lines(workflow, one, t, now))]
              for place, one in enumerate(shown, 1)]  # fmt: skip
    head = t("Money was asked for: {n}", n=len(found))
    rows = [_row(place, one, t) for place, one in enumerate(shown, 1)]
    return card([head, *layout.fitting(blocks, t)], rows, ShowTasks(), t)


def _row(place: int, one: Demand, t: Words) -> tuple[Button, ...]:
    settled = button(t("{place}. Settled", place=place), SettleDemand(one.id))
    return (settled,) if one.seen_at else (button(t("{place}. Seen", place=place), SeeDemand(one.id)), settled)


def _lines(workflow: Workflow, demand: Demand, t: Words, now: int) -> list[str]:
    return [
        f"{_village(workflow, demand)} · {dates.lately(demand.at, now, workflow.zone, t.lang)}",
        t("Asked by: {who}.", who=layout.small(who_name(demand.role, t))),
        t("Paid: {paid}.", paid=layout.small(paid_words(demand.paid, t))),
    ]


def _village(workflow: Workflow, demand: Demand) -> str:
    return names.village_name(workflow, demand.village)


def settled_screen(workflow: Workflow, t: Words) -> Screen:
    """Whoever told it hears that the head has settled it."""
    return Screen(
        page(
            t("You told us that somebody asked for money. The head of the district has settled it."),
            t("The service is free. Does it happen again? Please tell us."),
            inspectorate(workflow, t),
        )
    )
