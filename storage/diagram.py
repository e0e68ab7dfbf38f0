"""The stages of a district file as a page: `python -m storage.diagram [FILE] > docs/stages.md`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from storage.district import Stage, WrongFile, load
from storage.records import ROLES
from storage.workflow import Workflow

_HEAD = """\
# Stages: where a document can be, and who takes it further

Made from the district file by `python -m storage.diagram > docs/stages.md`; a test keeps it true. What each key of that
file means: [district.md](district.md).
"""


def page(workflow: Workflow) -> str:
    """Diagram and tables in Markdown."""
    drawing = "\n".join(["```mermaid", *_diagram(workflow), "```", ""])
    parts = [_HEAD, drawing, _road_list(workflow), _table(_stages(workflow))]
    if workflow.exits:
        parts += ["Off the road a document may come to stand here:\n", _table(_exits(workflow))]
    if workflow.holds:
        parts += ["On the road it may stand still, for one of these reasons:\n", _table(_holds(workflow))]
    return "\n".join(parts)


def _table(rows: Iterator[tuple[str, ...]]) -> str:
    head, *rest = rows
    lines = ["| " + " | ".join(row) + " |" for row in (head, tuple("---" for _ in head), *rest)]
    return "\n".join([*lines, ""])


def _diagram(workflow: Workflow) -> Iterator[str]:
    yield "stateDiagram-v2"
    for stage in workflow.stages.values():
        yield f'    state "{_plain(stage.en.now)}" as {stage.key}'
    starts: dict[str, list[str]] = {}
    for role, stage_key in workflow.district.starts.items():
        starts.setdefault(stage_key, []).append(role)
    yield from (f"    [*] --> {stage}: files it ({_roles(roles)})" for stage, roles in starts.items())
    for (origin, to, roles), kinds in _legs(workflow).items():
        yield f"    {origin} --> {to}: {_roles(roles)}{_only(workflow, kinds)}"
    yield from (f"    {stage} --> [*]" for stage in workflow.stages if workflow.ends(stage))


def _legs(workflow: Workflow) -> dict[tuple[str, str, tuple[str, ...]], list[str]]:
    """Every step that somebody may take, and by which roles: for which kinds of document."""
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for type in workflow.types:
        for origin in workflow.route(type):
            for to in workflow.onward(type, origin):
                roles = tuple(sorted(workflow.doers(type, origin, to), key=ROLES.index))
                found.setdefault((origin, to, roles), []).append(type)
    return found


def _only(workflow: Workflow, kinds: list[str]) -> str:
    if len(kinds) == len(workflow.types):
        return ""
    if len(kinds) <= len(workflow.types) // 2:
        return " – only " + ", ".join(workflow.types[kind].short for kind in kinds)
    return " – not " + ", ".join(type.short for key, type in workflow.types.items() if key not in kinds)


def _road_list(workflow: Workflow) -> str:
    lines = []
    for name in workflow.district.routes:
        kinds = ", ".join(type.short for type in workflow.types.values() if type.route == name) or "no document"
        lines.append(f"- Road `{name}`: {kinds}.")
    return "\n".join([*lines, ""])


def _stages(workflow: Workflow) -> Iterator[tuple[str, ...]]:
    yield ("stage", "where", "completed by", "target, working days", "the task", "what the family reads", "besides")
    for stage in workflow.stages.values():
        days = f"{stage.target:g}" if stage.target else "–"
        for name, one in ((f"`{stage.key}`", stage), *_on_routes(stage)):
            yield (name, one.place, _completers(workflow, one), days, one.id.leg, one.id.now, _besides(one))


def _on_routes(stage: Stage) -> Iterator[tuple[str, Stage]]:
    return ((f"`{stage.key}` on `{route}`", stage.on_route(route)) for route in stage.on)


def _completers(workflow: Workflow, stage: Stage) -> str:
    past = [skip for skip in workflow.district.skips if stage.key in skip.to]
    return "; ".join([_roles(stage.by), *(f"{_roles(skip.by)} from `{skip.origin}`" for skip in past)])


def _besides(stage: Stage) -> str:
    notes = ["with sound"] if stage.sound else []
    notes += ["waits to be fetched: reminders"] if stage.ready else []
    notes += [f"{_roles(stage.tell)} told at once"] if stage.tell else []
    return "; ".join(notes) or "–"


def _exits(workflow: Workflow) -> Iterator[tuple[str, ...]]:
    yield ("stage", "what the family reads", "the end?", "sent there by", "from")
    for exit in workflow.exits.values():
        origins = ", ".join(f"`{stage}`" for stage in exit.at)
        yield (f"`{exit.key}`", exit.id, "yes" if exit.ends else "no", _roles(exit.by) or "–", origins or "–")


def _holds(workflow: Workflow) -> Iterator[tuple[str, ...]]:
    yield ("reason", "what the family reads", "where", "said by, besides the head", "code", "besides")
    for hold in workflow.holds.values():
        places = ", ".join(f"`{stage}`" for stage in hold.at) or "everywhere"
        notes = ["the family's turn: with sound, the clock stands"] if hold.stops_clock else []
        notes += ["in turn, oldest first"] if hold.in_turn else []
        by = _roles(hold.by) or "whoever brings it there or takes it on"
        yield (f"`{hold.key}`", hold.id, places, by, hold.code or "–", "; ".join(notes) or "–")


def _roles(roles: tuple[str, ...] | list[str]) -> str:
    return ", ".join(role.replace("_", " ") for role in roles)


def _plain(text: str) -> str:
    # Curly brackets and quotes mean something to mermaid.
    return text.replace("{village} ", "").replace('"', "'")


def main(*names: str) -> int:
    """Print the page; or what is wrong with the file, and 2."""
    try:
        sys.stdout.write(page(Workflow(load(*map(Path, names[:1])))))
    except WrongFile as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
