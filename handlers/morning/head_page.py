"""The head's page: what stands still in the district, why and since when, and the way to the documents."""

from collections.abc import Mapping, Sequence

from handlers.bags.buttons import ShowTasks
from handlers.deputies.buttons import ChooseStandIn, ShowDuty
from handlers.feedback.buttons import ShowDemands, ShowQuestions
from handlers.handover.buttons import ShowObjections
from handlers.lookup.buttons import ShowStatus
from handlers.morning.buttons import ShowLate, ShowPickup, ShowUntold
from handlers.pauses.buttons import EndPause, ShowPauses
from handlers.reply import Rows, Screen
from handlers.search.buttons import ShowFound
from handlers.wording import layout, names, standstill, waiting
from handlers.wording.layout import bold, button, card, column, grouped, page
from locales import Words, dates
from storage.mornings.oversight import Oversight, Unheard
from storage.news.relays import Relay
from storage.records import Document, Leg, Post
from storage.workflow import Workflow

MOST_LATE = 3  # legs that a morning names
MOST_ROWS = 6  # buttons of a morning


def oversight_screen(workflow: Workflow, seen: Oversight, title: str, t: Words, now: int, demands: int = 0) -> Screen:
    """What stands still, where, why and since when, the longest first; good news only if nothing does.

    Of families who were asked for money it says how many.
    """
    late = _late(seen)
    held = [f"⏸ {one.count} · {standstill.cause_name(workflow, one.cause, t)}" for one in seen.held[: waiting.NAMED]]
    missed = [waiting.promised(workflow, one, t, now) for one in seen.missed]
    unheard = [_unheard(workflow, one, t) for one in seen.unheard]
    lines = [*_head(workflow, seen, t, now), *_legs(workflow, late, t, now), *held, *missed, *unheard]
    lines += [_untold(seen, t)] if seen.untold else []
    if not seen:
        lines = [t("Nothing is late or on hold.") if demands else t("Nothing stands still. Good news!")]
    money: Rows = ((button(t("Money was asked for: {n} ⚠", n=demands), ShowDemands()),),) if demands else ()
    foot: Rows = (
        (button(t("Refresh"), ShowTasks()), button(t("Find …"), ShowFound("", 0))),
        (button(t("Stand-in …"), ShowDuty()), button(t("Pause …"), ShowPauses())),
    )
    text = page(bold(title), *layout.listed(filter(None, lines), t), _health(seen, t))
    return Screen(text, (*money, *_rows(workflow, seen, late, t), *foot))


def brief_screen(workflow: Workflow, seen: Oversight, title: str, t: Words, now: int) -> Screen:
    """The same in ten seconds: how much is late, the latest of it, how much else there is, and whether the bot is well.
    What it does not name is behind its last button.
    """
    late = _late(seen)
    first, more = late[:MOST_LATE], len(late) - MOST_LATE
    lines = [*_head(workflow, seen, t, now), *_legs(workflow, first, t, now)]
    lines += [t("… and {n} more", n=more)] if more > 0 else []
    rows = (*_rows(workflow, seen, first, t)[:MOST_ROWS], (button(t("All that stands still"), ShowTasks()),))
    return Screen(page(bold(title), *lines, _besides(seen, t), _health(seen, t)), rows)


def _late(seen: Oversight) -> list[list[Leg]]:
    """What is late by leg, the longest first."""
    return sorted(waiting.by_leg(seen.late), key=_oldest)


def _oldest(group: Sequence[Leg]) -> int:
    return min(one.oldest for one in group)


def _head(workflow: Workflow, seen: Oversight, t: Words, now: int) -> list[str]:
    """What is paused, and how much is late."""
    lines = [standstill.pause(workflow, one, t, now) for one in seen.pauses]
    if seen.late:
        days = dates.working_days(workflow.calendar.working_days(_oldest(seen.late), now), t.lang)
        count = sum(one.count for one in seen.late)
        lines.append(bold(t("Late: {n} ({oldest})", n=count, oldest=t("oldest: {days}", days=days))))
    return lines


