"""What things are called, and what comes next: by the district file documents, villages and stages, by us the rest.

The words of the district file are fields named after their languages.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from handlers.wording import layout
from handlers.wording.layout import grouped
from locales import Words, _, dates, speech, words
from storage.district import Reason, Stage
from storage.records import BagItem, Document, Post
from storage.workflow import Workflow

SIGNS = {"village": "🏠", "district": "🏢", "registry": "🏛", "road": "🛵", "home": ""}
REASONS = {  # why a document is not where it was recorded
    "slip": _("recorded by mistake"),
    "elsewhere": _("it lies somewhere else"),
    "returned": _("the family brought it back"),
    "faulty": _("there is a mistake in the document"),
}
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "jv": "Basa Jawi (krama)", "en": "English"}
NAMED = 10  # documents; only a district with very many kinds has more in one request
CHOICE_OF_LANGUAGE = "Bahasa · Basa · Language"  # for those too who do not understand the language they are shown


def role_name(role: str, t: Words) -> str:
    """A role in words."""
    names = {
        "village_officer": t("village officer"),
        "reporter": t("reporter"),
        "courier": t("Jek-Duk courier"),
        "district_desk": t("district desk"),
        "registry_desk": t("registry desk"),
        "head": t("head of the district"),
    }
    return names.get(role, role)


def verdict(verdict: str, t: Words) -> str:
    """How it went, in a word."""
    return {"good": t("Good"), "so_so": t("So-so"), "bad": t("Bad")}[verdict]


def post_name(workflow: Workflow, role: str, village: str, t: Words) -> str:
    """A role with its village."""
    name = layout.capital(role_name(role, t))
    return f"{name} · {village_name(workflow, village)}" if village else name


def post_title(workflow: Workflow, post: Post, t: Words) -> str:
    """Who holds a post, as colleagues know them: never by name."""
    label = f" ({post.label})" if post.label else ""
    return f"{post_name(workflow, post.role, post.village, t)} {post.ordinal}{label}"


def type_names(workflow: Workflow, types: Iterable[str], lang: str) -> str:
    """Documents by their names, the first of very many; one that is in the district file no longer by its key."""
    found = [getattr(workflow.types.get(type), lang, type) for type in types]
    if len(found) == 1:
        return found[0]
    return speech.join(found if len(found) <= NAMED else _first(found, lang), lang)


def types_listed(workflow: Workflow, types: Iterable[str], lang: str) -> str:
    """Documents as in a list, so that several share a line: `KK, KIA`."""
    found = [type_told(workflow, one, lang) for one in types]
    return ", ".join(found if len(found) <= NAMED else _first(found, lang))


def types_beside(workflow: Workflow, types: Sequence[str], number: str, lang: str, mark: str = " ") -> str:
    """Documents with their number behind a mark, in a line of a narrow phone: several as in a list, and so one whose
    whole name does not fit.
    """
    whole = f"{getattr(workflow.types.get(types[0]), lang, types[0])}{mark}{number}"
    is_whole = len(types) == 1 and len(whole) < layout.NARROW
    return (whole if is_whole else f"{types_listed(workflow, types, lang)}{mark}{number}").strip(mark)


def _first(names: list[str], lang: str) -> list[str]:
    """The first of very many names, and how many more there are."""
    t = words(lang)
    return [*names[: NAMED - 1], t("{n} more", n=len(names) - NAMED + 1)]


def type_short(workflow: Workflow, type: str) -> str:
    """A document's short name, for buttons."""
    known = workflow.types.get(type)
    return known.short if known else type


def type_told(workflow: Workflow, type: str, lang: str) -> str:
    """A document's name in a list: its short one, or the whole where that explains the short one to who knows neither:
    `Birth certificate (Akta lahir)`.
    """
    short, name = type_short(workflow, type), type_names(workflow, [type], lang)
    return name if f"({short})" in name else short


def village_name(workflow: Workflow, village: str) -> str:
    """A village's name."""
    known = workflow.villages.get(village)
    return known.name if known else village


def paper_label(workflow: Workflow, paper: Document | BagItem, *, in_village: bool = False) -> str:
    """A document on a button: its number, what it is, and where it belongs unless that is known.

    Where it would not fit the number is told by its last digits: what papers are sorted by must be whole.
    """
    parts = [type_short(workflow, paper.type)] + [village_name(workflow, paper.village)] * (not in_village)
    whole = " · ".join([grouped(paper.number), *parts])
    return whole if len(whole) <= layout.LINE else " · ".join([paper.number[-4:], *parts])


