"""Room on a screen: what fits, what is counted, and pages that can be turned."""

from itertools import product

import pytest

from handlers.bags.screens import bag_screen
from handlers.lookup.screens import _buttons
from handlers.relays.screens import relays_button
from handlers.staff.buttons import ShowPosts
from handlers.staff.screens import posts_screen
from handlers.wording.layout import NO_BREAK, ROOM, ROWS, fitting, page, paged, turning
from locales import LANGUAGES, words
from storage.records import ROLES, Post
from tests.gallery import EVERYBODY, NOW, WORKFLOW, document, packed, person
from tests.handlers.test_screens import labels

ID = words("id")


def posts(count: int) -> list[Post]:
    return [Post(i, "courier", "", i, NOW) for i in range(1, count + 1)]


def turned(screen) -> list[str]:
    return [label for label in labels(screen) if label in "◀▶" or "/" in label]


@pytest.mark.parametrize("length", [1, 2, 10, 99])
def test_with_the_breaks_between_them_lines_stay_within_their_room(length):
    lines = fitting([["x" * length]] * ROOM, ID, gap="")
    text = "\n".join(lines[:-1])
    assert ROOM - length <= len(text) + 1 <= ROOM
    assert lines[-1] == f"… dan {ROOM - len(lines) + 1} lagi"


@pytest.mark.parametrize("count", [0, 1, ROWS])
def test_one_page_is_not_turned(count):
    assert turned(posts_screen(WORKFLOW, posts(count), 0, ID, NOW)) == []
    assert turned(bag_screen(WORKFLOW, EVERYBODY, packed(count, "to_registry"), 0, 0, 0, ID)) == []


@pytest.mark.parametrize(
    "page, shown, at",
    [
        (0, "1/3", [0, 0, 1]),
        (1, "2/3", [0, 1, 2]),
        (2, "3/3", [1, 2, 2]),
        (-1, "1/3", [0, 0, 1]),
        (9, "3/3", [1, 2, 2]),
    ],
)
def test_a_page_leads_to_those_beside_it(page, shown, at):
    items, number, last = paged(range(2 * ROWS + 1), page)
    (row,) = turning(number, last, ShowPosts)
    assert [key.label for key in row] == ["◀", shown, "▶"]
    assert [key.data for key in row] == [ShowPosts(to).pack() for to in at]
    assert list(items) == list(range(2 * ROWS + 1))[at[1] * ROWS : at[1] * ROWS + ROWS]


def test_a_page_number_too_high_shows_the_last_real_page():
    shown = labels(posts_screen(WORKFLOW, posts(ROWS + 1), 9, ID, NOW))
    assert shown[:4] == [f"✕ Petugas Jek-Duk {ROWS + 1}", "◀", "2/2", "▶"]
    assert labels(posts_screen(WORKFLOW, posts(ROWS), 9, ID, NOW))[0] == "✕ Petugas Jek-Duk 1"


def test_a_number_or_a_date_is_never_broken_across_lines():
    said = page("Terbit: KK 5631 8591 5492, Selasa 24 Nov 2026 pukul 08.10.", "(0285) 123456", "5 berkas dan 2 KK")
    assert said.replace(NO_BREAK, "_").splitlines() == [
        "Terbit: KK 5631_8591_5492, Selasa 24_Nov 2026 pukul 08.10.", "(0285)_123456", "5 berkas dan 2 KK",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_many_families_are_to_be_told_stands_on_the_button(lang):
    assert relays_button(17, words(lang)).label.endswith(": 17")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [2, 3, 12])
def test_a_key_that_takes_several_documents_further_together_is_whole(count: int, lang: str):
    found = [document() for _ in range(count)]
    for role, to in product(ROLES, WORKFLOW.stages):
        together = next(iter(_buttons(WORKFLOW, person(role), found, found, to, words(lang))))
        assert not together.label.endswith("…"), (role, to)
