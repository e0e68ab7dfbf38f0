"""Screens of who is away, who stands in for them, and who lays a post down: more of the gallery."""

from collections.abc import Iterator

from handlers.bags.task_lists import Besides, tasks_screen
from handlers.deputies.buttons import ChooseStandIn
from handlers.deputies.screens import (
    Colleague,
    colleagues_screen,
    draft_screen,
    duty_screen,
    laid_down_screen,
    lay_down_screen,
    news_screen,
    pass_on_screen,
    passed_screen,
    stand_in_screen,
    until_screen,
)
from handlers.deputies.views import last_days, until
from handlers.reply import Screen
from handlers.staff.screens import dismiss_screen, posts_screen
from locales import Words, dates
from storage.deputies.stand_ins import StandIn
from storage.records import Leg, Person, Post
from storage.workflow import Workflow
from tests.gallery import EVERYBODY, ID, NOW, document, numbers

WARNI = Post(11, "village_officer", "tlogopakis", 1, NOW, NOW, chat=1, label="Bu Warni")
JOKO = Post(12, "courier", "", 2, NOW, NOW, chat=2, label="motor biru")
LASTING = StandIn(ID, NOW + 3 * dates.DAY, WARNI.id, NOW, None, WARNI, JOKO)
ASKED = LASTING._replace(accepted_at=None)


def away(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    of = zip(numbers(300), workflow.villages, strict=False)
    papers = [document("KK", "to_district", number, village=village) for number, village in of]
    readers = [Person(1, posts=(WARNI,)), Person(2, posts=(JOKO, WARNI._replace(deputy=12))), EVERYBODY]
    for i, reader in enumerate(readers):
        for kind, one in (("lasting", LASTING), ("asked", ASKED)):
            yield f"duty, {kind} {i}", duty_screen(workflow, reader, [one], t, NOW)
            yield f"stand-in, {kind} {i}", stand_in_screen(workflow, one, reader, t, NOW)
            yield f"tasks, {kind} {i}", tasks_screen(workflow, reader, [], [], t, NOW, 0, Besides(absences=[one]))
            for what in ("asked", "accepted", "ended", "over", "post_ended", *(["refused"] * (one is ASKED))):
                for held in ([], papers):
                    shown = news_screen(workflow, one, what, held, reader, t, NOW)
                    yield f"news, {kind} {what} {i} {len(held)}", shown
    legs = [Leg("filed", "to_district", v, 3, NOW, lent=bool(i)) for i, v in enumerate(("simego", "tlogopakis"))]
    legs.append(Leg("to_district", "at_district", "simego", 3, NOW, mine=True, lent=True))
    yield "tasks, lent", tasks_screen(workflow, EVERYBODY, legs, [], t, NOW, 0, Besides(absences=[LASTING]))
    yield "posts, away", posts_screen(workflow, [WARNI, JOKO], 0, t, NOW, [LASTING])
    yield "dismiss, carries", dismiss_screen(workflow, JOKO, t, papers)


def choosing(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    of = zip(numbers(300), workflow.villages, strict=False)
    papers = [document("KK", "to_district", number, village=village) for number, village in of]
    colleagues = [JOKO._replace(ordinal=n, id=n) for n in range(1, 20)]
    choose = ChooseStandIn(WARNI.id, 1)
    for is_own in (True, False):
        yield (
            f"colleagues {is_own}",
            colleagues_screen(workflow, WARNI, colleagues, choose, t, is_own=is_own, is_part=True),
        )
    yield "no colleagues", colleagues_screen(workflow, WARNI, [], choose, t, is_own=True, is_part=False)
    days = {day: (until(workflow, day), n) for day, n in last_days(workflow, NOW).items()}
    yield "until", until_screen(workflow, WARNI, JOKO, days, t, NOW)
    asked = Colleague(WARNI, JOKO, *next((day, at) for day, (at, _) in days.items()))
    for held in ([], papers):
        yield f"draft {len(held)}", draft_screen(workflow, asked, held, t, NOW)
        for able in ([], colleagues):
            left = [Leg("filed", "to_district", v, 3, NOW) for v in workflow.villages]
            yield f"lay down {len(held)} {len(able)}", lay_down_screen(workflow, JOKO, held, able, left, t)
    yield "lay down, nothing left", lay_down_screen(workflow, JOKO, [], [], [], t)
    yield "laid down", laid_down_screen(workflow, WARNI, t)
    for able in ([], [JOKO._replace(ordinal=n) for n in range(1, 30)]):
        yield f"pass on to {len(able)}", pass_on_screen(workflow, ID, 300, able, t)
    yield "passed", passed_screen(workflow, JOKO, papers, t)
