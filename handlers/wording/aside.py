"""What can be done beside the road: officers hold documents, let them go on, take them up again, and tick their
originals; whoever may have it is sent a letter about them. Pure.
"""

from collections.abc import Iterator

from handlers.attestations.buttons import SendLetter
from handlers.holds.buttons import HoldWhy, LetGo, ShowHold
from handlers.reply import Button, Rows
from handlers.returns.buttons import ReturnDraft, TakeUp
from handlers.wording import layout, nameless, names, originals
from handlers.wording.layout import button
from locales import Words
from storage.attestations import letters
from storage.births.reservations import NAMELESS
from storage.records import Document, LookUp, Person
from storage.workflow import Workflow


def rows(workflow: Workflow, person: Person, look: LookUp, t: Words) -> Rows:
    """A row for each document of a number, two for one that stands still; and one for the originals."""
    several, found = len(look.documents) > 1, [*nameless.rows(workflow, person, look.documents, t)]
    for one in look.documents:
        name = f"{names.type_short(workflow, one.type)} · " if several else ""
        found += [*_hold_rows(workflow, person, one, name, t), *_take_up(workflow, person, look, one, t)]
    return (*found, *originals.card_row(workflow, person, look, t))


def _hold_rows(workflow: Workflow, person: Person, document: Document, name: str, t: Words) -> Rows:
    """Put it on hold, or return it; if it is on hold, let it go on, or see what else stands still with it."""
    if document.hold == NAMELESS and not workflow.ends(document.stage):
        return ()  # it goes on with the others of its birth
    if document.hold and workflow.pauser(person, document.village, document.stage, document.hold):
        go_on = button("▶ " + name + t("Let it go on"), LetGo(document.id, document.version))
        if not workflow.is_in_sight(person, document.village):
            return ((go_on,),)  # what is held for the same cause is not theirs to see
        return ((go_on,), (button("⏸ " + name + t("On hold …"), ShowHold(document.id)),))
    if not document.hold and workflow.holds_open_to(person, document):
        hold = button("⏸ " + name + t("Put on hold …"), HoldWhy(document.id, document.version))
        return layout.abreast([hold, *_return(workflow, person, document, name, t)])
    return ()


def _return(workflow: Workflow, person: Person, document: Document, name: str, t: Words) -> Iterator[Button]:
    """What a desk finds incomplete it returns at once."""
    for exit in workflow.exits_open_to(person, document.village, document.stage):
        if not workflow.ends(exit):
            yield button(name + t("Return …"), ReturnDraft(document.id, document.version, exit, 0, 0))


def _take_up(workflow: Workflow, person: Person, look: LookUp, document: Document, t: Words) -> Rows:
    """What was returned is taken up again where it left."""
    left = next((one.left_at for one in look.remarks if one.document == document.id), "")
    if document.closed_at is not None or not workflow.receiver(person, document.village, left):
        return ()
    leg = names.leg_name(workflow, left, t.lang, document.type, roles=person.roles)
    label = t("✅ Complete: {leg}", leg=layout.small(leg))
    return ((button(label, TakeUp(document.id, document.version)),),)


def letter(workflow: Workflow, person: Person, look: LookUp, t: Words) -> Rows:
    """A letter for a school, a bank or an insurance, for whoever may have it."""
    if not letters.may(workflow, person, look):
        return ()
    return ((button(t("Proof of processing"), SendLetter(look.number)),),)
