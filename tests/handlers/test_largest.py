"""At the largest district that a file may describe every keyboard can be tapped and every message be sent."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest

from bot.sandbox.html import Html
from handlers import callbacks
from handlers.bags.screens import arrived_screen, bag_screen
from handlers.bags.task_lists import Besides, places_screen, tasks_screen
from handlers.corrections import screens
from handlers.documents.screens import acted_screen, corrected_screen, moved_before, overtaken_screen, retyped_screen
from handlers.filing.buttons import Draft
from handlers.filing.screens import draft_screen, filed_screen, villages_screen
from handlers.lookup.history import Beside, history_screen
from handlers.lookup.screens import status_screen
from handlers.morning.screens import morning_screen
from handlers.reply import Button, Screen
from handlers.staff.screens import (
    dismiss_screen,
    invite_village_screen,
    invites_screen,
    label_screen,
    posts_screen,
)
from handlers.wording.layout import LABEL, MANY
from handlers.wording.notices import notice
from locales import LANGUAGES, Words, dates, words
from storage import district
from storage.bags import MOST
from storage.district import schema
from storage.mornings.workload import Morning
from storage.people import Invitation
from storage.records import ROLES, Bag, BagItem, Document, Leg, Owed, Post, Reached
from storage.workflow import Workflow
from tests.gallery import EVERYBODY, ID, NOW, act, document, event, everything, looked_up, numbers, person
from tests.handlers.largest import LAST, largest, written
from tests.handlers.largest import everything as tables
from tests.handlers.test_screens import CAPTION, COPIED, KEYS, TEXT
from tests.town import Inhabitant, Town

WORKFLOW = Workflow(largest())
VILLAGES, TYPES, STAGES = list(WORKFLOW.villages), list(WORKFLOW.types), list(WORKFLOW.stages)
each_language = pytest.mark.parametrize("lang", LANGUAGES)
Wall = Iterator[tuple[str, Screen]]


@cache
def wall(lang: str) -> dict[str, Screen]:
    t = words(lang)
    rooms: Sequence[Callable[[Words], Wall]] = (filing, tasks, acts, mending, staff, numbers_sent, notices)
    return dict(everything(t, WORKFLOW)) | {f"most: {name}": one for room in rooms for name, one in room(t)}


def paged(name: str, show: Callable[[int], Screen]) -> Wall:
    """Every page of a screen, as its own buttons count them."""
    yield f"{name}, page 1", show(0)
    counts = [re.fullmatch(r"1/(\d+)", one.label) for one in buttons(show(0))]
    for number in range(1, max((int(count[1]) for count in counts if count), default=1)):
        yield f"{name}, page {number + 1}", show(number)


def buttons(screen: Screen) -> list[Button]:
    return [one for row in screen.rows for one in row]


def filing(t: Words) -> Wall:
    start = Draft(ID, 0xFFFFF)
    yield from paged("villages", lambda n: villages_screen(WORKFLOW, replace(start, page=n), tuple(VILLAGES), t))
    for role in ("village_officer", "reporter"):
        yield from paged(f"invite {role}", partial(_invited, t, role))
    for types in (0, 1, 2 ** len(TYPES) - 1):
        yield from paged(f"draft {types}", partial(_drafted, t, replace(start, village=LAST, types=types)))
    yield "filed", filed_screen(WORKFLOW, request(), request()[:1], "4821", "b" * 32, t, NOW)


def _invited(t: Words, role: str, number: int) -> Screen:
    return invite_village_screen(WORKFLOW, ID, role, number, t)


def _drafted(t: Words, draft: Draft, number: int) -> Screen:
    return draft_screen(WORKFLOW, replace(draft, page=number), t)


def request(stage: int | None = 0) -> list[Document]:
    """One of each kind: at a stage, or each at another one and on hold."""
    held = {} if stage is not None else {"hold": list(WORKFLOW.holds)[-1]}
    places = [STAGES[i % len(STAGES)] if stage is None else STAGES[stage] for i in range(len(TYPES))]
    return [document(type, place, village=LAST, **held) for type, place in zip(TYPES, places, strict=True)]


def tasks(t: Words) -> Wall:
    found = [
        Leg(origin, to, village, 9999, NOW - 90 * dates.DAY) for origin, to in WORKFLOW.kinds for village in VILLAGES
    ]
    legs = [(origin, to, 9999, NOW) for origin, to in WORKFLOW.kinds]
    assert len(legs) > KEYS
    yield from paged("tasks", lambda n: tasks_screen(WORKFLOW, EVERYBODY, found, found, t, NOW, n, Besides(999)))
    yield from paged("places", lambda n: places_screen(WORKFLOW, EVERYBODY, found[: len(VILLAGES)], n, t, NOW))
    yield "reminder", morning_screen(WORKFLOW, EVERYBODY, Morning(found), t, NOW)
    came = [document(TYPES[i % 60], STAGES[-2], village=VILLAGES[i % len(VILLAGES)]) for i in range(MOST)]
    yield "arrived", arrived_screen(WORKFLOW, EVERYBODY, STAGES[-2], came, legs, t)
    items = [BagItem(i, ID, 9, 1, n, TYPES[i % 60], LAST, STAGES[0], 9) for i, n in enumerate(numbers(MOST))]
    bag = Bag(ID, ID, STAGES[0], STAGES[1], None, items=tuple(items))
    for single in (0, 1, 2):
        for number in (0, 31, 62):  # the first page, one of the middle, the last
            yield f"bag {single}, page {number}", bag_screen(WORKFLOW, EVERYBODY, bag, number, single, 9, t)


def acts(t: Words) -> Wall:
    drawn = numbers(MOST)
    notes = [moved_before(WORKFLOW, EVERYBODY, (ROLES[i % 6], NOW, drawn), t, NOW) for i in range(100)]
    yield "acted", acted_screen(WORKFLOW, act(), TYPES, 9999, notes, STAGES[1], t, NOW)
    yield "overtaken", overtaken_screen(notes, t)


def mending(t: Words) -> Wall:
    look = looked_up(*request(None))
    found = look.documents
    wrong = screens.Mistakes(dict.fromkeys(found, STAGES), found, found, (act(), 100), adds=True, strayed=True)
    yield from paged("put right", lambda n: screens.correct_screen(WORKFLOW, look, wrong, n, t, NOW))
    yield "where", screens.where_screen(WORKFLOW, look.documents[0], STAGES, t)
    yield "add", screens.adding_screen(WORKFLOW, "563185915492", TYPES, t)
    yield "another kind", screens.retyping_screen(WORKFLOW, found[0], TYPES, t)
    yield "why", screens.why_screen(WORKFLOW, look.documents[0], 9, STAGES[-1], t)
    drawn = numbers(MOST)
    came = [document(TYPES[i % 60], STAGES[i % 30], drawn[i], village=VILLAGES[i % 100]) for i in range(MOST)]
    yield "why back", screens.why_back_screen(WORKFLOW, act(), came, "563185915492", t, NOW)
    yield "corrected", corrected_screen(WORKFLOW, came, "slip", t)
    free = [one._replace(hold=None) for one in found]
    yield "corrected, of one", corrected_screen(WORKFLOW, free, "slip", t)
    yield from paged(
        "of which village", lambda n: screens.relocating_screen(WORKFLOW, found[0], VILLAGES, n, t, is_on_its_road=True)
    )
    yield "of another kind", retyped_screen(WORKFLOW, found[0], TYPES[-1], found, t)
    steps = [[event(stage, NOW - i * dates.HOUR) for stage in STAGES for _ in range(3)] for i, _ in enumerate(TYPES)]
    yield "history", history_screen(WORKFLOW, EVERYBODY, look, steps, Beside({ID: (9999, 9999)}), t, NOW)


def staff(t: Words) -> Wall:
    held = [Post(ID - i, "village_officer", LAST, 1000 + i, NOW, NOW, label="l" * 20) for i in range(500)]
    links = [Invitation(ID - i, "village_officer", LAST, None, NOW) for i in range(500)]
    for number in (0, 31, 999):
        yield f"posts {number}", posts_screen(WORKFLOW, held, number, t, NOW)
        yield f"invites {number}", invites_screen(WORKFLOW, links, number, t, NOW)
    yield "label", label_screen(WORKFLOW, held, t)
    yield "dismiss", dismiss_screen(WORKFLOW, held[0], t)


def numbers_sent(t: Words) -> Wall:
    for stage in (0, -2, None):
        look = looked_up(*(one._replace(village="tlogopakis") for one in request(stage)))
        for role in ("courier", "village_officer"):
            show = partial(status_screen, WORKFLOW, person(role), [look], [], t, NOW, {})
            for number in (0, 1, 999):
                yield f"status {stage} {role} {number}", show(number)


def notices(t: Words) -> Wall:
    ways = {
        "one step": [Reached(type, STAGES[1], NOW) for type in TYPES],
        "each elsewhere": [Reached(type, STAGES[i % 30], NOW, None) for i, type in enumerate(TYPES)],
        "each held": [Reached(type, STAGES[i % 30], NOW, [*WORKFLOW.holds][i]) for i, type in enumerate(TYPES)],
        "every step": [Reached(type, stage, NOW) for stage in STAGES for type in TYPES[:1]],
        "every step of all": [Reached(type, stage, NOW) for stage in STAGES for type in TYPES],
    }
    for name, stops in ways.items():
        owed = Owed((1,), ID, 1, "act", 1, "563185915492", LAST, "{}", NOW, 0, t.lang, None, tuple(stops), news="all")
        told = notice(owed, WORKFLOW, NOW + 3 * dates.DAY)
        assert told is not None
        yield name, told[0]


@each_language
def test_every_message_and_keyboard_fits(lang):
    screens = wall(lang)
    assert len(screens) > 500
    lengths = {name: len(Html(one.text).read()[0].encode("utf-16-le")) // 2 for name, one in screens.items()}
    long = {name: length for name, length in lengths.items() if length > (CAPTION if screens[name].photo else TEXT)}
    assert (long, {name for name, one in screens.items() if len(buttons(one)) > KEYS}) == ({}, set())


@each_language
def test_every_button_can_be_sent_read_again_and_seen_on_a_narrow_phone(lang):
    for screen in wall(lang).values():
        for row in screen.rows:
            assert all(len(one.label) <= LABEL // len(row) and len(one.copy) <= COPIED for one in row)
            assert all(callbacks.parse(one.data).pack() == one.data for one in row if one.data)


def test_on_its_pages_stands_every_village_and_every_kind_once():
    def offered(name: str, place: str) -> list[object]:
        found = [callbacks.parse(one.data) for key, s in wall("id").items() if name in key for one in buttons(s)]
        return [getattr(one, place) for one in found if getattr(one, place, None)]

    assert offered("most: villages", "village") == VILLAGES
    assert offered("most: invite reporter", "village") == VILLAGES
    ticks = [types for types in offered("most: draft 0", "types") if isinstance(types, int)]
    assert ticks == [1 << bit for bit in range(len(TYPES))]


@pytest.mark.parametrize(
    "name, said",
    [
        ("most: status 0 courier 0", WORKFLOW.stages[STAGES[0]].id.now),
        ("most: one step", WORKFLOW.stages[STAGES[1]].id.next),
        ("most: each elsewhere", WORKFLOW.stages[STAGES[0]].id.next),
        ("10 numbers of many", ": Di R&é<"),
        ("most: put right, page 1", WORKFLOW.stages[STAGES[0]].id.now),
        ("most: history", WORKFLOW.stages[STAGES[22]].id.now[1:]),
        ("most: corrected, of one", WORKFLOW.stages[STAGES[0]].id.now[1:]),
        ("30 follows", ": Di R&é<"),
    ],
)
def test_of_very_many_it_is_said_where_the_first_are_and_how_many_more_there_are(name, said):
    told = Html(wall("id")[name].text).read()[0]
    assert said in told
    assert re.search(r"\d+ lagi", told)


@pytest.mark.parametrize("name", ["villages", "types", "stages", "holds", "exits", "skips", "routes"])
def test_a_file_with_one_more_is_refused(name):
    most = getattr(schema, f"MOST_{name.upper()}")
    given = tables()
    if name == "routes":
        given[name] = {**given[name], "one_more": given[name]["courier"]}
    else:
        given[name] = [*given[name], given[name][0]]
    with pytest.raises(district.WrongFile, match=f"{name}: has {most + 1} entries, .*; write {most} at most"):
        district.parse(written(given))


# And as people meet it


@pytest.fixture
async def large(tmp_path: Path):
    async with Town.open(tmp_path, WORKFLOW) as town:
        yield town


async def turned(who: Inhabitant, pages: int) -> list[str]:
    """The buttons of the last of so many pages, which is reached by turning."""
    for number in range(1, pages):
        assert f"{number}/{pages}" in who.buttons
        await who.taps("▶")
    assert f"{pages}/{pages}" in who.buttons
    return who.buttons


async def test_the_desk_files_for_the_last_village_what_stands_on_the_last_page(large: Town):
    rina = large.rina
    await rina.says("/baru")
    last = (await turned(rina, -(-len(VILLAGES) // MANY)))[len(VILLAGES) % MANY - 1]
    await rina.taps(last)
    await rina.taps(rina.buttons[0])
    await turned(rina, 4)
    await rina.taps(rina.buttons[0])
    assert rina.buttons[0].startswith("☑")
    assert "4/4" in rina.buttons  # the same page
    assert "Dipilih:" in rina.screen
    await rina.taps("✅ Daftarkan")
    async with large.storage.reading() as tx:
        filed = await tx.all("waiting")
    assert sorted((row[1], row[2]) for row in filed) == sorted((LAST, TYPES[i]) for i in (0, 48))
    await rina.says("/tugas")
    assert rina.buttons


async def test_the_head_invites_for_the_last_village(large: Town):
    hadi = large.hadi
    await hadi.says("/undang")
    await hadi.taps("Perangkat desa")
    last = (await turned(hadi, -(-len(VILLAGES) // MANY)))[len(VILLAGES) % MANY - 1]
    await hadi.taps(last)
    large.sari.phone.open("https://" + next(line for line in hadi.screen.splitlines() if "start=" in line))
    await large.settled()
    assert [post.village for post in (await large.person(large.sari)).posts] == [LAST]


async def test_whatever_staff_can_type_has_its_buttons(large: Town):
    for _ in range(9):
        await large.files(*TYPES)
    for who in (large.warni, large.joko, large.rina, large.budi, large.hadi, large.ningsih):
        for typed in ("/tugas", "/cari 123", "/baru", "/undang", "/bahasa", "/bantuan", "/status", "/dataku"):
            await who.says(typed)
            assert who.screen
            for label in [one for one in who.buttons if one == "▶"]:
                await who.taps(label)
    (number,) = {one.number for one in await large.files(*TYPES)}
    await large.joko.says(number)
    assert "1/" in "".join(large.joko.buttons)
    await large.joko.taps("▶")
    assert any(label.startswith("✅") for label in large.joko.buttons)
