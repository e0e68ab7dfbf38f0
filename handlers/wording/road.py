"""The road of a document: as a little strip of pictures, and what comes next on it."""

from collections.abc import Iterable

from handlers.wording import names
from locales import Words, dates
from storage.records import Document
from storage.workflow import Workflow

_SIGNS = {"village": "🏠", "district": "🏢", "registry": "🏛", "road": "🛵", "home": ""}


def sign(workflow: Workflow, stage: str) -> str:
    """The picture of the place where a stage is."""
    return _SIGNS[workflow.stages[stage].place] if stage in workflow.stages else ""


def pictures(workflow: Workflow, type: str, stage: str) -> str:
    """The little road of pictures: where it was, where it is, where it goes."""
    route = workflow.route(type)
    if stage not in route:
        return ""
    here, strip = route.index(stage), []
    for place, first, last in _halts(workflow, route):
        if workflow.stages[stage].place == "road" and here == first - 1:
            strip.append(_SIGNS["road"])
        strip.append(f"{_SIGNS[place]} {_mark(here, first, last)}")
    return "  ".join(strip)


def _mark(here: int, first: int, last: int) -> str:
    if here > last:
        return "✓"
    return "●" if here >= first else "·"


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


def next_line(workflow: Workflow, document: Document, t: Words) -> str:
    """What comes next, and how long it usually takes if nothing holds it up; nothing at the end of the road."""
    to = workflow.following(document.type, document.stage)
    if to is None:
        return ""
    stage = workflow.stages_of[document.type][to]
    coming = names.said(stage, t.lang).next
    if stage.target is None or document.hold:
        return t("Next: {step}.", step=coming)
    return t("Next: {step}, usually {within}.", step=coming, within=dates.within(stage.target, t.lang))
