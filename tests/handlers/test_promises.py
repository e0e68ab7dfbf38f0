"""Whatever day is promised, somebody works on it: on a Saturday night, before shared leave, at New Year."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.html import Html
from handlers.bags.task_lists import tasks_screen
from handlers.lookup.screens import status_screen
from handlers.wording.layout import NO_BREAK
from handlers.wording.notices import notice
from locales import LANGUAGES, dates, words
from storage import district
from storage.district import Calendar, District
from storage.district.schema import DAYS
from storage.records import Leg, Owed, Reached
from storage.workflow import Workflow
from tests.gallery import CITIZEN, document, looked_up, person
from tests.handlers.test_screens import read, wall

SHIPPED = district.load()
CLOSED = {date(2026, 11, day) for day in range(25, 31)} | {date(2027, 1, 4), date(2027, 12, 31)}


def changed(hours: dict[Any, tuple[str, str]]) -> District:
    about = replace(SHIPPED.district, extra_days_off=tuple(sorted(CLOSED)))
    return replace(SHIPPED, hours=hours, district=about)


WORKFLOWS = {
    "shipped": Workflow(SHIPPED),
    "closed for a week": Workflow(changed(SHIPPED.hours)),
    "open on Sundays": Workflow(changed({"wed": ("09:15", "09:30"), "sun": ("00:00", "23:59")})),
}
ROAD = SHIPPED.routes["courier"]
MOVING = [stage for stage, to in pairwise(ROAD) if WORKFLOWS["shipped"].stages[to].target]
BEGINS = {"id": " paling lambat ", "jv": " paling dangu ", "en": "usually by "}
LATE = {"id": "Maaf, seharusnya", "jv": "Pangapunten, kedahipun", "en": "Sorry: it was to be"}


def ms(at: str) -> int:
    """An instant of Petungkriyono's clock."""
    return int(datetime.fromisoformat(f"{at}+07:00").timestamp() * 1000)


ODD = ["2026-11-28 21:00", "2026-12-24 08:10", "2026-11-27 10:30", "2026-12-31 23:59"]
instants = st.integers(ms("2026-01-01 00:00"), ms("2027-12-31 23:59")) | st.sampled_from(ODD).map(ms)
targets = st.sampled_from([0.01, 0.25, 0.5, 1.0, 1.5, 3.0])
workflows = st.sampled_from(list(WORKFLOWS.values()))


@cache
def day_names(lang: str, year: int) -> dict[str, date]:
    """Every day of a year as it is said in that year, and of the next one with its year."""
    zone, noon = "Asia/Jakarta", ms(f"{year}-01-01 12:00")
    days = [noon + n * dates.DAY for n in range(800)]
    return {dates.day(at, noon, zone, lang): dates.local(at, zone).date() for at in days}


def promised(text: str, lang: str, now: int) -> date | None:
    found = re.search(BEGINS[lang] + r"([^.]+)\.", text, re.MULTILINE)
    return day_names(lang, dates.local(now, "Asia/Jakarta").year)[found[1]] if found else None


def told(workflow: Workflow, stage: str, since: int, now: int, lang: str) -> list[str]:
    look = looked_up(document("KK", stage, since=since))
    owed = Owed(
        (1,),
        1,
        1,
        "act",
        1,
        "563185915492",
        "kasimpar",
        "{}",
        now,
        0,
        lang,
        None,
        (Reached("KK", stage, since),),
        news="all",
    )
    message = notice(owed, workflow, now)
    assert message is not None
    screens = status_screen(workflow, CITIZEN, [look], [], words(lang), now), message[0]
    return [Html(screen.text).read()[0].replace(NO_BREAK, " ") for screen in screens]


@given(workflows, st.sampled_from(MOVING), instants, st.integers(0, 20 * dates.DAY), st.sampled_from(LANGUAGES))
@example(WORKFLOWS["shipped"], "to_registry", ms("2026-11-28 21:00"), 0, "id")
@example(WORKFLOWS["shipped"], "filed", ms("2026-12-24 08:10"), 0, "en")
@example(WORKFLOWS["shipped"], "filed", ms("2026-11-27 10:30"), 0, "jv")
def test_a_day_that_is_promised_is_one_on_which_somebody_works(workflow, stage, since, passed, lang):
    now = since + passed
    for text in told(workflow, stage, since, now, lang):
        day = promised(text, lang, now)
        if day is None:
            assert LATE[lang] in text
            continue
        assert workflow.calendar.is_working(day)
        assert day >= workflow.calendar.day(now)
        assert workflow.calendar.closing(day) >= now - now % dates.MINUTE


