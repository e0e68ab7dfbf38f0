"""Screens of bags that are brought to a counter and counted there: more of the gallery."""

from collections.abc import Iterator

from handlers.bags.task_lists import Besides, tasks_screen
from handlers.consignments.screens import Sides, count_screen, marking_screen, taken_screen
from handlers.lookup.history import Beside, history_screen
from handlers.reply import Screen
from handlers.road.screens import seal_screen
from handlers.wording import standstill
from handlers.wording.layout import page
from locales import Words, dates
from storage.records import Post
from storage.road.consignments import MISSING, STATES, Consignment, Damage, Line
from storage.workflow import Workflow
from tests.gallery import EVERYBODY, ID, NOW, act, document, event, looked_up, numbers

GIVER, DESK = Post(11, "courier", "", 12, NOW, label="motor biru"), Post(12, "district_desk", "", 1, NOW)


def consignments(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    """To be counted, marked, and taken."""
    one = Consignment(ID, "at_district", GIVER.id, 300, NOW - dates.DAY)
    states, hold = ["", *STATES], next(iter(workflow.holds))
    kinds = [*workflow.types]
    lines = [
        Line(
            document(kinds[i % len(kinds)], "at_district", number, village=[*workflow.villages][i % 3], hold=hold,
                     hold_since=NOW, hold_review=NOW + dates.DAY),
            9, states[i % len(states)],
        )
        for i, number in enumerate(numbers(300))
    ]  # fmt: skip
    whole = [Line(line.document, line.seen) for line in lines]
    for name, found in (("whole", whole), ("not whole", lines), ("one", whole[:1]), ("gone on", [*whole, *lines[:9]])):
        yield f"count, {name}", count_screen(workflow, one, found, GIVER, t)
    for state in STATES:
        yield f"mark {state}", marking_screen(workflow, one, lines, state, 1, GIVER, t)
    yield "mark, by somebody gone", marking_screen(workflow, one, lines, MISSING, 99, None, t)
    for searcher in (GIVER, DESK, None):
        for back in (None, act()):
            sides = Sides(GIVER, DESK, searcher)
            for may_undo in (True, False):
                shown = taken_screen(workflow, one, lines, sides, back, t, NOW, may_undo=may_undo)
                whose = searcher.role if searcher else "nobody"
                yield f"taken, looked for by {whose}{', taken back' * bool(back)} {may_undo}", shown
    look = looked_up(*(line.document for line in lines[:4]))
    damage = [Damage(ID, line.document.id, state) for line in lines[:4] for state in STATES[1:]]
    steps = [[event("at_district", NOW)]] * 4
    yield "history, damaged", history_screen(workflow, EVERYBODY, look, steps, Beside(damage=damage), t, NOW)
    yield "looked for", Screen(page(standstill.searched_by(workflow, GIVER, t)), ())
    yield "tasks, to count", tasks_screen(workflow, EVERYBODY, [], [], t, NOW, 0, Besides(uncounted=[one] * 30))
    yield "seal", seal_screen(f"b_{'a' * 16}_{'b' * 16}", 300, "jekduk_bot", t)
