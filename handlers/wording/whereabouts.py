"""Where the documents of a receipt are, in words: a block for each place, or one line for everything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.wording import layout, names, road
from handlers.wording.layout import bold
from locales import Words, dates, speech
from storage.numbers import grouped
from storage.records import Document, LookUp, Person
from storage.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Block:
    """What is said about documents that are together. `closing` is what the reader has to do."""

    names: str
    road: str
    lines: tuple[str, ...]
    closing: tuple[str, ...]


def blocks(workflow: Workflow, person: Person, look: LookUp, t: Words, now: int) -> list[list[str]]:
    """A block for each place at which documents of a number are. What they share is said once."""
    plain = names.is_mourned(workflow, look.documents)
    groups = _groups(workflow, look.documents, t.lang)
    found = [_block(workflow, person, group, t, now, plain=plain) for group in groups]
    said: list[list[str]] = []
    for i, block in enumerate(found):
        head = bold(block.names if i else f"{block.names} · {grouped(look.number)}")
        road = "" if block.road in [other.road for other in found[:i]] else block.road
        closing = () if block.closing in [other.closing for other in found[i + 1 :]] else block.closing
        said.append([head, road, *block.lines, *closing])
    return said


def _groups(workflow: Workflow, documents: Iterable[Document], lang: str) -> list[list[Document]]:
    """Documents that are at the same place since the same minute and go on together, in the same words."""
    groups: dict[object, list[Document]] = {}
    for one in documents:
        following = workflow.following(one.type, one.stage)
        here = names.stage_now(workflow, one.stage, one.village, lang, one.type)
        coming = names.said(workflow.stages_of[one.type][following], lang).next if following else ""
        groups.setdefault((here, one.since // dates.MINUTE, one.hold, following, coming), []).append(one)
    return list(groups.values())


def _block(workflow: Workflow, person: Person, group: Sequence[Document], t: Words, now: int, *, plain: bool) -> Block:
    first = group[0]
    named = speech.join([names.type_name(workflow, one.type, t.lang) for one in group], t.lang)
    pictures = "" if plain else road.pictures(workflow, first.type, first.stage)
    lines = (*_here(workflow, first, t, now), _held(workflow, first, t, now))
    if _is_ready(workflow, first):
        return Block(named, pictures, lines, (_counter(workflow, t), _or_wait(workflow, first, t)))
    return Block(
        named, pictures, (*lines, road.next_line(workflow, first, t)), (_your_part(workflow, person, first, t),)
    )


def _here(workflow: Workflow, document: Document, t: Words, now: int) -> list[str]:
    """Where it is and since when, or what was done with it and when. Words beyond that stand in a line of their own."""
    said = names.stage_now(workflow, document.stage, document.village, t.lang, document.type)
    place, _, more = said.partition(". ")
    moment = dates.moment(document.since, now, workflow.zone, t.lang)
    stage = workflow.stages.get(document.stage)
    if stage and (stage.ready or stage.place == "road"):
        return [t("{place} since {moment}.", place=place, moment=moment)]
    return [t("{place}, {moment}.", place=place, moment=moment), f"{more}." if more else ""]


def _held(workflow: Workflow, document: Document, t: Words, now: int) -> str:
    if document.hold is None:
        return ""
    known = workflow.holds.get(document.hold)
    reason = layout.small(names.said(known, t.lang)) if known else document.hold
    day = dates.day(document.hold_since or document.since, now, workflow.zone, t.lang)
    return t("On hold since {day}: {reason}.", day=day, reason=reason)


def _is_ready(workflow: Workflow, document: Document) -> bool:
    stage = workflow.stages.get(document.stage)
    return stage is not None and stage.ready


def _counter(workflow: Workflow, t: Words) -> str:
    return t("Open {hours}. Bring the receipt. Free of charge.", hours=names.hours(workflow, t.lang))


def _or_wait(workflow: Workflow, document: Document, t: Words) -> str:
    to = workflow.following(document.type, document.stage)
    if to is None or workflow.ends(to):
        return ""
    return t("Or wait: next, {step}.", step=names.said(workflow.stages_of[document.type][to], t.lang).next)


def _your_part(workflow: Workflow, person: Person, document: Document, t: Words) -> str:
    if person.posts and workflow.open_to(person, document.type, document.village, document.stage):
        return ""  # whoever can take it further sees the keys for it
    if workflow.ends(document.stage):
        return t("This service is free.")
    if document.stage not in workflow.stages or _is_asked(workflow, document):
        return t("Please ask at the village office. Free of charge.")
    return t("You only need to wait. Free of charge.")


def _is_asked(workflow: Workflow, document: Document) -> bool:
    """True if a document waits for the family, not for the service."""
    known = workflow.holds.get(document.hold or "")
    return known is not None and known.stops_clock


def line(workflow: Workflow, number: str, documents: Sequence[Document], t: Words) -> str:
    """Everything about a number in one line."""
    if not documents:
        return t("{number}: not in our records yet", number=grouped(number))
    by_place: dict[str, dict[str, None]] = {}
    for one in documents:
        place = names.stage_now(workflow, one.stage, one.village, t.lang, one.type).partition(". ")[0]
        by_place.setdefault(place, {})[names.type_short(workflow, one.type)] = None
    said = "; ".join(f"{', '.join(shorts)}: {place}" for place, shorts in by_place.items())
    return f"{grouped(number)} · {said}"