def titled(workflow: Workflow, paper: Document | BagItem) -> str:
    """A document at the head of a card: what it is, and its number."""
    return f"{type_short(workflow, paper.type)} · {grouped(paper.number)}"


def number_label(workflow: Workflow, number: str, documents: Sequence[Document], t: Words, own_name: str = "") -> str:
    """A number on a button, by the name that this chat has for it, or else with what it is about."""
    if own_name:
        return f"{own_name} · {layout.tails([number])}"
    told = ", ".join(dict.fromkeys(type_told(workflow, one.type, t.lang) for one in documents))
    if told and len(whole := f"{told} · {grouped(number)}") <= layout.LABEL:
        return whole
    first, *more = [*dict.fromkeys(type_short(workflow, one.type) for one in documents)] or [""]
    whole = " · ".join(filter(None, (", ".join([first, *more]), grouped(number))))
    return whole if len(whole) <= layout.LABEL else f"{first} +{len(more)} · {grouped(number)}"


def by_village(workflow: Workflow, documents: Iterable[Document | BagItem]) -> list[str]:
    """How many of each kind, a line for each village."""
    kinds: dict[str, Counter[str]] = {}
    for one in documents:
        kinds.setdefault(one.village, Counter())[type_short(workflow, one.type)] += 1
    return [
        f"{village_name(workflow, village)}: {', '.join(f'{kind} {n}' for kind, n in counts.items())}"
        for village, counts in kinds.items()
    ]


def is_mourned(workflow: Workflow, documents: Iterable[Document]) -> bool:
    """True if somebody died: then there are no pictures and no cheer."""
    return not workflow.mourning.isdisjoint([one.type for one in documents])


def is_met_in_mourning(workflow: Workflow, documents: Sequence[Document]) -> bool:
    """True where a request of a family that mourns begins: there it is told, once, that we are sorry for its loss."""
    if not is_mourned(workflow, documents):
        return False
    return any(one.version == 1 or one.stage == workflow.route(one.type)[0] for one in documents)


def stage_of(workflow: Workflow, stage: str, types: Iterable[str]) -> Stage:
    """A stage as these kinds of documents meet it: as their road has it, if it is the same for all of them."""
    found = [workflow.stages_of[type][stage] for type in types]
    return found[0] if found and all(one is found[0] for one in found) else workflow.stages[stage]


def stage_now(workflow: Workflow, stage: str, village: str, lang: str, *types: str) -> str:
    """Where documents of these kinds are, at this stage; of one that the district file has no more, that they go on."""
    if stage in workflow.exits:
        return str(getattr(workflow.exits[stage], lang))
    if stage not in workflow.stages:
        t = words(lang)
        return t("In progress")
    now = getattr(stage_of(workflow, stage, types), lang).now
    return str(now.format(village=village_name(workflow, village)))


def stage_brief(workflow: Workflow, stage: str, lang: str, *types: str) -> str:
    """Where documents are, in a few words."""
    if known := workflow.exits.get(stage):
        return brief(known, lang)
    said = getattr(stage_of(workflow, stage, types), lang).brief if stage in workflow.stages else None
    return said or layout.small(stage_now(workflow, stage, "", lang, *types).partition(". ")[0].strip())


def stage_next(workflow: Workflow, stage: str, lang: str, *types: str) -> str:
    """What is done with documents of these kinds to bring them into this stage."""
    return str(getattr(stage_of(workflow, stage, types), lang).next)


def stage_news(workflow: Workflow, stage: str, village: str, lang: str, *types: str) -> str:
    """What has happened to documents of these kinds that came to this stage, as news begins with it."""
    known = workflow.stages.get(stage)
    if known is None:
        return stage_now(workflow, stage, village, lang, *types).partition(". ")[0]
    phrases = getattr(stage_of(workflow, stage, types), lang)
    said = str(phrases.news or (phrases.now.partition(". ")[0] if known.ready else layout.capital(phrases.next)))
    return said.format(village=village_name(workflow, village)) if "{" in said else said


def hold_reason(workflow: Workflow, hold: str, lang: str) -> str:
    """Why a document is held up; for what the district file has no more, that there is a reason."""
    if hold not in workflow.holds:
        t = words(lang)
        return layout.capital(t("another reason"))
    return str(getattr(workflow.holds[hold], lang))


def hold_brief(workflow: Workflow, hold: str, lang: str) -> str:
    """The same in a few words."""
    known, t = workflow.holds.get(hold), words(lang)
    return brief(known, lang) if known else t("another reason")


