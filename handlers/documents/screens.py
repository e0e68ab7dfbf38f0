"""What a tap did, and what others had done before."""

from collections.abc import Iterator, Sequence

from handlers.bags.buttons import NextTasks, PackAgain
from handlers.documents.buttons import Undo
from handlers.reply import Screen
from handlers.wording import layout, names, standstill
from handlers.wording.layout import bold, button, grouped, page
from handlers.wording.names import role_name
from locales import Words, dates
from storage.records import Act, Document, Person
from storage.workflow import Workflow

MOVES = frozenset({"move", "resume"})
Faster = tuple[str, int, tuple[str, ...]]  # role (none: the reader themselves), when, numbers


def acted_screen(
    workflow: Workflow,
    act: Act,
    moved: Sequence[str],
    told: int,
    notes: Sequence[str],
    stage: str,
    t: Words,
    now: int,
) -> Screen:
    """What a tap did (`moved`: the kinds of documents), how many are told, and the way back in its time."""
    is_leg = act.kind in MOVES
    leg = names.leg_done(workflow, stage, len(moved), t.lang, *moved) if is_leg else _mended(workflow, act, moved, t)
    at = dates.moment(act.happened_at, now, workflow.zone, t.lang)  # a card is read on other days, too
    done = t("{done}, {time}.", done=leg, time=at)
    following = (button(t("Next task"), NextTasks()),)
    heard = _heard(workflow, act, stage, told, t)
    if act.undone_by is not None:
        taken_back = bold(t("Undone: {done}", done=done))
        return Screen(page(taken_back, heard, *_fitting(notes, t)), (following,))
    fitting = _fitting(notes, t) if notes else ()
    if now >= act.grace_until:
        return Screen(page(bold(done), heard, *fitting), (following,))
    until = t("Can be undone until {time}.", time=dates.moment(act.grace_until, now, workflow.zone, t.lang))
    undo = button("↩ " + t("Undo"), Undo(act.id))
    return Screen(page(bold(done), heard, *fitting, until), ((undo, *following),))


def _heard(workflow: Workflow, act: Act, stage: str, told: int, t: Words) -> str:
    """How many hear of an act, or that it was taken back. Of a step on the way many only see it, as nothing but their
    card changes; not those who chose to be told of every stage.
    """
    is_undone = act.undone_by is not None
    if not told:
        return t("Nobody was told.") if is_undone else t("Nobody else who follows is told.")
    if act.kind in MOVES and not workflow.is_milestone(stage) and not workflow.ends(stage):
        if is_undone:
            return t.n("{n} person who follows sees it put right.", "{n} people who follow see it put right.", told)
        return t.n(
            "{n} person who follows can see it, and is told if they chose every stage.",
            "{n} people who follow can see it, and are told if they chose every stage.",
            told,
        )
    if is_undone:
        return t.n(
            "{n} person will be told that it was a mistake.", "{n} people will be told that it was a mistake.", told
        )
    return t.n("{n} person will be told.", "{n} people will be told.", told)


def _mended(workflow: Workflow, act: Act, moved: Sequence[str], t: Words) -> str:
    match act.kind:
        case "withdraw":
            return t.n("{n} document withdrawn", "{n} documents withdrawn", len(moved))
        case "hold":
            return t.n("{n} document put on hold", "{n} documents put on hold", len(moved))
        case "return":
            return t.n("{n} document returned", "{n} documents returned", len(moved))
        case "refuse":
            return t.n("{n} document refused", "{n} documents refused", len(moved))
        case "release":
            return t.n("{n} document goes on", "{n} documents go on", len(moved))
        case "relocate":
            village = names.village_name(workflow, act.reason.split()[-1])  # the one that it is
            return t.n(
                "{n} document corrected to {village} village",
                "{n} documents corrected to {village} village",
                len(moved), village=village,
            )  # fmt: skip
    return t.n("{n} document put right", "{n} documents put right", len(moved))


def _fitting(notes: Sequence[str], t: Words) -> list[str]:
    return layout.fitting([[note] for note in notes], t, gap="")


def to_reopen(taken_back: Screen, act: int, t: Words) -> Screen:
    """The same, with the way back to the bag that was taken back, ticked as it was."""
    return Screen(taken_back.text, ((button(t("Open again"), PackAgain(act)),), *taken_back.rows))


