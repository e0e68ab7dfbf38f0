"""The history of a number: each step of its documents, what was said of them on the way, and their originals."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.lookup.buttons import ShowStatus
from handlers.reply import Screen
from handlers.wording import fetched, layout, names, originals
from handlers.wording.layout import bold, button, grouped, page
from locales import Words, dates, speech
from storage.counter.handovers import Given
from storage.ledger import villages_at, villages_of, was_and_is
from storage.records import Document, Event, LookUp, Person
from storage.road.consignments import Damage
from storage.road.way import LATE, in_order, minute, still_counting
from storage.workflow import Workflow

STEPS = 24


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known besides the steps: of how many who were `told` of an act (by its id: so many have it, of so many)
    the news is out, who fetched what was `given` to the family, and with what `damage` a paper came to a counter.
    """

    told: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    given: Sequence[Given] = ()
    damage: Sequence[Damage] = ()


def history_screen(
    workflow: Workflow,
    person: Person,
    look: LookUp,
    events: Sequence[Sequence[Event]],
    beside: Beside,
    t: Words,
    now: int,
) -> Screen:
    """Every step of the documents of a number, oldest first. What went together is one.

    Families read what stands and who fetched it; staff also what was taken back, which role did it, to how many the
    news of it is out, and what was damaged.
    """
    beneath = {one.act: fetched.told(workflow, one, t, now) for one in beside.given}
    beneath |= _damaged(workflow, look, beside.damage, t)
    ways: dict[tuple[Event, ...], list[Document]] = {}
    for document, steps in zip(look.documents, events, strict=True):
        ways.setdefault(_alike(steps, beneath, to_staff=bool(person.posts)), []).append(document)
    blocks = [_way(workflow, person, way, together, beside.told, beneath, t, now) for way, together in ways.items()]
    papers = originals.history(workflow, look.papers, t, to_staff=bool(person.posts))[-STEPS:]
    blocks += [[bold(t("Originals")), *by_day(workflow, papers, t, now)]] if papers else []
    return Screen(page(*layout.fitting(blocks, t)), ((button(t("Back"), ShowStatus(look.number)),),))


def _alike(steps: Sequence[Event], acts: Container[int], *, to_staff: bool) -> tuple[Event, ...]:
    """The steps to be told, without what may differ between documents that went together, but for these acts."""
    plain = [_plain(one) for one in in_order(still_counting(steps))]
    seen = sorted(steps, key=minute) if to_staff else [one if one.act in acts else one._replace(act=0) for one in plain]
    return tuple(one._replace(document=0, version=0, at=one.at // dates.MINUTE * dates.MINUTE) for one in seen)


def _plain(event: Event) -> Event:
    """A step as a family reads it: not by whom, nor when and how that was told."""
    kind = "move" if event.kind == LATE else event.kind
    return event._replace(
        kind=kind, role="", village="", chat=None, how="button", recorded_at=0, deputy_role="", deputy_village=""
    )


def _way(
    workflow: Workflow,
    person: Person,
    way: Sequence[Event],
    documents: Sequence[Document],
    told: Mapping[int, tuple[int, int]],
    beneath: Mapping[int, str],
    t: Words,
    now: int,
) -> list[str]:
    named = names.type_names(workflow, [one.type for one in documents], t.lang)
    lines = [bold(f"{named} · {grouped(documents[0].number)}")]
    if len(way) > STEPS:
        lines.append(t.n("… {n} earlier step", "… {n} earlier steps", len(way) - STEPS))
    types = [one.type for one in documents]
    steps: list[tuple[int, list[str]]] = []
    villages = villages_at(way, documents[0].village)
    for event, village in [*zip(way, villages, strict=True)][-STEPS:]:
        place = names.stage_now(workflow, event.to_stage, village, t.lang, *types)
        said = [*_what(workflow, event, place, t)]
        if person.posts:
            recorded = dates.moment(event.recorded_at, now, workflow.zone, t.lang)
            said.append(_by_whom(workflow, event, told.get(event.act, (0, 0)), recorded, t))
        if event.act in beneath and event.kind != "undo":
            said.append("   " + beneath[event.act])
        steps.append((event.at, said))
    return [*lines, *by_day(workflow, steps, t, now)]


def _what(workflow: Workflow, event: Event, place: str, t: Words) -> Iterator[str]:
    """What a step was, and why if there is a reason for it."""
    if put := villages_of(event):
        old, new = [names.village_name(workflow, one) for one in put]
        yield t("put right: {new} village, not {old}", new=new, old=old)
        return
    yield _step(workflow, event, place, t)
    reasons = [t(names.REASONS[event.reason])] if event.reason in names.REASONS else []
    reasons += [layout.small(names.hold_reason(workflow, event.hold, t.lang))] if event.hold else []
    for reason in reasons:
        yield "   " + t("Reason: {reason}.", reason=reason)


def _step(workflow: Workflow, event: Event, place: str, t: Words) -> str:
    match event.kind:
        case "correct":
            return t("put right: {place}", place=layout.small(place))
        case "retype":
            new, old = reversed([names.type_short(workflow, one) for one in was_and_is(event.reason)])
            return t("put right: {new}, not {old}", new=new, old=old)
        case "undo":
            return t("undone: {place}", place=layout.small(place))
        case "pass":
            return t("in a colleague's hands: {place}", place=layout.small(place))
        case "release":
            return t("goes on: {place}", place=layout.small(place))
        case "hold":
            return t("on hold: {place}", place=layout.small(place))
    return place


def _by_whom(workflow: Workflow, event: Event, told: tuple[int, int], recorded: str, t: Words) -> str:
    arrived, all_told = told
    who = names.role_name(event.role, t)
    if event.deputy_role:
        deputy = names.post_name(workflow, event.deputy_role, event.deputy_village, t)
        who = t("{deputy}, in the place of: {post}", deputy=layout.small(deputy),
                post=layout.small(names.post_name(workflow, event.role, event.village, t)))  # fmt: skip
    how = {
        "message": t("recorded {moment}, by message", moment=recorded),
        "photo": t("recorded {moment}, by photograph", moment=recorded),
    }
    news = t("news of it: {arrived} of {all}", arrived=arrived, all=all_told) if all_told else ""
    return "   " + " · ".join(filter(None, (who, how.get(event.how, ""), news)))


def _damaged(workflow: Workflow, look: LookUp, damage: Iterable[Damage], t: Words) -> dict[int, str]:
    """By the act that brought them to a counter: `wet: KK, KIA · torn: AKL`."""
    types = {one.id: names.type_short(workflow, one.type) for one in look.documents}
    found: dict[int, dict[str, list[str]]] = {}
    for one in damage:
        found.setdefault(one.act, {}).setdefault(names.condition(one.state, t), []).append(types[one.document])
    return {
        act: " · ".join(
            t("counted, {state}: {papers}", state=state, papers=speech.join(papers, t.lang))
            for state, papers in states.items()
        )
        for act, states in found.items()
    }


def by_day(workflow: Workflow, steps: Iterable[tuple[int, list[str]]], t: Words, now: int) -> list[str]:
    """What happened, step by step: each day once, in a line of its own, and under it at which time what."""
    lines: list[str] = []
    today = ""
    for at, (said, *beneath) in steps:
        day = dates.day(at, now, workflow.zone, t.lang)
        lines += [day] * (day != today) + [f"{dates.clock(dates.local(at, workflow.zone), t.lang)} {said}", *beneath]
        today = day
    return lines