def _legs(workflow: Workflow, late: Sequence[Sequence[Leg]], t: Words, now: int) -> list[str]:
    return [
        t("Waiting to be {step}: {villages}", step=step, villages=waiting.ages(workflow, group, t, now))
        for group in late
        for step in [waiting.step(workflow, group[0], t)]
    ]


def _besides(seen: Oversight, t: Words) -> str:
    """How much else there is, each in a word or two."""
    counts = [
        t("On hold ({n})", n=sum(one.count for one in seen.held)) if seen.held else "",
        t("Not fetched as promised: {n}", n=len(seen.missed)) if seen.missed else "",
        t("No sign of colleagues: {n}", n=len(seen.unheard)) if seen.unheard else "",
        _untold(seen, t) if seen.untold else "",
    ]
    return " · ".join(filter(None, counts))


def _untold(seen: Oversight, t: Words) -> str:
    return t("Families not told yet: {n}", n=len(seen.untold))


def _unheard(workflow: Workflow, one: Unheard, t: Words) -> str:
    post, days = names.post_title(workflow, one.post, t), dates.working_days(one.days, t.lang)
    return t.n(
        "{post}: no sign for {days}, {n} document is with them.",
        "{post}: no sign for {days}, {n} documents are with them.",
        one.count, post=post, days=days,
    )  # fmt: skip


def _health(seen: Oversight, t: Words) -> str:
    if seen.stuck:
        return t("The bot has messages that are stuck: {n}. Please tell the operator.", n=seen.stuck)
    return t("The bot is behind with its messages.") if seen.is_behind else t("The bot is well.")


def _rows(workflow: Workflow, seen: Oversight, late: Sequence[Sequence[Leg]], t: Words) -> Rows:
    """A button for each: what is paused, late by leg, not got, asked, not fetched, who is not heard from, who was not
    told, and what is on hold.
    """
    rows = [
        button(t("Resume: {what}", what=standstill.paused(workflow, one, t)), EndPause(one.id)) for one in seen.pauses
    ]
    for group in late:
        first, count = group[0], sum(one.count for one in group)
        task = waiting.task(workflow, first, t)
        label = t.n("⚠ {n} waits: {task}", "⚠ {n} wait: {task}", count, task=task)
        rows.append(button(label, ShowLate(first.origin, first.to)))
    if seen.objections:
        rows.append(button(t("Families did not get: {n} ⚠", n=seen.objections), ShowObjections()))
    if seen.questions:
        rows.append(button(t("Questions of families: {n} ⚠", n=seen.questions), ShowQuestions()))
    for one in seen.missed:
        name = names.village_name(workflow, one.pickup.village)
        rows.append(
            button(t("Not fetched: {village} ({n})", village=name, n=one.count), ShowPickup(one.pickup.village))
        )
    for silent in seen.unheard:
        title = names.post_title(workflow, silent.post, t)
        rows.append(button(t("Stand-in: {post}", post=title), ChooseStandIn(silent.post.id)))
    rows += [button(_untold(seen, t), ShowUntold())] if seen.untold else []
    return (*column(rows), *standstill.rows(workflow, seen.held, t))


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


def untold_screen(
    workflow: Workflow, untold: Sequence[Relay], types: Mapping[int, Sequence[str]], page_no: int, t: Words, now: int
) -> Screen:
    """A page of families whom no message reaches and nobody has told, the longest first."""
    shown, page_no, last = layout.paged(untold, page_no)
    lines = [waiting.family(workflow, one, types[one.request], t, now) for one in shown]
    rows = column(button(grouped(one.number), ShowStatus(one.number)) for one in shown)
    head = t("There is no family to tell. All of them know.")
    if untold:
        head = t("Families not told yet: {n}", n=len(untold))
    return card([head, *layout.listed(lines, t)], (*rows, *layout.turning(page_no, last, ShowUntold)), ShowTasks(), t)
