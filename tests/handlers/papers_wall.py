"""The screens of originals, over the facts they may meet: more of `tests.gallery`."""

from collections.abc import Iterator
from functools import partial

from handlers.bags.task_lists import Besides, tasks_screen
from handlers.filing.screens import filed_screen, handing_in
from handlers.handover.buttons import AskReceiver, Give
from handlers.handover.screens import Proofs, handover_screen, originals_asked_screen
from handlers.lookup.history import Beside, history_screen
from handlers.lookup.screens import status_screen
from handlers.originals.screens import left_behind_screen, news_screen, papers_screen
from handlers.reply import Screen
from handlers.village.screens import village_screen
from handlers.wording import originals
from locales import Words, dates
from storage.counter import custody
from storage.counter.custody import BACK, NONE, OUT, Out
from storage.originals.steps import Papers, PaperStep
from storage.records import LookUp
from storage.workflow import Workflow
from tests.gallery import CITIZEN, EVERYBODY, ID, NOW, document, event, numbers, person


def kept(workflow: Workflow, *states: str, left_at: str = "", at: int = NOW - dates.DAY) -> Papers:
    """The originals of the district file, each taken through these states by a village officer."""
    papers = [*workflow.originals, "gone_from_the_file"]
    steps = [
        PaperStep(
            paper, state, ID - 9 + i, "correct" if state == NONE else "paper", at, *("village_officer", "simego"), ID
        )
        for i, state in enumerate(states)
        for paper in papers
    ]
    return Papers(len(steps), tuple(steps), left_at)


def asked_for(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    """Whether what was not ticked went back, before it is handed over or the receiver is asked."""
    card, found = document("KK", "ready_at_village"), kept(workflow, OUT)
    for to in (partial(Give, card.number, ID, ID, "neighbour", "known"), partial(AskReceiver, card.number)):
        yield f"originals, asked: {to(0).code}", originals_asked_screen(workflow, [card], 0, found, to, t)


def papers(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    """What is handed in, where it is, what stayed behind."""
    yield from asked_for(t, workflow)
    card = document("KK", "ready_at_village")
    for states in ((), (OUT,), (OUT, BACK), (OUT, NONE)):
        found, name = kept(workflow, *states), " ".join(states) or "none"
        for who in (person("village_officer"), EVERYBODY):
            shown = papers_screen(workflow, who, [card], found, t, NOW)
            yield f"originals {name} for {len(who.posts)}", shown
        asked = custody.asked(workflow, workflow.types)
        filed = filed_screen(workflow, [card], [], "4821", "jekduk_bot", t, NOW)
        assert len(asked) == len(workflow.originals)
        yield f"filed, originals {name}", handing_in(workflow, filed, [card], found, t)
        for now in (NOW, NOW - dates.DAY):
            ticks = originals.given_back_rows(workflow, EVERYBODY, ID, found, 0, t, now)
            yield (
                f"hand over, originals {name} {now == NOW}",
                handover_screen(
                    workflow, [card], 0, Proofs(may_vouch=True, has_code=True), t, out=found.out, ticks=ticks
                ),
            )
        for stage in ("at_district", "handed_over", "returned"):
            for left_at in ("", "ready_at_village", "ready_at_district", "at_registry", "gone"):
                look = LookUp(card.number, (card._replace(stage=stage),), papers=found._replace(left_at=left_at))
                yield f"{stage} {left_at}, originals {name}", status_screen(workflow, CITIZEN, [look], [], t, NOW)
        look = LookUp(card.number, (card,), papers=found)
        for who in (CITIZEN, EVERYBODY):
            steps = [[event("filed", NOW - dates.DAY)]]
            yield (
                f"history, originals {name} {len(who.posts)}",
                history_screen(workflow, who, look, steps, Beside(), t, NOW),
            )
    yield from behind(t, workflow)


def behind(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    """What stayed behind, and what a family hears of it."""
    out = [
        Out(ID - i, number, "tlogopakis", paper, NOW - i * dates.DAY if i % 3 else None, stage)
        for i, number in enumerate(numbers(30))
        for paper in workflow.originals
        for stage in [("ready_at_village", "ready_at_district", "at_registry")[i % 3]]
    ]
    left = [one for one in out if one.since]
    for page in (0, 1, 99):
        yield f"left behind {page}", left_behind_screen(workflow, left, page, t, NOW)
    yield "nothing left behind", left_behind_screen(workflow, [], 0, t, NOW)
    yield "tasks, left behind", tasks_screen(workflow, EVERYBODY, [], [], t, NOW, 0, Besides(left_behind=99))
    found = [document("KK", "filed", one.number) for one in out]
    yield "a village, originals", village_screen(workflow, "tlogopakis", found, out, 0, t, NOW)
    for states in ((OUT,), (OUT, BACK)):
        for sorry in (False, True):
            now = kept(workflow, *states, left_at="ready_at_village")
            args = (workflow, numbers(1)[0], "tlogopakis", list(workflow.originals), now, t)
            news = news_screen(*args, is_sorry=sorry)
            assert news
            yield f"news of originals {states} {sorry}", news
