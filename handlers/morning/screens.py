"""What somebody should do this morning, the longest waiting first: lines, and the buttons that do it."""

from collections.abc import Sequence

from handlers.bags.buttons import ShowTasks
from handlers.feedback.buttons import ShowQuestions
from handlers.lookup.buttons import ShowStatus
from handlers.morning.buttons import ChoosePickup, PromisePickup, ShowMorning, Snooze
from handlers.relays.buttons import ShowRelays
from handlers.reply import Button, Rows, Screen
from handlers.village.buttons import ShowVillage
from handlers.wording import layout, names, standstill, waiting
from handlers.wording.layout import bold, button, card, grouped, page
from locales import Words, dates
from storage.mornings.pickups import is_fetched_from
from storage.mornings.unfetched import WEEKS
from storage.mornings.workload import STEPS, Morning, is_ready
from storage.records import Document, Leg, Person
from storage.workflow import Workflow

REMINDED = 8  # buttons of a reminder


def morning_screen(workflow: Workflow, person: Person, morning: Morning, t: Words, now: int) -> Screen:
    """What somebody should take further this morning, the longest waiting first; buttons open those bags."""
    greeting, day = dates.greeting(now, workflow.zone, t.lang), dates.day(now, now, workflow.zone, t.lang)
    village = workflow.village_of_sight(person)
    if village:
        name = names.village_name(workflow, village)
        head = t("{greeting}. {village} village, {day}", greeting=greeting, village=name, day=day)
    else:
        head = t("{greeting}. {day}", greeting=greeting, day=day)
    groups = sorted(
        waiting.by_leg(morning.legs), key=lambda group: (not group[0].mine, min(one.oldest for one in group))
    )
    lines = [_line(workflow, person, group, t, now) for group in groups]
    if not morning:
        lines.append(t("Nothing waits any more."))
    if morning.back.count:
        oldest = _oldest(workflow, morning.back.oldest, t, now)
        lines.append(t("Sent back to be completed: {n} ({oldest})", n=morning.back.count, oldest=oldest))
    if morning.untold:
        lines.append(t("Families to be told: {n}", n=morning.untold))
    if morning.asked:
        lines.append(t("Questions of families: {n}", n=morning.asked))
    if morning.looks:
        lines.append(t("Holds to look at today: {n}", n=len(morning.looks)))
    lines += [waiting.promised(workflow, one, t, now) for one in morning.awaited]
    urging = _urging(workflow, morning, t, now) if village else ""
    text = page(bold(head), *layout.fitting([[line] for line in [*lines, urging] if line], t, gap=""))
    completing = ShowVillage(village) if village else ShowTasks()
    rows = (
        *_rows(workflow, person, groups, t),
        *(((button(t("To be completed: {n}", n=morning.back.count), completing),),) if morning.back.count else ()),
        *(((button(t("Families to tell: {n}", n=morning.untold), ShowRelays()),),) if morning.untold else ()),
        *(((button(t("Questions of families: {n}", n=morning.asked), ShowQuestions()),),) if morning.asked else ()),
        *(standstill.look_rows(workflow, morning.looks, t) if morning.looks else ()),
        *_promises(workflow, person, morning, t, now),
        *(waiting.bags_of(workflow, morning.awaited, person, t) if morning.awaited else ()),
        *(((button(t("Remind me later …"), Snooze(0)),),) if village else ()),
    )
    return Screen(text, rows)


def _line(workflow: Workflow, person: Person, group: Sequence[Leg], t: Words, now: int) -> str:
    first, count = group[0], sum(one.count for one in group)
    oldest = _oldest(workflow, min(one.oldest for one in group), t, now)
    if all(is_ready(workflow, person, one) for one in group):
        if workflow.stages[first.origin].place == "district":
            return t("Ready to fetch at the district office: {n} ({oldest})", n=count, oldest=oldest)
        return t("Waiting for families in the village: {n} ({oldest})", n=count, oldest=oldest)
    step = waiting.step(workflow, first, t)
    if workflow.village_of_sight(person):
        return t("Waiting to be {step}: {n} ({oldest})", step=step, n=count, oldest=oldest)
    ages = waiting.ages(workflow, group, t, now)
    if first.mine:
        return t("With you, to be {step}: {villages}", step=step, villages=ages)
    return t("Waiting to be {step}: {villages}", step=step, villages=ages)


def _oldest(workflow: Workflow, since: int, t: Words, now: int) -> str:
    days = workflow.calendar.working_days(since, now)
    return t("oldest: {days}", days=dates.working_days(days, t.lang)) if days else t("since today")


