"""The head's page: what stands still in the district, why and since when, and the way to the documents."""

from collections.abc import Mapping, Sequence

from handlers.bags.buttons import ShowTasks
from handlers.deputies.buttons import ChooseStandIn, ShowDuty
from handlers.feedback.buttons import ShowDemands, ShowQuestions
from handlers.handover.buttons import ShowObjections
from handlers.lookup.buttons import ShowStatus
from handlers.morning.buttons import ShowLate, ShowPickup
from handlers.pauses.buttons import EndPause, ShowPauses
from handlers.reply import Button, Rows, Screen
from handlers.search.buttons import ShowFound
from handlers.wording import layout, names, standstill, waiting
from handlers.wording.layout import bold, button, card, column, page
from locales import Words, dates
from storage.mornings.oversight import Oversight, Unheard
from storage.records import Document, Leg, Post
from storage.workflow import Workflow


def oversight_screen(
    workflow: Workflow, seen: Oversight, title: str, t: Words, now: int, demands: int = 0, *, is_page: bool = True
) -> Screen:
    """What stands still, where, why and since when; good news only if nothing does. A page has its foot, too.

    Of families who were asked for money it says how many.
    """
    lines = _lines(workflow, seen, t, now)
    if not seen:
        lines = [t("Nothing stands still. Good news!")]
    money: Rows = ((button(t("Money was asked for: {n} ⚠", n=demands), ShowDemands()),),) if demands else ()
    foot: Rows = (
        (button(t("Refresh"), ShowTasks()), button(t("Find …"), ShowFound("", 0))),
        (button(t("Stand-in …"), ShowDuty()), button(t("Pause …"), ShowPauses())),
    )
    text = page(bold(title), *layout.listed(filter(None, lines), t), _health(seen, t))
    return Screen(text, (*money, *_rows(workflow, seen, t), *(foot if is_page else ())))


def _lines(workflow: Workflow, seen: Oversight, t: Words, now: int) -> list[str]:
    overdue = [
        t("{village} has waited for {days} to be {step}.", **_overdue(workflow, one, t, now))
        for one in seen.overdue(workflow, now)[: waiting.NAMED]
    ]
    late = [
        t("Waiting to be {step}: {villages}", step=step, villages=waiting.ages(workflow, group, t, now))
        for group in waiting.by_leg(seen.late)
        for step in [waiting.step(workflow, group[0], t)]
    ]
    held = [f"⏸ {one.count} · {standstill.cause_name(workflow, one.cause, t)}" for one in seen.held[: waiting.NAMED]]
    missed = [waiting.promised(workflow, one, t, now) for one in seen.missed]
    unheard = [_unheard(workflow, one, t) for one in seen.unheard]
    pauses = [standstill.pause(workflow, one, t, now) for one in seen.pauses]
    return [*pauses, *map(bold, overdue), *late, *held, *missed, *unheard]


def _unheard(workflow: Workflow, one: Unheard, t: Words) -> str:
    post, days = names.post_title(workflow, one.post, t), dates.working_days(one.days, t.lang)
    return t.n(
        "{post}: no sign for {days}, {n} document is with them.",
        "{post}: no sign for {days}, {n} documents are with them.",
        one.count, post=post, days=days,
    )  # fmt: skip


def _overdue(workflow: Workflow, one: Leg, t: Words, now: int) -> Mapping[str, str]:
    days = dates.working_days(workflow.calendar.working_days(one.oldest, now), t.lang)
    village = names.village_name(workflow, one.village)
    return {"village": village, "days": days, "step": waiting.step(workflow, one, t)}


def _health(seen: Oversight, t: Words) -> str:
    if seen.stuck:
        return t("The bot has messages that are stuck: {n}. Please tell the operator.", n=seen.stuck)
    return t("The bot is behind with its messages.") if seen.is_behind else t("The bot is well.")


def _rows(workflow: Workflow, seen: Oversight, t: Words) -> Rows:
    """A button for each: what is paused, late by leg, on hold, not fetched or not got, and who is not heard from."""
    rows: list[tuple[Button, ...]] = [
        (button(t("Resume: {what}", what=standstill.paused(workflow, one, t)), EndPause(one.id)),)
        for one in seen.pauses
    ]
    if seen.objections:
        rows.append((button(t("Families did not get: {n} ⚠", n=seen.objections), ShowObjections()),))
    if seen.questions:
        rows.append((button(t("Questions of families: {n} ⚠", n=seen.questions), ShowQuestions()),))
    for group in waiting.by_leg(seen.late):
        count, step = sum(one.count for one in group), layout.capital(waiting.step(workflow, group[0], t))
        rows.append((button(f"⚠ {count} · {step}", ShowLate(group[0].origin, group[0].to)),))
    rows += standstill.rows(workflow, seen.held, t)
    for one in seen.missed:
        name = names.village_name(workflow, one.pickup.village)
        rows.append(
            (button(t("Not fetched: {village} ({n})", village=name, n=one.count), ShowPickup(one.pickup.village)),)
        )
    for silent in seen.unheard:
        title = names.post_title(workflow, silent.post, t)
        rows.append((button(t("Stand-in: {post}", post=title), ChooseStandIn(silent.post.id)),))
    return tuple(rows)


def late_screen(
    workflow: Workflow,
    late: Sequence[Document],
    of: ShowLate,
    holders: Mapping[int, Post],
    t: Words,
    now: int,
) -> Screen:
    """A page of what of a leg is late: which documents, since when, and who has them."""
    shown, page_no, last = layout.paged(late, of.page)
    lines = [_paper(workflow, one, holders, t, now) for one in shown]
    rows = column(button(names.paper_label(workflow, one), ShowStatus(one.number)) for one in shown)
    turning = layout.turning(page_no, last, lambda to: ShowLate(of.origin, of.to, to))
    step = names.stage_next(workflow, of.to, t.lang, *workflow.kinds.get((of.origin, of.to), ()))
    head = t("Waiting to be {step}: {n}", step=step, n=len(late)) if late else t("Nothing of it is late any more.")
    return card([head, *layout.listed(lines, t)], (*rows, *turning), ShowTasks(), t)


def _paper(workflow: Workflow, one: Document, holders: Mapping[int, Post], t: Words, now: int) -> str:
    """`…5492 KK, Gumelem since 10 Nov: Petugas Jek-Duk 2`"""
    holder = holders.get(one.holder or 0)
    place = names.stage_now(workflow, one.stage, one.village, t.lang, one.type).partition(". ")[0]
    # What a courier put on a desk is the desk's.
    has_it = holder is not None and (holder.role != "courier" or workflow.is_on_the_road(one.stage))
    who = names.post_title(workflow, holder, t) if holder and has_it else place
    what = f"…{one.number[-4:]} {names.type_short(workflow, one.type)}, {names.village_name(workflow, one.village)}"
    day = dates.lately(one.since, now, workflow.zone, t.lang)
    return t("{documents} since {day}", documents=what, day=day) + f": {who}"
