"""The screens of what stands still, over the facts they may meet: more of `tests.gallery`."""

import json
from collections.abc import Iterator
from dataclasses import replace

from handlers.bags.task_lists import Besides, tasks_screen
from handlers.holds.buttons import EVERYWHERE, STAGE, THESE, TYPE, HoldUntil, HoldWhat, HoldWhy
from handlers.holds.screens import (
    cause_screen,
    extend_screen,
    held_list_screen,
    held_screen,
    until_screen,
    what_screen,
    why_screen,
)
from handlers.holds.views import days_ahead
from handlers.lookup.my_numbers import naming_screen
from handlers.lookup.screens import status_screen
from handlers.morning.screens import morning_screen
from handlers.reply import Screen
from handlers.returns.buttons import RefuseDraft, RefuseWhy, ReturnDraft
from handlers.returns.screens import refuse_screen, refusing_screen, return_screen, returned_screen
from handlers.returns.views import missing_of, needs_of, reason_of
from locales import Words, dates
from storage.district.schema import MOST_NEEDS
from storage.holds.queues import Standstill
from storage.ledger import Cause
from storage.mornings.workload import Morning
from storage.people import Follow
from storage.records import LookUp, Remark
from storage.workflow import Workflow
from tests.gallery import CITIZEN, EVERYBODY, ID, NOW, document, numbers, packed, person

COUNTS = {THESE: 1, TYPE: 37, STAGE: 43, EVERYWHERE: 2000}
MISSING = 0b101 | 1 << MOST_NEEDS  # two to bring, and what is done in person


def aside(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    """What leaves its road."""
    for type in (*workflow.types, "GONE"):
        card, draft = document(type, "at_district"), ReturnDraft(ID, 8, "returned", 0xFFFFF, MISSING)
        words = json.dumps(missing_of(workflow, type, MISSING))
        needs = needs_of(workflow, type, t.lang)
        yield f"return: {type}", return_screen(workflow, draft, [card], needs, words, t)
        yield f"return: {type}, nothing", return_screen(workflow, replace(draft, missing=0), [card] * 2, needs, "", t)
        yield f"returned to the village: {type}", returned_screen(workflow, [card] * 30, words, t)
        returned = document(type, "returned")
        look = LookUp(card.number, (returned,), remarks=(Remark(ID, "at_district", words),))
        for role in (CITIZEN, person("district_desk")):
            yield f"returned: {type} {len(role.posts)}", status_screen(workflow, role, [look], [], t, NOW)
    followed = [(Follow(number, NOW, None, ID), ()) for number in numbers(4)]
    yield "may be a name", naming_screen(workflow, "K" * 24, followed, t)
    yield "refuse: why", refuse_screen(workflow, RefuseWhy(ID, 8, "refused"), document("KK", "at_district"), t)
    for key in workflow.refusals:
        words, card = json.dumps(reason_of(workflow, key)), document("KK", "at_district")
        yield f"refuse: {key}", refusing_screen(workflow, RefuseDraft(ID, 8, key), "refused", card, words, t)
        look = LookUp(card.number, (document("KK", "refused"),), remarks=(Remark(ID, "at_district", words),))
        yield f"refused for {key}", status_screen(workflow, CITIZEN, [look], [], t, NOW)


def standing(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    card, days = document("KTP", "at_registry"), days_ahead(workflow, NOW)
    many = packed(5, "to_registry").items
    yield "hold: why", why_screen(workflow, HoldWhy(ID, 8), [card], list(workflow.holds), list(workflow.exits), t)
    yield "hold: why these", why_screen(workflow, HoldWhy(ID, 0), many, list(workflow.holds), [], t)
    for reason in (*workflow.holds, "gone_from_the_file"):
        asked = HoldUntil(ID, 8, reason)
        yield f"hold until: {reason}", until_screen(workflow, asked, [card], days, t, NOW)
        for much in COUNTS:
            what = HoldWhat(ID, 8, reason, 5, much)
            screen = what_screen(workflow, what, [card], COUNTS, days[5] if much else None, t, NOW)
            yield f"hold what: {reason} {much}", screen
        cause = Cause(ID, reason, 1, "at_registry", "KTP", "tlogopakis", NOW - dates.DAY, days[10])
        papers = [document("KTP", "at_registry", number) for number in numbers(8)]
        yield f"cause: {reason}", cause_screen(workflow, cause, papers, 2000, 3, t, NOW)
        single = cause._replace(id=1, gathers=0, review=None)
        stands = [Standstill(cause, 2000, frozenset()), Standstill(single, 1, frozenset())]
        yield f"all held: {reason}", held_list_screen(workflow, stands, 0, t, NOW + 30 * dates.DAY)
        yield f"tasks, held: {reason}", tasks_screen(workflow, EVERYBODY, [], [], t, NOW, 0, Besides(0, stands))
        yield f"reminded: {reason}", morning_screen(workflow, EVERYBODY, Morning(looks=stands * 2), t, NOW)
        yield f"extend: {reason}", extend_screen(workflow, cause, 1, days, t, NOW)
        held = [document(type, "at_registry", hold=reason, hold_review=days[1]) for type in workflow.types]
        for kind in ("hold", "release"):
            yield f"held: {reason} {kind}", held_screen(workflow, held, kind, t, NOW)
        look = LookUp(held[0].number, (held[1],), turns=((held[1].id, 14),))
        for role in (CITIZEN, EVERYBODY, person("courier")):
            name = f"status: {reason} {len(role.posts)}"
            yield name, status_screen(workflow, role, [look], [], t, NOW)
