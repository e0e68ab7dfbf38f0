"""Where the documents of a receipt are, in words: a block for each place, or one line for everything."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from handlers.wording import layout, names, originals, outlook, remarks, standstill
from handlers.wording.layout import bold, grouped
from locales import Words, dates
from storage.records import Document, LookUp, Person
from storage.road.consignments import TRACING
from storage.statistics import forecast
from storage.workflow import Workflow

PLACES = 10  # in one line; only a district with very many kinds of documents has more in one request


class Facts(NamedTuple):
    """By document: its place among those that stand still with it, what is said of one that has left its road, and how
    long such a document takes from where it is.
    """

    turns: Mapping[int, int]
    remarks: Mapping[int, str]
    paces: Mapping[int, str]


class Block(NamedTuple):
    """What is said about documents that are together: what comes next is among it. `closing` is what the reader has to
    do.
    """

    pictures: str
    lines: tuple[str, ...]
    closing: tuple[str, ...]
    coming: tuple[str, ...] = ()


def blocks(workflow: Workflow, person: Person, look: LookUp, t: Words, now: int) -> list[list[str]]:
    """A block for each place at which documents of a number are. What they share is said once, originals are last."""
    plain = names.is_mourned(workflow, look.documents)
    facts = Facts(dict(look.turns), {one.document: one.words for one in look.remarks}, dict(look.paces))
    groups = _groups(workflow, look.documents, facts, t.lang)
    kinds = [[one.type for one in group] for group in groups]
    found = [_block(workflow, person, group, facts, t, now, plain=plain) for group in groups]
    number, named = grouped(look.number), list[str]()
    if len(found) == 1:
        number = names.types_beside(workflow, kinds[0], number, t.lang, " · ")
    else:
        named = [names.types_listed(workflow, types, t.lang) for types in kinds]
    whole = f"{look.own_name} · {number}" if look.own_name else number
    if len(found) == 1:
        blocks = [[bold(whole), *found[0].lines, *found[0].closing, found[0].pictures]]
    elif person.posts:
        blocks = [_part(named[i], block, found[i + 1 :]) for i, block in enumerate(found)]
        blocks[0].insert(0, bold(whole))
    else:
        parts = [Part(*one) for one in zip(named, groups, found, strict=True)]
        blocks = [[bold(whole), *_in_several_places(workflow, parts, facts, t, now)]]
    if plain and names.is_met_in_mourning(workflow, look.documents):
        blocks[0].insert(0, t("We are sorry for your loss."))
    if look.papers.seen:
        blocks[-1] += originals.lines(workflow, look.documents, look.papers, t)
    if not person.posts:
        blocks[-1].append(names.closing(workflow, t))
    return blocks


def _part(named: str, block: Block, later: Sequence[Block]) -> list[str]:
    """What is said of documents when others of their number are elsewhere: which they are first, and no pictures, as
    nobody could tell whose they are; what to do is left to the last of whom it is said.
    """
    first, *rest = block.lines
    closing = () if block.closing in [other.closing for other in later] else block.closing
    return [f"{bold(named)}: {layout.small(first)}", *rest, *closing]


class Part(NamedTuple):
    """Documents that are together while others of their number are elsewhere: what they are called, and what a block
    of their own would say.
    """

    named: str
    group: Sequence[Document]
    block: Block


def _in_several_places(workflow: Workflow, parts: Sequence[Part], facts: Facts, t: Words, now: int) -> list[str]:
    """A line for each place, in which it is named in brief; below them, once, what the family does about them all: it
    asks, as soon as one of them is late, or does nothing.
    """
    lines: list[str] = []
    for named, group, block in parts:
        place, *said = _in_brief(workflow, group, block, facts, t, now)
        own = [
            *said,
            *(_own_closing(workflow, group[0], block, t, now) if _has_own_closing(workflow, group[0]) else ()),
        ]
        lines.append(" ".join([f"{bold(named)}: {place}", *own]))
    last = [one.block.closing for one in parts if not _has_own_closing(workflow, one.group[0])]
    whom = (outlook.whom_to_ask(workflow, parts[0].group[0].village, now, t),)
    return [*lines, *(whom if whom in last else next(filter(None, last), ()))]


def _in_brief(
    workflow: Workflow, group: Sequence[Document], block: Block, facts: Facts, t: Words, now: int
) -> list[str]:
    """Where it is in a few words, then what comes next or what holds it up; the whole, once it has left its road."""
    first, types = group[0], [one.type for one in group]
    if first.stage not in workflow.stages or workflow.ends(first.stage) or first.id in facts.remarks:
        return [layout.small(block.lines[0]), *block.lines[1:]]
    if first.hold:
        return [_standing(workflow, first, facts, t, now, brief=True)]
    return [f"{names.stage_brief(workflow, first.stage, t.lang, *types)}.", *block.coming]


def _has_own_closing(workflow: Workflow, one: Document) -> bool:
    """True where what a family does is about these documents alone: it fetches them, or brings something."""
    stage = workflow.stages.get(one.stage)
    is_ready = bool(stage and stage.ready and not one.hold)
    return is_ready or workflow.ends(one.stage) or bool(one.hold and workflow.stops_clock(one.hold))


def _own_closing(workflow: Workflow, one: Document, block: Block, t: Words, now: int) -> Sequence[str]:
    """What a family does about these documents alone, in brief where it is their turn."""
    if one.hold and workflow.stops_clock(one.hold):
        return outlook.your_turn(workflow, one.hold, one.village, now, t, in_brief=True)
    return block.closing


def _groups(workflow: Workflow, documents: Sequence[Document], facts: Facts, lang: str) -> list[Sequence[Document]]:
    """Documents that are at the same place since the same minute and go on together, in the same words."""
    if len(documents) == 1:
        return [documents]
    groups: dict[object, list[Document]] = {}
    for one in documents:
        following = workflow.following(one.type, one.stage)
        here = names.stage_now(workflow, one.stage, one.village, lang, one.type)
        coming = names.stage_next(workflow, following, lang, one.type) if following else ""
        said = facts.turns.get(one.id), facts.remarks.get(one.id)
        groups.setdefault((here, one.since // dates.MINUTE, one.hold, said, following, coming), []).append(one)
    return [*groups.values()]


def _block(
    workflow: Workflow, person: Person, group: Sequence[Document], facts: Facts, t: Words, now: int, *, plain: bool
) -> Block:
    first, types = group[0], [one.type for one in group]
    stage = workflow.stages.get(first.stage)
    pictures = "" if plain or first.hold == TRACING else road_pictures(workflow, first.type, first.stage)
    lines, to = _here(workflow, first, facts, t, now), workflow.following(first.type, first.stage)
    if stage and stage.ready and not first.hold:
        at, onward = (stage.place, first.village), {to: types} if to else {}
        fetched = outlook.fetch_lines(workflow, at, onward, now, t, for_staff=bool(person.posts))
        return Block(pictures, lines, tuple(fetched))
    is_late, after = False, tuple[str, ...]()
    if to:
        coming, is_late = names.next_lines(workflow, to, types, (first.since + first.stopped, now), t)
        if is_late and not person.posts:
            lines = (layout.capital(_late(workflow, first, to, facts, t, now)), *lines[1:])
        after = () if first.hold else (*coming, *_ready(workflow, group, facts, t, now))
        lines = (*lines, *after)
    if first.id in facts.remarks:
        open_at = outlook.office_lines(workflow, facts.remarks[first.id], first.village, now, t)
        return Block(pictures, lines, () if workflow.ends(first.stage) else tuple(open_at))
    return Block(pictures, lines, tuple(_your_part(workflow, person, first, t, now, is_late=is_late)), after)


def _ready(workflow: Workflow, group: Sequence[Document], facts: Facts, t: Words, now: int) -> list[str]:
    """Between which days all of it is probably ready, as far as that is known."""
    known = [
        forecast.expected(workflow, forecast.read(facts.paces[one.id]), one.since + one.stopped, now)
        for one in group
        if one.id in facts.paces
    ]
    if None in known or len(known) < len(group):
        return []
    last = max((one for one in known if one), key=lambda one: one.latest)
    first, latest = (dates.day(max(at, now), now, workflow.zone, t.lang) for at in (last.earliest, last.latest))
    if first == latest:
        return [t("Probably ready on {day}.", day=latest)]
    return [t("Probably ready between {first} and {last}.", first=first, last=latest)]


@lru_cache(maxsize=1024)
def road_pictures(workflow: Workflow, type: str, stage: str) -> str:
    """The little road of pictures: where it was, where it is, where it goes. Kept, as a workflow never changes."""
    route = workflow.route(type)
    if stage not in route:
        return ""
    here, strip = route.index(stage), []
    for place, first, last in _halts(workflow, route):
        if workflow.stages[stage].place == "road" and here == first - 1:
            strip.append(names.SIGNS["road"])
        mark = "✓" if here > last else "●" if here >= first else ""
        strip.append(f"{names.SIGNS[place]}{mark}")
    return " ".join(strip)


def _halts(workflow: Workflow, route: tuple[str, ...]) -> Iterable[tuple[str, int, int]]:
    """(place, first stage, last stage) of each halt on a route."""
    halts: list[tuple[str, int, int]] = []
    for i, stage in enumerate(route):
        place = workflow.stages[stage].place
        if place in ("road", "home"):
            continue
        if halts and halts[-1][0] == place and halts[-1][2] == i - 1:
            halts[-1] = (place, halts[-1][1], i)
        else:
            halts.append((place, i, i))
    return halts


def _late(workflow: Workflow, document: Document, to: str, facts: Facts, t: Words, now: int) -> str:
    """Where it is of which more is to be said, since it is late: in brief, with what holds it up. Since when it is
    there a family reads if there is no day since which it is late; else that is in the history.
    """
    if document.hold:
        return _standing(workflow, document, facts, t, now, brief=True)
    place = names.stage_brief(workflow, document.stage, t.lang, document.type)
    if workflow.stages[to].target:
        return f"{place}."
    return t("{place} since {day}.", place=place, day=dates.date(document.since, now, workflow.zone, t.lang))


def _standing(workflow: Workflow, document: Document, facts: Facts, t: Words, now: int, *, brief: bool) -> str:
    """Where it stands still, in a few words, since when and why, perhaps also in brief."""
    place = standstill.place(workflow, document.stage, t.lang, document.type, hold=document.hold)
    since, turn = document.hold_since or document.since, facts.turns.get(document.id)
    why = standstill.since(workflow, document.hold or "", since, document.hold_review, t, now, turn, brief=brief)
    return f"{place}. {why}"


def _here(workflow: Workflow, document: Document, facts: Facts, t: Words, now: int) -> tuple[str, ...]:
    """Where it is and since when, or what was done with it and when; or where in brief, and what holds it up."""
    lang, stage = t.lang, workflow.stages.get(document.stage)
    # What a stage says beyond where the document is stands in a line of its own.
    here = names.stage_now(workflow, document.stage, document.village, lang, document.type)
    place, _, more = here.partition(". ")
    day = dates.day(document.since, now, workflow.zone, lang)
    if document.hold:  # since when it stands still is what counts
        lines = [layout.capital(_standing(workflow, document, facts, t, now, brief=False))]
    elif stage and (stage.ready or stage.place in {"road", "village"}):
        lines = [t("{place} since {day}.", place=place, day=day)]
    else:
        lines = [f"{place}, {day}."]
    if words := facts.remarks.get(document.id):
        village = names.village_name(workflow, document.village)
        lines += remarks.lines(words, village, t, ends=workflow.ends(document.stage))
    if more and not document.hold:
        lines.append(f"{more}.")  # what to do now, behind the reason
    return tuple(lines)


def _your_part(
    workflow: Workflow, person: Person, document: Document, t: Words, now: int, *, is_late: bool
) -> list[str]:
    if person.posts and workflow.open_to(person, document.type, document.village, document.stage):
        return []  # whoever can take it further sees the buttons for it
    if person.posts and not (document.hold and workflow.stops_clock(document.hold)):
        return []  # it is families who wait, and who ask at the village office; what they bring, staff tell them
    if workflow.ends(document.stage):
        if document.stage in workflow.stages:
            return [t("Not received it? Ask the village office straight away.")]
        says_what_now = ". " in names.stage_now(workflow, document.stage, document.village, t.lang, document.type)
        return [] if says_what_now else [t("This service is free.")]
    if document.hold and workflow.stops_clock(document.hold):
        return outlook.your_turn(workflow, document.hold, document.village, now, t)
    if document.hold:
        return [outlook.not_your_turn(workflow, document.village, (document.hold_review, now), t, is_late=is_late)]
    if is_late or document.stage not in workflow.stages:
        return [outlook.whom_to_ask(workflow, document.village, now, t)]
    return [t("You only need to wait. It is free.")]


def line(workflow: Workflow, number: str, documents: Sequence[Document], t: Words, own_name: str = "") -> str:
    """Everything about a number in one line, with what this chat calls it."""
    called = f"{own_name} · " if own_name else ""
    if not documents:
        return called + t("{number}: not in our records yet", number=grouped(number))
    return f"{called}{grouped(number)} · {places(workflow, documents, t)}"


def places(workflow: Workflow, documents: Sequence[Document], t: Words) -> str:
    """`KK, KTP-el: place; KIA: another`"""
    by_place: dict[str, dict[str, None]] = {}
    for one in documents:
        place = standstill.here(workflow, one, t)
        if one.hold:
            place = t("{place} (on hold)", place=place)
        by_place.setdefault(place, {})[names.type_told(workflow, one.type, t.lang)] = None
    told = [f"{', '.join(kinds)}: {place}" for place, kinds in by_place.items()]
    if len(told) > PLACES:
        told[PLACES - 1 :] = [t("{n} more", n=len(told) - PLACES + 1)]
    return "; ".join(told)