@pytest.mark.parametrize(
    "since, day",
    [
        ("2026-11-24 08:10", "Selasa 24 Nov"),
        ("2026-11-28 21:00", "Senin 30 Nov"),
        ("2026-12-24 08:10", "Senin 28 Des"),
        ("2026-11-27 10:31", "Senin 30 Nov"),
        ("2026-11-27 10:29", "Senin 30 Nov"),
        ("2026-12-31 15:00", "Senin 4 Jan 2027"),
        ("2026-11-24 05:00", "Selasa 24 Nov"),
    ],
)
def test_what_takes_a_part_of_a_day_is_promised_for_the_next_hours_of_opening(since, day):
    at = ms(since)
    assert all(
        f"Biasanya diterima Disdukcapil paling lambat {day}." in text
        for text in told(WORKFLOWS["shipped"], "to_registry", at, at, "id")
    )


@pytest.mark.parametrize(("now", "said"), [("2026-11-27 10:30", BEGINS), ("2026-11-27 10:31", LATE)])
def test_what_was_promised_by_a_day_is_late_when_its_counters_have_closed(now, said):
    since = ms("2026-11-26 13:30")  # half a working day later it is Friday, 09:02
    assert all(said["id"] in text for text in told(WORKFLOWS["shipped"], "at_district", since, ms(now), "id"))


@given(workflows, instants, targets)
def test_a_target_is_counted_in_opening_hours(workflow, since, target):
    calendar = workflow.calendar
    due = calendar.due(since, target)
    assert since <= due
    assert abs(worked(calendar, since, due) - target) < 0.001


def worked(calendar: Calendar, since: int, until: int) -> float:
    """The working days between two times, each day by itself."""
    days = [since + n * dates.DAY for n in range((until - since) // dates.DAY + 2)]
    total = 0.0
    for day in {calendar.day(at) for at in days}:
        if calendar.is_working(day):
            opening, closing = calendar.opening(day), calendar.closing(day)
            total += max(0, min(closing, until) - max(opening, since)) / (closing - opening)
    return total


def between(names: Mapping[str, date], said: str) -> set[date]:
    """The days of "Kamis 24 Des–Selasa 29 Des"."""
    first, last = names[said.split("–", maxsplit=1)[0]], names[said.rsplit("–", maxsplit=1)[-1]]
    return {first + timedelta(n) for n in range((last - first).days + 1)}


@given(workflows, instants, st.sampled_from(LANGUAGES))
def test_with_the_hours_the_days_are_told_on_which_they_do_not_hold(workflow, now, lang):
    names = day_names(lang, dates.local(now, "Asia/Jakarta").year)
    for text in told(workflow, "ready_at_village", now, now, lang):
        line = re.search(r"^(?:Tutup|Closed): ([^.]+)\.", text, re.MULTILINE)
        closed = set().union(*map(partial(between, names), line[1].split(", "))) if line else set()
        fortnight = {workflow.calendar.day(now + n * dates.DAY) for n in range(14)}
        weekdays = {day for day in fortnight if DAYS[day.weekday()] in workflow.district.hours}
        assert weekdays - closed == {day for day in fortnight if workflow.calendar.is_working(day)}


def test_a_task_is_late_when_its_target_has_passed_in_opening_hours():
    workflow, friday = WORKFLOWS["shipped"], ms("2026-11-27 10:29")

    for now, is_late in [("2026-11-27 23:00", False), ("2026-11-30 08:00", False), ("2026-11-30 09:31", True)]:
        leg = Leg("filed", "at_district", "simego", 1, friday)
        screen = tasks_screen(workflow, person("courier"), [leg], [], words("id"), ms(now))
        assert ("⚠" in screen.text) is is_late


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_time_is_told_without_its_day(lang):
    """A message is read on another day, too."""
    days, clock = "|".join(dates.weekday_names(lang)), re.compile(r"\b\d\d[.:]\d\d\b")
    told = {name: read(screen) for name, screen in wall(lang).items()}
    first = {name: at.start() for name, text in told.items() if (at := clock.search(text))}
    assert [name for name, begins in first.items() if not re.search(days, told[name][:begins])] == []
    assert first
