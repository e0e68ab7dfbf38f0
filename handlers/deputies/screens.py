"""Who stands in for whom, and what a post leaves behind."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handlers.bags.buttons import ShowBag, ShowTasks
from handlers.deputies.buttons import (
    AskStandIn,
    ChooseStandIn,
    ChooseUntil,
    HandOn,
    LayDown,
    PassOn,
    ShowDuty,
    StandInDraft,
)
from handlers.reply import Button, Rows, Screen
from handlers.staff.buttons import ShowPosts
from handlers.wording import absences, layout, names
from handlers.wording.layout import bold, button, card, column, page
from handlers.wording.names import post_title
from locales import Words, dates
from storage.deputies.stand_ins import LENDABLE, StandIn
from storage.records import Document, Leg, Person, Post
from storage.workflow import Workflow


class Colleague(NamedTuple):
    """Who shall stand in for whom: until the end of a day, by its number, which is `until`."""

    lent: Post
    deputy: Post
    day: int
    until: int


def duty_screen(workflow: Workflow, person: Person, found: Sequence[StandIn], t: Words, now: int) -> Screen:
    """Somebody's posts, who stands in for them and for whom they do."""
    lines = [post_title(workflow, post, t) for post in person.own]
    rows: list[tuple[Button, ...]] = []
    for one in found:
        lines.append(absences.line(workflow, one, person.chat, t, now))
        rows += absences.rows(one, person.chat, t)
    lent = {one.away.id for one in found}
    for post in person.own:
        if post.role in LENDABLE and post.id not in lent:
            label = absences.key(workflow, post, t, lambda title: t("Stand-in: {post}", post=title))
            rows.append((button(label, ChooseStandIn(post.id)),))
        label = absences.key(workflow, post, t, lambda title: t("Lay down: {post}", post=title))
        rows.append((button(label, LayDown(post.id)),))
    if person.own and all(post.role not in LENDABLE for post in person.own):
        lines.append(t("Nobody stands in for a head. Invite another one: /undang."))
    return card([t("Your roles"), *layout.listed(lines, t)], rows, ShowTasks(), t)


def colleagues_screen(
    workflow: Workflow,
    lent: Post,
    found: Sequence[Post],
    asked: ChooseStandIn,
    t: Words,
    *,
    is_own: bool,
    is_part: bool,
) -> Screen:
    """Who could stand in, the nearest first; and the way to the others, if these are but a part of the colleagues."""
    shown, page_no, last = layout.paged(found, asked.page, layout.MANY)
    rows = column(button(post_title(workflow, one, t), ChooseUntil(lent.id, one.id)) for one in shown)
    turning = layout.turning(page_no, last, lambda to: ChooseStandIn(lent.id, to, asked.others))
    others = ((button(t("Other colleagues …"), ChooseStandIn(lent.id, 0, 1)),),) if is_part else ()
    lay_down = ((button(t("Lay down this role …"), LayDown(lent.id)),),) if is_own else ()
    asks = t("Who stands in for a while?") if found else t("There is nobody else who could stand in.")
    lines = [_for(workflow, lent, t), asks]
    return card(lines, (*rows, *turning, *others, *lay_down), ShowTasks() if is_own else ShowPosts(), t)


def _for(workflow: Workflow, lent: Post, t: Words) -> str:
    return t("Stand-in for {post}", post=post_title(workflow, lent, t))


def until_screen(
    workflow: Workflow, lent: Post, deputy: Post, days: Mapping[int, tuple[int, int]], t: Words, now: int
) -> Screen:
    """Until which day: `days` tells by its number when it is over, and how many working days that is."""
    rows = column(
        button(_day(workflow, until, n, t, now), StandInDraft(lent.id, deputy.id, day))
        for day, (until, n) in days.items()
    )
    lines = [_for(workflow, lent, t), post_title(workflow, deputy, t), t("Until which day, that day included?")]
    return card(lines, rows, ChooseStandIn(lent.id), t)


def _day(workflow: Workflow, until: int, n: int, t: Words, now: int) -> str:
    day = absences.last_day(workflow, until, t, now)
    return f"{day} ({dates.working_days(n, t.lang)})" if n else day


def draft_screen(workflow: Workflow, asked: Colleague, papers: Sequence[Document], t: Words, now: int) -> Screen:
    """What would be asked, and what the colleague takes on."""
    day = absences.last_day(workflow, asked.until, t, now)
    deputy = post_title(workflow, asked.deputy, t)
    lines = [
        _for(workflow, asked.lent, t),
        t("{deputy}, until {day}.", deputy=deputy, day=day),
        t("From their yes on they may do all that this post may, and get its reminders."),
        absences.in_hands(workflow, papers, t),
    ]
    rows = ((button(t("Ask them"), AskStandIn(asked.lent.id, asked.deputy.id, asked.day)),),)
    return card(lines, rows, ChooseUntil(asked.lent.id, asked.deputy.id), t)


def stand_in_screen(workflow: Workflow, one: StandIn, person: Person, t: Words, now: int) -> Screen:
    """How it stands with one, and what its reader may do about it."""
    rows = (*absences.rows(one, person.chat, t), (button(t("Show tasks"), ShowTasks()),))
    return Screen(page(absences.line(workflow, one, person.chat, t, now)), rows)


