"""Every list that stands on several pages is turned to the page before and to the next, and loses nothing by that."""

import re

from handlers import callbacks
from handlers.audit.screens import looks_screen
from handlers.pauses.screens import pauses_screen
from handlers.reply import Screen
from locales import words
from storage.heads.looks import NUMBER, Look
from tests.gallery import NOW
from tests.handlers.test_largest import WORKFLOW, wall
from tests.storage.test_numbers import OTHER

TURNED = set(
    "ChooseStandIn Correct Draft MakeLink PrintChoice Relocate ShowBag ShowConsignment ShowFamilies ShowFound "
    "ShowInvites ShowLate ShowLeftBehind ShowLooks ShowPauses ShowPosts ShowReservations ShowStatus ShowTasks "
    "ShowVillage ShowVillages".split()
)


def screens() -> dict[str, Screen]:
    t, looks = words("id"), [Look(1, "courier", "", 1, NUMBER, OTHER, NOW)] * 40
    return {
        **wall("id"),
        "looks": looks_screen(WORKFLOW, looks, 1, OTHER, t, NOW),
        "pauses": pauses_screen(WORKFLOW, [], 0, 1, t, NOW),
    }


def test_a_page_leads_to_the_one_before_and_to_the_next():
    turned = set()
    for name, screen in screens().items():
        for row in screen.rows:
            place = re.fullmatch(r"(\d+)/(\d+)", row[1].label) if len(row) == 3 else None
            if place is None:
                continue
            here, last = int(place[1]) - 1, int(place[2]) - 1
            ways = [callbacks.parse(one.data) for one in row]
            facts = zip(*(way.named().values() for way in ways), strict=True)
            assert (name, [values for values in facts if len({*values}) > 1]) == (
                name, [(max(here - 1, 0), here, min(here + 1, last))],
            )  # fmt: skip
            turned.add(type(ways[0]).__name__)
    assert turned == TURNED
