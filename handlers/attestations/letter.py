"""What stands on the letter, as `bot.press` draws it: in Indonesian, with its main words in the district's other
languages. There is no name on it, for none is known: the village office writes it, and stamps the paper.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.attestations.screens import road, together
from handlers.wording import layout, names, standstill
from handlers.wording.layout import grouped
from locales import LANGUAGES, Words, dates, words
from storage.attestations.letters import Attestation, Lettered
from storage.records import LookUp
from storage.statistics import forecast
from storage.workflow import Workflow

STEPS, ROADS = 24, 6  # on the page, so that they can be read: the last steps of each road, and the first roads
EVER = 0  # a "now" from which every day is of another year, so that paper says the year


def sheet(workflow: Workflow, look: LookUp, issued: Attestation, link: str) -> Mapping[str, Any]:
    """One page."""
    t, *others = [words(lang) for lang in LANGUAGES if lang in workflow.district.district.languages]
    zone, about = workflow.zone, workflow.district.district
    groups = together(issued)
    steps = max(STEPS // len(groups), 2)
    roads = [_road(workflow, look, group, steps, issued.issued_at, t) for group in groups[:ROADS]]
    if len(groups) > ROADS:
        roads.append({"heading": t("… and {n} more", n=len(groups) - ROADS), "steps": [], "now": []})
    good_until = dates.date(issued.good_until, EVER, zone, t.lang)
    return {
        "kind": "letter",
        "head": f"Jek-Duk {about.name}",
        "free": t("FREE"),
        "titles": [one("Proof of processing") for one in (t, *others)],
        "number": grouped(look.number),
        "facts": [
            [t("Name"), ""],
            [t("Documents"), names.type_names(workflow, [one.type for one in look.documents], t.lang)],
            [t("Village"), names.village_name(workflow, look.documents[0].village)],
            [t("Registered on"), dates.date(issued.filed_at, EVER, zone, t.lang)],
            [t("Good until"), good_until],
        ],
        "roads": roads,
        "words": [_said(one) for one in (t, *others)],
        "link": link,
        "scan": [
            t("Is it genuine? Scan this code."),
            link.partition("://")[2].partition("/verify/")[0].partition("?")[0],
            t("Signed by the bot of the district office on {moment}.",
              moment=dates.moment(issued.issued_at, EVER, zone, t.lang)),
        ],
        "stamp": t("Name, day and stamp of the village office"),
    }  # fmt: skip


def _said(t: Words) -> str:
    return " ".join([
        t("These documents have been registered and are being made."),
        t("The village office writes the name, and vouches for it with its stamp."),
        t("This letter replaces no KTP, KK or certificate."),
        t("It is free of charge."),
    ])  # fmt: skip


def _road(
    workflow: Workflow, look: LookUp, group: Sequence[Lettered], steps: int, now: int, t: Words
) -> Mapping[str, Any]:
    types = [one.document.type for one in group]
    return {
        "heading": layout.capital(names.type_names(workflow, types, t.lang)),
        "steps": [list(step) for step in road(workflow, group, t, EVER)[-steps:]],
        "now": _standing(workflow, look, group, now, t),
    }


def _standing(workflow: Workflow, look: LookUp, group: Sequence[Lettered], now: int, t: Words) -> list[str]:
    """Where they are now, what holds them up, and by which day they should be ready."""
    document, types = group[0].document, [one.document.type for one in group]
    lines = [t("Now: {place}.", place=layout.small(standstill.here(workflow, document, t, *types)))]
    if document.hold:
        since = document.hold_since or document.since
        lines.append(standstill.since(workflow, document.hold, since, document.hold_review, t, EVER))
    paces = dict(look.paces)
    days = [forecast.ready_by(workflow, one.document, paces.get(one.document.id, ""), now) for one in group]
    if known := [day for day in days if day is not None]:
        day = dates.day(max(known), EVER, workflow.zone, t.lang)
        late = max(known) < now
        lines.append(t("Was to be ready by {day}; it takes longer than usual.", day=day) if late
                     else t("Probably ready by {day}.", day=day))  # fmt: skip
    return lines
