"""All that a family may be told and shown of its documents, over every step, standstill and end."""

import json
from collections.abc import Iterator

from handlers.documents.screens import corrected_screen, relocated_screen, retyped_screen
from handlers.filing.screens import filed_screen
from handlers.follow.screens import stop_which_screen
from handlers.lookup.history import Beside, history_screen
from handlers.lookup.my_numbers import follows_screen, words_screen
from handlers.lookup.screens import status_screen
from handlers.morning.screens import unfetched_screen
from handlers.reply import Screen
from handlers.returns.views import missing_of, reason_of
from handlers.start.screens import needs_screen
from handlers.wording.notices import notice
from locales import dates, words
from storage.counter.handovers import Given
from storage.feedback.opinions import ASKED
from storage.news.cards import EVERY_STAGE
from storage.numbers import EXAMPLE
from storage.records import Document, LookUp, Owed, Reached, Remark
from tests.gallery import CITIZEN, NOW, WORKFLOW, document, follow, journey

VILLAGE = "tlogohendro"  # the longest name of a village here
REVIEW = NOW + dates.WEEK * dates.DAY

Told = Iterator[tuple[str, Screen]]


def steps(types: tuple[str, ...]) -> Iterator[tuple[str, Reached]]:
    """Each thing that may happen to documents, for the first of them."""
    for stage in WORKFLOW.route(types[0]):
        yield stage, Reached(types[0], stage, NOW, None, "file" if stage == "filed" else "move")
        if not WORKFLOW.ends(stage):
            yield f"{stage}, going on", Reached(types[0], stage, NOW, None, "release")
        for key, hold in WORKFLOW.holds.items():
            if not WORKFLOW.ends(stage) and (stage in hold.at or not hold.at):
                yield f"{stage}, {key}", Reached(types[0], stage, NOW, key, "hold", REVIEW)
                yield f"{stage} into {key}", Reached(types[0], stage, NOW, key, "move", REVIEW)
    for exit in WORKFLOW.exits:
        yield exit, Reached(types[0], exit, NOW, None, "move", None, said_of(exit, types[0]))


def said_of(exit: str, type: str) -> str:
    """What is missing, of one paper, or why it was refused."""
    if exit == "returned":
        return json.dumps(missing_of(WORKFLOW, type, 1)) if WORKFLOW.types[type].needs else ""
    return json.dumps(reason_of(WORKFLOW, next(iter(WORKFLOW.refusals)))) if exit == "refused" else ""


def news(lang: str, *types: str) -> Told:
    """Every notice of documents that go together."""
    for name, step in steps(types):
        stops = tuple(Reached(type, *[getattr(step, one) for one in Reached._fields[1:]]) for type in types)
        yield name, told(lang, stops, {"act": 1, "fetched_by": "spouse", ASKED: 1} if name == "handed_over" else {})
    late = [Reached(type, stage, NOW - dates.DAY, None) for stage in WORKFLOW.route(types[0])[1:4] for type in types]
    yield "late", told(lang, tuple(late), {})


def told(lang: str, stops: tuple[Reached, ...], facts: dict[str, object]) -> Screen:
    is_mourned = any(WORKFLOW.types[one.type].mourning for one in stops)
    owed = Owed((1,), 5, 1, "act", 7, EXAMPLE, VILLAGE, json.dumps(facts), NOW, 0, lang, None, stops,
                mourned=is_mourned, news=EVERY_STAGE)  # fmt: skip
    message = notice(owed, WORKFLOW, NOW)
    assert message is not None
    return message[0]


def statuses(lang: str, *types: str) -> Told:
    """What is shown of a number: what has just come and what is late, what stands still, and each end."""
    t = words(lang)
    for name, step in steps(types):
        for age, since in (("", NOW), (", late", NOW - 9 * dates.DAY)):
            found = [
                document(type, step.stage, since=since, hold=step.hold, hold_since=since, hold_review=step.review,
                         village=VILLAGE)
                for type in types
            ]  # fmt: skip
            remarks = tuple(Remark(one.id, "at_district", step.said) for one in found if step.said)
            turns = tuple((one.id, 14) for one in found)
            look = LookUp(EXAMPLE, tuple(found), followed=bool(age), turns=turns, remarks=remarks)
            yield name + age, status_screen(WORKFLOW, CITIZEN, [look], [], t, NOW)


def besides(lang: str, *types: str) -> Told:
    """What else a family reads on the way."""
    t, found = words(lang), [document(type, "ready_at_village", village=VILLAGE) for type in types]
    look = LookUp(EXAMPLE, tuple(found), followed=True, pickup="4821")
    events = [journey(WORKFLOW, one) for one in found]
    given = Given(found[0].id, 1, events[0][-1].act, NOW, "spouse", NOW, NOW)
    yield "history", history_screen(WORKFLOW, CITIZEN, look, events, Beside(given=[given]), t, NOW)
    yield "list", follows_screen(WORKFLOW, [(follow(EXAMPLE), found)], t)
    yield "plain words", words_screen(WORKFLOW, "number", [(follow(EXAMPLE), found)], t, NOW)
    yield "what to bring", needs_screen(WORKFLOW, types, t, follows=True)
    yield "what people bring", needs_screen(WORKFLOW, types, t, follows=False, for_staff=True)
    yield "ready", status_screen(WORKFLOW, CITIZEN, [look], [], t, NOW)
    yield "stop which", stop_which_screen(WORKFLOW, [(follow(EXAMPLE), found)], t)
    yield "stop what is not followed", stop_which_screen(WORKFLOW, [], t, [EXAMPLE])
    yield "a mistake", corrected_screen(WORKFLOW, found, "slip", t)
    yield "another kind", retyped_screen(WORKFLOW, found[0], "KK", found, t)
    yield "another village", relocated_screen(WORKFLOW, found, "simego", CITIZEN, t)
    yield "a reminder", unfetched_screen(WORKFLOW, found, 21, t, NOW)
    yield (
        "filed",
        filed_screen(WORKFLOW, [document(type, village=VILLAGE) for type in types], [], "4821", "bot", t, NOW),
    )


def of(*types: str) -> list[Document]:
    """Documents where a request begins."""
    return [document(type, village=VILLAGE) for type in types]