def _urging(workflow: Workflow, morning: Morning, t: Words, now: int) -> str:
    """What is said besides once something has waited for long: firmer with each of the `STEPS`."""
    age = max(morning.ages(workflow, now), default=0)
    soon, firm, head = STEPS
    days = dates.working_days(age, t.lang)
    if age >= head:
        return bold(t("The oldest has waited for {days}. The head of the district sees it too.", days=days))
    if age >= firm:
        return bold(t("The oldest has waited for {days}. Please do it today, or say on which day.", days=days))
    return t("Please take care of the oldest today.") if age >= soon else ""


def _rows(workflow: Workflow, person: Person, groups: Sequence[Sequence[Leg]], t: Words) -> Rows:
    """A button for what is carried, and for each leg in each village; for the rest the list of work."""
    buttons = [key for group in groups for key in waiting.leg_buttons(workflow, person, group, t)]
    rest = [button(t("Show tasks"), ShowTasks())] if len(buttons) > REMINDED else []
    return tuple((key,) for key in [*buttons[:REMINDED], *rest])


def _promises(workflow: Workflow, person: Person, morning: Morning, t: Words, now: int) -> Rows:
    """For each village of somebody in which something lies ready to be fetched: the next day, another, or no day."""
    promised = {one.pickup.village: one.pickup for one in morning.awaited}
    ready = [
        one.village for one in morning.legs if is_fetched_from(workflow, one.origin) and is_ready(workflow, person, one)
    ]
    own = {post.village for post in person.posts if post.village}
    villages = dict.fromkeys([*ready, *(village for village in promised if village in own)])
    calendar = workflow.calendar
    opening = calendar.next_opening(calendar.end_of(calendar.day(now)))
    rows: list[tuple[Button, ...]] = []
    for village in villages:
        if village in promised and not promised[village].missed:
            rows.append((button(t("Not on that day"), PromisePickup(village, 0)),))
            continue
        name = f"{names.village_name(workflow, village)}: " if len(villages) > 1 else ""
        label = t("{weekday}, I fetch it", weekday=dates.coming(opening, now, workflow.zone, t.lang))
        rows.append((button(name + label, PromisePickup(village, calendar.day(opening).toordinal())),))
        rows.append((button(name + t("Another day …"), ChoosePickup(village)),))
    return tuple(rows)


def days_screen(workflow: Workflow, village: str, days: Sequence[int], t: Words, now: int) -> Screen:
    """On which day a village fetches."""
    rows = layout.abreast([button(waiting.named(workflow, day, t, now), PromisePickup(village, day)) for day in days])
    name = names.village_name(workflow, village)
    lines = [t("{village}: when do you fetch?", village=name), t("The district office prepares the bag.")]
    return card(lines, rows, ShowMorning(), t)


def snooze_screen(workflow: Workflow, days: Sequence[int], t: Words, now: int) -> Screen:
    """On which day somebody wants to be reminded again: not today."""
    rows = layout.abreast([button(waiting.named(workflow, day, t, now), Snooze(day)) for day in days[-5:]])
    return card([t("When shall I remind you again?")], rows, ShowMorning(), t)


def snoozed_screen(workflow: Workflow, day: int, t: Words, now: int) -> Screen:
    """That it is put off."""
    until = waiting.named(workflow, day, t, now)
    return Screen(
        page(t("You are reminded again on {day}.", day=until), t("Your tasks are in /tugas until then.")),
        ((button(t("Back"), ShowMorning()),),),
    )


def pickup_screen(workflow: Workflow, village: str, ready: Sequence[Document], t: Words) -> Screen:
    """What a village fetches, for whoever puts it into a bag: a line for each number."""
    numbers = dict.fromkeys(one.number for one in ready)
    lines = [
        f"{grouped(number)}: "
        + ", ".join(names.type_short(workflow, one.type) for one in ready if one.number == number)
        for number in numbers
    ]
    head = t("For the bag of {village}: {n}", village=names.village_name(workflow, village), n=len(ready))
    return card([head, *layout.listed(lines, t)], (), ShowTasks(), t)


def unfetched_screen(workflow: Workflow, found: Sequence[Document], step: int, t: Words, now: int) -> Screen:
    """What lies ready for a family, where, since when; and what to do if nobody can come."""
    first = found[0]
    kinds = names.type_names(workflow, [one.type for one in found], t.lang)
    day = dates.day(min(one.since for one in found), now, workflow.zone, t.lang)
    place = names.stage_now(workflow, first.stage, first.village, t.lang, first.type)
    return Screen(
        page(
            t("Waiting to be fetched: {documents}.", documents=kinds),
            f"{grouped(first.number)}. {place}",
            t("Since {day}. Bring the receipt. Free.", day=day),
            t("Nobody can come? Please ask at the village office.") if step > WEEKS[0] else "",
        ),
        ((button(t("Show status"), ShowStatus(first.number)),),),
    )
