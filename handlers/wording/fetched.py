"""Who fetched what was handed over, and what the family says of it: on the card of a number, in its history. Pure."""

from collections.abc import Iterable

from handlers.handover.buttons import NotReceived
from handlers.reply import Rows
from handlers.wording import layout, names
from handlers.wording.layout import button
from locales import Words, dates, speech
from storage.counter.handovers import FOLLOWER, OBJECTS_FOR, Given
from storage.records import LookUp
from storage.workflow import Workflow


def fetcher_name(fetched_by: str, t: Words) -> str:
    """Who fetched it, as a word."""
    words = {
        "self": t("the applicant"),
        "spouse": t("husband or wife"),
        "child": t("son or daughter"),
        "neighbour": t("a neighbour"),
        FOLLOWER: t("somebody who follows this number"),
    }
    return words.get(fetched_by, fetched_by)


def ask(workflow: Workflow, look: LookUp, given: Iterable[Given], t: Words, now: int) -> tuple[list[str], Rows]:
    """For a family that may still object: who fetched what it should have, and the button that says it is not so."""
    there = {(one.id, one.version): one for one in look.documents}
    acts: dict[int, list[Given]] = {}
    for one in given:
        if (one.document, one.version) in there and now - one.at <= OBJECTS_FOR:
            acts.setdefault(one.act, []).append(one)
    lines, rows = [], []
    for act, group in acts.items():
        first = group[0]
        if first.objected_at and not first.settled_at:
            day = dates.day(first.objected_at, now, workflow.zone, t.lang)
            lines.append(t("We were told on {day} that the family did not get it. It is being looked into.", day=day))
            continue
        who = fetcher_name(first.fetched_by, t)
        lines.append(t("Fetched by: {who}.", who=who))
        shorts = [names.type_short(workflow, there[one.document, one.version].type) for one in group]
        named = "" if len(acts) == 1 else " · " + speech.join(shorts[: layout.MANY], t.lang)
        rows.append((button(t("We did not get it") + named, NotReceived(act, look.documents[0].request)),))
    return lines, tuple(rows)


def told(workflow: Workflow, one: Given, t: Words, now: int) -> str:
    """In the history, below the step: who fetched it; and that the family objected, until when."""
    parts = [t("fetched by: {who}", who=fetcher_name(one.fetched_by, t))] if one.fetched_by else []
    for at, says in (
        (one.objected_at, t("the family says it did not get it")),
        (one.settled_at, t("cleared up")),
    ):
        if at:
            parts.append(f"{says}, {dates.day(at, now, workflow.zone, t.lang)}")
    return " · ".join(parts)
