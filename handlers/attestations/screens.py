"""What whoever checks a letter reads, in the chat and in a browser: words, and nobody's name. Pure."""

from collections.abc import Sequence
from itertools import groupby

from handlers.reply import Screen
from handlers.wording import layout, names, standstill
from handlers.wording.layout import bold, grouped, page
from locales import Words, dates
from storage.attestations import letters
from storage.attestations.letters import Attestation, Lettered
from storage.ledger import villages_at
from storage.records import Event
from storage.road.way import STAYS
from storage.workflow import Workflow

STEPS = 12  # of a document: the last ones


def checked(workflow: Workflow, found: Attestation | None, t: Words, now: int) -> list[list[str]]:
    """Blocks of lines, each with its heading: what we signed and when, the road as it was then, and today's place."""
    if found is None:
        return [[t("Signed by us, but its documents are not in our records any more.")]]
    signed = dates.moment(found.issued_at, now, workflow.zone, t.lang)
    head = [t("This letter is from us. It was signed on {moment}.", moment=signed)]
    if letters.is_over(workflow, found, now):
        day = dates.date(found.good_until, now, workflow.zone, t.lang)
        return [head, [t("It was good until {day}. Please ask the family for a new one.", day=day)]]
    first = found.lines[0].document
    village = names.village_name(workflow, first.village)
    head += [
        t("Number {number}, {village} village.", number=grouped(first.number), village=village),
        t("What the paper says otherwise is not from us. Names are not in our records."),
    ]
    return [head, *(_told(workflow, group, t, now) for group in together(found))]


def _told(workflow: Workflow, group: Sequence[Lettered], t: Words, now: int) -> list[str]:
    types = [one.document.type for one in group]
    document = group[0].document
    today = standstill.here(workflow, document, t, *types)
    if document.hold:
        today = t("{place} (on hold)", place=today)
    return [
        names.type_names(workflow, types, t.lang),
        *(f"{day}: {place}" for day, place in road(workflow, group, t, now)),
        t("As of {moment}: {place}.", moment=dates.moment(now, now, workflow.zone, t.lang), place=layout.small(today)),
    ]


def together(found: Attestation) -> list[list[Lettered]]:
    """Documents that went the same road and are at the same place, each group once."""

    def alike(line: Lettered) -> tuple[object, ...]:
        one = line.document
        return (
            one.stage,
            one.hold or "",
            one.since // dates.MINUTE,
            tuple((s.kind, s.to_stage, s.at // dates.MINUTE) for s in line.steps),
        )

    return [list(group) for _, group in groupby(sorted(found.lines, key=alike), key=alike)]


def road(workflow: Workflow, group: Sequence[Lettered], t: Words, now: int) -> list[tuple[str, str]]:
    """The steps of documents that went together: when, and where they came."""
    types, steps = [one.document.type for one in group], group[0].steps

    def place(step: Event, village: str) -> str:
        return names.stage_now(workflow, step.to_stage, village, t.lang, *types).partition(". ")[0]

    known = zip(steps, villages_at(steps, group[0].document.village), strict=True)
    told = [(one, village) for one, village in known if one.kind not in STAYS][-STEPS:]
    return [(dates.moment(one.at, now, workflow.zone, t.lang), place(one, village)) for one, village in told]


def checked_screen(blocks: Sequence[Sequence[str]], t: Words) -> Screen:
    """The same in the chat."""
    return Screen(page(*layout.fitting([[bold(one[0]), *one[1:]] for one in blocks], t)))
