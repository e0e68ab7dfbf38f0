"""The part of the gallery that shows officers at work: their lists, bags, and what came of a tap."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.bags.screens import arrived_screen, bag_screen
from handlers.bags.task_lists import places_screen, tasks_screen
from handlers.closures.screens import closures_screen, until_screen, why_screen
from handlers.documents.screens import (
    acted_screen,
    corrected_screen,
    moved_before,
    not_permitted,
    overtaken_screen,
)
from handlers.handover.buttons import ShowFamilies
from handlers.handover.screens import (
    Proofs,
    asked_screen,
    families_screen,
    handover_screen,
    keypad_screen,
    objection_screen,
    objections_screen,
    receiver_screen,
    right_code_screen,
)
from handlers.morning.buttons import ShowLate
from handlers.morning.head_page import brief_screen, late_screen, oversight_screen, untold_screen
from handlers.morning.screens import (
    days_screen,
    morning_screen,
    pickup_screen,
    snooze_screen,
    snoozed_screen,
    unfetched_screen,
)
from handlers.village.screens import lampid_screen, village_screen
from locales import Words, dates
from storage.counter.handovers import FETCHERS, FOLLOWER, Objection
from storage.heads.closed_days import REASONS, Closure
from storage.mornings.lampid import Lampid
from storage.mornings.oversight import Oversight, Unheard
from storage.mornings.pickups import Awaited, Pickup
from storage.mornings.workload import Back, Morning
from storage.news.relays import Relay
from storage.records import ROLES, VILLAGE_ROLES, Leg
from storage.workflow import Workflow
from tests.gallery import CITIZEN, EVERYBODY, ID, NOW, Wall, act, document, numbers, packed, person


def working(t: Words, workflow: Workflow) -> Wall:
    legs = [(origin, workflow.onward("KK", origin)[0]) for origin in workflow.route("KK")[:-1]]
    here = [Leg(origin, to, "tlogopakis", 12, NOW - i * dates.DAY) for i, (origin, to) in enumerate(legs)]
    every = [replace(leg, village=village) for leg in here for village in workflow.villages]
    mine = [replace(every[0], origin="to_registry", to="at_registry", mine=True)]
    everywhere = person("courier")
    for role in ROLES:
        who, seen = person(role), here if role in VILLAGE_ROLES else every
        theirs = [leg for leg in seen if workflow.doer(who, "KK", leg.village, leg.origin, leg.to)]
        carried = mine if role == "courier" else []
        yield f"tasks for {role}", tasks_screen(workflow, who, [*theirs, *carried], every, t, NOW)
        yield f"no tasks for {role}", tasks_screen(workflow, who, [], [], t, NOW)
    yield "tasks for everything", tasks_screen(workflow, EVERYBODY, [*every, *mine], every, t, NOW)
    yield "no tasks, and others are late", tasks_screen(workflow, everywhere, [], here, t, NOW)
    yield "villages", places_screen(workflow, everywhere, every[:9], 0, t, NOW)
    stood = [replace(here[0], oldest=NOW - dates.DAY)]
    ready = [leg for leg in here if workflow.stages[leg.origin].ready]
    yield "reminder", morning_screen(workflow, person("village_officer"), Morning(ready), t, NOW)
    yield (
        "reminder of what is late",
        morning_screen(workflow, person("village_officer"), Morning(stood), t, NOW),
    )
    yield "reminder for courier", morning_screen(workflow, everywhere, Morning([*mine, *every]), t, NOW)
    yield from heads(t, workflow, every)
    yield from closed_days(t, workflow)
    yield "fetched when", days_screen(workflow, "tlogopakis", [739_580, 739_581], t, NOW)
    yield "reminded when", snooze_screen(workflow, [739_580, 739_581], t, NOW)
    yield "put off", snoozed_screen(workflow, 739_580, t, NOW)
    papers = [document(type, "to_registry") for type in workflow.types]
    yield "a bag that is fetched", pickup_screen(workflow, "tlogopakis", papers, t)
    yield "a family's reminder", unfetched_screen(workflow, [document("KK", "ready_at_village")], 21, t, NOW)
    promised = Morning(ready, (), Back(2, NOW - dates.DAY), [awaited("tlogopakis", 0)], 3)
    yield "promised", morning_screen(workflow, person("village_officer"), promised, t, NOW)
    came = [document(type, "ready_at_district") for type in workflow.types for _ in range(2)]
    legs_of = [(leg.origin, leg.to, leg.count, leg.oldest) for leg in ready]
    yield "arrived", arrived_screen(workflow, everywhere, "ready_at_district", came, legs_of, t)


def heads(t: Words, workflow: Workflow, every: Sequence[Leg]) -> Wall:
    greeting = dates.greeting(NOW, workflow.zone, t.lang)
    whole = Oversight(every, (), [awaited("gumelem", 2)], [Unheard(person("courier").posts[0], 3, 4)], stuck=2)
    yield "what stands still", oversight_screen(workflow, whole, t("What stands still · {moment}", moment="…"), t, NOW)
    yield "a head's morning", brief_screen(workflow, whole, greeting, t, NOW)
    yield "families not told", untold_screen(workflow, [relay()], {ID: ("KK",)}, 0, t, NOW)
    yield "nothing stands still", oversight_screen(workflow, Oversight(), "…", t, NOW)
    papers = [document(type, "to_registry") for type in workflow.types]
    yield "what is late", late_screen(workflow, papers, ShowLate("to_registry", "at_registry"), {}, t, NOW)


def closed_days(t: Words, workflow: Workflow) -> Wall:
    closed = [Closure(ID, 739_611, 739_618, reason) for reason in REASONS]
    yield "what is closed", closures_screen(workflow, closed, [739_580, 739_581], t, NOW)
    yield "closed until", until_screen(workflow, 739_580, [739_580, 739_581], t, NOW)
    yield "closed why", why_screen(workflow, 739_611, 739_618, t, NOW)


def relay() -> Relay:
    return Relay(ID, ID, "563185915492", "tlogopakis", NOW - 4 * dates.DAY, "", lost=False, days=4)


def awaited(village: str, missed: int) -> Awaited:
    return Awaited(Pickup(village, 739_581, NOW, ID, missed), 3)


def done(t: Words, workflow: Workflow) -> Wall:
    came = [document(type, "ready_at_district") for type in workflow.types for _ in range(2)]
    for stage in workflow.stages:
        yield f"acted: {stage}", acted_screen(workflow, act(), ("KK",) * 12, 9, [], stage, t, NOW)
    notes = [
        moved_before(workflow, person("courier"), ("courier", NOW, numbers(2)), t, NOW),
        moved_before(workflow, person("courier"), ("district_desk", NOW, numbers(1)), t, NOW),
        not_permitted(numbers(2), t),
    ]
    late = act()._replace(grace_until=NOW)
    yield "acted, too late to undo", acted_screen(workflow, late, ("KK",), 0, notes, "issued", t, NOW)
    undone = act()._replace(undone_by=ID)
    yield "acted, taken back", acted_screen(workflow, undone, ("KK",) * 2, 1, [], "issued", t, NOW)
    yield "overtaken", overtaken_screen(notes, t)
    family = [document(type, "at_district")._replace(number=numbers(1)[0]) for type in ("KK", "KIA")]
    yield "corrected", corrected_screen(workflow, family, "slip", t)
    yield "corrected, of several", corrected_screen(workflow, came, "", t)


def bags(t: Words, workflow: Workflow) -> Wall:
    yield "a bag", bag_screen(workflow, EVERYBODY, packed(5, "to_registry"), 0, 0, 0, t)
    yield "a bag of many", bag_screen(workflow, EVERYBODY, packed(20, "to_village", gone=2), 1, 0, 2, t)
    yield "a bag, past a stage", bag_screen(workflow, EVERYBODY, packed(5, "to_village"), 0, 2, 0, t)
    yield "a bag to open one", bag_screen(workflow, EVERYBODY, packed(5, "to_registry"), 0, 1, 0, t)
    yield (
        "a bag with nothing ticked",
        bag_screen(workflow, EVERYBODY, packed(2, "to_registry", ticked=0), 0, 0, 0, t),
    )
    yield "a bag of others' files", bag_screen(workflow, CITIZEN, packed(2, "to_registry"), 0, 0, 0, t)


def at_a_counter(t: Words, workflow: Workflow) -> Wall:
    here, number = ShowFamilies("ready_at_village", "", 0), numbers(1)[0]
    kinds = [document(type, "ready_at_village", number) for type in workflow.types]
    many = [one._replace(number=other) for other in numbers(30) for one in kinds[:2]]
    for who in (person("village_officer"), person("district_desk")):
        yield f"families for {who.roles[0]}", families_screen(workflow, many, here, who, t)
    yield "hand over one", handover_screen(workflow, kinds[:1], 0, Proofs(may_vouch=True, has_code=True), t)
    yield "hand over all", handover_screen(workflow, kinds, 0, Proofs(may_vouch=False, has_code=True), t)
    for code in (True, False):
        alone = Proofs(may_vouch=False, has_code=code, is_followed=False)
        yield f"hand over, nobody follows, {code}", handover_screen(workflow, kinds[:1], 0, alone, t)
    yield "hand over, no code", handover_screen(workflow, kinds[:2], 0, Proofs(may_vouch=True, has_code=False), t)
    yield "the code", keypad_screen(workflow, kinds[:2], 0, "48", 4, t)
    yield "the code is right", right_code_screen(workflow, kinds[:2], 0, "4821", t)
    yield "for the receiver", receiver_screen(workflow, kinds, t)
    for count in (0, 1, 3):
        yield f"{count} were asked", asked_screen(workflow, number, count, NOW, t, NOW)
    found = [Objection(ID - i, ID, other, "curugmuncar", NOW) for i, other in enumerate(numbers(30))]
    for fetcher in (*FETCHERS, FOLLOWER):
        yield f"not got, {fetcher}", objection_screen(workflow, found[0], kinds[:2], fetcher, "village_officer", t, NOW)
    yield "not got by many", objections_screen(workflow, found, t, NOW)
    yield "not got by nobody", objections_screen(workflow, [], t, NOW)


def in_a_village(t: Words, workflow: Workflow) -> Wall:
    stages = [*workflow.stages, *workflow.exits]
    found = [
        document(
            "KK", stages[i % len(stages)], number, since=NOW - i * dates.DAY, closed_at=NOW if i % 12 > 9 else None
        )
        for i, number in enumerate(numbers(40))
    ]
    yield "a village", village_screen(workflow, "tlogopakis", found, [], 0, t, NOW)
    yield "a village, the rest", village_screen(workflow, "tlogopakis", found, [], 9, t, NOW)
    whole = lampid_screen(workflow, EVERYBODY, "tlogopakis", 24322, Lampid(3, 1, 2, 0), 24323, t)
    yield "the month of a village", whole
    yield "a village without files", village_screen(workflow, "tlogopakis", [], [], 0, t, NOW)
