"""What was found, and what may narrow it further."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil

from handlers.bags.buttons import ShowTasks
from handlers.reply import Button, Rows, Screen
from handlers.search.packing import ANYTHING, DAYS, PICKED, Search
from handlers.wording import layout, names, standstill
from handlers.wording.layout import button, card, column
from locales import Words, dates
from storage.counter import handovers, pickup
from storage.records import Document, Person
from storage.search.filters import MOST, Filter, Hits
from storage.workflow import Workflow

INLINE = 10  # values of a part that stand on the page of what was found, so that picking one takes one tap
KEYED = ("village", "type", "stage", "hold")  # the parts by which hits are counted


def found_screen(workflow: Workflow, person: Person, search: Search, hits: Hits, t: Words, now: int) -> Screen:
    """A page of what fits, the oldest first, a line and a button for each; and what narrows it or widens it again."""
    wanted, total = search.wanted, hits.total
    shown = hits.oldest[search.page * layout.ROWS :][: layout.ROWS]
    in_village = bool(search.wanted.village or workflow.village_of_sight(person))
    rows = column(_hit(workflow, search, one, now, in_village=in_village) for one in shown)
    last = max(ceil(min(total, MOST) / layout.ROWS), 1) - 1
    turning = layout.turning(search.page, last, lambda to: search._replace(page=to).button(workflow))
    if total:
        told = t.n("{n} document, oldest first", "{n} documents, oldest first", total)
    else:
        told = (
            t("No open application fits. Tap ✕ to look for more.")
            if wanted != ANYTHING
            else t("There is no open application.")
        )
    lines = [
        f"{_summary(workflow, wanted, t)} · {told}",
        *(_line(workflow, one, t, now) for one in shown),
        t("These are the oldest {n}. Narrow it to see the others.", n=MOST) if total > MOST else "",
        t("Or send the last four digits of a number.") if not wanted.digits else "",
        may_be_code(workflow, person, wanted.digits, t),
    ]
    narrowing = (*_inline(workflow, search, hits, t), *_parts(workflow, person, search, hits, t))
    return card([t("Find an application"), *lines], (*rows, *turning, *narrowing), ShowTasks(), t)


def may_be_code(workflow: Workflow, person: Person, digits: str, t: Words) -> str:
    """Where a code is written, for whoever hands over and sends as many digits as a code has; else nothing."""
    is_one = len(digits) == pickup.DIGITS and handovers.may_ever_give(workflow, person)
    return t("A pickup code? Write it as a reply to the card with its keys.") if is_one else ""


def _hit(workflow: Workflow, search: Search, document: Document, now: int, *, in_village: bool) -> Button:
    mark = "⏸ " if document.hold else "⚠ " if _is_late(workflow, document, now) else ""
    label = names.paper_label(workflow, document, in_village=in_village)
    return button(mark + label, search.opening(document.number, workflow))


def _line(workflow: Workflow, document: Document, t: Words, now: int) -> str:
    """`…5492 KK: Filed at the village since Monday ⚠`"""
    place = standstill.here(workflow, document, t)
    if document.hold:
        place = t("{place} (on hold)", place=place)
    what = f"…{document.number[-4:]} {names.type_short(workflow, document.type)}: {place}"
    day = dates.lately(document.since, now, workflow.zone, t.lang)
    return t("{documents} since {day}", documents=what, day=day) + (
        " ⚠" if _is_late(workflow, document, now) and not document.hold else ""
    )


def _is_late(workflow: Workflow, document: Document, now: int) -> bool:
    to = workflow.following(document.type, document.stage)
    return to is not None and workflow.is_late(to, document.since + document.stopped, now)


def _summary(workflow: Workflow, wanted: Filter, t: Words) -> str:
    """What is looked for, in a line."""
    return " · ".join(name for _, name in _asked(workflow, wanted, t)) or t("All open files")


def _asked(workflow: Workflow, wanted: Filter, t: Words) -> list[tuple[str, str]]:
    """Each part of a filter that narrows it, in words."""
    found = [(part, _value(workflow, part, getattr(wanted, part), t)) for part in PICKED if getattr(wanted, part)]
    found += [("mine", t("Registered by me"))] if wanted.mine else []
    return [*found, ("digits", f"…{wanted.digits}")] if wanted.digits else found


def _value(workflow: Workflow, part: str, value: str | int, t: Words) -> str:
    """What a part of a filter may be, in words."""
    if isinstance(value, int):
        return t.n("For {n} day or longer", "For {n} days or longer", value)
    if part == "village":
        return names.village_name(workflow, value)
    if part == "type":
        return names.type_short(workflow, value)
    if part == "hold":
        return layout.capital(names.hold_brief(workflow, value, t.lang))
    return layout.capital(names.stage_brief(workflow, value, t.lang))


def _narrows(hits: Hits, part: str) -> Counter[str]:
    """The values of a part that what fits has, each with how many documents; none if these are all alike."""
    found: Counter[str] = Counter()
    for key, count in hits.counts.items():
        found[key[KEYED.index(part)]] += count
    return Counter({value: n for value, n in found.items() if value}) if len(found) > 1 else Counter()


def _inline(workflow: Workflow, search: Search, hits: Hits, t: Words) -> Rows:
    """The values of the first part that narrows what does not fit a page; of few values alone."""
    if hits.total <= layout.ROWS:
        return ()
    part = next((one for one in KEYED[:3] if not getattr(search.wanted, one) and _narrows(hits, one)), "")
    values = _in_order(workflow, part, _narrows(hits, part)) if part else []
    return _values(workflow, search, part, values, t) if len(values) <= INLINE else ()


def _in_order(workflow: Workflow, part: str, values: Counter[str]) -> list[tuple[str, int]]:
    """As the district file has them."""
    places = (*workflow.stages, *workflow.exits)
    orders: dict[str, Iterable[str]] = {"village": workflow.villages, "type": workflow.types, "hold": workflow.holds}
    return [(value, values[value]) for value in orders.get(part, places) if values[value]]


def _values(workflow: Workflow, search: Search, part: str, values: Sequence[tuple[str, int]], t: Words) -> Rows:
    return layout.abreast([
        button(f"{_value(workflow, part, value, t)} ({n})", search.having(part, value).button(workflow))
        for value, n in values
    ])  # fmt: skip


def _parts(workflow: Workflow, person: Person, search: Search, hits: Hits, t: Words) -> Rows:
    """What is looked for, each part to be dropped; and the parts that may narrow it, to be picked."""
    wanted, several = search.wanted, hits.total > 1
    found = [
        button(f"✕ {name}", search.having(part, getattr(ANYTHING, part)).button(workflow))
        for part, name in _asked(workflow, wanted, t)
    ]
    open_to = [part for part in KEYED if not getattr(wanted, part) and _narrows(hits, part)]
    open_to += ["days"] if several and not wanted.days else []
    found += [button(f"{_title(part, t)} …", Search(wanted, pick=part).button(workflow)) for part in open_to]
    sees_others = workflow.villages_in_sight(person) != frozenset()
    if several and not wanted.mine and workflow.filing_posts(person) and sees_others:
        found.append(button(t("Registered by me"), search.having("mine", 1).button(workflow)))
    return layout.abreast(found)


def _title(part: str, t: Words) -> str:
    titles = {
        "village": t("Village"),
        "type": t("Kind"),
        "stage": t("Place"),
        "hold": t("On hold"),
        "days": t("Waiting for"),
    }
    return titles[part]


def pick_screen(workflow: Workflow, search: Search, hits: Hits, t: Words) -> Screen:
    """The values of one part of a filter that narrow it."""
    part, back = search.pick, search._replace(page=0, pick="")
    if part == "days":
        ages = [button(_value(workflow, part, n, t), back.having(part, n).button(workflow)) for n in DAYS if n]
        rows = layout.abreast(ages)
    else:
        values = _in_order(workflow, part, _narrows(hits, part))
        shown, page_no, last = layout.paged(values, search.page, layout.MANY)
        turning = layout.turning(page_no, last, lambda to: search._replace(page=to).button(workflow))
        rows = (*_values(workflow, back, part, shown, t), *turning)
    lines = [t("Find an application"), _summary(workflow, search.wanted, t), f"{_title(part, t)}?"]
    return card(lines, rows, back.button(workflow), t)
