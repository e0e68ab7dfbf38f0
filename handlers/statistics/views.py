"""Figures of months, as they are when they are read."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.context import Viewer
from handlers.reply import Paper, Screen
from handlers.statistics import files
from handlers.statistics.screens import file_screen, month_screen
from handlers.view import View, head_only
from handlers.wording.layout import file_name
from storage.feedback import demands, opinions
from storage.statistics import ages, months
from storage.statistics.figures import Summary

TREND, YEAR = 6, 12  # months in a picture, and in a workbook


def day_in(month: int, viewer: Viewer) -> date:
    """A day of a month as buttons say it; today for 0, and for what is no month, or not yet."""
    today = viewer.workflow.calendar.day(viewer.now)
    try:
        return min(date(month // 100, month % 100, 1), today)
    except (ValueError, OverflowError):
        return today


async def _figures(viewer: Viewer, day: date, count: int) -> Sequence[Summary]:
    async with viewer.storage.reading() as tx:
        return await months.until(tx, viewer.workflow, day, count)


def _named(ends: str, day: date, viewer: Viewer) -> str:
    """rekap-2026-11.xlsx"""
    return file_name(ends, viewer.t("figures"), f"{day:%Y-%m}")


class MonthView(View, name="month"):
    """A month in words."""

    month: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        day = day_in(self.month, viewer)
        found = await _figures(viewer, day, 1)
        async with viewer.storage.reading() as tx:
            money = await demands.count(tx, found[-1].since, found[-1].until)
            said = await opinions.count(tx, found[-1].since, found[-1].until)
            old = (await ages.under_way(tx, viewer.workflow, viewer.now)).get("")
        return month_screen(viewer.workflow, day, found[-1], viewer.t, viewer.now, old, money, said)


class ChartView(View, name="chart"):
    """Half a year as a picture."""

    month: int

    async def show(self, viewer: Viewer) -> Screen:
        head_only(viewer.person)
        day = day_in(self.month, viewer)
        found = await _figures(viewer, day, TREND)
        sheet = files.chart(viewer.workflow, day, found, viewer.t, viewer.now)
        return file_screen(
            viewer.workflow, day, found[-1], Paper(_named("png", day, viewer), sheet), viewer.t, viewer.now
        )


class BookView(View, name="book"):
    """A year as a workbook."""

    month: int

    async def show(self, viewer: Viewer) -> Screen:
        head_only(viewer.person)
        day = day_in(self.month, viewer)
        found = await _figures(viewer, day, YEAR)
        async with viewer.storage.reading() as tx:
            old = await ages.under_way(tx, viewer.workflow, viewer.now)
        book = files.book(viewer.workflow, found, old, viewer.t, viewer.now)
        paper = Paper(_named("xlsx", day, viewer), book)
        return file_screen(viewer.workflow, day, found[-1], paper, viewer.t, viewer.now)


class PageView(View, name="monthpage"):
    """A month on one page, for the registry: it names nothing of which there are few."""

    month: int

    async def show(self, viewer: Viewer) -> Screen:
        head_only(viewer.person)
        day = day_in(self.month, viewer)
        found = await _figures(viewer, day, 2)
        paper = Paper(_named("pdf", day, viewer), files.page(viewer.workflow, day, found, viewer.t, viewer.now))
        return file_screen(viewer.workflow, day, found[-1], paper, viewer.t, viewer.now)


FILES: Mapping[str, type[ChartView | BookView | PageView]] = {"chart": ChartView, "book": BookView, "page": PageView}
