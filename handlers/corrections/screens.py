"""What can be put right, where a document may really be, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handlers.callbacks import Callback
from handlers.corrections.buttons import (
    AddDocument,
    AskWhere,
    AskWhy,
    AskWhyBack,
    Correct,
    PutRight,
    Relocate,
    Retype,
    TakeBack,
    Withdraw,
)
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names
from handlers.wording.layout import button, card, column, grouped
from locales import Words, dates
from storage.records import Act, Document, LookUp
from storage.workflow import Workflow


class Mistakes(NamedTuple):
    """What may be elsewhere and where, what may be of another kind, what may be withdrawn, the whole act that may be
    wrong with how many documents it moved, whether something may be added, and whether it may be of another village.
    """

    movable: Mapping[Document, Sequence[str]]
    mistyped: Sequence[Document]
    ending: Sequence[Document]
    last: tuple[Act, int] | None
    adds: bool
    strayed: bool = False


def correct_screen(
    workflow: Workflow,
    look: LookUp,
    wrong: Mistakes,
    page_no: int,
    t: Words,
    now: int,
) -> Screen:
    """What of a number can be put right: where each document is, the whole act that moved it, that it was filed. Of one
    document alone it asks at once where it is.
    """
    lines = [[_recorded(workflow, one, t, now)] for one in look.documents]
    shown, page_no, last = layout.paged(list(_choices(workflow, look, wrong, t)), page_no, layout.MANY)
    turning = layout.turning(page_no, last, lambda to: Correct(look.number, to))
    asks = t("Where is it really?") if len(wrong.movable) == 1 else ""
    text = [t("Put right · {number}", number=grouped(look.number)), *layout.fitting(lines, t, gap=""), asks]
    return card(text, (*column(shown), *turning), ShowStatus(look.number), t)


def _choices(workflow: Workflow, look: LookUp, wrong: Mistakes, t: Words) -> Iterator[Button]:
    movable, mistyped, ending, last, adds, strayed = wrong
    number, first = look.number, look.documents[0]
    for one, places in movable.items():
        if len(movable) == 1:
            yield from _places(workflow, one, places, t)
        else:
            yield button(t("{document} is elsewhere", document=names.type_short(workflow, one.type)), AskWhere(one.id))
    if last:
        act, n = last
        yield button(t("That whole tap was wrong ({n} documents)", n=n), AskWhyBack(act.id, number))
    if adds:
        yield button(t("Add a document …"), AddDocument(number))
    yield from _misfiled(workflow, mistyped, first if strayed else None, t)
    for one in ending:
        yield button(t("Withdraw {document}", document=names.type_short(workflow, one.type)), Withdraw(number, one.id))
    if len(ending) > 1:
        yield button(t("Withdraw all {n}", n=len(ending)), Withdraw(number))


def _misfiled(workflow: Workflow, mistyped: Sequence[Document], strayed: Document | None, t: Words) -> Iterator[Button]:
    for one in mistyped:
        document = names.type_short(workflow, one.type)
        yield button(t("Wrong kind: {document}", document=document), Retype(one.id, one.version))
    if strayed:
        village = names.village_name(workflow, strayed.village)
        yield button(t("Wrong village: {village}", village=village), Relocate(strayed.id, strayed.version))


def adding_screen(workflow: Workflow, number: str, types: Sequence[str], t: Words) -> Screen:
    """Which kind of document was forgotten; of very many the first."""
    shown = types[: layout.MANY]
    rows = layout.abreast([button(f"+ {names.type_short(workflow, one)}", AddDocument(number, one)) for one in shown])
    lines = [t("Add a document · {number}", number=grouped(number)), t("What was forgotten? Your choice records it.")]
    return card(lines, rows, Correct(number), t)


def retyping_screen(workflow: Workflow, one: Document, types: Sequence[str], t: Words) -> Screen:
    """Of which kind a document really is, of very many the first; or what is to be done before it can be put right."""
    rows = layout.abreast(
        [button(names.type_short(workflow, to), Retype(one.id, one.version, to)) for to in types[: layout.MANY]]
    )
    if types:
        says = t("What is it really? Your choice records it.")
    elif one.hold is not None:
        says = t("It is on hold. Let it go on first, then put it right.")
    elif one.stage in workflow.exits:
        says = t("It has left its road. Let it go on first, then put it right.")
    else:
        says = t("No other kind takes this way. Withdraw it and register it anew.")
    return card([names.titled(workflow, one), says], rows, Correct(one.number), t)


def relocating_screen(
    workflow: Workflow, one: Document, villages: Sequence[str], page_no: int, t: Words, *, is_on_its_road: bool
) -> Screen:
    """Of which village a request really is; or what is to be done before it can be put right."""
    shown, page_no, last = layout.paged(villages if is_on_its_road else (), page_no, layout.MANY)
    rows = layout.abreast([button(names.village_name(workflow, to), Relocate(one.id, one.version, to)) for to in shown])
    turning = layout.turning(page_no, last, lambda to: Relocate(one.id, one.version, "", to))
    says = t("Which village is it really? Your choice records it.")
    if not is_on_its_road:
        says = t("It has left its road. Let it go on first, then put it right.")
    recorded = t("Recorded: {place}.", place=names.village_name(workflow, one.village))
    lines = [t("Wrong village · {number}", number=grouped(one.number)), recorded, says]
    return card(lines, (*rows, *turning), Correct(one.number), t)


def _recorded(workflow: Workflow, one: Document, t: Words, now: int) -> str:
    moment = dates.moment(one.since, now, workflow.zone, t.lang)
    return t(
        "{document}: {place}, {moment}.",
        document=names.type_short(workflow, one.type),
        place=_place(workflow, one, one.stage, t),
        moment=moment,
    )


def where_screen(workflow: Workflow, one: Document, places: Sequence[str], t: Words) -> Screen:
    """Where a document may really be."""
    rows = column(_places(workflow, one, places, t))
    lines = [
        names.titled(workflow, one),
        t("Recorded: {place}.", place=_place(workflow, one, one.stage, t)),
        t("Where is it really?"),
    ]
    return card(lines, rows, Correct(one.number), t)


def why_screen(workflow: Workflow, one: Document, seen: int, stage: str, t: Words) -> Screen:
    """Why it is there; each reason does it."""
    was, really = _place(workflow, one, one.stage, t), _place(workflow, one, stage, t)
    rows = _reasons(t, lambda reason: PutRight(one.id, seen, stage, reason))
    lines = [
        names.titled(workflow, one),
        t("Recorded: {place}.", place=was),
        t("Really: {place}.", place=really),
        t("Why? Your choice records it."),
    ]
    return card(lines, rows, AskWhere(one.id), t)


def why_back_screen(workflow: Workflow, act: Act, moved: Sequence[Document], number: str, t: Words, now: int) -> Screen:
    """Why a whole act was wrong; each reason takes it back."""
    moment = dates.moment(act.happened_at, now, workflow.zone, t.lang)
    rows = _reasons(t, lambda reason: TakeBack(act.id, number, reason))
    lines = [
        t("{role}, {moment}:", role=names.role_name(act.role, t), moment=moment),
        *layout.listed(names.by_village(workflow, moved), t),
        t("All of it goes back to where it was."),
        t("Why? Your choice records it."),
    ]
    return card(lines, rows, Correct(number), t)


def _places(workflow: Workflow, one: Document, places: Sequence[str], t: Words) -> Iterator[Button]:
    for to in places:
        place = _place(workflow, one, to, t)
        # Where two would be cut alike, what brought it there is shorter.
        step = layout.capital(names.stage_next(workflow, to, t.lang, one.type)) if len(place) > layout.LABEL else place
        yield button(step, AskWhy(one.id, one.version, to))


def _reasons(t: Words, to: Callable[[str], Callback]) -> Rows:
    return column(button(layout.capital(t(words)), to(key)) for key, words in names.REASONS.items())


def _place(workflow: Workflow, one: Document, stage: str, t: Words) -> str:
    return names.stage_now(workflow, stage, one.village, t.lang, one.type).partition(". ")[0]
