"""The day of a birth, a number that is reserved, and what is told of it on its days."""

from collections.abc import Callable, Sequence

from handlers.bags.buttons import ShowTasks
from handlers.births.buttons import ReturnNumber, ShowReservations, ShowReserved
from handlers.callbacks import Callback
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, nameless, names
from handlers.wording.layout import bold, button, card, column, grouped, page
from handlers.wording.links import number_link
from locales import Words, dates
from storage.births.reservations import FIRM, LIMIT, MOST, Birth
from storage.workflow import Workflow

DAYS = (0, 1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 30)  # how many days ago it may have been


def day_screen(workflow: Workflow, to: Callable[[int], Callback], t: Words, now: int) -> Screen:
    """On which day a baby was born: the law counts from it, and nothing else is kept of a birth."""
    days = [(n, dates.day(now - n * dates.DAY, now, workflow.zone, t.lang)) for n in DAYS]
    named = {0: t("Today, {day}", day=days[0][1]), 1: t("Yesterday, {day}", day=days[1][1])}
    buttons = [button(named.get(n, day), to(n)) for n, day in days]
    lines = [t("When was the baby born?"), t("Only the day is kept, to count the {n} days.", n=LIMIT)]
    return card(lines, layout.abreast(buttons), ShowTasks(), t)


def reserved_screen(workflow: Workflow, birth: Birth, held: Sequence[Birth], bot: str, t: Words, now: int) -> Screen:
    """A reserved number: to be handed on, to be filed under, and to be given back if its reader holds it (`held`)."""
    link, zone = number_link(bot, birth.number), workflow.zone
    last = dates.day(birth.ends_at - 1, now, zone, t.lang)
    relay = t(
        "Jek-Duk, {district} district: number {number} for a birth. Bring the papers by {day}. "
        "See it (needs Telegram): {link} No Telegram: village office. Free.",
        district=workflow.district.district.name, number=grouped(birth.number), link=link,
        day=dates.date(birth.ends_at - 1, now, zone, t.lang),
    )  # fmt: skip
    return Screen(
        page(
            t("Reserved: {number}", number=bold(grouped(birth.number))),
            t("{village}, born {day}. To be registered by {last}; then the number lapses.",
              village=names.village_name(workflow, birth.village), day=dates.day(birth.born, now, zone, t.lang),
              last=last),
            t("Write this number on the receipt. The family can see where it is here:"),
            link.removeprefix("https://"),
            t("You hold {n} of {most} reserved numbers.", n=len(held), most=MOST) if held else "",
        ),
        (
            (Button(t("Copy text for WhatsApp"), copy=relay),),
            *nameless.file_row(birth.number, t),
            *(((button(t("Give the number back …"), ReturnNumber(birth.number)),),) if birth in held else ()),
            (button(t("Back"), ShowTasks()),),
        ),
    )  # fmt: skip


def give_back_screen(workflow: Workflow, birth: Birth, t: Words) -> Screen:
    """Whether a number is to be given back: it may be on a family's paper."""
    places = {"number": grouped(birth.number), "village": names.village_name(workflow, birth.village)}
    lines = [
        t("Give back {number} ({village})?", **places),
        t("Nobody can register under it any more. Whoever follows it is told."),
    ]
    rows = ((button(t("Yes, give it back"), ReturnNumber(birth.number, 1)),),)
    return card(lines, rows, ShowReserved(birth.number), t)


def given_back_screen(workflow: Workflow, number: str, village: str, t: Words) -> Screen:
    """A family may hold a number that is none any more."""
    places = {"number": grouped(number), "village": names.village_name(workflow, village)}
    return Screen(
        page(
            t("{number} was given back: nothing is registered under it.", **places),
            t("For a new number, ask at the {village} village office. Free of charge.", **places),
        )
    )


def reservations_screen(
    workflow: Workflow, village: str, found: Sequence[Birth], page_no: int, t: Words, now: int
) -> Screen:
    """The reserved numbers of a village under which somebody may file."""
    shown, page_no, last = layout.paged(found, page_no)
    days = [dates.day(one.born, now, workflow.zone, t.lang) for one in shown]
    rows = column(
        button(f"{grouped(one.number)} · {day}", ShowReserved(one.number)) for one, day in zip(shown, days, strict=True)
    )
    turning = layout.turning(page_no, last, lambda to: ShowReservations(village, to))
    lines = [
        t("Reserved numbers · {village}", village=names.village_name(workflow, village)),
        "" if found else t("No number is reserved."),
    ]
    return card(lines, (*rows, *turning), ShowTasks(), t)


def reminder_to_staff(workflow: Workflow, birth: Birth, day: int, ended: Rows, t: Words, now: int) -> Screen:
    """What a birth waits for, to whoever can do something about it; with what ends it."""
    zone = workflow.zone
    places = {
        "number": grouped(birth.number),
        "village": names.village_name(workflow, birth.village),
        "day": dates.day(birth.born, now, zone, t.lang),
        "last": dates.day(birth.ends_at - 1, now, zone, t.lang),
        "n": LIMIT,
    }
    if day == LIMIT:
        lapsed = t("{number} ({village}) has lapsed: nothing was registered within {n} days of {day}.", **places)
        again = t("The birth gets a new number when it is registered. Whoever follows this one is told.")
        return Screen(page(lapsed, again))
    if birth.request is None:
        waits = t("Nothing is registered yet under {number} ({village}), born {day}.", **places)
        ended = nameless.file_row(birth.number, t)
    else:
        waits = t("The baby's name is still missing: {number} ({village}), born {day}.", **places)
        ended = (*ended, (button(t("Open"), ShowStatus(birth.number)),))
    law = t("By law a birth is registered within {n} days. Last day: {last}.", **places) if day == FIRM else ""
    return Screen(page(waits, law), ended)


def reminder_to_family(workflow: Workflow, birth: Birth, day: int, t: Words, now: int) -> Screen:
    """The same in plain words to whoever follows the number."""
    village = names.village_name(workflow, birth.village)
    last = dates.day(birth.ends_at - 1, now, workflow.zone, t.lang)
    where = t("At the {village} village office. It is free.", village=village)
    if day == LIMIT:
        return Screen(
            page(
                t("{number} has lapsed: the birth was not registered in time.", number=grouped(birth.number)),
                t(
                    "It can still be registered. Please ask the {village} village office. It is free.",
                    village=village,
                ),
            )
        )
    missing = birth.request is not None
    if missing and day == FIRM:
        asked = t("Please tell the baby's name by {day}: by law it has to be there within {n} days.", day=last, n=LIMIT)
    elif missing:
        asked = t("The baby's name is still missing. Please tell it as soon as it is chosen.")
    elif day == FIRM:
        asked = t("Please register the birth by {day}: by law that has to be within {n} days.", day=last, n=LIMIT)
    else:
        asked = t("The birth is not registered yet. Please bring the papers as soon as they are there.")
    return Screen(page(grouped(birth.number), asked, where))