def brief(reason: Reason, lang: str) -> str:
    """Why a document stands where it does, in a few words."""
    return layout.small(str(getattr(reason.brief or reason, lang)).partition(". ")[0])


def leg_name(workflow: Workflow, stage: str, lang: str, *types: str, roles: Iterable[str] = ()) -> str:
    """The task that takes documents of these kinds into this stage, in the words of whoever has one of these roles."""
    return stage_of(workflow, stage, types).leg(lang, roles)


def leg_done(workflow: Workflow, stage: str, n: int, lang: str, *types: str) -> str:
    """What was done, of how many."""
    return str(getattr(stage_of(workflow, stage, types), lang).done.format(n=n))


def completing(workflow: Workflow, stage: str, n: int, lang: str, *types: str, roles: Iterable[str] = ()) -> str:
    """The label that completes a leg: the task, of how many. What was done stands on the card, once it is."""
    return f"✅ {leg_name(workflow, stage, lang, *types, roles=roles)} ({n})"


def completing_in(workflow: Workflow, villages: Iterable[str], n: int, t: Words) -> str:
    """The label that completes a leg for papers of these villages, by their names as far as they fit."""
    found = sorted({village_name(workflow, village) for village in villages})
    label = t.n("✅ {n} paper · {villages}", "✅ {n} papers · {villages}", n, villages=", ".join(found))
    if len(label) <= layout.LABEL:
        return label
    count = t.n("{n} village", "{n} villages", len(found))
    return t.n("✅ {n} paper · {villages}", "✅ {n} papers · {villages}", n, villages=count)


def closing(workflow: Workflow, t: Words) -> str:
    """The last line of a status and of what says that something can be fetched, if the district has one of its own."""
    own = workflow.district.sentences.closing
    return own.said(t.lang).format() if own else ""


def next_lines(
    workflow: Workflow, to: str, types: Iterable[str], times: tuple[int, int], t: Words, *, named: bool = False
) -> tuple[list[str], bool]:
    """What comes next for documents of these kinds, and the day by which it usually has come; True if that is over.

    They are `named` where roads part. The times are since when they are where they are, and now.
    """
    step, target = stage_next(workflow, to, t.lang, *types), workflow.stages[to].target
    documents = type_names(workflow, types, t.lang) if named else ""
    (since, now), calendar = times, workflow.calendar
    due = calendar.due(since, target) if target else None
    # A day was named, so it is late when that day's counters have closed; officers are reminded by the hour.
    is_late = (
        workflow.is_late(to, since, now) if due is None else due < now and calendar.closing(calendar.day(due)) < now
    )
    if is_late:
        sorry = t("We are sorry: this takes longer than usual.")
        if due is not None:
            day = dates.day(due, now, workflow.zone, t.lang)
            sorry = t("Sorry: it was to be {step} by {day}.", step=step, day=day)
        return [f"{documents}: {layout.small(sorry)}" if named else sorry], True
    if due is None:
        coming = t("Next for {documents}: {step}.", documents=documents, step=step) if named else ""
        return [coming or t("Next: {step}.", step=step)], False
    # A day and not "today": it is read tomorrow, too.
    day = dates.day(due, now, workflow.zone, t.lang)
    if named:
        coming = t("Next for {documents}: {step}, usually by {day}.", documents=documents, step=step, day=day)
    else:
        coming = t("Next: {step}, usually by {day}.", step=step, day=day)
    first, last = (dates.local(at, workflow.zone).date() for at in (now, due))
    days = (last - first).days
    return [coming, *(closed_lines(workflow, now, days, t) if days else [])], False


def closed_lines(workflow: Workflow, now: int, days: int, t: Words) -> list[str]:
    """On which of so many days from today the counters stay closed though it is no weekend: a line, or none. Days with
    nothing open between them are told by the first and the last.
    """
    spans: list[list[int]] = []
    for day in workflow.calendar.closures(now, days):
        if spans and not workflow.calendar.working_days(spans[-1][-1], day):
            spans[-1][1:] = [day]
        else:
            spans.append([day])
    told = [dates.span(dates.day(day, now, workflow.zone, t.lang) for day in span) for span in spans]
    return [t("Closed: {days}.", days=", ".join(told))] if told else []


def condition(state: str, t: Words) -> str:
    """What is wrong with a paper that was brought to a counter."""
    return {"missing": t("not here"), "wet": t("wet"), "torn": t("torn"), "page": t("page missing")}.get(state, state)
