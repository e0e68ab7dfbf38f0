"""Births with a number and no papers yet, or with papers and no name: what families read, what officers do. Pure."""

from collections.abc import Sequence

from handlers.births.buttons import ASK, FileReserved, HoldNameless, NameIsThere
from handlers.reply import Rows
from handlers.wording.layout import button, grouped
from locales import Words, dates
from storage.births import reservations
from storage.records import Document, Person
from storage.workflow import Workflow


def reserved_line(workflow: Workflow, number: str, until: int, t: Words, now: int) -> str:
    """A number that was given before there are papers: by when they are to be there."""
    last = dates.day(until - 1, now, workflow.zone, t.lang)
    return t(
        "{number} is reserved. Nothing is registered yet: please bring the papers to the village office by {day}. "
        "It is free.",
        number=grouped(number), day=last,
    )  # fmt: skip


def file_row(number: str, t: Words) -> Rows:
    """The way to file under a reserved number."""
    return ((button(t("Register it under this number"), FileReserved(number)),),)


def rows(workflow: Workflow, person: Person, documents: Sequence[Document], t: Words) -> Rows:
    """For a birth: it has no name yet, or the name is there."""
    waiting = [one for one in documents if one.hold == reservations.NAMELESS]
    if any(workflow.pauser(person, one.village, one.stage, reservations.NAMELESS) for one in waiting):
        return ((button("▶ " + t("The name is there"), NameIsThere(documents[0].number)),),)
    if reservations.nameless(workflow, person, documents):
        return ((button("⏸ " + t("No name yet …"), HoldNameless(documents[0].number, ASK)),),)
    return ()