def news_screen(
    workflow: Workflow, one: StandIn, what: str, papers: Sequence[Document], person: Person, t: Words, now: int
) -> Screen:
    """What became of one, for whoever of the two or of the heads reads it."""
    if what in ("asked", "accepted"):
        line = absences.line(workflow, one, person.chat, t, now)
        screen = stand_in_screen(workflow, one, person, t, now)
        return Screen(page(line, absences.in_hands(workflow, papers, t)), screen.rows)
    is_away = person.chat == one.away.chat
    rows: Rows = ((button(t("Show tasks"), ShowTasks()),),)
    if is_away and person.holds(one.away.role) and what != "over":
        rows = ((button(t("Choose somebody else …"), ChooseStandIn(one.away.id)),), *rows)
    hands = absences.in_hands(workflow, papers, t) if one.accepted_at is not None else ""
    return Screen(page(*_ended(workflow, one, what, person.chat, t), hands), rows)


def _ended(workflow: Workflow, one: StandIn, what: str, chat: int, t: Words) -> tuple[str, str]:
    """That it is over, for its reader, and why."""
    away, deputy = (post_title(workflow, post, t) for post in (one.away, one.deputy))
    why = {
        "over": t("Its last day is past."),
        "ended": t("It was ended early."),
        "post_ended": t("One of the two roles has ended."),
    }
    if one.accepted_at is None:
        if chat == one.deputy.chat:
            return t("You are no longer asked to stand in for {away}.", away=away), ""
        if what == "refused":
            return t("{deputy} cannot stand in for {away}.", deputy=deputy, away=away), ""
        return t("{deputy} did not take it on to stand in for {away}.", deputy=deputy, away=away), why[what]
    if chat == one.deputy.chat:
        return t("You no longer stand in for {away}.", away=away), why[what]
    if chat == one.away.chat:
        return t("{deputy} no longer stands in for you. The work is yours again.", deputy=deputy), why[what]
    return t("{deputy} no longer stands in for {away}.", deputy=deputy, away=away), why[what]


def lay_down_screen(
    workflow: Workflow, post: Post, papers: Sequence[Document], able: Sequence[Post], left: Sequence[Leg], t: Words
) -> Screen:
    """What a post leaves behind; what it carries is handed on first, to somebody who is able to take it further."""
    head, back = bold(t("Lay down: {post}", post=post_title(workflow, post, t))), (button(t("Back"), ShowDuty()),)
    if papers:
        places = absences.by_place(workflow, absences.in_villages(papers), t)
        carries = t.n("You carry {n} paper: {places}.", "You carry {n} papers: {places}.", len(papers), places=places)
        rows = column(button(post_title(workflow, one, t), HandOn(post.id, one.id)) for one in able[: layout.ROWS])
        asks = t("Hand over the bag first. To whom?") if able else t("Take them where they go first.")
        return Screen(page(head, carries, asks), (*rows, back))
    lines = layout.listed(_left(workflow, left, t), t)
    stays = [t("What waits stays for colleagues, and for whoever comes after you:"), *lines] if lines else []
    return Screen(
        page(head, t("Its buttons stop at once. Your job does not change. The heads are told."), *stays),
        ((button(t("Yes, lay it down"), LayDown(post.id, 1)),), back),
    )


def pass_on_screen(workflow: Workflow, bag: int, count: int, able: Sequence[Post], t: Words) -> Screen:
    """Into whose hands the papers of a bag pass."""
    rows = column(button(post_title(workflow, one, t), PassOn(bag, one.id)) for one in able[: layout.ROWS])
    asks = t("Who carries them from here?") if able else t("No colleague carries these.")
    return card([t.n("Pass on {n} paper", "Pass on {n} papers", count), asks], rows, ShowBag(bag), t)


def _left(workflow: Workflow, left: Sequence[Leg], t: Words) -> list[str]:
    """A line for each leg: what is done next, and how much of it waits in which village."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for one in left:
        found.setdefault((one.origin, one.to), {})[one.village] = one.count
    lines = []
    for (_, to), counts in found.items():
        villages = absences.by_place(workflow, counts, t)
        step = names.stage_next(workflow, to, t.lang)
        lines.append(t("Waiting to be {step}: {villages}", step=step, villages=villages))
    return lines


def laid_down_screen(workflow: Workflow, post: Post, t: Words) -> Screen:
    """The heads are told: nobody may be left who does this work."""
    return Screen(
        page(t("{post} has laid down this role.", post=post_title(workflow, post, t))),
        ((button(t("Show staff"), ShowPosts()),),),
    )


def passed_screen(workflow: Workflow, post: Post, papers: Sequence[Document], t: Words) -> Screen:
    """Papers are in its reader's hands now."""
    n, places, giver = (
        len(papers),
        absences.by_place(workflow, absences.in_villages(papers), t),
        post_title(workflow, post, t),
    )
    line = t.n(
        "{post} has handed {n} paper to you: {places}.",
        "{post} has handed {n} papers to you: {places}.",
        n, post=giver, places=places,
    )  # fmt: skip
    return Screen(page(line), ((button(t("Show tasks"), ShowTasks()),),))