def moved_before(workflow: Workflow, person: Person, faster: Faster, t: Words, now: int) -> str:
    """The line for documents that had been moved already: by the reader, by a colleague, or by another role."""
    role, at, numbers = faster
    n, who, last = len(numbers), role_name(role, t), layout.tails(numbers)
    when = dates.moment(at, now, workflow.zone, t.lang)
    if not role:
        return t.n(
            "{n} file was already recorded by you {when}: {last}.",
            "{n} files were already recorded by you {when}: {last}.",
            n, when=when, last=last,
        )  # fmt: skip
    if person.holds(role):
        return t.n(
            "{n} file was already recorded by another {role} {when}: {last}.",
            "{n} files were already recorded by another {role} {when}: {last}.",
            n, role=who, when=when, last=last,
        )  # fmt: skip
    return t.n(
        "{n} file was already recorded by the {role} {when}: {last}.",
        "{n} files were already recorded by the {role} {when}: {last}.",
        n, role=who, when=when, last=last,
    )  # fmt: skip


def overtaken_screen(notes: Sequence[str], t: Words) -> Screen:
    """Others had moved everything that was ticked."""
    return Screen(page(*_fitting(notes, t)), ((button(t("Next task"), NextTasks()),),))


def not_permitted(numbers: Sequence[str], t: Words) -> str:
    """The line for documents that are not this person's to move."""
    n, last = len(numbers), layout.tails(numbers)
    return t.n("{n} file is not your task: {numbers}.", "{n} files are not your task: {numbers}.", n, numbers=last)


def corrected_screen(
    workflow: Workflow, documents: Sequence[Document], reason: str, t: Words, *, to_staff: bool = False
) -> Screen:
    """An apology, and where documents really are: of one number by name, of several by village and kind. And why.

    Staff read of a record and no apology: the one that was put right may be their own.
    """
    places: dict[tuple[str, str | None], list[Document]] = {}
    for one in documents:
        places.setdefault((one.stage, one.hold), []).append(one)
    lines = [line for there in places.values() for line in _really(workflow, there, t)]
    why = t("Reason: {reason}.", reason=t(names.REASONS[reason])) if reason in names.REASONS else ""
    head = t("A record was put right.") if to_staff else t("Sorry, our news was wrong.")
    return Screen(page(head, *_fitting(lines, t), why))


def retyped_screen(workflow: Workflow, one: Document, was: str, family: Sequence[Document], t: Words) -> Screen:
    """Of which kind a document really is. A word of condolence goes before it if this is the first to say that somebody
    died, and an apology if it says that nobody did.
    """
    others = [document for document in family if document.id != one.id]
    head = ""
    if not names.is_mourned(workflow, others) and (one.type in workflow.mourning) != (was in workflow.mourning):
        head = t("We are sorry for your loss.") if one.type in workflow.mourning else t("Sorry, our news was wrong.")
    new, old = (names.type_names(workflow, [type], t.lang) for type in (one.type, was))
    told = t("Document {number} was put right: {new}, not {old}.", number=grouped(one.number), new=new, old=old)
    return Screen(page(*filter(None, (head, told))))


def relocated_screen(workflow: Workflow, found: Sequence[Document], was: str, person: Person, t: Words) -> Screen:
    """Of which village a request really is. Officers of one of the two read what that means for it."""
    types, number = [one.type for one in found], grouped(found[0].number)
    villages = {post.village for post in person.posts if post.role == "village_officer"}
    own = villages & {was, found[0].village}
    new, old = (names.village_name(workflow, one) for one in (found[0].village, was))
    stage, lines = found[0].stage, []
    if len(own) != 1:
        lines = [t("Number {number} was put right: {new} village, not {old}.", number=number, new=new, old=old)]
        lines += [] if person.posts else [t("It stays good.")]
    elif was in own:
        said = t(
            "Number {number} is of {new} village, not {old}. No work of yours is left.", number=number, new=new, old=old
        )
        lies_there = stage in workflow.stages and workflow.stages[stage].place == "village"
        lines = [said, t("If its papers lie with you, let {new} village have them.", new=new) if lies_there else ""]
    else:
        said = t(
            "Number {number} is of {new} village, not {old}: now among your tasks.", number=number, new=new, old=old
        )
        lines = [said, names.type_names(workflow, types, t.lang) + "."]
    now = standstill.here(workflow, found[0], t, *types)
    return Screen(page(*filter(None, lines), t("Now: {stage}.", stage=layout.small(now))))


def _really(workflow: Workflow, there: Sequence[Document], t: Words) -> Iterator[str]:
    types = [one.type for one in there]
    place = standstill.here(workflow, there[0], t, *types)
    if len({one.number for one in there}) == 1:
        documents = f"{names.type_names(workflow, types, t.lang)} {grouped(there[0].number)}"
        yield t("{documents} now: {stage}.", documents=documents, stage=layout.small(place))
        return
    yield t("Now: {stage}.", stage=layout.small(place))
    yield from names.by_village(workflow, there)
