"""What things are called: documents, villages, stages and legs by the district file, roles and languages by us."""

from collections.abc import Iterable
from typing import Any

from handlers.wording import layout
from locales import Words, speech
from storage.district import Stage
from storage.numbers import grouped
from storage.records import BagItem, Document
from storage.workflow import Workflow

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "jv": "Basa Jawi (krama)", "en": "English"}
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


def paper_label(workflow: Workflow, paper: Document | BagItem) -> str:
    """A document on a button: its number, what it is, and where it belongs."""
    parts = grouped(paper.number), type_short(workflow, paper.type), village_name(workflow, paper.village)
    return " · ".join(parts)


def is_mourned(workflow: Workflow, documents: Iterable[Document]) -> bool:
    """True if somebody died: then there are no pictures and no cheer."""
    return any(d.type in workflow.types and workflow.types[d.type].mourning for d in documents)


def stage_of(workflow: Workflow, stage: str, types: Iterable[str]) -> Stage:
    """A stage as these kinds of documents meet it: as their road has it, if it is the same for all of them."""
    found = [workflow.stages_of[type][stage] for type in types]
    return found[0] if found and all(one is found[0] for one in found) else workflow.stages[stage]


def stage_now(workflow: Workflow, stage: str, village: str, lang: str, *types: str) -> str:
    """Where documents of these kinds are, at this stage."""
    if stage in workflow.exits:
        return str(said(workflow.exits[stage], lang))
    if stage not in workflow.stages:
        return stage
    now = said(stage_of(workflow, stage, types), lang).now
    return str(now.format(village=village_name(workflow, village)))


def leg_name(workflow: Workflow, stage: str, lang: str, *types: str) -> str:
    """The task that takes documents of these kinds into this stage."""
    return str(said(stage_of(workflow, stage, types), lang).leg)


def leg_done(workflow: Workflow, stage: str, n: int, lang: str, *types: str) -> str:
    """What was done, of how many."""
    return str(said(stage_of(workflow, stage, types), lang).done.format(n=n))


def completing(workflow: Workflow, stage: str, n: int, lang: str, *types: str) -> str:
    """The label that completes a leg: what will have been done, or where that is too long, the task."""
    label = f"✅ {leg_done(workflow, stage, n, lang, *types)}"
    return label if len(label) <= layout.LABEL else f"✅ {leg_name(workflow, stage, lang, *types)} ({n})"


def hours(workflow: Workflow, lang: str) -> str:
    """When the counters are open."""
    return speech.hours(workflow.district.hours, lang)
