"""Where documents are, how they came there, and the numbers that are followed."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from handlers.corrections.buttons import Correct
from handlers.documents.buttons import OtherWays, TakeLeg, TakeTogether
from handlers.feedback.buttons import AskedForMoney, ShowFeedback
from handlers.follow.buttons import FollowNumber, UnfollowNumber, bell, choice
from handlers.handover.buttons import HandOver
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.wording import aside, layout, names, whereabouts
from handlers.wording.layout import GAP, button, column, grouped, page
from locales import Words, dates
from storage import corrections
from storage.guesses import OF_ALL
from storage.records import Document, LookUp, Person
from storage.workflow import Workflow

SHOWN = 4  # numbers that are told at length; more get a line each
STEPS = 24
Step = tuple[Document, str]  # a document, and the stage into which it may go


def status_screen(
    workflow: Workflow,
    person: Person,
    found: Sequence[LookUp],
    notes: Sequence[str],
    t: Words,
    now: int,
    unknown: Mapping[str, bool] = {},
    page_no: int = 0,
) -> Screen:
    """Where the documents of one or several numbers are, and what the person can do with them.

    Of each number that is `unknown` it says whether this chat waits for it.
    """
    if len(found) > SHOWN:
        blocks = [[whereabouts.line(workflow, one.number, one.documents, t)] for one in found]
    else:
        blocks = [block for one in found for block in whereabouts.blocks(workflow, person, one, t, now)]
    if len(found) == 1:
        rows = _number_rows(workflow, person, found[0], page_no, t, now)
    else:
        rows = tuple(
            (
                button(
                    names.number_label(workflow, look.number, look.documents, t, look.own_name), ShowStatus(look.number)
                ),
            )
            for look in found
        )
        rows += () if person.posts else _money(workflow, found, t)
    followed = [one for one in found if one.followed]
    codes = _pickup(workflow, followed, t) if followed else []
    lines, waits = beside(unknown, t) if unknown else ([], ())
    return Screen(page(*layout.fitting(blocks, t), GAP, *codes, *lines, *notes), rows + waits)


def _money(workflow: Workflow, found: Sequence[LookUp], t: Words) -> Rows:
    """A button for each village of several numbers: somebody there asked for money."""
    villages = {look.documents[0].village: look.number for look in reversed(found)}
    if len(villages) == 1:
        return ((button(t("Somebody asked for money"), AskedForMoney(found[0].number)),),)
    label = t("Somebody asked for money")
    return column(
        button(f"{names.village_name(workflow, village)} · {layout.small(label)}", AskedForMoney(number))
        for village, number in reversed(villages.items())
    )


def _pickup(workflow: Workflow, found: Sequence[LookUp], t: Words) -> list[str]:
    """The pickup code of each of these numbers of which something lies ready."""
    stages = workflow.stages
    return [
        t("Pickup code for {number}: {code}. Say it when you fetch it.", number=grouped(one.number), code=one.pickup)
        for one in found
        if one.pickup and any(d.stage in stages and stages[d.stage].ready for d in one.documents)
    ]


def _number_rows(workflow: Workflow, person: Person, look: LookUp, page_no: int, t: Words, now: int) -> Rows:
    work: Rows = ()
    mending: Rows = ()
    if person.posts:
        legs = (*leg_rows(workflow, person, look.documents, t), *aside.rows(workflow, person, look, t))
        shown, page_no, last = layout.paged(legs, page_no, layout.MANY)
        work = (*shown, *layout.turning(page_no, last, lambda to: ShowStatus(look.number, to)))
        if any(corrections.may(workflow, person, one, now) for one in look.documents):
            mending = ((button(t("Put right"), Correct(look.number)),),)
    keys = (*bell(workflow, look, t), button(t("History"), ShowHistory(look.number)))
    goes_on = look.followed and any(not workflow.ends(one.stage) for one in look.documents)
    chosen = choice(person.news, t, look.number) if goes_on else ()
    letter = aside.letter(workflow, person, look, t) if look.followed or person.posts else ()
    feedback = ((button(t("Ask / report …"), ShowFeedback(look.number)),),) if look.followed or not person.posts else ()
    return (*work, keys, *chosen, *mending, *letter, *feedback)


def other_ways_screen(workflow: Workflow, person: Person, look: LookUp, t: Words, now: int) -> Screen:
    """Where the documents of a number are, and the ways past a stage."""
    blocks = whereabouts.blocks(workflow, person, look, t, now)
    rows = other_rows(workflow, person, look.documents, t)[: layout.MANY]
    note = t("Past a stage: only if it is so.")
    return Screen(
        page(*layout.fitting(blocks, t), layout.GAP, note), (*rows, (button(t("Back"), ShowStatus(look.number)),))
    )


def leg_rows(
    workflow: Workflow,
    person: Person,
    documents: Sequence[Document],
    t: Words,
    without: Collection[int] = (),
) -> Rows:
    """The nearest leg of each document of a number that this person may take further, `without` some by their ids; and
    the way to legs past a stage, if there are any.
    """
    left = [one for one in documents if one.id not in without]
    open_to = [(one, workflow.open_to(person, one.type, one.village, one.stage)) for one in left]
    steps = [(one, legs[0]) for one, legs in open_to if legs]
    past = any(len(legs) > 1 for _, legs in open_to)
    others = ((button(t("Other …"), OtherWays(documents[0].number)),),) if past else ()
    return (*_rows(workflow, person, documents, steps, t), *others)


def other_rows(workflow: Workflow, person: Person, documents: Sequence[Document], t: Words) -> Rows:
    """The ways past a stage, for each document that has one."""
    open_to = [(one, workflow.open_to(person, one.type, one.village, one.stage)) for one in documents]
    steps = [(one, to) for one, legs in open_to for to in legs[1:]]
    return _rows(workflow, person, documents, steps, t)


def _rows(workflow: Workflow, person: Person, documents: Sequence[Document], steps: Sequence[Step], t: Words) -> Rows:
    together: dict[tuple[str, str], list[Document]] = {}
    for one, to in steps:
        together.setdefault((one.stage, to), []).append(one)
    buttons: list[Button] = []
    hands = ""
    for (_, to), group in together.items():
        if to in workflow.at_home:
            hands = to
        else:
            buttons += _buttons(workflow, person, documents, group, to, t)
    if hands:
        leg = names.leg_name(workflow, hands, t.lang, roles=person.roles)
        buttons.append(button(leg, HandOver(documents[0].number)))
    return column(buttons)


def _buttons(
    workflow: Workflow, person: Person, documents: Sequence[Document], group: Sequence[Document], to: str, t: Words
) -> Iterator[Button]:
    """All that go together at once, and each by itself."""
    leg = names.leg_name(workflow, to, t.lang, *(one.type for one in group), roles=person.roles)
    if len(group) > 1:
        bits = sum(1 << documents.index(one) for one in group)
        seen = sum(one.version for one in group)
        label = layout.joined([f"✅ {layout.every(len(group), t)}", leg])
        yield button(label, TakeTogether(documents[0].number, bits, seen, to))
    for one in group:
        name = names.type_short(workflow, one.type)
        label = layout.joined([f"✅ {name}", leg]) if len(documents) > 1 else f"✅ {leg}"
        yield button(label, TakeLeg(one.id, one.version, to))


def unfiled(number: str, t: Words) -> str:
    """The line for a number that is not in the register, or long closed."""
    return t(
        "{number} is not in our records: it may not be registered yet, or was finished long ago. "
        "Please check your slip.",
        number=grouped(number),
    )


def not_known_screen(
    numbers: Sequence[str], notes: Sequence[str], t: Words, waiting: frozenset[str], said: Mapping[str, str] = {}
) -> Screen:
    """None of the numbers is in the register: each may be waited for. Of some it is `said` that they are reserved."""
    lines = [
        said.get(number) or (_waited_for(number, t) if number in waiting else unfiled(number, t)) for number in numbers
    ]
    rows = column(_wait_button(number, t, number in waiting, several=len(numbers) > 1) for number in numbers)
    return Screen(page(*lines, *notes), rows)


def beside(unknown: Mapping[str, bool], t: Words) -> tuple[list[str], Rows]:
    """Of numbers that are not in the register, beside some that are: a line and a button for each, by whether this chat
    waits for it.
    """
    lines = [_waited_for(number, t) if waits else unfiled(number, t) for number, waits in unknown.items()]
    return lines, column(_wait_button(number, t, waits, several=True) for number, waits in unknown.items())


def _waited_for(number: str, t: Words) -> str:
    return t("{number} is not in our records yet. You will be told when it is.", number=grouped(number))


def _wait_button(number: str, t: Words, waits: bool, *, several: bool) -> Button:  # noqa: FBT001  # pure
    which = f" · {layout.tails([number])}" if several else ""
    if waits:
        return button("🔕 " + t("Stop updates") + which, UnfollowNumber(number))
    return button("🔔 " + t("Tell me when it is") + which, FollowNumber(number))


def breaker_screen(workflow: Workflow, at: int, t: Words, now: int, *, on_the_page: bool = False) -> Screen:
    """Many numbers are being guessed, in chats or on the public page: what it means for families, and that there is
    nothing to do.
    """
    moment = dates.moment(at, now, workflow.zone, t.lang)
    if on_the_page:
        tried = t(
            "{moment}: within an hour {n} wrong numbers or codes were tried on the public page.",
            moment=moment, n=OF_ALL,
        )  # fmt: skip
        lines = [
            t("Whoever writes the right number and code there is answered, and in this chat nothing changes."),
            t("Whoever wrote two wrong ones there waits, for an hour at most, before writing another."),
        ]
    else:
        tried = t(
            "{moment}: within an hour {n} numbers were asked for that are not in our records.", moment=moment, n=OF_ALL
        )
        lines = [
            t("Whoever asks for a number that is there is answered as always."),
            t("Whoever asked for two that are not there waits, for an hour at most, before asking for another."),
        ]
    return Screen(page(tried + " " + t("Somebody may be guessing numbers."), *lines, t("You need not do anything.")))
