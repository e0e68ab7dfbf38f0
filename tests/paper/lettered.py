"""A letter about documents, without a register."""

from collections.abc import Mapping
from typing import Any

from handlers.attestations import letter
from storage.attestations.letters import Attestation, Lettered
from storage.records import Document
from storage.workflow import Workflow
from tests.gallery import ID, NOW, event, looked_up

LINK = f"https://jekduk.example.id/verify/a_{'p' * 16}_{'p' * 11}_{'p' * 16}"


def lettered(workflow: Workflow, *documents: Document) -> Mapping[str, Any]:
    """What stands on the letter, with the whole road of each up to where it is."""
    lines = [Lettered(one, tuple(_road(workflow, one))) for one in documents]
    return letter.sheet(workflow, looked_up(*documents), Attestation(ID, NOW, NOW, tuple(lines)), LINK)


def _road(workflow: Workflow, one: Document) -> list[Any]:
    route = workflow.route(one.type)
    return [
        event(stage, NOW - (len(route) - i) * 3_600_000) for i, stage in enumerate(route[: route.index(one.stage) + 1])
    ]
