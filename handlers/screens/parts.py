"""What screens are made of: escaped text, keys, names from the district file, the little road."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from handlers.callbacks import Callback
from handlers.reply import Button, Rows
from locales import Words, dates, speech
from storage.records import Document
from storage.workflow import Workflow

_BOLD, _PLAIN = "\ue000", "\ue001"
_TAGS = {_BOLD: "<b>", _PLAIN: "</b>"}
_SIGNS = {"village": "🏠", "district": "🏢", "registry": "🏛", "road": "🛵", "home": ""}

GAP = "\f"  # a line that stays empty
ROOM = 3000  # of the 4096 characters of a message: the rest is for notes
TAILS = 20
LABEL = 40  # characters of a button that stands alone, on 320 pixels


def bold(text: str) -> str:
    """Bold, once the page is made."""
    return f"{_BOLD}{text}{_PLAIN}"


def page(*lines: str) -> str:
    """Lines as HTML: the one place where text is escaped. Empty lines at the ends and None-like lines are dropped."""
    text = escape("\n".join(line for line in lines if line).replace("\n\f\n", "\n\n").strip(), quote=False)
    for mark, tag in _TAGS.items():
        text = text.replace(mark, tag)
    return text


def fitting(blocks: Sequence[Sequence[str]], t: Words, gap: str = GAP) -> list[str]:
    """The lines of as many blocks as a message has room for, with a gap between them, and how many more there are."""
    lines: list[str] = []
    for i, block in enumerate(blocks):
        more = [line for line in ([gap] if i else []) + list(block) if line]
        if sum(map(len, lines + more)) + len(lines + more) > ROOM:
            return [*lines, t("… and {n} more", n=len(blocks) - i)]
        lines += more
    return lines


def button(label: str, button: Callback) -> Button:
    """A key that presses a button."""
    return Button(short(label), button.pack())


def ringing(bell: str, label: str, *, plain: bool) -> str:
    """A label with its bell; none where somebody died."""
    return label if plain else f"{bell} {label}"


def abreast(keys: Sequence[Button]) -> Rows:
    """Keys two by two: no name of a village fits a third of a narrow phone."""
    return tuple(tuple(keys[i : i + 2]) for i in range(0, len(keys), 2))


def short(label: str) -> str:
    """A label cut where we choose, since a narrow phone would cut it anyway: what matters most stands first."""
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip(" ·") + "…"


def capital(phrase: str) -> str:
    """A phrase at the head of a line; the rest of it stays as it is."""
    return phrase[:1].upper() + phrase[1:]


def small(phrase: str) -> str:
    """A phrase that stands alone elsewhere, inside a sentence. What begins with an abbreviation stays as it is."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


def said(part: Any, lang: str) -> Any:
    """The words of something in the district file, in one language."""
    return getattr(part, lang)


def type_name(workflow: Workflow, type: str, lang: str) -> str:
    """A document's name. One that the district file no longer knows is called by its key."""
    known = workflow.types.get(type)
    return said(known, lang) if known else type


def type_short(workflow: Workflow, type: str) -> str:
    """A document's short name, for buttons."""
    known = workflow.types.get(type)
    return known.short if known else type


def village_name(workflow: Workflow, village: str) -> str:
    """A village's name."""
    known = workflow.villages.get(village)
    return known.name if known else village


def is_mourned(workflow: Workflow, documents: Iterable[Document]) -> bool:
    """True if somebody died: then there are no pictures and no cheer."""
    return any(d.type in workflow.types and workflow.types[d.type].mourning for d in documents)


def stage_now(workflow: Workflow, stage: str, village: str, lang: str) -> str:
    """Where a document at this stage is."""
    if stage in workflow.exits:
        return str(said(workflow.exits[stage], lang))
    if stage not in workflow.stages:
        return stage
    return str(said(workflow.stages[stage], lang).now.format(village=village_name(workflow, village)))


def leg_name(workflow: Workflow, stage: str, lang: str) -> str:
    """The task that takes a document into this stage."""
    return str(said(workflow.stages[stage], lang).leg)


def leg_done(workflow: Workflow, stage: str, n: int, lang: str) -> str:
    """What was done, of how many."""
    return str(said(workflow.stages[stage], lang).done.format(n=n))


def completing(workflow: Workflow, stage: str, n: int, lang: str) -> str:
    """The label that completes a leg: what will have been done, or where that is too long, the task."""
    label = f"✅ {leg_done(workflow, stage, n, lang)}"
    return label if len(label) <= LABEL else f"✅ {leg_name(workflow, stage, lang)} ({n})"


def next_line(workflow: Workflow, document: Document, t: Words) -> str:
    """What comes next, and how long it usually takes if nothing holds it up; nothing at the end of the road."""
    to = workflow.following(document.type, document.stage)
    if to is None:
        return ""
    stage = workflow.stages[to]
    coming = said(stage, t.lang).next
    if stage.target is None or document.hold:
        return t("Next: {step}.", step=coming)
    return t("Next: {step}, usually {within}.", step=coming, within=dates.within(stage.target, t.lang))


def road(workflow: Workflow, type: str, stage: str) -> str:
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


def sign(workflow: Workflow, stage: str) -> str:
    """The picture of the place where a stage is."""
    return _SIGNS[workflow.stages[stage].place] if stage in workflow.stages else ""


def hours(workflow: Workflow, lang: str) -> str:
    """When the counters are open."""
    return speech.hours(workflow.district.hours, lang)


def tails(numbers: Iterable[str]) -> str:
    """Numbers by their last four digits, as people at a counter name them; the first of very many."""
    last = [f"…{number[-4:]}" for number in numbers]
    return ", ".join(last[:TAILS]) + (" …" if len(last) > TAILS else "")


def link(bot: str, payload: str) -> str:
    """A deep link into this bot."""
    return f"https://t.me/{bot}?start={payload}"
