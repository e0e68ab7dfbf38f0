"""The screens of births whose papers or name come later: more of `tests.gallery`."""

from collections.abc import Iterator

from handlers.births.buttons import HoldNameless, Reserve
from handlers.births.screens import (
    day_screen,
    give_back_screen,
    given_back_screen,
    reminder_to_family,
    reminder_to_staff,
    reservations_screen,
    reserved_screen,
)
from handlers.filing.buttons import Draft
from handlers.filing.screens import draft_screen, filed_by_me_screen
from handlers.lookup.screens import not_known_screen
from handlers.reply import Screen
from handlers.wording import nameless
from locales import Words, dates
from storage.births.reservations import FIRM, GENTLE, LIMIT, MOST, Birth
from storage.workflow import Workflow
from tests.gallery import ID, NOW, document, numbers, person

MIDWIFE = person("reporter")


def births(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    """Reserved, and filed without a name, on each of their days."""
    village, number = list(workflow.villages)[-1], numbers(1)[0]
    given = Birth(ID, number, village, ID, NOW, NOW + 61 * dates.DAY, None, None, 0)
    filed = Birth(ID, number, village, ID, NOW, NOW + 61 * dates.DAY, ID, None, 0)
    yield "birth, day", day_screen(workflow, lambda n: Reserve(ID, village, n), t, NOW)
    yield "birth, day of a number", day_screen(workflow, lambda n: HoldNameless(number, n), t, NOW)
    yield "birth, reserved", reserved_screen(workflow, given, [given] * MOST, "b" * 32, t, NOW)
    yield "birth, give back", give_back_screen(workflow, given, t)
    yield "birth, given back", given_back_screen(workflow, number, village, t)
    yield "birth, no reservations", reservations_screen(workflow, village, [], 0, t, NOW)
    yield "birth, reservations", reservations_screen(workflow, village, [given] * 40, 1, t, NOW)
    yield "birth, draft", draft_screen(workflow, Draft(ID, 0xFFFFF, village), t, given=12)
    yield "birth, draft of a number", draft_screen(workflow, Draft(int(number), 0xFFFFF, village, 1), t)
    yield "birth, mine", filed_by_me_screen(workflow, [document("AKL")], numbers(MOST), t)
    said = {number: nameless.reserved_line(workflow, number, given.ends_at, t, NOW)}
    yield "birth, asked for", not_known_screen([number], [], t, frozenset(), said)
    held = [document("AKL", hold="babyname"), document("KK", hold="babyname")]
    ended = nameless.rows(workflow, MIDWIFE, held, t)
    for day in (GENTLE, FIRM, LIMIT):
        for birth in (given, filed):
            yield f"birth, {day} {birth.request}", reminder_to_staff(workflow, birth, day, ended, t, NOW)
            yield f"birth, {day} {birth.request} at home", reminder_to_family(workflow, birth, day, t, NOW)
