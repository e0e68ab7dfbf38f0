"""What somebody reads of numbers whose pickup code is wanted first: where they are, not what they are."""

from collections.abc import Mapping, Sequence

from handlers.feedback.buttons import ShowFeedback
from handlers.follow.buttons import TypeProof
from handlers.lookup.buttons import ShowStatus
from handlers.lookup.screens import beside
from handlers.reply import Rows, Screen
from handlers.wording import layout, standstill, whereabouts
from handlers.wording.layout import GAP, bold, button, column, grouped, page
from locales import Words
from storage.counter import pickup
from storage.records import LookUp, Person
from storage.workflow import Workflow


def sealed_screen(
    workflow: Workflow,
    person: Person,
    found: Sequence[LookUp],
    notes: Sequence[str],
    t: Words,
    unknown: Mapping[str, bool],
) -> Screen:
    """A line for each number; those that are open to this person are a tap away. `unknown` as on the status."""
    blocks = [
        [bold(grouped(one.number)), *_places(workflow, one, t)]
        if pickup.is_asked(workflow, person, one)
        else [whereabouts.line(workflow, one.number, one.documents, t)]
        for one in found
    ]
    lines, waits = beside(unknown, t)
    return Screen(page(*layout.fitting(blocks, t), GAP, *lines, *notes), _rows(found, t) + waits)


def _places(workflow: Workflow, look: LookUp, t: Words) -> list[str]:
    """Where it is, each place once."""
    places = dict.fromkeys(standstill.here(workflow, one, t) for one in look.documents)
    return [f"{place}." for place in places]


def _rows(found: Sequence[LookUp], t: Words) -> Rows:
    if len(found) > 1:
        return column(button(grouped(one.number), ShowStatus(one.number)) for one in found)
    number = found[0].number
    return (
        (button(t("I have the pickup code"), TypeProof(number)),),
        (button(t("Ask / report …"), ShowFeedback(number)),),
    )
