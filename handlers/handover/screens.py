"""What goes to a family and how one knows that it is theirs; what they are asked, and what they object to."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from handlers.bags.buttons import ShowTasks
from handlers.callbacks import Callback
from handlers.handover.buttons import (
    AskReceiver,
    Give,
    HandOver,
    Received,
    Settle,
    ShowFamilies,
    TypeCode,
    all_back,
    missing,
)
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.wording import fetched, layout, names, originals
from handlers.wording.layout import bold, button, card, column, grouped, page
from locales import Words, dates, speech
from storage.counter import handovers
from storage.counter.handovers import FETCHERS, Objection
from storage.counter.pickup import DIGITS
from storage.originals.steps import Papers
from storage.records import Document, Person
from storage.workflow import Workflow

KNOWN = "known"


class Proofs(NamedTuple):
    """The ways to know that whoever stands there may have it: the officer knows them, a code, somebody follows."""

    may_vouch: bool
    has_code: bool
    is_followed: bool = True


def handover_screen(
    workflow: Workflow,
    ready: Sequence[Document],
    only: int,
    proofs: Proofs,
    t: Words,
    *,
    out: Sequence[str] = (),
    ticks: Rows = (),
) -> Screen:
    """What of a number lies ready for the family, and the proofs that there are.

    Its originals that are `out` are named, with `ticks` for what of them goes back now.
    """
    chosen = [one for one in ready if only in (0, one.id)]
    number, seen = chosen[0].number, sum(one.version for one in chosen)
    lines = [_head(workflow, chosen, t)]
    rows: list[tuple[Button, ...]] = [*ticks]
    if out:
        named = originals.paper_names(workflow, out, t.lang)
        lines.append(t("Originals to give back: {papers}. Tick what the family gets.", papers=named))
    if proofs.may_vouch:
        lines.append(t("Do you know who fetches it? Then tap who it is:"))
        rows += _who_rows(Give(number, only, seen, "", KNOWN), t)
    else:
        lines.append(_ask_for(proofs, t))
    if proofs.has_code:
        rows.append((button(t("Pickup code"), TypeCode(number, only, "")),))
    if proofs.is_followed:
        rows.append((button(t("The receiver taps"), AskReceiver(number)),))
    if len(ready) > 1 and not only:
        alone = [
            (t("Only {document}", document=names.type_short(workflow, one.type)), one.id)
            for one in ready[: layout.MANY]
        ]
        rows += layout.abreast([button(label, HandOver(number, id)) for label, id in alone])
    return card(lines, rows, ShowStatus(number), t)


def _ask_for(proofs: Proofs, t: Words) -> str:
    if proofs.has_code and proofs.is_followed:
        return t("Ask for the pickup code on the slip, or let the receiver tap in their own chat.")
    if proofs.is_followed:
        return t("Let the receiver tap in their own chat.")
    if proofs.has_code:
        return t("Nobody follows this number. Ask for the code instead.")
    return t("No code can be tried any more. Let the receiver follow this number first, or ask the village officer.")


def _head(workflow: Workflow, chosen: Sequence[Document], t: Words) -> str:
    listed = speech.join([names.type_short(workflow, one.type) for one in chosen], t.lang)
    return t("Hand over: {documents} · {number}", documents=listed, number=grouped(chosen[0].number))


def _who_rows(give: Give, t: Words) -> Rows:
    buttons = [
        button(
            f"✅ {layout.capital(fetched.fetcher_name(who, t))}",
            Give(give.number, give.only, give.seen, who, give.proof),
        )
        for who in FETCHERS
    ]
    return layout.abreast(buttons)


def originals_asked_screen(
    workflow: Workflow, chosen: Sequence[Document], only: int, papers: Papers, to: Callable[[int], Callback], t: Words
) -> Screen:
    """Whether the originals that are not ticked went back to the family. What is missing stays named until it is back.

    `to` is the button that goes on with such an answer.
    """
    named, number = originals.paper_names(workflow, papers.out, t.lang), chosen[0].number
    sign = "✅ " * isinstance(to(0), Give)  # the receiver's tap is still to come
    some = ((button(t("Some of them: tick …"), HandOver(number, only)),),) if len(papers.out) > 1 else ()
    lines = [
        _head(workflow, chosen, t),
        t("Did the family get back: {papers}?", papers=named),
        t("What is missing stays with you and the desk as work."),
    ]
    rows = (
        (button(sign + t("Yes, given back"), to(all_back(papers.seen))),),
        (button(sign + t("No, still missing"), to(missing(papers.seen))),),
        *some,
    )
    return card(lines, rows, HandOver(number, only), t)


def keypad_screen(workflow: Workflow, ready: Sequence[Document], only: int, typed: str, left: int, t: Words) -> Screen:
    """Ten keys for the four digits of a pickup code."""
    chosen = [one for one in ready if only in (0, one.id)]
    number = chosen[0].number
    code = layout.blanks(typed, DIGITS)
    tries = t.n("{n} try is left.", "{n} tries are left.", left)
    keys = layout.keypad(typed, lambda digits: TypeCode(number, only, digits), HandOver(number, only), t)
    how = t("Tap the digits, or answer this message with them.")
    return Screen(page(bold(_head(workflow, chosen, t)), how, t("Pickup code: {code}", code=code), tries), keys)


def right_code_screen(workflow: Workflow, ready: Sequence[Document], only: int, code: str, t: Words) -> Screen:
    """The code is right: who fetches it is left to say."""
    chosen = [one for one in ready if only in (0, one.id)]
    number = chosen[0].number
    give = Give(number, only, sum(one.version for one in chosen), "", code)
    asked = t("The code is right. Who fetches it?")
    return card([_head(workflow, chosen, t), asked], _who_rows(give, t), HandOver(number, only), t)


def families_screen(
    workflow: Workflow, found: Sequence[Document], here: ShowFamilies, person: Person, t: Words
) -> Screen:
    """For which families something lies ready, the longest waiting first: a button for each number."""
    numbers: dict[str, list[Document]] = {}
    for one in found:
        numbers.setdefault(one.number, []).append(one)
    shown, page_no, last = layout.paged(list(numbers.items()), here.page)
    rows = column(button(_family(workflow, person, group), HandOver(number)) for number, group in shown)
    turning = layout.turning(page_no, last, lambda to: ShowFamilies(here.origin, here.village, to))
    head = names.leg_name(workflow, handovers.hands(workflow, here.origin), t.lang, roles=person.roles)
    asked = t("Whose documents? Or send the last 4 digits of the number.")
    return card([head, asked], (*rows, *turning), ShowTasks(), t)


def _family(workflow: Workflow, person: Person, group: Sequence[Document]) -> str:
    kinds = ", ".join(names.type_short(workflow, one.type) for one in group)
    parts = [kinds] + [names.village_name(workflow, group[0].village)] * (not workflow.village_of_sight(person))
    whole = " · ".join([grouped(group[0].number), *parts])
    return whole if len(whole) <= layout.LABEL else " · ".join([group[0].number[-4:], *parts])


def receiver_screen(workflow: Workflow, documents: Sequence[Document], t: Words) -> Screen:
    """A follower is asked whether they hold the documents now."""
    named = names.type_names(workflow, [one.type for one in documents], t.lang)
    number = grouped(documents[0].number)
    asked = t("The officer hands over: {documents}, {number}.", documents=named, number=number)
    return Screen(
        page(bold(asked), t("Tap only if you hold it in your hands.")),
        ((button("✅ " + t("I have it"), Received(documents[0].request)),),),
    )


def asked_screen(workflow: Workflow, number: str, count: int, until: int, t: Words, now: int) -> Screen:
    """Whoever follows was asked; or nobody does."""
    asked = t.n("{n} chat was asked.", "{n} chats were asked.", count)
    nobody = t("Nobody follows this number. Ask for the code instead.")
    time = dates.moment(until, now, workflow.zone, t.lang)
    lines = [asked, t("It can be answered until {time}.", time=time)] if count else [nobody]
    return Screen(page(*lines), ((button(t("Back"), HandOver(number)),),))


def objection_screen(
    workflow: Workflow,
    found: Objection,
    documents: Sequence[Document],
    fetched_by: str,
    role: str,
    t: Words,
    now: int,
) -> Screen:
    """What a family says it did not get, by whom that was recorded, and who is said to have fetched it."""
    listed = speech.join([names.type_short(workflow, one.type) for one in documents], t.lang)
    day = dates.day(found.at, now, workflow.zone, t.lang)
    recorded = t(
        "Recorded as handed over by: {role}. Fetched by: {who}.",
        role=names.role_name(role, t), who=fetched.fetcher_name(fetched_by, t) if fetched_by else "–",
    )  # fmt: skip
    return Screen(
        page(
            bold(t("A family did not get: {documents} · {number}", documents=listed, number=grouped(found.number))),
            t("{village} village, said on {day}.", village=names.village_name(workflow, found.village), day=day),
            recorded,
            t("Please find out, and put the record right if it is wrong."),
        ),
        (
            (button(t("Open the number"), ShowStatus(found.number)),),
            (button("✅ " + t("Cleared up"), Settle(found.act, found.request)),),
        ),
    )


def objections_screen(workflow: Workflow, found: Sequence[Objection], t: Words, now: int) -> Screen:
    """All that families say they did not get: a line for each, and how to clear it up."""
    shown = found[: layout.ROWS]
    lines = [
        f"{grouped(one.number)} · {names.village_name(workflow, one.village)} · "
        f"{dates.day(one.at, now, workflow.zone, t.lang)}"
        for one in shown
    ]
    rows = [
        (
            button(one.number[-4:], ShowStatus(one.number)),
            button("✅ " + t("Cleared up"), Settle(one.act, one.request)),
        )
        for one in shown
    ]
    head = t("Families did not get:") if found else t("No family says that it did not get something.")
    return card([head, *lines], rows, ShowTasks(), t)
