"""Every screen over the facts it may meet, for the tests, and to be read: `python -m tests.gallery jv`."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from stdnum.iso7064 import mod_11_2

from handlers import COMMANDS
from handlers.bags.screens import bag_screen, look_at_tasks_screen
from handlers.documents.screens import acted_screen, moved_before, not_permitted
from handlers.filing.buttons import Draft
from handlers.filing.screens import draft_screen, filed_screen, qr_screen, villages_screen
from handlers.follow.screens import asker_screen, name_screen, news_screen, stop_which_screen, wait_over_screen
from handlers.lookup.history import Beside, history_screen
from handlers.lookup.my_numbers import follows_screen, words_screen
from handlers.lookup.screens import not_known_screen, status_screen
from handlers.paper.screens import choice_screen, village_screen
from handlers.privacy.kinds import PARTS
from handlers.privacy.screens import forget_screen, kept_screen, my_data_screen, privacy_screen
from handlers.reply import Screen
from handlers.start.screens import help_screen, languages_screen, welcome_screen
from handlers.wording.layout import page
from handlers.wording.sentences import Until, sentence
from locales import Words, dates, words
from storage import district
from storage.counter.handovers import Given
from storage.families.askers import Asker
from storage.news.cards import EVERY_STAGE
from storage.paper.booklets import Booklet
from storage.people import Follow
from storage.records import (
    ROLES,
    VILLAGE_ROLES,
    Act,
    Bag,
    BagItem,
    Document,
    Event,
    LookUp,
    Person,
    Post,
)
from storage.workflow import Workflow

NOW = 1_795_482_600_000  # Tue 24 Nov 2026, 08.10 WIB
ID = 2**63 - 1  # the longest an id can be
WORKFLOW = Workflow(DISTRICT := district.load())
REFUSALS: Mapping[str, Mapping[str, Any]] = {  # with what fills their places
    "wrong_code_typed": {"number": "4"},
    **{
        key: {}
        for key in (
            "format alone nik photo words_only staff_words too_long command not_staff not_yours too_late link "
            "label reserved_all last_head choose changed shared old_button sorry find enough_slips staff_wrong "
            "no_slip many_pictures no_voice odd_name stands_in is_away carries"
        ).split()
    },
    **{key: {} for key in "example nothing_ready wrong_code no_tries not_asked too_old post_over post_changed".split()},
    **{key: {} for key in "line_long line_many line_empty line_odd line_words announce_money mended".split()},
    **{key: {} for key in "too_big only_photos lost_picture no_picture_at_all no_codes foreign_codes web_code".split()},
    **{key: {} for key in "forged_seal old_seal no_page close_when close_past close_long close_twice web_nik".split()},
    **{
        key: {}
        for key in ("forged_letter", "no_letter", "telephone", "crowded", "code_where", "lost_slip", "too_late_for_you")
    },
    "typo": {"number": "563185915429"},
    "digits": {"number": "11"},
    "one_by_one": {"number": "…5492, …1663"},
    **{key: {"number": "/jeda"} for key in ("behind", "nothing_behind")},
    "follows_full": {"number": "20"},
    **{
        key: {"number": "563185915492"}
        for key in "near slip_used slip_elsewhere follow_asked follow_refused code_first wrong_proof line_late "
        "line_answered follow_unheard".split()
    },
    **{
        key: {"until": Until(NOW + 40 * dates.MINUTE, WORKFLOW.zone)}
        for key in ("too_many", "proofs_over", "just_deleted", "many_voices")
    },
}

Wall = Iterator[tuple[str, Screen]]


@cache
def numbers(count: int) -> tuple[str, ...]:
    """Receipt numbers that pass the check."""
    found = (body + mod_11_2.calc_check_digit(body) for body in (f"56318591{i:03}" for i in range(1000)))
    return tuple(number for number in found if "X" not in number)[:count]


def document(type: str = "KK", stage: str = "filed", number: str = "563185915492", **more: object) -> Document:
    facts = {"since": NOW - dates.DAY, "version": 9, "village": "tlogopakis", **more}
    return Document(ID, ID, number, type=type, stage=stage, **facts)  # type: ignore[arg-type]  # a table's columns


def person(*roles: str) -> Person:
    posts = (Post(ID - i, role, "tlogopakis" if role in VILLAGE_ROLES else "", 1, NOW) for i, role in enumerate(roles))
    return Person(ID, posts=tuple(posts))


CITIZEN, EVERYBODY = person(), person(*ROLES)
STATIONS = (*WORKFLOW.stages, *WORKFLOW.exits, "gone_from_the_file")
TYPES = (*WORKFLOW.types, "GONE")


def looked_up(*documents: Document, followed: bool = False) -> LookUp:
    return LookUp(documents[0].number, documents, followed)


def everything(t: Words, workflow: Workflow = WORKFLOW) -> Wall:
    """Every screen, in one language, in a district."""
    for _, room in rooms():
        yield from room(t, workflow)


def rooms() -> Sequence[tuple[str, Callable[[Words, Workflow], Wall]]]:
    """The rooms of the gallery, by their names."""
    from tests.handlers.born import births  # noqa: PLC0415  # and so is that
    from tests.handlers.brought import consignments  # noqa: PLC0415  # and these
    from tests.handlers.fed_back import said  # noqa: PLC0415  # so are these
    from tests.handlers.offices import heads  # noqa: PLC0415  # it is made of the facts that stand here
    from tests.handlers.papers_wall import papers  # noqa: PLC0415  # so are these
    from tests.handlers.searched import searches  # noqa: PLC0415  # as is this
    from tests.handlers.walls import at_a_counter, bags, done, in_a_village, working  # noqa: PLC0415  # so are these

    found = (
        anyone, numbers_sent, kept, filing, working, said, done, bags, at_a_counter, in_a_village, papers, heads,
        births, consignments, searches, refused, crowds,
    )  # fmt: skip
    return [(room.__name__, room) for room in found]


def anyone(t: Words, workflow: Workflow) -> Wall:
    yield "welcome", welcome_screen(workflow, t)
    yield "languages", languages_screen()
    yield "help for a citizen", help_screen(COMMANDS, workflow, CITIZEN, t)
    for role in ROLES:
        yield f"help for {role}", help_screen(COMMANDS, workflow, person(role), t)
    yield "privacy", privacy_screen(workflow, t)
    yield from ((f"kept: {part}", kept_screen(workflow, part, t, is_staff=True)) for part in PARTS)
    yield "delete or not", forget_screen(t)
    yield "after a silence", look_at_tasks_screen(t)
    for key in ("stopped", "deleted", "deleted_staff", "kept", "dropped", "follow_how", "received", "objected"):
        yield f"note {key}", Screen(page(sentence(key, t, NOW)))


def numbers_sent(t: Words, workflow: Workflow) -> Wall:
    for type in TYPES:
        for stage in STATIONS:
            look = looked_up(document(type, stage), followed=stage == "filed")
            yield f"{type} at {stage}", status_screen(workflow, CITIZEN, [look], [], t, NOW)
    for key in (*workflow.holds, "gone_from_the_file"):
        look = looked_up(document("KTP", "at_registry", hold=key, hold_since=NOW - dates.DAY))
        yield f"on hold: {key}", status_screen(workflow, CITIZEN, [look], [], t, NOW)
    for role in ROLES:
        pair = [document(type, "ready_at_district")._replace(id=ID - i) for i, type in enumerate(("KK", "AKL"))]
        yield f"two for {role}", status_screen(workflow, person(role), [looked_up(*pair)], [], t, NOW)
    parted = looked_up(document("KK", "issued"), document("AKL", "issued"), document("KIA", "at_registry"))
    yield "a receipt of three", status_screen(workflow, CITIZEN, [parted], [], t, NOW)
    typo = sentence("typo", t, NOW, **REFUSALS["typo"])
    paused = sentence("too_many", t, NOW, **REFUSALS["too_many"])
    two = [looked_up(document(number=number)) for number in numbers(2)]
    yield "two numbers and a slip", status_screen(workflow, CITIZEN, two, [typo, paused], t, NOW)
    yield "not known", not_known_screen(numbers(1), [], t, frozenset())
    yield "not known, waited for", not_known_screen(numbers(1), [], t, frozenset(numbers(1)))
    yield "two not known", not_known_screen(numbers(2), [typo], t, frozenset())


def kept(t: Words, workflow: Workflow) -> Wall:
    looks = [looked_up(document("KK", "issued")), looked_up(document("AKM", "to_registry"), document("KTP", "issued"))]
    for look in looks:
        steps = [journey(workflow, one) for one in look.documents]
        yield f"history {look.documents[0].type}", history_screen(workflow, CITIZEN, look, steps, Beside(), t, NOW)
    found = [(follow(look.number), look.documents) for look in looks]
    found.append((follow(numbers(1)[0]), ()))
    yield "follows", follows_screen(workflow, found, t)
    for meaning in "thanks cost hours lost unreceived when fetch wrong elsewhere number".split():
        yield f"said: {meaning}", words_screen(workflow, meaning, found, t, NOW)
        yield f"a stranger said: {meaning}", words_screen(workflow, meaning, [], t, NOW)
        yield f"staff said: {meaning}", words_screen(workflow, meaning, [], t, NOW, for_staff=True)
    yield "follows nothing", follows_screen(workflow, [], t)
    yield "stop which", stop_which_screen(workflow, found, t)
    asker = Asker(ID, ID, numbers(1)[0], "tlogopakis", "id")
    yield "one more asks", asker_screen(workflow, asker, ("KK", "AKL"), 5, t)
    yield "a name of my own", name_screen(numbers(1)[0], numbers(1)[0][-4:], t)
    yield "waited in vain", wait_over_screen(numbers(1)[0], t)
    yield "stop nothing", stop_which_screen(workflow, [], t)
    yield "news that concerns", news_screen("", t)
    yield "news of every stage", news_screen(EVERY_STAGE, t)
    yield "my data", my_data_screen(workflow, EVERYBODY, [one for one, _ in found], t, NOW)
    yield "no data", my_data_screen(workflow, CITIZEN, [], t, NOW)


def follow(number: str) -> Follow:
    return Follow(number, NOW - 3 * dates.DAY, None, ID)


def journey(workflow: Workflow, one: Document) -> list[Event]:
    stages = workflow.route(one.type)
    return [event(stage, NOW - dates.DAY + i * dates.HOUR) for i, stage in enumerate(stages)]


def event(stage: str, at: int, kind: str = "move") -> Event:
    return Event(ID, kind, None, stage, 1, at, ID, "courier", "")


def filing(t: Words, workflow: Workflow) -> Wall:
    start = Draft(ID, 0xFFFFF)
    yield "draft: which village", villages_screen(workflow, start, tuple(workflow.villages), t)
    for types in (0, 1, 2 ** len(workflow.types) - 1):
        yield f"draft: {types:b}", draft_screen(workflow, replace(start, village="tlogopakis", types=types), t)
    pair = [document("KK"), document("AKL")]
    yield "filed", filed_screen(workflow, pair, [], "4821", "jekduk_bot", t, NOW)
    yield "filed again", filed_screen(workflow, pair, pair[:1], "4821", "jekduk_bot", t, NOW)
    yield "picture", qr_screen("563185915492", "jekduk_bot", t)
    yield "print", choice_screen(workflow, list(workflow.villages), 0, t)
    made = [Booklet(ID - i, NOW - i * dates.DAY, 20, i) for i in range(12)]
    yield "print for a village", village_screen(workflow, "tlogopakis", made, ID, t, NOW)
    yield "print for a courier", village_screen(workflow, "tlogopakis", [], 0, t, NOW)
    slip = replace(start, draft=563185915492, village="tlogopakis")
    yield "draft: under a slip", draft_screen(workflow, slip, t)
    yield "draft: there are slips", draft_screen(workflow, replace(slip, draft=ID), t, has_slips=True)


def act() -> Act:
    return Act(ID, "move", "courier", "", NOW, NOW + 10 * dates.MINUTE, None, ID)


def packed(count: int, to: str, gone: int = 0, ticked: int = 1) -> Bag:
    origin = WORKFLOW.route("KK")[WORKFLOW.route("KK").index(to) - 1]
    items = [
        BagItem(i, ID, 9, ticked, number, TYPES[i % 8], list(WORKFLOW.villages)[i % 9], origin, 9 + (i < gone))
        for i, number in enumerate(numbers(count))
    ]
    return Bag(ID, ID, origin, to, None, items=tuple(items))


LINK = "https://t.me/jekduk_bot?start=i_" + "x" * 32


def refused(t: Words, workflow: Workflow) -> Wall:
    for key, args in REFUSALS.items():
        yield f"refused: {key}", Screen(page(sentence(key, t, NOW, **args)))


def crowds(t: Words, workflow: Workflow) -> Wall:
    """More than anybody has seen yet."""
    typos = [sentence("typo", t, NOW, number=number) for number in numbers(6)]
    paused = sentence("too_many", t, NOW, **REFUSALS["too_many"])
    for count in (1, 4, 10):
        looks = [scattered(workflow, number) for number in numbers(count)]
        notes = [*typos[: 10 - count], paused]
        yield f"{count} numbers of many", status_screen(workflow, EVERYBODY, looks, notes, t, NOW)
    looks = [scattered(workflow, number) for number in numbers(30)]
    found = [(follow(look.number), look.documents) for look in looks]
    yield "30 follows", follows_screen(workflow, found, t)
    yield "stop one of 30", stop_which_screen(workflow, found, t)
    yield "data of 30", my_data_screen(workflow, EVERYBODY, [one for one, _ in found], t, NOW)
    yield "10 not known", not_known_screen(numbers(10), [paused], t, frozenset(numbers(3)))
    steps = [
        [event("at_registry", NOW - i * dates.HOUR + j) for i in range(60)] for j in range(len(looks[0].documents))
    ]
    far = [[one._replace(at=one.at - j * dates.DAY) for one in way] for j, way in enumerate(steps)]
    given = [Given(ID, 1, far[0][0].act, NOW, "spouse", NOW, NOW)]
    yield "a long history", history_screen(workflow, EVERYBODY, looks[0], far, Beside({ID: (1, 2)}, given), t, NOW)
    for number in (0, 12, 99):
        yield (
            f"a bag of 100, page {number}",
            bag_screen(workflow, EVERYBODY, packed(100, "to_village"), number, 0, 7, t, is_full=True),
        )
    notes = [moved_before(workflow, EVERYBODY, (role, NOW, numbers(100)), t, NOW) for role in ROLES]
    notes.append(not_permitted(numbers(100), t))
    yield "acted on 100", acted_screen(workflow, act(), ("KK",) * 100, 1000, notes, "to_village", t, NOW)


def scattered(workflow: Workflow, number: str) -> LookUp:
    """A receipt with a document of every type, each somewhere else and on hold."""
    places, holds = list(workflow.stages), list(workflow.holds)
    return looked_up(
        *(
            document(
                type, places[i % len(places)], number, since=NOW - i * dates.DAY, hold=holds[-1], village="kasimpar"
            )
            for i, type in enumerate(workflow.types, 1)
        )
    )


def shown(name: str, screen: Screen) -> str:
    """A screen as a reader of a terminal sees it."""
    rows = (" ".join(f"[{key.label}]" for key in row) for row in screen.rows)
    return "\n".join([f"=== {name}", screen.text, *rows])


if __name__ == "__main__":
    print("\n\n".join(shown(*one) for one in everything(words(sys.argv[1]))))  # noqa: T201  # it is also a command
